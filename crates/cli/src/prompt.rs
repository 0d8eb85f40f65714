//! Questions to a person at a terminal.

use std::io::{self, BufRead, IsTerminal, Write};

/// Asks whether to go on. Returns `false` without asking if nobody is at the terminal.
pub(crate) fn confirm(question: &str) -> bool {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return false;
    }
    let answer = ask(&format!("{question}\nGo on? [y/N] ")).unwrap_or_default();
    matches!(answer.to_lowercase().as_str(), "y" | "yes")
}

/// Asks for a line; `None` at the end of the input.
pub(crate) fn ask(question: &str) -> Option<String> {
    let mut err = io::stderr().lock();
    let _ = write!(err, "{question}").and_then(|()| err.flush());
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).ok().filter(|length| *length > 0);
    read.map(|_| line.trim().to_owned())
}

/// Asks for a secret without showing it.
///
/// # Errors
/// A message if there is no terminal.
pub(crate) fn secret(question: &str) -> Result<String, String> {
    rpassword::prompt_password(question).map_err(|error| format!("cannot ask for a secret without a terminal: {error}"))
}
