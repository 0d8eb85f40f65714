//! How often a member occurs, which its Rust type says: `Option`, `Vec`, `NonEmpty`, `Nillable`, or a plain type.

use syn::{GenericArgument, PathArguments, Type};

/// How often a member occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cardinality {
    /// Exactly once.
    Required,
    /// At most once: `Option<T>`.
    Optional,
    /// Any number of times, within bounds: `Vec<T>` in a struct, `NonEmpty<T>` in a variant.
    List,
}

/// The type of a field or variant, taken apart.
pub(crate) struct Shape<'t> {
    pub(crate) cardinality: Cardinality,
    /// Whether one item is a `Nillable<T>`.
    pub(crate) nillable: bool,
    /// Whether one item is a `Box<T>`, which recursive types need.
    pub(crate) boxed: bool,
    /// The type of one item, without its `Box`.
    pub(crate) item: &'t Type,
}

impl<'t> Shape<'t> {
    /// Takes `ty` apart; `list` is the name of the list type to look for.
    pub(crate) fn of(ty: &'t Type, list: &str) -> Self {
        let (cardinality, item) = if let Some(item) = argument(ty, "Option") {
            (Cardinality::Optional, item)
        } else if let Some(item) = argument(ty, list) {
            (Cardinality::List, item)
        } else {
            (Cardinality::Required, ty)
        };
        let boxed = argument(item, "Box");
        let item = boxed.unwrap_or(item);
        Self { cardinality, nillable: argument(item, "Nillable").is_some(), boxed: boxed.is_some(), item }
    }
}

/// Returns `T` of `name<T>`, whatever path leads to the name.
fn argument<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(item) => Some(item),
        _ => None,
    }
}
