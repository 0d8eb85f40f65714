//! What the derives add with the feature `serde`: serde's traits, and the functions that read members by their names.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, Generics, Ident, parse_quote};

/// Whether the derives implement serde's traits.
pub(crate) const IS_ENABLED: bool = cfg!(feature = "serde");

/// What a value is read from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Xml,
    Serde,
}

/// The derive that implements serde's traits. An enum that is also a content is a choice.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Content,
    Choice,
}

/// Returns the implementations of serde's traits for `input`, with the generics of its other implementations.
pub(crate) fn implementations(kind: Kind, input: &DeriveInput, wire: &TokenStream, bounded: &Generics) -> TokenStream {
    let kind = match kind {
        Kind::Content => "content",
        Kind::Choice => "choice",
    };
    let (tree, read) = (format_ident!("{kind}_tree"), format_ident!("read_{kind}"));
    let name = &input.ident;
    let (implemented, _, conditions) = bounded.split_for_impl();
    let (_, arguments, _) = input.generics.split_for_impl();
    let mut with_lifetime = bounded.clone();
    with_lifetime.params.insert(0, parse_quote!('de));
    let (deserialized, _, _) = with_lifetime.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #implemented #wire::serde::Reveal for #name #arguments #conditions {
            fn to_tree(&self, secrets: #wire::serde::Secrets) -> #wire::serde::Tree {
                #wire::serde::#tree(self, secrets)
            }
        }
        #[automatically_derived]
        impl #implemented #wire::serde::Serialize for #name #arguments #conditions {
            fn serialize<S: #wire::serde::Serializer>(&self, serializer: S)
                -> ::core::result::Result<S::Ok, S::Error> { #wire::serde::serialize(self, serializer) }
        }
        #[automatically_derived]
        impl #deserialized #wire::serde::Deserialize<'de> for #name #arguments #conditions {
            fn deserialize<D: #wire::serde::Deserializer<'de>>(deserializer: D)
                -> ::core::result::Result<Self, D::Error> { #wire::serde::#read(deserializer) }
        }
    }
}

/// Returns the member that represents a variant without an element: `#all-of-site` for `AllOfSite`.
pub(crate) fn key(variant: &Ident) -> String {
    let mut key = "#".to_owned();
    for c in variant.to_string().chars() {
        if c.is_uppercase() && key.len() > 1 {
            key.push('-');
        }
        key.extend(c.to_lowercase());
    }
    key
}

/// Returns the functions that read the members of a content by their names, with these calls.
pub(crate) fn read_content(attributes: Option<&TokenStream>, members: &TokenStream, wire: &TokenStream) -> TokenStream {
    let attributes = attributes.map(|attributes| {
        quote! {
            fn read_tree_attributes(&mut self, r: &mut #wire::serde::TreeReader) -> #wire::serde::Read { #attributes }
        }
    });
    quote! {
        #attributes
        fn read_tree(&mut self, r: &mut #wire::serde::TreeReader) -> #wire::serde::Read { #members }
    }
}

/// Returns the function that reads the alternative of a member. Groups come first: they have several members, one of which
/// may be an alternative of its own. `empty` is the variant without an element.
pub(crate) fn read_alternative(
    arms: &[TokenStream],
    parts: &[TokenStream],
    empty: Option<&Ident>,
    wire: &TokenStream,
) -> TokenStream {
    let no_element = empty.map(|variant| {
        let key = key(variant);
        quote!(const NO_ELEMENT: ::core::option::Option<&'static str> = ::core::option::Option::Some(#key);)
    });
    let none = quote!(::core::result::Result::Ok(::core::option::Option::None));
    let read = match arms {
        [] => none,
        arms => quote! {
            let alternative = match r.name() { #(#arms)* _ => return #none, };
            ::core::result::Result::Ok(::core::option::Option::Some(alternative))
        },
    };
    quote! {
        #no_element
        fn read_tree_alternative(r: &mut #wire::serde::TreeReader)
            -> #wire::serde::Read<::core::option::Option<Self>> { #(#parts)* #read }
    }
}
