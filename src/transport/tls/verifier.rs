//! Who is believed: certificates that were given or issued, a pinned one, or anyone.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error as TlsError, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier as Platform;

use super::fingerprint::Fingerprint;

/// Whose certificate is believed. That the server has its key is always verified, save where anyone
/// is believed.
#[derive(Debug)]
pub(super) enum TrustPolicy {
    /// One of the certificates that were given, or one that these or the system's authorities have
    /// issued for the server's name.
    ///
    /// The first is not the second: the certificate that a panel makes for itself bears no host name
    /// and may call itself an authority, so that it does not pass as one issued by itself.
    Known { given: Vec<CertificateDer<'static>>, issued: Issued },
    /// One of these certificates, whatever it says.
    Pinned(Vec<Fingerprint>),
    /// Any.
    Anyone,
}

/// What the authorities have issued. Reading the system's takes some milliseconds, and a client that
/// is given its panel's certificate never needs them; so they are read when first asked for.
#[derive(Debug, Default)]
pub(super) struct Issued(OnceLock<Result<Platform, TlsError>>);

impl Issued {
    /// # Errors
    /// If an authority that was given is none, or there is none at all.
    pub(super) fn by(
        &self,
        given: &[CertificateDer<'static>],
        provider: &Arc<CryptoProvider>,
    ) -> Result<&Platform, TlsError> {
        let read = || Platform::new_with_extra_roots(given.to_vec(), provider.clone());
        self.0.get_or_init(read).as_ref().map_err(TlsError::clone)
    }
}

#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) belief: TrustPolicy,
    pub(super) provider: Arc<CryptoProvider>,
}

/// A certificate that is not believed, for the message to name it.
#[derive(Debug)]
pub(crate) struct Untrusted {
    pub(crate) fingerprint: Fingerprint,
    pub(crate) cause: TlsError,
}

impl fmt::Display for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (SHA-256 {})", self.cause, self.fingerprint)
    }
}

impl std::error::Error for Untrusted {}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let believed = match &self.belief {
            TrustPolicy::Known { given, .. } if given.contains(end_entity) => Ok(ServerCertVerified::assertion()),
            TrustPolicy::Known { given, issued } => issued.by(given, &self.provider).and_then(|platform| {
                platform.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }),
            TrustPolicy::Pinned(pins) if pins.contains(&Fingerprint::of(end_entity)) => {
                Ok(ServerCertVerified::assertion())
            }
            TrustPolicy::Pinned(_) => {
                Err(TlsError::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
            }
            TrustPolicy::Anyone => Ok(ServerCertVerified::assertion()),
        };
        believed.map_err(|cause| {
            let untrusted = Untrusted { fingerprint: Fingerprint::of(end_entity), cause };
            TlsError::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(untrusted))))
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        match &self.belief {
            TrustPolicy::Anyone => Ok(HandshakeSignatureValid::assertion()),
            _ => verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms),
        }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        match &self.belief {
            TrustPolicy::Anyone => Ok(HandshakeSignatureValid::assertion()),
            _ => verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms),
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
