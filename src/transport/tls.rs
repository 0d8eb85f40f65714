//! Whom the client believes to be the server.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::error::Error;

/// Whom the client believes to be the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trust {
    /// Certificates in PEM that are trusted beside those of the system.
    pub(crate) roots: Vec<Vec<u8>>,
    /// Whether anyone is believed.
    pub(crate) anyone: bool,
}

impl Trust {
    /// The TLS configuration that follows.
    ///
    /// # Errors
    /// If a certificate cannot be read, or none at all is trusted.
    pub(super) fn config(&self) -> Result<ClientConfig, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier: Arc<dyn ServerCertVerifier> =
            if self.anyone { Arc::new(Anyone(provider.clone())) } else { Arc::new(self.known(provider.clone())?) };
        let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = versions.map_err(|e| setup("no TLS version can be used", e))?;
        Ok(config.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
    }

    fn known(&self, provider: Arc<CryptoProvider>) -> Result<Known, Error> {
        let given = self.roots.iter().map(|pem| certificates(pem)).collect::<Result<Vec<_>, _>>()?.concat();
        let issued = Verifier::new_with_extra_roots(given.clone(), provider).map_err(untrusting)?;
        Ok(Known { given, issued })
    }
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

/// Believes a server that presents one of the certificates that were given, or one that these or
/// the system's authorities have issued for its name.
///
/// The first is not the second: the certificate that a panel makes for itself bears no host name and
/// may call itself an authority, so that it does not pass as one issued by itself.
#[derive(Debug)]
struct Known {
    given: Vec<CertificateDer<'static>>,
    issued: Verifier,
}

impl ServerCertVerifier for Known {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        if self.given.contains(end_entity) {
            return Ok(ServerCertVerified::assertion());
        }
        self.issued.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    // That the server has the key of its certificate is always verified.
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.issued.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.issued.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.issued.supported_verify_schemes()
    }
}

/// Believes anyone to be the server.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

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
        let trust = Trust { roots: given.iter().map(|pem| pem.as_bytes().to_vec()).collect(), anyone: false };
        let verifier = trust.known(Arc::new(rustls::crypto::ring::default_provider())).unwrap();
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
}
