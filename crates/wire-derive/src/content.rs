//! Expands `#[derive(Content)]`: of a struct, whose fields are the members of an element, or of an enum, which is the
//! content of an element that holds one of several alternatives.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DataStruct, DeriveInput, Error, Fields, Ident, Path, Result};

use crate::attributes::{Arguments, runtime};
use crate::cardinality::Cardinality;
use crate::member::{Kind, Member, elements_constant};

const ARGUMENTS: [&str; 6] = ["crate", "any_order", "deny_unknown", "result", "transparent", "raw"];

/// The elements that every result begins with.
const RESULT: [&str; 3] = ["status", "errcode", "errtext"];

/// A member and the field that holds it.
struct FieldMember<'t> {
    field: &'t Ident,
    member: Member<'t>,
}

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let arguments = Arguments::parse(&input.attrs, &ARGUMENTS)?;
    let wire = runtime(&arguments)?;
    if !input.generics.params.is_empty() {
        return Err(Error::new(input.generics.span(), "`Content` cannot be derived for a generic type"));
    }
    let body = match &input.data {
        Data::Struct(data) if arguments.has("transparent") => transparent(input, data, &arguments, &wire)?,
        Data::Struct(data) if arguments.has("raw") => raw(input, data, &arguments, &wire)?,
        Data::Struct(data) => record(input, data, &arguments, &wire)?,
        Data::Enum(_) => alternatives(&arguments, &wire)?,
        Data::Union(data) => {
            return Err(Error::new(data.union_token.span(), "`Content` cannot be derived for a union"));
        }
    };
    let name = &input.ident;
    let deny_unknown = arguments.has("deny_unknown").then(|| {
        quote!(
            const DENY_UNKNOWN: bool = true;
        )
    });
    Ok(quote! {
        #[automatically_derived]
        impl #wire::xml::Content for #name {
            #deny_unknown
            #body
        }
    })
}

/// Expands an enum: its content is the alternative that `Choice` reads.
fn alternatives(arguments: &Arguments, wire: &Path) -> Result<TokenStream> {
    arguments.deny(&["any_order", "result", "transparent", "raw"], "an enum")?;
    Ok(quote! {
        const ELEMENTS: &'static [&'static str] = <Self as #wire::xml::Choice>::ELEMENTS;
        const SKIP_UNKNOWN_FIRST: bool = <Self as #wire::xml::Choice>::SKIP_UNKNOWN_FIRST;
        fn placeholder() -> Self {
            #wire::xml::Choice::placeholder()
        }
        fn read(&mut self, r: &mut #wire::xml::Reader<'_>) -> ::std::result::Result<(), #wire::xml::ReadError> {
            r.choice(self)
        }
        fn visit<V: #wire::xml::Visitor>(&self, v: &mut V) {
            #wire::xml::Choice::visit_alternative(self, v);
        }
    })
}

/// Expands a struct whose only field has the whole content.
fn transparent(input: &DeriveInput, data: &DataStruct, arguments: &Arguments, wire: &Path) -> Result<TokenStream> {
    arguments.deny(&["any_order", "result", "raw"], "`transparent`")?;
    let (field, ty) = only_field(input, data, "transparent")?;
    Ok(quote! {
        const KIND: #wire::xml::ContentKind = <#ty as #wire::xml::Content>::KIND;
        const ELEMENTS: &'static [&'static str] = <#ty as #wire::xml::Content>::ELEMENTS;
        const SKIP_UNKNOWN_FIRST: bool = <#ty as #wire::xml::Content>::SKIP_UNKNOWN_FIRST;
        fn placeholder() -> Self {
            Self { #field: #wire::xml::Content::placeholder() }
        }
        fn read_attributes(
            &mut self,
            r: &mut #wire::xml::Reader<'_>,
        ) -> ::std::result::Result<(), #wire::xml::ReadError> {
            #wire::xml::Content::read_attributes(&mut self.#field, r)
        }
        fn recover(&mut self, error: #wire::xml::ReadError) -> ::std::result::Result<(), #wire::xml::ReadError> {
            #wire::xml::Content::recover(&mut self.#field, error)
        }
        fn read(&mut self, r: &mut #wire::xml::Reader<'_>) -> ::std::result::Result<(), #wire::xml::ReadError> {
            #wire::xml::Content::read(&mut self.#field, r)
        }
        fn visit_attributes<V: #wire::xml::Visitor>(&self, v: &mut V) {
            #wire::xml::Content::visit_attributes(&self.#field, v);
        }
        fn visit<V: #wire::xml::Visitor>(&self, v: &mut V) {
            #wire::xml::Content::visit(&self.#field, v);
        }
    })
}

/// Expands a struct whose only field keeps any content as it is.
fn raw(input: &DeriveInput, data: &DataStruct, arguments: &Arguments, wire: &Path) -> Result<TokenStream> {
    arguments.deny(&["any_order", "result", "transparent"], "`raw`")?;
    let (field, _) = only_field(input, data, "raw")?;
    Ok(quote! {
        const KIND: #wire::xml::ContentKind = #wire::xml::ContentKind::Raw;
        fn placeholder() -> Self {
            Self { #field: #wire::xml::Any::empty() }
        }
        fn read(&mut self, _r: &mut #wire::xml::Reader<'_>) -> ::std::result::Result<(), #wire::xml::ReadError> {
            Ok(())
        }
        fn read_raw(&mut self, element: #wire::xml::Any) {
            self.#field = element;
        }
        fn visit<V: #wire::xml::Visitor>(&self, v: &mut V) {
            v.any(&self.#field);
        }
    })
}

fn only_field<'t>(input: &DeriveInput, data: &'t DataStruct, word: &str) -> Result<(&'t Ident, &'t syn::Type)> {
    let mut fields = data.fields.iter();
    match (fields.next(), fields.next()) {
        (Some(syn::Field { ident: Some(name), ty, .. }), None) => Ok((name, ty)),
        _ => Err(Error::new(input.ident.span(), format!("`{word}` needs exactly one named field"))),
    }
}

/// Expands a struct whose fields are the members.
fn record(input: &DeriveInput, data: &DataStruct, arguments: &Arguments, wire: &Path) -> Result<TokenStream> {
    if let Fields::Unnamed(fields) = &data.fields {
        return Err(Error::new(fields.span(), "`Content` needs named fields"));
    }
    let fields = parse_fields(data, wire)?;
    let members: Vec<&Member<'_>> = fields.iter().map(|field| &field.member).collect();
    let content = fields.iter().find(|field| field.member.kind == Kind::Content);
    let has_children = members.iter().any(|member| !matches!(member.kind, Kind::Attribute | Kind::Content));
    if let (Some(content), true) = (content, has_children) {
        let message = "`content` is the text of the element: it does not go with child elements";
        return Err(Error::new(content.member.span, message));
    }
    let kind = if content.is_some() {
        Some(quote!(Text))
    } else if arguments.has("any_order") {
        Some(quote!(All))
    } else if !has_children && !arguments.has("result") {
        Some(quote!(Empty))
    } else {
        None
    };
    let kind = kind.map(|kind| quote!(const KIND: #wire::xml::ContentKind = #wire::xml::ContentKind::#kind;));
    let before: &[&str] = if arguments.has("result") { &RESULT } else { &[] };
    let elements = has_children.then(|| elements_constant(before, &members, wire));
    let skip = skip_constant(&members, wire);
    let placeholders = fields.iter().map(|field| {
        let (name, value) = (field.field, placeholder(field, wire));
        quote!(#name: #value)
    });
    let read_attributes = calls(&fields, |kind| kind == Kind::Attribute, |field| read(field));
    let reads = calls(&fields, |kind| kind != Kind::Attribute, |field| read(field));
    let visit_attributes: Vec<_> = fields.iter().filter(|it| it.member.kind == Kind::Attribute).map(visit).collect();
    let visits: Vec<_> = fields.iter().filter(|it| it.member.kind != Kind::Attribute).map(visit).collect();
    let r = if reads.is_some() { quote!(r) } else { quote!(_r) };
    let v = if visits.is_empty() { quote!(_v) } else { quote!(v) };
    let reads = reads.unwrap_or_else(|| quote!(Ok(())));
    let attributes = read_attributes.map(|reads| {
        quote! {
            fn read_attributes(
                &mut self,
                r: &mut #wire::xml::Reader<'_>,
            ) -> ::std::result::Result<(), #wire::xml::ReadError> {
                #reads
            }
            fn visit_attributes<V: #wire::xml::Visitor>(&self, v: &mut V) {
                #(#visit_attributes)*
            }
        }
    });
    let _ = input;
    Ok(quote! {
        #kind
        #elements
        #skip
        fn placeholder() -> Self {
            Self { #(#placeholders),* }
        }
        #attributes
        fn read(&mut self, #r: &mut #wire::xml::Reader<'_>) -> ::std::result::Result<(), #wire::xml::ReadError> {
            #reads
        }
        fn visit<V: #wire::xml::Visitor>(&self, #v: &mut V) {
            #(#visits)*
        }
    })
}

/// Parses the members of all fields, and reports every mistake at once.
fn parse_fields<'t>(data: &'t DataStruct, wire: &Path) -> Result<Vec<FieldMember<'t>>> {
    let mut members = Vec::new();
    let mut errors: Option<Error> = None;
    for field in &data.fields {
        let Some(name) = &field.ident else { continue };
        match parse_field(field, name, wire) {
            Ok(member) => members.push(FieldMember { field: name, member }),
            Err(error) => match &mut errors {
                Some(all) => all.combine(error),
                None => errors = Some(error),
            },
        }
    }
    errors.map_or(Ok(members), Err)
}

fn parse_field<'t>(field: &'t syn::Field, name: &Ident, wire: &Path) -> Result<Member<'t>> {
    let member = Member::parse(&field.attrs, Some(&field.ty), name.span(), "Vec", wire)?;
    match member.kind {
        Kind::Empty => Err(Error::new(member.span, "`empty` marks a variant of an enum")),
        Kind::Group if member.cardinality() == Cardinality::Required => Err(Error::new(
            member.span,
            "`group` needs an `Option` or a `Vec`: write the members of a required group as fields",
        )),
        Kind::Group if member.is_list() && member.name.is_none() => {
            Err(Error::new(member.span, "a list of groups needs a name for messages: `group = \"first element\"`"))
        }
        Kind::Flag if !is_flag(&field.ty) => {
            Err(Error::new_spanned(&field.ty, "`flag` needs a `bool`, or `()` for an element that is always there"))
        }
        _ => Ok(member),
    }
}

fn is_flag(ty: &syn::Type) -> bool {
    is_unit(ty) || matches!(ty, syn::Type::Path(path) if path.path.is_ident("bool"))
}

fn is_unit(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// Returns the constant that says whether unknown elements must be skipped before a member is asked for: in content with
/// groups or with lists inside a choice, they would look like the end.
fn skip_constant(members: &[&Member<'_>], wire: &Path) -> Option<TokenStream> {
    if members.iter().any(|member| member.kind == Kind::Wildcard) {
        return None;
    }
    if members.iter().any(|member| member.kind == Kind::Group) {
        return Some(quote!(
            const SKIP_UNKNOWN_FIRST: bool = true;
        ));
    }
    let choices = members.iter().filter(|member| member.kind == Kind::Choice).map(|member| {
        let item = member.shape.as_ref().map(|shape| shape.item);
        quote!(<#item as #wire::xml::Choice>::SKIP_UNKNOWN_FIRST)
    });
    let choices: Vec<_> = choices.collect();
    (!choices.is_empty()).then(|| quote!(const SKIP_UNKNOWN_FIRST: bool = #(#choices)||*;))
}

/// Returns a value of the field to read into.
fn placeholder(field: &FieldMember<'_>, wire: &Path) -> TokenStream {
    let member = &field.member;
    match member.cardinality() {
        Cardinality::Optional => quote!(None),
        Cardinality::List => quote!(Vec::new()),
        Cardinality::Required if member.kind == Kind::Flag => quote!(Default::default()),
        Cardinality::Required if member.shape.as_ref().is_some_and(|shape| shape.boxed) => {
            let item = member.placeholder_item(wire);
            quote!(Box::new(#item))
        }
        Cardinality::Required => member.placeholder_item(wire),
    }
}

/// Joins the calls for the fields of some kinds, each of which may fail.
fn calls(
    fields: &[FieldMember<'_>],
    wanted: impl Fn(Kind) -> bool,
    call: impl Fn(&FieldMember<'_>) -> TokenStream,
) -> Option<TokenStream> {
    let mut calls: Vec<TokenStream> = fields.iter().filter(|field| wanted(field.member.kind)).map(call).collect();
    let last = calls.pop()?;
    Some(quote!(#(#calls?;)* #last))
}

/// Returns the call that reads the member.
fn read(FieldMember { field, member }: &FieldMember<'_>) -> TokenStream {
    let (name, simple, min, max) = (&member.name, &member.simple, member.min, member.max());
    let cardinality = member.cardinality();
    use Cardinality::{List, Optional, Required};
    match (member.kind, cardinality) {
        (Kind::Text, Optional) if member.is_nillable() => quote!(r.opt_nillable(#name, &mut self.#field, #simple)),
        (Kind::Text, Required) if member.is_nillable() => quote!(r.nillable(#name, &mut self.#field, #simple)),
        (Kind::Text, List) => quote!(r.texts(#name, #min, #max, &mut self.#field, #simple)),
        (Kind::Text, Optional) => match &member.default {
            Some(default) => quote!(r.opt_text_or(#name, #default, &mut self.#field, #simple)),
            None => quote!(r.opt_text(#name, &mut self.#field, #simple)),
        },
        (Kind::Text, Required) => match &member.default {
            Some(default) => quote!(r.text_or(#name, #default, &mut self.#field, #simple)),
            None => quote!(r.text(#name, &mut self.#field, #simple)),
        },
        (Kind::Flag, _) if is_always_there(member) => quote!(r.element(#name, &mut self.#field)),
        (Kind::Flag, _) => quote!(r.flag(#name, &mut self.#field)),
        (Kind::Choice, List) => quote!(r.choices(#min, #max, &mut self.#field)),
        (Kind::Choice, Optional) => quote!(r.opt_choice(&mut self.#field)),
        (Kind::Choice, Required) => quote!(r.choice(&mut self.#field)),
        (Kind::Group, List) => quote!(r.groups(#name, #min, #max, &mut self.#field)),
        (Kind::Group, _) => quote!(r.opt_group(&mut self.#field)),
        (Kind::Wildcard, _) => quote!(r.wildcard(#min, #max, &mut self.#field)),
        (Kind::Attribute, Optional) => quote!(r.opt_attribute(#name, &mut self.#field, #simple)),
        (Kind::Attribute, _) => quote!(r.attribute(#name, &mut self.#field, #simple)),
        (Kind::Content, _) => quote!(r.text_content(&mut self.#field, #simple)),
        (Kind::Element | Kind::Empty, List) => quote!(r.elements(#name, #min, #max, &mut self.#field)),
        (Kind::Element | Kind::Empty, Optional) => quote!(r.opt_element(#name, &mut self.#field)),
        (Kind::Element | Kind::Empty, Required) => quote!(r.element(#name, &mut self.#field)),
    }
}

/// Returns the call that shows the member to a visitor.
fn visit(FieldMember { field, member }: &FieldMember<'_>) -> TokenStream {
    let (name, simple, min, max) = (&member.name, &member.simple, member.min, member.max());
    use Cardinality::{List, Optional, Required};
    match (member.kind, member.cardinality()) {
        (Kind::Text, Optional) if member.is_nillable() => quote!(v.opt_nillable(#name, &self.#field, #simple);),
        (Kind::Text, Required) if member.is_nillable() => quote!(v.nillable(#name, &self.#field, #simple);),
        (Kind::Text, List) => quote!(v.texts(#name, #min, #max, &self.#field, #simple);),
        (Kind::Text, Optional) => quote!(v.opt_text(#name, &self.#field, #simple);),
        (Kind::Text, Required) => {
            let redacted = quote!(v.text(#name, &self.#field, #simple));
            match &member.shown_if {
                None => quote!(#redacted;),
                Some(shown) => quote! {
                    if #shown(self) { v.text(#name, self.#field.as_shown(), #simple) } else { #redacted }
                },
            }
        }
        (Kind::Flag, _) if is_always_there(member) => quote!(v.flag(#name, true);),
        (Kind::Flag, _) => quote!(v.flag(#name, self.#field);),
        (Kind::Choice, List) => quote!(v.choices(#min, #max, &self.#field);),
        (Kind::Choice, Optional) => quote!(v.opt_choice(&self.#field);),
        (Kind::Choice, Required) => quote!(v.choice(&self.#field);),
        (Kind::Group, List) => quote!(v.groups(#name, #min, #max, &self.#field);),
        (Kind::Group, _) => quote!(v.opt_group(&self.#field);),
        (Kind::Wildcard, _) => quote!(v.wildcard(#min, #max, &self.#field);),
        (Kind::Attribute, Optional) => quote!(v.opt_attribute(#name, &self.#field, #simple);),
        (Kind::Attribute, _) => quote!(v.attribute(#name, &self.#field, #simple);),
        (Kind::Content, _) => quote!(v.text_content(&self.#field, #simple);),
        (Kind::Element | Kind::Empty, List) => quote!(v.elements(#name, #min, #max, &self.#field);),
        (Kind::Element | Kind::Empty, Optional) => quote!(v.opt_element(#name, &self.#field);),
        (Kind::Element | Kind::Empty, Required) => quote!(v.element(#name, &self.#field);),
    }
}

/// Returns `true` for an empty element that the schema requires, which has a field of type `()`.
fn is_always_there(member: &Member<'_>) -> bool {
    member.shape.as_ref().is_some_and(|shape| is_unit(shape.item))
}
