//! Compressed bodies.

use std::io::{ErrorKind, Read};

use flate2::read::MultiGzDecoder;
use http::header::CONTENT_ENCODING;

use crate::error::Error;

/// The body of `response` from `host`, unpacked if it is packed, up to `limit` bytes.
///
/// A body that begins as gzip does is unpacked also where no header says so, as no packet does.
///
/// # Errors
/// If it is packed otherwise or wrongly, breaks off, or is too large.
pub(super) fn unpack(response: http::Response<Vec<u8>>, host: &str, limit: usize) -> Result<Vec<u8>, Error> {
    let encoding = response.headers().get(CONTENT_ENCODING).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let encoding = encoding.map_or_else(String::new, |value| value.trim().to_owned());
    let body = response.into_body();
    if body.starts_with(b"\x1f\x8b") {
        return gunzip(&body, host, limit);
    }
    match &*encoding.to_ascii_lowercase() {
        // A body in the clear is what counts, whatever the header says of it.
        "" | "identity" | "gzip" | "x-gzip" => Ok(body),
        _ if body.trim_ascii_start().starts_with(b"<") || body.is_empty() => Ok(body),
        _ => Err(Error::Encoding { host: None, encoding, source: None }),
    }
}

fn gunzip(packed: &[u8], host: &str, limit: usize) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    let read = MultiGzDecoder::new(packed).take((limit as u64).saturating_add(1)).read_to_end(&mut body);
    if body.len() > limit {
        return Err(Error::TooLarge { host: None, limit });
    }
    match read {
        Ok(_) => Ok(body),
        Err(e) if e.kind() == ErrorKind::UnexpectedEof => {
            Err(Error::Truncated { host: host.to_owned(), received: packed.len(), source: Box::new(e) })
        }
        Err(e) => Err(Error::Encoding { host: None, encoding: "gzip".to_owned(), source: Some(Box::new(e)) }),
    }
}
