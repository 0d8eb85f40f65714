//! The Rust types of members.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, ident};
use crate::model::{Body, Kind, Member, MemberKind, SimpleId, TypeId};
use crate::passes::names::{RustPath, RustType};

impl Emitter<'_> {
    /// The type of one value of the member, as seen from the type `owner`.
    pub(super) fn item_type(&self, owner: TypeId, member: &Member) -> TokenStream {
        let at = &self.names.types[owner];
        match &member.kind {
            MemberKind::Text { simple, nillable, secret } => {
                let ty = if *secret { quote!(Secret) } else { self.scalar_type(at, *simple) };
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

    /// The type of an outcome's body.
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

    /// The Rust type of a text.
    pub(super) fn scalar_type(&self, at: &RustPath, simple: SimpleId) -> TokenStream {
        match &self.names.simples[simple].rust {
            RustType::Plain(name) => {
                let name = ident(name);
                quote!(#name)
            }
            RustType::Newtype(path, _) | RustType::Enumeration(path) => self.path_from(at, path),
        }
    }

    /// The type of the field that holds the member.
    pub(super) fn field_type(&self, owner: TypeId, member: &Member) -> TokenStream {
        let item = self.item_type(owner, member);
        if matches!(member.kind, MemberKind::Flag) {
            item
        } else if member.holds_many() {
            quote!(Vec<#item>)
        } else if member.occurs.is_optional() && !self.holds_nothing(member) {
            quote!(Option<#item>)
        } else {
            item
        }
    }

    /// Whether the member's own type has a value that stands for its absence: a selector does.
    pub(super) fn holds_nothing(&self, member: &Member) -> bool {
        let MemberKind::Choice(id) = member.kind else { return false };
        matches!(&self.model.types[id].kind, Kind::Choice(choice) if choice.selector && choice.may_be_empty)
    }

    /// A value of the field before anything is read.
    pub(super) fn placeholder(&self, member: &Member) -> TokenStream {
        if matches!(member.kind, MemberKind::Flag) {
            quote!(false)
        } else if member.holds_many() {
            quote!(Vec::new())
        } else if member.occurs.is_optional() && !self.holds_nothing(member) {
            quote!(None)
        } else {
            self.blank_item(member)
        }
    }

    /// A value of the member itself before anything is read.
    pub(super) fn blank_item(&self, member: &Member) -> TokenStream {
        match member.kind {
            MemberKind::Text { nillable: true, .. } => quote!(Nillable::placeholder()),
            MemberKind::Text { .. } => quote!(Scalar::placeholder()),
            MemberKind::Choice(_) => quote!(Choice::placeholder()),
            _ => quote!(Content::placeholder()),
        }
    }

    /// The static that describes a simple type.
    pub(super) fn simple_path(&self, simple: SimpleId) -> TokenStream {
        let rule = ident(&self.names.simples[simple].rule);
        quote!(simple::#rule)
    }
}
