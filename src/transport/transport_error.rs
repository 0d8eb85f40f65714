//! Converts errors of the HTTP libraries into [`Error`].

use std::error::Error as StdError;
use std::io;

use rustls::{CertificateError, Error as TlsError};

use super::tls::UntrustedCertificate;
use crate::error::{BoxError, Error};

/// Converts an error that happened while connecting, through the proxy `via` if there is one.
pub(super) fn connect_error(host: String, via: Option<&str>, error: BoxError) -> Error {
    let via = via.map_or_else(String::new, |proxy| format!(" (through the proxy {proxy})"));
    let problem = root_cause(&*error) + &via;
    match find::<TlsError>(&*error) {
        Some(tls) => {
            Error::Tls { host, problem: tls_problem(tls) + &via, certificate_sha256: fingerprint(tls), source: error }
        }
        None => Error::Connect { host, problem, source: error },
    }
}

/// Converts an error that happened while the body was received. `bad_http` describes a violation of HTTP, if
/// that is the cause.
pub(super) fn body_error(host: String, received: usize, bad_http: Option<String>, source: BoxError) -> Error {
    match bad_http {
        Some(problem) => Error::BadHttp { host, problem, source },
        None => Error::Truncated { host, received, source },
    }
}

/// Returns `true` if the framing of a body violates HTTP, as opposed to a body that is cut off.
pub(super) fn is_bad_framing(error: &(dyn StdError + 'static)) -> bool {
    let kinds = [io::ErrorKind::InvalidInput, io::ErrorKind::InvalidData];
    causes(error).any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|cause| kinds.contains(&cause.kind())))
}

/// Describes an error of TLS and what to do about it.
fn tls_problem(error: &TlsError) -> String {
    let untrusted = untrusted(error);
    let cause = untrusted.map_or(error, |untrusted| &untrusted.cause);
    let advice = match cause {
        TlsError::InvalidCertificate(
            CertificateError::UnknownIssuer | CertificateError::BadSignature | CertificateError::Other(_),
        ) => {
            "the client does not trust the certificate; a panel ships with a self-signed one: pass it, or the certificate of its issuer, as PEM to root_certificate"
        }
        TlsError::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => {
            "the certificate is for a different host name: use that name in the URL, or pass this very certificate as PEM to root_certificate"
        }
        TlsError::InvalidCertificate(
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. },
        ) => "renew the certificate on the panel, and check the clocks of both machines",
        TlsError::InvalidCertificate(CertificateError::ApplicationVerificationFailure) => {
            "the certificate is not the pinned one: either someone intercepts the connection, or it was renewed; ask the panel's administrator before you pin the new one"
        }
        TlsError::InvalidMessage(_) => "this port does not use TLS: a panel does on port 8443 by default",
        _ => "check the certificate and the TLS settings of the panel",
    };
    let pin = untrusted.map_or_else(String::new, |untrusted| {
        format!(
            ". Its SHA-256 fingerprint is {}: if `openssl x509 -noout -fingerprint -sha256 -in <certificate>` prints the same on the panel, pass it to pinned_certificate",
            untrusted.fingerprint
        )
    });
    format!("{cause}; {advice}{pin}")
}

fn untrusted(error: &TlsError) -> Option<&UntrustedCertificate> {
    match error {
        TlsError::InvalidCertificate(CertificateError::Other(other)) => other.0.downcast_ref(),
        _ => None,
    }
}

fn fingerprint(error: &TlsError) -> Option<String> {
    untrusted(error).map(|untrusted| untrusted.fingerprint.to_string())
}

/// Returns the message of the innermost cause: the outer ones only say that sending failed.
pub(super) fn root_cause(error: &(dyn StdError + 'static)) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Returns the first cause of type `E`.
pub(super) fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// Returns `error` and its causes, outermost first. `source` does not return the error that an [`io::Error`]
/// wraps, so that is unwrapped here.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn StdError + 'static) = *error;
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map_or_else(|| error.source(), |inner| Some(inner))
    })
}
