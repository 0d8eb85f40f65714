//! `cargo xtask outline`: shows the structure of the schemas, for people to read and compare.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use plesk_codegen::model;
use plesk_codegen::outline::{OutlineOptions, outline as outlines};

use crate::diagnostics;
use crate::schema_manifest::Manifest;
use crate::schema_set::{SchemaSet, parse_protocol};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Operators, elements in them (`customer.del`), or `packet` [default: everything]
    #[arg(value_name = "OPERATOR[.OPERATION]")]
    paths: Vec<String>,
    /// Show only requests, or only responses
    #[arg(long)]
    direction: Option<Direction>,
    /// The directory of the schema files [default: schemas/PROTOCOL]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
    /// The protocol version [default: the name of DIR if it is one; without DIR the current one of schemas/manifest.toml]
    #[arg(long, value_name = "V", value_parser = parse_protocol)]
    protocol: Option<String>,
    /// The layer of the configuration [default: that of the protocol version]
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// Write a file for each operator and direction into this directory
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Direction {
    Request,
    Response,
}

/// Prints the outlines, or writes them to files.
pub(crate) fn outline(arguments: &Arguments) -> Result<bool, String> {
    let manifest = Manifest::read()?;
    let schema_set = match &arguments.schemas {
        Some(directory) => {
            let name = directory.file_name().map(|name| name.to_string_lossy().into_owned());
            let name = name.filter(|name| plesk_codegen::plesk::is_version(name));
            let protocol = arguments.protocol.clone().or(name).ok_or_else(|| {
                format!(
                    "the name of {} is not a protocol version; pass the version as `--protocol`",
                    directory.display()
                )
            })?;
            SchemaSet::new(&manifest, directory.clone(), protocol)
        }
        None => SchemaSet::own(&manifest, arguments.protocol.as_ref().unwrap_or(&manifest.current))?,
    }
    .with_layer(arguments.layer.as_deref())?;
    let direction = arguments.direction.map(|direction| match direction {
        Direction::Request => model::Direction::Request,
        Direction::Response => model::Direction::Response,
    });
    let options = OutlineOptions { direction, paths: &arguments.paths };
    let outlines = outlines(&schema_set.schemas(), &schema_set.config(), options)
        .map_err(|error| diagnostics::print(&error, &schema_set.schemas(), None, None, false))?;
    let Some(out) = &arguments.out else {
        let texts: Vec<String> = outlines.into_iter().map(|outline| outline.text).collect();
        return match std::io::stdout().lock().write_all(texts.join("\n").as_bytes()) {
            // A closed pager is no error.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
            _ => Ok(true),
        };
    };
    for outline in &outlines {
        let path = out.join(format!("{}.txt", outline.name));
        let parent = path.parent().unwrap_or(out);
        fs::create_dir_all(parent).map_err(|e| format!("{}: {e}", parent.display()))?;
        fs::write(&path, &outline.text).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    println!("{} outlines written to {}", outlines.len(), out.display());
    Ok(true)
}
