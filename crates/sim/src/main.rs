//! The command `plesk-sim`: runs a simulated Plesk with a few example objects until Ctrl-C.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use plesk_sim::{ADMINISTRATOR_ID, Builder, Sim, State};

const USAGE: &str = "\
Runs a simulated Plesk on 127.0.0.1 until Ctrl-C, and prints its URL, its
credentials and the objects in it. Nothing is stored.

Usage: plesk-sim [--port PORT] [--plain-http] [--certificate FILE]

  --port PORT          listen on this port (default: a free one)
  --plain-http         use HTTP without TLS
  --certificate FILE   write the certificate, which a client must trust, to this
                       file (default: a file in the directory for temporary files)
  -h, --help           print this help";

/// The parsed command line.
struct Arguments {
    builder: Builder,
    certificate: PathBuf,
}

fn main() -> ExitCode {
    let arguments = match parse_arguments(std::env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("plesk-sim: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("plesk-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Parses the command line. Returns `None` if it requests help.
fn parse_arguments(mut words: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
    let mut builder = Sim::builder();
    let mut certificate = std::env::temp_dir().join(format!("plesk-sim-{}.pem", std::process::id()));
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--plain-http" => builder = builder.plain_http(),
            "--port" => {
                let port = value()?;
                builder = builder
                    .port(port.parse().map_err(|_| format!("'{port}' is not a port; expected a number up to 65535"))?);
            }
            "--certificate" => certificate = value()?.into(),
            "--help" | "-h" => return Ok(None),
            _ => return Err(format!("unknown argument '{word}'")),
        }
    }
    Ok(Some(Arguments { builder, certificate }))
}

fn run(Arguments { builder, certificate }: Arguments) -> io::Result<()> {
    let sim = builder.start()?;
    std::fs::write(&certificate, sim.certificate_pem())?;
    println!("URL          {}", sim.url());
    println!("certificate  {}", certificate.display());
    println!("login        {}", sim.login());
    println!("password     {}", sim.password());
    println!("secret key   {}", sim.secret_key());
    println!();
    add_examples(&mut sim.state());
    loop {
        std::thread::park(); // Ctrl-C ends the process
    }
}

/// Adds a few objects of each kind and prints them.
fn add_examples(state: &mut State) {
    let reseller = state.add_reseller("rita").id;
    println!("reseller     {reseller}  rita");
    for (login, owner) in [("jo", ADMINISTRATOR_ID), ("kim", reseller)] {
        let customer = state.add_customer(login);
        customer.owner = owner;
        let customer = customer.id;
        println!("customer     {customer}  {login}");
        let name = format!("{login}.example");
        let subscription = state.add_subscription(customer, &name).id;
        println!("subscription {subscription}  {name}");
    }
    for (name, owner) in [("Basic", ADMINISTRATOR_ID), ("Pro", reseller)] {
        let plan = state.add_service_plan(owner, name).id;
        println!("service plan {plan}  {name}");
    }
    for login in ["jo", "rita"] {
        let id = state.add_session(login).id.expose().to_owned();
        println!("session      {id}  {login}");
    }
}
