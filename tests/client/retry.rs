//! Connections that break at every stage, and what is sent again afterwards.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use plesk::{Batch, Error, ErrorCode, RetryPolicy, customer, session};

use crate::support::{
    ADDED, AnyClient, Attempt, FakeTransport, KEY, Scheme, Server, TERMINATED, connect_error, http_response,
    no_response_error, packet, read_request, serve, serve_after_drops, serve_many,
};

/// Three attempts without pauses.
fn three_attempts() -> RetryPolicy {
    RetryPolicy::attempts(3).pauses(Duration::ZERO, Duration::ZERO)
}

fn add() -> customer::Add {
    customer::Add::new(customer::AddGenInfo::new("Jo", "jo", "pw"))
}

/// The point at which a connection breaks, or a failure in place of the response.
#[derive(Clone, Copy, Debug)]
enum Break {
    AfterRequest,
    InHeaders,
    AfterHeaders,
    InBody,
    Unavailable,
}

const BREAKS: [Break; 5] =
    [Break::AfterRequest, Break::InHeaders, Break::AfterHeaders, Break::InBody, Break::Unavailable];

/// Starts a server whose first `breaks` connections break, and that responds to the next one with `content`.
fn serve_after_breaks(scheme: Scheme, at: Break, breaks: usize, content: &str) -> Server {
    let whole = http_response("200 OK", &packet(content));
    let body = whole.find("\r\n\r\n").unwrap() + 4;
    serve_many(scheme, breaks + 1, move |number, mut stream| {
        let sent = match at {
            _ if number == breaks => whole.clone(),
            Break::AfterRequest => String::new(),
            Break::InHeaders => whole[..20].to_owned(),
            Break::AfterHeaders => whole[..body].to_owned(),
            Break::InBody => whole[..body + 30].to_owned(),
            Break::Unavailable => http_response("503 Service Unavailable", "<h1>Maintenance</h1>"),
        };
        let _ = stream.write_all(sent.as_bytes());
    })
}

const GONE: &str = "<customer><del><result><status>error</status><errcode>1013</errcode><errtext>no such customer</errtext><filter-id>7</filter-id></result></del></customer>";
const NO_SESSIONS: &str = "<session><get><result><status>ok</status></result></get></session>";

fn idempotent_packet_is_sent_again_wherever_the_connection_broke<C: AnyClient>(scheme: Scheme) {
    for at in BREAKS {
        let server = serve_after_breaks(scheme, at, 2, NO_SESSIONS);
        let client = server.builder::<C>().retry(three_attempts()).build().unwrap();
        let mut batch = Batch::new();
        let get = batch.push(session::Get::new());
        let response = client.send_batch(batch).unwrap();
        assert_eq!(response.attempts(), 3, "{at:?}");
        response.take(get).unwrap().unwrap();
        let requests = server.requests();
        let [first, second, third] = &requests[..] else { panic!("{at:?}: {requests:?}") };
        let (_, body) = first.split_once("\r\n\r\n").unwrap();
        assert_eq!(body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet><session><get/></session></packet>");
        assert_eq!((second, third), (first, first), "{at:?}");
    }
}

fn create_is_not_sent_again_wherever_the_connection_broke<C: AnyClient>(scheme: Scheme) {
    for at in BREAKS {
        // A second attempt would succeed.
        let server = serve_after_breaks(scheme, at, 1, ADDED);
        let client = server.builder::<C>().retry(three_attempts()).build().unwrap();
        let error = client.send(add()).unwrap_err();
        let is_expected = match at {
            Break::AfterRequest | Break::InHeaders => matches!(error, Error::NoResponse { .. }),
            Break::AfterHeaders | Break::InBody => matches!(error, Error::Truncated { .. }),
            Break::Unavailable => matches!(error, Error::Status { status: 503, .. }),
        };
        assert!(is_expected, "{at:?}: {error:?}");
    }
}

fn delete_by_id_counts_an_object_deleted_by_an_earlier_attempt_as_success<C: AnyClient>(scheme: Scheme) {
    let del = || customer::Del::new(customer::Filter::id(7));
    let server = serve_after_breaks(scheme, Break::InBody, 1, GONE);
    let client = server.builder::<C>().retry(three_attempts()).build().unwrap();
    let answer = client.send(del()).unwrap();
    assert_eq!(answer.as_slice()[0].errcode, Some(ErrorCode::NOT_FOUND));
    assert_eq!(answer.all_ok().unwrap()[0].filter_id.as_deref(), Some("7"));
    // In the first attempt, "not found" is a fault.
    let first = serve(scheme, http_response("200 OK", &packet(GONE))).client::<C>().send(del()).unwrap();
    assert_eq!(first.into_single().unwrap().unwrap_err().code, Some(ErrorCode::NOT_FOUND));
    // So it is after an attempt that was refused as a whole, because that one deleted nothing.
    let busy = "<system><status>error</status><errcode>1008</errcode><errtext>busy</errtext></system>";
    let server = serve_many(scheme, 2, move |number, mut stream| {
        let _ = stream.write_all(http_response("200 OK", &packet([busy, GONE][number])).as_bytes());
    });
    let client = server.builder::<C>().retry(three_attempts()).build().unwrap();
    let second = client.send(del()).unwrap().into_single().unwrap();
    assert_eq!(second.unwrap_err().code, Some(ErrorCode::NOT_FOUND));
    assert_eq!(server.requests().len(), 2);
}

/// By now, the login may belong to a different customer.
fn delete_by_login_is_not_sent_again<C: AnyClient>(scheme: Scheme) {
    let server = serve_after_breaks(scheme, Break::InBody, 1, GONE);
    let client = server.builder::<C>().retry(three_attempts()).build().unwrap();
    let error = client.send(customer::Del::new(customer::Filter::login("jo"))).unwrap_err();
    assert!(matches!(error, Error::Truncated { .. }), "{error:?}");
}

/// No server listens: even a create may be sent again.
fn create_that_could_not_connect_is_sent_again<C: AnyClient>(scheme: Scheme) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let policy = RetryPolicy::attempts(4).pauses(Duration::from_millis(10), Duration::from_millis(10));
    let attempts = Arc::new(AtomicU32::new(0));
    let seen = attempts.clone();
    let client = C::builder(&format!("{}://{address}", scheme.name()))
        .secret_key(KEY)
        .danger_plain_http()
        .retry(policy)
        .inspect(move |exchange| seen.store(exchange.attempt(), Ordering::SeqCst))
        .build()
        .unwrap();
    let error = client.send(add()).unwrap_err();
    assert!(matches!(error, Error::Connect { .. }), "{error:?}");
    assert_eq!(attempts.load(Ordering::SeqCst), 4);
}

/// The server closes the connection before it reads the request. Over TLS nothing was sent by then; over
/// plain HTTP the client cannot know.
fn connection_closed_unread_repeats_a_create_only_over_tls<C: AnyClient>(scheme: Scheme) {
    let served = |operation: &str, content: &str| {
        let (count, operation, content) = (Arc::new(AtomicU32::new(0)), operation.to_owned(), packet(content));
        let executed = count.clone();
        let server = serve_after_drops(scheme, 2, move |mut stream| {
            let request = read_request(&mut *stream);
            count.fetch_add(u32::from(request.contains(&operation)), Ordering::SeqCst);
            let _ = stream.write_all(http_response("200 OK", &content).as_bytes());
        });
        (executed, server.builder::<C>().retry(three_attempts()).build().unwrap())
    };
    let (executed, client) = served("<session><get/>", NO_SESSIONS);
    client.send(session::Get::new()).unwrap().unwrap();
    assert_eq!(executed.load(Ordering::SeqCst), 1);

    let (executed, client) = served("<customer><add>", ADDED);
    let added = client.send(add());
    match scheme {
        Scheme::Https => assert_eq!(added.unwrap().unwrap().id.get(), 7),
        Scheme::Http => assert!(matches!(added, Err(Error::NoResponse { .. })), "{added:?}"),
    }
    assert_eq!(executed.load(Ordering::SeqCst), u32::from(scheme == Scheme::Https));
}

fn nothing_is_sent_again_by_default<C: AnyClient>(scheme: Scheme) {
    // A second attempt would succeed.
    let server = serve_after_breaks(scheme, Break::AfterRequest, 1, NO_SESSIONS);
    let error = server.client::<C>().send(session::Get::new()).unwrap_err();
    assert!(matches!(error, Error::NoResponse { .. }), "{error:?}");
}

fn deadline_ends_all_attempts<C: AnyClient>(_scheme: Scheme) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let policy = RetryPolicy::attempts(u32::MAX)
        .pauses(Duration::from_millis(20), Duration::from_millis(20))
        .deadline(Duration::from_millis(200));
    let builder = C::builder(&format!("http://{address}")).secret_key(KEY).danger_plain_http();
    let started = Instant::now();
    let error = builder.retry(policy).build().unwrap().send(session::Get::new()).unwrap_err();
    assert!(matches!(error, Error::Connect { .. }), "{error:?}");
    assert!((100..2000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
}

/// The server may be down because of this very packet: "nothing was sent" would be wrong.
fn earlier_lost_response_wins_over_a_later_connect_error<C: AnyClient>() {
    let transport = FakeTransport::new(|number, _| {
        Attempt::new(Err(if number == 0 { no_response_error() } else { connect_error() }))
    });
    let builder = C::builder("https://panel.example:8443").secret_key(KEY).retry(three_attempts());
    let error = builder.build_with(transport.clone()).unwrap().send(session::Get::new()).unwrap_err();
    assert_eq!(transport.started(), 3);
    assert!(matches!(error, Error::NoResponse { .. }) && !error.is_unsent(), "{error:?}");
}

/// Between two attempts, another request takes the only slot until after the deadline.
fn no_attempt_starts_after_the_deadline<C: AnyClient>() {
    let transport = FakeTransport::new(|number, _| match number {
        0 => Attempt::new(Err(connect_error())),
        _ => Attempt::respond(TERMINATED).after(Duration::from_secs(1)),
    });
    let pause = Duration::from_millis(600);
    let policy = RetryPolicy::attempts(2).pauses(pause, pause).deadline(Duration::from_millis(800));
    let builder = C::builder("https://panel.example:8443").secret_key(KEY).max_in_flight(1).retry(policy);
    let client = builder.build_with(transport.clone()).unwrap();
    thread::scope(|scope| {
        let late = scope.spawn(|| client.send(session::Terminate::new("x")).unwrap_err());
        while transport.started() == 0 {
            thread::yield_now();
        }
        client.send(session::Terminate::new("x")).unwrap().unwrap();
        let error = late.join().unwrap();
        assert!(matches!(error, Error::Connect { .. }), "{error:?}");
    });
    assert_eq!(transport.started(), 2);
}

/// This does not need retries, and requests that waited in vain do not block others.
fn waiting_for_a_slot_ends_at_the_deadline<C: AnyClient>() {
    let transport = FakeTransport::new(|_, _| Attempt::respond(TERMINATED)).blocked();
    let builder = C::builder("https://panel.example:8443").secret_key(KEY).max_in_flight(1);
    let policy = RetryPolicy::attempts(1).deadline(Duration::from_millis(500));
    let client = builder.retry(policy).build_with(transport.clone()).unwrap();
    thread::scope(|scope| {
        let first = scope.spawn(|| client.send(session::Terminate::new("x")).unwrap().unwrap());
        while transport.started() == 0 && !first.is_finished() {
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
        assert_eq!(transport.started(), 1);
        transport.release();
        first.join().unwrap();
    });
    client.send(session::Terminate::new("x")).unwrap().unwrap();
}

fn retry_after_is_honored<C: AnyClient>() {
    for (header, at_least, attempts) in [("1", 1000, 2), ("0", 0, 2), ("no number", 0, 2), ("3600", 0, 1)] {
        let value = http::HeaderValue::from_static(header);
        let transport = FakeTransport::new(move |number, _| match number {
            0 => {
                let mut response = http::Response::new(Vec::new());
                *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
                response.headers_mut().insert(http::header::RETRY_AFTER, value.clone());
                Attempt::new(Ok(response))
            }
            _ => Attempt::respond("<session><get><result><status>ok</status></result></get></session>"),
        });
        let policy = RetryPolicy::attempts(2).pauses(Duration::ZERO, Duration::ZERO);
        let builder = C::builder("panel.example").secret_key(KEY).retry(policy).timeout(Duration::from_secs(60));
        let client = builder.build_with(transport.clone()).unwrap();
        let started = std::time::Instant::now();
        let result = client.send(session::Get::new());
        assert!(started.elapsed() >= Duration::from_millis(at_least), "{header}");
        assert_eq!((transport.started(), result.is_ok()), (attempts, attempts == 2), "{header}");
    }
}

/// The budget is that of all requests: five retries, and one more after ten answers.
fn budget_limits_the_retries_of_all_requests<C: AnyClient>() {
    let answer = "<session><get><result><status>ok</status></result></get></session>";
    let is_down = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let down = is_down.clone();
    let transport = FakeTransport::new(move |_, _| match down.load(std::sync::atomic::Ordering::SeqCst) {
        true => Attempt::new(Err(connect_error())),
        false => Attempt::respond(answer),
    });
    let policy = RetryPolicy::attempts(3).pauses(Duration::ZERO, Duration::ZERO).budget(5);
    let client = C::builder("panel.example").secret_key(KEY).retry(policy).build_with(transport.clone()).unwrap();
    let failed = |times: usize| (0..times).for_each(|_| drop(client.send(session::Get::new()).unwrap_err()));
    failed(4);
    assert_eq!(transport.started(), 4 + 5);
    is_down.store(false, std::sync::atomic::Ordering::SeqCst);
    (0..10).for_each(|_| drop(client.send(session::Get::new()).unwrap()));
    is_down.store(true, std::sync::atomic::Ordering::SeqCst);
    failed(2);
    assert_eq!(transport.started(), 9 + 10 + 2 + 1);
}

test_with_both_clients!(
    retry_after_is_honored,
    budget_limits_the_retries_of_all_requests,
    earlier_lost_response_wins_over_a_later_connect_error,
    no_attempt_starts_after_the_deadline,
    waiting_for_a_slot_ends_at_the_deadline,
);

test_over_http_and_https!(
    idempotent_packet_is_sent_again_wherever_the_connection_broke,
    create_is_not_sent_again_wherever_the_connection_broke,
    delete_by_id_counts_an_object_deleted_by_an_earlier_attempt_as_success,
    delete_by_login_is_not_sent_again,
    create_that_could_not_connect_is_sent_again,
    connection_closed_unread_repeats_a_create_only_over_tls,
    nothing_is_sent_again_by_default,
    deadline_ends_all_attempts,
);
