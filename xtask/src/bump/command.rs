//! The steps of a bump.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use plesk_codegen::diff::diff;

use super::schema_files::SchemaFiles;
use super::staging::StagedWorkspace;
use super::{changelog, interrupt, transaction};
use crate::diagnostics;
use crate::schema_manifest::Manifest;
use crate::schema_set::SchemaSet;
use crate::workspace::root;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The new schema files: a directory or a zip
    #[arg(value_name = "DIR|ZIP")]
    source: PathBuf,
    /// Their protocol version
    #[arg(long, value_name = "V")]
    protocol: String,
    /// Do everything except changing the workspace; list the files that would change
    #[arg(long)]
    dry_run: bool,
}

/// Checks the schemas, shows the changes, and writes the schemas and everything generated from them.
pub(crate) fn bump(arguments: &Arguments) -> Result<bool, String> {
    transaction::recover()?;
    interrupt::defer()?;
    let manifest = Manifest::read()?;
    let protocol = arguments.protocol.as_str();
    check_protocol(&manifest, protocol)?;

    let mut files = SchemaFiles::read(&arguments.source)?;
    files.set_version(protocol);
    println!("{} schema files in {}", files.files.len(), arguments.source.display());
    for name in &files.ignored {
        println!("  ignored: {name}");
    }
    files.check_target(&root().join("schemas").join(protocol))?;

    let old = SchemaSet::own(&manifest, &manifest.current)?;
    let workspace = StagedWorkspace::new(&root(), &manifest, protocol, &files)?;
    let new = workspace.schema_set(&manifest, &arguments.source);
    let diff = diff((&old.read()?.model, &old.config()), (&new.read()?.model, &new.config()));
    anstream::println!("\n{}", diff.to_colored_text());
    interrupt::check()?;

    if let Err(problems) = workspace.regenerate()? {
        eprintln!("{}", diagnostics::with_original_paths(&arguments.source, &new.directory, &problems));
        return Err(format!(
            "nothing was changed; adapt the configuration in codegen/src/plesk/ to protocol {protocol} as CONTRIBUTING.md \
             describes, then run this command again"
        ));
    }
    workspace.edit("CHANGELOG.md", |text| changelog::add_entry(text, &diff))?;
    interrupt::check()?;

    let changes = workspace.changes()?;
    let verb = if arguments.dry_run { "would be " } else { "" };
    for change in &changes {
        println!("  {verb}{}: {}", if change.is_removal { "removed" } else { "written" }, change.path);
    }
    let needed = format!("needs a {} version bump", diff.bump);
    if arguments.dry_run {
        println!("dry run: protocol {protocol} {needed}; nothing was changed");
        return Ok(true);
    }
    workspace.apply(&changes, &mut interrupt::check)?;
    println!("replaced protocol {} by {protocol}; this {needed}", old.protocol);
    print_mentions(&old.protocol);
    Ok(true)
}

/// Returns an error if `protocol` cannot be the name of a new protocol version and of its directory.
fn check_protocol(manifest: &Manifest, protocol: &str) -> Result<(), String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    if !protocol.starts_with(|c: char| c.is_ascii_alphanumeric()) || !protocol.chars().all(is_allowed) {
        return Err(format!(
            "{protocol:?} is not a protocol version; expected letters, digits, dots, hyphens and underscores, such as 1.6.9.1"
        ));
    }
    if protocol == manifest.current {
        return Err(format!(
            "protocol {protocol} is already the current one; to correct its files, edit schemas/{protocol} and run \
             `cargo xtask regenerate`"
        ));
    }
    Ok(())
}

/// Prints the lines of hand-written documents that mention the old version.
fn print_mentions(old: &str) {
    for name in ["README.md", "ARCHITECTURE.md"] {
        // A missing document mentions nothing.
        let text = fs::read_to_string(root().join(name)).unwrap_or_default();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| line.contains(old)) {
            println!("  still mentions {old}: {name}:{}: {}", at + 1, line.trim());
        }
    }
}
