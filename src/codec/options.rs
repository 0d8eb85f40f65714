//! Options for encoding, validating and decoding packets.

use plesk_wire::xml::{Limits, Strictness};

/// Options for encoding, validating and decoding packets. [`ClientBuilder`](crate::ClientBuilder) has a
/// method of the same name for each of them.
///
/// ```
/// let options = plesk::CodecOptions::new().protocol_version("1.6.9.1").strict(true);
/// # let _ = options;
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct CodecOptions {
    /// The attribute `version` of the packet.
    pub(crate) version: Option<String>,
    pub(crate) allow_unlisted_values: bool,
    pub(crate) allow_blank_selectors: bool,
    /// Whether responses may deviate from the schema.
    pub(crate) strictness: Strictness,
    /// In bytes.
    pub(crate) max_response_size: usize,
    /// In bytes.
    pub(crate) max_response_memory: usize,
}

impl CodecOptions {
    /// Creates the default options, which suit nearly every program.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the protocol version that each packet names, for example `1.6.9.1`. Default: none.
    ///
    /// It is best left out: the server then uses its newest version. If a packet names a version, a newer
    /// server refuses everything that this version did not have.
    pub fn protocol_version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Sets whether responses must match the schema exactly. Default: `false`.
    ///
    /// By default, elements that the schema does not define are skipped, wherever they appear, because
    /// servers may be newer than the schema.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strictness = if strict { Strictness::Strict } else { Strictness::Lenient };
        self
    }

    /// Sets whether requests may contain values that an enumeration of the schema does not list, for
    /// servers that are newer than the schema. Default: `false`; such a value is a violation.
    pub fn allow_unlisted_values(mut self, allow: bool) -> Self {
        self.allow_unlisted_values = allow;
        self
    }

    /// Sets whether operations that change or delete may have blank values in their selectors, such as
    /// `Filter::login("")`. Default: `false`; such a value is a violation.
    ///
    /// The schema allows blank values, and nothing says which objects they select. Most objects have an empty external
    /// ID, for example.
    pub fn allow_blank_selectors(mut self, allow: bool) -> Self {
        self.allow_blank_selectors = allow;
        self
    }

    /// Sets the maximum size of a response in bytes, compressed or not. Default: 64 MiB.
    ///
    /// A client stops receiving a larger response as soon as it notices.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Sets how much memory the decoded response may take, in bytes, in addition to its text.
    /// Default: 512 MiB.
    ///
    /// This is a separate limit because nine bytes of `<result/>` become more than a kilobyte of memory.
    /// List items, by their size in memory, and texts are counted. Decoding stops when the limit is
    /// exceeded. A customer with all its data is 1 kB of text and takes 1.5 kB.
    pub fn max_response_memory(mut self, bytes: usize) -> Self {
        self.max_response_memory = bytes;
        self
    }

    /// Returns the limits of the reader.
    pub(crate) fn limits(&self) -> Limits {
        let mut limits = Limits::DEFAULT;
        limits.size = self.max_response_size;
        limits.memory = self.max_response_memory;
        limits
    }
}

impl Default for CodecOptions {
    fn default() -> Self {
        Self {
            version: None,
            allow_unlisted_values: false,
            allow_blank_selectors: false,
            strictness: Strictness::Lenient,
            max_response_size: Limits::DEFAULT.size,
            max_response_memory: Limits::DEFAULT.memory,
        }
    }
}
