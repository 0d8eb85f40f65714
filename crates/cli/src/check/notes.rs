//! Notes on a packet as a whole: its version, and what it would do.

use plesk_wire::xml::Violations;

use super::parse;
use crate::schema;
use crate::send;
use crate::xml::Element;

/// Returns the notes on a packet with these violations.
pub(super) fn of_packet(bytes: &[u8], response: bool, violations: Option<&Violations>) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(packet) = parse(bytes, violations) else { return notes };
    if packet.name != "packet" {
        return notes;
    }
    if violations.is_some() {
        let looks_like_response = is_response(&packet);
        if looks_like_response && !response {
            notes.push("this looks like a response of a server; check it with --response".to_owned());
        } else if response && !looks_like_response {
            notes.push("this looks like a request; check it without --response".to_owned());
        }
    }
    let version = packet.attributes.iter().find(|(name, _)| name == "version").map(|(_, version)| version.as_str());
    if let Some(version) = version.filter(|version| *version != plesk_protocol::PROTOCOL) {
        notes.push(format!(
            "the packet asks for protocol version {version}, and was checked as {}; remove the attribute `version`, unless \
             the server is of that version",
            plesk_protocol::PROTOCOL
        ));
    }
    if !response && violations.is_none() {
        for found in schema::operations_of(&packet) {
            let Some(operation) = found.operation() else { continue };
            let impact = send::impact(&found.operator, operation, found.element);
            if impact.question().is_some() {
                let name = format!("{}/{}", found.operator.name, found.path);
                notes.push(format!("{name} {}", impact.describe()));
            }
        }
    }
    notes
}

/// Returns `true` if something in the packet is only in responses: a result, or the error of a whole packet.
fn is_response(packet: &Element) -> bool {
    let is_result = |element: &Element| matches!(element.name.as_str(), "result" | "status" | "errcode");
    packet.children().any(|operator| {
        operator.name == "system"
            || operator.children().any(|operation| is_result(operation) || operation.children().any(is_result))
    })
}
