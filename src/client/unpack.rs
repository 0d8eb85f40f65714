//! Decompresses response bodies.

use std::io::{Error as IoError, ErrorKind, Read};
use std::time::{Duration, Instant};

use flate2::bufread::GzDecoder;
use http::header::CONTENT_ENCODING;

use crate::error::Error;

/// The time by which a response must be unpacked and read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    pub(super) at: Instant,
    /// The timeout that leads to it, for messages.
    pub(super) after: Duration,
}

/// Returns `true` if `body` starts as gzip does. No packet starts so.
pub(super) fn is_gzip(body: &[u8]) -> bool {
    body.starts_with(b"\x1f\x8b")
}

/// Returns the body of `response` from `host`, decompressed if necessary, up to `limit` bytes.
///
/// A body that starts like gzip is decompressed even if no header announces it, because proxies may drop the
/// header.
///
/// # Errors
/// If the compression is not gzip or is corrupt, if the body breaks off or is too large, or if the deadline
/// passes.
pub(super) fn unpack(
    response: http::Response<Vec<u8>>,
    host: &str,
    limit: usize,
    deadline: &Deadline,
) -> Result<Vec<u8>, Error> {
    let encoding = response.headers().get(CONTENT_ENCODING).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let encoding = encoding.map_or_else(String::new, |value| value.trim().to_owned());
    let body = response.into_body();
    if is_gzip(&body) {
        return gunzip(&body, host, limit, deadline);
    }
    match &*encoding.to_ascii_lowercase() {
        // An uncompressed body is accepted, even if the header announces a compression.
        "" | "identity" | "gzip" | "x-gzip" => Ok(body),
        _ if body.trim_ascii_start().starts_with(b"<") || body.is_empty() => Ok(body),
        _ => Err(Error::Encoding { host: None, encoding, source: None }),
    }
}

/// Unpacks the first member and ignores what follows it: a body has one, and millions of empty ones would
/// take minutes.
fn gunzip(compressed: &[u8], host: &str, limit: usize, deadline: &Deadline) -> Result<Vec<u8>, Error> {
    /// The time is checked after each of these.
    const STEP: u64 = 1 << 20;
    let mut decoder = GzDecoder::new(compressed);
    let mut body = Vec::new();
    loop {
        let allowed = (limit as u64).saturating_add(1) - body.len() as u64;
        let read = decoder.by_ref().take(allowed.min(STEP)).read_to_end(&mut body);
        if body.len() > limit {
            return Err(Error::TooLarge { host: None, limit });
        }
        match read {
            Ok(0) => return Ok(body),
            Ok(_) if Instant::now() >= deadline.at => return Err(reading_timeout(host.to_owned(), deadline.after)),
            Ok(_) => {}
            Err(e) if e.kind() == ErrorKind::UnexpectedEof => {
                return Err(Error::Truncated {
                    host: host.to_owned(),
                    received: compressed.len(),
                    source: Box::new(e),
                });
            }
            Err(e) => {
                return Err(Error::Encoding { host: None, encoding: "gzip".to_owned(), source: Some(Box::new(e)) });
            }
        }
    }
}

/// Returns the error for a response that arrived, but was not read in time.
pub(super) fn reading_timeout(host: String, after: Duration) -> Error {
    let source = IoError::new(ErrorKind::TimedOut, "the response arrived, but the time was up before it was read");
    Error::Timeout { host, after, source: Box::new(source) }
}
