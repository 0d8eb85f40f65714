//! The value of an element that may be nil.

use super::datatypes::scalar::Scalar;

/// The value of a nillable element. Nil (`xsi:nil="true"`) is different from absent and from empty.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::Nillable;
///
/// assert_eq!(Nillable::from(7).value(), Some(&7));
/// assert_eq!(Nillable::<u64>::Nil.value(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Nillable<T> {
    /// The element has no value (`xsi:nil="true"`).
    Nil,
    /// The element has this value.
    Value(T),
}

impl<T> Nillable<T> {
    /// Returns the value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Nil => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T: Scalar> Nillable<T> {
    /// Returns a value to read into. Not for callers: it need not be valid.
    #[doc(hidden)]
    pub fn placeholder() -> Self {
        Self::Value(T::placeholder())
    }
}

impl<T> From<T> for Nillable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Nillable<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}
