//! The time that a request takes: what counts against it, and whom it keeps waiting.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use plesk::{Error, RetryPolicy, session};

use crate::support::{AnyClient, Async, KEY, Scheme, TERMINATED, http_response, packet, response_with, serve};

/// How much later than its timeout a call may return. The machine may be busy with other tests.
const TOLERANCE: Duration = Duration::from_millis(400);

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// A response that takes longer to read than to receive.
fn slow_to_read() -> Vec<u8> {
    packet(&"<a><b/></a>".repeat(1_500_000)).into_bytes()
}

fn reading_counts_against_timeout_and_deadline<C: AnyClient>(scheme: Scheme) {
    let timeout = Duration::from_millis(600);
    let bodies = [response_with("", &slow_to_read()), response_with("", &gzip(&slow_to_read()))];
    for body in bodies {
        for by_deadline in [false, true] {
            let builder = serve(scheme, body.clone()).builder::<C>();
            let client = match by_deadline {
                false => builder.timeout(timeout).build().unwrap(),
                true => builder.retry(RetryPolicy::attempts(1).deadline(timeout)).build().unwrap(),
            };
            let started = Instant::now();
            let result = client.send(session::Terminate::new("x"));
            let elapsed = started.elapsed();
            assert!(elapsed < timeout + TOLERANCE, "{elapsed:?}");
            // A fast machine may have read it.
            assert!(matches!(result, Err(Error::Timeout { .. } | Error::Mismatch(_))), "{result:?}");
        }
    }
}

/// Millions of empty members would take minutes to unpack, and have no content.
fn compressed_response_of_empty_members_is_empty_at_once<C: AnyClient>(scheme: Scheme) {
    let server = serve(scheme, response_with("Content-Encoding: gzip\r\n", &gzip(b"").repeat(400_000)));
    let started = Instant::now();
    let error = server.client::<C>().send(session::Terminate::new("x")).unwrap_err();
    assert_error!(error, Error::Empty { .. }, "is empty");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

fn durations_without_end_are_accepted<C: AnyClient>(scheme: Scheme) {
    let endless = Duration::MAX;
    let policy = RetryPolicy::attempts(2).pauses(Duration::ZERO, endless).deadline(endless);
    let server = serve(scheme, http_response("200 OK", &packet(TERMINATED)));
    let client = server.builder::<C>().timeout(endless).connect_timeout(endless).read_timeout(endless).retry(policy);
    client.build().unwrap().send(session::Terminate::new("x")).unwrap().unwrap();
}

/// The hook of the caller runs on another thread then.
fn panic_of_the_hook_while_reading_a_large_response_reaches_the_caller<C: AnyClient>(scheme: Scheme) {
    let body = packet(&format!("{TERMINATED}<!--{}-->", " ".repeat(200_000)));
    let server = serve(scheme, http_response("200 OK", &body));
    let client = server.builder::<C>().inspect(|_| panic!("of the hook")).build().unwrap();
    let send = std::panic::AssertUnwindSafe(|| client.send(session::Terminate::new("x")));
    let panic = std::panic::catch_unwind(send).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"of the hook"));
}

/// Other tasks of the runtime go on while a large response is read.
#[test]
fn reading_a_large_response_does_not_stop_the_runtime() {
    let server = serve(Scheme::Http, response_with("", &slow_to_read()));
    let client = Async::builder(&server.url).secret_key(KEY).danger_plain_http().build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let latest = runtime.block_on(async {
        let sent = async { client.send(session::Terminate::new("x")).await.map(|_| ()) };
        tokio::pin!(sent);
        let (mut latest, mut last) = (Duration::ZERO, Instant::now());
        loop {
            tokio::select! {
                _ = &mut sent => return latest,
                () = tokio::time::sleep(Duration::from_millis(5)) => {
                    latest = latest.max(last.elapsed());
                    last = Instant::now();
                }
            }
        }
    });
    assert!(latest < TOLERANCE, "{latest:?}");
}

test_over_http_and_https!(
    reading_counts_against_timeout_and_deadline,
    compressed_response_of_empty_members_is_empty_at_once,
    durations_without_end_are_accepted,
    panic_of_the_hook_while_reading_a_large_response_reaches_the_caller,
);
