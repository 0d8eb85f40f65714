//! Reads files, several at a time, and writes what was found in their order.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use plesk_wire::xml::Limits;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::output;
use crate::status::Status;
use crate::style::{self, paint};
use crate::text::printable;

/// So many files are read before their results are written, so that memory stays bounded.
const BATCH: usize = 64;

/// What a file led to: the text for the output, the text for standard error, and the status.
pub(crate) struct Outcome {
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
    pub(crate) status: Status,
}

/// Applies `action` to the name and the bytes of every file. Returns the worst status.
pub(crate) fn for_each(
    out: &mut impl Write,
    files: &[PathBuf],
    action: impl Fn(&str, &[u8]) -> Outcome + Sync,
) -> io::Result<Status> {
    let bar = progress(files.len());
    let mut worst = Status::Success;
    let of_file = |file: &PathBuf| {
        let name = name_of(file);
        let outcome = match read(file) {
            Ok(bytes) => action(&name, &bytes),
            Err(error) => {
                let err = format!("{} cannot read {}: {error}\n", paint(style::FAILURE, "plesk:"), printable(&name));
                Outcome { out: Vec::new(), err, status: Status::Failed }
            }
        };
        bar.inc(1);
        outcome
    };
    for batch in files.chunks(BATCH) {
        let outcomes: Vec<Outcome> = match batch {
            // A few milliseconds for threads are too much for one file.
            [file] => vec![of_file(file)],
            batch => batch.par_iter().map(of_file).collect(),
        };
        worst = outcomes.iter().map(|outcome| outcome.status).fold(worst, Status::max);
        // The bar and the results may share a terminal.
        bar.suspend(|| write(out, &outcomes))?;
    }
    bar.finish_and_clear();
    Ok(worst)
}

fn write(out: &mut impl Write, outcomes: &[Outcome]) -> io::Result<()> {
    for outcome in outcomes {
        out.write_all(&outcome.out)?;
        if !outcome.err.is_empty() {
            out.flush()?;
            output::raw_message(&outcome.err);
        }
    }
    out.flush()
}

/// Returns the name of a file, with bytes that are not UTF-8 escaped.
fn name_of(file: &Path) -> String {
    let mut name = String::new();
    for chunk in file.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| name.push_str(&format!("\\x{byte:02x}")));
    }
    name
}

/// Reads `file`, or standard input if it is `-`.
///
/// It stops one byte after the size limit. That byte is enough for the check to refuse the packet as too large.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let limit = Limits::DEFAULT.size as u64 + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn progress(files: usize) -> ProgressBar {
    if files <= BATCH || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {elapsed}");
    ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
