//! A handler of a web application, as axum and others have it: one type of error, which becomes a status and a text.

use plesk::{Client, Error, shortcuts};

/// A response to a browser: the HTTP status and the text. In axum, it implements `IntoResponse`.
#[derive(Debug, PartialEq)]
pub(crate) struct Problem(pub(crate) u16, pub(crate) String);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            error if error.is_not_found() => Self(404, "no such site".to_owned()),
            error if error.is_timeout() || error.is_connect() => Self(503, "the panel does not respond".to_owned()),
            error => Self(502, error.to_string()),
        }
    }
}

/// Returns the description of a site.
pub(crate) async fn site(client: &Client, domain: &str) -> Result<String, Problem> {
    let site = client.send_ok(shortcuts::site(domain)).await?;
    Ok(format!("site {} since {}", site.id, site.info.cr_date))
}
