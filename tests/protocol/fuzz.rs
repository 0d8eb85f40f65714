//! Runs the fuzz targets for two seconds, on randomly mutated samples.

#[path = "../../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "it is also a separate crate")]
mod targets;

use std::time::{Duration, Instant};

use plesk::{request, response};

use crate::support::{REQUESTS, RESPONSES};

/// Pseudo-random numbers (xorshift), the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).expect("below a usize")
    }
}

/// The texts that are inserted: pieces of markup and unusual characters.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "&",
    "&#",
    ";",
    "&amp;",
    "&#x0;",
    "\"",
    "'",
    "=",
    " ",
    "\n",
    "\r",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<!DOCTYPE",
    "<packet>",
    "<id>",
    "</id>",
    "<id>0</id>",
    "<all/>",
    " xmlns='u'",
    " xmlns:i='u'",
    " i:nil='1'",
    "\0",
    "\u{FFFE}",
    "\u{FEFF}",
    "ä",
    "\u{1F600}",
    "-1",
    "18446744073709551616",
    "<?xml version='1.0' encoding='ISO-8859-1'?>",
];

/// Mutates `bytes` in one place.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let (a, b) = (random.below(bytes.len() + 1), random.below(bytes.len() + 1));
    let (from, to) = (a.min(b), a.max(b));
    match random.below(6) {
        0 => drop(bytes.drain(from..to.min(from + 20))),
        1 => bytes.splice(from..from, PIECES[random.below(PIECES.len())].bytes()).for_each(drop),
        2 => bytes[from..to].reverse(),
        3 => {
            let again = bytes[from..to.min(from + 60)].to_vec();
            bytes.splice(b..b, again).for_each(drop);
        }
        4 if from < bytes.len() => bytes[from] ^= 1 << random.below(8),
        // Copies whole elements, from tag to tag.
        _ => {
            let tags: Vec<_> = positions(b'<', bytes);
            if let (Some(one), Some(other)) =
                (tags.get(random.below(tags.len().max(1))), tags.get(random.below(tags.len().max(1))))
            {
                let piece = bytes[*one.min(other)..*one.max(other)].to_vec();
                let at = tags[random.below(tags.len())];
                bytes.splice(at..at, piece).for_each(drop);
            }
        }
    }
}

/// Returns the positions of all bytes `wanted`.
fn positions(wanted: u8, bytes: &[u8]) -> Vec<usize> {
    bytes.iter().enumerate().filter(|(_, b)| **b == wanted).map(|(position, _)| position).collect()
}

#[test]
fn mutated_samples_never_panic() {
    let mut random = Random(0x5EED_5EED_5EED_5EED);
    let start = Instant::now();
    let mut rounds = 0;
    while rounds < 100 || start.elapsed() < Duration::from_secs(2) {
        for (name, sample) in [REQUESTS, RESPONSES].concat() {
            let mut bytes = sample.as_bytes().to_vec();
            for _ in 0..=random.below(3) {
                mutate(&mut bytes, &mut random);
            }
            let result = std::panic::catch_unwind(|| {
                targets::decode::<request::Packet>(&bytes);
                targets::decode::<response::Packet>(&bytes);
                targets::check::<request::Packet>(&bytes);
                targets::check::<response::Packet>(&bytes);
            });
            assert!(result.is_ok(), "{name}, mutated: {:?}", String::from_utf8_lossy(&bytes));
        }
        rounds += 1;
    }
}
