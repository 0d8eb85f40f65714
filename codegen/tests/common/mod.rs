//! Schemas written by a test, in a temporary directory.

pub(crate) mod config;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use plesk_codegen::config::Config;
use plesk_codegen::error::Error;
use plesk_codegen::{Schemas, Summary, generate};

/// A temporary directory that is removed when the value is dropped.
pub(crate) struct Directory(PathBuf);

impl Directory {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("plesk-codegen-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Returns the directory to which a generation writes.
    pub(crate) fn out(&self) -> PathBuf {
        self.0.join("out")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file");
    }

    /// Writes a schema file with `content` at its top level.
    pub(crate) fn schema(&self, name: &str, content: &str) {
        self.write(name, &format!("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">{content}</xs:schema>"));
    }

    /// Generates from `request.xsd`, and from `response.xsd` if it exists.
    pub(crate) fn generate(&self, config: &Config) -> Result<Summary, Error> {
        let response = if self.0.join("response.xsd").exists() { "response.xsd" } else { "request.xsd" };
        let schemas = Schemas { directory: &self.0, protocol: "1", request: "request.xsd", response };
        generate(&schemas, config, &self.out(), false)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
