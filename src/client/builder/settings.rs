//! The settings of a client to be, one a method.

use std::sync::Arc;
use std::time::Duration;

use plesk_wire::packet::{Effect, Secret};

use super::ClientBuilder;
use crate::client::inspect::Exchange;
use crate::client::retry::RetryPolicy;
use crate::transport::{Credentials, Proxy};

impl<C> ClientBuilder<C> {
    // --- who the client is ---

    /// Authenticates with a secret key. Instead of [`login`](Self::login): the last one counts.
    ///
    /// By default a key works only from the address for which it was made.
    pub fn secret_key(mut self, key: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials::Key(key.into()));
        self
    }

    /// Authenticates with login and password. Instead of [`secret_key`](Self::secret_key): the last
    /// one counts.
    pub fn login(mut self, login: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials::Login(login.into(), password.into()));
        self
    }

    // --- who the server is ---

    /// Trusts the certificates in `pem`, and what they issued, beside those of the system.
    ///
    /// A panel ships with a self-signed certificate: give that, or the certificate of your own
    /// authority. A server that presents one of these very certificates is believed whatever name
    /// and dates it bears, as the one that a panel makes for itself bears no host name. May be called
    /// more than once, and `pem` may hold several.
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

    /// Believes the server with this certificate and no other, whatever name and dates it bears and
    /// whoever issued it. It is given by its SHA-256 fingerprint, as
    /// `openssl x509 -noout -fingerprint -sha256 -in <certificate>` shows it: 64 hexadecimal digits,
    /// with or without colons.
    ///
    /// Any one of several may be presented, for a change of certificates. [`Error::Tls`](crate::Error::Tls) shows the
    /// fingerprint of a certificate that was not trusted; compare it with the one on the server.
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

    /// **Dangerous**: believes anyone who answers to be the server. Whoever controls a part of the
    /// way then gets the credentials, and with them the server.
    ///
    /// Nearly always [`root_certificate`](Self::root_certificate) or
    /// [`pinned_certificate`](Self::pinned_certificate) is what is wanted; with the latter the client
    /// cannot be built, as they contradict each other.
    pub fn danger_accept_invalid_certificates(mut self) -> Self {
        self.trust.anyone = true;
        self
    }

    /// **Dangerous**: allows a URL with `http://`, where credentials and data travel readable and
    /// changeable by anyone on the way. For a tunnel or the same machine.
    pub fn danger_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    // --- the way ---

    /// Goes through this HTTP proxy: `http://proxy.example:3128`, with `user:password@` before the
    /// host if it asks for that. Unless set, the environment says (`HTTPS_PROXY`, `HTTP_PROXY`,
    /// `NO_PROXY`).
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// Goes through no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// How long an attempt to send a packet may take, from making the connection to the last byte of
    /// the answer.
    ///
    /// 15 minutes unless set, as reading everything of a large server takes minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long making a connection may take, TLS included. 30 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long the server may be silent. Unless set, only [`timeout`](Self::timeout) counts: while a
    /// panel works on a packet it says nothing, and that may take minutes.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = Some(timeout);
        self
    }

    /// How many requests may be in flight at once, over all clones; 8 unless set. More wait for their
    /// turn, up to the [deadline](RetryPolicy::deadline) if there is one: [`Error::QueueTimeout`](crate::Error::QueueTimeout) then says that
    /// nothing was sent. Answers are unpacked and read after their turn, so this is no bound of memory.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = requests;
        self
    }

    /// Sends a packet again when its answer did not come, where that does no harm. Off by default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    // --- packets ---

    /// Names the protocol version in each packet, for example `1.6.9.1`: text or a
    /// [`ProtocolVersion`](crate::ProtocolVersion).
    ///
    /// Best left out, as by default: the server then uses its newest. A named one makes a newer
    /// server refuse what that version did not have.
    pub fn protocol_version(mut self, version: impl Into<String>) -> Self {
        self.rules = self.rules.protocol_version(version);
        self
    }

    /// Whether answers must be exactly what the schema says. Off by default: elements that the
    /// schema does not know are skipped, wherever they stand, since servers may be newer than it.
    pub fn strict(mut self, strict: bool) -> Self {
        self.rules = self.rules.strict(strict);
        self
    }

    /// Whether requests may hold values that an enumeration of the schema does not list, for
    /// servers newer than the schema. Off by default: such a value is a violation.
    pub fn allow_unlisted_values(mut self, allow: bool) -> Self {
        self.rules = self.rules.allow_unlisted_values(allow);
        self
    }

    /// The size of the largest answer to accept, in bytes, compressed or not; 64 MiB unless set. A
    /// larger one is refused as soon as it is seen to be larger.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.rules = self.rules.max_response_size(bytes);
        self
    }

    /// How much memory an answer may take once it is read, in bytes; 512 MiB unless set. It comes on
    /// top of the answer's text.
    ///
    /// Its size does not tell that: nine bytes of `<result/>` become more than a kilobyte. Counted are the
    /// items of lists, as large as they are in memory, and texts; an answer that passes the limit is not
    /// read to its end. A customer with all its data is 1 kB of text and takes 1.5 kB.
    pub fn max_response_memory(mut self, bytes: usize) -> Self {
        self.rules = self.rules.max_response_memory(bytes);
        self
    }

    /// Refuses to send what has this effect or a graver one, in the order of [`Effect`].
    ///
    /// With [`Effect::DeleteEverything`] no deletion whose filter was left empty by mistake costs more
    /// than an error; with [`Effect::Create`] the client only reads. Changes are less grave than
    /// deletions: see [`forbid_everything`](Self::forbid_everything). A raw packet is refused unless it
    /// [says](crate::RawPacket::effect) what it does.
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
        *from = Some(from.map_or(effect, |least| least.min(effect)));
        self
    }

    /// Refuses to send what changes or deletes everything in the scope of a selector, such as a `set` or
    /// `del` with `Filter::Everything`. What is chosen by ID or name is sent.
    pub fn forbid_everything(mut self) -> Self {
        self.forbidden.everything = true;
        self
    }

    /// Shows each attempt to `hook`: the packets as they crossed the network, with `***` in place of
    /// every secret that the schema knows. For finding faults; the packets hold customers' data.
    ///
    /// The hook runs where the packet was sent and holds it up while it runs. Both packets are read
    /// once more for it.
    ///
    /// ```
    /// # use plesk::Client;
    /// let builder = Client::builder("https://panel.example:8443")
    ///     .inspect(|exchange| eprintln!("{}\n{:?}", exchange.request(), exchange.answer()));
    /// # let _ = builder;
    /// ```
    pub fn inspect(mut self, hook: impl Fn(&Exchange<'_>) + Send + Sync + 'static) -> Self {
        self.inspector = Some(Arc::new(hook));
        self
    }
}
