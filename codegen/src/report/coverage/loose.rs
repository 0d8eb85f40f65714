//! What the emitted types represent more loosely than the schemas describe it, and why.

use std::collections::BTreeSet;

use super::Source;
use super::markdown::{code, table};
use super::places::{Places, place};
use crate::model::{Kind, Member, MemberKind, Model, Primitive, SimpleId, Type, Untyped};
use crate::passes::names::RustType;

/// Types whose values have no bound in XSD.
const UNBOUNDED: &[&str] =
    &["integer", "negativeInteger", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger"];
/// Types whose values are texts in XSD already.
const TEXTS: &[&str] = &["normalizedString", "string", "token"];

pub(super) struct Loose<'a> {
    pub(super) source: Source<'a>,
    pub(super) places: &'a Places,
}

/// A section: its title, why it is so, and a table.
type Section = (&'static str, &'static str, String);

impl Loose<'_> {
    pub(super) fn sections(&self) -> String {
        let sections = [
            self.untyped(),
            self.wildcards(),
            self.unbounded(),
            self.texts(),
            self.enumerations(),
            self.bounds(),
            self.defaults(),
        ];
        let shown = sections.iter().filter(|(_, _, table)| !table.is_empty());
        let shown = shown.map(|(title, why, table)| format!("\n### {title}\n\n{why}\n\n{table}")).collect::<String>();
        if shown.is_empty() { shown } else { format!("## Represented loosely\n{shown}") }
    }

    fn untyped(&self) -> Section {
        let mut rows = self.of_members(|member| match member.kind {
            MemberKind::Untyped(how) => Some(match how {
                Untyped::Flag => "flag: made empty, read with whatever it holds",
                Untyped::Text => "text: made from one, read with whatever it holds",
                Untyped::Raw => "raw: made from XML, and read as such",
            }),
            _ => None,
        });
        let types = self.source.model.types.iter().filter(|ty| matches!(ty.kind, Kind::Untyped));
        rows.extend(types.map(|ty| (ty.origin.path.clone(), "raw, in a type of its own".to_owned())));
        (
            "Elements without a type",
            "The schemas do not say what these elements hold. The configuration says how they are used; what a server\n\
             sends in one is kept as XML.",
            rows_of(&["Element", "Used as"], rows),
        )
    }

    fn wildcards(&self) -> Section {
        let rows = self.of_members(|member| match member.kind {
            MemberKind::Wildcard => Some(format!("{} to {}", member.occurs.min, most(member.occurs.max))),
            _ => None,
        });
        (
            "Any elements",
            "The schemas allow any elements here (`xs:any`). They are kept as XML and not checked.",
            rows_of(&["Content", "How many"], rows),
        )
    }

    fn unbounded(&self) -> Section {
        let rows = self.of_simples(|id| match &self.source.model.simples[id].primitive {
            Primitive::BuiltIn(name) if UNBOUNDED.contains(&name.as_str()) => match &self.source.names.simples[id].rust
            {
                RustType::Plain(rust) => Some([code(name), code(rust)]),
                RustType::Newtype(path, rust) => Some([code(name), format!("`{path}` of `{rust}`")]),
                RustType::Enumeration(path) => Some([code(name), code(path)]),
            },
            _ => None,
        });
        (
            "Integers of 64 bits",
            "XSD bounds these in no way. A value that does not fit into 64 bits is an error of reading, never another\n\
             value.",
            table(&["Simple type", "Built-in type", "Rust", "Places"], rows),
        )
    }

    fn texts(&self) -> Section {
        let is_text = |id: SimpleId| matches!(self.source.names.simples[id].rust, RustType::Plain("String"));
        let rows = self.of_simples(|id| match &self.source.model.simples[id].primitive {
            Primitive::Union(_) => Some(["union, checked against its members".to_owned()]),
            Primitive::List(_) => Some(["list, each item checked".to_owned()]),
            Primitive::BuiltIn(name) if name == "anySimpleType" => Some(["any text".to_owned()]),
            Primitive::BuiltIn(name) if is_text(id) && !TEXTS.contains(&name.as_str()) => {
                Some([format!("`{name}`, its form checked")])
            }
            Primitive::BuiltIn(_) => None,
        });
        (
            "Kept as text",
            "A Rust type would lose digits or spellings, or Rust has none. `validate` checks the text against the type.",
            table(&["Simple type", "What it is", "Places"], rows),
        )
    }

    fn enumerations(&self) -> Section {
        let rows = self.of_simples(|id| match &self.source.names.simples[id].rust {
            RustType::Enumeration(path) => {
                let values = self.source.model.simples[id].enumeration().map_or(0, <[String]>::len);
                Some([code(path), values.to_string()])
            }
            _ => None,
        });
        (
            "Open enumerations",
            "A value that is not listed is kept in the variant `Other`, since newer servers know more of them.\n\
             `validate` reports it.",
            table(&["Simple type", "Rust", "Values", "Places"], rows),
        )
    }

    fn bounds(&self) -> Section {
        let rows = self.of_members(|member| {
            let counted = member.occurs.min > 1 || member.occurs.max.is_some_and(|max| max > 1);
            counted.then(|| format!("{} to {}", member.occurs.min, most(member.occurs.max)))
        });
        (
            "Counted lists",
            "A list of any length in Rust. `validate` and the strict reader check how many items it has.",
            rows_of(&["Element or content", "How many"], rows),
        )
    }

    fn defaults(&self) -> Section {
        let shown = |value: &String| if value.is_empty() { "empty".to_owned() } else { code(value) };
        let mut rows = self.of_members(|member| member.default.as_ref().map(shown));
        for (ty, record) in self.source.model.types.iter().filter_map(|ty| Some((ty, ty.record()?))) {
            rows.extend(record.attributes.iter().filter_map(|attribute| {
                Some((format!("{}/@{}", ty.origin.path, attribute.name), shown(attribute.default.as_ref()?)))
            }));
        }
        (
            "Defaults",
            "What the server takes where nothing is sent. They are documented, never sent and never filled in.",
            rows_of(&["Element or attribute", "Default"], rows),
        )
    }

    fn of_members<T: Into<String>>(&self, say: impl Fn(&Member) -> Option<T>) -> BTreeSet<(String, String)> {
        of_members(self.source.model, say)
    }

    /// The simple types of which there is something to say, with the number of their places.
    fn of_simples<const N: usize>(&self, say: impl Fn(SimpleId) -> Option<[String; N]>) -> Vec<Vec<String>> {
        let row = |id: SimpleId| {
            let origin = &self.source.model.simples[id].origin;
            let name = code(origin.type_name.as_ref().unwrap_or(&origin.path));
            Some(std::iter::once(name).chain(say(id)?).chain([self.places.count(id).to_string()]).collect())
        };
        let mut rows: Vec<Vec<String>> = self.places.simples().filter_map(row).collect();
        rows.sort();
        rows
    }
}

/// The elements whose text is hidden.
pub(super) fn secrets(model: &Model) -> String {
    let secret = |member: &Member| matches!(member.kind, MemberKind::Text { secret: true, .. }).then_some("");
    let rows: Vec<_> = of_members(model, secret).into_iter().map(|(path, _)| vec![code(path)]).collect();
    let table = table(&["Element"], rows);
    if table.is_empty() { table } else { format!("## Secrets\n\n`Debug` shows the text of these as `***`.\n\n{table}") }
}

/// The members of which there is something to say, by their paths.
fn of_members<T: Into<String>>(model: &Model, say: impl Fn(&Member) -> Option<T>) -> BTreeSet<(String, String)> {
    let said = |ty: &Type| -> Vec<(String, String)> {
        ty.members().iter().filter_map(|member| Some((place(ty, member), say(member)?.into()))).collect()
    };
    model.types.iter().flat_map(said).collect()
}

fn rows_of(head: &[&str], rows: BTreeSet<(String, String)>) -> String {
    table(head, rows.into_iter().map(|(path, what)| vec![code(path), what]).collect())
}

fn most(max: Option<usize>) -> String {
    max.map_or_else(|| "any number".to_owned(), |max| max.to_string())
}
