//! Measures the peak memory of decoding, in a program of its own: `memory OPERATOR OPERATION COUNT`.
//!
//! Prints the size of the document, and the most memory that was in use while it was decoded, its text included.

use std::process::ExitCode;

use peak_alloc::PeakAlloc;
use plesk_bench::documents::Documents;
use plesk_protocol::response;
use plesk_wire::xml::{Limits, Reader, Strictness};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [operator, operation, count] = arguments.as_slice() else {
        eprintln!("usage: memory OPERATOR OPERATION COUNT");
        return ExitCode::FAILURE;
    };
    let documents = Documents::new().expect("the schemas can be read");
    let document = documents.response(operator, operation, count.parse().expect("a number")).into_bytes();
    let before = MEMORY.current_usage() - document.capacity();
    MEMORY.reset_peak_usage();
    let value = Reader::new(&document, Strictness::Lenient, Limits::DEFAULT)
        .and_then(|mut reader| reader.document::<response::Packet>("packet"));
    assert!(value.is_ok(), "{value:?}");
    println!("{} {}", document.len(), MEMORY.peak_usage() - before);
    ExitCode::SUCCESS
}
