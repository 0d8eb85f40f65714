//! Simple types that are types of their own in Rust: open enumerations and newtypes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, alias, docs, ident};
use crate::model::SimpleId;
use crate::passes::names::{self, RustType};

impl Emitter<'_> {
    /// Emits the Rust type of a simple type, if it has one of its own.
    pub(super) fn simple_item(&self, id: SimpleId) -> TokenStream {
        match &self.names.simples[id].rust {
            RustType::Enumeration(path) => self.enumeration(id, &path.name),
            RustType::Newtype(path, inner) => self.newtype(id, &path.name, inner),
            RustType::Plain(_) => TokenStream::new(),
        }
    }

    fn enumeration(&self, id: SimpleId, name: &str) -> TokenStream {
        let simple = &self.model.simples[id];
        let name = ident(name);
        let rule = self.simple_path(id);
        let doc = docs::of_simple_type(&simple.doc, &simple.origin);
        let alias = alias(&simple.origin, &name);
        let values = simple.enumeration().unwrap_or_default();
        let variants: Vec<_> = values.iter().map(|value| ident(&names::value_name(simple, value))).collect();
        let docs = values.iter().map(|value| docs::comment(&format!("`{value}`")));
        quote! {
            #doc
            #alias
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#docs #variants,)*
                #[doc = " A value that the schema does not list; newer servers may send one."]
                Other(String),
            }
            impl #name {
                #[doc = " Returns the value as written in a packet."]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::Other(value) => value,
                    }
                }
                #[doc = " Parses one of the values in the schema."]
                #[doc = ""]
                #[doc = " # Errors"]
                #[doc = " `value` is not in the schema."]
                pub fn parse(value: &str) -> Result<Self, ValueError> {
                    #rule.check(value)?;
                    Ok(Self::from(value))
                }
            }
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    match #rule.normalize(value).as_ref() {
                        #(#values => Self::#variants,)*
                        _ => Self::Other(value.to_owned()),
                    }
                }
            }
            impl From<String> for #name {
                fn from(value: String) -> Self { Self::from(value.as_str()) }
            }
            impl From<#name> for String {
                fn from(value: #name) -> Self { value.as_str().to_owned() }
            }
            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
            }
            impl Scalar for #name {
                fn placeholder() -> Self { Self::Other(String::new()) }
                fn parse(text: &str) -> Result<Self, ParseError> { Ok(Self::from(text)) }
                fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R { f(self.as_str()) }
            }
        }
    }

    fn newtype(&self, id: SimpleId, name: &str, inner: &str) -> TokenStream {
        let simple = &self.model.simples[id];
        let name = ident(name);
        let rule = self.simple_path(id);
        let facts = docs::facet_facts(simple).join(", ");
        let description = if simple.doc.is_empty() { facts } else { simple.doc.clone() };
        let doc = docs::of_simple_type(&description, &simple.origin);
        let alias = alias(&simple.origin, &name);
        let copy = (inner != "String").then(|| quote!(, Copy, PartialOrd, Ord));
        let inner_type = ident(inner);
        let inner = quote!(#inner_type);
        let access = if copy.is_some() {
            quote! {
                #[doc = " Returns the number."]
                pub fn get(self) -> #inner { self.0 }
            }
        } else {
            quote! {
                #[doc = " Returns the text."]
                pub fn as_str(&self) -> &str { &self.0 }
            }
        };
        let from_str = copy.is_none().then(|| {
            quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self { Self(value.to_owned()) }
                }
                impl From<&String> for #name {
                    fn from(value: &String) -> Self { Self(value.clone()) }
                }
            }
        });
        quote! {
            #doc
            #alias
            #[derive(Clone, Debug, PartialEq, Eq, Hash #copy)]
            pub struct #name(#inner);
            impl #name {
                #access
                #[doc = " Parses and validates a value."]
                #[doc = ""]
                #[doc = " # Errors"]
                #[doc = " The rule of the schema that `text` breaks."]
                pub fn parse(text: &str) -> Result<Self, ValueError> {
                    #rule.check(text)?;
                    <#inner as Scalar>::parse(text).map(Self).map_err(|_| ValueError::InvalidLexical("value of this type"))
                }
            }
            #[doc = " Takes the value as it is; it is validated before it is sent."]
            impl From<#inner> for #name {
                fn from(value: #inner) -> Self { Self(value) }
            }
            impl From<#name> for #inner {
                fn from(value: #name) -> Self { value.0 }
            }
            #from_str
            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
            }
            impl Scalar for #name {
                fn placeholder() -> Self { Self(Scalar::placeholder()) }
                fn parse(text: &str) -> Result<Self, ParseError> { Scalar::parse(text).map(Self) }
                fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R { self.0.with_text(f) }
            }
        }
    }
}
