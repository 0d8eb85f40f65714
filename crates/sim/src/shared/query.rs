//! How requests select objects: the filters and keys of all operators, reduced to [`Filter`] and
//! [`Key`].
//!
//! The schema gives each operator its own types for this. An operator converts them with
//! [`impl_into_filter!`] and [`impl_into_key!`], so that only one lookup exists.

use crate::refusal::Refusal;
use crate::state::IndexKey;

/// A value that identifies an object, such as a login or a GUID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) kind: KeyKind,
    pub(crate) value: String,
}

/// The kind of value that a [`Key`] has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    Id,
    /// The login of an account, or the name of any other object.
    Name,
    Guid,
    ExternalId,
}

impl Key {
    pub(crate) fn new(kind: KeyKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into() }
    }

    /// Returns the key of an index that has this value. An ID needs no index.
    pub(crate) fn index_key(&self) -> Option<IndexKey<'_>> {
        match self.kind {
            KeyKind::Id => None,
            KeyKind::Name => Some(IndexKey::Name(&self.value)),
            KeyKind::Guid => Some(IndexKey::Guid(&self.value)),
            KeyKind::ExternalId => Some(IndexKey::ExternalId(&self.value)),
        }
    }

    /// A login or a name.
    pub(crate) fn name(name: impl Into<String>) -> Self {
        Self::new(KeyKind::Name, name)
    }
}

/// The objects that a request selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// All objects. The filter was empty, or selected all explicitly.
    Everything,
    /// The objects that match one of the keys.
    Keys(Vec<Key>),
    /// The objects whose owner matches one of the keys.
    OwnerKeys(Vec<Key>),
}

/// A filter of the protocol.
pub(crate) trait IntoFilter {
    /// Converts the filter.
    ///
    /// # Errors
    /// If this simulator does not model the kind of filter.
    fn into_filter(self) -> Result<Filter, Refusal>;
}

/// An element of the protocol that identifies one object.
pub(crate) trait IntoKey {
    /// Converts the element.
    ///
    /// # Errors
    /// If this simulator does not model the kind of element.
    fn into_key(self) -> Result<Key, Refusal>;
}

/// Implements [`IntoFilter`] for a filter type: which alternatives select everything, and which kind
/// of key the others have.
macro_rules! impl_into_filter {
    ($($filter:ty {
        $($everything:ident)|+ => Everything,
        $($alternative:ident => $variant:ident($kind:ident),)*
    })*) => {$(
        impl $crate::shared::query::IntoFilter for $filter {
            fn into_filter(self) -> Result<$crate::shared::query::Filter, $crate::refusal::Refusal> {
                use $crate::shared::query::{Filter, Key, KeyKind};
                Ok(match self {
                    $(Self::$everything)|+ => Filter::Everything,
                    $(Self::$alternative(values) => {
                        let key = |value: &_| Key::new(KeyKind::$kind, ToString::to_string(value));
                        Filter::$variant(values.iter().map(key).collect())
                    })*
                    other => return Err($crate::refusal::Refusal::not_modeled(&other)),
                })
            }
        }
    )*};
}
pub(crate) use impl_into_filter;

/// Implements [`IntoKey`] for a choice: which kind of key each alternative has.
macro_rules! impl_into_key {
    ($($choice:ty { $($alternative:ident => $kind:ident,)* })*) => {$(
        impl $crate::shared::query::IntoKey for $choice {
            fn into_key(self) -> Result<$crate::shared::query::Key, $crate::refusal::Refusal> {
                use $crate::shared::query::{Key, KeyKind};
                Ok(match self {
                    $(Self::$alternative(value) => Key::new(KeyKind::$kind, value.to_string()),)*
                    other => return Err($crate::refusal::Refusal::not_modeled(&other)),
                })
            }
        }
    )*};
}
pub(crate) use impl_into_key;
