//! Values that must not be shown.

use std::fmt;

use crate::xml::{ParseError, Scalar};

/// A password, key or session ID. It is never shown by `Debug`, in messages or in traces.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::Secret;
///
/// let password = Secret::from("correct horse");
/// assert_eq!(format!("{password:?}"), "Secret(***)");
/// assert_eq!(password.expose(), "correct horse");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// Returns the value.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns the value for display, where the name next to it tells that it is not a secret.
    #[doc(hidden)]
    pub fn as_shown(&self) -> &String {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&String> for Secret {
    fn from(value: &String) -> Self {
        Self(value.clone())
    }
}

impl From<&Secret> for Secret {
    fn from(value: &Secret) -> Self {
        value.clone()
    }
}

impl Scalar for Secret {
    const SECRET: bool = true;

    fn placeholder() -> Self {
        Self(String::new())
    }

    fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(Self(text.to_owned()))
    }

    fn accepts(_text: &str) -> bool {
        true
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        f(&self.0)
    }
}
