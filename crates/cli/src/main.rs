//! `plesk`: describes and sends operations of the Plesk XML API, and checks packets.

mod arguments;
mod check;
mod complete;
mod describe;
mod files;
mod format;
mod login;
mod output;
mod prompt;
mod schema;
mod send;
mod servers;
mod sim;
mod status;
mod style;
mod text;
mod xml;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use arguments::{Arguments, Color, Command};
use output::UntilClosed;
use status::Status;

fn main() -> ExitCode {
    if let Some(words) = complete::words(std::env::args_os()) {
        // A shell shows nothing but the candidates.
        let _ = complete::complete(&mut io::stdout().lock(), &words);
        return ExitCode::SUCCESS;
    }
    let color = Color::of_command_line(std::env::args_os());
    anstream::ColorChoice::from(color).write_global();
    let matches = Arguments::command().color(color.into()).get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let out = &mut io::BufWriter::new(UntilClosed::new(anstream::stdout().lock()));
    let result = run(out, arguments.command);
    match result.and_then(|status| out.flush().map(|()| status)) {
        Ok(status) => status.into(),
        Err(error) => {
            output::error(&format!("cannot write the output: {error}"));
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
    }
}
