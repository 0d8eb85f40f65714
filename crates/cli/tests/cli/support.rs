//! A shell with a configuration file and simulated servers.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use plesk_sim::Sim;
use serde_json::Value;
use tempfile::TempDir;

/// The password of every account.
pub(crate) const PASSWORD: &str = "Secret-Word-17";

/// A shell with a configuration file, and a simulated server.
pub(crate) struct Shell {
    pub(crate) sim: Sim,
    pub(crate) folder: TempDir,
}

impl Shell {
    pub(crate) fn start() -> Self {
        let shell = Self { sim: start_server(), folder: tempfile::tempdir().expect("a folder") };
        shell.write("ca.pem", shell.sim.certificate_pem());
        shell
    }

    /// Returns the command with the server in its environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.command_without_server(arguments);
        self.name_server(&mut command);
        command
    }

    pub(crate) fn command_without_server(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plesk"));
        command.args(arguments);
        self.prepare(&mut command);
        command
    }

    /// Returns a script for bash that finds `plesk` and the server.
    pub(crate) fn script(&self, script: &str) -> Command {
        let mut command = Command::new("bash");
        command.args(["-c", script]);
        self.prepare(&mut command);
        self.name_server(&mut command);
        command
    }

    fn prepare(&self, command: &mut Command) {
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("PLESK_") {
                command.env_remove(name);
            }
        }
        let binary = Path::new(env!("CARGO_BIN_EXE_plesk")).parent().expect("a directory").to_owned();
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(std::iter::once(binary).chain(env::split_paths(&path))).expect("a search path");
        command
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("PLESK_CONFIG", self.config())
            .env("PW", PASSWORD)
            .env_remove("NO_COLOR")
            .env("TERM", "xterm-256color")
            .stdin(Stdio::null());
    }

    fn name_server(&self, command: &mut Command) {
        command
            .env("PLESK_SERVER", self.sim.url())
            .env("PLESK_SECRET_KEY", self.sim.secret_key())
            .env("PLESK_CA", "ca.pem");
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.path().join(file), text).expect("written");
    }

    pub(crate) fn config(&self) -> std::path::PathBuf {
        self.folder.path().join("config.toml")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the command runs")
    }

    /// Sends an operation, and returns its only result.
    pub(crate) fn send(&self, arguments: &[&str]) -> Value {
        let results = self.send_all(arguments);
        assert_eq!(results.len(), 1, "{arguments:?}: {results:?}");
        results.into_iter().next().expect("a result")
    }

    /// Sends an operation that succeeds, and returns its results.
    pub(crate) fn send_all(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.run(&[&["send"], arguments, &["--json"]].concat());
        assert_eq!(status(&output), 0, "{arguments:?}: {output:?}");
        results(&output)
    }
}

pub(crate) fn start_server() -> Sim {
    Sim::start().expect("a simulated server")
}

pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().expect("an exit status")
}

pub(crate) fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

pub(crate) fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

pub(crate) fn results(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}
