//! Measures the memory of decoding, in a program of its own: `memory OPERATOR OPERATION COUNT`.
//!
//! Prints the size of the document, the most memory that was in use while it was decoded, its text included, the number of
//! allocations, and the number of texts in the document that are not empty.

use std::alloc::{GlobalAlloc, Layout};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use peak_alloc::PeakAlloc;
use plesk_bench::documents::Documents;
use plesk_protocol::response;
use plesk_wire::xml::{Limits, Reader, Strictness};

/// Counts the allocations. The other allocator knows the memory in use.
struct Counting {
    memory: PeakAlloc,
    allocations: AtomicUsize,
}

#[global_allocator]
static MEMORY: Counting = Counting { memory: PeakAlloc, allocations: AtomicUsize::new(0) };

// SAFETY: all is passed on to another allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.allocations.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the same promises.
        unsafe { self.memory.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the same promises.
        unsafe { self.memory.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        self.allocations.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the same promises.
        unsafe { self.memory.realloc(memory, layout, size) }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [operator, operation, count] = arguments.as_slice() else {
        eprintln!("usage: memory OPERATOR OPERATION COUNT");
        return ExitCode::FAILURE;
    };
    let documents = Documents::new().expect("the schemas can be read");
    let document = documents.response(operator, operation, count.parse().expect("a number"));
    let tree = roxmltree::Document::parse(&document).expect("a document");
    let texts = tree.descendants().filter(|node| node.is_text()).count();
    drop(tree);
    let document = document.into_bytes();
    let before = MEMORY.memory.current_usage() - document.capacity();
    MEMORY.memory.reset_peak_usage();
    let allocations_before = MEMORY.allocations.load(Ordering::Relaxed);
    let value = Reader::new(&document, Strictness::Lenient, Limits::DEFAULT)
        .and_then(|mut reader| reader.document::<response::Packet>("packet"));
    let allocations = MEMORY.allocations.load(Ordering::Relaxed) - allocations_before;
    assert!(value.is_ok(), "{value:?}");
    println!("{} {} {allocations} {texts}", document.len(), MEMORY.memory.peak_usage() - before);
    ExitCode::SUCCESS
}
