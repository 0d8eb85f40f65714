//! `#[derive(Choice)]`

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Result};

use crate::alternative::{Alternative, Elements};
use crate::attributes::{Items, wire_path};
use crate::generics;
use crate::serde::{self, Source};

/// The keys of the type's attributes; all but `crate` are for `#[derive(Content)]`.
const KEYS: &[&str] = &["crate", "any_order", "deny_unknown", "transparent"];

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let wire = wire_path(&mut Items::parse(&input.attrs, KEYS)?)?;
    let Data::Enum(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "`Choice` is for enums; a struct derives `Content`"));
    };
    let bounded = generics::bounded(&input.generics, &wire)?;
    let mut alternatives = Vec::new();
    let mut errors: Option<Error> = None;
    for variant in &data.variants {
        match (Alternative::parse(variant, &wire), &mut errors) {
            (Ok(alternative), _) => alternatives.push(alternative),
            (Err(error), Some(errors)) => errors.combine(error),
            (Err(error), None) => errors = Some(error),
        }
    }
    if let Some(errors) = errors {
        return Err(errors);
    }
    check(&alternatives, input)?;
    let elements: Vec<Elements<'_>> = alternatives.iter().filter_map(Alternative::elements).collect();
    let parts: Vec<&Elements<'_>> =
        elements.iter().filter(|it| matches!(it, Elements::OfChoice(_) | Elements::OfGroup(_))).collect();
    if !parts.is_empty() && !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "a generic enum cannot contain choices or groups"));
    }
    let alternative_names = alternative_names(&elements, &wire);
    let may_be_empty = alternatives.iter().any(Alternative::is_empty).then(|| {
        quote!(
            const MAY_BE_EMPTY: bool = true;
        )
    });
    let placeholder = placeholder(&alternatives, &wire);
    let read = read(&alternatives, &elements, &wire);
    let visits = alternatives.iter().map(|alternative| alternative.visit(&wire));
    let serde = serde::IS_ENABLED.then(|| serde::implementations(serde::Kind::Choice, input, &wire, &bounded));
    let read_tree = serde::IS_ENABLED.then(|| {
        let arms: Vec<_> = alternatives.iter().filter_map(Alternative::read_member).collect();
        let parts: Vec<_> = alternatives.iter().filter_map(|it| it.read_part(&wire, Source::Serde)).collect();
        let empty = alternatives.iter().find(|it| it.is_empty()).map(Alternative::ident);
        serde::read_alternative(&arms, &parts, empty, &wire)
    });
    let name = &input.ident;
    let (implemented, _, conditions) = bounded.split_for_impl();
    let (_, arguments, _) = input.generics.split_for_impl();
    Ok(quote! {
        #serde
        #[automatically_derived]
        impl #implemented #wire::xml::Choice for #name #arguments #conditions {
            #may_be_empty
            fn alternatives() -> &'static str { #alternative_names }
            fn placeholder() -> Self { #placeholder }
            fn read_alternative(r: &mut #wire::xml::Reader<'_>)
                -> #wire::xml::derive_support::Read<::core::option::Option<Self>> { #read }
            fn visit_alternative<V: #wire::xml::Visitor>(&self, v: &mut V) {
                match self { #(#visits)* }
            }
            #read_tree
        }
    })
}

/// Refuses an enum without elements, and what is there twice.
fn check(alternatives: &[Alternative<'_>], input: &DeriveInput) -> Result<()> {
    if alternatives.iter().all(Alternative::is_empty) {
        return Err(Error::new(input.ident.span(), "a choice needs a variant with an element"));
    }
    for (at, alternative) in alternatives.iter().enumerate() {
        let before = &alternatives[..at];
        if alternative.is_empty() && before.iter().any(Alternative::is_empty) {
            return Err(Error::new(alternative.ident().span(), "only one variant can be `empty`"));
        }
        if let Some(Elements::Named(name)) = alternative.elements() {
            let same = |it: &Alternative<'_>| matches!(it.elements(), Some(Elements::Named(other)) if other.value() == name.value());
            if before.iter().any(same) {
                return Err(Error::new(name.span(), format!("another variant has the element `{}`", name.value())));
            }
        }
    }
    Ok(())
}

/// Returns the alternatives as messages list them: `id | login`.
fn alternative_names(elements: &[Elements<'_>], wire: &TokenStream) -> TokenStream {
    if let Some(names) = elements.iter().map(name).collect::<Option<Vec<String>>>() {
        let names = names.join(" | ");
        return quote!(#names);
    }
    let names = elements.iter().map(|element| match element {
        Elements::OfChoice(ty) => quote!(<#ty as #wire::xml::Choice>::alternatives),
        Elements::OfGroup(ty) => quote!(#wire::xml::derive_support::first::<#ty>),
        element => {
            let name = name(element).unwrap_or_default();
            quote!(|| #name)
        }
    });
    quote! {
        static NAMES: #wire::xml::derive_support::Alternatives = #wire::xml::derive_support::Alternatives::new();
        NAMES.join(&[#(#names),*])
    }
}

/// Returns the name of an alternative that is an element or a wildcard.
fn name(element: &Elements<'_>) -> Option<String> {
    match element {
        Elements::Named(name) => Some(name.value()),
        Elements::Any => Some("any element".to_owned()),
        Elements::OfChoice(_) | Elements::OfGroup(_) => None,
    }
}

/// Returns a value to read over: no alternative at all if that is possible, else one that does not contain the enum.
fn placeholder(alternatives: &[Alternative<'_>], wire: &TokenStream) -> TokenStream {
    let empty = alternatives.iter().find(|alternative| alternative.is_empty());
    let plain = || alternatives.iter().find(|alternative| !alternative.may_recur());
    let chosen = empty.or_else(plain).or(alternatives.first());
    chosen.map(|chosen| chosen.placeholder(wire)).unwrap_or_default()
}

/// Returns the body of the function that reads the alternative which comes next.
fn read(alternatives: &[Alternative<'_>], elements: &[Elements<'_>], wire: &TokenStream) -> TokenStream {
    let arms: Vec<_> = alternatives.iter().filter_map(Alternative::read_element).collect();
    let parts: Vec<_> = alternatives.iter().filter_map(|it| it.read_part(wire, Source::Xml)).collect();
    let none = quote!(::core::result::Result::Ok(::core::option::Option::None));
    if arms.is_empty() {
        return quote!(#(#parts)* #none);
    }
    let otherwise = if parts.is_empty() {
        quote!(return r.expect_one_of(<Self as #wire::xml::Choice>::alternatives()))
    } else {
        let named = elements.iter().filter_map(|element| match element {
            Elements::Named(name) => Some(name.value()),
            _ => None,
        });
        let names = named.collect::<Vec<_>>().join(" | ");
        quote!({ r.record_expected(#names); #(#parts)* return #none; })
    };
    quote! {
        let alternative = match r.name() { #(#arms)* _ => #otherwise, };
        ::core::result::Result::Ok(::core::option::Option::Some(alternative))
    }
}
