//! From the settings to what a client is made of.

use http::Uri;
use percent_encoding::percent_decode_str;
use url::Url;

use super::builder::{ClientBuilder, ClientParts};
use super::core::Core;
use crate::ProtocolVersion;
use crate::error::Error;
use crate::mask::Redactor;
use crate::transport::{Proxy, Settings, Trust};

impl<C> ClientBuilder<C> {
    /// Checks the settings.
    ///
    /// # Errors
    /// If one of them cannot be used.
    pub(super) fn ready(self) -> Result<(Settings, ClientParts), Error> {
        let endpoint = self.endpoint?;
        if endpoint.is_plain() && !self.plain_http {
            return Err(Error::setup(
                "the URL begins with http://, which would send the credentials readable; use https://",
            ));
        }
        let credentials =
            self.credentials.ok_or_else(|| Error::setup("no credentials; give secret_key() or login()"))?;
        if self.rules.version.as_ref().is_some_and(|version| version.parse::<ProtocolVersion>().is_err()) {
            return Err(Error::setup("the protocol version is not a version like 1.6.9.1"));
        }
        let read_timeout = self.read_timeout.unwrap_or(self.timeout);
        for (name, timeout) in
            [("timeout", self.timeout), ("connect_timeout", self.connect_timeout), ("read_timeout", read_timeout)]
        {
            if timeout.is_zero() {
                return Err(Error::setup(format!("a {name} of zero leaves no time for anything; leave it out")));
            }
        }
        if self.retry.deadline.is_some_and(|deadline| deadline.is_zero()) {
            return Err(Error::setup("a deadline of zero leaves no time for anything; leave it out"));
        }
        if self.max_in_flight == 0 {
            return Err(Error::setup("with max_in_flight of zero nothing could ever be sent; leave it out"));
        }
        let proxy_passwords = check_proxy(&self.proxy)?;
        let uri: Uri = endpoint
            .url()
            .as_str()
            .parse()
            .map_err(|e| Error::Setup { problem: "the URL cannot be sent to".to_owned(), source: Some(Box::new(e)) })?;
        let core = Core {
            host: endpoint.host(),
            uri,
            headers: credentials.headers()?,
            rules: self.rules,
            timeout: self.timeout,
            retry: self.retry,
            forbidden: self.forbidden,
            mask: Redactor::of(credentials.secrets().chain(proxy_passwords.iter().map(String::as_str))),
            inspector: self.inspector,
        };
        let settings = Settings {
            host: core.host.clone(),
            // Over plain HTTP nobody has to be believed, and the system's certificates not to be read.
            trust: if endpoint.is_plain() { Trust::nobody() } else { self.trust },
            proxy: self.proxy,
            connect_timeout: self.connect_timeout.min(self.timeout),
            read_timeout: self.read_timeout,
        };
        Ok((settings, ClientParts { core, max_in_flight: self.max_in_flight }))
    }
}

/// The password in the URL of a proxy, if there is one, as it stands there and as it is meant.
///
/// # Errors
/// If the URL is not that of an HTTP proxy. The error does not repeat it.
fn check_proxy(proxy: &Proxy) -> Result<Vec<String>, Error> {
    let Proxy::Url(url) = proxy else { return Ok(Vec::new()) };
    match Url::parse(url.expose()) {
        Ok(url) if url.scheme() == "http" && url.has_host() => Ok(url.password().map_or_else(Vec::new, |password| {
            vec![password.to_owned(), percent_decode_str(password).decode_utf8_lossy().into_owned()]
        })),
        _ => Err(Error::setup("the proxy is not an HTTP proxy; write it like http://proxy.example:3128")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_a_proxy_is_hidden_in_both_spellings() {
        let mask = |url: &str| Redactor::of(check_proxy(&Proxy::Url(url.into())).unwrap().iter().map(String::as_str));
        for url in ["http://me:p%40s%20s@proxy.example:3128", "http://me:p@s s@proxy.example:3128"] {
            assert_eq!(mask(url).apply("p%40s%20s or p@s s"), "*** or ***");
        }
        assert_eq!(mask("http://proxy.example:3128").apply("nothing"), "nothing");
    }
}
