//! Constructors with the required members, and one chainable setter for each optional one.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::structs::attribute_field;
use super::{Emitter, docs, field, ident};
use crate::model::{Choice, Member, MemberKind, Record, SimpleId, TypeId, Untyped};
use crate::passes::names::{self, RustType};

/// A parameter of a constructor or setter.
struct Parameter {
    ty: TokenStream,
    /// The value of the field, made of the parameter.
    value: TokenStream,
}

impl Emitter<'_> {
    /// Emits the constructor and the setters of a struct.
    pub(super) fn builder(&self, id: TypeId, record: &Record) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let new = self.constructor(id, record);
        let attributes = record.attributes.iter().filter(|attribute| !attribute.required).map(|attribute| {
            let name = attribute_field(attribute);
            let Parameter { ty, value } = self.scalar_parameter(id, attribute.simple, false, &name);
            let doc = docs::comment(&format!("Sets the attribute `{}`.", attribute.name));
            quote! {
                #doc
                pub fn #name(mut self, #name: #ty) -> Self { self.#name = Some(#value); self }
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
                let Parameter { ty, value } = self.scalar_parameter(id, attribute.simple, false, &name);
                parameters.extend(quote!(#name: #ty,));
                fields.extend(init(&name, value));
            } else {
                fields.extend(quote!(#name: None,));
            }
        }
        if let Some(simple) = record.text {
            let value_name = ident("value");
            let Parameter { ty, value } = self.scalar_parameter(id, simple, false, &value_name);
            parameters.extend(quote!(value: #ty,));
            fields.extend(init(&value_name, value));
        }
        for member in &record.members {
            let name = field(member);
            if member.is_silent() {
                fields.extend(quote!(#name: (),));
            } else if self.is_required(member) {
                let Parameter { ty, value } = self.parameter(id, member);
                parameters.extend(quote!(#name: #ty,));
                fields.extend(init(&name, value));
            } else {
                let absent = self.absent_value(member);
                fields.extend(quote!(#name: #absent,));
            }
        }
        let doc = docs::comment(match (parameters.is_empty(), record.text.is_some()) {
            (true, _) => "Creates an empty value.",
            (false, true) => "Creates a value from its text and the required attributes.",
            (false, false) => "Creates a value from the required elements.",
        });
        quote! {
            #doc
            pub fn new(#parameters) -> Self { Self { #fields } }
        }
    }

    /// Returns `true` if the member is an argument of the constructor. A list of alternatives starts empty
    /// whatever its bound, and validation checks it.
    pub(super) fn is_required(&self, member: &Member) -> bool {
        let counted = matches!(member.kind, MemberKind::Choice(_) | MemberKind::Group(_) | MemberKind::Wildcard)
            && member.occurs.is_list();
        (!member.occurs.is_optional() || self.has_empty_value(member)) && !counted
    }

    /// Returns `true` if the type has setters, whose results are easily dropped by mistake.
    pub(super) fn has_setters(&self, id: TypeId, record: &Record) -> bool {
        let attribute = record.attributes.iter().any(|attribute| !attribute.required);
        let member = record.members.iter().any(|member| !member.is_silent() && !self.is_required(member));
        self.is_made(id) && (attribute || member)
    }

    fn setter(&self, id: TypeId, member: &Member) -> TokenStream {
        if let (MemberKind::Choice(choice), true) = (&member.kind, member.occurs.is_list()) {
            return self.adders(id, member, *choice);
        }
        if member.is_silent() || self.is_required(member) {
            return TokenStream::new();
        }
        let name = field(member);
        let task = match member.kind {
            MemberKind::Choice(_) | MemberKind::Group(_) => format!("Sets `{name}`"),
            _ => format!("Sets `<{}>`", member.name),
        };
        let doc = self.task_doc(&task, member);
        if let MemberKind::Flag = member.kind {
            return quote! {
                #doc
                pub fn #name(mut self) -> Self { self.#name = true; self }
            };
        }
        if matches!(member.kind, MemberKind::Untyped(Untyped::Flag)) && !member.occurs.is_list() {
            return quote! {
                #doc
                pub fn #name(mut self) -> Self { self.#name = Some(Any::empty()); self }
            };
        }
        let Parameter { ty, value } = self.parameter(id, member);
        let value = if member.holds_many() { value } else { quote!(Some(#value)) };
        quote! {
            #doc
            pub fn #name(mut self, #name: #ty) -> Self { self.#name = #value; self }
        }
    }

    /// Emits one method for each alternative of a repeated choice, which adds to the list.
    fn adders(&self, id: TypeId, member: &Member, choice: TypeId) -> TokenStream {
        let list = field(member);
        let item = self.type_from(id, choice);
        let methods = self.model.types[choice].members().iter().map(|alternative| {
            let name = field(alternative);
            let variant = self.variant_name(choice, alternative);
            let doc = docs::comment(&format!("Adds `<{}>`.", alternative.name));
            let (parameter, value) = match self.payload_parameter(id, alternative) {
                Some(Parameter { ty, value }) => (quote!(, #name: #ty), quote!(#item::#variant(#value))),
                None => (TokenStream::new(), quote!(#item::#variant)),
            };
            let feature = self.feature_gate(alternative);
            quote! {
                #doc
                #feature
                pub fn #name(mut self #parameter) -> Self { self.#list.push(#value); self }
            }
        });
        quote!(#(#methods)*)
    }

    /// Returns the parameter for the payload of an alternative; `None` if it has none.
    fn payload_parameter(&self, owner: TypeId, alternative: &Member) -> Option<Parameter> {
        let name = field(alternative);
        if matches!(alternative.kind, MemberKind::Flag) {
            return None;
        }
        if alternative.holds_many() {
            let item = self.item_type(owner, alternative);
            return Some(Parameter { ty: quote!(impl IntoNonEmpty<#item>), value: quote!(#name.into_non_empty()) });
        }
        Some(self.item_parameter(owner, alternative, &name))
    }

    /// Returns the parameter for a member, which may be a list.
    fn parameter(&self, owner: TypeId, member: &Member) -> Parameter {
        let name = field(member);
        if !member.holds_many() {
            return self.item_parameter(owner, member, &name);
        }
        let item = self.item_type(owner, member);
        if member.occurs.min > 0 {
            return Parameter {
                ty: quote!(impl IntoNonEmpty<#item>),
                value: quote!(#name.into_non_empty().into_vec()),
            };
        }
        let one = self.item_parameter(owner, member, &name);
        if one.ty.to_string() == item.to_string() {
            Parameter { ty: quote!(impl IntoIterator<Item = #item>), value: quote!(#name.into_iter().collect()) }
        } else {
            Parameter {
                ty: quote!(impl IntoIterator<Item = impl Into<#item>>),
                value: quote!(#name.into_iter().map(Into::into).collect()),
            }
        }
    }

    /// Returns the parameter for one item of a member.
    fn item_parameter(&self, owner: TypeId, member: &Member, name: &Ident) -> Parameter {
        let ty = self.item_type(owner, member);
        match &member.kind {
            MemberKind::Text { nillable: false, simple, secret } => {
                self.scalar_parameter(owner, *simple, *secret, name)
            }
            MemberKind::Text { .. } | MemberKind::Untyped(Untyped::Text) => {
                Parameter { ty: quote!(impl Into<#ty>), value: quote!(#name.into()) }
            }
            MemberKind::Element(id) | MemberKind::Choice(id) | MemberKind::Group(id)
                if self.recursive.contains(&(owner, *id)) && !member.occurs.is_list() =>
            {
                Parameter { ty: self.type_from(owner, *id), value: quote!(Box::new(#name)) }
            }
            _ => Parameter { ty, value: quote!(#name) },
        }
    }

    fn scalar_parameter(&self, owner: TypeId, simple: SimpleId, secret: bool, name: &Ident) -> Parameter {
        let ty = if secret { quote!(Secret) } else { self.scalar_type(&self.names.types[owner], simple) };
        let converts =
            secret || !matches!(self.names.simples[simple].rust, RustType::Plain(plain) if plain != "String");
        if converts {
            Parameter { ty: quote!(impl Into<#ty>), value: quote!(#name.into()) }
        } else {
            Parameter { ty, value: quote!(#name) }
        }
    }

    /// Emits constructors of an enum's variants, which are named by the elements.
    pub(super) fn alternative_constructors(&self, id: TypeId, choice: &Choice) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let methods: TokenStream =
            choice.alternatives.iter().map(|alternative| self.alternative_constructor(id, alternative)).collect();
        if methods.is_empty() { methods } else { quote!(impl #name { #methods }) }
    }

    /// Emits the constructor of a variant; a list has two, for one item and for several. There is none where it would
    /// only repeat the variant: for a payload that is a type of its own.
    fn alternative_constructor(&self, id: TypeId, alternative: &Member) -> TokenStream {
        let method = field(alternative);
        let variant = self.variant_name(id, alternative);
        let doc = |verb: &str| self.task_doc(&format!("{verb} `<{}>`", alternative.name), alternative);
        let Some(Parameter { ty, value }) = self.payload_parameter(id, alternative) else { return TokenStream::new() };
        if matches!(alternative.kind, MemberKind::Untyped(Untyped::Flag)) {
            let doc = doc("Chooses");
            return quote!(#doc pub fn #method() -> Self { Self::#variant(Any::empty()) });
        }
        if alternative.holds_many() {
            let one = self.item_parameter(id, alternative, &method);
            let (one_ty, one_value) = (one.ty, one.value);
            let several = ident(&names::plural_name(alternative));
            let value = with_parameter(value, &method, &several);
            let (one_doc, several_doc) = (doc("Chooses one"), doc("Chooses one or more"));
            return quote! {
                #one_doc
                pub fn #method(#method: #one_ty) -> Self { Self::#variant(NonEmpty::one(#one_value)) }
                #several_doc
                pub fn #several(#several: #ty) -> Self { Self::#variant(#value) }
            };
        }
        if method == value.to_string() && !matches!(alternative.kind, MemberKind::Text { .. }) {
            return TokenStream::new();
        }
        let doc = doc("Chooses");
        quote!(#doc pub fn #method(#method: #ty) -> Self { Self::#variant(#value) })
    }
}

/// Returns a field in a struct expression: `name` alone if the value has that name.
fn init(name: &Ident, value: TokenStream) -> TokenStream {
    if *name == value.to_string() { quote!(#name,) } else { quote!(#name: #value,) }
}

/// Returns `value` with the parameter `from` renamed to `to`.
fn with_parameter(value: TokenStream, from: &Ident, to: &Ident) -> TokenStream {
    value
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(found) if found == *from => TokenTree::Ident(to.clone()),
            other => other,
        })
        .collect()
}
