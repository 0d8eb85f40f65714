//! The methods of the builder, one for each setting.

use std::sync::Arc;
use std::time::Duration;

use plesk_wire::packet::{Effect, Secret};

use super::ClientBuilder;
use crate::client::inspect::Exchange;
use crate::client::retry::RetryPolicy;
use crate::transport::{Credentials, ProxySetting};

impl<C> ClientBuilder<C> {
    // --- authentication of the client ---

    /// Authenticates with a secret key, in place of [`login`](Self::login). The last call wins.
    ///
    /// By default, a key works only from the IP address for which it was created.
    pub fn secret_key(mut self, key: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials::Key(key.into()));
        self
    }

    /// Authenticates with login and password, in place of [`secret_key`](Self::secret_key). The last call
    /// wins.
    pub fn login(mut self, login: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials::Login(login.into(), password.into()));
        self
    }

    /// Presents this certificate to a server, or a proxy in front of it, that requires one. `pem` contains the
    /// certificate, those of its issuers if any, and its private key, not encrypted. The credentials are still needed.
    pub fn client_certificate(mut self, pem: impl Into<Secret>) -> Self {
        self.trust.identity = Some(pem.into());
        self
    }

    // --- authentication of the server ---

    /// Trusts the certificates in `pem`, and those that they issued, in addition to the system's.
    ///
    /// A panel ships with a self-signed certificate: pass that one, or the certificate of your own
    /// authority. If the server presents one of these very certificates, its host name and validity dates are
    /// not checked, because the certificate that a panel generates for itself has no host name. May be called
    /// more than once, and `pem` may contain several certificates.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = plesk::Client::builder("https://panel.example:8443")
    ///     .secret_key(std::env::var("PLESK_KEY")?)
    ///     .root_certificate(std::fs::read("panel.pem")?)
    ///     .build()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.trust.roots.push(pem.as_ref().to_vec());
        self
    }

    /// Trusts only this certificate. Its host name, validity dates and issuer are not checked.
    ///
    /// `sha256` is its SHA-256 fingerprint, as printed by
    /// `openssl x509 -noout -fingerprint -sha256 -in <certificate>`: 64 hexadecimal digits, with or without
    /// colons. [`Error::Tls`](crate::Error::Tls) contains the fingerprint of a certificate that was not
    /// trusted; compare it with the certificate on the server. May be called more than once, for a change of
    /// certificates: the server may present any of them.
    ///
    /// ```
    /// let client = plesk::Client::builder("https://panel.example:8443")
    ///     .secret_key("no-such-key")
    ///     .pinned_certificate("E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55")
    ///     .build()?;
    /// # let _ = client;
    /// # Ok::<(), plesk::Error>(())
    /// ```
    pub fn pinned_certificate(mut self, sha256: impl Into<String>) -> Self {
        self.trust.pins.push(sha256.into());
        self
    }

    /// **Dangerous**: trusts any certificate. Anyone who controls part of the network then gets the
    /// credentials, and with them control of the server.
    ///
    /// You nearly always want [`root_certificate`](Self::root_certificate) or
    /// [`pinned_certificate`](Self::pinned_certificate) instead. Combining this with a pinned certificate is
    /// an error, because they contradict each other.
    pub fn danger_accept_invalid_certificates(mut self) -> Self {
        self.trust.accept_invalid = true;
        self
    }

    /// **Dangerous**: allows a URL with `http://`. Anyone on the network can then read and change credentials
    /// and data. Only for a tunnel or the same machine.
    pub fn danger_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    // --- network ---

    /// Sets the HTTP proxy: `http://proxy.example:3128`, with `user:password@` before the host if it
    /// requires authentication. TLS runs inside the connection to it, so it sees only the name of the server.
    ///
    /// By default, the proxy is the one in the environment, as for curl: `https_proxy` or `HTTPS_PROXY`, else
    /// `all_proxy` or `ALL_PROXY`, unless `no_proxy` or `NO_PROXY` lists the host (`example.com` with its subdomains,
    /// `192.0.2.0/24`, `*`).
    ///
    /// [`build`](Self::build) fails if a proxy is configured that cannot be used: one with `https://` or `socks5://`,
    /// or any for a URL with `http://`, for which it would see the credentials.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = ProxySetting::Url(url.into());
        self
    }

    /// Disables proxies, including those of the environment.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxySetting::None;
        self
    }

    /// Sets the timeout of each attempt to send a packet, from connecting until the response is read.
    /// Default: 15 minutes, because reading all objects of a large server takes minutes.
    ///
    /// A large response is decompressed and decoded on a thread of its own, so that this holds even for
    /// responses that take long to read. A longer time than a year counts as a year, for all durations.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the timeout for connecting, including TLS. Default: 30 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long the server may send nothing. Default: no limit but [`timeout`](Self::timeout), because a
    /// panel sends nothing while it processes a packet, which may take minutes.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = Some(timeout);
        self
    }

    /// Sets the maximum number of requests in flight, over all clones of the client. Default: 8.
    ///
    /// Further requests wait for a free slot, until the [deadline](RetryPolicy::deadline) if there is one:
    /// the error is then [`Error::QueueTimeout`](crate::Error::QueueTimeout), and nothing was sent. A slot is
    /// free again before the response is decompressed and decoded, so this does not limit memory.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = requests;
        self
    }

    /// Sends a packet again if its response did not arrive and repeating it is safe. Off by default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    // --- encoding and decoding ---

    /// Sets the protocol version that each packet names, as text or as a
    /// [`ProtocolVersion`](crate::ProtocolVersion). See
    /// [`CodecOptions::protocol_version`](crate::CodecOptions::protocol_version).
    pub fn protocol_version(mut self, version: impl Into<String>) -> Self {
        self.options = self.options.protocol_version(version);
        self
    }

    /// Sets whether responses must match the schema exactly. See
    /// [`CodecOptions::strict`](crate::CodecOptions::strict).
    pub fn strict(mut self, strict: bool) -> Self {
        self.options = self.options.strict(strict);
        self
    }

    /// Sets whether requests may contain values that the schema does not list. See
    /// [`CodecOptions::allow_unlisted_values`](crate::CodecOptions::allow_unlisted_values).
    pub fn allow_unlisted_values(mut self, allow: bool) -> Self {
        self.options = self.options.allow_unlisted_values(allow);
        self
    }

    /// Sets whether operations that change or delete may have blank values in their selectors. See
    /// [`CodecOptions::allow_blank_selectors`](crate::CodecOptions::allow_blank_selectors).
    pub fn allow_blank_selectors(mut self, allow: bool) -> Self {
        self.options = self.options.allow_blank_selectors(allow);
        self
    }

    /// Sets the maximum size of a response in bytes. See
    /// [`CodecOptions::max_response_size`](crate::CodecOptions::max_response_size).
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.options = self.options.max_response_size(bytes);
        self
    }

    /// Sets how much memory a decoded response may take, in bytes. See
    /// [`CodecOptions::max_response_memory`](crate::CodecOptions::max_response_memory).
    pub fn max_response_memory(mut self, bytes: usize) -> Self {
        self.options = self.options.max_response_memory(bytes);
        self
    }

    // --- safety and diagnosis ---

    /// Refuses to send packets with this effect or a more severe one, in the order of [`Effect`].
    ///
    /// With [`Effect::DeleteEverything`], a deletion whose filter was left empty by mistake is only an error.
    /// With [`Effect::Create`], the client can only read. Changes are less severe than deletions: see also
    /// [`forbid_everything`](Self::forbid_everything). The effect of a raw packet is
    /// read from it; an unchecked one must [declare](crate::RawPacket::effect) its effect too.
    ///
    /// ```
    /// use plesk::{Batch, Client, Effect, Error, customer};
    ///
    /// let reader = Client::builder("https://panel.example:8443").secret_key("no-such-key").forbid(Effect::Create).build()?;
    /// let mut batch = Batch::new();
    /// let _ = batch.push(customer::Del::new(customer::Filter::id(7)));
    /// assert!(matches!(reader.dry_run(&batch), Err(Error::Forbidden { .. })));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn forbid(mut self, effect: Effect) -> Self {
        let from = &mut self.forbidden.from;
        *from = Some(from.map_or(effect, |current| current.min(effect)));
        self
    }

    /// Refuses to send operations that change or delete every object in the scope of a selector, such as a
    /// `set` or `del` with `Filter::Everything`. Operations that select by ID or name are sent.
    pub fn forbid_everything(mut self) -> Self {
        self.forbidden.everything = true;
        self
    }

    /// Calls `hook` with each attempt: the packets as they crossed the network, but with `***` in place of
    /// every secret that the schema defines. For debugging; the packets contain customers' data.
    ///
    /// The hook runs where the response is read, and delays it: for a large response that is a thread of its
    /// own, and if the time is up, the call returns before the hook. Both packets are parsed once more for it.
    ///
    /// ```
    /// # use plesk::Client;
    /// let builder = Client::builder("https://panel.example:8443")
    ///     .inspect(|exchange| eprintln!("{}\n{:?}", exchange.request(), exchange.response()));
    /// # let _ = builder;
    /// ```
    pub fn inspect(mut self, hook: impl Fn(&Exchange<'_>) + Send + Sync + 'static) -> Self {
        self.inspector = Some(Arc::new(hook));
        self
    }
}
