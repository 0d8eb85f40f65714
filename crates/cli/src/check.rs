//! `plesk check`.

use std::io::{self, Write};

use plesk_protocol::{request, response};
use plesk_wire::packet;
use plesk_wire::xml::{Violation, Violations};
use serde::Serialize;

use crate::Outcome;

/// Says whether `bytes`, of the file `name`, are a valid packet.
pub(crate) fn check(out: &mut impl Write, name: &str, bytes: &[u8], response: bool, json: bool) -> io::Result<Outcome> {
    let verdict = match response {
        true => packet::check::<response::Packet>(bytes),
        false => packet::check::<request::Packet>(bytes),
    };
    if json {
        serde_json::to_writer(&mut *out, &object(name, verdict.as_ref().err()))?;
        writeln!(out)?;
    } else {
        match &verdict {
            Ok(()) => writeln!(out, "{name}: valid")?,
            Err(violations) => write(out, name, violations)?,
        }
    }
    Ok(if verdict.is_ok() { Outcome::Valid } else { Outcome::Invalid })
}

/// Writes a line for every violation that is known.
pub(crate) fn write(out: &mut impl Write, name: &str, violations: &Violations) -> io::Result<()> {
    for violation in violations {
        writeln!(out, "{name}: {violation}")?;
    }
    match violations.total() - violations.as_slice().len() {
        0 => Ok(()),
        more => writeln!(out, "{name}: and {more} more"),
    }
}

/// What `--json` says of a file.
#[derive(Serialize)]
struct Object<'a> {
    file: &'a str,
    valid: bool,
    violations: Vec<Item<'a>>,
    /// How many violations there are beside those listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

#[derive(Serialize)]
struct Item<'a> {
    line: Option<u32>,
    path: &'a str,
    rule: &'a str,
    message: String,
}

fn object<'a>(file: &'a str, violations: Option<&'a Violations>) -> Object<'a> {
    let listed = violations.map_or(&[][..], Violations::as_slice);
    let item = |violation: &'a Violation| Item {
        line: violation.line,
        path: &violation.path,
        rule: violation.rule,
        message: violation.message(),
    };
    let more = violations.map(|violations| violations.total() - listed.len()).filter(|more| *more > 0);
    Object { file, valid: violations.is_none(), violations: listed.iter().map(item).collect(), more }
}
