//! How packets are written, checked and read.

use memchr::memmem;
use plesk_wire::xml::{Limits, Strictness};

use crate::error::Error;

/// How packets are written, checked and read. A [`ClientBuilder`](crate::ClientBuilder) has the same
/// settings.
///
/// ```
/// let rules = plesk::Rules::new().protocol_version("1.6.9.1").strict(true);
/// # let _ = rules;
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Rules {
    /// The attribute `version` of the packet.
    pub(crate) version: Option<String>,
    /// Whether requests may hold values that an enumeration of the schema does not list.
    pub(crate) allow_unlisted_values: bool,
    /// How answers are held against the schema.
    pub(crate) reading: Strictness,
    /// The size of the largest answer to read, in bytes.
    pub(crate) max_response_size: usize,
    /// How many results the largest answer may have.
    pub(crate) max_results: usize,
}

impl Rules {
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

    /// How many results the largest answer may have; 200,000 unless set.
    ///
    /// In memory a result takes up to 1.5 kB however short its text is: without this bound a body of
    /// very many could take gigabytes. What a single result holds is not counted: it is bounded by
    /// [`max_response_size`](Self::max_response_size) alone.
    pub fn max_results(mut self, results: usize) -> Self {
        self.max_results = results;
        self
    }

    /// What the reader refuses.
    pub(crate) fn limits(&self) -> Limits {
        let mut limits = Limits::DEFAULT;
        limits.size = self.max_response_size;
        limits
    }

    /// # Errors
    /// [`Error::TooManyResults`]. They are counted in the text, before anything is read.
    pub(crate) fn check_results(&self, body: &[u8]) -> Result<(), Error> {
        let limit = self.max_results;
        // So many do not fit into a smaller body, which is nearly every one.
        let possible = body.len() / RESULT.len() > limit;
        if possible && memmem::find_iter(body, RESULT).nth(limit).is_some() {
            return Err(Error::TooManyResults { limit });
        }
        Ok(())
    }
}

/// How a result begins.
const RESULT: &[u8] = b"<result";

impl Default for Rules {
    fn default() -> Self {
        Self {
            version: None,
            allow_unlisted_values: false,
            reading: Strictness::Lenient,
            max_response_size: Limits::DEFAULT.size,
            max_results: 200_000,
        }
    }
}
