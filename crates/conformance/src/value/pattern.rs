//! Texts that match a pattern.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};

/// How far repetitions without an upper bound usually go beyond the lower one.
pub(super) const MORE: u32 = 6;

/// A text that matches `regex`, a pattern as the `regex` crate has it; characters of ASCII where there are any.
/// Repetitions without an upper bound go up to `more` beyond the lower one.
///
/// It need not match where the pattern looks at what stands around a place, which those of XML Schema never do.
pub(super) fn sample(regex: &str, more: u32, rng: &mut Rng) -> String {
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
            // The ranges are in order.
            let ascii = class.ranges().partition_point(|range| range.end().is_ascii());
            let from = if ascii == 0 { class.ranges() } else { &class.ranges()[..ascii] };
            if let Some(range) = rng.choice(from) {
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
