//! Reads each packet of a folder with the emitted crate, checks it, and writes beside it what it read, or why it cannot.

use std::{env, fs, path::Path};

use emitted::{request, response};
use plesk_wire::packet;
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator, Writer};

fn main() -> std::io::Result<()> {
    let folder = env::args_os().nth(1).expect("the folder of packets");
    let folder = Path::new(&folder);
    each(&folder.join("request"), written_back::<request::Packet>)?;
    each(&folder.join("answer"), written_back::<response::Packet>)
}

/// Does it with `0.xml`, `1.xml` and so on.
fn each(folder: &Path, written_back: fn(&[u8]) -> Result<Vec<u8>, String>) -> std::io::Result<()> {
    for number in 0.. {
        let path = folder.join(format!("{number}.xml"));
        if !path.is_file() {
            break;
        }
        match written_back(&fs::read(path)?) {
            Ok(packet) => fs::write(folder.join(format!("{number}.written")), packet)?,
            Err(problem) => fs::write(folder.join(format!("{number}.problem")), problem)?,
        }
    }
    Ok(())
}

/// A packet that the check of raw packets, the strict reader and the validator find valid, as it is written back.
fn written_back<T: Content>(packet: &[u8]) -> Result<Vec<u8>, String> {
    packet::check::<T>(packet).map_err(|violations| format!("check: {violations}"))?;
    let read = Reader::new(packet, Strictness::Strict, Limits::DEFAULT).and_then(|mut r| r.document::<T>("packet"));
    let value = read.map_err(|error| format!("read: {error}"))?;
    Validator::check("packet", &value).map_err(|violations| format!("validate: {violations}"))?;
    Ok(Writer::document("packet", &value))
}
