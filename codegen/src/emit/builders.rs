//! Constructors with the required members, and one chainable setter for each optional one.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::structs::attribute_field;
use super::{Emitter, docs, field, ident};
use crate::model::{Choice, Kind, Member, MemberKind, Record, Role, SimpleId, TypeId, Untyped};
use crate::passes::names::{self, RustType};

/// A parameter of a constructor or setter.
pub(super) struct Parameter {
    pub(super) ty: TokenStream,
    /// The value of the field, made of the parameter.
    pub(super) value: TokenStream,
    /// The type parameter in `ty`, which the compiler infers.
    pub(super) marker: Option<Ident>,
}

impl Parameter {
    fn plain(ty: TokenStream, value: TokenStream) -> Self {
        Self { ty, value, marker: None }
    }

    /// Returns a parameter of this trait of the runtime, which has a marker.
    fn of_trait(trait_name: &str, item: &TokenStream, marker: &str, value: TokenStream) -> Self {
        let (trait_name, marker) = (ident(trait_name), ident(marker));
        Self { ty: quote!(impl #trait_name<#item, #marker>), value, marker: Some(marker) }
    }

    /// Returns the type parameters of a function that has only this parameter.
    fn generics(&self) -> Option<TokenStream> {
        self.marker.as_ref().map(|marker| quote!(<#marker>))
    }
}

/// The names of the markers in a function.
const MARKERS: [&str; 6] = ["M", "N", "O", "P", "Q", "R"];

impl Emitter<'_> {
    /// Emits the constructor and the setters of a struct.
    pub(super) fn builder(&self, id: TypeId, record: &Record) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let new = self.constructor(id, record);
        let attributes = record.attributes.iter().filter(|attribute| !attribute.required).map(|attribute| {
            let name = attribute_field(attribute);
            let ty = self.scalar_type(&self.names.types[id], attribute.simple);
            let parameter = self.optional_scalar(ty, &self.names.simples[attribute.simple].rust, false, &name);
            let doc = docs::comment(&format!("Sets the attribute `{}`.", attribute.name));
            setter_function(&doc, &name, &parameter)
        });
        let setters = record.members.iter().map(|member| self.setter(id, member));
        let conversions = self.text_conversions(id, record);
        quote! {
            impl #name {
                #new
                #(#attributes)*
                #(#setters)*
            }
            #conversions
        }
    }

    fn constructor(&self, id: TypeId, record: &Record) -> TokenStream {
        let (mut parameters, mut fields, mut markers) = (TokenStream::new(), TokenStream::new(), Vec::new());
        for attribute in &record.attributes {
            let name = attribute_field(attribute);
            if attribute.required {
                let Parameter { ty, value, .. } = self.scalar_parameter(id, attribute.simple, &name);
                parameters.extend(quote!(#name: #ty,));
                fields.extend(init(&name, value));
            } else {
                fields.extend(quote!(#name: None,));
            }
        }
        if let Some(simple) = record.text {
            let value_name = ident("value");
            let Parameter { ty, value, .. } = self.scalar_parameter(id, simple, &value_name);
            parameters.extend(quote!(value: #ty,));
            fields.extend(init(&value_name, value));
        }
        for member in &record.members {
            let name = field(member);
            if member.is_silent() {
                fields.extend(quote!(#name: (),));
            } else if self.is_required(member) {
                let marker = MARKERS[markers.len().min(MARKERS.len() - 1)];
                let Parameter { ty, value, marker } = self.required_parameter(id, member, marker);
                markers.extend(marker);
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
        let generics = (!markers.is_empty()).then(|| quote!(<#(#markers),*>));
        quote! {
            #doc
            pub fn new #generics(#parameters) -> Self { Self { #fields } }
        }
    }

    /// Emits conversions from a text, if the type requires nothing else: a setter then takes the text itself.
    fn text_conversions(&self, id: TypeId, record: &Record) -> TokenStream {
        if !self.is_made_of_text(id, record) {
            return TokenStream::new();
        }
        let name = ident(&self.names.types[id].name);
        let convert = [quote!(&str), quote!(String)].map(|text| {
            quote! {
                impl From<#text> for #name {
                    fn from(text: #text) -> Self { Self::new(text) }
                }
            }
        });
        quote!(#(#convert)*)
    }

    /// Returns `true` if the type converts from a text.
    fn converts_from_text(&self, id: TypeId) -> bool {
        matches!(&self.model.types[id].kind, Kind::Record(record) if self.is_made_of_text(id, record))
    }

    /// Returns `true` if the constructor takes a text and nothing else, and the type is a part of a request.
    fn is_made_of_text(&self, id: TypeId, record: &Record) -> bool {
        let ty = &self.model.types[id];
        let is_part = !matches!(ty.role, Role::Request { .. } | Role::Root(_) | Role::Operations { .. });
        let is_text = |rust: &RustType| !matches!(rust, RustType::Plain(plain) if *plain != "String");
        let mut required = record.members.iter().filter(|member| !member.is_silent() && self.is_required(member));
        let member = match (required.next(), required.next()) {
            (None, _) => record.text.is_some_and(|simple| is_text(&self.names.simples[simple].rust)),
            (Some(only), None) if record.text.is_none() && !only.holds_many() => match &only.kind {
                MemberKind::Text { simple, nillable, secret } => {
                    !nillable && (*secret || is_text(self.names.of_text(&only.name, *simple)))
                }
                _ => false,
            },
            _ => false,
        };
        self.is_made(id) && is_part && member && !record.attributes.iter().any(|attribute| attribute.required)
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
        let parameter = if member.holds_many() {
            self.list_parameter(id, member, MARKERS[0])
        } else {
            self.optional_parameter(id, member)
        };
        setter_function(&doc, &name, &parameter)
    }

    /// Emits one method for each alternative of a repeated choice, which adds to the list.
    fn adders(&self, id: TypeId, member: &Member, choice: TypeId) -> TokenStream {
        let list = field(member);
        let item = self.type_from(id, choice);
        let methods = self.model.types[choice].members().iter().map(|alternative| {
            let name = field(alternative);
            let variant = self.variant_name(choice, alternative);
            let doc = docs::comment(&format!("Adds `<{}>`.", alternative.name));
            let (parameter, value, generics) = match self.payload_parameter(id, alternative) {
                Some(parameter) => {
                    let generics = parameter.generics();
                    let Parameter { ty, value, .. } = parameter;
                    (quote!(, #name: #ty), quote!(#item::#variant(#value)), generics)
                }
                None => (TokenStream::new(), quote!(#item::#variant), None),
            };
            let feature = self.feature_gate(alternative);
            quote! {
                #doc
                #feature
                pub fn #name #generics(mut self #parameter) -> Self { self.#list.push(#value); self }
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
            return Some(Parameter::of_trait("IntoNonEmpty", &item, MARKERS[0], quote!(#name.into_non_empty())));
        }
        Some(self.item_parameter(owner, alternative, &name))
    }

    /// Returns the parameter for a member that a function takes as its only list.
    pub(super) fn given_parameter(&self, owner: TypeId, member: &Member) -> Parameter {
        self.required_parameter(owner, member, MARKERS[0])
    }

    /// Returns the parameter for a required member, which may be a list.
    fn required_parameter(&self, owner: TypeId, member: &Member, marker: &str) -> Parameter {
        let name = field(member);
        if member.holds_many() {
            self.list_parameter(owner, member, marker)
        } else {
            self.item_parameter(owner, member, &name)
        }
    }

    /// Returns the parameter for a list.
    fn list_parameter(&self, owner: TypeId, member: &Member, marker: &str) -> Parameter {
        let (name, item) = (field(member), self.item_type(owner, member));
        if member.occurs.min > 0 {
            return Parameter::of_trait("IntoNonEmpty", &item, marker, quote!(#name.into_non_empty().into_vec()));
        }
        Parameter::of_trait("IntoList", &item, marker, quote!(#name.into_list()))
    }

    /// Returns the parameter for an optional member that is no list: a value or an `Option`.
    fn optional_parameter(&self, owner: TypeId, member: &Member) -> Parameter {
        let (name, ty) = (field(member), self.item_type(owner, member));
        match &member.kind {
            MemberKind::Text { nillable: false, simple, secret } => {
                self.optional_scalar(ty, self.names.of_text(&member.name, *simple), *secret, &name)
            }
            MemberKind::Text { .. } | MemberKind::Untyped(Untyped::Text) => {
                Parameter::of_trait("IntoOption", &ty, MARKERS[0], quote!(#name.into_option()))
            }
            MemberKind::Element(id) | MemberKind::Choice(id) | MemberKind::Group(id)
                if self.recursive.contains(&(owner, *id)) =>
            {
                let ty = self.type_from(owner, *id);
                Parameter::plain(quote!(impl Into<Option<#ty>>), quote!(#name.into().map(Box::new)))
            }
            // A type that requires only a text converts from it.
            MemberKind::Element(_) => Parameter::of_trait("IntoOption", &ty, MARKERS[0], quote!(#name.into_option())),
            _ => Parameter::plain(quote!(impl Into<Option<#ty>>), quote!(#name.into())),
        }
    }

    fn optional_scalar(&self, ty: TokenStream, rust: &RustType, secret: bool, name: &Ident) -> Parameter {
        if secret || converts(rust) {
            Parameter::of_trait("IntoOption", &ty, MARKERS[0], quote!(#name.into_option()))
        } else {
            Parameter::plain(quote!(impl Into<Option<#ty>>), quote!(#name.into()))
        }
    }

    /// Returns the parameter for one item of a member.
    fn item_parameter(&self, owner: TypeId, member: &Member, name: &Ident) -> Parameter {
        let ty = self.item_type(owner, member);
        match &member.kind {
            MemberKind::Text { nillable: false, simple, secret: false }
                if !converts(self.names.of_text(&member.name, *simple)) =>
            {
                Parameter::plain(ty, quote!(#name))
            }
            MemberKind::Text { .. } | MemberKind::Untyped(Untyped::Text) => {
                Parameter::plain(quote!(impl Into<#ty>), quote!(#name.into()))
            }
            MemberKind::Element(id) | MemberKind::Choice(id) | MemberKind::Group(id)
                if self.recursive.contains(&(owner, *id)) && !member.occurs.is_list() =>
            {
                Parameter::plain(self.type_from(owner, *id), quote!(Box::new(#name)))
            }
            MemberKind::Element(id) if self.converts_from_text(*id) => {
                Parameter::plain(quote!(impl Into<#ty>), quote!(#name.into()))
            }
            _ => Parameter::plain(ty, quote!(#name)),
        }
    }

    fn scalar_parameter(&self, owner: TypeId, simple: SimpleId, name: &Ident) -> Parameter {
        let ty = self.scalar_type(&self.names.types[owner], simple);
        if converts(&self.names.simples[simple].rust) {
            Parameter::plain(quote!(impl Into<#ty>), quote!(#name.into()))
        } else {
            Parameter::plain(ty, quote!(#name))
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
        let Some(parameter) = self.payload_parameter(id, alternative) else { return TokenStream::new() };
        let generics = parameter.generics();
        let Parameter { ty, value, .. } = parameter;
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
                pub fn #several #generics(#several: #ty) -> Self { Self::#variant(#value) }
            };
        }
        if method == value.to_string() && !matches!(alternative.kind, MemberKind::Text { .. }) {
            return TokenStream::new();
        }
        let doc = doc("Chooses");
        quote!(#doc pub fn #method(#method: #ty) -> Self { Self::#variant(#value) })
    }
}

/// Returns `true` if a parameter takes what converts to the type.
fn converts(rust: &RustType) -> bool {
    !matches!(rust, RustType::Plain(plain) if !["String", "Id"].contains(plain))
}

/// Emits a setter, whose parameter makes the whole value of the field.
fn setter_function(doc: &TokenStream, name: &Ident, parameter: &Parameter) -> TokenStream {
    let Parameter { ty, value, .. } = parameter;
    let generics = parameter.generics();
    quote! {
        #doc
        pub fn #name #generics(mut self, #name: #ty) -> Self { self.#name = #value; self }
    }
}

/// Returns a field in a struct expression: `name` alone if the value has that name.
pub(super) fn init(name: &Ident, value: TokenStream) -> TokenStream {
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
