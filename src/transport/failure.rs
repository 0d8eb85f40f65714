//! From the errors of the HTTP library to ours.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use rustls::{CertificateError, Error as TlsError};

use crate::error::Error;

/// Why no answer began.
pub(super) fn before_answer(error: reqwest::Error, host: String, timeout: Duration) -> Error {
    if error.is_connect() {
        if let Some(problem) = find::<TlsError>(&error).map(tls_problem) {
            return Error::Tls { host, problem, source: Box::new(error) };
        }
        return Error::Connect { host, problem: root_cause(&error), source: Box::new(error) };
    }
    if error.is_timeout() {
        return Error::Timeout { host, after: timeout, source: Box::new(error) };
    }
    Error::NoAnswer { host, problem: root_cause(&error), source: Box::new(error) }
}

/// Why an answer that began did not come whole.
pub(super) fn during_answer(error: reqwest::Error, host: String, timeout: Duration, received: usize) -> Error {
    if error.is_timeout() {
        return Error::Timeout { host, after: timeout, source: Box::new(error) };
    }
    Error::Truncated { host, received, source: Box::new(error) }
}

/// What is wrong with a TLS connection, and what to do about it.
fn tls_problem(error: &TlsError) -> String {
    let advice = match error {
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
        TlsError::InvalidMessage(_) => "this port does not speak TLS: a panel does on 8443, unless it was moved",
        _ => "check the certificate and the TLS settings of the panel",
    };
    format!("{error}; {advice}")
}

/// What the innermost cause says: the outer ones only say that sending failed.
fn root_cause(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

fn find<E: StdError + 'static>(error: &reqwest::Error) -> Option<&E> {
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
