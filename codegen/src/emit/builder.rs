//! `new(required…)` and one chainable setter for every optional field.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, docs, field, ident, record::attribute_field};
use crate::model::{Choice, Member, MemberKind, Record, SimpleId, TypeId, Untyped};
use crate::passes::names::{self, RustType};

/// How a value is given to a constructor or setter: its parameter type, and the value of the field
/// from the parameter.
pub(super) struct Given {
    pub(super) parameter: TokenStream,
    pub(super) value: TokenStream,
}

impl Emitter<'_> {
    pub(super) fn builder(&self, id: TypeId, record: &Record) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let new = self.constructor(id, record);
        let attributes = record.attributes.iter().filter(|attribute| !attribute.required).map(|attribute| {
            let name = attribute_field(attribute);
            let Given { parameter, value } = self.given_scalar(id, attribute.simple, false, &name);
            let about = docs::comment(&format!("Sets the attribute `{}`.", attribute.name));
            quote! {
                #about
                pub fn #name(mut self, #name: #parameter) -> Self { self.#name = Some(#value); self }
            }
        });
        let setters = record.members.iter().map(|member| self.setter(id, member));
        quote! {
            impl #name {
                #new
                #(#attributes)*
                #(#setters)*
            }
        }
    }

    fn constructor(&self, id: TypeId, record: &Record) -> TokenStream {
        let (mut parameters, mut fields) = (TokenStream::new(), TokenStream::new());
        for attribute in &record.attributes {
            let name = attribute_field(attribute);
            if attribute.required {
                let Given { parameter, value } = self.given_scalar(id, attribute.simple, false, &name);
                parameters.extend(quote!(#name: #parameter,));
                fields.extend(init(&name, value));
            } else {
                fields.extend(quote!(#name: None,));
            }
        }
        if let Some(simple) = record.text {
            let value_name = ident("value");
            let Given { parameter, value } = self.given_scalar(id, simple, false, &value_name);
            parameters.extend(quote!(value: #parameter,));
            fields.extend(init(&value_name, value));
        }
        for member in &record.members {
            let name = field(member);
            if member.is_silent() {
                fields.extend(quote!(#name: (),));
            } else if self.is_required(member) {
                let Given { parameter, value } = self.given(id, member);
                parameters.extend(quote!(#name: #parameter,));
                fields.extend(init(&name, value));
            } else {
                let blank = self.placeholder(member);
                fields.extend(quote!(#name: #blank,));
            }
        }
        let about =
            docs::comment(if parameters.is_empty() { "With nothing set." } else { "With what the schema requires." });
        quote! {
            #about
            pub fn new(#parameters) -> Self { Self { #fields } }
        }
    }

    /// Whether a value cannot be made without the member. A list of alternatives starts empty
    /// whatever its bound, and `validate` checks it.
    pub(super) fn is_required(&self, member: &Member) -> bool {
        let counted = matches!(member.kind, MemberKind::Choice(_) | MemberKind::Group(_) | MemberKind::Wildcard)
            && member.occurs.is_list();
        let selects = self.holds_nothing(member);
        (!member.occurs.is_optional() || selects) && !counted
    }

    /// Whether there are setters, whose results are easily dropped by mistake.
    pub(super) fn has_setters(&self, id: TypeId, record: &Record) -> bool {
        let attribute = record.attributes.iter().any(|attribute| !attribute.required);
        let member = record.members.iter().any(|member| !member.is_silent() && !self.is_required(member));
        self.is_made(id) && (attribute || member)
    }

    fn setter(&self, id: TypeId, member: &Member) -> TokenStream {
        if let (MemberKind::Choice(choice), true) = (&member.kind, member.occurs.is_list()) {
            return self.pushers(id, member, *choice);
        }
        if member.is_silent() || self.is_required(member) {
            return TokenStream::new();
        }
        let name = field(member);
        let what = match member.kind {
            MemberKind::Choice(_) | MemberKind::Group(_) => format!("Sets `{name}`"),
            _ => format!("Sets `<{}>`", member.name),
        };
        let about = docs::of_setter(&what, member, self.model, self.names);
        if let MemberKind::Flag = member.kind {
            return quote! {
                #about
                pub fn #name(mut self) -> Self { self.#name = true; self }
            };
        }
        if matches!(member.kind, MemberKind::Untyped(Untyped::Flag)) && !member.occurs.is_list() {
            return quote! {
                #about
                pub fn #name(mut self) -> Self { self.#name = Some(Any::empty()); self }
            };
        }
        let Given { parameter, value } = self.given(id, member);
        let value = if member.holds_many() { value } else { quote!(Some(#value)) };
        quote! {
            #about
            pub fn #name(mut self, #name: #parameter) -> Self { self.#name = #value; self }
        }
    }

    /// One method an alternative of a repeated choice, each adding to the list.
    fn pushers(&self, id: TypeId, member: &Member, choice: TypeId) -> TokenStream {
        let list = field(member);
        let item = self.type_from(id, choice);
        let methods = self.model.types[choice].members().iter().map(|branch| {
            let name = field(branch);
            let variant = self.variant_name(choice, branch);
            let about = docs::comment(&format!("Adds `<{}>`.", branch.name));
            let (parameter, value) = match self.given_branch(id, branch) {
                Some(Given { parameter, value }) => (quote!(, #name: #parameter), quote!(#item::#variant(#value))),
                None => (TokenStream::new(), quote!(#item::#variant)),
            };
            let gate = self.gate(branch);
            quote! {
                #about
                #gate
                pub fn #name(mut self #parameter) -> Self { self.#list.push(#value); self }
            }
        });
        quote!(#(#methods)*)
    }

    /// How the payload of an alternative is given; `None` if it has none.
    pub(super) fn given_branch(&self, owner: TypeId, branch: &Member) -> Option<Given> {
        let name = field(branch);
        if matches!(branch.kind, MemberKind::Flag) {
            return None;
        }
        if branch.holds_many() {
            let item = self.item_type(owner, branch);
            return Some(Given { parameter: quote!(impl IntoNonEmpty<#item>), value: quote!(#name.into_non_empty()) });
        }
        Some(self.given_one(owner, branch, &name))
    }

    /// How a member's value is given, lists included.
    fn given(&self, owner: TypeId, member: &Member) -> Given {
        let name = field(member);
        if !member.holds_many() {
            return self.given_one(owner, member, &name);
        }
        let item = self.item_type(owner, member);
        if member.occurs.min > 0 {
            return Given {
                parameter: quote!(impl IntoNonEmpty<#item>),
                value: quote!(#name.into_non_empty().into_vec()),
            };
        }
        let one = self.given_one(owner, member, &name);
        if one.parameter.to_string() == item.to_string() {
            Given { parameter: quote!(impl IntoIterator<Item = #item>), value: quote!(#name.into_iter().collect()) }
        } else {
            Given {
                parameter: quote!(impl IntoIterator<Item = impl Into<#item>>),
                value: quote!(#name.into_iter().map(Into::into).collect()),
            }
        }
    }

    fn given_one(&self, owner: TypeId, member: &Member, name: &Ident) -> Given {
        let ty = self.item_type(owner, member);
        let into = || Given { parameter: quote!(impl Into<#ty>), value: quote!(#name.into()) };
        match &member.kind {
            MemberKind::Text { nillable: true, .. } => into(),
            MemberKind::Text { simple, secret, .. } => self.given_scalar(owner, *simple, *secret, name),
            MemberKind::Untyped(Untyped::Text) => into(),
            MemberKind::Element(id) | MemberKind::Choice(id) | MemberKind::Group(id)
                if self.recursive.contains(&(owner, *id)) && !member.occurs.is_list() =>
            {
                let plain = self.type_from(owner, *id);
                Given { parameter: plain, value: quote!(Box::new(#name)) }
            }
            _ => Given { parameter: ty, value: quote!(#name) },
        }
    }

    fn given_scalar(&self, owner: TypeId, simple: SimpleId, secret: bool, name: &Ident) -> Given {
        let ty = if secret { quote!(Secret) } else { self.scalar_type(&self.names.types[owner], simple) };
        let converts =
            secret || !matches!(self.names.simples[simple].rust, RustType::Plain(plain) if plain != "String");
        if converts {
            Given { parameter: quote!(impl Into<#ty>), value: quote!(#name.into()) }
        } else {
            Given { parameter: ty, value: quote!(#name) }
        }
    }

    /// Constructors of a choice's alternatives, by the names of the elements.
    pub(super) fn alternatives(&self, id: TypeId, choice: &Choice) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let methods: TokenStream = choice.alternatives.iter().map(|branch| self.alternative(id, branch)).collect();
        if methods.is_empty() { methods } else { quote!(impl #name { #methods }) }
    }

    /// The constructor of an alternative; a repeated one has two, for one item and for several.
    /// None where it would only repeat the variant: for a payload that is a type of its own.
    fn alternative(&self, id: TypeId, branch: &Member) -> TokenStream {
        let method = field(branch);
        let variant = self.variant_name(id, branch);
        let about =
            |what: &str| docs::of_setter(&format!("{what} `<{}>`", branch.name), branch, self.model, self.names);
        let Some(Given { parameter, value }) = self.given_branch(id, branch) else { return TokenStream::new() };
        if matches!(branch.kind, MemberKind::Untyped(Untyped::Flag)) {
            let about = about("Chooses");
            return quote!(#about pub fn #method() -> Self { Self::#variant(Any::empty()) });
        }
        if branch.holds_many() {
            let one = self.given_one(id, branch, &method);
            let (one_parameter, one_value) = (one.parameter, one.value);
            let several = ident(&names::plural_name(branch));
            let value = retarget(value, &method, &several);
            let (about_one, about_several) = (about("Chooses one"), about("Chooses one or more"));
            return quote! {
                #about_one
                pub fn #method(#method: #one_parameter) -> Self { Self::#variant(NonEmpty::one(#one_value)) }
                #about_several
                pub fn #several(#several: #parameter) -> Self { Self::#variant(#value) }
            };
        }
        if method == value.to_string() && !matches!(branch.kind, MemberKind::Text { .. }) {
            return TokenStream::new();
        }
        let about = about("Chooses");
        quote!(#about pub fn #method(#method: #parameter) -> Self { Self::#variant(#value) })
    }
}

/// A field in a struct expression; `name` alone where the value is called so too.
fn init(name: &Ident, value: TokenStream) -> TokenStream {
    if *name == value.to_string() { quote!(#name,) } else { quote!(#name: #value,) }
}

/// `value` with the parameter `from` called `to`.
fn retarget(value: TokenStream, from: &Ident, to: &Ident) -> TokenStream {
    value
        .into_iter()
        .map(|token| match token {
            proc_macro2::TokenTree::Ident(found) if found == *from => proc_macro2::TokenTree::Ident(to.clone()),
            other => other,
        })
        .collect()
}
