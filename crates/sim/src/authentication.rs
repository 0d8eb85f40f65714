//! Checks the credentials of a request.

use plesk_wire::packet::ErrorCode;

use crate::refusal::Refusal;

/// The login and the secrets of the administrator.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) secret_key: String,
}

/// The credentials in the headers of a request.
#[derive(Clone, Copy)]
pub(crate) enum Authentication<'a> {
    /// `HTTP_AUTH_LOGIN` and `HTTP_AUTH_PASSWD`.
    Password { login: &'a [u8], password: &'a [u8] },
    /// `KEY`.
    Key(&'a [u8]),
    /// No credentials.
    None,
}

impl Authentication<'_> {
    /// Accepts the administrator only. Other accounts exist but may not use this API.
    pub(crate) fn check(self, expected: &Credentials) -> Result<(), Refusal> {
        match self {
            Self::Password { login, password }
                if login == expected.login.as_bytes() && password == expected.password.as_bytes() =>
            {
                Ok(())
            }
            Self::Key(key) if key == expected.secret_key.as_bytes() => Ok(()),
            Self::Password { .. } => {
                Err(Refusal::new(ErrorCode::AUTHENTICATION_FAILED, "You have entered incorrect username or password."))
            }
            Self::Key(_) => Err(Refusal::new(ErrorCode::KEY_REFUSED, "The secret key is not valid")),
            Self::None => Err(Refusal::new(
                ErrorCode::NO_AUTHENTICATION,
                "The request has no credentials; send HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD, or KEY",
            )),
        }
    }
}
