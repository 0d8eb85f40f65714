//! The page of an operator: a table of its operations, and an example that reads something.

use super::{Emitter, docs, field, ident};
use crate::model::{Choice, Class, Kind, Member, MemberKind, Operation, Record, SimpleId, TypeId, Untyped};
use crate::passes::names::{self, RustType};
use crate::samples::value;

/// Names of alternatives that an example chooses before others: they say most to a reader.
const TELLING: [&str; 3] = ["login", "name", "site-name"];

impl Emitter<'_> {
    /// Documents the operations of an operator: a table, and an example.
    pub(super) fn operator_docs(&self, operator: &str) -> String {
        let operations = || self.model.operations.iter().filter(|operation| operation.operator == operator);
        let mut lines =
            vec![String::new(), "| operation | task | answer | effect |".to_owned(), "|---|---|---|---|".to_owned()];
        lines.extend(operations().map(|operation| self.table_row(operation)));
        let example = self.config.client.and_then(|client| {
            let reads = operations().filter(|operation| operation.class == Some(Class::Read));
            let examples = reads.filter_map(|operation| Some((operation, self.example(client, operation)?)));
            let of_get = |(operation, lines): &(&Operation, Vec<String>)| {
                (operation.path != ["get"], lines.iter().map(String::len).sum::<usize>())
            };
            examples.min_by_key(of_get).map(|(_, lines)| lines)
        });
        lines.extend(example.unwrap_or_default());
        lines.join("\n")
    }

    fn table_row(&self, operation: &Operation) -> String {
        let path = &self.names.types[operation.request];
        let task = docs::first_sentence(&self.description(operation.request));
        let task = docs::escape(&task).replace('|', "\\|");
        let (answer, effect) = (self.answer_cell(operation), self.effect_word(operation));
        format!("| [`{}`]({path}) | {task} | {answer} | {effect} |", path.name)
    }

    /// Returns what an operation does to a server, in a word or two.
    fn effect_word(&self, operation: &Operation) -> &'static str {
        let everything = self.can_select_everything(operation);
        match operation.class.unwrap_or(Class::Change) {
            Class::Read => "reads",
            Class::Create => "creates",
            Class::End => "ends",
            Class::Set | Class::Change if everything => "changes some or all",
            Class::Set | Class::Change => "changes",
            Class::Delete if everything => "deletes some or all",
            Class::Delete => "deletes",
        }
    }

    /// Returns an example of sending the operation: a first line for a blank line, then the code. `None` if its request
    /// has a part that no example can be made of.
    fn example(&self, client: &str, operation: &Operation) -> Option<Vec<String>> {
        let request = self.construct(operation.request)?;
        let module = ident(&self.names.types[operation.request].module);
        let path = &self.names.types[operation.request];
        let send = self.example_of_sending(operation);
        let mut modules = vec![module.to_string()];
        for (name, _) in request.match_indices("::") {
            let head = request[..name].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let is_module = self.names.types.iter().any(|path| path.module == head);
            if is_module && !modules.iter().any(|known| known == head) {
                modules.push(head.to_owned());
            }
        }
        modules.sort_unstable();
        let imports =
            if let [only] = modules.as_slice() { only.clone() } else { format!("{{{}}}", modules.join(", ")) };
        Some(vec![
            String::new(),
            "```".to_owned(),
            format!("use {client}::{imports};"),
            String::new(),
            format!("let request = {request};"),
            format!("# let mut batch = {client}::Batch::new();"),
            "# let _ = batch.push(request.clone());".to_owned(),
            format!("# {client}::Packet::new(&batch, &{client}::CodecOptions::new())?;"),
            format!("# async fn send(client: {client}::Client, request: {path}) -> Result<(), {client}::Error> {{"),
            send,
            "# Ok(())".to_owned(),
            "# }".to_owned(),
            format!("# Ok::<(), {client}::Error>(())"),
            "```".to_owned(),
        ])
    }

    /// Returns an expression that makes a value of the type, the simplest that says something.
    fn construct(&self, id: TypeId) -> Option<String> {
        let ty = &self.model.types[id];
        let path = &self.names.types[id];
        let path =
            format!("{}::{}", ident(&path.module), if path.submodule.is_some() { return None } else { &path.name });
        match &ty.kind {
            Kind::Record(record) => self.construct_record(id, &path, record),
            Kind::Choice(choice) => self.construct_choice(id, &path, choice),
            Kind::Untyped => Some(format!("{path}::new()")),
        }
    }

    fn construct_record(&self, id: TypeId, path: &str, record: &Record) -> Option<String> {
        let mut arguments = Vec::new();
        for attribute in record.attributes.iter().filter(|attribute| attribute.required) {
            arguments.push(self.literal(
                id,
                &attribute.name,
                attribute.simple,
                &self.names.simples[attribute.simple].rust,
            )?);
        }
        if let Some(simple) = record.text {
            arguments.push(self.literal(id, "value", simple, &self.names.simples[simple].rust)?);
        }
        for member in record.members.iter().filter(|member| !member.is_silent() && self.is_required(member)) {
            arguments.push(self.argument(id, member)?);
        }
        // A list of parts that can be asked for: an example asks for one.
        let all_flags = record.members.iter().all(is_flag);
        let part = record.members.first().filter(|_| all_flags && arguments.is_empty());
        let part = part.map(|member| format!(".{}()", field(member))).unwrap_or_default();
        Some(format!("{path}::new({}){part}", arguments.join(", ")))
    }

    /// Returns the expression of the most telling alternative, which never selects everything.
    fn construct_choice(&self, id: TypeId, path: &str, choice: &Choice) -> Option<String> {
        let telling = |member: &&Member| TELLING.iter().position(|name| *name == member.name).unwrap_or(TELLING.len());
        let mut alternatives: Vec<&Member> = choice.alternatives.iter().collect();
        alternatives.sort_by_key(telling);
        let selector = self.selector(id);
        let selects_some = |member: &&Member| names::match_all_name(selector, &member.name).is_none();
        alternatives.into_iter().filter(selects_some).find_map(|alternative| {
            let (method, variant) = (field(alternative), self.variant_name(id, alternative));
            match &alternative.kind {
                MemberKind::Flag => Some(format!("{path}::{variant}")),
                MemberKind::Text { .. } | MemberKind::Untyped(Untyped::Text) => {
                    Some(format!("{path}::{method}({})", self.argument(id, alternative)?))
                }
                MemberKind::Element(_) | MemberKind::Group(_) | MemberKind::Choice(_) if !alternative.holds_many() => {
                    Some(format!("{path}::{variant}({})", self.construct(alternative.ty()?)?))
                }
                _ => None,
            }
        })
    }

    /// Returns the expression of an argument of a constructor.
    fn argument(&self, owner: TypeId, member: &Member) -> Option<String> {
        match &member.kind {
            MemberKind::Text { simple, .. } => {
                self.literal(owner, &member.name, *simple, self.names.of_text(&member.name, *simple))
            }
            MemberKind::Untyped(Untyped::Text) => {
                let listed = self.config.examples.iter().find(|(name, _)| *name == member.name);
                Some(format!("{:?}", listed.map_or("7", |(_, value)| value)))
            }
            MemberKind::Element(id) | MemberKind::Choice(id) | MemberKind::Group(id)
                if !self.recursive.contains(&(owner, *id)) =>
            {
                self.construct(*id)
            }
            _ => None,
        }
    }

    fn telling_example(&self, owner: TypeId, name: &str, simple: SimpleId) -> String {
        let examples = value::examples(self.model, simple);
        value::telling_example((self.model, self.config), (Some(owner), name), simple, &examples)
    }

    fn literal(&self, owner: TypeId, name: &str, simple: SimpleId, rust: &RustType) -> Option<String> {
        let text = self.telling_example(owner, name, simple);
        match rust {
            RustType::Plain("String") | RustType::Newtype(..) | RustType::Enumeration(_) => Some(format!("{text:?}")),
            RustType::Plain("Id" | "i64" | "u64" | "i32" | "u32" | "i16" | "u16" | "i8" | "u8" | "bool") => Some(text),
            RustType::Plain(_) => None,
        }
    }
}

fn is_flag(member: &Member) -> bool {
    matches!(member.kind, MemberKind::Flag | MemberKind::Untyped(Untyped::Flag))
}
