//! The schema files of one protocol version, and how they are read.

use std::path::{Path, PathBuf};

use plesk_codegen::config::Config;
use plesk_codegen::error::Error;
use plesk_codegen::{Reading, Schemas, generate, plesk, read};

use crate::diagnostics;
use crate::schema_manifest::Manifest;
use crate::workspace::root;

/// Parses an argument that is a protocol version.
pub(crate) fn parse_protocol(text: &str) -> Result<String, String> {
    match plesk::is_version(text) {
        true => Ok(text.to_owned()),
        false => Err("expected numbers and dots, such as 1.6.9.1".to_owned()),
    }
}

/// The schema files of one protocol version.
#[derive(Debug)]
pub(crate) struct SchemaSet {
    pub(crate) directory: PathBuf,
    /// The path that users know the files by, if the directory is a copy.
    original: Option<PathBuf>,
    pub(crate) protocol: String,
    request: String,
    response: String,
    /// The name of the layer of the configuration; `None` for that of the version.
    layer: Option<String>,
}

impl SchemaSet {
    /// Returns the files in `directory`. Their entry points are those of the manifest, or the usual ones.
    pub(crate) fn new(manifest: &Manifest, directory: PathBuf, protocol: String) -> Self {
        let entry = manifest.protocol.get(&protocol).or_else(|| manifest.protocol.get(&manifest.current));
        let (request, response) = match entry {
            Some(entry) => (entry.request.clone(), entry.response.clone()),
            None => ("agent_input.xsd".to_owned(), "agent_output.xsd".to_owned()),
        };
        Self { directory, original: None, protocol, request, response, layer: None }
    }

    /// Returns the project's own files of a protocol version.
    pub(crate) fn own(manifest: &Manifest, protocol: &str) -> Result<Self, String> {
        if !manifest.protocol.contains_key(protocol) {
            let known = manifest.versions();
            return Err(format!("unknown protocol {protocol}; schemas/manifest.toml has {known}"));
        }
        let layer = manifest.protocol.get(protocol).and_then(|entry| entry.layer.as_deref());
        Self::new(manifest, root().join("schemas").join(protocol), protocol.to_owned()).with_layer(layer)
    }

    /// Reports problems at `original`, of which the files are a copy.
    pub(crate) fn copied_from(self, original: &Path) -> Self {
        Self { original: Some(original.to_owned()), ..self }
    }

    /// Reads the files with the layer of this name, if there is one.
    pub(crate) fn with_layer(self, layer: Option<&str>) -> Result<Self, String> {
        let Some(name) = layer else { return Ok(self) };
        if plesk::config_with_layer(name).is_none() {
            let known: Vec<_> = plesk::layers().collect();
            let known = known.join(", ");
            return Err(format!("there is no layer {name}; `LAYERS` in codegen/src/plesk/mod.rs has {known}"));
        }
        Ok(Self { layer: Some(name.to_owned()), ..self })
    }

    /// Returns the files in the form that the generator takes.
    pub(crate) fn schemas(&self) -> Schemas<'_> {
        let Self { directory, protocol, request, response, .. } = self;
        Schemas { directory, protocol, request, response }
    }

    /// Reads the files. Prints their problems to the standard error.
    pub(crate) fn read(&self) -> Result<Reading, String> {
        let original = self.original.as_deref();
        self.try_read()
            .map_err(|error| diagnostics::print(&error, &self.schemas(), original, None, false))
            .map_err(|count| format!("the schemas in {} have {count}", original.unwrap_or(&self.directory).display()))
    }

    /// Reads the files, and prints nothing.
    pub(crate) fn try_read(&self) -> Result<Reading, Error> {
        read(&self.schemas(), &self.config())
    }

    /// Generates from the files without writing anything, so that all their problems are found.
    pub(crate) fn generate_nothing(&self) -> Result<(), Error> {
        // No emitted file is there, so none is compared.
        let nowhere = self.directory.join("generated");
        generate(&self.schemas(), &self.config(), &nowhere, true).map(drop)
    }

    /// Returns the configuration of the generator for these files.
    pub(crate) fn config(&self) -> Config {
        let layer = self.layer.as_deref().and_then(plesk::config_with_layer);
        layer.unwrap_or_else(|| plesk::config(&self.protocol))
    }
}
