//! Tests with hand-written packets and operations defined here: of two operators, nested, and answered
//! by several elements.

mod decoding;
mod encoding;
mod mismatches;

use plesk_wire::packet::{Operation, Outcome, Outcomes};
use plesk_wire::xml::{Content, Facet, Primitive, SimpleType, Strictness, WhiteSpace};

use super::CodecOptions;
use crate::{Batch, BatchResponse, Error};

static SHORT: SimpleType = SimpleType::new("short", Primitive::String, WhiteSpace::Preserve, &[Facet::MaxLength(5)]);

macro_rules! operations {
    ($($name:ident = $path:literal $(, $item:ident $(($list:ident))?)*;)*) => {$(
        #[derive(Content, Operation)]
        #[operation(path = $path, reply = Results, answer = Outcomes<()>, result = results, effect = Read)]
        $(#[operation($item $(($list))?)])*
        struct $name(#[xml(text = "value", type = SHORT)] String);
    )*};
}

operations! {
    Get = "tool/get", may_be_empty;
    Set = "tool/set";
    Walk = "tool/walk", repeats(results);
    Other = "plug/get";
    Add = "mail/update/add";
    Remove = "mail/update/remove";
}

/// Unlike `EachReply`, not empty unless an operation allows it.
#[derive(Content)]
struct Results {
    #[xml(element = "result", min = 1)]
    results: Vec<Outcome>,
}

/// Creates an operation with a valid value.
fn op<Op: Content>(new: fn(String) -> Op) -> Op {
    new("x".to_owned())
}

fn strict() -> CodecOptions {
    CodecOptions { strictness: Strictness::Strict, ..CodecOptions::default() }
}

fn read_with(options: &CodecOptions, batch: &Batch, body: &str) -> Result<BatchResponse, Error> {
    let slots = batch.operations().iter().map(|operation| operation.pending().slot(false)).collect();
    let scope = super::ResponseScope::new(None, super::ResponseMask::default());
    let decoded = super::decode(body.as_bytes(), slots, options, &scope)
        .map_err(|source| Error::Malformed { host: None, source })?;
    BatchResponse::new(batch.id(), None, decoded, None, 1)
}

fn read(batch: &Batch, body: &str) -> Result<BatchResponse, Error> {
    read_with(&CodecOptions::default(), batch, body)
}

const OK: &str = "<result><status>ok</status></result>";
