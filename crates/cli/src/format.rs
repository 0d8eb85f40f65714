//! `plesk format`.

use std::io::{self, Write};

use plesk_protocol::{request, response};
use plesk_wire::xml::{Content, DECLARATION, Limits, Violations, Visitor, Writer, check_into};

use crate::{Outcome, check};

/// Writes the packet in `bytes`, of the file `name`, again.
pub(crate) fn format(out: &mut impl Write, name: &str, bytes: &[u8], response: bool) -> io::Result<Outcome> {
    let formatted = match response {
        true => formatted::<response::Packet>(bytes),
        false => formatted::<request::Packet>(bytes),
    };
    match formatted {
        Ok(packet) => {
            out.write_all(&packet)?;
            out.write_all(b"\n")?;
            Ok(Outcome::Valid)
        }
        Err(violations) => {
            check::write(&mut io::stderr().lock(), name, &violations)?;
            Ok(Outcome::Invalid)
        }
    }
}

fn formatted<P: Content>(bytes: &[u8]) -> Result<Vec<u8>, Violations> {
    let mut packet = P::placeholder();
    check_into("packet", bytes, Limits::DEFAULT, &mut packet)?;
    let mut writer = Writer::indented();
    writer.push(DECLARATION);
    writer.visit_element("packet", 0, &packet);
    Ok(writer.into_bytes())
}
