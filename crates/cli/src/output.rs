//! Standard output and standard error: what is written there, and what happens if nobody reads it.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anstyle::Style;

use crate::style::{self, paint};
use crate::text::hang;

/// A stream whose reader may leave, as `head` does. What is written after that is lost, which is no error.
pub(crate) struct UntilClosed<W> {
    inner: W,
    is_closed: bool,
}

impl<W> UntilClosed<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, is_closed: false }
    }

    /// Returns `default` from the moment on when the reader has left.
    fn unless_closed<T>(&mut self, default: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.is_closed {
            return Ok(default);
        }
        match write(&mut self.inner) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(default)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |inner| inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), W::flush)
    }
}

/// Writes an error to standard error.
pub(crate) fn error(text: &str) {
    message(style::FAILURE, "plesk:", text);
}

/// Writes a warning to standard error: something that is done all the same.
pub(crate) fn warning(text: &str) {
    message(style::WARNING, "plesk: warning:", text);
}

/// Writes a remark to standard error.
pub(crate) fn remark(text: &str) {
    message(Style::new(), "plesk:", text);
}

/// Writes text to standard error as it is. If standard error cannot be written, there is nobody to tell.
pub(crate) fn raw_message(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Writes a message. On a terminal its lines are wrapped; elsewhere each stays whole, so that scripts can search it.
fn message(style: Style, label: &str, text: &str) {
    let text = format!("{} {text}", paint(style, label));
    let lines = text.lines().map(|line| if io::stderr().is_terminal() { hang(line) } else { line.to_owned() });
    raw_message(&format!("{}\n", lines.collect::<Vec<_>>().join("\n")));
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind, Write};

    use super::UntilClosed;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(ErrorKind::BrokenPipe.into())
        }
    }

    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn closed_stream_is_no_error_and_a_full_disk_is() {
        let mut closed = UntilClosed::new(Closed);
        assert!(closed.write_all(b"text").is_ok() && closed.flush().is_ok());
        assert!(UntilClosed::new(Full).write_all(b"text").is_err());
    }
}
