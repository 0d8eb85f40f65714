//! Questions about errors, so that programs need not match on their variants.

use super::Error;

/// What an error says. A question whose answer is not certain is called `may_…`.
///
/// ```
/// use plesk::{Error, ErrorCode, Outcome};
///
/// let fault = Outcome::error(ErrorCode::NOT_FOUND, "no such customer", ()).into_result().unwrap_err();
/// assert!(Error::from(fault).is_not_found());
/// assert!(!Error::EmptyBatch.is_timeout());
/// ```
impl Error {
    /// Returns `true` if the object does not exist: if the server says so
    /// ([`ErrorCode::is_not_found`](crate::ErrorCode::is_not_found)), or if one result was expected and nothing matched.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotSingle { found: 0 }) || self.code().is_some_and(|code| code.is_not_found())
    }

    /// Returns `true` if a unique value is certainly taken; see
    /// [`ErrorCode::is_taken`](crate::ErrorCode::is_taken).
    pub fn is_taken(&self) -> bool {
        self.code().is_some_and(|code| code.is_taken())
    }

    /// Returns `true` if the object to create exists **or may exist**; see
    /// [`ErrorCode::may_already_exist`](crate::ErrorCode::may_already_exist).
    pub fn may_already_exist(&self) -> bool {
        self.code().is_some_and(|code| code.may_already_exist())
    }

    /// Returns `true` if the caller has no permission, for the packet or for the operation; see
    /// [`ErrorCode::is_permission`](crate::ErrorCode::is_permission).
    pub fn is_permission(&self) -> bool {
        self.code().is_some_and(|code| code.is_permission())
    }

    /// Returns `true` if a time was up: the timeout of an attempt, or the deadline while the packet waited to be sent.
    /// [`is_unsent`](Self::is_unsent) tells the two apart.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. } | Self::QueueTimeout { .. })
    }

    /// Returns `true` if no connection could be made. Nothing was sent.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Connect { .. })
    }

    /// Returns `true` if the certificate of the server is not trusted, or TLS failed in another way. Nothing was sent.
    pub fn is_tls(&self) -> bool {
        matches!(self, Self::Tls { .. })
    }

    /// Returns `true` if the packet is not valid. Nothing was sent.
    pub fn is_invalid(&self) -> bool {
        matches!(self, Self::Invalid(_))
    }

    /// Returns `true` if the server refused the credentials.
    pub fn is_authentication(&self) -> bool {
        use crate::ErrorCode;
        matches!(self, Self::System(_))
            && self.code().is_some_and(|code| {
                [ErrorCode::AUTHENTICATION_FAILED, ErrorCode::NO_AUTHENTICATION, ErrorCode::KEY_REFUSED].contains(&code)
            })
    }
}
