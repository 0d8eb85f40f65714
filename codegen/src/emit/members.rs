//! The Rust types of members.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, ident};
use crate::model::{Body, Kind, Member, MemberKind, SimpleId, TypeId};
use crate::passes::names::{RustPath, RustType};

impl Emitter<'_> {
    /// Returns the type of one value of the member, as seen from the type `owner`.
    pub(super) fn item_type(&self, owner: TypeId, member: &Member) -> TokenStream {
        let module = &self.names.types[owner];
        match &member.kind {
            MemberKind::Text { simple, nillable, secret } => {
                let ty = if *secret {
                    quote!(Secret)
                } else {
                    self.rust_type(module, self.names.of_text(&member.name, *simple))
                };
                if *nillable { quote!(Nillable<#ty>) } else { ty }
            }
            MemberKind::Element(id) | MemberKind::Choice(id) | MemberKind::Group(id) => {
                let ty = self.type_from(owner, *id);
                if self.recursive.contains(&(owner, *id)) && !member.occurs.is_list() { quote!(Box<#ty>) } else { ty }
            }
            MemberKind::Flag => quote!(bool),
            MemberKind::Untyped(_) => quote!(Any),
            MemberKind::Outcome(body) => {
                let body = self.body_type(owner, *body);
                quote!(Outcome<#body>)
            }
            MemberKind::Wildcard => quote!(Raw),
        }
    }

    /// Returns the type of the data of a result.
    pub(super) fn body_type(&self, owner: TypeId, body: Body) -> TokenStream {
        match body {
            Body::Nothing => quote!(()),
            Body::Record(id) => self.type_from(owner, id),
            Body::Optional(id) => {
                let ty = self.type_from(owner, id);
                quote!(Option<#ty>)
            }
        }
    }

    /// Returns the Rust type of the text of an attribute, or of an element that has attributes.
    pub(super) fn scalar_type(&self, module: &RustPath, simple: SimpleId) -> TokenStream {
        self.rust_type(module, &self.names.simples[simple].rust)
    }

    fn rust_type(&self, module: &RustPath, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Plain(name) => {
                let name = ident(name);
                quote!(#name)
            }
            RustType::Newtype(path, _) | RustType::Enumeration(path) => self.path_from(module, path),
        }
    }

    /// Returns the type of the member's field.
    pub(super) fn field_type(&self, owner: TypeId, member: &Member) -> TokenStream {
        let item = self.item_type(owner, member);
        if matches!(member.kind, MemberKind::Flag) {
            item
        } else if member.holds_many() {
            quote!(Vec<#item>)
        } else if self.is_option(member) {
            quote!(Option<#item>)
        } else {
            item
        }
    }

    /// Returns `true` if the member's field is an `Option`.
    pub(super) fn is_option(&self, member: &Member) -> bool {
        let is_plain = !matches!(member.kind, MemberKind::Flag) && !member.holds_many();
        is_plain && member.occurs.is_optional() && !self.has_empty_value(member)
    }

    /// Returns `true` if the member's own type has a value for its absence, as selectors do.
    pub(super) fn has_empty_value(&self, member: &Member) -> bool {
        let MemberKind::Choice(id) = member.kind else { return false };
        matches!(&self.model.types[id].kind, Kind::Choice(choice) if choice.selector && choice.may_be_empty)
    }

    /// Returns the value of an optional member's field if the member is absent.
    pub(super) fn absent_value(&self, member: &Member) -> TokenStream {
        match member.kind {
            MemberKind::Flag => quote!(false),
            _ if member.holds_many() => quote!(Vec::new()),
            _ => quote!(None),
        }
    }

    /// Returns the path of the static that describes a simple type.
    pub(super) fn simple_path(&self, simple: SimpleId) -> TokenStream {
        let rule = ident(&self.names.simples[simple].rule);
        quote!(simple::#rule)
    }
}
