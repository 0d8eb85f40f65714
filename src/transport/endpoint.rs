//! The URL of the API.

use std::fmt;

use plesk_wire::packet::http;
use url::Url;

use crate::error::Error;

/// The port of every panel, unless its administrator changed it.
const PANEL_PORT: u16 = 8443;

/// The URL of an API: `http` or `https`, and without credentials.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint(Url);

impl Endpoint {
    /// Parses the URL of a panel, or of its API. A host alone is one that uses TLS on the port of panels.
    ///
    /// # Errors
    /// If it is not such a URL. The error does not quote it, because it may contain a password.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let example = "; write it like https://panel.example:8443";
        let text = text.trim();
        // `panel.example:8443` alone would be a URL with the scheme `panel.example`.
        let without_scheme = !text.contains("://");
        let text = if without_scheme { format!("https://{text}") } else { text.to_owned() };
        let mut url = Url::parse(&text).map_err(|e| Error::setup(format!("the URL is invalid: {e}{example}")))?;
        if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
            return Err(Error::setup(format!("the URL does not start with https:// and a host{example}")));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::setup("the URL contains credentials; set them with login() or secret_key()"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::setup(format!("the URL has a query or a fragment{example}")));
        }
        // The URL library drops the port if it is that of the scheme.
        let has_port = text.ends_with(":443") || text.contains(":443/");
        if without_scheme && url.port().is_none() && !has_port && url.set_port(Some(PANEL_PORT)).is_err() {
            return Err(Error::setup(format!("the URL cannot have a port{example}")));
        }
        let base = url.path().trim_end_matches('/');
        let folder = http::PATH.trim_end_matches("/agent.php");
        let base = base.strip_suffix(http::PATH).or_else(|| base.strip_suffix(folder)).unwrap_or(base);
        let path = format!("{base}{}", http::PATH);
        url.set_path(&path);
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
            (
                "https://panel.example:8443/enterprise/control/agent.php/",
                "https://panel.example:8443/enterprise/control/agent.php",
            ),
            (
                "https://panel.example:8443/enterprise/control",
                "https://panel.example:8443/enterprise/control/agent.php",
            ),
            ("https://proxy.example/a/enterprise/control/", "https://proxy.example/a/enterprise/control/agent.php"),
            ("panel.example", "https://panel.example:8443/enterprise/control/agent.php"),
            ("panel.example/", "https://panel.example:8443/enterprise/control/agent.php"),
            ("panel.example:9443", "https://panel.example:9443/enterprise/control/agent.php"),
            ("panel.example:443", "https://panel.example/enterprise/control/agent.php"),
            ("192.0.2.7", "https://192.0.2.7:8443/enterprise/control/agent.php"),
            ("[2001:db8::1]", "https://[2001:db8::1]:8443/enterprise/control/agent.php"),
            ("[2001:db8::1]:443", "https://[2001:db8::1]/enterprise/control/agent.php"),
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
            ("panel.example:port", "invalid"),
            ("two words", "invalid"),
            ("admin:hunter2@panel.example", "credentials"),
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
