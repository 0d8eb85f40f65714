//! Texts that match a pattern.

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Repetitions without an upper bound go on this much beyond the lower one.
const MORE: u32 = 6;

/// A text that matches `regex`, a pattern as the `regex` crate has it; characters of ASCII where there are any.
///
/// It need not match where the pattern looks at what stands around a place, which those of XML Schema never do.
pub(crate) fn sample(regex: &str, rng: &mut Rng) -> String {
    let mut out = String::new();
    if let Ok(hir) = regex_syntax::parse(regex) {
        write(&hir, rng, &mut out);
    }
    out
}

fn write(hir: &Hir, rng: &mut Rng, out: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges: Vec<(char, char)> = class.ranges().iter().map(|range| (range.start(), range.end())).collect();
            let ascii: Vec<(char, char)> =
                ranges.iter().filter(|range| range.0.is_ascii()).map(|range| (range.0, range.1.min('~'))).collect();
            let from = if ascii.is_empty() { &ranges } else { &ascii };
            if let Some((first, last)) = rng.choice(from) {
                out.push(rng.char(*first..=*last));
            }
        }
        HirKind::Class(Class::Bytes(class)) => {
            if let Some(range) = rng.choice(class.ranges()) {
                out.push(char::from(rng.u8(range.start()..=range.end())));
            }
        }
        HirKind::Repetition(repetition) => {
            let max = repetition.max.unwrap_or(repetition.min + MORE).max(repetition.min);
            for _ in 0..rng.u32(repetition.min..=max) {
                write(&repetition.sub, rng, out);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, rng, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, rng, out)),
        HirKind::Alternation(alternatives) => {
            if let Some(alternative) = rng.choice(alternatives) {
                write(alternative, rng, out);
            }
        }
    }
}
