//! `schemas/manifest.toml`: the protocol versions, their entry points, and a hash of each schema file.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::workspace::root;

/// The manifest.
#[derive(Debug, Deserialize)]
pub(crate) struct Manifest {
    /// The protocol version of the generated crate.
    pub(crate) current: String,
    pub(crate) protocol: BTreeMap<String, Protocol>,
}

/// One protocol version.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Protocol {
    /// The entry point of requests.
    pub(crate) request: String,
    /// The entry point of responses.
    pub(crate) response: String,
    /// The layer of the configuration, if it is not that of the version.
    pub(crate) layer: Option<String>,
    /// The SHA-256 hash of each file.
    #[serde(default)]
    pub(crate) files: BTreeMap<String, String>,
}

impl Manifest {
    pub(crate) fn path() -> PathBuf {
        root().join("schemas/manifest.toml")
    }

    pub(crate) fn read() -> Result<Self, String> {
        let path = Self::path();
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
    }

    /// Returns the protocol versions as a list for messages.
    pub(crate) fn versions(&self) -> String {
        let versions: Vec<_> = self.protocol.keys().map(String::as_str).collect();
        versions.join(", ")
    }

    /// Returns the manifest in its canonical form.
    pub(crate) fn text(&self) -> String {
        let mut text =
            String::from("# Which schema files belong to which protocol; kept by `cargo xtask regenerate`.\n");
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "current = \"{}\"", self.current);
        for (version, protocol) in &self.protocol {
            let _ = writeln!(
                text,
                "\n[protocol.\"{version}\"]\nrequest = \"{}\"\nresponse = \"{}\"",
                protocol.request, protocol.response
            );
            if let Some(layer) = &protocol.layer {
                let _ = writeln!(text, "layer = \"{layer}\"");
            }
            let _ = writeln!(text, "\n[protocol.\"{version}\".files] # SHA-256");
            for (name, hash) in &protocol.files {
                let _ = writeln!(text, "\"{name}\" = \"{hash}\"");
            }
        }
        text
    }

    /// Brings the hashes of `version` up to date, or writes nothing if `dry`. Returns `true` if they differed.
    pub(crate) fn refresh(mut self, version: &str, dry: bool) -> Result<bool, String> {
        let directory = root().join("schemas").join(version);
        let files = hashes(&directory)?;
        if let Some(protocol) = self.protocol.get_mut(version) {
            protocol.files = files;
        }
        let (path, text) = (Self::path(), self.text());
        let old = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        if old == text {
            return Ok(false);
        }
        if !dry {
            fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        Ok(true)
    }
}

/// Returns the SHA-256 hash of each schema file in `directory`.
fn hashes(directory: &Path) -> Result<BTreeMap<String, String>, String> {
    let fail = |e: std::io::Error| format!("{}: {e}", directory.display());
    let mut hashes = BTreeMap::new();
    for entry in fs::read_dir(directory).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".xsd")) else {
            continue;
        };
        let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        hashes.insert(name.to_owned(), hash);
    }
    Ok(hashes)
}
