//! From the bytes of a request to those of its answer.

use plesk_protocol::{PROTOCOL, request, response};
use plesk_wire::packet::ErrorCode;
use plesk_wire::xml::{Content, Limits, NonEmpty, Writer, check_into};

use crate::authentication::Authentication;
use crate::operators;
use crate::plesk::Plesk;
use crate::refusal::Refusal;

/// Protocol versions that were before [`PROTOCOL`], and perhaps itself.
const OLDER: &[&str] =
    &["1.6.3.0", "1.6.3.1", "1.6.3.4", "1.6.3.5", "1.6.5.0", "1.6.6.0", "1.6.7.0", "1.6.8.0", "1.6.9.0", "1.6.9.1"];

/// The protocol versions that a packet may name. All are held against the schemas of [`PROTOCOL`]: those of other
/// versions are not at hand.
pub(crate) fn versions() -> impl Iterator<Item = &'static str> {
    OLDER.iter().copied().filter(|version| *version != PROTOCOL).chain([PROTOCOL])
}

impl Plesk {
    /// Answers a packet. Whatever is wrong with it, the answer is a packet that says so.
    pub(crate) fn answer(&self, authentication: Authentication<'_>, body: &[u8]) -> Vec<u8> {
        // Read first, and judged later: the answer names the version that was asked for even when
        // nothing else of the packet is any good.
        let mut request = request::Packet::placeholder();
        let read = read(body, &mut request);
        let version = request.version.clone().unwrap_or_else(|| PROTOCOL.to_owned());

        let done = authentication
            .check(&self.credentials)
            .and_then(|()| check_version(&version))
            .and(read)
            .and_then(|()| self.carry_out(request.operators));
        let mut answer = response::Packet::placeholder();
        answer.version = Some(version);
        answer.body = match done {
            Ok(operators) => response::Body::Operators(operators),
            Err(refusal) => response::Body::System(refusal.into_outcome(())),
        };
        Writer::document("packet", &answer)
    }

    /// Carries the operations out in series, or none of them if one is not modelled: half a packet
    /// done and none of it reported would leave a test guessing.
    fn carry_out(&self, operators: Vec<request::Operator>) -> Result<NonEmpty<response::Operator>, Refusal> {
        let mut state = self.state();
        let mut next = state.clone();
        let answers = operators.into_iter().map(|operator| operators::run(&mut next, operator));
        let answers = answers.collect::<Result<Vec<_>, _>>()?;
        *state = next;
        NonEmpty::try_from(answers).map_err(invalid)
    }
}

/// Reads a packet as a server does that validates it first: what the schema forbids is refused, in
/// the words of libxml2.
fn read(body: &[u8], packet: &mut request::Packet) -> Result<(), Refusal> {
    check_into("packet", body, Limits::DEFAULT, packet).map_err(|violations| {
        // A server parses first and then validates, and stops at the first fault, too.
        if let Some(fatal) = violations.as_slice().iter().find(|violation| matches!(violation.rule, "xml" | "limit")) {
            return Refusal::new(ErrorCode::INVALID_PACKET, format!("Parser error: Cannot parse the XML: {fatal}"));
        }
        let first = violations.first();
        match (first.line, first.libxml2()) {
            (Some(line), Some(words)) => invalid(format!("Error in line {line}: {words}")),
            _ => invalid(format!("Error in {first}")),
        }
    })
}

/// A packet that is XML but not what the schema asks for.
fn invalid(why: impl std::fmt::Display) -> Refusal {
    Refusal::new(ErrorCode::INVALID_PACKET, format!("Parser error: Request is invalid. {why}"))
}

fn check_version(version: &str) -> Result<(), Refusal> {
    if versions().any(|known| known == version) {
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

    /// Answers `body` for the administrator; the answer must be a valid packet.
    fn answer(plesk: &Plesk, body: &[u8]) -> response::Packet {
        let key = Authentication::Key(plesk.credentials.secret_key.as_bytes());
        let bytes = plesk.answer(key, body);
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
    fn any_bytes_get_a_valid_answer() {
        let plesk = Plesk::new();
        assert_eq!(code(&answer(&plesk, REQUEST.as_bytes())), None);
        for cut in 0..REQUEST.len() {
            assert_eq!(code(&answer(&plesk, &REQUEST.as_bytes()[..cut])), Some(ErrorCode::INVALID_PACKET), "{cut}");
        }
        for at in 0..REQUEST.len() {
            for byte in [0, b' ', b'<', b'>', b'&', b'"', b'9', 0x80, 0xff] {
                let mut body = REQUEST.as_bytes().to_vec();
                body[at] = byte;
                answer(&plesk, &body);
            }
        }
    }

    #[test]
    fn what_is_not_xml_is_told_from_what_is_not_valid() {
        let plesk = Plesk::new();
        let text = |body: &str| match answer(&plesk, body.as_bytes()).body {
            response::Body::System(outcome) => outcome.errtext.unwrap_or_default(),
            other => panic!("{other:?}"),
        };
        assert!(text("<packet>").starts_with("Parser error: Cannot parse the XML: line 1: "));
        assert!(text("<packet><mail/>").starts_with("Parser error: Cannot parse the XML: line 1: "));
        assert!(text("").starts_with("Parser error: Cannot parse the XML: line 1: "));
        assert!(text("<!DOCTYPE packet><packet/>").contains("document type"));
        let unknown = text("<packet>\n<no-operator/></packet>");
        let words = "Parser error: Request is invalid. Error in line 2: Element 'no-operator': This element is not \
                     expected. Expected is one of ( request-settings, ";
        assert!(unknown.starts_with(words), "{unknown}");
        assert_eq!(
            text("<packet>\n<customer>\n<del>\n<filter><id>0</id></filter></del></customer></packet>"),
            "Parser error: Request is invalid. Error in line 4: Element 'id': '0' is not a valid value of the atomic \
             type 'id_type'.",
        );
        // Greater than any number that is modelled: libxml2 has no words for it.
        assert_eq!(
            text("<packet><customer><del><filter><id>18446744073709551616</id></filter></del></customer></packet>"),
            "Parser error: Request is invalid. Error in line 1: packet/customer/del/filter/id: '18446744073709551616' \
             does not fit the range 0 to 18446744073709551615",
        );
    }

    #[test]
    fn an_answer_never_repeats_a_password() {
        let plesk = Plesk::new();
        let key = Authentication::Key(plesk.credentials.secret_key.as_bytes());
        let body = "<packet><customer><add><gen_info><pname/><login/><passwd>hush</passwd></gen_info></add>\
                    <del><filter/><passwd>hush</passwd></del></customer></packet>";
        let valid = "<packet><customer><add><gen_info><pname>Jo</pname><login>jo</login><passwd>hush</passwd>\
                     </gen_info></add></customer></packet>";
        for body in [body, valid] {
            let answer = String::from_utf8(plesk.answer(key, body.as_bytes())).expect("UTF-8");
            assert!(answer.contains("<status>error</status>") && !answer.contains("hush"), "{answer}");
        }
    }
}
