//! Decides which HTTP proxy leads to the server. Both clients use this, because their libraries differ in how they read
//! the environment.
//!
//! A proxy that was configured and cannot be used is an error. Connecting directly instead would bypass what the
//! administrator of the network wants.

use std::env;
use std::ffi::OsString;
use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use plesk_wire::packet::Secret;
use url::Url;

use super::endpoint::Endpoint;
use super::no_proxy::NoProxy;
use crate::error::Error;

/// The configured proxy.
#[derive(Clone, Debug, Default)]
pub(crate) enum ProxySetting {
    /// The one in the environment, if any.
    #[default]
    Environment,
    None,
    Url(Secret),
}

/// An HTTP proxy that can be used. It gets a CONNECT request for the server.
#[derive(Clone)]
pub(crate) struct HttpProxy {
    /// Host and port, for messages.
    pub(super) address: String,
    /// The URL without credentials.
    pub(super) url: String,
    pub(super) credentials: Option<ProxyCredentials>,
}

#[derive(Clone)]
pub(super) struct ProxyCredentials {
    pub(super) user: String,
    pub(super) password: String,
}

impl ProxySetting {
    /// Returns the proxy for `endpoint`; `None` if the connection is direct.
    ///
    /// # Errors
    /// If there is a proxy that cannot be used. The error does not quote it, because it may contain a password.
    pub(crate) fn resolve(&self, endpoint: &Endpoint) -> Result<Option<HttpProxy>, Error> {
        self.resolve_in(endpoint, |name| env::var_os(name))
    }

    /// Does the same with the environment variables that `variable` returns.
    fn resolve_in(
        &self,
        endpoint: &Endpoint,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Option<HttpProxy>, Error> {
        let proxy = match self {
            Self::None => return Ok(None),
            Self::Url(url) => HttpProxy::parse(url.expose(), "the proxy")?,
            Self::Environment => match from_environment(endpoint, variable)? {
                None => return Ok(None),
                Some(proxy) => proxy,
            },
        };
        if endpoint.is_plain() {
            return Err(Error::setup(format!(
                "the URL starts with http://, so the proxy {} would see the credentials; use https://, or call no_proxy()",
                proxy.address
            )));
        }
        Ok(Some(proxy))
    }
}

/// Reads the environment as curl does.
fn from_environment(
    endpoint: &Endpoint,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<HttpProxy>, Error> {
    // A web server passes the header `Proxy` of a request to its CGI programs as `HTTP_PROXY`.
    let is_cgi = variable("REQUEST_METHOD").is_some();
    let names: &[&'static str] = match endpoint.is_plain() {
        false => &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
        true if is_cgi => &["http_proxy", "all_proxy", "ALL_PROXY"],
        true => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
    };
    let first = |names: &[&'static str]| -> Result<Option<(&'static str, String)>, Error> {
        for name in names {
            let Some(value) = variable(name) else { continue };
            let Ok(value) = value.into_string() else {
                return Err(Error::setup(format!("the environment variable {name} is not UTF-8")));
            };
            if !value.trim().is_empty() {
                return Ok(Some((*name, value)));
            }
        }
        Ok(None)
    };
    let Some((name, value)) = first(names)? else { return Ok(None) };
    if first(&["no_proxy", "NO_PROXY"])?.is_some_and(|(_, list)| NoProxy::parse(&list).includes(endpoint)) {
        return Ok(None);
    }
    HttpProxy::parse(&value, &format!("the proxy in the environment variable {name}")).map(Some)
}

impl HttpProxy {
    /// Parses the URL of a proxy. Without a scheme, it is an HTTP proxy. `what` is its name in errors.
    fn parse(text: &str, what: &str) -> Result<Self, Error> {
        let example = "write it like http://proxy.example:3128";
        let text = text.trim();
        let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("http://{text}")) };
        let Ok(url) = url else {
            return Err(Error::setup(format!("{what} is not a URL; {example}")));
        };
        match url.scheme() {
            "http" => {}
            // Its certificate could not be distinguished from that of the panel.
            "https" => {
                return Err(Error::setup(format!(
                    "{what} starts with https://, which is not supported: use its http:// address. The panel's TLS runs inside the connection to the proxy"
                )));
            }
            scheme => {
                return Err(Error::setup(format!(
                    "{what} starts with {scheme}://, but only HTTP proxies are supported; {example}"
                )));
            }
        }
        let (Some(host), true) =
            (url.host_str(), url.path() == "/" && url.query().is_none() && url.fragment().is_none())
        else {
            return Err(Error::setup(format!("{what} is more than a host and a port; {example}")));
        };
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        let credentials = has_credentials.then(|| ProxyCredentials {
            user: decode(url.username()),
            password: decode(url.password().unwrap_or_default()),
        });
        let address = format!("{host}:{}", url.port_or_known_default().unwrap_or(80));
        Ok(Self { url: format!("http://{address}"), address, credentials })
    }

    /// Returns the texts that no message may show: the password in the spellings of URLs and of HTTP.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let Some(ProxyCredentials { user, password }) = &self.credentials else { return Vec::new() };
        vec![password.clone(), BASE64_STANDARD.encode(format!("{user}:{password}"))]
    }
}

/// Shows the address, not the credentials.
impl fmt::Debug for HttpProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpProxy({})", self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANEL: &str = "https://panel.example:8443";

    fn resolve(url: &str, environment: &[(&str, &str)]) -> Result<Option<String>, String> {
        let endpoint = Endpoint::parse(url).unwrap();
        let variable = |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).into());
        let proxy = ProxySetting::Environment.resolve_in(&endpoint, variable);
        proxy.map(|proxy| proxy.map(|proxy| proxy.address)).map_err(|error| error.to_string())
    }

    #[test]
    fn resolve_takes_the_first_variable_that_is_set() {
        for (environment, address) in [
            (&[][..], None),
            (&[("HTTPS_PROXY", "http://a:1")][..], Some("a:1")),
            (&[("https_proxy", "http://b:1"), ("HTTPS_PROXY", "http://a:1")][..], Some("b:1")),
            (&[("https_proxy", " "), ("HTTPS_PROXY", "http://a:1")][..], Some("a:1")),
            (&[("ALL_PROXY", "http://a")][..], Some("a:80")),
            (&[("HTTPS_PROXY", "me:pass@proxy.example:3128")][..], Some("proxy.example:3128")),
            // These are for plain HTTP.
            (&[("HTTP_PROXY", "http://a:1"), ("http_proxy", "http://a:1")][..], None),
            (&[("HTTPS_PROXY", "http://a:1"), ("NO_PROXY", "other.example")][..], Some("a:1")),
            (&[("HTTPS_PROXY", "http://a:1"), ("NO_PROXY", "example")][..], None),
            (&[("HTTPS_PROXY", "http://a:1"), ("no_proxy", "x"), ("NO_PROXY", "*")][..], Some("a:1")),
        ] {
            assert_eq!(resolve(PANEL, environment), Ok(address.map(str::to_owned)), "{environment:?}");
        }
    }

    #[test]
    fn resolve_refuses_a_proxy_that_cannot_be_used() {
        for (proxy, because) in [
            ("socks5://me:hunter2@proxy.example:1080", "socks5://"),
            ("https://me:hunter2@proxy.example:3128", "https://"),
            ("http://me:hunter2@proxy.example:port", "not a URL"),
            ("http://me:hunter2@", "not a URL"),
            ("http://me:hunter2@proxy.example/path", "more than a host"),
        ] {
            let error = resolve(PANEL, &[("HTTPS_PROXY", proxy)]).unwrap_err();
            assert!(error.contains(because) && error.contains("HTTPS_PROXY"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn resolve_for_plain_http_refuses_the_proxy_and_respects_cgi() {
        let url = "http://panel.example:8880";
        let variables = |name| [(name, "http://a:1"), ("REQUEST_METHOD", "POST")];
        assert_eq!(resolve(url, &variables("HTTP_PROXY")), Ok(None));
        assert_eq!(resolve(url, &[]), Ok(None));
        for environment in [&variables("http_proxy")[..], &variables("HTTP_PROXY")[..1]] {
            let error = resolve(url, environment).unwrap_err();
            assert!(error.contains("would see the credentials") && error.contains("no_proxy()"), "{error}");
        }
    }

    #[test]
    fn credentials_are_decoded() {
        let proxy = HttpProxy::parse("http://m%40e:p%40s%20s@proxy.example:3128", "the proxy").unwrap();
        let ProxyCredentials { user, password } = proxy.credentials.as_ref().unwrap();
        assert_eq!((user.as_str(), password.as_str()), ("m@e", "p@s s"));
        assert_eq!(proxy.secrets(), ["p@s s", "bUBlOnBAcyBz"]);
        assert_eq!(format!("{proxy:?}"), "HttpProxy(proxy.example:3128)");
    }
}
