//! `plesk`: describes and sends operations of the Plesk XML API, and checks packets.

mod arguments;
mod check;
mod complete;
mod describe;
mod files;
mod format;
mod login;
mod prompt;
mod schema;
mod send;
mod servers;
mod sim;
mod status;
mod text;
mod xml;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Color, Command};
use status::Status;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    let out = &mut io::BufWriter::new(anstream::stdout().lock());
    let result = run(out, arguments.command);
    match result.and_then(|status| out.flush().map(|()| status)) {
        Ok(status) => status.into(),
        // The reader of a pipe, such as `head`, has closed it. That is not worth a message.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Status::Failed.into(),
        Err(error) => {
            eprintln!("plesk: cannot write the output: {error}");
            Status::Failed.into()
        }
    }
}

fn run(out: &mut impl Write, command: Command) -> io::Result<Status> {
    match command {
        Command::Describe(arguments) => describe::describe(out, &arguments),
        Command::Send(arguments) => send::send(out, &arguments),
        Command::Login(arguments) => login::login(out, &arguments),
        Command::Sim(arguments) => sim::simulate(out, &arguments),
        Command::Check(arguments) => check::check(out, &arguments),
        Command::Format(arguments) => format::format(out, &arguments),
        Command::Completions { shell } => complete::completions(out, shell).map(|()| Status::Success),
        Command::Man => complete::man(out).map(|()| Status::Success),
        Command::Complete { words } => complete::complete(out, &words).map(|()| Status::Success),
    }
}
