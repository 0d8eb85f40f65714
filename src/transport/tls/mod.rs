//! Whom the client believes to be the server.

#[cfg(feature = "blocking")]
mod connector;
mod fingerprint;
mod verifier;

use std::fmt;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, Error as TlsError, RootCertStore};

use crate::error::Error;
use fingerprint::Fingerprint;
use verifier::{Issued, TrustPolicy, Verifier};

#[cfg(feature = "blocking")]
pub(super) use connector::TlsConnector;
pub(super) use verifier::Untrusted;

/// Whom the client believes to be the server.
#[derive(Clone, Default)]
pub(crate) struct Trust {
    /// Certificates in PEM that are trusted beside those of the system.
    pub(crate) roots: Vec<Vec<u8>>,
    /// Fingerprints of certificates; if there are any, no other certificate is believed.
    pub(crate) pins: Vec<String>,
    /// Whether anyone is believed.
    pub(crate) anyone: bool,
    nobody: bool,
}

impl Trust {
    /// Trust in nobody at all.
    pub(crate) fn nobody() -> Self {
        Self { nobody: true, ..Self::default() }
    }

    /// The TLS configuration that follows.
    ///
    /// # Errors
    /// If a certificate or a fingerprint cannot be read, also where it would not be used, or if anyone is
    /// to be believed and only the pinned too.
    pub(super) fn config(&self) -> Result<ClientConfig, Error> {
        let verifier = self.verifier()?;
        let versions = ClientConfig::builder_with_provider(verifier.provider.clone());
        let config =
            versions.with_safe_default_protocol_versions().map_err(|e| setup("no TLS version can be used", e))?;
        Ok(config.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
    }

    fn verifier(&self) -> Result<Verifier, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let given = self.roots.iter().map(|pem| certificates(pem)).collect::<Result<Vec<_>, _>>()?.concat();
        let mut authorities = RootCertStore::empty();
        given.iter().try_for_each(|root| authorities.add(root.clone())).map_err(untrusting)?;
        let pins = self.pins.iter().map(|pin| fingerprint(pin)).collect::<Result<Vec<_>, _>>()?;
        if self.anyone && !pins.is_empty() {
            return Err(Error::setup(
                "danger_accept_invalid_certificates believes anyone, so that pinned_certificate would not count; leave one of them out",
            ));
        }
        let belief = if self.anyone {
            TrustPolicy::Anyone
        } else if self.nobody || !pins.is_empty() {
            TrustPolicy::Pinned(pins)
        } else {
            let issued = Issued::default();
            if given.is_empty() {
                issued.by(&given, &provider).map_err(untrusting)?;
            }
            TrustPolicy::Known { given, issued }
        };
        Ok(Verifier { belief, provider })
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trust")
            .field("root_certificates", &self.roots.len())
            .field("pinned_certificates", &self.pins)
            .field("danger_accept_invalid_certificates", &self.anyone)
            .finish()
    }
}

fn fingerprint(pin: &str) -> Result<Fingerprint, Error> {
    pin.parse().map_err(|()| {
        Error::setup(
            "the pinned certificate is given by its SHA-256 fingerprint, 64 hexadecimal digits, as `openssl x509 -noout -fingerprint -sha256 -in <certificate>` shows it",
        )
    })
}

/// The certificates in `pem`, at least one.
fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let found = found.map_err(|e| setup("the root certificate is not readable as PEM", e))?;
    if found.is_empty() {
        return Err(Error::setup(
            "the root certificate holds no certificate; it must be PEM text with a line -----BEGIN CERTIFICATE-----",
        ));
    }
    Ok(found)
}

fn untrusting(error: TlsError) -> Error {
    let problem = match error {
        TlsError::InvalidCertificate(_) => "the root certificate is PEM, but what it holds is not a certificate",
        _ => {
            "the system has no certificates to trust; install them (ca-certificates) or give the panel's with root_certificate"
        }
    };
    setup(problem, error)
}

fn setup(problem: &str, source: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Setup { problem: problem.to_owned(), source: Some(Box::new(source)) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rustls::client::danger::ServerCertVerifier;
    use rustls::pki_types::{ServerName, UnixTime};

    use super::*;

    /// Two certificates as `openssl req -x509 -subj /CN=Plesk` makes them: self-signed, without host
    /// names, calling themselves authorities.
    const OURS: &str = "\
-----BEGIN CERTIFICATE-----
MIIBdDCCARugAwIBAgIUKdrQeBCxpfZ7bVioNWZ8pPJ6JsYwCgYIKoZIzj0EAwIw
EDEOMAwGA1UEAwwFUGxlc2swHhcNMjYxMTIyMTQ0MjE1WhcNMjYxMjIyMTQ0MjE1
WjAQMQ4wDAYDVQQDDAVQbGVzazBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFlE
U7UUVqMamIxKZxWc8vUTZIWXA6/WjlgfKYrjlgNFKo3OD78nZaL3ZsEUPkzOnwM9
Lf3ICs7m5xfqsJc2iAKjUzBRMB0GA1UdDgQWBBQ9Tvltt4u8XpIQJhCt3cKzB3vQ
FjAfBgNVHSMEGDAWgBQ9Tvltt4u8XpIQJhCt3cKzB3vQFjAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0cAMEQCIF8NLJYxSP4j7C3ovFywX7d6KxZzSlCeTKqx
KrlDvA+tAiBSFq+E0aOvA5J+CHyfw8kg4BBzP1AyH4as61p9IQGnUA==
-----END CERTIFICATE-----
";
    const THEIRS: &str = "\
-----BEGIN CERTIFICATE-----
MIIBdjCCARugAwIBAgIUSqsbuR/2Cne/bBCeoQhvISsX0VAwCgYIKoZIzj0EAwIw
EDEOMAwGA1UEAwwFUGxlc2swHhcNMjYxMTIyMTQ0MjE1WhcNMjYxMjIyMTQ0MjE1
WjAQMQ4wDAYDVQQDDAVQbGVzazBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHfR
IVEukJB/2RifMGNAync38ALhAf95Hhfkh/ibXPV6fZ4C3lKuD06aht0pQ77RVLSw
hx5ZLbBUgwE9LUKpYV6jUzBRMB0GA1UdDgQWBBSMbDb78mdrk5foEbUd4m4hrONj
9jAfBgNVHSMEGDAWgBSMbDb78mdrk5foEbUd4m4hrONj9jAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0kAMEYCIQC9L8dnNbDiBWdKEpKXDyiYjpm1NJxd8u2k
C8BER3IJuAIhAOScIgZH6T1pu0oDffChJpAKHIQZihnYQsuKm4lCuOki
-----END CERTIFICATE-----
";

    fn verdict(given: &[&str], presented: &str, seconds: u64) -> Result<(), TlsError> {
        let roots = given.iter().map(|pem| pem.as_bytes().to_vec()).collect();
        verdict_of(Trust { roots, ..Trust::default() }, presented, seconds)
    }

    fn verdict_of(trust: Trust, presented: &str, seconds: u64) -> Result<(), TlsError> {
        let verifier = trust.verifier().unwrap();
        let presented = certificates(presented.as_bytes()).unwrap();
        let name = ServerName::try_from("panel.example").unwrap();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        verifier.verify_server_cert(&presented[0], &[], &name, &[], now).map(drop)
    }

    #[test]
    fn a_certificate_that_was_given_is_believed_and_no_other() {
        // Long before both certificates, and while they are valid.
        for now in [0, 1_796_000_000] {
            assert_eq!(verdict(&[OURS], OURS, now), Ok(()));
            assert_eq!(verdict(&[THEIRS, OURS], OURS, now), Ok(()));
            assert!(matches!(verdict(&[THEIRS], OURS, now), Err(TlsError::InvalidCertificate(_))));
        }
    }

    #[test]
    fn a_text_may_hold_several_certificates() {
        assert_eq!(verdict(&[&format!("Ours:\n{OURS}\nTheirs:\n{THEIRS}")], THEIRS, 0), Ok(()));
    }

    #[test]
    fn a_pinned_certificate_is_believed_and_no_other() {
        let pin = |pem: &str| Fingerprint::of(&certificates(pem.as_bytes()).unwrap()[0]).to_string();
        let trust = |roots: &[&str]| Trust {
            pins: vec![pin(OURS)],
            roots: roots.iter().map(|pem| pem.as_bytes().to_vec()).collect(),
            ..Trust::default()
        };
        assert_eq!(verdict_of(trust(&[]), OURS, 0), Ok(()));
        // Also where it would be believed otherwise.
        let error = verdict_of(trust(&[THEIRS]), THEIRS, 0).unwrap_err().to_string();
        assert!(error.contains(&pin(THEIRS)), "{error}");
    }

    #[test]
    fn a_pin_that_is_none_is_refused() {
        for anyone in [false, true] {
            let trust = Trust { pins: vec!["AB:CD".to_owned()], anyone, ..Trust::default() };
            let error = trust.config().unwrap_err().to_string();
            assert!(error.contains("SHA-256"), "{error}");
        }
    }

    #[test]
    fn a_root_that_is_none_is_refused_where_it_is_not_used_too() {
        let pins = vec![Fingerprint::of(&certificates(OURS.as_bytes()).unwrap()[0]).to_string()];
        for (pins, anyone) in [(pins, false), (Vec::new(), true)] {
            let trust = Trust { roots: vec![b"no PEM".to_vec()], pins, anyone, ..Trust::default() };
            let error = trust.config().unwrap_err().to_string();
            assert!(error.contains("BEGIN CERTIFICATE"), "{error}");
        }
    }

    #[test]
    fn whoever_pins_a_certificate_does_not_believe_anyone() {
        let pins = vec![Fingerprint::of(&certificates(OURS.as_bytes()).unwrap()[0]).to_string()];
        let error = Trust { pins, anyone: true, ..Trust::default() }.config().unwrap_err();
        assert!(matches!(&error, Error::Setup { problem, .. } if problem.contains("pinned_certificate")), "{error}");
    }
}
