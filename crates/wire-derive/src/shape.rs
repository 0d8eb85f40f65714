//! How often a member occurs, which the type of its field says.

use syn::{GenericArgument, PathArguments, Type};

/// The type of a field or payload, taken apart.
pub(crate) struct Shape<'t> {
    pub(crate) count: Count,
    /// Whether one item is a `Nillable`.
    pub(crate) nillable: bool,
    /// The type of one item.
    pub(crate) item: &'t Type,
}

/// The container of the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    /// None: exactly one item.
    One,
    /// `Option`
    Optional,
    /// `Vec`
    List,
    /// `NonEmpty`
    NonEmpty,
}

impl<'t> Shape<'t> {
    /// Takes `ty` apart by the names that are written in it.
    pub(crate) fn of(ty: &'t Type) -> Self {
        let (count, item) = match container(ty) {
            Some((name, item)) if name == "Option" => (Count::Optional, item),
            Some((name, item)) if name == "Vec" => (Count::List, item),
            Some((name, item)) if name == "NonEmpty" => (Count::NonEmpty, item),
            _ => (Count::One, ty),
        };
        Self { count, nillable: argument(item, "Nillable").is_some(), item }
    }

    /// Returns `true` if there may be several items.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.count, Count::List | Count::NonEmpty)
    }
}

/// Returns `T` if `ty` is written as `name<T>`, with any path before it.
pub(crate) fn argument<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    container(ty).filter(|(found, _)| found == name).map(|(_, argument)| argument)
}

/// Returns `name` and `T` if `ty` is written as `name<T>`, with any path before it.
fn container(ty: &Type) -> Option<(String, &Type)> {
    let Type::Path(path) = plain(ty) else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(ty)) => Some((last.ident.to_string(), ty)),
        _ => None,
    }
}

/// Returns `true` if `ty` is written as `name`, with any path before it.
pub(crate) fn is(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = plain(ty) else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == name && last.arguments.is_empty())
}

/// Returns `ty` without the invisible group around the type that a macro got as an argument.
fn plain(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => plain(&group.elem),
        Type::Paren(paren) => plain(&paren.elem),
        ty => ty,
    }
}
