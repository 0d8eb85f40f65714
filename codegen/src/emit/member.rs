//! The Rust types of members, and the calls that read and visit them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Emitter, field, ident};
use crate::model::{Body, Kind, Member, MemberKind, Occurs, SimpleId, TypeId};
use crate::passes::names::{Path, RustType};

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
    pub(super) fn scalar_type(&self, at: &Path, simple: SimpleId) -> TokenStream {
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

    /// The call that reads a record's member.
    pub(super) fn read(&self, member: &Member) -> TokenStream {
        let (name, field) = (&member.name, field(member));
        let Bounds { min, max } = Bounds::of(member.occurs);
        let list = member.occurs.is_list();
        let optional = member.occurs.is_optional();
        match &member.kind {
            MemberKind::Text { simple, nillable, .. } => {
                let rule = self.rule(*simple);
                match (nillable, list, optional, self.default_of(member, *simple)) {
                    (true, _, true, _) => quote!(r.opt_nillable(#name, &mut self.#field, #rule)),
                    (true, _, false, _) => quote!(r.nillable(#name, &mut self.#field, #rule)),
                    (_, true, _, _) => quote!(r.texts(#name, #min, #max, &mut self.#field, #rule)),
                    (_, _, true, Some(default)) => quote!(r.opt_text_or(#name, #default, &mut self.#field, #rule)),
                    (_, _, false, Some(default)) => quote!(r.text_or(#name, #default, &mut self.#field, #rule)),
                    (_, _, true, None) => quote!(r.opt_text(#name, &mut self.#field, #rule)),
                    (_, _, false, None) => quote!(r.text(#name, &mut self.#field, #rule)),
                }
            }
            MemberKind::Flag if optional => quote!(r.flag(#name, &mut self.#field)),
            MemberKind::Flag => quote!(r.element(#name, &mut ())),
            MemberKind::Choice(_) if list => quote!(r.choices(#min, #max, &mut self.#field)),
            MemberKind::Choice(_) if self.holds_nothing(member) => quote!(r.choice_or_nothing(&mut self.#field)),
            MemberKind::Choice(_) if optional => quote!(r.opt_choice(&mut self.#field)),
            MemberKind::Choice(_) => quote!(r.choice(&mut self.#field)),
            MemberKind::Group(id) if list => {
                let first = self.first_name(*id);
                quote!(r.groups(#first, #min, #max, &mut self.#field))
            }
            MemberKind::Group(_) => quote!(r.opt_group(&mut self.#field)),
            MemberKind::Wildcard => quote!(r.wildcard(#min, #max, &mut self.#field)),
            _ if list => quote!(r.elements(#name, #min, #max, &mut self.#field)),
            _ if optional => quote!(r.opt_element(#name, &mut self.#field)),
            _ => quote!(r.element(#name, &mut self.#field)),
        }
    }

    /// The call that shows a record's member to a visitor.
    pub(super) fn visit(&self, member: &Member) -> TokenStream {
        let (name, field) = (&member.name, field(member));
        let Bounds { min, max } = Bounds::of(member.occurs);
        let list = member.occurs.is_list();
        let optional = member.occurs.is_optional();
        match &member.kind {
            MemberKind::Text { simple, nillable, .. } => {
                let rule = self.rule(*simple);
                match (nillable, list, optional) {
                    (true, _, true) => quote!(v.opt_nillable(#name, &self.#field, #rule);),
                    (true, _, false) => quote!(v.nillable(#name, &self.#field, #rule);),
                    (false, true, _) => quote!(v.texts(#name, #min, #max, &self.#field, #rule);),
                    (false, false, true) => quote!(v.opt_text(#name, &self.#field, #rule);),
                    (false, false, false) => quote!(v.text(#name, &self.#field, #rule);),
                }
            }
            MemberKind::Flag if optional => quote!(v.flag(#name, self.#field);),
            MemberKind::Flag => quote!(v.flag(#name, true);),
            MemberKind::Choice(_) if list => quote!(v.choices(#min, #max, &self.#field);),
            MemberKind::Choice(_) if optional && !self.holds_nothing(member) => quote!(v.opt_choice(&self.#field);),
            MemberKind::Choice(_) => quote!(v.choice(&self.#field);),
            MemberKind::Group(id) if list => {
                let first = self.first_name(*id);
                quote!(v.groups(#first, #min, #max, &self.#field);)
            }
            MemberKind::Group(_) => quote!(v.opt_group(&self.#field);),
            MemberKind::Wildcard => quote!(v.wildcard(#min, #max, &self.#field);),
            _ if list => quote!(v.elements(#name, #min, #max, &self.#field);),
            _ if optional => quote!(v.opt_element(#name, &self.#field);),
            _ => quote!(v.element(#name, &self.#field);),
        }
    }

    /// What an empty element means, where its type has no empty value of its own.
    fn default_of<'m>(&self, member: &'m Member, simple: SimpleId) -> Option<&'m str> {
        let plain_text = matches!(self.names.simples[simple].rust, RustType::Plain("String"))
            && self.model.simples[simple].facets.is_empty();
        member.default.as_deref().filter(|_| !plain_text)
    }

    /// A reference to the static that describes a simple type.
    pub(super) fn rule(&self, simple: SimpleId) -> TokenStream {
        let path = self.rule_path(simple);
        quote!(&#path)
    }

    /// The static that describes a simple type.
    pub(super) fn rule_path(&self, simple: SimpleId) -> TokenStream {
        let rule = ident(&self.names.simples[simple].rule);
        quote!(simple::#rule)
    }

    /// The first element of a group, by which messages name it.
    pub(super) fn first_name(&self, id: TypeId) -> String {
        self.model.types[id].members().first().map_or_else(String::new, |member| self.shown_name(member))
    }

    /// The elements by which messages name a member.
    pub(super) fn shown_name(&self, member: &Member) -> String {
        match member.kind {
            MemberKind::Choice(id) => self.alternatives_of(id),
            MemberKind::Group(id) => self.first_name(id),
            _ => member.name.clone(),
        }
    }

    /// The elements by which messages name a choice.
    pub(super) fn alternatives_of(&self, choice: TypeId) -> String {
        let names: Vec<String> =
            self.model.types[choice].members().iter().map(|branch| self.shown_name(branch)).collect();
        names.join(" | ")
    }
}

/// The numbers of an occurrence as Rust.
pub(super) struct Bounds {
    pub(super) min: Literal,
    pub(super) max: TokenStream,
}

impl Bounds {
    pub(super) fn of(occurs: Occurs) -> Self {
        let max = occurs.max.map_or_else(
            || quote!(usize::MAX),
            |max| {
                let max = Literal::usize_unsuffixed(max);
                quote!(#max)
            },
        );
        Self { min: Literal::usize_unsuffixed(occurs.min), max }
    }
}
