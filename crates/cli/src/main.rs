//! `plesk`: what can be done with packets of the Plesk XML API without a server.

mod check;
mod format;
mod input;

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Checks and formats packets of the Plesk XML API.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Says whether packets are valid, or all that is wrong with them.
    ///
    /// Prints `FILE: valid`, or a line for each fault: the line of the packet, the path, what is wrong
    /// and what to do about it. Values that are secret are not shown.
    ///
    /// Exit status: 0 if all packets are valid, 1 if some are not, 2 if a file cannot be read.
    Check {
        #[command(flatten)]
        files: Files,
        /// Print an object a line: file, valid, and violations with line, path, rule and message.
        #[arg(long)]
        json: bool,
    },
    /// Writes packets again, indented, in UTF-8.
    ///
    /// All elements, attributes and values are kept. Lost are comments, processing instructions, and
    /// attributes that say where the schema lies; a value may be written in another way that means the
    /// same (1 for true, 7 for 007). What is not a valid packet is not written; what is wrong with it
    /// is printed as an error.
    ///
    /// Exit status: 0 if all packets were written, 1 if some are not valid, 2 if a file cannot be read.
    Format {
        #[command(flatten)]
        files: Files,
    },
}

#[derive(Args)]
struct Files {
    /// The packets are answers of a server, not requests.
    #[arg(long)]
    response: bool,
    /// Files with a packet each; `-` is the standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// What became of the packets: the worst counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Valid,
    Invalid,
    Unreadable,
}

fn main() -> ExitCode {
    let out = &mut io::BufWriter::new(io::stdout().lock());
    let done = match Arguments::parse().command {
        Command::Check { files, json } => {
            each(&files, |name, bytes| check::check(out, name, bytes, files.response, json))
        }
        Command::Format { files } => each(&files, |name, bytes| format::format(out, name, bytes, files.response)),
    };
    match done.and_then(|outcome| out.flush().map(|()| outcome)) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::from(Outcome::Unreadable as u8),
        Err(error) => {
            eprintln!("plesk: the output cannot be written: {error}");
            ExitCode::from(Outcome::Unreadable as u8)
        }
    }
}

/// Does the same to every file that can be read.
fn each(files: &Files, mut act: impl FnMut(&str, &[u8]) -> io::Result<Outcome>) -> io::Result<Outcome> {
    let mut worst = Outcome::Valid;
    for file in &files.files {
        let outcome = match input::read(file) {
            Ok(bytes) => act(&file.to_string_lossy(), &bytes)?,
            Err(error) => {
                eprintln!("plesk: {}: cannot be read: {error}", file.display());
                Outcome::Unreadable
            }
        };
        worst = worst.max(outcome);
    }
    Ok(worst)
}
