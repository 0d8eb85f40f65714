//! Which certificates the clients trust.

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use plesk::{Error, session};
use plesk_sim::Sim;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use crate::support::{AnyClient, http_response, packet, read_request};

/// Returns the error of sending a packet, which must not reach the server.
fn error_of<C: AnyClient>(sim: &Sim, pin: Option<&str>) -> Error {
    let builder = C::builder(sim.url()).secret_key(sim.secret_key());
    let builder = pin.into_iter().fold(builder, |builder, pin| builder.pinned_certificate(pin));
    let error = builder.build().unwrap().send(session::Get::new()).unwrap_err();
    assert!(error.is_unsent() && sim.exchanges().is_empty(), "{error}");
    error
}

/// The steps of a user with a new panel, from the first error to a working client.
fn unknown_certificate_error_has_the_fingerprint_to_pin<C: AnyClient>() {
    let sim = Sim::start().unwrap();
    let error = error_of::<C>(&sim, None);
    let message = error.to_string();
    let Error::Tls { certificate_sha256: Some(fingerprint), .. } = error else { panic!("{message}") };
    assert!(message.contains(&fingerprint), "{message}");
    for advice in ["root_certificate", "pinned_certificate", "self-signed", "openssl x509"] {
        assert!(message.contains(advice), "{message}");
    }

    let pinned = C::builder(sim.url()).secret_key(sim.secret_key()).pinned_certificate(fingerprint).build().unwrap();
    pinned.send(session::Get::new()).unwrap().unwrap();
}

fn certificate_other_than_the_pinned_one_is_rejected<C: AnyClient>() {
    let (sim, other) = (Sim::start().unwrap(), Sim::start().unwrap());
    let Error::Tls { certificate_sha256: Some(pin), .. } = error_of::<C>(&other, None) else { panic!() };
    let error = error_of::<C>(&sim, Some(&pin));
    let message = error.to_string();
    assert!(message.contains("not the pinned one"), "{message}");
    let Error::Tls { certificate_sha256: Some(presented), .. } = error else { panic!("{message}") };
    assert!(presented != pin && message.contains(&presented), "{message}");
    // Even if a trusted authority issued it.
    let builder = C::builder(sim.url()).secret_key(sim.secret_key()).root_certificate(sim.certificate_pem());
    let error = builder.pinned_certificate(pin).build().unwrap().send(session::Get::new()).unwrap_err();
    assert!(matches!(error, Error::Tls { .. }), "{error}");
}

fn danger_accept_invalid_certificates_accepts_any<C: AnyClient>() {
    let sim = Sim::start().unwrap();
    let builder = C::builder(sim.url()).secret_key(sim.secret_key()).danger_accept_invalid_certificates();
    builder.build().unwrap().send(session::Get::new()).unwrap().unwrap();
}

/// A proxy in front of a panel may ask for a certificate of the client.
fn client_certificate_is_presented<C: AnyClient>() {
    let identity = rcgen::generate_simple_self_signed(["client.example".to_owned()]).unwrap();
    let pem = format!("{}{}", identity.cert.pem(), identity.signing_key.serialize_pem());
    let (url, presented) = serve_presented(identity.cert.der().clone());
    let builder = || C::builder(&url).secret_key("no-such-key").danger_accept_invalid_certificates();
    builder().client_certificate(&*pem).build().unwrap().send(session::Get::new()).unwrap().unwrap();
    assert_eq!(presented.recv().unwrap().as_deref(), Some(identity.cert.der().as_ref()));
    builder().build().unwrap().send(session::Get::new()).unwrap_err();
    for (pem, because) in [
        ("no PEM".to_owned(), "must be PEM"),
        (identity.cert.pem(), "must be PEM"),
        (identity.cert.pem() + &rcgen::KeyPair::generate().unwrap().serialize_pem(), "belong together"),
    ] {
        let error = builder().client_certificate(pem).build().unwrap_err();
        assert!(matches!(error, Error::Setup { .. }) && error.to_string().contains(because), "{error}");
    }
    let plain = C::builder("http://127.0.0.1:1").secret_key("k").danger_plain_http().client_certificate(pem);
    assert!(plain.build().unwrap_err().to_string().contains("no TLS"));
}

/// Starts a server that requires this very certificate of its clients. Returns the certificates that they present.
fn serve_presented(trusted: CertificateDer<'static>) -> (String, Receiver<Option<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build().unwrap();
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config =
        config.with_client_cert_verifier(verifier).with_single_cert(vec![own.cert.der().clone()], key).unwrap();
    let (config, (sender, receiver)) = (Arc::new(config), mpsc::channel());
    thread::spawn(move || {
        while let Ok((tcp, _)) = listener.accept() {
            let mut stream = StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), tcp);
            if read_request(&mut stream).is_empty() {
                continue;
            }
            let certificate = stream.conn.peer_certificates().and_then(|chain| chain.first()).map(|der| der.to_vec());
            let _ = sender.send(certificate);
            let answer = "<session><get><result><status>ok</status></result></get></session>";
            let _ = stream.write_all(http_response("200 OK", &packet(answer)).as_bytes());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    (url, receiver)
}

test_with_both_clients!(
    client_certificate_is_presented,
    unknown_certificate_error_has_the_fingerprint_to_pin,
    certificate_other_than_the_pinned_one_is_rejected,
    danger_accept_invalid_certificates_accepts_any,
);
