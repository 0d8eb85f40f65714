//! Which certificates of a server the client trusts.

#[cfg(feature = "blocking")]
mod connector;
mod fingerprint;
mod verifier;

use std::fmt;
use std::sync::Arc;

use plesk_wire::packet::Secret;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, Error as TlsError, RootCertStore};

use crate::error::Error;
use fingerprint::Fingerprint;
use verifier::{LazyPlatformVerifier, TrustPolicy, Verifier};

#[cfg(feature = "blocking")]
pub(super) use connector::TlsConnector;
pub(super) use verifier::UntrustedCertificate;

/// The configured trust in certificates.
#[derive(Clone, Default)]
pub(crate) struct Trust {
    /// Certificates in PEM that are trusted in addition to the system's.
    pub(crate) roots: Vec<Vec<u8>>,
    /// Fingerprints of certificates. If there are any, no other certificate is trusted.
    pub(crate) pins: Vec<String>,
    /// Whether any certificate is trusted.
    pub(crate) accept_invalid: bool,
    /// The certificate of the client with its key, in PEM.
    pub(crate) identity: Option<Secret>,
    /// Whether no certificate is trusted.
    none: bool,
}

impl Trust {
    /// Trusts no certificate at all.
    pub(crate) fn none() -> Self {
        Self { none: true, ..Self::default() }
    }

    /// Returns the TLS configuration.
    ///
    /// # Errors
    /// If a certificate or a fingerprint is invalid, even if it would not be used, or if certificates are
    /// pinned although any is trusted.
    pub(super) fn config(&self) -> Result<ClientConfig, Error> {
        let verifier = self.verifier()?;
        let versions = ClientConfig::builder_with_provider(verifier.provider.clone());
        let config =
            versions.with_safe_default_protocol_versions().map_err(|e| setup("no TLS version can be used", e))?;
        let config = config.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
        let Some(identity) = &self.identity else { return Ok(config.with_no_client_auth()) };
        let (chain, key) = parse_identity(identity.expose().as_bytes())?;
        let unusable = "the client certificate and its key cannot be used: check that they belong together";
        config.with_client_auth_cert(chain, key).map_err(|e| setup(unusable, e))
    }

    fn verifier(&self) -> Result<Verifier, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let configured = self.roots.iter().map(|pem| parse_certificates(pem)).collect::<Result<Vec<_>, _>>()?.concat();
        let mut authorities = RootCertStore::empty();
        configured.iter().try_for_each(|root| authorities.add(root.clone())).map_err(root_error)?;
        let pins = self.pins.iter().map(|pin| parse_pin(pin)).collect::<Result<Vec<_>, _>>()?;
        if self.accept_invalid && !pins.is_empty() {
            return Err(Error::setup(
                "danger_accept_invalid_certificates trusts any certificate, so pinned_certificate would have no effect; remove one of them",
            ));
        }
        let policy = if self.accept_invalid {
            TrustPolicy::AcceptAny
        } else if self.none || !pins.is_empty() {
            TrustPolicy::Pinned(pins)
        } else {
            let platform = LazyPlatformVerifier::default();
            if configured.is_empty() {
                // It will be needed, so an error is reported now.
                platform.get(&configured, &provider).map_err(root_error)?;
            }
            TrustPolicy::Roots { configured, platform }
        };
        Ok(Verifier { policy, provider })
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trust")
            .field("root_certificates", &self.roots.len())
            .field("pinned_certificates", &self.pins)
            .field("danger_accept_invalid_certificates", &self.accept_invalid)
            .field("client_certificate", &self.identity.is_some())
            .finish()
    }
}

/// Parses the certificates of a client, its own first, and its private key.
fn parse_identity(pem: &[u8]) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
    let problem = "the client certificate must be PEM text with the certificate and its private key, not encrypted";
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let chain = chain.map_err(|e| setup(problem, e))?;
    // The cause could quote the key.
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| Error::setup(problem))?;
    if chain.is_empty() { Err(Error::setup(problem)) } else { Ok((chain, key)) }
}

fn parse_pin(pin: &str) -> Result<Fingerprint, Error> {
    pin.parse().map_err(|()| {
        Error::setup(
            "pinned_certificate takes a SHA-256 fingerprint, 64 hexadecimal digits, as printed by `openssl x509 -noout -fingerprint -sha256 -in <certificate>`",
        )
    })
}

/// Parses the certificates in `pem`.
///
/// # Errors
/// If there is none.
fn parse_certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let found = found.map_err(|e| setup("the root certificate is not valid PEM", e))?;
    if found.is_empty() {
        return Err(Error::setup(
            "the root certificate contains no certificate; it must be PEM text with a line -----BEGIN CERTIFICATE-----",
        ));
    }
    Ok(found)
}

fn root_error(error: TlsError) -> Error {
    let problem = match error {
        TlsError::InvalidCertificate(_) => "the root certificate is PEM, but its content is not a certificate",
        _ => {
            "the system has no trusted certificates; install them (ca-certificates) or pass the panel's certificate to root_certificate"
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

    /// Two certificates as created by `openssl req -x509 -subj /CN=Plesk`: self-signed, without host
    /// names, claiming to be authorities.
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

    fn verify(roots: &[&str], presented: &str, seconds: u64) -> Result<(), TlsError> {
        let roots = roots.iter().map(|pem| pem.as_bytes().to_vec()).collect();
        verify_with(Trust { roots, ..Trust::default() }, presented, seconds)
    }

    fn verify_with(trust: Trust, presented: &str, seconds: u64) -> Result<(), TlsError> {
        let verifier = trust.verifier().unwrap();
        let presented = parse_certificates(presented.as_bytes()).unwrap();
        let name = ServerName::try_from("panel.example").unwrap();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        verifier.verify_server_cert(&presented[0], &[], &name, &[], now).map(drop)
    }

    #[test]
    fn verify_accepts_only_configured_certificates() {
        // Long before both certificates become valid, and while they are.
        for now in [0, 1_796_000_000] {
            assert_eq!(verify(&[OURS], OURS, now), Ok(()));
            assert_eq!(verify(&[THEIRS, OURS], OURS, now), Ok(()));
            assert!(matches!(verify(&[THEIRS], OURS, now), Err(TlsError::InvalidCertificate(_))));
        }
    }

    #[test]
    fn root_certificate_with_several_certificates_trusts_each() {
        assert_eq!(verify(&[&format!("Ours:\n{OURS}\nTheirs:\n{THEIRS}")], THEIRS, 0), Ok(()));
    }

    #[test]
    fn verify_accepts_only_pinned_certificates() {
        let pin = |pem: &str| Fingerprint::of(&parse_certificates(pem.as_bytes()).unwrap()[0]).to_string();
        let trust = |roots: &[&str]| Trust {
            pins: vec![pin(OURS)],
            roots: roots.iter().map(|pem| pem.as_bytes().to_vec()).collect(),
            ..Trust::default()
        };
        assert_eq!(verify_with(trust(&[]), OURS, 0), Ok(()));
        // Even if it would be trusted without the pin.
        let error = verify_with(trust(&[THEIRS]), THEIRS, 0).unwrap_err().to_string();
        assert!(error.contains(&pin(THEIRS)), "{error}");
    }

    #[test]
    fn config_rejects_an_invalid_pin() {
        for accept_invalid in [false, true] {
            let trust = Trust { pins: vec!["AB:CD".to_owned()], accept_invalid, ..Trust::default() };
            let error = trust.config().unwrap_err().to_string();
            assert!(error.contains("SHA-256"), "{error}");
        }
    }

    #[test]
    fn config_rejects_an_invalid_root_even_if_it_is_not_used() {
        let pins = vec![Fingerprint::of(&parse_certificates(OURS.as_bytes()).unwrap()[0]).to_string()];
        for (pins, accept_invalid) in [(pins, false), (Vec::new(), true)] {
            let trust = Trust { roots: vec![b"no PEM".to_vec()], pins, accept_invalid, ..Trust::default() };
            let error = trust.config().unwrap_err().to_string();
            assert!(error.contains("BEGIN CERTIFICATE"), "{error}");
        }
    }

    #[test]
    fn config_rejects_a_pin_together_with_accept_invalid() {
        let pins = vec![Fingerprint::of(&parse_certificates(OURS.as_bytes()).unwrap()[0]).to_string()];
        let error = Trust { pins, accept_invalid: true, ..Trust::default() }.config().unwrap_err();
        assert!(matches!(&error, Error::Setup { problem, .. } if problem.contains("pinned_certificate")), "{error}");
    }
}
