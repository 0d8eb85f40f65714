//! `plesk format`: writes a packet again, indented.

use std::io::{self, Write};

use plesk_protocol::{request, response};
use plesk_wire::xml::{Content, DECLARATION, Limits, Violations, Visitor, Writer, check_into};

use crate::report;
use crate::status::Status;

/// Formats the packet in `bytes`. If it is not valid, writes its violations on standard error under the file name `name`.
pub(crate) fn format(out: &mut impl Write, name: &str, bytes: &[u8], response: bool) -> io::Result<Status> {
    let formatted = match response {
        true => format_as::<response::Packet>(bytes),
        false => format_as::<request::Packet>(bytes),
    };
    match formatted {
        Ok(packet) => {
            out.write_all(&packet)?;
            out.write_all(b"\n")?;
            Ok(Status::Valid)
        }
        Err(violations) => {
            report::write_text(&mut io::stderr().lock(), name, &violations)?;
            Ok(Status::Invalid)
        }
    }
}

fn format_as<P: Content>(bytes: &[u8]) -> Result<Vec<u8>, Violations> {
    let mut packet = P::placeholder();
    check_into("packet", bytes, Limits::DEFAULT, &mut packet)?;
    let mut writer = Writer::indented();
    writer.push(DECLARATION);
    writer.visit_element("packet", 0, &packet);
    Ok(writer.into_bytes())
}
