//! Programs that some tests compare with.

use std::io::{self, Write};
use std::sync::Mutex;

/// A program that some tests compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The reference validator, of libxml2.
    Xmllint,
    /// The reference for version bumps.
    SemverChecks,
    /// Reads JSON in scripts, as users of the command do.
    Jq,
    /// Reads man pages.
    Mandoc,
    /// Runs a command on a terminal.
    Script,
}

impl Tool {
    /// Returns the name of the program.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xmllint => "xmllint",
            Self::SemverChecks => "cargo-semver-checks",
            Self::Jq => "jq",
            Self::Mandoc => "mandoc",
            Self::Script => "script of util-linux",
        }
    }

    /// Returns the environment variable that turns skipped tests into failures. `cargo xtask ci` sets it.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Xmllint => "PLESK_REQUIRE_XMLLINT",
            Self::SemverChecks => "PLESK_REQUIRE_SEMVER_CHECKS",
            Self::Jq | Self::Mandoc | Self::Script => "PLESK_REQUIRE_SHELL_TOOLS",
        }
    }

    /// Returns how to install the program.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Xmllint => "Debian: apt-get install libxml2-utils",
            Self::SemverChecks => "cargo xtask ci --full installs it",
            Self::Jq => "Debian: apt-get install jq",
            Self::Mandoc => "Debian: apt-get install mandoc",
            Self::Script => "Debian: apt-get install bsdutils",
        }
    }

    /// Reports that a test is skipped because the program is missing, once for each program.
    ///
    /// # Panics
    /// If [`Tool::variable`] is set: then a missing program is a failure. An empty value or `0` does not count.
    #[track_caller]
    pub fn skip(self) {
        let is_required = std::env::var_os(self.variable()).is_some_and(|value| !value.is_empty() && value != "0");
        let (name, advice) = (self.name(), self.advice());
        assert!(!is_required, "{name} is not installed, but {} is set ({advice})", self.variable());
        static REPORTED: Mutex<Vec<Tool>> = Mutex::new(Vec::new());
        let mut reported = REPORTED.lock().unwrap_or_else(|error| error.into_inner());
        if !reported.contains(&self) {
            reported.push(self);
            // Written, not printed: the test harness shows it although the test passes.
            let _ =
                writeln!(io::stderr(), "SKIPPED: {name} is not installed, so nothing was compared with it ({advice})");
        }
    }
}
