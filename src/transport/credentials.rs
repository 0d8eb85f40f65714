//! The credentials of the client.

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use http::header::{HeaderMap, HeaderValue};
use plesk_wire::packet::{Secret, http as names};

use crate::error::Error;

/// Login and password, or a secret key.
#[derive(Clone, Debug)]
pub(crate) enum Credentials {
    Login(String, Secret),
    Key(Secret),
}

impl Credentials {
    /// Returns the HTTP headers with the credentials.
    ///
    /// # Errors
    /// If a header cannot carry them.
    pub(crate) fn headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        match self {
            Self::Login(login, password) => {
                headers.insert(names::LOGIN, header("login", login)?);
                headers.insert(names::PASSWORD, header("password", password.expose())?);
            }
            Self::Key(key) => {
                headers.insert(names::KEY, header("secret key", key.expose())?);
            }
        }
        Ok(headers)
    }

    /// Returns the texts that no message may show. A proxy may repeat them as HTTP authentication writes them.
    pub(crate) fn secrets(&self) -> Vec<String> {
        match self {
            Self::Login(login, password) => {
                let password = password.expose();
                vec![password.to_owned(), BASE64_STANDARD_NO_PAD.encode(format!("{login}:{password}"))]
            }
            Self::Key(key) => vec![key.expose().to_owned()],
        }
    }
}

/// Returns `value` as a header that `Debug` does not show. `what` names it in errors.
fn header(what: &str, value: &str) -> Result<HeaderValue, Error> {
    if value.is_empty() {
        return Err(Error::setup(format!("the {what} is empty")));
    }
    // A line break, as at the end of a file, would lead to a confusing "wrong password" from the server.
    if value.trim() != value {
        return Err(Error::setup(format!("the {what} starts or ends with white space, which HTTP drops; trim it")));
    }
    let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
        Error::setup(format!("the {what} contains a control character, which HTTP headers cannot carry"))
    })?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_those_of_the_protocol_and_sensitive() {
        let headers = Credentials::Login("admin".into(), "Grüße".into()).headers().unwrap();
        assert_eq!(headers["HTTP_AUTH_LOGIN"], "admin");
        assert_eq!(headers["HTTP_AUTH_PASSWD"].as_bytes(), "Grüße".as_bytes());
        assert!(headers.values().all(HeaderValue::is_sensitive));
        assert_eq!(Credentials::Key("k-1".into()).headers().unwrap()["KEY"], "k-1");
    }

    #[test]
    fn headers_reject_invalid_values_without_showing_them() {
        for (key, because) in [("", "empty"), ("hunter2\n", "white space"), ("hunter\r2", "control character")] {
            let error = Credentials::Key(key.into()).headers().unwrap_err().to_string();
            assert!(error.contains(because) && !error.contains("hunter"), "{error}");
        }
    }
}
