//! Receives response bodies up to a limit.

use crate::error::Error;

/// A response body that is being received.
pub(super) struct Received {
    pub(super) bytes: Vec<u8>,
    limit: usize,
}

impl Received {
    /// Creates an empty body for a response with these headers.
    ///
    /// # Errors
    /// If the headers announce a body that is too large.
    pub(super) fn new(headers: &http::HeaderMap, limit: usize) -> Result<Self, Error> {
        /// The maximum number of bytes to allocate just because the server announced them.
        const MAX_PREALLOCATED: usize = 1 << 20;
        match announced_length(headers).unwrap_or(0) {
            length if length > limit => Err(Error::TooLarge { host: None, limit }),
            length => Ok(Self { bytes: Vec::with_capacity(length.min(MAX_PREALLOCATED)), limit }),
        }
    }

    /// # Errors
    /// If the body becomes too large.
    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<(), Error> {
        if self.bytes.len() + chunk.len() > self.limit {
            return Err(Error::TooLarge { host: None, limit: self.limit });
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }
}

/// Returns the length of the body, if the headers announce it.
pub(crate) fn announced_length(headers: &http::HeaderMap) -> Option<usize> {
    headers.get(http::header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Returns the target of the response if it is a redirect, in which case its body is not read.
pub(crate) fn redirect_target<T>(response: &http::Response<T>) -> Option<String> {
    let target = response.headers().get(http::header::LOCATION).filter(|_| response.status().is_redirection())?;
    Some(String::from_utf8_lossy(target.as_bytes()).into_owned())
}
