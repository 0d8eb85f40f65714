//! `plesk sim`: starts a simulated Plesk.

use std::fs;
use std::io::{self, Write};

use base64::prelude::{BASE64_STANDARD, Engine};
use plesk_sim::Sim;
use sha2::{Digest, Sha256};

use crate::arguments::Simulate;
use crate::output;
use crate::status::Status;

/// Starts a simulated Plesk, prints how to reach it, and runs until the command is stopped.
pub(crate) fn simulate(out: &mut impl Write, arguments: &Simulate) -> io::Result<Status> {
    let mut builder = Sim::builder().port(arguments.port).recorded_exchanges(0);
    if let Some(file) = &arguments.state {
        builder = builder.state_file(file);
    }
    if let Some(file) = &arguments.seed {
        match fs::read_to_string(file) {
            Ok(text) => builder = builder.seed(text),
            Err(error) => return Ok(fail(&format!("cannot read {}: {error}", file.display()))),
        }
    }
    let sim = match builder.start() {
        Ok(sim) => sim,
        Err(error) => return Ok(fail(&format!("cannot start the simulated Plesk: {error}"))),
    };
    let pin = fingerprint(sim.certificate_pem());
    writeln!(out, "export PLESK_SERVER={} PLESK_SECRET_KEY={} PLESK_PIN={pin}", sim.url(), sim.secret_key())?;
    out.flush()?;
    output::remark("a simulated Plesk is running; paste the line above into another shell, and stop it with Ctrl-C");
    loop {
        std::thread::park();
    }
}

fn fail(problem: &str) -> Status {
    output::error(problem);
    Status::Failed
}

/// Returns the SHA-256 fingerprint of the first certificate in a PEM text.
fn fingerprint(pem: &str) -> String {
    let base64: String = pem
        .lines()
        .skip_while(|line| !line.starts_with("-----BEGIN"))
        .skip(1)
        .take_while(|line| !line.starts_with('-'))
        .collect();
    let der = BASE64_STANDARD.decode(base64).unwrap_or_default();
    Sha256::digest(der).iter().map(|byte| format!("{byte:02x}")).collect()
}
