//! The configuration file: named servers.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::Deserialize;

use super::credentials::variable;

/// The configuration.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The profile that is used if no other is named.
    pub(crate) default: Option<String>,
    /// The servers by name.
    #[serde(default)]
    pub(crate) profile: BTreeMap<String, Profile>,
}

/// A server.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Profile {
    pub(crate) url: String,
    pub(crate) login: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) password_file: Option<String>,
    pub(crate) password_command: Option<String>,
    pub(crate) secret_key: Option<String>,
    pub(crate) secret_key_file: Option<String>,
    pub(crate) secret_key_command: Option<String>,
    pub(crate) pin: Option<String>,
    pub(crate) ca: Option<String>,
}

/// Shows the URL only.
impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Profile {
    /// Replaces the relative names of files by their paths.
    pub(crate) fn resolve_files(&mut self, directory: &Path) {
        for file in [&mut self.password_file, &mut self.secret_key_file, &mut self.ca].into_iter().flatten() {
            *file = directory.join(&file).to_string_lossy().into_owned();
        }
    }
}

impl Config {
    /// Reads the configuration file. Without one, there are no profiles.
    ///
    /// # Errors
    /// A message if the file cannot be read, or if others can read the secrets in it.
    pub(crate) fn read() -> Result<Self, String> {
        let path = path()?;
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(format!("cannot read {}: {error}", path.display())),
        };
        // The message of the parser quotes the line, which may hold a secret.
        let mut config: Self = toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
            format!("{}: line {line}: {}", path.display(), error.message())
        })?;
        let has_secret = |profile: &Profile| profile.password.is_some() || profile.secret_key.is_some();
        if config.profile.values().any(has_secret) && is_readable_by_others(&path) {
            let path = path.display();
            return Err(format!("{path} has secrets and other users can read it; run `chmod 600 {path}`"));
        }
        let directory = path.parent().unwrap_or(Path::new("."));
        config.profile.values_mut().for_each(|profile| profile.resolve_files(directory));
        Ok(config)
    }
}

/// Returns the path of the configuration file: `PLESK_CONFIG`, or the usual place.
///
/// # Errors
/// A message if there is no home directory.
pub(crate) fn path() -> Result<PathBuf, String> {
    if let Some(path) = variable("PLESK_CONFIG") {
        return Ok(PathBuf::from(path));
    }
    let strategy = etcetera::choose_base_strategy()
        .map_err(|error| format!("no place for the configuration file: {error}; set PLESK_CONFIG"))?;
    Ok(strategy.config_dir().join("plesk").join("config.toml"))
}

/// Adds or replaces a profile, and keeps everything else in the file as it is. Only the user can read the file then.
///
/// # Errors
/// A message if the file cannot be read or written.
pub(crate) fn store(name: &str, profile: &Profile) -> Result<PathBuf, String> {
    let path = path()?;
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("cannot read {}: {error}", path.display())),
    };
    let mut document: toml_edit::DocumentMut =
        text.parse().map_err(|_| format!("{} is not valid TOML; correct it first", path.display()))?;
    let profiles = document.entry("profile").or_insert(toml_edit::table());
    let Some(profiles) = profiles.as_table_mut() else {
        return Err(format!("{}: `profile` is not a table", path.display()));
    };
    profiles.set_implicit(true);
    let mut table = toml_edit::Table::new();
    let members = [
        ("url", Some(&profile.url)),
        ("login", profile.login.as_ref()),
        ("password", profile.password.as_ref()),
        ("password-file", profile.password_file.as_ref()),
        ("password-command", profile.password_command.as_ref()),
        ("secret-key", profile.secret_key.as_ref()),
        ("secret-key-file", profile.secret_key_file.as_ref()),
        ("secret-key-command", profile.secret_key_command.as_ref()),
        ("pin", profile.pin.as_ref()),
        ("ca", profile.ca.as_ref()),
    ];
    for (key, value) in members {
        if let Some(value) = value {
            table.insert(key, toml_edit::value(value.as_str()));
        }
    }
    profiles.insert(name, toml_edit::Item::Table(table));
    write_private(&path, &document.to_string()).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    Ok(path)
}

/// Writes a file that only the user can read, in one step: a reader sees the old file or the new one.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    // A link to the file stays a link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let directory = path.parent().unwrap_or(Path::new("."));
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(directory)?;
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let written = options.open(&temporary).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&temporary, path));
    if renamed.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    renamed
}

#[cfg(unix)]
pub(super) fn is_readable_by_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
pub(super) fn is_readable_by_others(_: &Path) -> bool {
    false
}
