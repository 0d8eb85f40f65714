//! Connections that break at every stage, and what is sent again after that.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use plesk::transport::{Bounds, BoxFuture, Bytes};
use plesk::{Batch, BuildWith, Error, ErrorCode, RetryPolicy, blocking, customer, session};

use crate::support::{KEY, Subject, TERMINATED, Way, http, packet, read_request, serve, serve_after_drops, serve_many};

/// Three attempts, without waiting.
fn at_once() -> RetryPolicy {
    RetryPolicy::attempts(3).pauses(Duration::ZERO, Duration::ZERO)
}

/// Where a connection breaks.
#[derive(Clone, Copy, Debug)]
enum Break {
    AfterRequest,
    InHeaders,
    AfterHeaders,
    MidBody,
    Unavailable,
}

const BREAKS: [Break; 5] =
    [Break::AfterRequest, Break::InHeaders, Break::AfterHeaders, Break::MidBody, Break::Unavailable];

/// A server whose first connections break there, and whose last one gets `answer`.
fn breaking(way: Way, at: Break, breaks: usize, answer: &str) -> crate::support::Server {
    let whole = http("200 OK", &packet(answer));
    let body = whole.find("\r\n\r\n").unwrap() + 4;
    serve_many(way, breaks + 1, move |number, mut stream| {
        let sent = match at {
            _ if number == breaks => whole.clone(),
            Break::AfterRequest => String::new(),
            Break::InHeaders => whole[..20].to_owned(),
            Break::AfterHeaders => whole[..body].to_owned(),
            Break::MidBody => whole[..body + 30].to_owned(),
            Break::Unavailable => http("503 Service Unavailable", "<h1>Maintenance</h1>"),
        };
        let _ = stream.write_all(sent.as_bytes());
    })
}

const GONE: &str = "<customer><del><result><status>error</status><errcode>1013</errcode><errtext>no such customer</errtext><filter-id>7</filter-id></result></del></customer>";
const NO_SESSIONS: &str = "<session><get><result><status>ok</status></result></get></session>";
const ADDED: &str = "<customer><add><result><status>ok</status><id>7</id><guid>g</guid></result></add></customer>";

fn what_does_no_harm_is_sent_again_wherever_it_broke<S: Subject>(way: Way) {
    for at in BREAKS {
        let server = breaking(way, at, 2, NO_SESSIONS);
        let client = server.builder::<S>().retry(at_once()).build().unwrap();
        let mut batch = Batch::new();
        let get = batch.push(session::Get::new());
        let reply = client.send_batch(batch).unwrap();
        assert_eq!(reply.attempts(), 3, "{at:?}");
        reply.take(get).unwrap().unwrap();
        let requests = server.requests();
        assert!(requests.iter().all(|request| *request == requests[0] || request.contains("<session><get/>")));
    }
}

fn a_create_is_never_sent_twice<S: Subject>(way: Way) {
    for at in BREAKS {
        let requests = Arc::new(AtomicU32::new(0));
        let counted = requests.clone();
        let server = serve_many(way, 1, move |_, mut stream| {
            counted.fetch_add(1, Ordering::SeqCst);
            let whole = http("200 OK", &packet(ADDED));
            let sent = match at {
                Break::AfterRequest => 0,
                Break::InHeaders => 20,
                _ => whole.len() - 20,
            };
            let _ = stream.write_all(&whole.as_bytes()[..sent]);
        });
        let client = server.builder::<S>().retry(at_once()).build().unwrap();
        let error = client.send(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "pw"))).unwrap_err();
        // A second attempt would find nobody listening, and be another error.
        assert!(matches!(error, Error::NoAnswer { .. } | Error::Truncated { .. }), "{at:?}: {error:?}");
        assert_eq!(requests.load(Ordering::SeqCst), 1);
    }
}

fn what_an_earlier_attempt_deleted_counts_as_done<S: Subject>(way: Way) {
    let del = || customer::Del::new(customer::Filter::id(7));
    let server = breaking(way, Break::MidBody, 1, GONE);
    let client = server.builder::<S>().retry(at_once()).build().unwrap();
    let answer = client.send(del()).unwrap();
    assert_eq!(answer.as_slice()[0].errcode, Some(ErrorCode::NOT_FOUND));
    assert_eq!(answer.all_ok().unwrap()[0].filter_id.as_deref(), Some("7"));
    // At the first attempt it is what the server says it is.
    let first = serve(way, http("200 OK", &packet(GONE))).client::<S>().send(del()).unwrap();
    assert_eq!(first.into_single().unwrap().unwrap_err().code, Some(ErrorCode::NOT_FOUND));
    // After an attempt that was refused as a whole too, as that deleted nothing.
    let busy = "<system><status>error</status><errcode>1008</errcode><errtext>busy</errtext></system>";
    let server = serve_many(way, 2, move |number, mut stream| {
        let _ = stream.write_all(http("200 OK", &packet([busy, GONE][number])).as_bytes());
    });
    let client = server.builder::<S>().retry(at_once()).build().unwrap();
    let second = client.send(del()).unwrap().into_single().unwrap();
    assert_eq!(second.unwrap_err().code, Some(ErrorCode::NOT_FOUND));
    assert_eq!(server.requests().len(), 2);
    // By login it may be another customer by now, so that it is not sent again at all.
    let server = serve(way, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<packet>");
    let client = server.builder::<S>().retry(at_once()).build().unwrap();
    let error = client.send(customer::Del::new(customer::Filter::login("jo"))).unwrap_err();
    assert!(matches!(error, Error::Truncated { .. }), "{error:?}");
}

/// Nothing listens at first: then even a create may be sent again.
fn what_reached_nobody_is_sent_again_whatever_it_does<S: Subject>(way: Way) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let scheme = if way == Way::Tls { "https" } else { "http" };
    let policy = RetryPolicy::attempts(4).pauses(Duration::from_millis(10), Duration::from_millis(10));
    let (attempts, add) = (Arc::new(AtomicU32::new(0)), customer::AddGenInfo::new("Jo", "jo", "pw"));
    let seen = attempts.clone();
    let client = S::builder(&format!("{scheme}://{address}"))
        .secret_key(KEY)
        .danger_plain_http()
        .retry(policy)
        .inspect(move |exchange| seen.store(exchange.attempt(), Ordering::SeqCst))
        .build()
        .unwrap();
    let error = client.send(customer::Add::new(add)).unwrap_err();
    assert!(matches!(error, Error::Connect { .. }), "{error:?}");
    assert_eq!(attempts.load(Ordering::SeqCst), 4);
}

/// The server hangs up before it reads: over TLS nothing was sent by then, over plain HTTP nobody knows.
fn a_connection_that_is_dropped_unread_is_no_reason_to_create_twice<S: Subject>(way: Way) {
    let served = |operation: &str, answer: &str| {
        let (count, operation, answer) = (Arc::new(AtomicU32::new(0)), operation.to_owned(), packet(answer));
        let (executed, host) = (
            count.clone(),
            serve_after_drops(way, 2, move |mut stream| {
                let request = read_request(&mut *stream);
                count.fetch_add(u32::from(request.contains(&operation)), Ordering::SeqCst);
                let _ = stream.write_all(http("200 OK", &answer).as_bytes());
            }),
        );
        (executed, host.builder::<S>().retry(at_once()).build().unwrap())
    };
    let (executed, client) = served("<session><get/>", NO_SESSIONS);
    client.send(session::Get::new()).unwrap().unwrap();
    assert_eq!(executed.load(Ordering::SeqCst), 1);

    let (executed, client) = served("<customer><add>", ADDED);
    let added = client.send(customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "pw")));
    match way {
        Way::Tls => assert_eq!(added.unwrap().unwrap().id.get(), 7),
        Way::Plain => assert!(matches!(added, Err(Error::NoAnswer { .. })), "{added:?}"),
    }
    assert_eq!(executed.load(Ordering::SeqCst), u32::from(way == Way::Tls));
}

fn nothing_is_sent_again_unless_asked_for<S: Subject>(way: Way) {
    let server = serve(way, "");
    let error = server.client::<S>().send(session::Get::new()).unwrap_err();
    assert!(matches!(error, Error::NoAnswer { .. }), "{error:?}");
}

fn the_deadline_ends_all_attempts<S: Subject>(_way: Way) {
    let nowhere = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let policy = RetryPolicy::attempts(u32::MAX)
        .pauses(Duration::from_millis(20), Duration::from_millis(20))
        .deadline(Duration::from_millis(200));
    let builder = S::builder(&format!("http://{nowhere}")).secret_key(KEY).danger_plain_http();
    let started = Instant::now();
    let error = builder.retry(policy).build().unwrap().send(session::Get::new()).unwrap_err();
    assert!(matches!(error, Error::Connect { .. }), "{error:?}");
    assert!((100..2000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
}

/// A network that reaches nobody at first and takes a second for each answer then. It notes how
/// often it was used.
#[derive(Clone, Default)]
struct Slow(Arc<AtomicU32>);

impl Slow {
    fn next(&self) -> (Duration, Result<http::Response<Vec<u8>>, Error>) {
        if self.0.fetch_add(1, Ordering::SeqCst) > 0 {
            return (Duration::from_secs(1), Ok(http::Response::new(packet(TERMINATED).into_bytes())));
        }
        let (host, problem) = ("panel.example:8443".to_owned(), "a fault of the test".to_owned());
        let source = Box::new(std::io::Error::other("a fault of the test"));
        (Duration::ZERO, Err(Error::Connect { host, problem, source }))
    }
}

impl plesk::transport::Transport for Slow {
    fn exchange(
        &self,
        _request: http::Request<Bytes>,
        _bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>> {
        Box::pin(async {
            let (pause, outcome) = self.next();
            tokio::time::sleep(pause).await;
            outcome
        })
    }
}

impl blocking::Transport for Slow {
    fn exchange(&self, _request: http::Request<Bytes>, _bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        let (pause, outcome) = self.next();
        thread::sleep(pause);
        outcome
    }
}

/// A network that loses the answer to the first attempt, and reaches nobody after that.
#[derive(Clone, Default)]
struct Dying(Arc<AtomicU32>);

impl Dying {
    fn next(&self) -> Error {
        let (host, problem) = ("panel.example:8443".to_owned(), "a fault of the test".to_owned());
        let source = Box::new(std::io::Error::other("a fault of the test"));
        match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => Error::NoAnswer { host, problem, source },
            _ => Error::Connect { host, problem, source },
        }
    }
}

impl plesk::transport::Transport for Dying {
    fn exchange(
        &self,
        _request: http::Request<Bytes>,
        _bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>> {
        Box::pin(async { Err(self.next()) })
    }
}

impl blocking::Transport for Dying {
    fn exchange(&self, _request: http::Request<Bytes>, _bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        Err(self.next())
    }
}

/// The server may be down because of the very packet: "nothing was sent" would not be true of it.
fn that_the_last_attempt_reached_nobody_does_not_mean_that_none_did<S: Subject + BuildWith<Dying>>() {
    let dying = Dying::default();
    let builder = S::builder("https://panel.example:8443").secret_key(KEY).retry(at_once());
    let error = builder.build_with(dying.clone()).unwrap().send(session::Get::new()).unwrap_err();
    assert_eq!(dying.0.load(Ordering::SeqCst), 3);
    assert!(matches!(error, Error::NoAnswer { .. }) && !error.is_unsent(), "{error:?}");
}

/// Between two attempts another request takes the only place, until after the deadline.
fn no_attempt_begins_after_the_deadline<S: Subject + BuildWith<Slow>>() {
    let slow = Slow::default();
    let pause = Duration::from_millis(600);
    let policy = RetryPolicy::attempts(2).pauses(pause, pause).deadline(Duration::from_millis(800));
    let builder = S::builder("https://panel.example:8443").secret_key(KEY).max_in_flight(1).retry(policy);
    let client = builder.build_with(slow.clone()).unwrap();
    thread::scope(|scope| {
        let late = scope.spawn(|| client.send(session::Terminate::new("x")).unwrap_err());
        while slow.0.load(Ordering::SeqCst) == 0 {
            thread::yield_now();
        }
        client.send(session::Terminate::new("x")).unwrap().unwrap();
        let error = late.join().unwrap();
        assert!(matches!(error, Error::Connect { .. }), "{error:?}");
    });
    assert_eq!(slow.0.load(Ordering::SeqCst), 2);
}

/// A network that answers one request, and only when it is told to.
#[derive(Clone, Default)]
struct Held {
    begun: Arc<AtomicU32>,
    released: Arc<AtomicU32>,
}

impl Held {
    fn is_released(&self) -> bool {
        self.released.load(Ordering::SeqCst) > 0
    }

    fn answer() -> Result<http::Response<Vec<u8>>, Error> {
        Ok(http::Response::new(packet(TERMINATED).into_bytes()))
    }
}

impl plesk::transport::Transport for Held {
    fn exchange(
        &self,
        _request: http::Request<Bytes>,
        _bounds: Bounds,
    ) -> BoxFuture<'_, Result<http::Response<Vec<u8>>, Error>> {
        Box::pin(async {
            self.begun.fetch_add(1, Ordering::SeqCst);
            while !self.is_released() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            Self::answer()
        })
    }
}

impl blocking::Transport for Held {
    fn exchange(&self, _request: http::Request<Bytes>, _bounds: Bounds) -> Result<http::Response<Vec<u8>>, Error> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        while !self.is_released() {
            thread::sleep(Duration::from_millis(1));
        }
        Self::answer()
    }
}

/// Without retries too; and who waited in vain is not in the way of others.
fn a_turn_is_waited_for_until_the_deadline<S: Subject + BuildWith<Held>>() {
    let held = Held::default();
    let builder = S::builder("https://panel.example:8443").secret_key(KEY).max_in_flight(1);
    let policy = RetryPolicy::attempts(1).deadline(Duration::from_millis(500));
    let client = builder.retry(policy).build_with(held.clone()).unwrap();
    thread::scope(|scope| {
        let first = scope.spawn(|| client.send(session::Terminate::new("x")).unwrap().unwrap());
        while held.begun.load(Ordering::SeqCst) == 0 && !first.is_finished() {
            thread::yield_now();
        }
        let started = Instant::now();
        let late: Vec<_> =
            (0..3).map(|_| scope.spawn(|| client.send(session::Terminate::new("x")).unwrap_err())).collect();
        for late in late {
            let error = late.join().unwrap();
            assert!(error.is_unsent() && error.host() == Some("panel.example:8443"), "{error}");
            assert_error!(error, Error::QueueTimeout { .. }, "nothing was sent", "500ms", "max_in_flight");
        }
        assert!((500..5000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
        assert_eq!(held.begun.load(Ordering::SeqCst), 1);
        held.released.store(1, Ordering::SeqCst);
        first.join().unwrap();
    });
    client.send(session::Terminate::new("x")).unwrap().unwrap();
}

both!(
    that_the_last_attempt_reached_nobody_does_not_mean_that_none_did,
    no_attempt_begins_after_the_deadline,
    a_turn_is_waited_for_until_the_deadline,
);

suite!(
    what_does_no_harm_is_sent_again_wherever_it_broke,
    a_create_is_never_sent_twice,
    what_an_earlier_attempt_deleted_counts_as_done,
    what_reached_nobody_is_sent_again_whatever_it_does,
    a_connection_that_is_dropped_unread_is_no_reason_to_create_twice,
    nothing_is_sent_again_unless_asked_for,
    the_deadline_ends_all_attempts,
);
