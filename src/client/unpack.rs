//! Decompresses response bodies.

use std::io::{BufRead, Error as IoError, ErrorKind, Read};
use std::time::{Duration, Instant};

use bytes::{Buf, Bytes};
use flate2::bufread::GzDecoder;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

use crate::error::Error;
use crate::transport::announced_length;

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
    let encoding = encoding_of(response.headers());
    let body = response.into_body();
    if is_gzip(&body) {
        return gunzip(&body, host, limit, deadline);
    }
    check_encoding(encoding, &body)?;
    Ok(body)
}

/// Checks that a body that is not gzip is not compressed in another way.
fn check_encoding(encoding: String, body: &[u8]) -> Result<(), Error> {
    match &*encoding.to_ascii_lowercase() {
        // An uncompressed body is accepted, even if the header announces a compression.
        "" | "identity" | "gzip" | "x-gzip" => Ok(()),
        _ if body.trim_ascii_start().starts_with(b"<") || body.is_empty() => Ok(()),
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
            Err(e) => return Err(gzip_error(e, host, compressed.len())),
        }
    }
}

/// Returns the error for a body that cannot be decompressed.
fn gzip_error(error: IoError, host: &str, received: usize) -> Error {
    match error.kind() {
        ErrorKind::UnexpectedEof => Error::Truncated { host: host.to_owned(), received, source: Box::new(error) },
        _ => Error::Encoding { host: None, encoding: "gzip".to_owned(), source: Some(Box::new(error)) },
    }
}

/// Returns the header `Content-Encoding`, or nothing.
fn encoding_of(headers: &HeaderMap) -> String {
    let encoding = headers.get(CONTENT_ENCODING).map(|value| String::from_utf8_lossy(value.as_bytes()));
    encoding.map_or_else(String::new, |value| value.trim().to_owned())
}

/// The number of bytes that an [`Unpacker`] returns at once.
const STEP: usize = 64 << 10;

/// A response body that is decompressed while it arrives, as [`unpack`] does it at once.
pub(super) struct Unpacker {
    host: String,
    encoding: String,
    limit: usize,
    received: usize,
    unpacked: usize,
    compression: Compression,
}

enum Compression {
    /// The first bytes, which do not yet show whether the body is compressed.
    Unknown(Vec<u8>),
    None,
    Gzip(Box<GzDecoder<Queue>>),
    /// The first member is unpacked, and what follows it is ignored.
    Ended,
}

impl Unpacker {
    /// Creates an unpacker for a body of the server at `host` with these headers, of up to `limit` bytes, compressed or
    /// not.
    ///
    /// # Errors
    /// If the headers announce a body that is too large.
    pub(super) fn new(host: String, headers: &HeaderMap, limit: usize) -> Result<Self, Error> {
        if announced_length(headers).is_some_and(|length| length > limit) {
            return Err(Error::TooLarge { host: None, limit });
        }
        let compression = Compression::Unknown(Vec::new());
        Ok(Self { host, encoding: encoding_of(headers), limit, received: 0, unpacked: 0, compression })
    }

    /// Returns the number of bytes that were unpacked.
    pub(super) fn unpacked(&self) -> usize {
        self.unpacked
    }

    /// Returns `true` if bytes that arrived are still to be unpacked.
    pub(super) fn has_more(&self) -> bool {
        matches!(&self.compression, Compression::Gzip(decoder) if !decoder.get_ref().is_drained)
    }

    /// Returns what some of the bytes that arrived become, so few that the rest of the program does not have to wait. Takes
    /// bytes from `chunk` if it needs more.
    ///
    /// # Errors
    /// If the body is too large, or cannot be decompressed.
    pub(super) fn unpack(&mut self, chunk: &mut Bytes) -> Result<Vec<u8>, Error> {
        if let Compression::Gzip(decoder) = &mut self.compression {
            if decoder.get_ref().bytes.is_empty() {
                self.received += chunk.len();
                decoder.get_mut().push(std::mem::take(chunk));
                self.check_size(self.received)?;
            }
            return self.gunzip();
        }
        let bytes = chunk.split_to(chunk.len().min(STEP));
        self.received += bytes.len();
        self.check_size(self.received)?;
        match &mut self.compression {
            Compression::None => self.count(bytes.into()),
            Compression::Unknown(first) => {
                first.extend_from_slice(&bytes);
                let is_known = first.len() > 1 && !first.trim_ascii_start().is_empty();
                if is_known { self.unpack_first() } else { Ok(Vec::new()) }
            }
            Compression::Gzip(_) | Compression::Ended => Ok(Vec::new()),
        }
    }

    /// Determines the compression by the first bytes, and returns them if they are not compressed.
    fn unpack_first(&mut self) -> Result<Vec<u8>, Error> {
        let Compression::Unknown(first) = std::mem::replace(&mut self.compression, Compression::None) else {
            return Ok(Vec::new());
        };
        if is_gzip(&first) {
            let mut queue = Queue::default();
            queue.push(first.into());
            self.compression = Compression::Gzip(Box::new(GzDecoder::new(queue)));
            return Ok(Vec::new());
        }
        check_encoding(self.encoding.clone(), &first)?;
        self.count(first)
    }

    /// Decompresses some bytes of the first member.
    fn gunzip(&mut self) -> Result<Vec<u8>, Error> {
        let Compression::Gzip(decoder) = &mut self.compression else { return Ok(Vec::new()) };
        let mut unpacked = vec![0; STEP];
        match decoder.read(&mut unpacked) {
            Ok(0) => {
                self.compression = Compression::Ended;
                Ok(Vec::new())
            }
            Ok(length) => {
                unpacked.truncate(length);
                self.count(unpacked)
            }
            Err(e) if e.kind() == ErrorKind::WouldBlock => {
                decoder.get_mut().is_drained = true;
                Ok(Vec::new())
            }
            Err(e) => Err(gzip_error(e, &self.host, self.received)),
        }
    }

    /// Returns what is left at the end of the body. Nothing is left if it is empty.
    ///
    /// # Errors
    /// If a compressed body breaks off.
    pub(super) fn finish(&mut self) -> Result<Vec<u8>, Error> {
        match &mut self.compression {
            Compression::Unknown(_) => self.unpack_first(),
            Compression::Gzip(decoder) => {
                decoder.get_mut().has_ended = true;
                self.gunzip()
            }
            Compression::None | Compression::Ended => Ok(Vec::new()),
        }
    }

    fn count(&mut self, unpacked: Vec<u8>) -> Result<Vec<u8>, Error> {
        self.unpacked += unpacked.len();
        self.check_size(self.unpacked)?;
        Ok(unpacked)
    }

    fn check_size(&self, size: usize) -> Result<(), Error> {
        if size > self.limit { Err(Error::TooLarge { host: None, limit: self.limit }) } else { Ok(()) }
    }
}

/// The compressed bytes that arrived. To read more of them would block.
#[derive(Default)]
struct Queue {
    bytes: Bytes,
    has_ended: bool,
    /// `true` if they are decompressed, and all that they became was returned.
    is_drained: bool,
}

impl Queue {
    fn push(&mut self, bytes: Bytes) {
        self.is_drained &= bytes.is_empty();
        self.bytes = bytes;
    }
}

impl BufRead for Queue {
    fn fill_buf(&mut self) -> Result<&[u8], IoError> {
        if self.bytes.is_empty() && !self.has_ended { Err(ErrorKind::WouldBlock.into()) } else { Ok(&self.bytes) }
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.advance(amount);
    }
}

impl Read for Queue {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, IoError> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

/// Returns the error for a response that arrived, but was not read in time.
pub(super) fn reading_timeout(host: String, after: Duration) -> Error {
    let source = IoError::new(ErrorKind::TimedOut, "the response arrived, but the time was up before it was read");
    Error::Timeout { host, after, source: Box::new(source) }
}
