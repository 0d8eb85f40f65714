//! Names with their namespaces, as libxml2 writes them: `{urn:a}name`.

use std::borrow::Cow;

use super::Reader;
use super::error::Result;
use super::reader::Step;
use super::tags::INSTANCE;

impl Reader<'_> {
    /// The name of the element whose start tag stands here.
    pub(super) fn qualified_name(&mut self) -> Result<String> {
        let (start, depth, name) = (self.pos, self.path.len(), self.name_here());
        self.path.push(Step { name, index: 0, at: start });
        let qualified = self.markup().map(|_| self.qualified(name, true));
        self.rewind(start, depth);
        qualified
    }

    /// `name` with the namespace that its prefix stands for, or the default one.
    pub(super) fn qualified(&self, name: &str, with_default: bool) -> String {
        let name = name.chars().take(80).collect::<String>();
        let declared = |declaration: &str| self.namespaces.iter().rev().find(|d| d.name == declaration);
        let (namespace, local) = match name.split_once(':') {
            Some(("xml", local)) => (Some(Cow::Borrowed("http://www.w3.org/XML/1998/namespace")), local),
            Some((prefix, local)) => match declared(&format!("xmlns:{prefix}")) {
                Some(declaration) => (Some(declaration.value.clone()), local),
                None => (None, &*name),
            },
            None if with_default => (declared("xmlns").map(|declaration| declaration.value.clone()), &*name),
            None => (None, &*name),
        };
        match namespace {
            Some(namespace) if !namespace.is_empty() => format!("{{{namespace}}}{local}"),
            _ => local.to_owned(),
        }
    }

    /// Whether an attribute is `xsi:nil`.
    pub(super) fn is_nil(&self, attribute: &str) -> bool {
        self.qualified(attribute, false).strip_prefix('{').and_then(|rest| rest.strip_prefix(INSTANCE)) == Some("}nil")
    }
}
