//! Which certificates the clients trust.

use plesk::{Error, session};
use plesk_sim::Sim;

use crate::support::AnyClient;

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

test_with_both_clients!(
    unknown_certificate_error_has_the_fingerprint_to_pin,
    certificate_other_than_the_pinned_one_is_rejected,
    danger_accept_invalid_certificates_accepts_any,
);
