//! Conversions of arguments: what the setters of emitted types accept.
//!
//! Each trait has a marker `M`, which the compiler infers from the argument. It keeps the implementations for a value
//! and for a container of values apart.

use super::non_empty::NonEmpty;

/// The marker for an argument that is the value itself.
#[derive(Debug)]
pub enum One {}

/// The marker for an argument that contains any number of values.
#[derive(Debug)]
pub enum Many {}

/// A value that converts to an `Option<T>`: anything that converts to `T`, or an `Option` of it.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::IntoOption;
///
/// fn length<M>(name: impl IntoOption<String, M>) -> Option<usize> {
///     name.into_option().map(|name| name.len())
/// }
///
/// assert_eq!((length("jo"), length(Some("jo")), length(None::<String>)), (Some(2), Some(2), None));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a `{T}` nor an `Option<{T}>`",
    label = "expected a value that converts to `{T}`, or an `Option` of one"
)]
pub trait IntoOption<T, M> {
    /// Converts the value.
    fn into_option(self) -> Option<T>;
}

#[diagnostic::do_not_recommend]
impl<T, U: Into<T>> IntoOption<T, One> for U {
    fn into_option(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T, U: Into<T>> IntoOption<T, Many> for Option<U> {
    fn into_option(self) -> Option<T> {
        self.map(Into::into)
    }
}

/// A value that converts to a list of `T`, which may be empty: anything that converts to `T`, or an iterator of such
/// values.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::IntoList;
///
/// fn count<M>(names: impl IntoList<String, M>) -> usize {
///     names.into_list().len()
/// }
///
/// assert_eq!((count("jo"), count(["jo", "al"]), count(Vec::<String>::new()), count(Some("jo"))), (1, 2, 0, 1));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a `{T}` nor a list of `{T}`",
    label = "expected a value that converts to `{T}`, or an iterator of such values"
)]
pub trait IntoList<T, M> {
    /// Converts the value.
    fn into_list(self) -> Vec<T>;
}

#[diagnostic::do_not_recommend]
impl<T, U: Into<T>> IntoList<T, One> for U {
    fn into_list(self) -> Vec<T> {
        vec![self.into()]
    }
}

impl<T, I: IntoIterator<Item: Into<T>>> IntoList<T, Many> for I {
    fn into_list(self) -> Vec<T> {
        self.into_iter().map(Into::into).collect()
    }
}

/// A value that converts to a list of at least one `T`: anything that converts to `T`, an array of 1 to 16 such values,
/// or a [`NonEmpty`] of them.
///
/// The compiler refuses an empty array. A `Vec` becomes a list with [`NonEmpty::try_from`] or
/// [`NonEmpty::collect`], which return an error if it is empty.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::{IntoNonEmpty, NonEmpty};
///
/// fn count<M>(names: impl IntoNonEmpty<String, M>) -> usize {
///     names.into_non_empty().len()
/// }
///
/// assert_eq!((count("jo"), count(["jo", "al"]), count(NonEmpty::one("jo"))), (1, 2, 1));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of one or more `{T}`",
    label = "expected a value, an array of 1 to 16 values, or a `NonEmpty`",
    note = "the schema asks for at least one item; in a filter, an empty list could select other objects than intended",
    note = "a `Vec` becomes a list with `NonEmpty::try_from(vec)?`"
)]
pub trait IntoNonEmpty<T, M> {
    /// Converts the value to a list.
    fn into_non_empty(self) -> NonEmpty<T>;
}

#[diagnostic::do_not_recommend]
impl<T, U: Into<T>> IntoNonEmpty<T, One> for U {
    fn into_non_empty(self) -> NonEmpty<T> {
        NonEmpty::one(self.into())
    }
}

impl<T, U: Into<T>> IntoNonEmpty<T, Many> for NonEmpty<U> {
    fn into_non_empty(self) -> NonEmpty<T> {
        NonEmpty::convert(self)
    }
}

macro_rules! arrays {
    ($($n:literal)*) => {$(
        impl<T, U: Into<T>> IntoNonEmpty<T, Many> for [U; $n] {
            fn into_non_empty(self) -> NonEmpty<T> {
                NonEmpty::convert(self)
            }
        }
    )*};
}

arrays!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16);
