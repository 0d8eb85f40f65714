//! What an answer may cost, and how it may be packed; proxies; requests in flight.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use plesk::transport::{Bounds, BoxFuture, Bytes};
use plesk::{BuildWith, Error, blocking, customer, session};
use plesk_sim::Sim;

use crate::support::{KEY, Subject, TERMINATED, Way, packet, read_request, serve, serve_many};

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// An answer with a packed body.
fn packed(encoding: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 200 OK\r\n{encoding}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn a_packed_answer_is_unpacked<S: Subject>(way: Way) {
    let body = gzip(packet(TERMINATED).as_bytes());
    // Also where a proxy lost the header that says so.
    for encoding in ["Content-Encoding: gzip\r\n", "Content-Encoding: x-gzip\r\n", ""] {
        let server = serve(way, packed(encoding, &body));
        server.client::<S>().send(session::Terminate::new("x")).unwrap().unwrap();
        assert!(server.request().to_ascii_lowercase().contains("\r\naccept-encoding: gzip\r\n"));
    }
    // And by a client without a limit.
    let server = serve(way, packed("", &body));
    let client = server.builder::<S>().max_response_size(usize::MAX).build().unwrap();
    client.send(session::Terminate::new("x")).unwrap().unwrap();
    // And where a header says so of a body in the clear.
    let server = serve(way, packed("Content-Encoding: br\r\n", packet(TERMINATED).as_bytes()));
    server.client::<S>().send(session::Terminate::new("x")).unwrap().unwrap();
}

fn a_packed_answer_that_cannot_be_unpacked_says_so<S: Subject>(way: Way) {
    let whole = gzip(packet(TERMINATED).as_bytes());
    let error_after =
        |answer: Vec<u8>| serve(way, answer).client::<S>().send(session::Terminate::new("x")).unwrap_err();
    let cut = packed("Content-Encoding: gzip\r\n", &whole[..whole.len() - 9]);
    // As where the text breaks off that is not packed: what may be sent again then is.
    assert_error!(error_after(cut), Error::Truncated { .. }, "broke off");
    let wrong = packed("Content-Encoding: gzip\r\n", &[&whole[..10], &[0xFF; 30]].concat());
    assert_error!(error_after(wrong), Error::Encoding { source: Some(_), .. }, "gzip", "cannot be unpacked");
    let other = packed("Content-Encoding: br\r\n", b"\x0b\x02\x80");
    assert_error!(error_after(other), Error::Encoding { source: None, .. }, "(br)", "only gzip");
    let error = error_after(packed(&format!("Content-Encoding: {KEY}\r\n"), b"packed"));
    assert_error!(&error, Error::Encoding { source: None, .. }, "(***)");
    assert!(!format!("{error:?}").contains(KEY), "{error:?}");
}

/// A megabyte that unpacks to a gigabyte costs no more than the limit.
fn a_packed_answer_counts_as_what_it_unpacks_to<S: Subject>(way: Way) {
    let server = serve(way, packed("Content-Encoding: gzip\r\n", &gzip(&vec![b' '; 8 << 20])));
    let client = server.builder::<S>().max_response_size(1 << 20).build().unwrap();
    let error = client.send(session::Terminate::new("x")).unwrap_err();
    assert_error!(error, Error::TooLarge { limit: 1_048_576, .. }, "max_response_size");
}

/// What it weighs does not matter, as it is not read.
fn a_redirect_that_is_too_large_is_a_redirect<S: Subject>(way: Way) {
    let server = serve(way, "HTTP/1.1 302 Found\r\nLocation: https://other.example/\r\nContent-Length: 2000\r\n\r\n");
    let client = server.builder::<S>().max_response_size(1000).build().unwrap();
    let error = client.send(session::Terminate::new("x")).unwrap_err();
    assert_error!(error, Error::Redirect { status: 302, .. }, "https://other.example/");
}

/// An answer of very many very short results takes much more memory than text.
fn an_answer_that_takes_too_much_memory_is_refused<S: Subject>(way: Way) {
    let results = |count: usize| {
        packed("", packet(&format!("<customer><del>{}</del></customer>", "<result/>".repeat(count))).as_bytes())
    };
    let answer = |memory: Option<usize>, count: usize| {
        let server = serve(way, results(count));
        let builder =
            memory.into_iter().fold(server.builder::<S>(), |builder, bytes| builder.max_response_memory(bytes));
        builder.build().unwrap().send(customer::Del::new(customer::Filter::id(7)))
    };
    let error = answer(None, 1_000_000).unwrap_err();
    assert_error!(&error, Error::TooMuchMemory { limit: 536_870_912, .. }, "max_response_memory", "look before");
    assert!(error.host().is_some_and(|host| error.to_string().contains(host)), "{error}");
    assert_eq!(answer(Some(1 << 20), 100).unwrap().len(), 100);
    assert_error!(answer(Some(1 << 20), 5_000).unwrap_err(), Error::TooMuchMemory { .. }, "1048576 bytes");
}

fn connections_are_kept_and_used_again<S: Subject>(way: Way) {
    let server = serve_many(way, 1, |_, mut stream| {
        let answer = packed("", packet(TERMINATED).as_bytes());
        for _ in 0..3 {
            stream.write_all(&answer).and_then(|()| stream.flush()).expect("a client");
            read_request(&mut *stream);
        }
    });
    let client = server.client::<S>();
    for _ in 0..3 {
        client.send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

/// A network that notes how many requests it carries at once.
#[derive(Clone, Default)]
struct Counting {
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Counting {
    fn begin(&self) {
        self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
    }

    fn end(&self) -> Result<http::Response<Vec<u8>>, Error> {
        self.now.fetch_sub(1, Ordering::SeqCst);
        Ok(http::Response::new(packet(TERMINATED).into_bytes()))
    }
}

impl plesk::transport::Transport for Counting {
    fn exchange(
        &self,
        _request: http::Request<Bytes>,
        _bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>> {
        Box::pin(async {
            self.begin();
            tokio::time::sleep(Duration::from_millis(5)).await;
            self.end()
        })
    }
}

impl blocking::Transport for Counting {
    fn exchange(&self, _request: http::Request<Bytes>, _bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        self.begin();
        thread::sleep(Duration::from_millis(5));
        self.end()
    }
}

fn as_many_requests_are_in_flight_as_allowed_and_no_more<S: Subject + BuildWith<Counting>>() {
    let counting = Counting::default();
    let builder = S::builder("https://panel.example:8443").secret_key(KEY).max_in_flight(3);
    let client = builder.build_with(counting.clone()).unwrap();
    thread::scope(|scope| {
        for _ in 0..30 {
            scope.spawn(|| client.send(session::Terminate::new("x")).unwrap().unwrap());
        }
    });
    assert_eq!((counting.most.load(Ordering::SeqCst), counting.now.load(Ordering::SeqCst)), (3, 0));
}

/// A future that is dropped gives its place back, and its connection.
#[tokio::test]
async fn cancelled_requests_leave_the_client_intact() {
    let sim = Sim::start().unwrap();
    let client = plesk::Client::builder(sim.url())
        .secret_key(sim.secret_key())
        .root_certificate(sim.certificate_pem())
        .max_in_flight(1)
        .build()
        .unwrap();
    for microseconds in (0..20).map(|step| step * 150) {
        let sent = client.send(session::Get::new());
        let _ = tokio::time::timeout(Duration::from_micros(microseconds), sent).await;
    }
    client.send(session::Get::new()).await.unwrap().unwrap();
}

/// A proxy is asked to connect, with its own credentials, and sees nothing else.
fn a_proxy_is_gone_through<S: Subject>(_way: Way) {
    let proxy = serve(Way::Plain, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    let url = proxy.url.replace("http://", "http://me:hunter2@");
    let client = S::builder("https://panel.example:8443").secret_key(KEY).proxy(url).build().unwrap();
    let error = client.send(session::Get::new()).unwrap_err();
    assert_error!(&error, Error::Connect { .. }, "panel.example:8443");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    let request = proxy.request().to_ascii_lowercase();
    assert!(request.starts_with("connect panel.example:8443 http/1.1\r\n"), "{request}");
    assert!(request.contains("\r\nproxy-authorization: basic bwu6ahvudgvymg==\r\n"), "{request}");
    assert!(!request.contains(KEY), "{request}");
}

suite!(
    a_packed_answer_is_unpacked,
    a_packed_answer_that_cannot_be_unpacked_says_so,
    a_packed_answer_counts_as_what_it_unpacks_to,
    a_redirect_that_is_too_large_is_a_redirect,
    an_answer_that_takes_too_much_memory_is_refused,
    connections_are_kept_and_used_again,
    a_proxy_is_gone_through,
);

both!(as_many_requests_are_in_flight_as_allowed_and_no_more);
