//! What a first build costs our users: the processor time of compiling a program that depends on us, beside one that depends on
//! the HTTP client alone.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::stopwatch::Ratio;

/// A program to build, and the one to compare with.
pub struct Comparison {
    /// Our part, for the table.
    pub name: &'static str,
    /// The other part, for the table.
    pub yardstick: &'static str,
    /// The dependency on us, without the path.
    ours: &'static str,
    theirs: &'static str,
    /// The greatest quotient that is accepted.
    pub target: f64,
}

const REQWEST: &str = "reqwest = { version = \"0.13\", default-features = false, features = [\"rustls-no-provider\"] }\n\
                       rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }\n\
                       tokio = { version = \"1\", features = [\"rt\"] }\n";
const UREQ: &str = "ureq = { version = \"3\", default-features = false, features = [\"rustls-no-provider\"] }\n\
                    rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }\n";

/// The builds that are compared.
pub const COMPARISONS: [Comparison; 3] = [
    Comparison {
        name: "build-cost: default features",
        yardstick: "reqwest + rustls",
        ours: "",
        theirs: REQWEST,
        target: 1.3,
    },
    Comparison {
        name: "build-cost: async, one operator",
        yardstick: "reqwest + rustls",
        ours: ", default-features = false, features = [\"async\", \"customer\"]",
        theirs: REQWEST,
        target: 1.15,
    },
    Comparison {
        name: "build-cost: blocking, one operator",
        yardstick: "ureq + rustls",
        ours: ", default-features = false, features = [\"blocking\", \"customer\"]",
        theirs: UREQ,
        target: 1.3,
    },
];

impl Comparison {
    /// Builds both programs, and returns the quotient of their processor times.
    ///
    /// # Errors
    /// If a build fails, or the system does not tell the time of processes.
    pub fn measure(&self) -> Result<Ratio, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let ours = build(&format!("plesk = {{ path = {:?}{} }}\n", root.display().to_string(), self.ours), &root)?;
        let theirs = build(self.theirs, &root)?;
        Ok(Ratio::of(vec![ours / theirs]))
    }
}

/// Builds a program with these dependencies from nothing, and returns the processor time in seconds.
fn build(dependencies: &str, root: &Path) -> Result<f64, String> {
    let directory = std::env::temp_dir().join(format!("plesk-build-cost-{}", std::process::id()));
    let result = build_in(&directory, dependencies, root);
    // It holds the result of the whole build, and is used no more.
    let _ = fs::remove_dir_all(&directory);
    result
}

fn build_in(directory: &Path, dependencies: &str, root: &Path) -> Result<f64, String> {
    let fail = |error: std::io::Error| format!("{}: {error}", directory.display());
    fs::create_dir_all(directory.join("src")).map_err(fail)?;
    fs::write(directory.join("src/main.rs"), "fn main() {}\n").map_err(fail)?;
    let manifest =
        format!("[workspace]\n[package]\nname = \"program\"\nedition = \"2024\"\n[dependencies]\n{dependencies}");
    fs::write(directory.join("Cargo.toml"), manifest).map_err(fail)?;
    // The versions that the project is tested with.
    fs::copy(root.join("Cargo.lock"), directory.join("Cargo.lock")).map_err(fail)?;
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(directory).env("CARGO_TARGET_DIR", directory.join("target"));
        // Incremental compilation is for contributors.
        command.env_remove("CARGO_INCREMENTAL");
        match command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("cargo {}: {status}", arguments.join(" "))),
            Err(error) => Err(format!("cargo: {error}")),
        }
    };
    cargo(&["fetch", "--quiet"])?;
    let before = time_of_children()?;
    cargo(&["build", "--release", "--quiet"])?;
    Ok(time_of_children()? - before)
}

/// Returns the processor time of all processes that this one started and waited for, in seconds.
fn time_of_children() -> Result<f64, String> {
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| format!("/proc/self/stat: {error}"))?;
    // The name of the program, in parentheses, may contain spaces. `cutime` and `cstime` are the fields 16 and 17.
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields.split_whitespace().skip(13).take(2));
    let ticks = fields.into_iter().flatten().map(str::parse::<f64>).collect::<Result<Vec<_>, _>>();
    match ticks.as_deref() {
        Ok([user, system]) => Ok((user + system) / TICKS),
        _ => Err("/proc/self/stat: unknown format".to_owned()),
    }
}
