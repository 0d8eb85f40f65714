//! Where the API is.

use std::fmt;

use plesk_wire::packet::http;
use url::Url;

use crate::error::Error;

/// The URL of an API, known to be `http` or `https` and to hold no credentials.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint(Url);

impl Endpoint {
    /// Reads the URL of a panel, or that of its API.
    ///
    /// # Errors
    /// If it is not such a URL. The error does not repeat it, as it may hold a password.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let example = "; write it like https://panel.example:8443";
        let mut url = Url::parse(text.trim()).map_err(|e| Error::setup(format!("the URL is not one: {e}{example}")))?;
        if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
            return Err(Error::setup(format!("the URL does not begin with https:// and a host{example}")));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::setup("the URL holds credentials; give them with login() or secret_key()"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::setup(format!("the URL has a query or a fragment{example}")));
        }
        if !url.path().ends_with(http::PATH) {
            let path = format!("{}{}", url.path().trim_end_matches('/'), http::PATH);
            url.set_path(&path);
        }
        Ok(Self(url))
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// Whether what is sent can be read on the way.
    pub(crate) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Host and port, for messages and traces.
    pub(crate) fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port_or_known_default() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_the_api_is_added_once() {
        for (given, url) in [
            ("https://panel.example:8443", "https://panel.example:8443/enterprise/control/agent.php"),
            ("https://panel.example:8443/", "https://panel.example:8443/enterprise/control/agent.php"),
            (
                "https://panel.example/enterprise/control/agent.php",
                "https://panel.example/enterprise/control/agent.php",
            ),
            ("https://proxy.example/panel/", "https://proxy.example/panel/enterprise/control/agent.php"),
            (" https://[2001:db8::1]:8443\n", "https://[2001:db8::1]:8443/enterprise/control/agent.php"),
        ] {
            assert_eq!(Endpoint::parse(given).unwrap().url().as_str(), url);
        }
    }

    #[test]
    fn the_host_names_its_port_also_where_the_url_does_not() {
        assert_eq!(Endpoint::parse("https://panel.example").unwrap().host(), "panel.example:443");
        assert_eq!(Endpoint::parse("https://[::1]:8443").unwrap().host(), "[::1]:8443");
    }

    #[test]
    fn other_urls_are_refused_without_being_repeated() {
        for (given, because) in [
            ("panel.example", "not one"),
            ("panel.example:8443", "does not begin with https://"),
            ("ftp://panel.example", "does not begin with https://"),
            ("https://", "not one"),
            ("https://admin:hunter2@panel.example", "credentials"),
            ("https://panel.example/?key=hunter2", "query"),
        ] {
            let error = Endpoint::parse(given).unwrap_err().to_string();
            assert!(error.contains(because), "{given}: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
