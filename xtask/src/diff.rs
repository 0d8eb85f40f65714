//! `cargo xtask diff`: what of one version's schemas is otherwise in another's.

use std::io::Write;
use std::path::Path;

use clap::{Args, ValueEnum};
use plesk_codegen::diff::diff as compare;

use crate::manifest::{Location, Manifest};

#[derive(Args)]
pub(crate) struct Arguments {
    /// What was: a directory of schemas, or a protocol of schemas/manifest.toml
    old: String,
    /// What is, given likewise
    new: String,
    /// What to print: text for people, Markdown for documents, JSON for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// Prints the differences. That there are some is no failure.
pub(crate) fn diff(arguments: &Arguments) -> Result<bool, String> {
    let (old, new) = (find(&arguments.old)?, find(&arguments.new)?);
    let diff = compare((&old.read()?.model, &old.config()), (&new.read()?.model, &new.config()));
    let text = match arguments.format {
        Format::Text => diff.to_colored_text(),
        Format::Markdown => diff.to_markdown(),
        Format::Json => serde_json::to_string_pretty(&diff).map_err(|e| e.to_string())? + "\n",
    };
    // Colours go to terminals only. Whoever reads may have seen enough.
    match anstream::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(format!("cannot write: {e}")),
        _ => Ok(true),
    }
}

/// The schemas in a directory, or those of a protocol. A directory that is called as a version is read as that version.
fn find(name: &str) -> Result<Location, String> {
    let manifest = Manifest::read()?;
    let directory = Path::new(name);
    match manifest.protocol.contains_key(name) {
        true => Location::own(&manifest, name),
        false if directory.is_dir() => Ok(Location::new(&manifest, directory.to_owned(), label(directory))),
        false => {
            let known: Vec<_> = manifest.protocol.keys().map(String::as_str).collect();
            let known = known.join(", ");
            Err(format!("{name} is neither a directory nor a protocol of schemas/manifest.toml, which has {known}"))
        }
    }
}

/// What a directory's schemas are called: as the directory, in the letters that a protocol version may have.
fn label(directory: &Path) -> String {
    let name = directory.canonicalize().unwrap_or_else(|_| directory.to_owned());
    let name = name.file_name().unwrap_or_default().to_string_lossy();
    let allowed = |c: char| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' };
    let label: String = name.chars().map(allowed).collect();
    if label.is_empty() { "schemas".to_owned() } else { label }
}
