//! Tests with hand-written packets and operations defined here: of two operators, nested, and answered
//! by several elements.

mod decoding;
mod encoding;
mod mismatches;

use plesk_wire::packet::{Effect, Idempotency, Incomplete, Operation, Outcome, Outcomes};
use plesk_wire::xml::{Content, Facet, Primitive, ReadError, Reader, SimpleType, Strictness, Visitor, WhiteSpace};

use super::CodecOptions;
use crate::{Batch, BatchResponse, Error};

static SHORT: SimpleType = SimpleType::new("short", Primitive::String, WhiteSpace::Preserve, &[Facet::MaxLength(5)]);

macro_rules! operations {
    ($($name:ident = $operator:literal / $path:expr, repeats: $repeats:literal, nothing: $nothing:expr;)*) => {$(
        struct $name(String);

        impl Content for $name {
            fn placeholder() -> Self {
                Self(String::new())
            }

            fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
                r.text("value", &mut self.0, &SHORT)
            }

            fn visit<V: Visitor>(&self, v: &mut V) {
                v.text("value", &self.0, &SHORT);
            }
        }

        impl Operation for $name {
            const OPERATOR: &'static str = $operator;
            const PATH: &'static [&'static str] = &$path;
            const REPEATS: bool = $repeats;
            type Reply = Results;
            type Answer = Outcomes<()>;

            const EFFECT: Effect = Effect::Read;
            const IDEMPOTENCY: Idempotency = Idempotency::Idempotent;
            fn answer(reply: Results) -> Result<Outcomes<()>, Incomplete> {
                Ok(Outcomes::new(reply.0))
            }

            fn nothing() -> Option<Results> {
                $nothing
            }

            fn join(reply: &mut Results, further: Results) {
                reply.0.extend(further.0);
            }
        }
    )*};
}

operations! {
    Get = "tool" / ["get"], repeats: false, nothing: Some(Results(Vec::new()));
    Set = "tool" / ["set"], repeats: false, nothing: None;
    Walk = "tool" / ["walk"], repeats: true, nothing: None;
    Other = "plug" / ["get"], repeats: false, nothing: None;
    Add = "mail" / ["update", "add"], repeats: false, nothing: None;
    Remove = "mail" / ["update", "remove"], repeats: false, nothing: None;
}

struct Results(Vec<Outcome>);

impl Content for Results {
    fn placeholder() -> Self {
        Self(Vec::new())
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.elements("result", 1, usize::MAX, &mut self.0)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.elements("result", 1, usize::MAX, &self.0);
    }
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
    let decoded =
        super::decode(body.as_bytes(), slots, options).map_err(|source| Error::Malformed { host: None, source })?;
    BatchResponse::new(batch.id(), None, decoded, 1)
}

fn read(batch: &Batch, body: &str) -> Result<BatchResponse, Error> {
    read_with(&CodecOptions::default(), batch, body)
}

const OK: &str = "<result><status>ok</status></result>";
