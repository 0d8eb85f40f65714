//! Records requests and responses as they crossed the socket.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use hyper::body::Bytes;
use plesk_protocol::{request, response};
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Visitor, Writer};

/// A request and its response, as they crossed the socket.
///
/// `Debug` shows both packets without their secrets, for failed assertions. The bytes themselves contain
/// passwords and session IDs.
#[derive(Clone, PartialEq, Eq)]
pub struct Exchange {
    pub(crate) request: Bytes,
    pub(crate) response: Bytes,
    pub(crate) status: u16,
}

impl Exchange {
    /// Returns the body of the request.
    pub fn request(&self) -> &[u8] {
        &self.request
    }

    /// Returns the body of the response. It is empty if the connection was dropped without an answer.
    pub fn response(&self) -> &[u8] {
        &self.response
    }

    /// Returns the HTTP status of the response, or 0 if the connection was dropped without an answer.
    pub fn status(&self) -> u16 {
        self.status
    }

    fn len(&self) -> usize {
        self.request.len() + self.response.len()
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (request, response) =
            (redact::<request::Packet>(&self.request), redact::<response::Packet>(&self.response));
        write!(f, "Exchange({request} -> HTTP {} {response})", self.status)
    }
}

/// Returns a packet with `***` for every secret. Of anything else only the size is shown, because it is not
/// known what of it is secret.
fn redact<P: Content>(bytes: &[u8]) -> String {
    let packet =
        Reader::new(bytes, Strictness::Lenient, Limits::DEFAULT).and_then(|mut reader| reader.document::<P>("packet"));
    let Ok(packet) = packet else { return format!("[{} bytes that are no packet]", bytes.len()) };
    let mut writer = Writer::redacted();
    writer.visit_element("packet", 0, &packet);
    String::from_utf8_lossy(writer.as_bytes()).into_owned()
}

/// The largest total size of the recorded exchanges, in bytes.
const MAX_SIZE: usize = 64 << 20;

/// The last exchanges, in the order in which they ended.
pub(crate) struct Recorder {
    capacity: usize,
    recorded: Mutex<Recorded>,
}

#[derive(Default)]
struct Recorded {
    exchanges: VecDeque<Exchange>,
    /// The total size of the exchanges, in bytes.
    size: usize,
}

impl Recorder {
    /// Creates a recorder of at most `capacity` exchanges.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { capacity, recorded: Mutex::default() }
    }

    pub(crate) fn add(&self, exchange: Exchange) {
        if self.capacity == 0 {
            return;
        }
        let mut recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.size += exchange.len();
        recorded.exchanges.push_back(exchange);
        while recorded.exchanges.len() > self.capacity || recorded.size > MAX_SIZE {
            let Some(oldest) = recorded.exchanges.pop_front() else { break };
            recorded.size -= oldest.len();
        }
    }

    pub(crate) fn all(&self) -> Vec<Exchange> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner).exchanges.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(size: usize, status: u16) -> Exchange {
        Exchange { request: vec![b' '; size].into(), response: Bytes::new(), status }
    }

    #[test]
    fn recorder_forgets_the_oldest_exchanges() {
        let statuses = |recorder: &Recorder| recorder.all().iter().map(Exchange::status).collect::<Vec<_>>();
        let recorder = Recorder::new(2);
        (1..=4).for_each(|status| recorder.add(exchange(1, status)));
        assert_eq!(statuses(&recorder), [3, 4]);
        recorder.add(exchange(MAX_SIZE, 5));
        assert_eq!(statuses(&recorder), [5]);
        recorder.add(exchange(MAX_SIZE + 1, 6));
        assert!(statuses(&recorder).is_empty());
        recorder.add(exchange(1, 7));
        assert_eq!(statuses(&recorder), [7]);

        let off = Recorder::new(0);
        off.add(exchange(1, 1));
        assert!(off.all().is_empty());
    }

    #[test]
    fn debug_redacts_secrets_and_withholds_other_bytes() {
        let request = "<packet><customer><add><gen_info><pname>Jo</pname><login>jo</login><passwd>hush</passwd>\
            </gen_info></add></customer></packet>";
        let exchange = Exchange { request: request.into(), response: "hush".into(), status: 200 };
        let text = format!("{exchange:?}");
        assert!(text.contains("<login>jo</login><passwd>***</passwd>"), "{text}");
        assert!(text.ends_with("-> HTTP 200 [4 bytes that are no packet])"), "{text}");
    }
}
