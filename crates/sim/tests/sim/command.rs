//! The command `plesk-sim`, as a user starts it.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use crate::support::Connection;

/// A running command. It is killed when this is dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) url: String,
    /// The line that the command printed when it was ready.
    line: String,
    stdout: BufReader<ChildStdout>,
}

/// Returns the command with these arguments, and without settings from the environment.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plesk-sim"));
    let ours = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PLESK_SIM_"));
    ours.for_each(|(name, _)| {
        command.env_remove(name);
    });
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Running {
    /// Starts the command with `--json` and waits until it is ready.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_command(command(arguments).arg("--json"))
    }

    fn start_command(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the command starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        if line.is_empty() {
            let mut error = String::new();
            child.stderr.take().expect("piped").read_to_string(&mut error).expect("UTF-8");
            panic!("the command did not start: {error}");
        }
        let url = json(&line, "url").unwrap_or_default();
        Self { child, url, line, stdout }
    }

    fn connect(&self, key: &str) -> Connection {
        let address = self.url.split_once("://").expect("a URL").1;
        Connection::connect(address, key).expect("the command listens")
    }

    /// Sends a signal and waits for the end. Returns the exit code.
    #[cfg(unix)]
    fn end_with(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill").success());
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).expect("UTF-8");
        assert_eq!(rest, "", "the command prints one line");
        self.child.wait().expect("an end").code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns a text of the line that the command prints with `--json`.
fn json(line: &str, name: &str) -> Option<String> {
    let (_, rest) = line.split_once(&format!("\"{name}\":\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

/// Runs the command until it ends by itself.
fn fail(arguments: &[&str]) -> String {
    let Output { status, stderr, stdout } = command(arguments).output().expect("the command starts");
    assert!(!status.success() && stdout.is_empty());
    String::from_utf8(stderr).expect("UTF-8")
}

const ALL: &str = "<customer><get><filter/><dataset><gen_info/></dataset></get></customer>";

#[test]
#[cfg(unix)]
fn ready_line_names_what_a_client_needs_and_signals_end_cleanly() {
    for signal in ["-INT", "-TERM"] {
        let running = Running::start(&["--plain-http", "--secret-key=k", "--login", "root", "--password", "s3cret!"]);
        let text = |name: &str| json(&running.line, name).unwrap_or_else(|| panic!("{name}: {}", running.line));
        assert_eq!((text("login"), text("password"), text("key")), ("root".into(), "s3cret!".into(), "k".into()));
        assert!(running.url.starts_with("http://127.0.0.1:"), "{}", running.url);
        let certificate = text("certificate");
        let pem = std::fs::read_to_string(&certificate).expect("the certificate");
        assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"), "{pem}");

        let all = running.connect("k").run(ALL).expect("a response");
        assert!(all.contains("<login>jo</login>") && all.contains("<login>kim</login>"), "{all}");
        assert_eq!(running.end_with(signal), Some(0));
        assert!(!Path::new(&certificate).exists(), "{certificate}");
    }
}

#[test]
fn environment_sets_credentials_and_help_hides_them() {
    let mut start = command(&["--plain-http", "--no-seed", "--json"]);
    start.env("PLESK_SIM_SECRET_KEY", "from-env").env("PLESK_SIM_PASSWORD", "hush-hush");
    let running = Running::start_command(&mut start);
    assert_eq!(json(&running.line, "key").as_deref(), Some("from-env"));
    let all = running.connect("from-env").run(ALL).expect("a response");
    assert!(all.contains("<get><result><status>ok</status></result></get>"), "{all}");

    let help = command(&["--help"]).env("PLESK_SIM_PASSWORD", "hush-hush").output().expect("help").stdout;
    let help = String::from_utf8(help).expect("UTF-8");
    assert!(help.contains("PLESK_SIM_PASSWORD") && !help.contains("hush-hush"), "{help}");
}

#[test]
fn text_line_is_one_line_for_people() {
    let running = Running::start_command(&mut command(&["--plain-http", "--secret-key", "k"]));
    assert!(running.line.starts_with("plesk-sim is ready: url=http://127.0.0.1:"), "{}", running.line);
    assert!(running.line.contains(" login=admin ") && running.line.contains(" key=k "), "{}", running.line);
}

#[test]
fn seed_file_describes_the_objects() {
    let folder = tempfile::tempdir().expect("a folder");
    let seed = folder.path().join("seed.toml");
    std::fs::write(&seed, "[[customers]]\nlogin = 'ada'\n").expect("written");
    let seed = seed.to_str().expect("UTF-8");
    let running = Running::start(&["--plain-http", "--secret-key=k", "--seed", seed]);
    let all = running.connect("k").run(ALL).expect("a response");
    assert!(all.contains("<login>ada</login>") && all.matches("<login>").count() == 1, "{all}");

    std::fs::write(seed, "[[customers]]\nlog = 'ada'\n").expect("written");
    let error = fail(&["--seed", seed]);
    assert!(error.contains("unknown field `log`"), "{error}");
    let error = fail(&["--seed", seed, "--no-seed"]);
    assert!(error.contains("cannot be used with"), "{error}");
}

#[test]
fn errors_name_the_address_or_the_file() {
    let running = Running::start(&["--plain-http"]);
    let port = running.url.rsplit(':').next().expect("a port");
    let error = fail(&["--port", port]);
    assert!(error.starts_with(&format!("plesk-sim: cannot listen on 127.0.0.1:{port}: ")), "{error}");
    for option in ["--seed", "--certificate", "--state"] {
        let error = fail(&[option, "/no/such/folder/file"]);
        assert!(error.starts_with("plesk-sim: /no/such/folder/file: "), "{option}: {error}");
    }
    let error = fail(&["--port", "65536"]);
    assert!(error.contains("65536"), "{error}");
    let error = fail(&["--secret-key", ""]);
    assert!(error.contains("the secret key is empty"), "{error}");
}

#[test]
fn listening_beyond_loopback_is_named_as_dangerous() {
    let mut running = Running::start(&["--listen", "0.0.0.0", "--plain-http"]);
    assert!(running.url.starts_with("http://0.0.0.0:"), "{}", running.url);
    running.child.kill().expect("killed");
    let mut error = String::new();
    running.child.stderr.take().expect("piped").read_to_string(&mut error).expect("UTF-8");
    assert!(error.contains("0.0.0.0 can be reached from other machines"), "{error}");
}

#[test]
fn log_has_a_line_for_each_request() {
    let mut running = Running::start(&["--plain-http", "--log", "--secret-key=k"]);
    running.connect("k").run(ALL).expect("a response");
    running.child.kill().expect("killed");
    let mut log = String::new();
    running.child.stderr.take().expect("piped").read_to_string(&mut log).expect("UTF-8");
    assert!(log.starts_with("POST /enterprise/control/agent.php [customer/get] HTTP 200, "), "{log}");
    assert_eq!(log.lines().count(), 1, "{log}");
}

#[test]
#[cfg(unix)]
fn closed_pipes_do_not_end_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let certificate = folder.path().join("pem");
    let path = certificate.to_str().expect("UTF-8");
    let mut child = command(&["--plain-http", "--log", "--certificate", path]).spawn().expect("the command starts");
    drop(child.stdout.take());
    drop(child.stderr.take());
    while !certificate.exists() {
        std::thread::yield_now();
    }
    std::thread::sleep(std::time::Duration::from_millis(100));
    assert!(child.try_wait().expect("a status").is_none(), "the command ended");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
    assert_eq!(child.wait().expect("an end").code(), Some(0));
    // A file that the user named stays.
    assert!(certificate.exists());
}

#[test]
fn coverage_is_printed_as_text_and_as_json() {
    let output = |arguments: &[&str]| {
        let Output { status, stdout, .. } = command(arguments).output().expect("the command runs");
        assert!(status.success());
        String::from_utf8(stdout).expect("UTF-8")
    };
    let text = output(&["--coverage"]);
    assert_eq!(text.lines().count(), plesk_sim::coverage().len());
    assert!(text.contains("modeled   customer/add\n") && text.contains("plausible server/reboot\n"), "{text}");
    let entries: Vec<serde_json::Value> = serde_json::from_str(&output(&["--coverage", "--json"])).expect("JSON");
    assert_eq!(entries.len(), plesk_sim::coverage().len());
    let first = serde_json::json!({ "coverage": "plausible", "operation": "download-package", "operator": "aps" });
    assert_eq!(entries[0], first);
}
