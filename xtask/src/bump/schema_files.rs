//! Reads the new schema files from a directory or a zip.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;

/// The maximum size of a file, the maximum size of all files, and their maximum number.
///
/// Real schemas are far smaller. The limits stop zips that unpack to huge files.
const MAX_FILE_SIZE: u64 = 4 << 20;
const MAX_TOTAL_SIZE: u64 = 64 << 20;
const MAX_FILES: usize = 10_000;

/// Schema files by name.
#[derive(Debug, Default)]
pub(super) struct SchemaFiles {
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// The names of all other files.
    pub(super) ignored: Vec<String>,
    /// The directory of all files read so far.
    directory: Option<String>,
    total_size: u64,
}

impl SchemaFiles {
    /// Reads a directory or a zip. All schema files must be in one directory: the top level, or a single directory in it.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let fail = |e: String| format!("{}: {e}", path.display());
        let mut files = Self::default();
        if path.is_dir() { files.read_directory(path, 0) } else { files.read_zip(path) }.map_err(fail)?;
        if files.files.is_empty() {
            return Err(fail("contains no .xsd file".to_owned()));
        }
        Ok(files)
    }

    fn read_directory(&mut self, path: &Path, depth: usize) -> Result<(), String> {
        let mut entries: Vec<_> = fs::read_dir(path)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
            .map_err(|e| e.to_string())?;
        entries.sort();
        let is_schema = |path: &Path| path.extension().is_some_and(|extension| extension == "xsd");
        let has_schemas = entries.iter().any(|path| is_schema(path));
        for path in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if has_schemas || depth > 0 {
                    self.ignored.push(format!("{name}/"));
                } else {
                    self.read_directory(&path, 1)?;
                }
            } else if is_schema(&path) {
                let file = File::open(&path).map_err(|e| format!("{name}: {e}"))?;
                let directory = path.parent().unwrap_or(&path).to_string_lossy().into_owned();
                self.add(&directory, &name, file)?;
            } else {
                self.ignored.push(name);
            }
        }
        Ok(())
    }

    fn read_zip(&mut self, path: &Path) -> Result<(), String> {
        let bytes = fs::read(path).map_err(|e| e.to_string())?;
        let declared_entries = declared_entries(&bytes).ok_or("is neither a directory nor a zip")?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
        if archive.len() != declared_entries {
            return Err("the zip has two entries of the same name, or is damaged".to_owned());
        }
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(|e| e.to_string())?;
            let path = entry.name().to_owned();
            if path.starts_with('/') || path.split('/').any(|part| part == "..") || path.contains(['\\', '\0']) {
                return Err(format!("the zip has an entry outside of its root: {path:?}"));
            }
            let (directory, name) = path.rsplit_once('/').unwrap_or(("", &path));
            let is_hidden = path.starts_with("__MACOSX/") || name.starts_with('.');
            if entry.is_dir() {
                continue;
            }
            if is_hidden || !name.ends_with(".xsd") || !entry.is_file() {
                self.ignored.push(path);
                continue;
            }
            if directory.contains('/') {
                return Err(format!("{path} is nested too deeply; put all schema files into one directory"));
            }
            let (directory, name) = (directory.to_owned(), name.to_owned());
            self.add(&directory, &name, entry)?;
        }
        Ok(())
    }

    fn add(&mut self, directory: &str, name: &str, content: impl Read) -> Result<(), String> {
        let known = self.directory.get_or_insert_with(|| directory.to_owned());
        if known != directory {
            return Err(format!(
                "{name} is in another directory than the files before it; put all schema files into one directory"
            ));
        }
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)) {
            return Err(format!("invalid file name {name:?}; expected letters, digits, dots, hyphens and underscores"));
        }
        // Some file systems do not distinguish upper and lower case.
        if let Some(same) = self.files.keys().find(|known| known.eq_ignore_ascii_case(name)) {
            return Err(format!("{name} occurs twice, also as {same}; remove one of them"));
        }
        let mut bytes = Vec::new();
        content.take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes).map_err(|e| format!("{name}: {e}"))?;
        let size = bytes.len() as u64;
        self.total_size += size;
        if size > MAX_FILE_SIZE || self.total_size > MAX_TOTAL_SIZE || self.files.len() >= MAX_FILES {
            let (file, total) = (MAX_FILE_SIZE >> 20, MAX_TOTAL_SIZE >> 20);
            return Err(format!(
                "{name} exceeds a limit: {file} MiB for a file, {total} MiB and {MAX_FILES} files in total"
            ));
        }
        self.files.insert(name.to_owned(), bytes);
        Ok(())
    }

    /// Replaces the version in the second line of each file that names one there, as the project's own files do.
    pub(super) fn set_version(&mut self, version: &str) {
        const PREFIX: &[u8] = b"<!-- Plesk XML API ";
        for bytes in self.files.values_mut() {
            let Some(start) = bytes.iter().position(|byte| *byte == b'\n').map(|end| end + 1) else { continue };
            let line = bytes[start..].split(|byte| *byte == b'\n').next().unwrap_or_default();
            let Some(rest) = line.strip_prefix(PREFIX) else { continue };
            let Some(length) = rest.iter().position(|byte| *byte == b':') else { continue };
            let at = start + PREFIX.len();
            bytes.splice(at..at + length, version.bytes());
        }
    }

    /// Returns an error if the directory contains exactly these schema files.
    pub(super) fn check_differs(&self, directory: &Path) -> Result<(), String> {
        if Self::read(directory)?.files == self.files {
            return Err(format!("{} already has these files; nothing was changed", directory.display()));
        }
        Ok(())
    }

    /// Returns an error if the target directory contains other schema files than these.
    pub(super) fn check_target(&self, directory: &Path) -> Result<(), String> {
        if !directory.exists() {
            return Ok(());
        }
        let existing = Self::read(directory)?;
        if existing.files == self.files {
            return Ok(());
        }
        let names = self.files.keys().chain(existing.files.keys());
        let different = names.into_iter().find(|name| self.files.get(*name) != existing.files.get(*name));
        Err(format!(
            "{} already exists with other files, such as {}; remove the directory, or pass its files",
            directory.display(),
            different.map_or("one", String::as_str)
        ))
    }
}

/// Returns the number of entries that a zip declares. The archive itself merges entries of the same name.
fn declared_entries(zip: &[u8]) -> Option<usize> {
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    let end = zip.windows(SIGNATURE.len()).rposition(|window| window == SIGNATURE)?;
    let count: [u8; 2] = zip.get(end + 10..end + 12)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(count)))
}

#[cfg(test)]
mod tests;
