//! The command `plesk-sim`: runs a simulated Plesk until Ctrl-C.

use std::fs;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;

use clap::Parser;
use plesk_sim::{Builder, Sim};

/// The objects of a new server, unless the user describes others.
const EXAMPLES: &str = include_str!("examples.toml");

/// Runs a simulated Plesk until Ctrl-C.
///
/// When it is ready, it prints one line with its URL and its credentials. A client must trust the
/// certificate, which is written to a file.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    /// The IP address to listen on, IPv4 or IPv6. Everyone who reaches it reaches the server: only a
    /// loopback address is safe
    #[arg(long, value_name = "ADDRESS", env = "PLESK_SIM_LISTEN", default_value_t = Ipv4Addr::LOCALHOST.into())]
    listen: IpAddr,

    /// The port to listen on; 0 for a free one
    #[arg(long, env = "PLESK_SIM_PORT", default_value_t = 0)]
    port: u16,

    /// The login of the administrator [default: admin]
    #[arg(long, env = "PLESK_SIM_LOGIN")]
    login: Option<String>,

    /// The password of the administrator [default: a random one]
    #[arg(long, env = "PLESK_SIM_PASSWORD", hide_env_values = true)]
    password: Option<String>,

    /// The secret key of the administrator [default: a random one]
    #[arg(long, value_name = "KEY", env = "PLESK_SIM_SECRET_KEY", hide_env_values = true)]
    secret_key: Option<String>,

    /// Keep the state in this file across restarts. Every operation is on the disk before its answer is
    /// sent. The file contains passwords [default: nothing is kept]
    #[arg(long, value_name = "FILE", env = "PLESK_SIM_STATE")]
    state: Option<PathBuf>,

    /// Add the objects that this TOML file describes to a new server [default: a few examples]
    #[arg(long, value_name = "FILE", env = "PLESK_SIM_SEED")]
    seed: Option<PathBuf>,

    /// Start a new server without objects
    #[arg(long, conflicts_with = "seed")]
    no_seed: bool,

    /// Print how well each operation is simulated, and end. With `--json` the list is JSON
    #[arg(long)]
    coverage: bool,

    /// Use HTTP without TLS
    #[arg(long)]
    plain_http: bool,

    /// Write the certificate to this file and leave it there [default: a temporary file]
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,

    /// Print the line that reports readiness as JSON
    #[arg(long)]
    json: bool,

    /// Write a line about each request to standard error
    #[arg(long)]
    log: bool,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "plesk-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> io::Result<()> {
    if arguments.coverage {
        // The reader may have closed the pipe.
        let _ = writeln!(io::stdout(), "{}", coverage(arguments.json));
        return Ok(());
    }
    // Installed first: a signal during the start must remove the certificate too.
    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Nobody receives the second signal.
        let _ = stop.send(());
    })
    .map_err(io::Error::other)?;

    if !arguments.listen.is_loopback() {
        let address = arguments.listen;
        let _ = writeln!(io::stderr(), "plesk-sim: warning: {address} can be reached from other machines");
    }
    let sim = builder(&arguments)?.start()?;
    let certificate = Certificate::write(&arguments, &sim)?;
    let line = if arguments.json { json_line(&sim, &certificate) } else { text_line(&sim, &certificate) };
    // The reader may have closed the pipe. The server is of use without it.
    let _ = writeln!(io::stdout(), "{line}").and_then(|()| io::stdout().flush());
    // Ends with a signal. The handler keeps its sender, so there is always one.
    let _ = stopped.recv();
    Ok(())
}

/// Returns how well each operation is simulated: one line for each, or a JSON array.
fn coverage(json: bool) -> String {
    let operations = plesk_sim::coverage();
    if json {
        let list = operations.iter().map(|it| {
            serde_json::json!({
                "operator": it.operator,
                "operation": it.operation,
                "coverage": it.coverage.as_str(),
            })
        });
        return serde_json::Value::Array(list.collect()).to_string();
    }
    let line =
        |it: &plesk_sim::OperationCoverage| format!("{:<9} {}/{}", it.coverage.as_str(), it.operator, it.operation);
    operations.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn builder(arguments: &Arguments) -> io::Result<Builder> {
    let mut builder = Sim::builder().listen(arguments.listen).port(arguments.port).recorded_exchanges(0);
    if arguments.plain_http {
        builder = builder.plain_http();
    }
    if arguments.log {
        builder = builder.log();
    }
    if let Some(login) = &arguments.login {
        builder = builder.login(login);
    }
    if let Some(password) = &arguments.password {
        builder = builder.password(password);
    }
    if let Some(key) = &arguments.secret_key {
        builder = builder.secret_key(key);
    }
    if let Some(path) = &arguments.state {
        builder = builder.state_file(path);
    }
    Ok(match &arguments.seed {
        Some(path) => builder.seed(fs::read_to_string(path).map_err(|error| in_file(path, &error))?),
        None if arguments.no_seed => builder,
        None => builder.seed(EXAMPLES),
    })
}

fn in_file(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// The file with the certificate. A temporary one is removed when this is dropped.
struct Certificate {
    path: PathBuf,
    is_temporary: bool,
}

impl Certificate {
    fn write(arguments: &Arguments, sim: &Sim) -> io::Result<Self> {
        let is_temporary = arguments.certificate.is_none();
        let path = arguments
            .certificate
            .clone()
            .unwrap_or_else(|| std::env::temp_dir().join(format!("plesk-sim-{}.pem", std::process::id())));
        fs::write(&path, sim.certificate_pem()).map_err(|error| in_file(&path, &error))?;
        Ok(Self { path, is_temporary })
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        if self.is_temporary {
            // It may have been removed by somebody else.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn text_line(sim: &Sim, certificate: &Certificate) -> String {
    format!(
        "plesk-sim is ready: url={} login={} password={} key={} certificate={}",
        sim.url(),
        sim.login(),
        sim.password(),
        sim.secret_key(),
        certificate.path.display(),
    )
}

fn json_line(sim: &Sim, certificate: &Certificate) -> String {
    serde_json::json!({
        "url": sim.url(),
        "login": sim.login(),
        "password": sim.password(),
        "key": sim.secret_key(),
        "certificate": certificate.path.to_string_lossy(),
    })
    .to_string()
}
