//! `schemas/manifest.toml`: which protocols there are, their entry points, a hash of every file.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use plesk_codegen::config::Config;
use plesk_codegen::{Reading, Schemas, plesk, read};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{diagnostics, root};

/// The manifest.
#[derive(Debug, Deserialize)]
pub(crate) struct Manifest {
    /// The protocol that the generated crate is of.
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
    /// The SHA-256 of each file.
    #[serde(default)]
    pub(crate) files: BTreeMap<String, String>,
}

/// Where the schema files of a protocol stand.
#[derive(Debug)]
pub(crate) struct Location {
    pub(crate) directory: PathBuf,
    /// What people know the files by, if the directory is a copy.
    pub(crate) called: Option<PathBuf>,
    pub(crate) protocol: String,
    request: String,
    response: String,
}

impl Location {
    /// Files in a directory of one's own, with the entry points that the manifest names, or the usual ones.
    pub(crate) fn new(manifest: &Manifest, directory: PathBuf, protocol: String) -> Self {
        let entry = manifest.protocol.get(&protocol).or_else(|| manifest.protocol.get(&manifest.current));
        let (request, response) = match entry {
            Some(entry) => (entry.request.clone(), entry.response.clone()),
            None => ("agent_input.xsd".to_owned(), "agent_output.xsd".to_owned()),
        };
        Self { directory, called: None, protocol, request, response }
    }

    /// The project's own files of a protocol.
    pub(crate) fn own(manifest: &Manifest, protocol: &str) -> Result<Self, String> {
        if !manifest.protocol.contains_key(protocol) {
            let known: Vec<_> = manifest.protocol.keys().map(String::as_str).collect();
            return Err(format!("protocol {protocol} is not in schemas/manifest.toml, which has {}", known.join(", ")));
        }
        Ok(Self::new(manifest, root().join("schemas").join(protocol), protocol.to_owned()))
    }

    pub(crate) fn schemas(&self) -> Schemas<'_> {
        let Self { directory, protocol, request, response, .. } = self;
        Schemas { directory, protocol, request, response }
    }

    /// What the files say; what is wrong with them is shown on the standard error.
    pub(crate) fn read(&self) -> Result<Reading, String> {
        let called = self.called.as_deref();
        read(&self.schemas(), &self.config())
            .map_err(|error| diagnostics::show(&error, &self.schemas(), called, None, false))
            .map_err(|count| format!("the schemas in {}: {count}", called.unwrap_or(&self.directory).display()))
    }

    /// What the generator is told beside the files.
    pub(crate) fn config(&self) -> Config {
        plesk::config(&self.protocol)
    }
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

    /// The manifest as text, in the form that is kept.
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
            let _ = writeln!(text, "\n[protocol.\"{version}\".files] # SHA-256");
            for (name, hash) in &protocol.files {
                let _ = writeln!(text, "\"{name}\" = \"{hash}\"");
            }
        }
        text
    }

    /// Brings the hashes of `version` up to date; whether the file changed, or would with `dry`.
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

/// The SHA-256 of every schema file in `directory`.
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
