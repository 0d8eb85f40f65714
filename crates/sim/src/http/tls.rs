//! The self-signed certificate of the server, which is new at each start.

use std::collections::BTreeSet;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// A self-signed certificate for the loopback addresses and the address of the server, and its private
/// key.
pub(crate) struct Identity {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Identity {
    pub(crate) fn new(address: IpAddr) -> io::Result<Self> {
        Self::generate(address).map_err(io::Error::other)
    }

    fn generate(address: IpAddr) -> Result<Self, rcgen::Error> {
        let names =
            BTreeSet::from(["127.0.0.1".to_owned(), "::1".to_owned(), "localhost".to_owned(), address.to_string()]);
        let mut params = CertificateParams::new(names.into_iter().collect::<Vec<_>>())?;
        params.distinguished_name.push(DnType::CommonName, "simulated Plesk");
        let key = KeyPair::generate()?;
        Ok(Self { certificate: params.self_signed(&key)?, key })
    }

    pub(crate) fn certificate_pem(&self) -> String {
        self.certificate.pem()
    }

    /// Returns an acceptor of TLS connections that presents this certificate.
    ///
    /// It names its cryptography provider instead of using the default of the process. A test can then
    /// install the default that its client needs, or none.
    pub(crate) fn acceptor(&self) -> io::Result<TlsAcceptor> {
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).map_err(io::Error::other)?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(vec![self.certificate.der().clone()], key))
            .map_err(io::Error::other)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}
