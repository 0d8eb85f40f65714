//! Limits of size, memory and requests in flight.

use std::thread;
use std::time::Duration;

use plesk::{Error, customer, session};
use plesk_sim::Sim;

use crate::support::{AnyClient, Attempt, FakeTransport, KEY, Scheme, TERMINATED, packet, response_with, serve};

/// Its size does not matter, because its body is not read.
fn redirect_over_the_size_limit_is_a_redirect<C: AnyClient>(scheme: Scheme) {
    let server =
        serve(scheme, "HTTP/1.1 302 Found\r\nLocation: https://other.example/\r\nContent-Length: 2000\r\n\r\n");
    let client = server.builder::<C>().max_response_size(1000).build().unwrap();
    let error = client.send(session::Terminate::new("x")).unwrap_err();
    assert_error!(error, Error::Redirect { status: 302, .. }, "https://other.example/");
}

/// A response of very many very short results takes much more memory than text.
fn response_over_the_memory_limit_is_an_error<C: AnyClient>(scheme: Scheme) {
    let results = |count: usize| {
        response_with("", packet(&format!("<customer><del>{}</del></customer>", "<result/>".repeat(count))).as_bytes())
    };
    let send = |memory: Option<usize>, count: usize| {
        let server = serve(scheme, results(count));
        let builder =
            memory.into_iter().fold(server.builder::<C>(), |builder, bytes| builder.max_response_memory(bytes));
        // Unoptimized, and with other tests at once, it takes long.
        builder.timeout(Duration::from_secs(120)).build().unwrap().send(customer::Del::new(customer::Filter::id(7)))
    };
    let error = send(None, 1_000_000).unwrap_err();
    assert_error!(&error, Error::TooMuchMemory { limit: 536_870_912, .. }, "max_response_memory", "check its state");
    assert!(error.host().is_some_and(|host| error.to_string().contains(host)), "{error}");
    assert_eq!(send(Some(1 << 20), 100).unwrap().len(), 100);
    assert_error!(send(Some(1 << 20), 5_000).unwrap_err(), Error::TooMuchMemory { .. }, "1048576 bytes");
}

fn max_in_flight_requests_are_in_flight_and_no_more<C: AnyClient>() {
    let transport = FakeTransport::new(|_, _| Attempt::respond(TERMINATED).after(Duration::from_millis(5)));
    let builder = C::builder("https://panel.example:8443").secret_key(KEY).max_in_flight(3);
    let client = builder.build_with(transport.clone()).unwrap();
    thread::scope(|scope| {
        for _ in 0..30 {
            scope.spawn(|| client.send(session::Terminate::new("x")).unwrap().unwrap());
        }
    });
    assert_eq!((transport.started(), transport.max_in_flight(), transport.in_flight()), (30, 3, 0));
}

/// The only slot is free again after each dropped future.
#[tokio::test]
async fn dropped_request_returns_its_slot_and_connection() {
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

test_over_http_and_https!(redirect_over_the_size_limit_is_a_redirect, response_over_the_memory_limit_is_an_error);

test_with_both_clients!(max_in_flight_requests_are_in_flight_and_no_more);
