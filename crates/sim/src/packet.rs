//! Responds to a packet: from the bytes of the request to the bytes of the response.

use plesk_protocol::{PROTOCOL, request, response};
use plesk_wire::packet::ErrorCode;
use plesk_wire::xml::{Content, Limits, NonEmpty, Writer, check_into};

use crate::authentication::Authentication;
use crate::operators;
use crate::panel::Panel;
use crate::refusal::Refusal;
use crate::versions;

/// Returns the response to a packet. If the packet cannot be carried out, the response is a packet that
/// reports why.
pub(crate) fn respond(panel: &Panel, authentication: Authentication<'_>, body: &[u8]) -> Vec<u8> {
    // The packet is read before the credentials are checked, and errors are reported later: the response
    // repeats the version of the request even if nothing else of it is valid.
    let mut request = request::Packet::placeholder();
    let read = read(body, &mut request);
    let version = request.version.clone().unwrap_or_else(|| PROTOCOL.to_owned());

    let result = authentication
        .check(&panel.credentials)
        .and_then(|()| check_version(&version))
        .and(read)
        .and_then(|()| run(panel, request.operators));
    let mut response = response::Packet::placeholder();
    response.version = Some(version);
    response.body = match result {
        Ok(operators) => response::Body::Operators(operators),
        Err(refusal) => response::Body::System(refusal.into_outcome(())),
    };
    Writer::document("packet", &response)
}

/// Runs all operations in order, or none of them if one is not modeled. A response that reports only an
/// error must not leave half of a packet done.
fn run(panel: &Panel, operators: Vec<request::Operator>) -> Result<NonEmpty<response::Operator>, Refusal> {
    let mut state = panel.state();
    let mut next = state.clone();
    let responses = operators.into_iter().map(|operator| operators::run(&mut next, operator));
    let responses = responses.collect::<Result<Vec<_>, _>>()?;
    *state = next;
    NonEmpty::try_from(responses).map_err(invalid)
}

/// Reads a packet and validates it against the schema, as a server does. A violation is reported in the
/// words of libxml2.
fn read(body: &[u8], packet: &mut request::Packet) -> Result<(), Refusal> {
    check_into("packet", body, Limits::DEFAULT, packet).map_err(|violations| {
        // A server parses before it validates, and reports only the first error.
        if let Some(fatal) = violations.as_slice().iter().find(|violation| matches!(violation.rule, "xml" | "limit")) {
            return Refusal::new(ErrorCode::INVALID_PACKET, format!("Parser error: Cannot parse the XML: {fatal}"));
        }
        let first = violations.first();
        match (first.line, first.libxml2()) {
            (Some(line), Some(text)) => invalid(format!("Error in line {line}: {text}")),
            _ => invalid(format!("Error in {first}")),
        }
    })
}

/// Returns the refusal of a packet that is well-formed XML but violates the schema.
fn invalid(reason: impl std::fmt::Display) -> Refusal {
    Refusal::new(ErrorCode::INVALID_PACKET, format!("Parser error: Request is invalid. {reason}"))
}

/// Refuses a version that is not accepted.
fn check_version(version: &str) -> Result<(), Refusal> {
    if versions::accepted().any(|known| known == version) {
        return Ok(());
    }
    let text = format!("Protocol version '{version}' is not supported. Current protocol version is '{PROTOCOL}'");
    Err(Refusal::new(ErrorCode::UNSUPPORTED_PROTOCOL, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<packet version="1.6.9.1">
<customer><add><gen_info><pname>Jo &amp; Co</pname><login>jo</login><passwd>s3cret!</passwd></gen_info></add>
<get><filter><id>1</id><id>2</id></filter><dataset><gen_info/><stat/></dataset></get><del><filter/></del></customer>
<session><get/><terminate><session-id>a66734b</session-id></terminate></session>
<service-plan><del><filter><name>x</name></filter><owner-id>1</owner-id></del></service-plan>
<reseller><del><filter><all/></filter></del></reseller><webspace><del><filter/></del></webspace>
</packet>"#;

    /// Responds to the administrator, and checks that the response is a valid packet.
    fn respond_valid(panel: &Panel, body: &[u8]) -> response::Packet {
        let key = Authentication::Key(panel.credentials.secret_key.as_bytes());
        let bytes = respond(panel, key, body);
        let mut packet = response::Packet::placeholder();
        if let Err(violations) = check_into("packet", &bytes, Limits::DEFAULT, &mut packet) {
            panic!("{violations}: {}", String::from_utf8_lossy(&bytes));
        }
        packet
    }

    fn code(packet: &response::Packet) -> Option<ErrorCode> {
        match &packet.body {
            response::Body::System(outcome) => outcome.errcode,
            _ => None,
        }
    }

    #[test]
    fn respond_returns_a_valid_packet_for_any_bytes() {
        let panel = Panel::new();
        let response = respond_valid(&panel, REQUEST.as_bytes());
        assert!(matches!(&response.body, response::Body::Operators(operators) if operators.len() == 5), "{response:?}");
        for cut in 0..REQUEST.len() {
            assert_eq!(
                code(&respond_valid(&panel, &REQUEST.as_bytes()[..cut])),
                Some(ErrorCode::INVALID_PACKET),
                "{cut}"
            );
        }
        for at in 0..REQUEST.len() {
            for byte in [0, b' ', b'<', b'>', b'&', b'"', b'9', 0x80, 0xff] {
                let mut body = REQUEST.as_bytes().to_vec();
                body[at] = byte;
                respond_valid(&panel, &body);
            }
        }
    }

    #[test]
    fn respond_distinguishes_malformed_xml_from_schema_violations() {
        let panel = Panel::new();
        let text = |body: &str| match respond_valid(&panel, body.as_bytes()).body {
            response::Body::System(outcome) => outcome.errtext.unwrap_or_default(),
            other => panic!("{other:?}"),
        };
        assert!(text("<packet>").starts_with("Parser error: Cannot parse the XML: line 1: "));
        assert!(text("<packet><mail/>").starts_with("Parser error: Cannot parse the XML: line 1: "));
        assert!(text("").starts_with("Parser error: Cannot parse the XML: line 1: "));
        assert!(text("<!DOCTYPE packet><packet/>").contains("document type"));
        let unknown = text("<packet>\n<no-operator/></packet>");
        let expected = "Parser error: Request is invalid. Error in line 2: Element 'no-operator': This element is not \
                        expected. Expected is one of ( request-settings, ";
        assert!(unknown.starts_with(expected), "{unknown}");
        assert_eq!(
            text("<packet>\n<customer>\n<del>\n<filter><id>0</id></filter></del></customer></packet>"),
            "Parser error: Request is invalid. Error in line 4: Element 'id': '0' is not a valid value of the atomic \
             type 'id_type'.",
        );
        // The number exceeds 64 bits. libxml2 has no text for that, because it accepts it.
        assert_eq!(
            text("<packet><customer><del><filter><id>18446744073709551616</id></filter></del></customer></packet>"),
            "Parser error: Request is invalid. Error in line 1: packet/customer/del/filter/id: '18446744073709551616' \
             is outside the range 0 to 18446744073709551615",
        );
    }

    #[test]
    fn respond_never_repeats_a_password() {
        let panel = Panel::new();
        let key = Authentication::Key(panel.credentials.secret_key.as_bytes());
        let invalid = "<packet><customer><add><gen_info><pname/><login/><passwd>hush</passwd></gen_info></add>\
                    <del><filter/><passwd>hush</passwd></del></customer></packet>";
        let valid = "<packet><customer><add><gen_info><pname>Jo</pname><login>jo</login><passwd>hush</passwd>\
                     </gen_info></add></customer></packet>";
        for body in [invalid, valid] {
            let response = String::from_utf8(respond(&panel, key, body.as_bytes())).expect("UTF-8");
            assert!(response.contains("<status>error</status>") && !response.contains("hush"), "{response}");
        }
    }
}
