//! The `#[xml(…)]` attributes, from which the derives of the runtime crate learn what the wire needs to know.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Emitter;
use crate::model::{Attribute, Member, MemberKind, SimpleId, TypeId};
use crate::passes::names::RustType;

impl Emitter<'_> {
    /// Returns the attribute of the field that holds `member`; `shown_if` is the method that says whether its value may
    /// be shown.
    pub(super) fn field_attribute(&self, member: &Member, shown_if: Option<TokenStream>) -> TokenStream {
        let kind = self.kind_words(member, member.holds_many());
        let default = match member.kind {
            MemberKind::Text { simple, .. } => self.default_of(member, simple),
            _ => None,
        };
        let default = default.map(|default| quote!(, default = #default));
        let shown_if = shown_if.map(|method| quote!(, shown_if = #method));
        let bounds = member.holds_many().then(|| bounds(member, 0));
        quote!(#[xml(#kind #default #shown_if #bounds)])
    }

    /// Returns the attribute of the variant that holds `alternative`.
    pub(super) fn variant_attribute(&self, alternative: &Member) -> TokenStream {
        let list = alternative.holds_many();
        let kind = self.kind_words(alternative, list);
        let bounds = list.then(|| bounds(alternative, 1));
        quote!(#[xml(#kind #bounds)])
    }

    /// Returns the attribute of the field that holds an XML attribute.
    pub(super) fn attribute_attribute(&self, attribute: &Attribute) -> TokenStream {
        let (name, simple) = (&attribute.name, self.simple_path(attribute.simple));
        quote!(#[xml(attribute = #name, simple = #simple)])
    }

    /// Returns the attribute of the field that holds the text of the element itself.
    pub(super) fn content_attribute(&self, simple: SimpleId) -> TokenStream {
        let simple = self.simple_path(simple);
        quote!(#[xml(content, simple = #simple)])
    }

    /// Returns the words that say what a member is.
    fn kind_words(&self, member: &Member, list: bool) -> TokenStream {
        let name = &member.name;
        match member.kind {
            MemberKind::Text { simple, .. } => {
                let simple = self.simple_path(simple);
                quote!(text = #name, simple = #simple)
            }
            MemberKind::Flag => quote!(flag = #name),
            MemberKind::Choice(_) => quote!(choice),
            MemberKind::Group(id) if list => {
                let first = self.first_name(id);
                quote!(group = #first)
            }
            MemberKind::Group(_) => quote!(group),
            MemberKind::Wildcard => quote!(wildcard),
            MemberKind::Element(_) | MemberKind::Untyped(_) | MemberKind::Outcome(_) => quote!(element = #name),
        }
    }

    /// Returns what an empty element means, if its type has no empty value of its own.
    fn default_of<'m>(&self, member: &'m Member, simple: SimpleId) -> Option<&'m str> {
        let plain_text = matches!(self.names.simples[simple].rust, RustType::Plain("String"))
            && self.model.simples[simple].facets.is_empty();
        let applies = !plain_text && !member.occurs.is_list();
        member.default.as_deref().filter(|_| applies)
    }

    /// Returns the attribute of a type, if it needs one.
    pub(super) fn type_attribute(&self, mut words: Vec<TokenStream>) -> Option<TokenStream> {
        if self.config.runtime != "plesk_wire" {
            let runtime = super::ident(self.config.runtime);
            words.push(quote!(crate = #runtime));
        }
        (!words.is_empty()).then(|| quote!(#[xml(#(#words),*)]))
    }

    /// Returns the first element of a group, by which messages name it.
    fn first_name(&self, id: TypeId) -> String {
        self.model.types[id].members().first().map_or_else(String::new, |member| self.shown_name(member))
    }

    /// Returns the elements by which messages name a member.
    fn shown_name(&self, member: &Member) -> String {
        match member.kind {
            MemberKind::Choice(id) => {
                let members = self.model.types[id].members();
                let names: Vec<String> = members.iter().map(|alternative| self.shown_name(alternative)).collect();
                names.join(" | ")
            }
            MemberKind::Group(id) => self.first_name(id),
            _ => member.name.clone(),
        }
    }
}

/// Returns the bounds of a list where they differ from those that its type says: `min` or more, without limit.
fn bounds(member: &Member, min: usize) -> TokenStream {
    let number = |value: usize| Literal::usize_unsuffixed(value);
    let least = (member.occurs.min != min).then(|| {
        let least = number(member.occurs.min);
        quote!(, min = #least)
    });
    let most = member.occurs.max.map(|most| {
        let most = number(most);
        quote!(, max = #most)
    });
    quote!(#least #most)
}
