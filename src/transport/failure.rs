//! From the errors of the HTTP libraries to ours.

use std::error::Error as StdError;
use std::io;
use std::time::Instant;

use rustls::{CertificateError, Error as TlsError};

use super::tls::Untrusted;
use super::{Bounds, Settings};
use crate::error::{BoxError, Error};

/// Why no connection could be made.
pub(super) fn connect(host: String, error: BoxError) -> Error {
    let problem = root_cause(&*error);
    match find::<TlsError>(&*error) {
        Some(tls) => {
            Error::Tls { host, problem: tls_problem(tls), certificate_sha256: fingerprint(tls), source: error }
        }
        None => Error::Connect { host, problem, source: error },
    }
}

/// Why an answer that began did not come whole: `bad_http` if what came breaks the rules.
pub(super) fn cut(host: String, received: usize, bad_http: Option<String>, source: BoxError) -> Error {
    match bad_http {
        Some(problem) => Error::BadHttp { host, problem, source },
        None => Error::Truncated { host, received, source },
    }
}

impl Settings {
    /// The timeout that has run out.
    pub(super) fn timed_out(&self, started: Instant, bounds: Bounds, source: BoxError) -> Error {
        let whole = self.read_timeout.is_none() || started.elapsed() >= bounds.timeout;
        let after = if whole { bounds.timeout } else { self.read_timeout.unwrap_or(bounds.timeout) };
        Error::Timeout { host: self.host.clone(), after, source }
    }
}

/// What breaks the rules of HTTP.
pub(super) struct BadHttp;

impl BadHttp {
    /// Whether a body was not framed as HTTP asks for, rather than cut off.
    pub(super) fn in_body(error: &(dyn StdError + 'static)) -> bool {
        let kinds = [io::ErrorKind::InvalidInput, io::ErrorKind::InvalidData];
        causes(error).any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|cause| kinds.contains(&cause.kind())))
    }
}

/// What is wrong with a TLS connection, and what to do about it.
fn tls_problem(error: &TlsError) -> String {
    let untrusted = untrusted(error);
    let cause = untrusted.map_or(error, |untrusted| &untrusted.cause);
    let advice = match cause {
        TlsError::InvalidCertificate(
            CertificateError::UnknownIssuer | CertificateError::BadSignature | CertificateError::Other(_),
        ) => {
            "the certificate is not one that the client trusts, and a panel ships with a self-signed one: give it, or the certificate of its issuer, as PEM to root_certificate"
        }
        TlsError::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => {
            "the certificate is for another name: use that name in the URL, or give this very certificate as PEM to root_certificate"
        }
        TlsError::InvalidCertificate(
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. },
        ) => "renew the certificate on the panel, and check the clocks of both machines",
        TlsError::InvalidCertificate(CertificateError::ApplicationVerificationFailure) => {
            "the certificate is not the pinned one: somebody is between client and panel, or it was renewed; ask the panel's administrator before you pin the new one"
        }
        TlsError::InvalidMessage(_) => "this port does not speak TLS: a panel does on 8443, unless it was moved",
        _ => "check the certificate and the TLS settings of the panel",
    };
    let pin = untrusted.map_or_else(String::new, |untrusted| {
        format!(
            ". Its SHA-256 fingerprint is {}: if `openssl x509 -noout -fingerprint -sha256 -in <certificate>` shows the same on the panel, pinned_certificate can take it",
            untrusted.fingerprint
        )
    });
    format!("{cause}; {advice}{pin}")
}

fn untrusted(error: &TlsError) -> Option<&Untrusted> {
    match error {
        TlsError::InvalidCertificate(CertificateError::Other(other)) => other.0.downcast_ref(),
        _ => None,
    }
}

fn fingerprint(error: &TlsError) -> Option<String> {
    untrusted(error).map(|untrusted| untrusted.fingerprint.to_string())
}

/// What the innermost cause says: the outer ones only say that sending failed.
pub(super) fn root_cause(error: &(dyn StdError + 'static)) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

pub(super) fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// The causes of `error`, outermost first. An [`io::Error`] hides what it wraps from `source`.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map_or_else(|| error.source(), |inner| Some(inner))
    })
}
