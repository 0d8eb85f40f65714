//! HTTP, TLS, authentication, protocol versions, and recorded exchanges.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Ipv6Addr, TcpStream};
use std::sync::Arc;

use crate::support::{Connection, HttpResponse, PATH, address, assert_valid, exchange, send, start};
use plesk_protocol::PROTOCOL;
use plesk_sim::Sim;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

const SESSIONS: &[u8] = b"<packet><session><get/></session></packet>";

fn post(sim: &Sim, headers: &[(&str, &str)], body: &[u8]) -> HttpResponse {
    send(sim, &format!("POST {PATH}"), headers, body)
}

/// Sends a packet over TLS, trusting only the certificate `pem`.
fn post_over_tls(sim: &Sim, pem: &str) -> std::io::Result<HttpResponse> {
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
fn https_client_trusting_another_certificate_fails() {
    let (sim, other) = (Sim::start().expect("a server"), Sim::start().expect("a server"));
    assert!(sim.url().starts_with("https://127.0.0.1:"));

    let response = post_over_tls(&sim, sim.certificate_pem()).expect("a response");
    assert_eq!(response.status, 200);
    assert!(response.body.contains("<status>ok</status>"), "{}", response.body);

    let refused = post_over_tls(&sim, other.certificate_pem());
    assert!(refused.is_err());
    assert_eq!(sim.exchanges().len(), 1);
}

#[test]
fn two_servers_have_different_identities() {
    let (one, other) = (start(), start());
    assert_ne!(one.certificate_pem(), other.certificate_pem());
    assert_ne!(one.password(), other.password());
    assert_ne!(one.secret_key(), other.secret_key());
    assert_ne!(one.state().add_customer("jo").guid, other.state().add_customer("jo").guid);
    let ids: BTreeSet<u64> = (0..3).map(|_| start().state().add_customer("jo").id).collect();
    assert!(ids.len() > 1, "{ids:?}");
}

#[test]
fn dropped_sim_stops_listening() {
    let sim = start();
    let address = address(&sim).to_owned();
    TcpStream::connect(&address).expect("it listens");
    drop(sim);
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn non_packet_request_returns_html_page() {
    let sim = start();
    let key = ("KEY", sim.secret_key());

    let response = send(&sim, "POST /", &[key], SESSIONS);
    assert_eq!(response.status, 404);
    assert!(response.body.starts_with("<html>"));

    let response = send(&sim, &format!("GET {PATH}"), &[key], b"");
    assert_eq!(response.status, 405);
    assert!(response.headers.contains("\r\nallow: post"), "{}", response.headers);

    let too_much = vec![b' '; (64 << 20) + 1];
    assert_eq!(post(&sim, &[key], &too_much).status, 413);

    let statuses: Vec<u16> = sim.exchanges().iter().map(plesk_sim::Exchange::status).collect();
    assert_eq!(statuses, [404, 405, 413]);
}

#[test]
fn exchanges_contain_the_bytes_of_the_socket() {
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
    let shown = format!("{:?}", exchanges[0]);
    assert!(shown.starts_with("Exchange(<packet><session><get/></session></packet> -> HTTP 200 <packet"), "{shown}");
}

#[test]
fn administrator_authenticates_with_password_or_key() {
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
fn invalid_credentials_are_refused_and_change_nothing() {
    let sim = start();
    {
        let mut state = sim.state();
        state.add_customer("jo").password = "secret".into();
        let disabled = state.add_customer("al");
        (disabled.password, disabled.status) = ("secret".into(), 16);
    }
    let all = b"<packet version=\"1.6.8.0\"><customer><del><filter/></del></customer></packet>";
    for (headers, code) in [
        (&[][..], "1029"),
        (&[("HTTP_AUTH_LOGIN", sim.login())], "1029"),
        (&[("HTTP_AUTH_LOGIN", sim.login()), ("HTTP_AUTH_PASSWORD", sim.password())], "1029"),
        (&[("HTTP_AUTH_LOGIN", sim.login()), ("HTTP_AUTH_PASSWD", "wrong")], "1001"),
        (&[("HTTP_AUTH_LOGIN", "wrong"), ("HTTP_AUTH_PASSWD", sim.password())], "1001"),
        (&[("HTTP_AUTH_LOGIN", "jo"), ("HTTP_AUTH_PASSWD", "wrong")], "1001"),
        (&[("HTTP_AUTH_LOGIN", "al"), ("HTTP_AUTH_PASSWD", "secret")], "1011"),
        (&[("KEY", "wrong")], "11003"),
    ] {
        let response = post(&sim, headers, all);
        assert_eq!(response.status, 200);
        assert_valid(&response.body);
        let expected =
            format!("<packet version=\"1.6.8.0\"><system><status>error</status><errcode>{code}</errcode><errtext>");
        assert!(response.body.contains(&expected), "{headers:?}: {}", response.body);
    }
    assert_eq!(sim.state().customers.len(), 2);
}

#[test]
fn response_repeats_the_version_of_the_request() {
    let sim = start();
    let respond = |version: &str, content: &str| {
        let packet = format!("<packet{version}>{content}</packet>");
        let body = post(&sim, &[("KEY", sim.secret_key())], packet.as_bytes()).body;
        assert_valid(&body);
        body.split_once('\n').expect("a declaration").1.to_owned()
    };
    let sessions = "<session><get/></session>";
    let starts =
        |response: String, version: &str| response.starts_with(&format!("<packet version=\"{version}\"><session>"));
    assert!(starts(respond("", sessions), PROTOCOL));
    for version in [PROTOCOL, "1.6.9.1", "1.6.3.0", "1.0.0.0", "1.6", "1.6.5"] {
        assert!(starts(respond(&format!(" version=\"{version}\""), sessions), version), "{version}");
    }

    let unsupported = format!(
        "<packet version=\"9.8.7.6\"><system><status>error</status><errcode>1005</errcode>\
        <errtext>Protocol version '9.8.7.6' is not supported. Current protocol version is '{PROTOCOL}'</errtext>\
        </system></packet>"
    );
    assert_eq!(respond(" version=\"9.8.7.6\"", sessions), unsupported);
    // The version is checked before the schema, because another version may have other elements.
    assert_eq!(respond(" version=\"9.8.7.6\"", "<novelty/>"), unsupported);
}

#[test]
fn pretty_print_puts_each_element_on_a_line() {
    let sim = start();
    let key = ("KEY", sim.secret_key());
    for value in ["TRUE", "true", "True"] {
        let body = post(&sim, &[key, ("HTTP_PRETTY_PRINT", value)], SESSIONS).body;
        assert_valid(&body);
        let expected = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<packet version=\"{PROTOCOL}\">\n  <session>\n    <get>\n      \
             <result>\n        <status>ok</status>\n      </result>\n    </get>\n  </session>\n</packet>\n"
        );
        assert_eq!(body, expected);
    }
    let compact = post(&sim, &[key], SESSIONS).body;
    for value in ["FALSE", "1", ""] {
        assert_eq!(post(&sim, &[key, ("HTTP_PRETTY_PRINT", value)], SESSIONS).body, compact, "{value}");
    }
}

#[test]
fn connection_serves_several_requests() {
    let sim = start();
    let mut connection = Connection::open(&sim);
    for _ in 0..3 {
        let (status, body) = connection.send(SESSIONS).expect("a response");
        assert_eq!(status, 200);
        assert!(body.contains("<status>ok</status>"), "{body}");
    }
}

#[test]
fn expect_continue_is_answered_before_the_body() {
    let sim = start();
    let mut stream = TcpStream::connect(address(&sim)).expect("the server listens");
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nHost: x\r\nKEY: {}\r\nExpect: 100-continue\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n",
        sim.secret_key(),
        SESSIONS.len(),
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).expect("an interim response");
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(SESSIONS).expect("sent");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("a response");
    assert!(response.starts_with("HTTP/1.1 200 OK") && response.contains("<status>ok</status>"), "{response}");
}

#[test]
fn server_listens_on_ipv6() {
    let sim = Sim::builder().listen(Ipv6Addr::LOCALHOST.into()).start().expect("the server starts");
    assert!(sim.url().starts_with("https://[::1]:"), "{}", sim.url());
    TcpStream::connect(address(&sim)).expect("it listens");

    let port: u16 = sim.url().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let error = Sim::builder().listen(Ipv6Addr::LOCALHOST.into()).port(port).start().expect_err("the port is used");
    assert!(error.to_string().starts_with(&format!("cannot listen on [::1]:{port}: ")), "{error}");
}

#[test]
fn uploaded_files_are_answered_with_a_path() {
    let sim = start();
    let upload = |key: &str, form: &str| {
        let content_type = ("Content-Type", "multipart/form-data; boundary=x");
        let form = form.replace('\n', "\r\n");
        let stream = TcpStream::connect(address(&sim)).expect("the server listens");
        let body = exchange(stream, &format!("POST {PATH}"), &[("KEY", key), content_type], form.as_bytes())
            .expect("a response")
            .body;
        assert_valid(&body);
        body
    };
    let file =
        |name: &str| format!("--x\nContent-Disposition: form-data; name=\"f\"; filename=\"{name}\"\n\n<binary>\n");
    let body = upload(sim.secret_key(), &format!("{}{}--x--\n", file("a.zip"), file("../b.zip")));
    let content = body.split_once("<upload>").expect("the operator").1;
    let files: Vec<&str> = content.split("<result>").skip(1).collect();
    assert_eq!(files.len(), 2, "{body}");
    for (file, name) in files.iter().zip(["a.zip", "b.zip"]) {
        assert!(
            file.starts_with(&format!("<status>ok</status><name>{name}</name><file>/usr/local/psa/tmp/")),
            "{file}"
        );
        assert!(file.contains(&format!("/{name}</file></result>")), "{file}");
    }

    assert!(upload(sim.secret_key(), "nonsense").contains("<errcode>1014</errcode>"));
    let jo = {
        let mut state = sim.state();
        let jo = state.add_customer("jo").id;
        state.add_secret_key(jo)
    };
    assert!(upload(&jo, &format!("{}--x--\n", file("a.zip"))).contains("<errcode>1006</errcode>"));
}
