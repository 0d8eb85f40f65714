//! Decompresses response bodies.

use std::io::{ErrorKind, Read};

use flate2::read::MultiGzDecoder;
use http::header::CONTENT_ENCODING;

use crate::error::Error;

/// Returns the body of `response` from `host`, decompressed if necessary, up to `limit` bytes.
///
/// A body that starts like gzip is decompressed even if no header announces it: no packet starts so, and
/// proxies may drop the header.
///
/// # Errors
/// If the compression is not gzip or is corrupt, or if the body breaks off or is too large.
pub(super) fn unpack(response: http::Response<Vec<u8>>, host: &str, limit: usize) -> Result<Vec<u8>, Error> {
    let encoding = response.headers().get(CONTENT_ENCODING).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let encoding = encoding.map_or_else(String::new, |value| value.trim().to_owned());
    let body = response.into_body();
    if body.starts_with(b"\x1f\x8b") {
        return gunzip(&body, host, limit);
    }
    match &*encoding.to_ascii_lowercase() {
        // An uncompressed body is accepted, even if the header announces a compression.
        "" | "identity" | "gzip" | "x-gzip" => Ok(body),
        _ if body.trim_ascii_start().starts_with(b"<") || body.is_empty() => Ok(body),
        _ => Err(Error::Encoding { host: None, encoding, source: None }),
    }
}

fn gunzip(compressed: &[u8], host: &str, limit: usize) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    let read = MultiGzDecoder::new(compressed).take((limit as u64).saturating_add(1)).read_to_end(&mut body);
    if body.len() > limit {
        return Err(Error::TooLarge { host: None, limit });
    }
    match read {
        Ok(_) => Ok(body),
        Err(e) if e.kind() == ErrorKind::UnexpectedEof => {
            Err(Error::Truncated { host: host.to_owned(), received: compressed.len(), source: Box::new(e) })
        }
        Err(e) => Err(Error::Encoding { host: None, encoding: "gzip".to_owned(), source: Some(Box::new(e)) }),
    }
}
