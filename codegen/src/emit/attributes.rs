//! The `#[xml(…)]` attributes of fields, variants and types, from which the derives of the runtime crate know the XML.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Emitter, ident};
use crate::model::{Attribute, Member, MemberKind, Primitive, Role, SimpleId, SimpleType};

/// The crate that the derives refer to without an attribute.
const DEFAULT_RUNTIME: &str = "plesk_wire";

/// The built-in types of which the empty text is a value.
const ANY_TEXT: [&str; 7] =
    ["anySimpleType", "anyURI", "base64Binary", "hexBinary", "normalizedString", "string", "token"];

impl Emitter<'_> {
    /// Returns the attribute of a member's field; the value of a setting is shown under some names only.
    pub(super) fn field_attribute(&self, member: &Member, is_setting: bool) -> TokenStream {
        let name = &member.name;
        if member.is_silent() {
            return quote!(#[xml(element = #name)]);
        }
        let kind = self.member_kind(member);
        let default = self.default_of(member).map(|default| quote!(, default = #default));
        let redact_unless = is_setting.then(|| quote!(, redact_unless = Self::is_shown));
        let bounds = member.holds_many().then(|| bounds(member, 0));
        let ordered = self.ordered(member);
        quote!(#[xml(#kind #default #redact_unless #bounds #ordered)])
    }

    /// Returns the attribute of an alternative's variant.
    pub(super) fn variant_attribute(&self, alternative: &Member) -> TokenStream {
        let kind = self.member_kind(alternative);
        let default = self.default_of(alternative).map(|default| quote!(, default = #default));
        let bounds = alternative.holds_many().then(|| bounds(alternative, 1));
        let ordered = self.ordered(alternative);
        quote!(#[xml(#kind #default #bounds #ordered)])
    }

    /// Returns the attribute of the field of an XML attribute.
    pub(super) fn attribute_attribute(&self, attribute: &Attribute) -> TokenStream {
        let (name, simple) = (&attribute.name, self.simple_path(attribute.simple));
        quote!(#[xml(attribute = #name, type = #simple)])
    }

    /// Returns the attribute of the field for the text of the element itself.
    pub(super) fn text_content_attribute(&self, simple: SimpleId) -> TokenStream {
        let simple = self.simple_path(simple);
        quote!(#[xml(text_content, type = #simple)])
    }

    /// Returns the attribute of a type, if it needs one.
    pub(super) fn type_attribute(&self, mut words: Vec<TokenStream>) -> Option<TokenStream> {
        if self.config.runtime != DEFAULT_RUNTIME {
            let runtime = ident(self.config.runtime);
            words.push(quote!(crate = #runtime));
        }
        (!words.is_empty()).then(|| quote!(#[xml(#(#words),*)]))
    }

    fn member_kind(&self, member: &Member) -> TokenStream {
        let name = &member.name;
        match member.kind {
            MemberKind::Text { simple, .. } => {
                let simple = self.simple_path(simple);
                quote!(text = #name, type = #simple)
            }
            MemberKind::Flag => quote!(flag = #name),
            MemberKind::Choice(_) => quote!(choice),
            MemberKind::Group(_) => quote!(group),
            MemberKind::Wildcard => quote!(wildcard),
            MemberKind::Element(_) | MemberKind::Untyped(_) | MemberKind::Outcome(_) => quote!(element = #name),
        }
    }

    /// Marks a list of operations or of operators, which are carried out in their order.
    fn ordered(&self, member: &Member) -> Option<TokenStream> {
        let MemberKind::Choice(choice) = member.kind else { return None };
        let is_ordered = matches!(self.model.types[choice].role, Role::Operators | Role::OperationItem { .. });
        (is_ordered && member.holds_many()).then(|| quote!(, ordered))
    }

    /// Returns the value of an empty element, if the type of its text has no empty value.
    fn default_of<'m>(&self, member: &'m Member) -> Option<&'m str> {
        let MemberKind::Text { simple, nillable: false, .. } = member.kind else { return None };
        let SimpleType { primitive, facets, .. } = &self.model.simples[simple];
        let any_text = match primitive {
            Primitive::BuiltIn(name) => ANY_TEXT.contains(&name.as_str()) && facets.is_empty(),
            Primitive::List(_) => facets.is_empty(),
            Primitive::Union(_) => false,
        };
        member.default.as_deref().filter(|_| !any_text && !member.occurs.is_list())
    }
}

/// Returns the bounds of a list, unless they are `min` and any number.
fn bounds(member: &Member, min: usize) -> TokenStream {
    let bound = |name: TokenStream, value: usize| {
        let value = Literal::usize_unsuffixed(value);
        quote!(, #name = #value)
    };
    let least = (member.occurs.min != min).then(|| bound(quote!(min), member.occurs.min));
    let most = member.occurs.max.map(|max| bound(quote!(max), max));
    quote!(#least #most)
}
