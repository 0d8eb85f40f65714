//! Verifies the certificate that a server presents.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error as TlsError, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier as Platform;

use super::fingerprint::Fingerprint;

/// Which certificates are trusted. The signature of the server's key is always checked, except with
/// [`AcceptAny`](Self::AcceptAny).
#[derive(Debug)]
pub(super) enum TrustPolicy {
    /// One of the configured certificates, or one that was issued for the server's name by one of these or
    /// by an authority of the system.
    ///
    /// Both cases are needed: the certificate that a panel generates for itself has no host name and may claim
    /// to be an authority, so it is not valid as one that was issued by itself.
    Roots { configured: Vec<CertificateDer<'static>>, platform: LazyPlatformVerifier },
    /// One of these certificates, whatever it contains.
    Pinned(Vec<Fingerprint>),
    /// Any certificate.
    AcceptAny,
}

/// The verifier of the platform, created on first use. Loading the system's authorities takes some
/// milliseconds, and a client that is configured with its panel's certificate never needs them.
#[derive(Debug, Default)]
pub(super) struct LazyPlatformVerifier(OnceLock<Result<Platform, TlsError>>);

impl LazyPlatformVerifier {
    /// # Errors
    /// If one of `roots` is not a certificate, or if there are no authorities at all.
    pub(super) fn get(
        &self,
        roots: &[CertificateDer<'static>],
        provider: &Arc<CryptoProvider>,
    ) -> Result<&Platform, TlsError> {
        let create = || Platform::new_with_extra_roots(roots.to_vec(), provider.clone());
        self.0.get_or_init(create).as_ref().map_err(TlsError::clone)
    }
}

/// Verifies certificates according to a [`TrustPolicy`].
#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) policy: TrustPolicy,
    pub(super) provider: Arc<CryptoProvider>,
}

/// The error for a certificate that is not trusted. It has the fingerprint for the message.
#[derive(Debug)]
pub(crate) struct UntrustedCertificate {
    pub(crate) fingerprint: Fingerprint,
    pub(crate) cause: TlsError,
}

impl fmt::Display for UntrustedCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (SHA-256 {})", self.cause, self.fingerprint)
    }
}

impl std::error::Error for UntrustedCertificate {}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let result = match &self.policy {
            TrustPolicy::Roots { configured, .. } if configured.contains(end_entity) => {
                Ok(ServerCertVerified::assertion())
            }
            TrustPolicy::Roots { configured, platform } => {
                platform.get(configured, &self.provider).and_then(|verifier| {
                    verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                })
            }
            TrustPolicy::Pinned(pins) if pins.contains(&Fingerprint::of(end_entity)) => {
                Ok(ServerCertVerified::assertion())
            }
            TrustPolicy::Pinned(_) => {
                Err(TlsError::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
            }
            TrustPolicy::AcceptAny => Ok(ServerCertVerified::assertion()),
        };
        result.map_err(|cause| {
            let untrusted = UntrustedCertificate { fingerprint: Fingerprint::of(end_entity), cause };
            TlsError::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(untrusted))))
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        match &self.policy {
            TrustPolicy::AcceptAny => Ok(HandshakeSignatureValid::assertion()),
            _ => verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms),
        }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        match &self.policy {
            TrustPolicy::AcceptAny => Ok(HandshakeSignatureValid::assertion()),
            _ => verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms),
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
