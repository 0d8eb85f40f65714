//! `plesk`: checks and formats packets of the Plesk XML API without a server.

mod check;
mod format;
mod input;
mod report;
mod status;

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use status::Status;

/// Checks and formats packets of the Plesk XML API.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Checks whether packets are valid, and lists every violation.
    ///
    /// Prints `FILE: valid`, or one line for each violation: the line number, the path, what is wrong and what to do
    /// about it. Secret values are never shown.
    ///
    /// Exit status: 0 if all packets are valid, 1 if some are not, 2 if a file cannot be read.
    Check {
        #[command(flatten)]
        files: Files,
        /// Print one JSON object per line, one for each file: `file`, `valid`, and `violations` with `line`, `path`, `rule` and
        /// `message`; `more` is the number of violations that are not listed.
        #[arg(long)]
        json: bool,
    },
    /// Formats packets: indents them and converts them to UTF-8.
    ///
    /// All elements, attributes and values are kept, except for attributes that locate the schema. Comments and
    /// processing instructions are dropped. A value may be written in an equivalent form (1 for true, 7 for 007). A packet
    /// that is not valid is not formatted; its violations are printed on standard error.
    ///
    /// Exit status: 0 if all packets were formatted, 1 if some are not valid, 2 if a file cannot be read.
    Format {
        #[command(flatten)]
        files: Files,
    },
}

#[derive(Args)]
struct Files {
    /// Read responses of a server instead of requests.
    #[arg(long)]
    response: bool,
    /// Files with one packet each; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let out = &mut io::BufWriter::new(io::stdout().lock());
    let result = match Arguments::parse().command {
        Command::Check { files, json } => {
            for_each_file(&files, |name, bytes| check::check(out, name, bytes, files.response, json))
        }
        Command::Format { files } => {
            for_each_file(&files, |name, bytes| format::format(out, name, bytes, files.response))
        }
    };
    match result.and_then(|status| out.flush().map(|()| status)) {
        Ok(status) => status.into(),
        // The reader of a pipe, such as `head`, has closed it. That is not worth a message.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Status::Failed.into(),
        Err(error) => {
            eprintln!("plesk: cannot write the output: {error}");
            Status::Failed.into()
        }
    }
}

/// Applies `action` to every file that can be read. Returns the most severe status.
fn for_each_file(files: &Files, mut action: impl FnMut(&str, &[u8]) -> io::Result<Status>) -> io::Result<Status> {
    let mut worst = Status::Valid;
    for file in &files.files {
        let status = match input::read(file) {
            Ok(bytes) => action(&file.to_string_lossy(), &bytes)?,
            Err(error) => {
                eprintln!("plesk: cannot read {}: {error}", file.display());
                Status::Failed
            }
        };
        worst = worst.max(status);
    }
    Ok(worst)
}
