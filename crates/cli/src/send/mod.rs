//! `plesk send`: sends one operation, or a packet, to one or more servers.

mod answer;
mod assignment;
mod compose;
mod effect;
mod json;
mod mask;
mod order;
mod packet;
mod table;

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};
use plesk::Idempotency;
use plesk::blocking::Client;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub(crate) use answer::Form;
pub(crate) use compose::example;
pub(crate) use effect::impact;

use crate::arguments::Send;
use crate::output;
use crate::prompt;
use crate::servers::{self, Server};
use crate::status::Status;
use crate::text::printable;
use answer::Answers;
use packet::Prepared;

/// The greatest number of servers that are asked at the same time.
const AT_ONCE: usize = 32;

/// A question names up to so many servers.
const MAX_NAMED: usize = 5;

/// Sends the packet and writes the answers.
pub(crate) fn send(out: &mut impl Write, arguments: &Send) -> io::Result<Status> {
    let prepared = match Prepared::new(arguments) {
        Ok(prepared) => prepared,
        Err(problem) => return Ok(refuse(&problem)),
    };
    for warning in &prepared.warnings {
        output::warning(warning);
    }
    if arguments.dry_run {
        write!(out, "{}", prepared.masked())?;
        for impact in &prepared.impacts {
            output::remark(&format!("nothing was sent; this packet {}", impact.describe()));
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
        let targets = match servers.as_slice() {
            servers if servers.len() > MAX_NAMED => format!("{} servers", servers.len()),
            servers => servers.iter().map(|server| server.url.as_str()).collect::<Vec<_>>().join(", "),
        };
        let question = format!("{question}, on {}", printable(&targets));
        if !prompt::confirm(&format!("This {question}.")) {
            return Ok(refuse(&format!(
                "nothing was sent, because this {question}; to send it all the same, give --yes"
            )));
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
    let mut answers = Vec::new();
    let mut problems = Vec::new();
    for (server, result) in servers.iter().zip(results) {
        match result {
            Ok(of_server) => answers.push(of_server),
            Err(problem) if name_servers => problems.push(format!("{}: {problem}", printable(&server.name))),
            Err(problem) => problems.push(problem),
        }
    }
    status = answers.iter().map(Answers::status).fold(status, Status::max);
    if !answers.is_empty() {
        answer::write(out, &answers, form)?;
    }
    // After the answers, where they are seen.
    out.flush()?;
    for problem in &problems {
        output::error(problem);
        status = Status::Failed;
    }
    Ok(status)
}

/// Sends the packet to one server.
fn exchange(server: &Server, prepared: &Prepared, arguments: &Send, name_server: bool) -> Result<Answers, String> {
    let client: Client = server.client(arguments.timeout, arguments.retries).map_err(|error| error.to_string())?;
    let response = client.send_raw(prepared.raw()).map_err(|error| printable(&error.to_string()).into_owned())?;
    let is_gone_fine = response.attempts() > 1 && prepared.idempotency() == Idempotency::IdempotentDelete;
    Answers::read(name_server.then(|| server.name.clone()), response.xml(), arguments.show_secrets, is_gone_fine)
}

fn progress(servers: usize) -> ProgressBar {
    if servers < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} servers, {elapsed}");
    ProgressBar::new(servers as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn refuse(problem: &str) -> Status {
    output::error(problem);
    Status::Failed
}
