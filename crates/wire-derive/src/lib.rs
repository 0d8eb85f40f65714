//! The derives of `plesk-wire`.

mod attributes;
mod cardinality;
mod choice;
mod content;
mod member;

use proc_macro::TokenStream;
use syn::{DeriveInput, Error, Result, parse_macro_input};

#[proc_macro_derive(Content, attributes(xml))]
pub fn derive_content(input: TokenStream) -> TokenStream {
    expand(&parse_macro_input!(input as DeriveInput), content::expand)
}

#[proc_macro_derive(Choice, attributes(xml))]
pub fn derive_choice(input: TokenStream) -> TokenStream {
    expand(&parse_macro_input!(input as DeriveInput), choice::expand)
}

fn expand(input: &DeriveInput, derive: fn(&DeriveInput) -> Result<proc_macro2::TokenStream>) -> TokenStream {
    derive(input).unwrap_or_else(Error::into_compile_error).into()
}
