//! Paths to types of other modules, and the imports that they need.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::{Emitter, ident, written};
use crate::model::{Occurs, TypeId};
use crate::passes::names::RustPath;
use crate::runtime;

impl Emitter<'_> {
    /// Emits the imports that `items` need.
    pub(super) fn imports(&self, items: &TokenStream) -> TokenStream {
        let packet = self.uses(items, "packet", runtime::PACKET);
        let xml = self.uses(items, "xml", runtime::XML);
        let mut heads = BTreeSet::new();
        path_heads(items, &mut heads);
        // A module may have only enumerations or newtypes.
        let modules: BTreeSet<String> =
            (self.names.types.iter().chain(self.simple_paths())).map(|path| ident(&path.module).to_string()).collect();
        let own = |name: &&String| *name == "simple" || modules.contains(*name);
        let modules: Vec<Ident> = heads.iter().filter(own).map(|name| written(name)).collect();
        let root = self.crate_path();
        let own = match modules.as_slice() {
            [] => None,
            [only] => Some(quote!(use #root::#only;)),
            _ => Some(quote!(use #root::{#(#modules),*};)),
        };
        quote!(#packet #xml #own)
    }

    /// Emits a `use` of those `names` in a module of the runtime crate that occur in `items`.
    pub(super) fn uses(&self, items: &TokenStream, module: &str, names: &[&str]) -> Option<TokenStream> {
        let mut words = BTreeSet::new();
        identifiers(items, &mut words);
        let used: Vec<Ident> = names.iter().filter(|name| words.contains(**name)).map(|name| ident(name)).collect();
        let (runtime, module) = (ident(self.config.runtime), ident(module));
        (!used.is_empty()).then(|| quote!(use #runtime::#module::{#(#used),*};))
    }

    /// Returns the path to a type, as seen from the module of the type `from`.
    pub(super) fn path_from(&self, from: &RustPath, to: &RustPath) -> TokenStream {
        let name = ident(&to.name);
        if from.module == to.module && from.submodule == to.submodule {
            return quote!(#name);
        }
        let module = ident(&to.module);
        let submodule = to.submodule.map(|name| {
            let name = ident(name);
            quote!(#name::)
        });
        // The packets name modules that a feature may remove.
        let root = self.is_root(&from.module).then(|| {
            let root = self.crate_path();
            quote!(#root::)
        });
        quote!(#root #module::#submodule #name)
    }

    /// Returns `true` if the module is that of a packet.
    fn is_root(&self, module: &str) -> bool {
        [self.config.roots.0, self.config.roots.1].contains(&module)
    }

    /// Returns the path to the emitted crate from its modules.
    pub(super) fn crate_path(&self) -> TokenStream {
        let steps = self.config.root.unwrap_or("crate").split("::").map(|step| Ident::new(step, Span::call_site()));
        quote!(#(#steps)::*)
    }

    /// Returns the path to a type from the crate's root, as documentation links to it.
    pub(super) fn path_text(&self, from: TypeId, to: TypeId) -> String {
        let (from, to) = (&self.names.types[from], &self.names.types[to]);
        if from.module == to.module && from.submodule == to.submodule { to.name.clone() } else { to.to_string() }
    }

    /// Returns the type `to`, as seen from the module of the type `from`.
    pub(super) fn type_from(&self, from: TypeId, to: TypeId) -> TokenStream {
        match self.reply(to) {
            Some((body, occurs)) => {
                let body = self.body_type(from, body);
                match occurs {
                    Occurs::ONCE => quote!(SingleReply<#body>),
                    Occurs { min: 1, .. } => quote!(EachReply<#body>),
                    Occurs { min, .. } => {
                        let min = proc_macro2::Literal::usize_unsuffixed(min);
                        quote!(EachReply<#body, #min>)
                    }
                }
            }
            None => self.path_from(&self.names.types[from], &self.names.types[to]),
        }
    }
}

/// Collects the identifiers in `tokens`, except those after `::` and the variants with a payload.
fn identifiers(tokens: &TokenStream, found: &mut BTreeSet<String>) {
    let is_payload =
        |token: &TokenTree| matches!(token, TokenTree::Group(it) if it.delimiter() == Delimiter::Parenthesis);
    let mut colons = 0;
    let mut rest = tokens.clone().into_iter().peekable();
    while let Some(token) = rest.next() {
        match token {
            TokenTree::Ident(ident) if colons < 2 => {
                if !rest.peek().is_some_and(is_payload) {
                    found.insert(ident.to_string());
                }
                colons = 0;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                identifiers(&group.stream(), found);
                colons = 0;
            }
            _ => colons = 0,
        }
    }
}

/// Collects the identifiers that paths in `tokens` begin with: `common` in `common::Id`.
fn path_heads(tokens: &TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let colon =
        |at: Option<usize>| matches!(at.and_then(|at| tokens.get(at)), Some(TokenTree::Punct(p)) if p.as_char() == ':');
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => path_heads(&group.stream(), found),
            TokenTree::Ident(ident) => {
                let leads = colon(Some(at + 1)) && colon(Some(at + 2));
                let led = colon(at.checked_sub(1)) && colon(at.checked_sub(2));
                if leads && !led {
                    found.insert(ident.to_string());
                }
            }
            _ => {}
        }
    }
}
