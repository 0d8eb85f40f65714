//! `cargo xtask bump`: other schema files become those that the crates are made of.
//!
//! All of it is done in a copy of what changes, which only then takes the place of the originals, all or nothing.

mod changelog;
mod place;
mod source;
mod stage;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use plesk_codegen::diff::diff;

use crate::manifest::{Location, Manifest};
use crate::{diagnostics, root};
pub(crate) use place::recover;
use source::Source;
use stage::Stage;

#[derive(Args)]
pub(crate) struct Arguments {
    /// The schema files: a directory, or a zip
    #[arg(value_name = "DIR|ZIP")]
    source: PathBuf,
    /// The protocol version that they are of
    #[arg(long, value_name = "V")]
    protocol: String,
    /// Do everything but change the tree; say what would change
    #[arg(long)]
    dry_run: bool,
}

/// Checks the schemas, shows how they differ, and puts everything that follows from them into place.
pub(crate) fn bump(arguments: &Arguments) -> Result<bool, String> {
    recover()?;
    // Whoever stops this wants the tree as it was, so it is looked at between the steps.
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst)).map_err(|e| e.to_string())?;
    let manifest = Manifest::read()?;
    let new = arguments.protocol.as_str();
    is_free(&manifest, new)?;

    let mut source = Source::read(&arguments.source)?;
    source.name_version(new);
    println!("{} schema files of {}", source.files.len(), arguments.source.display());
    for other in &source.ignored {
        println!("  ignored: {other}");
    }
    source.fits_into(&root().join("schemas").join(new))?;

    let old = Location::own(&manifest, &manifest.current)?;
    let stage = Stage::new(&root(), &manifest, new, &source)?;
    let staged = stage.location(&manifest, &arguments.source);
    let diff = diff((&old.read()?.model, &old.config()), (&staged.read()?.model, &staged.config()));
    anstream::println!("\n{}", diff.to_colored_text());
    uninterrupted()?;

    if let Err(problems) = stage.regenerate()? {
        eprintln!("{}", diagnostics::as_files_of(&arguments.source, &staged.directory, &problems));
        return Err(format!(
            "Nothing was changed. Adapt the configuration in codegen/src/plesk/ to protocol {new}, and run this again: CONTRIBUTING.md says how"
        ));
    }
    stage.edit("CHANGELOG.md", |text| changelog::with_entry(text, &diff))?;
    uninterrupted()?;

    let changes = stage.changes()?;
    let verb = if arguments.dry_run { "would be " } else { "" };
    for change in &changes {
        println!("  {verb}{}: {}", if change.is_removal { "removed" } else { "written" }, change.path);
    }
    if arguments.dry_run {
        println!("protocol {new} asks for a {} version; nothing was changed", diff.bump);
        return Ok(true);
    }
    stage.place(&changes, &mut uninterrupted)?;
    println!("protocol {new} is in place of {}, and asks for a {} version", old.protocol, diff.bump);
    named_by_hand(&old.protocol);
    Ok(true)
}

/// Whether somebody asked this program to stop.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

fn uninterrupted() -> Result<(), String> {
    if INTERRUPTED.load(Ordering::SeqCst) { Err("interrupted".to_owned()) } else { Ok(()) }
}

/// Whether `new` can be the name of another protocol and its directory.
fn is_free(manifest: &Manifest, new: &str) -> Result<(), String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    if !new.starts_with(|c: char| c.is_ascii_alphanumeric()) || !new.chars().all(allowed) {
        return Err(format!("{new:?} is not a protocol version like 1.6.9.1"));
    }
    if new == manifest.current {
        return Err(format!(
            "protocol {new} is the current one already; to correct its files, edit schemas/{new} and run `cargo xtask regenerate`"
        ));
    }
    Ok(())
}

/// Says where the documents of people name the old version.
fn named_by_hand(old: &str) {
    for name in ["README.md", "ARCHITECTURE.md"] {
        // Without the file there is nothing to say of it.
        let text = std::fs::read_to_string(root().join(name)).unwrap_or_default();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| line.contains(old)) {
            println!("  names {old} still: {name}:{}: {}", at + 1, line.trim());
        }
    }
}
