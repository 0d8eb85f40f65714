//! What both clients share: every setting that is not the network's.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Uri};
use plesk_wire::packet::Effect;

use super::forbidden::Forbidden;
use super::inspect::{Exchange, redacted_answer};
use super::retry::RetryPolicy;
use crate::batch::Batch;
use crate::codec::{self, CodecOptions};
use crate::error::Error;
use crate::mask::Redactor;
use crate::packet::Packet;

/// A hook that is shown every exchange.
pub(crate) type Inspector = Arc<dyn Fn(&Exchange<'_>) + Send + Sync>;

/// What both clients share.
pub(crate) struct Core {
    /// Host and port, for messages and traces.
    pub(crate) host: String,
    pub(crate) uri: Uri,
    /// The credentials.
    pub(crate) headers: HeaderMap,
    pub(crate) rules: CodecOptions,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) forbidden: Forbidden,
    pub(crate) mask: Redactor,
    pub(crate) inspector: Option<Inspector>,
}

impl Core {
    /// Checks a batch and writes it.
    ///
    /// # Errors
    /// If it is empty, forbidden or not valid.
    pub(crate) fn prepare(&self, batch: &Batch) -> Result<Packet, Error> {
        self.check(batch)?;
        Packet::new(batch, &self.rules)
    }

    /// The packet that would be sent, with secrets redacted.
    ///
    /// # Errors
    /// As for sending it.
    pub(crate) fn dry_run(&self, batch: &Batch) -> Result<String, Error> {
        self.prepare(batch)?;
        Ok(codec::encode_redacted(batch, self.rules.version.as_deref()))
    }

    fn check(&self, batch: &Batch) -> Result<(), Error> {
        match batch.first_with(|effect| self.forbidden.covers(effect)) {
            Some((operation, effect)) => Err(Error::Forbidden { operation: Some(operation), effect: Some(effect) }),
            None => Ok(()),
        }
    }

    /// Whether a raw packet with this effect, if it is known, may be sent.
    ///
    /// # Errors
    /// If it may not.
    pub(crate) fn check_raw(&self, effect: Option<Effect>) -> Result<(), Error> {
        if self.forbidden.any() && effect.is_none_or(|effect| self.forbidden.covers(effect)) {
            return Err(Error::Forbidden { operation: None, effect });
        }
        Ok(())
    }

    /// Shows an attempt to the hook, if there is one.
    pub(crate) fn inspect(
        &self,
        attempt: u32,
        request: impl FnOnce() -> String,
        status: Option<u16>,
        answer: Option<&[u8]>,
    ) {
        if let Some(inspector) = &self.inspector {
            let answer = answer.map(|body| self.mask.apply(&redacted_answer(body, self.rules.limits())));
            inspector(&Exchange::new(&self.host, attempt, &request(), status, answer.as_deref()));
        }
    }
}

/// Shows the server and the settings, never the credentials.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("host", &self.host)
            .field("rules", &self.rules)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("forbidden", &self.forbidden)
            .finish_non_exhaustive()
    }
}
