//! Namespaces: declarations in scope, and qualified names as libxml2 writes them: `{urn:a}name`.

use std::borrow::Cow;

use super::errors::MAX_NAME;
use super::state::{PathStep, Reader};
use crate::xml::error::Result;

/// The namespace of `xsi:nil`.
pub(super) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

impl Reader<'_> {
    /// Returns the qualified name of the element whose start tag comes next.
    pub(super) fn qualified_tag_name(&mut self) -> Result<String> {
        let (start, depth, name) = (self.pos, self.path.len(), self.tag_name());
        self.path.push(PathStep { name, index: 0, position: start });
        let qualified = self.markup().map(|_| self.qualified(name, true));
        self.rewind(start, depth);
        qualified
    }

    /// Returns `name` with the namespace of its prefix. A name without a prefix has the default
    /// namespace if `with_default` is set.
    pub(super) fn qualified(&self, name: &str, with_default: bool) -> String {
        let name = name.chars().take(MAX_NAME).collect::<String>();
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

    /// Returns `true` if an attribute is `xsi:nil`, whatever its prefix.
    pub(super) fn is_nil(&self, attribute: &str) -> bool {
        self.qualified(attribute, false).strip_prefix('{').and_then(|rest| rest.strip_prefix(INSTANCE)) == Some("}nil")
    }

    /// Returns `true` if `prefix` is declared for the namespace of `xsi:nil`.
    pub(super) fn is_instance_prefix(&self, prefix: &str) -> bool {
        let declared = self.namespaces.iter().rev().find(|d| d.name.strip_prefix("xmlns:") == Some(prefix));
        declared.is_some_and(|d| d.value == INSTANCE)
    }

    /// Forgets the declarations of the innermost element, at its end.
    pub(super) fn forget_declarations(&mut self) {
        while self.namespaces.last().is_some_and(|declaration| declaration.depth >= self.path.len()) {
            self.namespaces.pop();
        }
    }
}
