//! How packets are written, checked and read.

use plesk_wire::xml::{Limits, Strictness};

/// How packets are written, checked and read. A [`ClientBuilder`](crate::ClientBuilder) has the same
/// settings.
///
/// ```
/// let rules = plesk::CodecOptions::new().protocol_version("1.6.9.1").strict(true);
/// # let _ = rules;
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct CodecOptions {
    /// The attribute `version` of the packet.
    pub(crate) version: Option<String>,
    /// Whether requests may hold values that an enumeration of the schema does not list.
    pub(crate) allow_unlisted_values: bool,
    /// How answers are held against the schema.
    pub(crate) reading: Strictness,
    /// The size of the largest answer to read, in bytes.
    pub(crate) max_response_size: usize,
    /// How much memory an answer may take once it is read, in bytes.
    pub(crate) max_response_memory: usize,
}

impl CodecOptions {
    /// The rules that are right for nearly everyone.
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the protocol version in each packet, for example `1.6.9.1`.
    ///
    /// Best left out, as by default: the server then uses its newest. A named one makes a newer
    /// server refuse what that version did not have.
    pub fn protocol_version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Whether answers must be exactly what the schema says. Off by default: elements that the
    /// schema does not know are skipped, wherever they stand, since servers may be newer than it.
    pub fn strict(mut self, strict: bool) -> Self {
        self.reading = if strict { Strictness::Strict } else { Strictness::Lenient };
        self
    }

    /// Whether requests may hold values that an enumeration of the schema does not list, for
    /// servers newer than the schema. Off by default: such a value is a violation.
    pub fn allow_unlisted_values(mut self, allow: bool) -> Self {
        self.allow_unlisted_values = allow;
        self
    }

    /// The size of the largest answer to accept, in bytes; 64 MiB unless set.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// How much memory an answer may take once it is read, in bytes; 512 MiB unless set. It comes on
    /// top of the answer's text.
    ///
    /// Its size does not tell that: nine bytes of `<result/>` become more than a kilobyte. Counted are the
    /// items of lists, as large as they are in memory, and texts; an answer that passes the limit is not
    /// read to its end. A customer with all its data is 1 kB of text and takes 1.5 kB.
    pub fn max_response_memory(mut self, bytes: usize) -> Self {
        self.max_response_memory = bytes;
        self
    }

    /// What the reader refuses.
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
            reading: Strictness::Lenient,
            max_response_size: Limits::DEFAULT.size,
            max_response_memory: Limits::DEFAULT.memory,
        }
    }
}
