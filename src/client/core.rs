//! The settings that both clients share: all except those of the transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Uri};
use plesk_wire::packet::Effect;

use super::forbidden::Forbidden;
use super::inspect::{Exchange, redact_response};
use super::retry::{RetryBudget, RetryPolicy};
use crate::batch::Batch;
use crate::codec::{self, CodecOptions};
use crate::error::Error;
use crate::packet::Packet;
use crate::redactor::Redactor;

/// A hook that is called with every exchange.
pub(crate) type Inspector = Arc<dyn Fn(&Exchange<'_>) + Send + Sync>;

/// The settings that both clients share, already checked.
pub(crate) struct Core {
    /// Host and port, for messages and traces.
    pub(crate) host: String,
    pub(crate) uri: Uri,
    /// The headers with the credentials.
    pub(crate) headers: HeaderMap,
    pub(crate) options: CodecOptions,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_budget: Option<RetryBudget>,
    pub(crate) forbidden: Forbidden,
    pub(crate) redactor: Arc<Redactor>,
    pub(crate) inspector: Option<Inspector>,
}

impl Core {
    /// Validates and encodes a batch.
    ///
    /// # Errors
    /// If it is empty, forbidden or invalid.
    pub(crate) fn prepare(&self, batch: &Batch) -> Result<Packet, Error> {
        self.check(batch)?;
        Packet::new(batch, &self.options)
    }

    /// Returns the packet that would be sent, with secrets redacted.
    ///
    /// # Errors
    /// As for sending it.
    pub(crate) fn dry_run(&self, batch: &Batch) -> Result<String, Error> {
        self.prepare(batch)?;
        let version = self.options.version.as_deref();
        Ok(codec::encode_redacted(batch.operations(), batch.request_settings(), version))
    }

    fn check(&self, batch: &Batch) -> Result<(), Error> {
        match batch.find_effect(|effect| self.forbidden.includes(effect)) {
            Some((operation, effect)) => Err(Error::Forbidden { operation: Some(operation), effect: Some(effect) }),
            None => Ok(()),
        }
    }

    /// Checks whether a raw packet may be sent. `effect` returns `None` if its effect is unknown.
    ///
    /// # Errors
    /// If the client forbids it.
    pub(crate) fn check_raw(&self, effect: impl FnOnce() -> Option<Effect>) -> Result<(), Error> {
        if self.forbidden.is_empty() {
            return Ok(());
        }
        match effect() {
            Some(effect) if !self.forbidden.includes(effect) => Ok(()),
            effect => Err(Error::Forbidden { operation: None, effect }),
        }
    }

    /// Calls the inspection hook, if there is one, with an attempt.
    pub(crate) fn inspect(
        &self,
        attempt: u32,
        request: impl FnOnce() -> String,
        status: Option<u16>,
        body: Option<&[u8]>,
    ) {
        if let Some(inspector) = &self.inspector {
            let response = body.map(|body| self.redactor.redact(&redact_response(body, self.options.limits())));
            inspector(&Exchange::new(&self.host, attempt, &request(), status, response.as_deref()));
        }
    }
}

/// Shows the server and the settings, never the credentials.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("host", &self.host)
            .field("options", &self.options)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("forbidden", &self.forbidden)
            .finish_non_exhaustive()
    }
}
