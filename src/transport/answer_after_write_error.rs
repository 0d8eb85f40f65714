//! Receives the answer of a server that stops reading the request.
//!
//! A server that refuses a large request answers and closes the connection while the client still sends. ureq
//! then reports the failed write, although the answer has arrived. This layer between TCP and TLS lets it read
//! the answer.

use std::io::{self, ErrorKind};

use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// A connector that adds the layer to a connection.
#[derive(Debug)]
pub(super) struct AnswerAfterWriteError;

impl<In: Transport> Connector<In> for AnswerAfterWriteError {
    type Out = Answering<In>;

    fn connect(&self, _details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|transport| Answering { transport, write_error: None, received: false }))
    }
}

/// A connection that can be read after writing to it failed.
#[derive(Debug)]
pub(super) struct Answering<T> {
    transport: T,
    write_error: Option<io::Error>,
    /// Whether anything was received since the last write.
    received: bool,
}

impl<T: Transport> Transport for Answering<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.transport.buffers()
    }

    /// After a failed write, the rest of the request is dropped.
    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if self.write_error.is_some() {
            return Ok(());
        }
        self.received = false;
        match self.transport.transmit_output(amount, timeout) {
            Err(Error::Io(error)) if is_closed(&error) => {
                self.write_error = Some(error);
                Ok(())
            }
            result => result,
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let result = self.transport.await_input(timeout);
        match (&result, self.write_error.take()) {
            // There is no answer, so the failed write is the problem.
            (Ok(false) | Err(Error::Io(_)), Some(error)) if !self.received => return Err(Error::Io(error)),
            (_, error) => self.write_error = error,
        }
        self.received |= matches!(result, Ok(true));
        match result {
            // ureq takes these for the end of a body without a length.
            Err(Error::Io(error)) if is_closed(&error) => Err(Error::Io(io::Error::other(error))),
            result => result,
        }
    }

    fn is_open(&mut self) -> bool {
        self.write_error.is_none() && self.transport.is_open()
    }

    fn is_tls(&self) -> bool {
        self.transport.is_tls()
    }
}

/// Returns `true` if the error is that the server closed the connection.
fn is_closed(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted)
}
