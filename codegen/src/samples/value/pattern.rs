//! Generates texts that match a pattern.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};

/// The usual limit of `more` in [`generate`].
pub(super) const MORE: u32 = 6;

/// Generates a text that matches `regex`, in the syntax of the `regex` crate.
///
/// It uses ASCII characters if the pattern allows any. A repetition without an upper bound exceeds its lower bound by at
/// most `more`. Lookaround is ignored, as XML Schema has none.
pub(super) fn generate(regex: &str, more: u32, rng: &mut Rng) -> String {
    static PARSED: LazyLock<Mutex<HashMap<String, Arc<Hir>>>> = LazyLock::new(Mutex::default);
    let hir = {
        let mut parsed = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
        let parse = || Arc::new(regex_syntax::parse(regex).unwrap_or_else(|_| Hir::empty()));
        parsed.entry(regex.to_owned()).or_insert_with(parse).clone()
    };
    let mut out = String::new();
    write(&hir, more, rng, &mut out);
    out
}

fn write(hir: &Hir, more: u32, rng: &mut Rng, out: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            // The ranges are sorted.
            let ascii = class.ranges().partition_point(|range| range.end().is_ascii());
            let ranges = if ascii == 0 { class.ranges() } else { &class.ranges()[..ascii] };
            if let Some(range) = rng.choice(ranges) {
                out.push(rng.char(range.start()..=range.end()));
            }
        }
        HirKind::Class(Class::Bytes(class)) => {
            if let Some(range) = rng.choice(class.ranges()) {
                out.push(char::from(rng.u8(range.start()..=range.end())));
            }
        }
        HirKind::Repetition(repetition) => {
            let max = repetition.max.unwrap_or(repetition.min.saturating_add(more)).max(repetition.min);
            for _ in 0..rng.u32(repetition.min..=max) {
                write(&repetition.sub, more, rng, out);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, rng, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, more, rng, out)),
        HirKind::Alternation(alternatives) => {
            if let Some(alternative) = rng.choice(alternatives) {
                write(alternative, more, rng, out);
            }
        }
    }
}
