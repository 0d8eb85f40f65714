//! Builds and merges values of the protocol.

use plesk_wire::xml::Content;

/// Builds a value of a response. `fill` sets its fields, because the types of responses have no
/// constructors.
pub(crate) fn build<T: Content>(fill: impl FnOnce(&mut T)) -> T {
    let mut value = T::placeholder();
    fill(&mut value);
    value
}

/// Overwrites the listed fields with those that were sent. Fields that were not sent stay.
macro_rules! merge {
    ($into:expr, $from:expr; $($field:ident)*) => {$(
        if let Some(value) = $from.$field {
            $into.$field = Some(value);
        }
    )*};
}
pub(crate) use merge;
