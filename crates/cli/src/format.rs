//! `plesk format`: writes packets again, indented.

use std::io::{self, Write};

use plesk_protocol::{request, response};
use plesk_wire::xml::{Content, DECLARATION, Limits, Violations, Visitor, Writer, check_into};

use crate::arguments::Format;
use crate::check::text_report;
use crate::files::{self, Outcome};
use crate::status::Status;

/// Formats every file.
pub(crate) fn format(out: &mut impl Write, arguments: &Format) -> io::Result<Status> {
    files::for_each(out, &arguments.files, |name, bytes| {
        let formatted = match arguments.response {
            true => format_as::<response::Packet>(bytes),
            false => format_as::<request::Packet>(bytes),
        };
        match formatted {
            Ok(mut packet) => {
                packet.push(b'\n');
                Outcome { out: packet, err: String::new(), status: Status::Success }
            }
            Err(violations) => {
                let err = text_report(name, bytes, &violations, arguments.response);
                Outcome { out: Vec::new(), err, status: Status::Refused }
            }
        }
    })
}

/// Returns a valid packet again, indented.
pub(crate) fn format_as<P: Content>(bytes: &[u8]) -> Result<Vec<u8>, Violations> {
    let mut packet = P::placeholder();
    check_into("packet", bytes, Limits::DEFAULT, &mut packet)?;
    let mut writer = Writer::indented();
    writer.push(DECLARATION);
    writer.visit_element("packet", 0, &packet);
    Ok(writer.into_bytes())
}
