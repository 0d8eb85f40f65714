//! The schema files that are handed in: a directory or a zip of them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use zip::ZipArchive;

/// No schema file is larger, and no set of them has more or is larger. A zip may pretend to be small.
const FILE: u64 = 4 << 20;
const TOTAL: u64 = 64 << 20;
const FILES: usize = 10_000;

/// The schema files, by name.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// What else there was.
    pub(super) ignored: Vec<String>,
    /// The folder that all files so far are in.
    folder: Option<String>,
    size: u64,
}

impl Source {
    /// Reads a directory or a zip. The files stand in it side by side, or in a single folder.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let fail = |e: String| format!("{}: {e}", path.display());
        let mut source = Self::default();
        if path.is_dir() { source.read_directory(path, 0) } else { source.read_zip(path) }.map_err(fail)?;
        if source.files.is_empty() {
            return Err(fail("there is no .xsd file in it".to_owned()));
        }
        Ok(source)
    }

    fn read_directory(&mut self, path: &Path, depth: usize) -> Result<(), String> {
        let mut inside: Vec<_> = fs::read_dir(path)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
            .map_err(|e| e.to_string())?;
        inside.sort();
        let is_schema = |path: &Path| path.extension().is_some_and(|extension| extension == "xsd");
        let flat = inside.iter().any(|path| is_schema(path));
        for path in inside {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if flat || depth > 0 {
                    self.ignored.push(format!("{name}/"));
                } else {
                    self.read_directory(&path, 1)?;
                }
            } else if is_schema(&path) {
                let file = File::open(&path).map_err(|e| format!("{name}: {e}"))?;
                let folder = path.parent().unwrap_or(&path).to_string_lossy().into_owned();
                self.add(&folder, &name, file)?;
            } else {
                self.ignored.push(name);
            }
        }
        Ok(())
    }

    fn read_zip(&mut self, path: &Path) -> Result<(), String> {
        let bytes = fs::read(path).map_err(|e| e.to_string())?;
        let entries = entries(&bytes).ok_or("is neither a directory nor a zip")?;
        let mut archive = ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|e| e.to_string())?;
        if archive.len() != entries {
            return Err("the zip has entries of the same name, or is damaged".to_owned());
        }
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(|e| e.to_string())?;
            let path = entry.name().to_owned();
            if path.starts_with('/') || path.split('/').any(|part| part == "..") || path.contains(['\\', '\0']) {
                return Err(format!("the zip has an entry outside of itself: {path:?}"));
            }
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
            let hidden = path.starts_with("__MACOSX/") || name.starts_with('.');
            if entry.is_dir() {
                continue;
            }
            if hidden || !name.ends_with(".xsd") || !entry.is_file() {
                self.ignored.push(path);
                continue;
            }
            if folder.contains('/') {
                return Err(format!("{path} is in a folder of a folder"));
            }
            let (folder, name) = (folder.to_owned(), name.to_owned());
            self.add(&folder, &name, entry)?;
        }
        Ok(())
    }

    fn add(&mut self, folder: &str, name: &str, content: impl Read) -> Result<(), String> {
        let known = self.folder.get_or_insert_with(|| folder.to_owned());
        if known != folder {
            return Err(format!("{name} is in another folder than the files before it; they must stand side by side"));
        }
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)) {
            return Err(format!(
                "the file name {name:?} has other characters than letters, digits, dots, hyphens and underscores"
            ));
        }
        // On some systems names that differ only in case are one.
        if let Some(same) = self.files.keys().find(|known| known.eq_ignore_ascii_case(name)) {
            return Err(format!("{name} is there twice, also as {same}"));
        }
        let mut bytes = Vec::new();
        content.take(FILE + 1).read_to_end(&mut bytes).map_err(|e| format!("{name}: {e}"))?;
        let size = bytes.len() as u64;
        self.size += size;
        if size > FILE || self.size > TOTAL || self.files.len() >= FILES {
            let limit = format!("{} MiB a file, {} MiB and {FILES} files in all", FILE >> 20, TOTAL >> 20);
            return Err(format!("{name} is beyond what schemas need: {limit}"));
        }
        self.files.insert(name.to_owned(), bytes);
        Ok(())
    }

    /// Writes the version into the second line of each file that names one there, as the project's own files do.
    pub(super) fn name_version(&mut self, version: &str) {
        const BEGIN: &[u8] = b"<!-- Plesk XML API ";
        for bytes in self.files.values_mut() {
            let Some(start) = bytes.iter().position(|byte| *byte == b'\n').map(|end| end + 1) else { continue };
            let line = bytes[start..].split(|byte| *byte == b'\n').next().unwrap_or_default();
            let Some(named) = line.strip_prefix(BEGIN) else { continue };
            let Some(length) = named.iter().position(|byte| *byte == b':') else { continue };
            let at = start + BEGIN.len();
            bytes.splice(at..at + length, version.bytes());
        }
    }

    /// Whether the directory is not there, or holds these files and no others.
    pub(super) fn fits_into(&self, directory: &Path) -> Result<(), String> {
        if !directory.exists() {
            return Ok(());
        }
        let there = Self::read(directory)?;
        if there.files == self.files {
            return Ok(());
        }
        let (mine, theirs) = (self.files.keys(), there.files.keys());
        let differs = mine.chain(theirs).find(|name| self.files.get(*name) != there.files.get(*name));
        Err(format!(
            "{} is there already, and {} differs; remove the directory, or hand in its own files",
            directory.display(),
            differs.map_or("a file", String::as_str)
        ))
    }
}

/// How many entries a zip says that it has; the archive as it is read knows each name once.
fn entries(zip: &[u8]) -> Option<usize> {
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    let end = zip.windows(SIGNATURE.len()).rposition(|window| window == SIGNATURE)?;
    let count: [u8; 2] = zip.get(end + 10..end + 12)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(count)))
}

#[cfg(test)]
mod tests;
