//! The steps of a bump.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use plesk_codegen::diff::{diff, moved_files};

use super::schema_files::SchemaFiles;
use super::staging::StagedWorkspace;
use super::{changelog, interrupt, transaction};
use crate::diagnostics;
use crate::diff::describe_moved;
use crate::lock::WriteLock;
use crate::schema_manifest::Manifest;
use crate::schema_set::{SchemaSet, parse_protocol};
use crate::workspace::root;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The new schema files: a directory or a zip
    #[arg(value_name = "DIR|ZIP")]
    source: PathBuf,
    /// Their protocol version; the current one to correct its files
    #[arg(long, value_name = "V", value_parser = parse_protocol)]
    protocol: String,
    /// The layer of the configuration [default: that of the protocol version]
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// Do everything except changing the workspace; list the files that would change
    #[arg(long)]
    dry_run: bool,
}

/// Checks the schemas, shows the changes, and writes the schemas and everything generated from them.
pub(crate) fn bump(arguments: &Arguments) -> Result<bool, String> {
    let _lock = WriteLock::acquire()?;
    transaction::recover()?;
    interrupt::defer()?;
    let manifest = Manifest::read()?;
    let protocol = arguments.protocol.as_str();
    let is_correction = protocol == manifest.current;

    let mut files = SchemaFiles::read(&arguments.source)?;
    files.set_version(protocol);
    println!("{} schema files in {}", files.files.len(), arguments.source.display());
    for name in &files.ignored {
        println!("  ignored: {name}");
    }
    let target = root().join("schemas").join(protocol);
    if is_correction {
        files.check_differs(&target)?;
    } else {
        files.check_target(&target)?;
    }

    let old = SchemaSet::own(&manifest, &manifest.current)?;
    let layer = arguments.layer.as_ref().or(manifest.protocol.get(protocol).and_then(|entry| entry.layer.as_ref()));
    let workspace = StagedWorkspace::new(&root(), &manifest, protocol, layer, &files)?;
    let new = workspace.schema_set(&manifest, &arguments.source).with_layer(layer.map(String::as_str))?;
    let old_model = old.read()?.model;
    // If the new files cannot be read, generation reports all their problems.
    let compared = new.try_read().ok().map(|new_reading| {
        let (old, new) = ((&old_model, &old.config()), (&new_reading.model, &new.config()));
        (diff(old, new), moved_files(old, new))
    });
    if let Some((diff, moved)) = &compared {
        anstream::println!("\n{}", diff.to_colored_text());
        print!("{}", describe_moved(moved));
    }
    interrupt::check()?;

    if let Err(problems) = workspace.regenerate()? {
        eprintln!("{}", diagnostics::with_original_paths(&arguments.source, &new.directory, &problems));
        return Err(format!(
            "nothing was changed; adapt the configuration in codegen/src/plesk/ to protocol {protocol} as CONTRIBUTING.md \
             describes, then run this command again"
        ));
    }
    let (diff, _) = compared.ok_or("the new schemas can be generated, but not read, which is a bug")?;
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
    if is_correction {
        println!("corrected the files of protocol {protocol}; this {needed}");
        return Ok(true);
    }
    println!("replaced protocol {} by {protocol}; this {needed}", old.protocol);
    print_mentions(&old.protocol);
    Ok(true)
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
