//! The server's refusal of a packet as a whole.

use std::fmt;

use plesk_wire::packet::Fault;

use super::{advice, text};

/// The server's refusal of a packet as a whole (`<system>`), for example because of wrong credentials or
/// because its schema does not allow the packet. None of the operations was executed, except those that
/// have an answer.
///
/// ```
/// use plesk::{Batch, Error, ErrorCode, Packet, CodecOptions, session};
///
/// let mut batch = Batch::new();
/// let _ = batch.push(session::Get::new());
/// let body = b"<packet><system><status>error</status><errcode>1001</errcode><errtext>No</errtext></system></packet>";
/// let Err(Error::System(error)) = Packet::new(&batch, &CodecOptions::new())?.read(body) else { panic!() };
/// assert_eq!(error.fault().code, Some(ErrorCode::AUTHENTICATION_FAILED));
/// assert!(error.to_string().ends_with("check login and password, or the secret key"));
/// # Ok::<(), plesk::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SystemError(Box<Inner>);

#[derive(Clone, Debug, PartialEq)]
struct Inner {
    fault: Fault,
    output: Option<String>,
    host: Option<String>,
}

impl SystemError {
    pub(crate) fn new(fault: Fault, output: Option<String>) -> Self {
        Self(Box::new(Inner { fault, output, host: None }))
    }

    /// Returns the server's error code and error text.
    pub fn fault(&self) -> &Fault {
        &self.0.fault
    }

    /// Returns host and port of the server, if a client read the response.
    pub fn host(&self) -> Option<&str> {
        self.0.host.as_deref()
    }

    pub(super) fn host_mut(&mut self) -> &mut Option<String> {
        &mut self.0.host
    }

    /// Returns the text that programs on the server printed into the response (`<output>`), if any.
    /// It helps to find problems on the server.
    pub fn output(&self) -> Option<&str> {
        self.0.output.as_deref()
    }
}

impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} refused the packet: {}", text::server(&self.0.host), self.0.fault)?;
        match self.0.fault.code.and_then(advice::system) {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for SystemError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.fault.unreadable.as_ref().map(|error| error as _)
    }
}
