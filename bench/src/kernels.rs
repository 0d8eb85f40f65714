//! Runs one task once, for a tool that counts its instructions: `kernels TASK DOCUMENT`.
//!
//! Only what runs within [`measured`] counts.

use std::hint::black_box;
use std::process::ExitCode;

use plesk::{Batch, CodecOptions, Packet};
use plesk_protocol::{customer, request, response};
use plesk_wire::packet::check;
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator, Writer};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, file] = arguments.as_slice() else {
        eprintln!("usage: kernels TASK DOCUMENT");
        return ExitCode::FAILURE;
    };
    let document = std::fs::read(file).expect("a document");
    match task.as_str() {
        "decode" => measure(|| read::<response::Packet>(&document, Strictness::Lenient)),
        "check-response" => measure(|| check::<response::Packet>(&document).is_ok()),
        "check-request" => measure(|| check::<request::Packet>(&document).is_ok()),
        "encode" => {
            let value: request::Packet = read(&document, Strictness::Strict);
            measure(|| Writer::document("packet", &value));
        }
        "validate" => {
            let value: request::Packet = read(&document, Strictness::Strict);
            measure(|| Validator::check("packet", &value).is_ok());
        }
        "packet" => {
            let batch = batch(read(&document, Strictness::Strict));
            let options = CodecOptions::default();
            measure(|| Packet::new(&batch, &options).is_ok());
        }
        _ => {
            eprintln!("error: no task {task}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn read<T: Content>(document: &[u8], strictness: Strictness) -> T {
    Reader::new(document, strictness, Limits::DEFAULT)
        .and_then(|mut reader| reader.document("packet"))
        .expect("a valid packet")
}

/// Returns a batch with the operations `customer/add` of a packet.
fn batch(packet: request::Packet) -> Batch {
    let mut batch = Batch::new();
    for operator in packet.operators {
        let request::Operator::Customer(requests) = operator else { continue };
        for request in requests.items {
            if let customer::Request::Add(add) = request {
                let _ = batch.push(add);
            }
        }
    }
    batch
}

fn measure<T>(task: impl FnOnce() -> T) {
    let mut task = Some(task);
    let mut result = None;
    measured(&mut || result = task.take().map(|task| task()));
    black_box(result);
}

/// Runs `task`. The tool knows this function by its name.
// SAFETY: no other function has this name.
#[unsafe(no_mangle)]
#[inline(never)]
fn measured(task: &mut dyn FnMut()) {
    task();
    black_box(());
}
