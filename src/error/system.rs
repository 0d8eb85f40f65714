//! The refusal of a packet as a whole.

use std::fmt;

use plesk_wire::packet::Fault;

use super::{advice, host};
#[cfg(feature = "_client")]
use crate::mask::Redactor;

/// The server's refusal of a packet as a whole (`<system>`): wrong credentials, a packet that its
/// schema does not allow, and the like. Unless some of the packet's operations have answers, none
/// was carried out.
///
/// ```
/// use plesk::{Batch, Error, ErrorCode, Packet, CodecOptions, session};
///
/// let mut batch = Batch::new();
/// let _ = batch.push(session::Get::new());
/// let answer = b"<packet><system><status>error</status><errcode>1001</errcode><errtext>No</errtext></system></packet>";
/// let Err(Error::System(error)) = Packet::new(&batch, &CodecOptions::new())?.read(answer) else { panic!() };
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

    /// The same without our secrets, should the server repeat one.
    #[cfg(feature = "_client")]
    pub(crate) fn redacted(mut self, mask: &Redactor) -> Self {
        let hide = |text: &mut Option<String>| *text = text.as_deref().map(|text| mask.apply(text));
        hide(&mut self.0.fault.text);
        hide(&mut self.0.output);
        self
    }

    /// The server's code and words.
    pub fn fault(&self) -> &Fault {
        &self.0.fault
    }

    /// Host and port of the server, if a client read its answer.
    pub fn host(&self) -> Option<&str> {
        self.0.host.as_deref()
    }

    pub(super) fn host_mut(&mut self) -> &mut Option<String> {
        &mut self.0.host
    }

    /// What programs on the server wrote beside the error, if anything: for finding faults there.
    pub fn output(&self) -> Option<&str> {
        self.0.output.as_deref()
    }
}

impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} refused the packet: {}", host::server(&self.0.host), self.0.fault)?;
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
