//! HTTP, TLS, authentication, protocol versions, and what is recorded.

mod support;

use std::collections::BTreeSet;
use std::net::TcpStream;
use std::sync::Arc;

use plesk_protocol::PROTOCOL;
use plesk_sim::Sim;
use support::{PATH, Reply, address, check, exchange, send, start};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

const SESSIONS: &[u8] = b"<packet><session><get/></session></packet>";

fn post(sim: &Sim, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    send(sim, &format!("POST {PATH}"), headers, body)
}

/// Sends a packet over TLS and trusts nothing but the certificate `pem`.
fn post_over_tls(sim: &Sim, pem: &str) -> std::io::Result<Reply> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate")).expect("a root");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").expect("a name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("a connection");
    let stream = StreamOwned::new(connection, TcpStream::connect(address(sim))?);
    exchange(stream, &format!("POST {PATH}"), &[("KEY", sim.secret_key())], SESSIONS)
}

#[test]
fn https_works_with_the_certificate_of_this_server_and_no_other() {
    let (sim, other) = (Sim::start().expect("a server"), Sim::start().expect("a server"));
    assert!(sim.url().starts_with("https://127.0.0.1:"));

    let reply = post_over_tls(&sim, sim.certificate_pem()).expect("an answer");
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("<status>ok</status>"), "{}", reply.body);

    let refused = post_over_tls(&sim, other.certificate_pem());
    assert!(refused.is_err());
    assert_eq!(sim.exchanges().len(), 1);
}

#[test]
fn nothing_that_identifies_a_server_is_the_same_in_another() {
    let (one, other) = (start(), start());
    assert_ne!(one.certificate_pem(), other.certificate_pem());
    assert_ne!(one.password(), other.password());
    assert_ne!(one.secret_key(), other.secret_key());
    assert_ne!(one.state().add_customer("jo").guid, other.state().add_customer("jo").guid);
    let ids: BTreeSet<u64> = (0..3).map(|_| start().state().add_customer("jo").id).collect();
    assert!(ids.len() > 1, "{ids:?}");
}

#[test]
fn a_dropped_server_no_longer_listens() {
    let sim = start();
    let address = address(&sim).to_owned();
    TcpStream::connect(&address).expect("it listens");
    drop(sim);
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn what_is_not_a_packet_gets_a_page() {
    let sim = start();
    let key = ("KEY", sim.secret_key());

    let reply = send(&sim, "POST /", &[key], SESSIONS);
    assert_eq!(reply.status, 404);
    assert!(reply.body.starts_with("<html>"));

    let reply = send(&sim, &format!("GET {PATH}"), &[key], b"");
    assert_eq!(reply.status, 405);
    assert!(reply.headers.contains("\r\nallow: post"), "{}", reply.headers);

    let too_much = vec![b' '; (64 << 20) + 1];
    assert_eq!(post(&sim, &[key], &too_much).status, 413);

    let statuses: Vec<u16> = sim.exchanges().iter().map(plesk_sim::Exchange::status).collect();
    assert_eq!(statuses, [404, 405, 413]);
}

#[test]
fn exchanges_are_recorded_as_they_crossed_the_socket() {
    let sim = start();
    let first = post(&sim, &[("KEY", sim.secret_key())], SESSIONS);
    let second = post(&sim, &[], b"no packet");
    assert!(first.headers.contains("content-type: text/xml"), "{}", first.headers);

    let exchanges = sim.exchanges();
    assert_eq!(exchanges.len(), 2);
    assert_eq!(exchanges[0].request(), SESSIONS);
    assert_eq!(exchanges[0].response(), first.body.as_bytes());
    assert_eq!((exchanges[0].status(), exchanges[1].status()), (200, 200));
    assert_eq!(exchanges[1].request(), b"no packet");
    assert_eq!(exchanges[1].response(), second.body.as_bytes());
    assert_eq!(format!("{:?}", exchanges[0]), format!("Exchange(42 bytes, HTTP 200, {} bytes)", first.body.len()));
}

#[test]
fn the_administrator_authenticates_with_password_or_key() {
    let sim = start();
    for headers in [
        &[("HTTP_AUTH_LOGIN", sim.login()), ("HTTP_AUTH_PASSWD", sim.password())][..],
        &[("KEY", sim.secret_key())],
        &[("key", sim.secret_key())],
    ] {
        let body = post(&sim, headers, SESSIONS).body;
        assert!(body.contains("<session><get><result><status>ok</status></result></get></session>"), "{body}");
    }
}

#[test]
fn everyone_else_is_refused_and_nothing_is_done() {
    let sim = start();
    sim.state().add_customer("jo").password = "secret".into();
    let all = b"<packet version=\"1.6.8.0\"><customer><del><filter/></del></customer></packet>";
    for (headers, code) in [
        (&[][..], "1029"),
        (&[("HTTP_AUTH_LOGIN", sim.login())], "1029"),
        (&[("HTTP_AUTH_LOGIN", sim.login()), ("HTTP_AUTH_PASSWORD", sim.password())], "1029"),
        (&[("HTTP_AUTH_LOGIN", sim.login()), ("HTTP_AUTH_PASSWD", "wrong")], "1001"),
        (&[("HTTP_AUTH_LOGIN", "wrong"), ("HTTP_AUTH_PASSWD", sim.password())], "1001"),
        (&[("HTTP_AUTH_LOGIN", "jo"), ("HTTP_AUTH_PASSWD", "secret")], "1001"),
        (&[("KEY", "wrong")], "11003"),
    ] {
        let reply = post(&sim, headers, all);
        assert_eq!(reply.status, 200);
        check(&reply.body);
        let expected =
            format!("<packet version=\"1.6.8.0\"><system><status>error</status><errcode>{code}</errcode><errtext>");
        assert!(reply.body.contains(&expected), "{headers:?}: {}", reply.body);
    }
    assert_eq!(sim.state().customers.len(), 1);
}

#[test]
fn an_answer_bears_the_version_that_was_asked_for() {
    let sim = start();
    let answer = |version: &str, content: &str| {
        let packet = format!("<packet{version}>{content}</packet>");
        let body = post(&sim, &[("KEY", sim.secret_key())], packet.as_bytes()).body;
        check(&body);
        body.split_once('\n').expect("a declaration").1.to_owned()
    };
    let sessions = "<session><get/></session>";
    let starts =
        |answer: String, version: &str| answer.starts_with(&format!("<packet version=\"{version}\"><session>"));
    assert!(starts(answer("", sessions), PROTOCOL));
    for version in [PROTOCOL, "1.6.9.1", "1.6.3.0"] {
        assert!(starts(answer(&format!(" version=\"{version}\""), sessions), version), "{version}");
    }

    let unsupported = format!(
        "<packet version=\"9.8.7.6\"><system><status>error</status><errcode>1005</errcode>\
        <errtext>Protocol version '9.8.7.6' is not supported. Current protocol version is '{PROTOCOL}'</errtext>\
        </system></packet>"
    );
    assert_eq!(answer(" version=\"9.8.7.6\"", sessions), unsupported);
    // An unknown version comes before what that version may have brought.
    assert_eq!(answer(" version=\"9.8.7.6\"", "<novelty/>"), unsupported);
}
