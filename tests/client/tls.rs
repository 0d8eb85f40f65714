//! Whom the clients believe to be the server.

use plesk::{Error, session};
use plesk_sim::Sim;

use crate::support::Subject;

fn error_of<S: Subject>(sim: &Sim, pin: Option<&str>) -> Error {
    let builder = S::builder(sim.url()).secret_key(sim.secret_key());
    let builder = pin.into_iter().fold(builder, |builder, pin| builder.pinned_certificate(pin));
    let error = builder.build().unwrap().send(session::Get::new()).unwrap_err();
    assert!(error.is_unsent() && sim.exchanges().is_empty(), "{error}");
    error
}

/// From the first error to a client that works: what a user with a fresh panel does.
fn an_unknown_certificate_shows_its_fingerprint_and_can_be_pinned<S: Subject>() {
    let sim = Sim::start().unwrap();
    let error = error_of::<S>(&sim, None);
    let message = error.to_string();
    let Error::Tls { certificate_sha256: Some(fingerprint), .. } = error else { panic!("{message}") };
    assert!(message.contains(&fingerprint), "{message}");
    for advice in ["root_certificate", "pinned_certificate", "self-signed", "openssl x509"] {
        assert!(message.contains(advice), "{message}");
    }

    let pinned = S::builder(sim.url()).secret_key(sim.secret_key()).pinned_certificate(fingerprint).build().unwrap();
    pinned.send(session::Get::new()).unwrap().unwrap();
}

fn another_certificate_than_the_pinned_one_is_refused<S: Subject>() {
    let (sim, other) = (Sim::start().unwrap(), Sim::start().unwrap());
    let Error::Tls { certificate_sha256: Some(pin), .. } = error_of::<S>(&other, None) else { panic!() };
    let error = error_of::<S>(&sim, Some(&pin));
    let message = error.to_string();
    assert!(message.contains("not the pinned one"), "{message}");
    let Error::Tls { certificate_sha256: Some(presented), .. } = error else { panic!("{message}") };
    assert!(presented != pin && message.contains(&presented), "{message}");
    // Also where an authority vouches for it.
    let builder = S::builder(sim.url()).secret_key(sim.secret_key()).root_certificate(sim.certificate_pem());
    let error = builder.pinned_certificate(pin).build().unwrap().send(session::Get::new()).unwrap_err();
    assert!(matches!(error, Error::Tls { .. }), "{error}");
}

fn danger_believes_anyone<S: Subject>() {
    let sim = Sim::start().unwrap();
    let builder = S::builder(sim.url()).secret_key(sim.secret_key()).danger_accept_invalid_certificates();
    builder.build().unwrap().send(session::Get::new()).unwrap().unwrap();
}

both!(
    an_unknown_certificate_shows_its_fingerprint_and_can_be_pinned,
    another_certificate_than_the_pinned_one_is_refused,
    danger_believes_anyone,
);
