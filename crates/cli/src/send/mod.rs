//! `plesk send`: sends one operation, or a packet, to one or more servers.

mod answer;
mod assignment;
mod compose;
mod effect;
mod json;
mod mask;
mod order;
mod packet;

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};
use plesk::blocking::Client;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub(crate) use answer::Form;
pub(crate) use compose::decompose;
pub(crate) use effect::impact;

use crate::arguments::Send;
use crate::prompt;
use crate::servers::{self, Server};
use crate::status::Status;
use crate::text::printable;
use answer::Answers;
use packet::Prepared;

/// The greatest number of servers that are asked at the same time.
const AT_ONCE: usize = 32;

/// Sends the packet and writes the answers.
pub(crate) fn send(out: &mut impl Write, arguments: &Send) -> io::Result<Status> {
    let prepared = match Prepared::new(arguments) {
        Ok(prepared) => prepared,
        Err(problem) => return Ok(refuse(&problem)),
    };
    for warning in &prepared.warnings {
        eprintln!("plesk: warning: {warning}");
    }
    if arguments.dry_run {
        write!(out, "{}", prepared.masked())?;
        for impact in &prepared.impacts {
            eprintln!("plesk: nothing was sent; this packet {}", impact.describe());
        }
        return Ok(Status::Success);
    }
    let servers = match servers::resolve(&arguments.servers) {
        Ok(servers) => servers,
        Err(problem) => return Ok(refuse(&problem)),
    };
    if !arguments.yes
        && let Some(question) = prepared.impacts.iter().find_map(effect::Impact::question)
    {
        let targets: Vec<&str> = servers.iter().map(|server| server.url.as_str()).collect();
        let question = format!("{question} (on {})", printable(&targets.join(", ")));
        if !prompt::confirm(&question) {
            return Ok(refuse(&format!("nothing was sent, because {question}; give --yes if that is meant")));
        }
    }
    let form = match (arguments.json, arguments.xml_answer) {
        (true, _) => Form::Json,
        (_, true) => Form::Xml,
        _ => Form::Table,
    };
    let name_servers = servers.len() > 1;
    let bar = progress(servers.len());
    let send_one = |server: &Server| {
        let answers = exchange(server, &prepared, arguments, name_servers);
        bar.inc(1);
        answers
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(servers.len().clamp(1, AT_ONCE)).build();
    let results: Vec<Result<Answers, String>> = match pool {
        Ok(pool) => pool.install(|| servers.par_iter().map(send_one).collect()),
        // Without threads, one after the other.
        Err(_) => servers.iter().map(send_one).collect(),
    };
    bar.finish_and_clear();
    let mut status = Status::Success;
    for (server, result) in servers.iter().zip(results) {
        match result {
            Ok(answers) => {
                status = status.max(answers.status());
                answers.write(out, form)?;
            }
            Err(problem) => {
                status = Status::Failed;
                // The answers of other servers come first, in their order.
                out.flush()?;
                let name = if name_servers { format!("{}: ", printable(&server.name)) } else { String::new() };
                eprintln!("plesk: {name}{problem}");
            }
        }
    }
    Ok(status)
}

/// Sends the packet to one server.
fn exchange(server: &Server, prepared: &Prepared, arguments: &Send, name_server: bool) -> Result<Answers, String> {
    let client: Client = server.client(arguments.timeout, arguments.retries).map_err(|error| error.to_string())?;
    let response = client.send_raw(prepared.raw()).map_err(|error| printable(&error.to_string()).into_owned())?;
    Answers::read(name_server.then(|| server.name.clone()), response.xml(), arguments.show_secrets)
}

fn progress(servers: usize) -> ProgressBar {
    if servers < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} servers, {elapsed}");
    ProgressBar::new(servers as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn refuse(problem: &str) -> Status {
    eprintln!("plesk: {problem}");
    Status::Failed
}
