//! `cargo xtask outline`: the structure of the schemas, to be read and compared.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use plesk_codegen::model;
use plesk_codegen::outline::{OutlineOptions, outline as outlines};

use crate::diagnostics;
use crate::manifest::{Location, Manifest};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Operators, or what is in them: `customer.del`; or `packet` [default: all of it]
    #[arg(value_name = "OPERATOR[.OPERATION]")]
    paths: Vec<String>,
    /// Show only requests, or only responses
    #[arg(long)]
    direction: Option<Direction>,
    /// The directory of schema files [default: schemas/PROTOCOL]
    #[arg(long, value_name = "DIR")]
    schemas: Option<PathBuf>,
    /// The protocol version [default: the name of DIR, or the manifest's current one]
    #[arg(long, value_name = "V")]
    protocol: Option<String>,
    /// Write a file for each operator and direction into this directory
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Direction {
    Request,
    Response,
}

/// Shows the outlines, or writes them.
pub(crate) fn outline(arguments: &Arguments) -> Result<bool, String> {
    let manifest = Manifest::read()?;
    let location = match &arguments.schemas {
        Some(directory) => {
            let name = directory.file_name().map(|name| name.to_string_lossy().into_owned());
            let protocol = arguments.protocol.clone().or(name).unwrap_or_else(|| manifest.current.clone());
            Location::new(&manifest, directory.clone(), protocol)
        }
        None => Location::own(&manifest, arguments.protocol.as_ref().unwrap_or(&manifest.current))?,
    };
    let direction = arguments.direction.map(|direction| match direction {
        Direction::Request => model::Direction::Request,
        Direction::Response => model::Direction::Response,
    });
    let options = OutlineOptions { direction, paths: &arguments.paths };
    let outlines = outlines(&location.schemas(), &location.config(), options)
        .map_err(|error| diagnostics::show(&error, &location.schemas(), None, None, false))?;
    let Some(out) = &arguments.out else {
        let texts: Vec<String> = outlines.into_iter().map(|outline| outline.text).collect();
        return match std::io::stdout().lock().write_all(texts.join("\n").as_bytes()) {
            // A pager that was closed has seen enough.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.to_string()),
            _ => Ok(true),
        };
    };
    for outline in &outlines {
        let path = out.join(format!("{}.txt", outline.name));
        let around = path.parent().unwrap_or(out);
        fs::create_dir_all(around).map_err(|e| format!("{}: {e}", around.display()))?;
        fs::write(&path, &outline.text).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    println!("{} outlines written to {}", outlines.len(), out.display());
    Ok(true)
}
