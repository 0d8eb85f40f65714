//! Decides whether a difference between the verdicts is expected.
//!
//! What we refuse on purpose is recognized by the rule that we report. A mistake of libxml2 is recognized by a
//! normalized packet: the construct in question is written differently, nothing else changes, and libxml2 accepts.

use plesk_wire::xml::Violations;

use super::free_content::DECLARED;
use super::kind::Divergence;
use super::normalize::{normalized, with_base64_alphabet_only};
use crate::packet::Document;
use crate::protocol::Protocol;
use crate::under_test::{Checked, check_and_write_back};
use crate::{Direction, libxml2};

/// Returns why the verdicts on `document` differ, if the difference is expected. `ours` is our verdict on it.
pub fn expected_divergence(
    protocol: &Protocol,
    direction: Direction,
    document: &Document,
    ours: &Checked,
) -> Option<Divergence> {
    if let Err(violations) = ours {
        return explain_refusal(protocol, direction, document, violations);
    }
    let (kinds, documents): (Vec<_>, Vec<_>) = normalized(protocol, direction, document).into_iter().unzip();
    let packets: Vec<String> = documents.iter().map(Document::to_xml).collect();
    let verdicts = libxml2::verdicts(direction, &packets)?;
    kinds.into_iter().zip(verdicts).find(|(_, verdict)| verdict.valid).map(|(kind, _)| kind)
}

/// Returns why we refuse what libxml2 accepts, if every violation has such a reason.
fn explain_refusal(
    protocol: &Protocol,
    direction: Direction,
    document: &Document,
    violations: &Violations,
) -> Option<Divergence> {
    let kinds = violations.as_slice().iter().map(|violation| match violation.rule {
        "xml" => document.prolog.contains("<!DOCTYPE").then_some(Divergence::Doctype),
        "limit" => Some(Divergence::Limit),
        "unknown" if violation.expected == "<packet>" => {
            DECLARED.contains(&document.root.name.as_str()).then_some(Divergence::OtherRoot)
        }
        "range" => may_exceed_64_bits(violation.value.as_deref()?).then_some(Divergence::WideInteger),
        "type" if violation.expected.contains("Base64") => Some(Divergence::LooseBase64),
        _ => None,
    });
    let kinds: Vec<Divergence> = kinds.collect::<Option<_>>()?;
    let first = *kinds.first()?;
    let is_expected = first != Divergence::LooseBase64
        || with_base64_alphabet_only(protocol, direction, document)
            .is_some_and(|document| check_and_write_back(direction, document.to_xml().as_bytes()).is_ok());
    is_expected.then_some(first)
}

fn may_exceed_64_bits(number: &str) -> bool {
    number.trim().trim_start_matches(['+', '-', '0']).len() >= 19
}
