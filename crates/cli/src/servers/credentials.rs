//! The secrets with which a client signs in. They never come from arguments, which other users can see.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::config::{Profile, is_readable_by_others};
use crate::prompt;

/// What a client signs in with.
#[derive(Clone)]
pub(crate) enum Credentials {
    SecretKey(String),
    Password { login: String, password: String },
}

impl Credentials {
    /// Reads them from `PLESK_SECRET_KEY`, or `PLESK_LOGIN` and `PLESK_PASSWORD`. Asks for a password that is missing.
    ///
    /// # Errors
    /// A message that says where to put them.
    pub(crate) fn from_environment(url: &str) -> Result<Self, String> {
        if let Some(key) = variable("PLESK_SECRET_KEY") {
            return Ok(Self::SecretKey(key));
        }
        let login = variable("PLESK_LOGIN").unwrap_or_else(|| "admin".to_owned());
        match variable("PLESK_PASSWORD") {
            Some(password) => Ok(Self::Password { login, password }),
            None => Self::asked_for(&login, url).map_err(|problem| {
                format!("{problem}; set PLESK_SECRET_KEY, or PLESK_LOGIN and PLESK_PASSWORD, or run `plesk login`")
            }),
        }
    }

    /// Reads them as a profile describes. Asks for a password that is missing.
    ///
    /// # Errors
    /// A message that names the profile.
    pub(crate) fn of_profile(name: &str, profile: &Profile) -> Result<Self, String> {
        let in_profile = |problem: String| format!("profile {name}: {problem}");
        let key = first([
            profile.secret_key.clone().map(Ok),
            profile.secret_key_file.as_deref().map(from_file),
            profile.secret_key_command.as_deref().map(from_command),
        ]);
        if let Some(key) = key {
            return key.map(Self::SecretKey).map_err(in_profile);
        }
        let login = profile.login.clone().unwrap_or_else(|| "admin".to_owned());
        let password = first([
            profile.password.clone().map(Ok),
            profile.password_file.as_deref().map(from_file),
            profile.password_command.as_deref().map(from_command),
        ]);
        match password {
            Some(password) => Ok(Self::Password { login, password: password.map_err(in_profile)? }),
            None => Self::asked_for(&login, &profile.url).map_err(in_profile),
        }
    }

    /// Asks for a password.
    pub(crate) fn asked_for(login: &str, url: &str) -> Result<Self, String> {
        let password = prompt::secret(&format!("Password of {login} on {url}: "))?;
        Ok(Self::Password { login: login.to_owned(), password })
    }
}

/// Returns the value of an environment variable that is set and not empty.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn first<T, const N: usize>(options: [Option<T>; N]) -> Option<T> {
    options.into_iter().flatten().next()
}

fn from_file(file: &str) -> Result<String, String> {
    if is_readable_by_others(Path::new(file)) {
        return Err(format!("{file} has a secret and other users can read it; run `chmod 600 {file}`"));
    }
    let text = fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    first_line(&text).ok_or_else(|| format!("{file} is empty"))
}

/// Runs a command in a shell, and returns the first line of its output.
fn from_command(command: &str) -> Result<String, String> {
    let mut shell = if cfg!(windows) { Command::new("cmd") } else { Command::new("sh") };
    let output = shell
        .args([if cfg!(windows) { "/C" } else { "-c" }, command])
        .stdin(std::process::Stdio::inherit())
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot run the command for the secret: {error}"))?;
    if !output.status.success() {
        return Err(format!("the command for the secret failed ({})", output.status));
    }
    first_line(&String::from_utf8_lossy(&output.stdout))
        .ok_or_else(|| "the command for the secret printed nothing".to_owned())
}

fn first_line(text: &str) -> Option<String> {
    text.lines().next().filter(|line| !line.is_empty()).map(str::to_owned)
}
