//! Lists the parts of the schemas that the emitted types represent loosely, and why.

use std::collections::BTreeSet;

use super::markdown::{code, table};
use super::sources::Sources;
use super::uses::{SimpleTypeUses, member_path};
use crate::model::{Kind, Member, MemberKind, Model, Primitive, SimpleId, Type, Untyped};
use crate::passes::names::RustType;

/// The integer types without bounds.
const UNBOUNDED: &[&str] =
    &["integer", "negativeInteger", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger"];
/// The types for which `String` is exact.
const TEXTS: &[&str] = &["normalizedString", "string", "token"];

/// The data from which the lists are made.
pub(super) struct LooseTypes<'a> {
    pub(super) sources: Sources<'a>,
    pub(super) uses: &'a SimpleTypeUses,
}

/// A section: its title, the reason, and a table.
type Section = (&'static str, &'static str, String);

impl LooseTypes<'_> {
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
        let shown =
            shown.map(|(title, reason, table)| format!("\n### {title}\n\n{reason}\n\n{table}")).collect::<String>();
        if shown.is_empty() { shown } else { format!("## Represented loosely\n{shown}") }
    }

    fn untyped(&self) -> Section {
        let mut rows = self.of_members(|member| match member.kind {
            MemberKind::Untyped(how) => Some(match how {
                Untyped::Flag => "flag: written empty, read with any content",
                Untyped::Text => "text: written as text, read with any content",
                Untyped::Raw => "raw: written and read as XML",
            }),
            _ => None,
        });
        let types = self.sources.model.types.iter().filter(|ty| matches!(ty.kind, Kind::Untyped));
        rows.extend(types.map(|ty| (ty.origin.path.clone(), "raw, in its own type".to_owned())));
        (
            "Elements without a type",
            "The schemas do not define the content of these elements. The configuration defines how they are used.\n\
             Content that a server sends is kept as XML.",
            rows_of(&["Element", "Used as"], rows),
        )
    }

    fn wildcards(&self) -> Section {
        let rows = self.of_members(|member| match member.kind {
            MemberKind::Wildcard => Some(format!("{} to {}", member.occurs.min, max_text(member.occurs.max))),
            _ => None,
        });
        (
            "Wildcards",
            "The schemas allow any elements here (`xs:any`). They are kept as XML and not checked.",
            rows_of(&["Content", "Occurrences"], rows),
        )
    }

    fn unbounded(&self) -> Section {
        let rows = self.of_simples(|id| match &self.sources.model.simples[id].primitive {
            Primitive::BuiltIn(name) if UNBOUNDED.contains(&name.as_str()) => {
                match &self.sources.names.simples[id].rust {
                    RustType::Plain(rust) => Some([code(name), code(rust)]),
                    RustType::Newtype(path, rust) => Some([code(name), format!("`{path}` of `{rust}`")]),
                    RustType::Enumeration(path) => Some([code(name), code(path)]),
                }
            }
            _ => None,
        });
        (
            "64-bit integers",
            "XSD sets no bounds for these. A value that does not fit into 64 bits is a read error, never another value.",
            table(&["Simple type", "Built-in type", "Rust", "Uses"], rows),
        )
    }

    fn texts(&self) -> Section {
        let is_text = |id: SimpleId| matches!(self.sources.names.simples[id].rust, RustType::Plain("String"));
        let rows = self.of_simples(|id| match &self.sources.model.simples[id].primitive {
            Primitive::Union(_) => Some(["union, checked against its member types".to_owned()]),
            Primitive::List(_) => Some(["list, each item checked".to_owned()]),
            Primitive::BuiltIn(name) if name == "anySimpleType" => Some(["any text".to_owned()]),
            Primitive::BuiltIn(name) if is_text(id) && !TEXTS.contains(&name.as_str()) => {
                Some([format!("`{name}`, lexical form checked")])
            }
            Primitive::BuiltIn(_) => None,
        });
        (
            "Kept as text",
            "A Rust type would lose digits or spellings, or does not exist. `validate` checks the text against the type.",
            table(&["Simple type", "Content", "Uses"], rows),
        )
    }

    fn enumerations(&self) -> Section {
        let rows = self.of_simples(|id| match &self.sources.names.simples[id].rust {
            RustType::Enumeration(path) => {
                let values = self.sources.model.simples[id].enumeration().map_or(0, <[String]>::len);
                Some([code(path), values.to_string()])
            }
            _ => None,
        });
        (
            "Open enumerations",
            "An unknown value is kept in the variant `Other`, because newer servers may send more values. `validate`\n\
             reports it.",
            table(&["Simple type", "Rust", "Values", "Uses"], rows),
        )
    }

    fn bounds(&self) -> Section {
        let rows = self.of_members(|member| {
            let counted = member.occurs.min > 1 || member.occurs.max.is_some_and(|max| max > 1);
            counted.then(|| format!("{} to {}", member.occurs.min, max_text(member.occurs.max)))
        });
        (
            "Bounded lists",
            "In Rust, these are lists of any length. `validate` and the strict reader check the number of items.",
            rows_of(&["Element or content", "Occurrences"], rows),
        )
    }

    fn defaults(&self) -> Section {
        let shown = |value: &String| if value.is_empty() { "empty".to_owned() } else { code(value) };
        let mut rows = self.of_members(|member| member.default.as_ref().map(shown));
        for (ty, record) in self.sources.model.types.iter().filter_map(|ty| Some((ty, ty.record()?))) {
            rows.extend(record.attributes.iter().filter_map(|attribute| {
                Some((format!("{}/@{}", ty.origin.path, attribute.name), shown(attribute.default.as_ref()?)))
            }));
        }
        (
            "Defaults",
            "The server uses these if the value is absent. They are documented, but never sent or filled in.",
            rows_of(&["Element or attribute", "Default"], rows),
        )
    }

    fn of_members<T: Into<String>>(&self, describe: impl Fn(&Member) -> Option<T>) -> BTreeSet<(String, String)> {
        of_members(self.sources.model, describe)
    }

    /// Returns a row for each simple type that `describe` applies to, with the number of its uses.
    fn of_simples<const N: usize>(&self, describe: impl Fn(SimpleId) -> Option<[String; N]>) -> Vec<Vec<String>> {
        let row = |id: SimpleId| {
            let origin = &self.sources.model.simples[id].origin;
            let name = code(origin.type_name.as_ref().unwrap_or(&origin.path));
            Some(std::iter::once(name).chain(describe(id)?).chain([self.uses.count(id).to_string()]).collect())
        };
        let mut rows: Vec<Vec<String>> = self.uses.simples().filter_map(row).collect();
        rows.sort();
        rows
    }
}

/// Returns the section with the elements whose text is redacted.
pub(super) fn secrets(model: &Model) -> String {
    let secret = |member: &Member| matches!(member.kind, MemberKind::Text { secret: true, .. }).then_some("");
    let rows: Vec<_> = of_members(model, secret).into_iter().map(|(path, _)| vec![code(path)]).collect();
    let table = table(&["Element"], rows);
    if table.is_empty() {
        table
    } else {
        format!("## Secrets\n\n`Debug` redacts the text of these as `***`.\n\n{table}")
    }
}

/// Returns the path and description of each member that `describe` applies to.
fn of_members<T: Into<String>>(model: &Model, describe: impl Fn(&Member) -> Option<T>) -> BTreeSet<(String, String)> {
    let rows = |ty: &Type| -> Vec<(String, String)> {
        ty.members().iter().filter_map(|member| Some((member_path(ty, member), describe(member)?.into()))).collect()
    };
    model.types.iter().flat_map(rows).collect()
}

fn rows_of(head: &[&str], rows: BTreeSet<(String, String)>) -> String {
    table(head, rows.into_iter().map(|(path, what)| vec![code(path), what]).collect())
}

fn max_text(max: Option<usize>) -> String {
    max.map_or_else(|| "any number".to_owned(), |max| max.to_string())
}
