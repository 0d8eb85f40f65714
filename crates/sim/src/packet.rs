//! Responds to a packet: from the bytes of the request to the bytes of the response.

use std::net::IpAddr;

use plesk_protocol::upload::{self, File};
use plesk_protocol::{PROTOCOL, request, response};
use plesk_wire::packet::{ErrorCode, Outcome};
use plesk_wire::xml::{Content, DECLARATION, Limits, NonEmpty, Visitor, Writer, check_into};

use crate::authentication::{Authentication, Caller};
use crate::environment::Moment;
use crate::failure::TransportFailure;
use crate::operations::{self, OperationName};
use crate::operators::{self, Step};
use crate::panel::Panel;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::state::{ADMINISTRATOR_ID, State};
use crate::{random, versions};

/// The folder of uploaded files.
const UPLOADS: &str = "/usr/local/psa/tmp";

/// How a response is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// On one line, after the XML declaration.
    Compact,
    /// Each element on a line, indented.
    Indented,
}

/// The response to a packet, and what goes wrong on its way.
pub(crate) struct Answer {
    pub(crate) body: Vec<u8>,
    pub(crate) failure: TransportFailure,
    /// The operations of the packet. Empty if it was refused.
    pub(crate) operations: Vec<OperationName>,
}

/// Returns the response to a packet that comes from `address`. If the packet cannot be carried out, the response
/// is a packet that reports why.
pub(crate) fn respond(
    panel: &Panel,
    authentication: Authentication<'_>,
    address: IpAddr,
    body: &[u8],
    layout: Layout,
) -> Answer {
    // The packet is read before the credentials are checked, and errors are reported later: the response
    // repeats the version of the request even if nothing else of it is valid.
    let mut request = request::Packet::placeholder();
    let read = read(body, &mut request);
    let version = request.version.clone().unwrap_or_else(|| PROTOCOL.to_owned());

    let caller = authentication.check(&panel.lock(), address).map(|account| Caller { account, address });
    let mut answer = Answer { body: Vec::new(), failure: TransportFailure::default(), operations: Vec::new() };
    let result = caller.and_then(|caller| {
        check_version(&version)?;
        read?;
        run(panel, caller, request, body, &mut answer)
    });
    let mut response = response::Packet::placeholder();
    response.version = Some(version);
    response.body = match result {
        Ok(operators) => response::Body::Operators(operators),
        Err(refusal) => response::Body::System(refusal.into_outcome(())),
    };
    answer.body = answer.failure.apply(write(&response, layout));
    answer
}

/// Returns the response to files that a client uploads, which only the administrator may do. Their content is not
/// kept; each is given a path, as on a server.
pub(crate) fn respond_to_upload(
    panel: &Panel,
    authentication: Authentication<'_>,
    address: IpAddr,
    files: Result<Vec<String>, String>,
    layout: Layout,
) -> Vec<u8> {
    let result = authentication.check(&panel.lock(), address).and_then(|account| {
        if account != ADMINISTRATOR_ID {
            return Err(Refusal::permission_denied());
        }
        let files = files.map_err(|problem| invalid(format!("The form cannot be read: {problem}")))?;
        let uploaded = files.into_iter().map(|name| {
            let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            let file = build(|file: &mut File| {
                file.file = format!("{UPLOADS}/{}/{name}", random::token());
                file.name = name;
            });
            upload::Response::Result(build(|reply: &mut upload::ResultReply| reply.result = Outcome::ok(file)))
        });
        let items: Vec<_> = uploaded.collect();
        if items.is_empty() {
            return Err(invalid("The form contains no file"));
        }
        Ok(NonEmpty::one(response::Operator::Upload(build(|responses: &mut upload::Responses| {
            responses.items = items
        }))))
    });
    let mut response = response::Packet::placeholder();
    response.version = Some(PROTOCOL.to_owned());
    response.body = match result {
        Ok(operators) => response::Body::Operators(operators),
        Err(refusal) => response::Body::System(refusal.into_outcome(())),
    };
    write(&response, layout)
}

fn write(response: &response::Packet, layout: Layout) -> Vec<u8> {
    let mut writer = match layout {
        Layout::Compact => Writer::new(),
        Layout::Indented => Writer::indented(),
    };
    writer.push(DECLARATION);
    writer.visit_element("packet", 0, response);
    if layout == Layout::Indented {
        writer.push("\n");
    }
    writer.into_bytes()
}

/// Runs the operations of a packet. Returns when the state file has it on the disk. Failures that a test asked for
/// happen now.
fn run(
    panel: &Panel,
    caller: Caller,
    request: request::Packet,
    body: &[u8],
    answer: &mut Answer,
) -> Result<NonEmpty<response::Operator>, Refusal> {
    let names = operations::list(&request);
    answer.operations = names.concat();
    let mut mishap = panel.failures.take(answer.operations.iter());
    answer.failure = mishap.transport;
    let count = answer.operations.len();
    let end = if answer.failure.prevents_work() { 0 } else { mishap.stop_after.unwrap_or(count) };
    let stopped = || Refusal::operation_failed("The connection was dropped");
    mishap.refused.retain(|(position, _)| *position < end);
    mishap.refused.extend((end..count).map(|position| (position, stopped())));

    let mut state = panel.lock();
    let moment = panel.clock.moment();
    let skipped: Vec<usize> = mishap.refused.iter().map(|(position, _)| *position).collect();
    let runs = |(position, name): (usize, &OperationName)| !name.is_read() && !skipped.contains(&position);
    if answer.operations.iter().enumerate().any(runs) {
        panel.store(moment, caller, skipped, body)?;
    }
    // What this packet reads may be what another one wrote, so a packet that only reads waits for the disk too.
    let stored = panel.stored();
    let responses = execute(&mut state, moment, caller, request, names, mishap.refused);
    drop(state);
    panel.sync(stored)?;
    NonEmpty::try_from(responses?).map_err(invalid)
}

/// Runs the operations of a packet in order, except for those that are refused, by their position.
fn execute(
    state: &mut State,
    moment: Moment,
    caller: Caller,
    request: request::Packet,
    names: Vec<Vec<OperationName>>,
    mut refused: Vec<(usize, Refusal)>,
) -> Result<Vec<response::Operator>, Refusal> {
    let _entered = moment.enter();
    state.set_caller(caller);
    // What a test changed is not an event.
    state.take_changes();
    let mut position = 0;
    let mut next_step = |name| {
        let refusal = refused.iter().position(|(refused, _)| *refused == position);
        position += 1;
        Step { name, refusal: refusal.map(|index| refused.swap_remove(index).1) }
    };
    let mut responses = Vec::new();
    for (operator, names) in request.operators.into_iter().zip(names) {
        let steps = names.into_iter().map(&mut next_step).collect();
        responses.push(operators::run(state, operator, steps)?);
    }
    state.set_caller(Caller::ADMINISTRATOR);
    Ok(responses)
}

/// Runs a packet of a state file again, except for the operations at the skipped positions.
///
/// # Errors
/// If the packet is not valid: it was written by another version of this program.
pub(crate) fn replay(
    state: &mut State,
    moment: Moment,
    caller: Caller,
    skipped: &[usize],
    body: &[u8],
) -> Result<(), Refusal> {
    let mut request = request::Packet::placeholder();
    read(body, &mut request)?;
    let names = operations::list(&request);
    let skip = |position: &usize| (*position, Refusal::operation_failed("The operation did not run"));
    execute(state, moment, caller, request, names, skipped.iter().map(skip).collect())?;
    Ok(())
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
    if versions::is_accepted(version) {
        return Ok(());
    }
    let text = format!("Protocol version '{version}' is not supported. Current protocol version is '{PROTOCOL}'");
    Err(Refusal::new(ErrorCode::UNSUPPORTED_PROTOCOL, text))
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::panel::Setup;

    const LOCALHOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

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
        let bytes = respond(panel, Authentication::Administrator, LOCALHOST, body, Layout::Compact).body;
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
        let panel = Panel::new(Setup::default()).expect("a panel");
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
        let panel = Panel::new(Setup::default()).expect("a panel");
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
             is outside the range -9223372036854775808 to 18446744073709551615",
        );
    }

    #[test]
    fn respond_never_repeats_a_password() {
        let panel = Panel::new(Setup::default()).expect("a panel");
        let invalid = "<packet><customer><add><gen_info><pname/><login/><passwd>hush</passwd></gen_info></add>\
                    <del><filter/><passwd>hush</passwd></del></customer></packet>";
        let valid = "<packet><customer><add><gen_info><pname>Jo</pname><login>jo</login><passwd>hush</passwd>\
                     </gen_info></add></customer></packet>";
        for body in [invalid, valid] {
            let response = respond(&panel, Authentication::Administrator, LOCALHOST, body.as_bytes(), Layout::Compact);
            let response = String::from_utf8(response.body).expect("UTF-8");
            assert!(response.contains("<status>error</status>") && !response.contains("hush"), "{response}");
        }
    }
}
