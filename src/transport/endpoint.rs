//! The URL of the API.

use std::fmt;

use plesk_wire::packet::http;
use url::Url;

use crate::error::Error;

/// The URL of an API: `http` or `https`, and without credentials.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint(Url);

impl Endpoint {
    /// Parses the URL of a panel, or of its API.
    ///
    /// # Errors
    /// If it is not such a URL. The error does not quote it, because it may contain a password.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let example = "; write it like https://panel.example:8443";
        let mut url = Url::parse(text.trim()).map_err(|e| Error::setup(format!("the URL is invalid: {e}{example}")))?;
        if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
            return Err(Error::setup(format!("the URL does not start with https:// and a host{example}")));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::setup("the URL contains credentials; set them with login() or secret_key()"));
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

    /// Returns `true` if the connection is not encrypted.
    pub(crate) fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Returns host and port, for messages and traces.
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
    fn parse_appends_the_path_of_the_api_once() {
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
    fn host_includes_the_default_port() {
        assert_eq!(Endpoint::parse("https://panel.example").unwrap().host(), "panel.example:443");
        assert_eq!(Endpoint::parse("https://[::1]:8443").unwrap().host(), "[::1]:8443");
    }

    #[test]
    fn parse_rejects_other_urls_without_quoting_them() {
        for (given, because) in [
            ("panel.example", "invalid"),
            ("panel.example:8443", "does not start with https://"),
            ("ftp://panel.example", "does not start with https://"),
            ("https://", "invalid"),
            ("https://admin:hunter2@panel.example", "credentials"),
            ("https://panel.example/?key=hunter2", "query"),
        ] {
            let error = Endpoint::parse(given).unwrap_err().to_string();
            assert!(error.contains(because), "{given}: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
