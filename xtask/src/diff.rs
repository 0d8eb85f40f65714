//! `cargo xtask diff`: compares two versions of the schemas.

use std::io::{ErrorKind, Write};
use std::path::Path;

use clap::{Args, ValueEnum};
use plesk_codegen::diff::{MovedFile, diff as compare, moved_files};

use crate::schema_manifest::Manifest;
use crate::schema_set::SchemaSet;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The old version: a directory of schemas, or a protocol version in schemas/manifest.toml
    old: String,
    /// The new version, in the same form
    new: String,
    /// The layer of the configuration for the new version [default: that of the version]
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// The layer of the configuration for the old version [default: that of the version]
    #[arg(long, value_name = "NAME")]
    old_layer: Option<String>,
    /// The output format: text for people, Markdown for documents, JSON for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// Prints the changes. It succeeds whether or not there are any.
pub(crate) fn diff(arguments: &Arguments) -> Result<bool, String> {
    let old = find(&arguments.old)?.with_layer(arguments.old_layer.as_deref())?;
    let new = find(&arguments.new)?.with_layer(arguments.layer.as_deref())?;
    let (old_model, new_model) = (old.read()?.model, new.read()?.model);
    let (old, new) = ((&old_model, &old.config()), (&new_model, &new.config()));
    let diff = compare(old, new);
    let text = match arguments.format {
        Format::Text => diff.to_colored_text() + &describe_moved(&moved_files(old, new)),
        Format::Markdown => diff.to_markdown(),
        Format::Json => serde_json::to_string_pretty(&diff).map_err(|e| e.to_string())? + "\n",
    };
    // `anstream` removes colors unless the output is a terminal.
    match anstream::stdout().write_all(text.as_bytes()) {
        // A closed pager is no error.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
        _ => Ok(true),
    }
}

/// Describes how the types of split or renamed files keep their Rust paths.
pub(crate) fn describe_moved(moved: &[MovedFile]) -> String {
    let describe = |MovedFile { file, module, types }: &MovedFile| {
        format!(
            "{types} types of {file}.xsd were in the module `{module}` before; list (\"{file}\", \"{module}\") in `modules` of \
             the layer in codegen/src/plesk/, and they keep their Rust paths\n"
        )
    };
    moved.iter().map(describe).collect()
}

/// Returns the schemas of a protocol version, or those in a directory. A directory's name is taken for its version.
fn find(name: &str) -> Result<SchemaSet, String> {
    let manifest = Manifest::read()?;
    let directory = Path::new(name);
    if manifest.protocol.contains_key(name) {
        SchemaSet::own(&manifest, name)
    } else if directory.is_dir() {
        Ok(SchemaSet::new(&manifest, directory.to_owned(), version_of(directory)))
    } else {
        let known = manifest.versions();
        Err(format!("{name} is neither a directory nor a protocol version; schemas/manifest.toml has {known}"))
    }
}

/// Returns the name of a directory, with the characters that a protocol version may have.
fn version_of(directory: &Path) -> String {
    let name = directory.canonicalize().unwrap_or_else(|_| directory.to_owned());
    let name = name.file_name().unwrap_or_default().to_string_lossy();
    let replace = |c: char| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' };
    let version: String = name.chars().map(replace).collect();
    if version.is_empty() { "schemas".to_owned() } else { version }
}
