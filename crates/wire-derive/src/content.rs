//! `#[derive(Content)]`

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Data, DataEnum, DataStruct, DeriveInput, Error, Fields, Result};

use crate::attributes::{Items, located, wire_path};
use crate::generics;
use crate::member::Member;
use crate::serde::{self, Source};

const KEYS: &[&str] = &["crate", "any_order", "deny_unknown", "transparent"];

/// The attributes of the type.
struct Options {
    wire: TokenStream,
    any_order: Option<Span>,
    deny_unknown: bool,
    transparent: Option<Span>,
}

/// The parts of an implementation of `Content`.
struct Body {
    consts: TokenStream,
    placeholder: TokenStream,
    functions: TokenStream,
}

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let options = Options::parse(input)?;
    let wire = &options.wire;
    let bounded = generics::bounded(&input.generics, wire)?;
    let Body { consts, placeholder, functions } = match &input.data {
        Data::Struct(data) if options.transparent.is_some() => transparent(data, &options)?,
        Data::Struct(data) => of_struct(data, &options, input)?,
        Data::Enum(data) => of_enum(data, &options, input)?,
        Data::Union(data) => {
            return Err(Error::new_spanned(data.union_token, "`Content` is for structs and enums, not for unions"));
        }
    };
    let deny_unknown = options.deny_unknown.then(|| {
        quote!(
            const DENY_UNKNOWN: bool = true;
        )
    });
    // `Operation` is derived of the same type, and visitors know only `Content`.
    let has_options = input.attrs.iter().any(|attribute| attribute.path().is_ident("operation"));
    // Its mistakes are reported once.
    let is_operation = has_options && crate::operation::expand(input).is_ok();
    let note = is_operation.then(|| {
        quote! {
            fn note(&self) -> ::core::option::Option<&'static dyn ::core::any::Any> {
                ::core::option::Option::Some(#wire::packet::Operation::effect(self).as_note())
            }
        }
    });
    let name = &input.ident;
    let (implemented, _, conditions) = bounded.split_for_impl();
    let (_, arguments, _) = input.generics.split_for_impl();
    let is_struct = matches!(input.data, Data::Struct(_));
    let serde =
        (serde::IS_ENABLED && is_struct).then(|| serde::implementations(serde::Kind::Content, input, wire, &bounded));
    Ok(quote! {
        #serde
        #[automatically_derived]
        impl #implemented #wire::xml::Content for #name #arguments #conditions {
            #consts
            #deny_unknown
            fn placeholder() -> Self { #placeholder }
            #functions
            #note
        }
    })
}

impl Options {
    fn parse(input: &DeriveInput) -> Result<Self> {
        let mut items = Items::parse(&input.attrs, KEYS)?;
        let options = Self {
            wire: wire_path(&mut items)?,
            any_order: items.take_flag("any_order")?,
            deny_unknown: items.take_flag("deny_unknown")?.is_some(),
            transparent: items.take_flag("transparent")?,
        };
        match (options.any_order, options.transparent) {
            (Some(at), Some(_)) => Err(Error::new(at, "`any_order` does not go with `transparent`")),
            _ => Ok(options),
        }
    }
}

/// The content of a struct: its fields, in order.
fn of_struct(data: &DataStruct, options: &Options, input: &DeriveInput) -> Result<Body> {
    let wire = &options.wire;
    let members = members(&data.fields, wire)?;
    check_text(&members)?;
    let (attributes, members): (Vec<_>, Vec<_>) = members.into_iter().partition(Member::is_attribute);
    let kind = match members.as_slice() {
        [] => Some(quote!(Empty)),
        [member] if member.is_text_content() => Some(quote!(Text)),
        _ if options.any_order.is_some() => Some(quote!(All)),
        _ => None,
    };
    let kind = kind.map(|kind| quote!(const KIND: #wire::xml::ContentKind = #wire::xml::ContentKind::#kind;));
    let part = members.iter().find(|member| member.is_part());
    if let (Some(part), false) = (part, input.generics.params.is_empty()) {
        return Err(Error::new(part.span(), "a generic type cannot contain choices or groups"));
    }
    let placeholders = attributes.iter().chain(&members).map(|member| member.placeholder(wire));
    let attribute_reads =
        (!attributes.is_empty()).then(|| in_turn(attributes.iter().map(|attribute| attribute.read(Source::Xml))));
    let read_attributes = attribute_reads.as_ref().map(|reads| {
        let visits = attributes.iter().map(|attribute| attribute.visit());
        quote! {
            fn read_attributes(&mut self, r: &mut #wire::xml::Reader<'_>) -> #wire::xml::derive_support::Read { #reads }
            fn visit_attributes<V: #wire::xml::Visitor>(&self, v: &mut V) { #(#visits)* }
        }
    });
    let reads = in_turn(members.iter().map(|member| member.read(Source::Xml)));
    let visits = members.iter().map(|member| member.visit());
    let read_tree = serde::IS_ENABLED.then(|| {
        let reads = in_turn(members.iter().map(|member| member.read(Source::Serde)));
        let reads = if members.is_empty() { quote!(let _ = r; #reads) } else { reads };
        serde::read_content(attribute_reads.as_ref(), &reads, wire)
    });
    let [r, v] = match members.is_empty() {
        true => [quote!(_r), quote!(_v)],
        false => [quote!(r), quote!(v)],
    };
    Ok(Body {
        consts: quote!(#kind),
        placeholder: quote!(Self { #(#placeholders),* }),
        functions: quote! {
            #read_attributes
            fn read(&mut self, #r: &mut #wire::xml::Reader<'_>) -> #wire::xml::derive_support::Read { #reads }
            fn visit<V: #wire::xml::Visitor>(&self, #v: &mut V) { #(#visits)* }
            #read_tree
        },
    })
}

/// The content of an enum: the choice that it is.
fn of_enum(data: &DataEnum, options: &Options, input: &DeriveInput) -> Result<Body> {
    let wire = &options.wire;
    if let Some(at) = options.any_order.or(options.transparent) {
        return Err(Error::new(at, "is for structs only"));
    }
    if data.variants.is_empty() {
        return Err(Error::new(input.ident.span(), "an enum without variants has no content"));
    }
    // An enum without `Choice` is reported at its name.
    let span = Span::call_site().located_at(input.ident.span());
    let wire = &located(wire, span);
    let read_tree = serde::IS_ENABLED.then(|| serde::read_content(None, &quote!(r.choice(self)), wire));
    Ok(Body {
        consts: TokenStream::new(),
        placeholder: quote_spanned!(span=> #wire::xml::Choice::placeholder()),
        functions: quote_spanned! {span=>
            fn read(&mut self, r: &mut #wire::xml::Reader<'_>)
                -> #wire::xml::derive_support::Read { r.choice(self) }
            fn visit<V: #wire::xml::Visitor>(&self, v: &mut V) {
                #wire::xml::Choice::visit_alternative(self, v);
            }
            #read_tree
        },
    })
}

/// The content of a struct that has only the content of its field.
fn transparent(data: &DataStruct, options: &Options) -> Result<Body> {
    let wire = &options.wire;
    let mut fields = data.fields.iter().zip(data.fields.members());
    let (Some((field, name)), None) = (fields.next(), fields.next()) else {
        let at = options.transparent.unwrap_or_else(Span::call_site);
        return Err(Error::new(at, "`transparent` needs a struct of exactly one field"));
    };
    if let Some(attribute) = field.attrs.iter().find(|attribute| attribute.path().is_ident("xml")) {
        return Err(Error::new_spanned(attribute, "the only field of a `transparent` struct has no attribute"));
    }
    let ty = &field.ty;
    let slot = quote!(self.#name);
    let deny_unknown = (!options.deny_unknown).then(|| {
        quote!(
            const DENY_UNKNOWN: bool = <#ty as #wire::xml::Content>::DENY_UNKNOWN;
        )
    });
    let read_tree = serde::IS_ENABLED.then(|| {
        let attributes = quote!(#wire::xml::Content::read_tree_attributes(&mut #slot, r));
        serde::read_content(Some(&attributes), &quote!(#wire::xml::Content::read_tree(&mut #slot, r)), wire)
    });
    Ok(Body {
        consts: quote! {
            const KIND: #wire::xml::ContentKind = <#ty as #wire::xml::Content>::KIND;
            const KEEPS_ERRORS: bool = <#ty as #wire::xml::Content>::KEEPS_ERRORS;
            #deny_unknown
        },
        placeholder: quote!(Self { #name: #wire::xml::Content::placeholder() }),
        functions: quote! {
            fn read_attributes(&mut self, r: &mut #wire::xml::Reader<'_>)
                -> #wire::xml::derive_support::Read
            {
                #wire::xml::Content::read_attributes(&mut #slot, r)
            }
            fn recover(&mut self, error: #wire::xml::ReadError, r: &#wire::xml::Reader<'_>)
                -> #wire::xml::derive_support::Read
            {
                #wire::xml::Content::recover(&mut #slot, error, r)
            }
            fn read(&mut self, r: &mut #wire::xml::Reader<'_>)
                -> #wire::xml::derive_support::Read
            {
                #wire::xml::Content::read(&mut #slot, r)
            }
            fn read_raw(&mut self, element: #wire::xml::Any) {
                #wire::xml::Content::read_raw(&mut #slot, element);
            }
            fn visit_attributes<V: #wire::xml::Visitor>(&self, v: &mut V) {
                #wire::xml::Content::visit_attributes(&#slot, v);
            }
            fn visit<V: #wire::xml::Visitor>(&self, v: &mut V) {
                #wire::xml::Content::visit(&#slot, v);
            }
            #read_tree
        },
    })
}

/// Returns the member of each field, or the errors of all of them.
fn members<'f>(fields: &'f Fields, wire: &TokenStream) -> Result<Vec<Member<'f>>> {
    let mut members = Vec::new();
    let mut errors: Option<Error> = None;
    for (field, name) in fields.iter().zip(fields.members()) {
        match Member::parse(field, name, wire) {
            Ok(member) => members.push(member),
            Err(error) => match &mut errors {
                Some(errors) => errors.combine(error),
                None => errors = Some(error),
            },
        }
    }
    errors.map_or(Ok(members), Err)
}

/// Refuses child elements beside the text of the element itself.
fn check_text(members: &[Member<'_>]) -> Result<()> {
    let Some(text) = members.iter().position(Member::is_text_content) else { return Ok(()) };
    let other = members.iter().enumerate().find(|(at, member)| *at != text && !member.is_attribute());
    match other {
        None => Ok(()),
        Some((_, other)) => {
            Err(Error::new(other.span(), "an element with `text_content` has no other members but attributes"))
        }
    }
}

/// Returns calls that may fail, one after the other.
fn in_turn(calls: impl Iterator<Item = TokenStream>) -> TokenStream {
    let mut calls: Vec<_> = calls.collect();
    match calls.pop() {
        Some(last) => quote!(#(#calls?;)* #last),
        None => quote!(::core::result::Result::Ok(())),
    }
}
