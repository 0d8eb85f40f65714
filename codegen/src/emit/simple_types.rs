//! The statics that describe the simple types to the runtime.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{Emitter, File, ident};
use crate::model::{Facet, Kind, MemberKind, Primitive, SimpleId, WhiteSpace};
use crate::passes::names::RustType;

impl Emitter<'_> {
    /// Emits the file with all statics.
    pub(super) fn simple_types(&self) -> File {
        let mut sources = BTreeSet::new();
        let mut items: Vec<(String, TokenStream)> = Vec::new();
        for id in self.used_simples() {
            let simple = &self.model.simples[id];
            if !simple.origin.file.is_empty() {
                sources.insert(simple.origin.file.clone());
            }
            items.push((self.names.simples[id].rule.clone(), self.simple_type(id)));
        }
        items.sort_by(|(a, _), (b, _)| a.cmp(b));
        let items: TokenStream = items.into_iter().map(|(_, item)| item).collect();
        let imports = self.uses(&items, "xml", &["Facet", "Pattern", "Primitive", "SimpleType", "WhiteSpace"]);
        let tokens = quote! {
            #![doc = " The simple types: lexical form, white space and facets."]
            #imports
            #items
        };
        File { sources, tokens }
    }

    /// Returns the simple types in use, and those that they refer to.
    fn used_simples(&self) -> BTreeSet<SimpleId> {
        let mut queue: Vec<SimpleId> = Vec::new();
        for ty in &self.model.types {
            if let Kind::Record(record) = &ty.kind {
                queue.extend(record.attributes.iter().map(|attribute| attribute.simple).chain(record.text));
            }
            queue.extend(ty.members().iter().filter_map(|member| match member.kind {
                MemberKind::Text { simple, .. } => Some(simple),
                _ => None,
            }));
        }
        queue.extend(
            self.names
                .simples
                .iter()
                .enumerate()
                .filter(|(_, name)| !matches!(name.rust, RustType::Plain(_)))
                .map(|(id, _)| id),
        );
        let mut used = BTreeSet::new();
        while let Some(id) = queue.pop() {
            if used.insert(id) {
                match &self.model.simples[id].primitive {
                    Primitive::BuiltIn(_) => {}
                    Primitive::Union(members) => queue.extend(members),
                    Primitive::List(item) => queue.push(*item),
                }
            }
        }
        used
    }

    fn simple_type(&self, id: SimpleId) -> TokenStream {
        let simple = &self.model.simples[id];
        let rule = ident(&self.names.simples[id].rule);
        let name = simple.origin.type_name.clone().unwrap_or_default();
        let primitive = match &simple.primitive {
            Primitive::BuiltIn(name) => {
                let name = format_ident!("{}", primitive_name(name));
                quote!(Primitive::#name)
            }
            Primitive::Union(members) => {
                let members = members.iter().map(|id| ident(&self.names.simples[*id].rule));
                quote!(Primitive::Union(&[#(&#members),*]))
            }
            Primitive::List(item) => {
                let item = ident(&self.names.simples[*item].rule);
                quote!(Primitive::List(&#item))
            }
        };
        let white_space = match simple.white_space {
            WhiteSpace::Preserve => quote!(Preserve),
            WhiteSpace::Replace => quote!(Replace),
            WhiteSpace::Collapse => quote!(Collapse),
        };
        let mut patterns = TokenStream::new();
        let mut facets = Vec::new();
        for facet in &simple.facets {
            let number = |n: &usize| Literal::usize_unsuffixed(*n);
            facets.push(match facet {
                Facet::Length(n) => {
                    let n = number(n);
                    quote!(Facet::Length(#n))
                }
                Facet::MinLength(n) => {
                    let n = number(n);
                    quote!(Facet::MinLength(#n))
                }
                Facet::MaxLength(n) => {
                    let n = number(n);
                    quote!(Facet::MaxLength(#n))
                }
                Facet::TotalDigits(n) => {
                    let n = number(n);
                    quote!(Facet::TotalDigits(#n))
                }
                Facet::FractionDigits(n) => {
                    let n = number(n);
                    quote!(Facet::FractionDigits(#n))
                }
                Facet::MinInclusive(v) => quote!(Facet::MinInclusive(#v)),
                Facet::MaxInclusive(v) => quote!(Facet::MaxInclusive(#v)),
                Facet::MinExclusive(v) => quote!(Facet::MinExclusive(#v)),
                Facet::MaxExclusive(v) => quote!(Facet::MaxExclusive(#v)),
                Facet::Enumeration(values) => quote!(Facet::Enumeration(&[#(#values),*])),
                Facet::Pattern(step) => {
                    // A pattern is compiled on first use, so it needs a static of its own.
                    let steps = simple.facets.iter().filter(|facet| matches!(facet, Facet::Pattern(_)));
                    let own = if steps.count() > 1 {
                        format_ident!("{}_PATTERNS_{}", rule, facets.len() + 1)
                    } else {
                        format_ident!("{}_PATTERNS", rule)
                    };
                    let length = Literal::usize_unsuffixed(step.len());
                    let all = step.iter().map(|pattern| {
                        let (xsd, regex) = (&pattern.xsd, &pattern.regex);
                        quote!(Pattern::new(#xsd, #regex))
                    });
                    patterns.extend(quote!(static #own: [Pattern; #length] = [#(#all),*];));
                    quote!(Facet::Pattern(&#own))
                }
            });
        }
        quote! {
            #patterns
            pub(crate) static #rule: SimpleType = SimpleType::new(#name, #primitive, WhiteSpace::#white_space, &[#(#facets),*]);
        }
    }
}

/// Returns the name that the runtime has for a built-in type.
fn primitive_name(name: &str) -> String {
    use heck::ToUpperCamelCase;
    if name == "anySimpleType" { "AnySimple".to_owned() } else { name.to_upper_camel_case() }
}
