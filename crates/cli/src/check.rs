//! `plesk check`: checks whether a packet is valid.

use std::io::{self, Write};

use plesk_protocol::{request, response};
use plesk_wire::packet;

use crate::report;
use crate::status::Status;

/// Checks the packet in `bytes`, and writes the result under the file name `name`.
pub(crate) fn check(out: &mut impl Write, name: &str, bytes: &[u8], response: bool, json: bool) -> io::Result<Status> {
    let result = match response {
        true => packet::check::<response::Packet>(bytes),
        false => packet::check::<request::Packet>(bytes),
    };
    match &result {
        _ if json => report::write_json(out, name, result.as_ref().err())?,
        Ok(()) => writeln!(out, "{name}: valid")?,
        Err(violations) => report::write_text(out, name, violations)?,
    }
    Ok(if result.is_ok() { Status::Valid } else { Status::Invalid })
}
