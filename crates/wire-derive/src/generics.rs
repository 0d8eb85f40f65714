//! What an implementation for a generic type needs.

use syn::{Error, GenericParam, Generics, Result, parse_quote};

/// Returns the generics of an implementation, in which every type parameter is content.
///
/// # Errors
/// A lifetime: a value is read, so it cannot borrow.
pub(crate) fn bounded(generics: &Generics, wire: &proc_macro2::TokenStream) -> Result<Generics> {
    let mut bounded = generics.clone();
    for parameter in &generics.params {
        match parameter {
            GenericParam::Lifetime(lifetime) => {
                return Err(Error::new_spanned(lifetime, "a value that is read cannot borrow; remove the lifetime"));
            }
            GenericParam::Type(ty) => {
                let name = &ty.ident;
                bounded.make_where_clause().predicates.push(parse_quote!(#name: #wire::xml::Content));
            }
            GenericParam::Const(_) => {}
        }
    }
    Ok(bounded)
}
