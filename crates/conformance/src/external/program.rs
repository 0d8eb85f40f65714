//! Reads each packet of a directory with the generated crate, checks it, and writes it back into a file next to it, or
//! the reason why it cannot be.

use std::{env, fs, path::Path};

use emitted::{request, response};
use plesk_wire::packet;
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator, Writer};

fn main() -> std::io::Result<()> {
    let directory = env::args_os().nth(1).expect("the directory of packets");
    let directory = Path::new(&directory);
    for_each_packet(&directory.join("request"), write_back::<request::Packet>)?;
    for_each_packet(&directory.join("response"), write_back::<response::Packet>)
}

/// Applies `write_back` to `0.xml`, `1.xml` and so on.
fn for_each_packet(directory: &Path, write_back: fn(&[u8]) -> Result<Vec<u8>, String>) -> std::io::Result<()> {
    for number in 0.. {
        let path = directory.join(format!("{number}.xml"));
        if !path.is_file() {
            break;
        }
        match write_back(&fs::read(path)?) {
            Ok(packet) => fs::write(directory.join(format!("{number}.written")), packet)?,
            Err(message) => fs::write(directory.join(format!("{number}.error")), message)?,
        }
    }
    Ok(())
}

/// Returns the packet as written back, if the check of raw packets, the strict reader and the validator accept it.
fn write_back<T: Content>(packet: &[u8]) -> Result<Vec<u8>, String> {
    packet::check::<T>(packet).map_err(|violations| format!("check: {violations}"))?;
    let read = Reader::new(packet, Strictness::Strict, Limits::DEFAULT).and_then(|mut r| r.document::<T>("packet"));
    let value = read.map_err(|error| format!("read: {error}"))?;
    Validator::check("packet", &value).map_err(|violations| format!("validate: {violations}"))?;
    Ok(Writer::document("packet", &value))
}
