//! Whole packets: mixed operators, refusals, output of programs on the server.

use plesk::request::{self, RequestSettings, RequestSettingsSetting};
use plesk::response::{self, Body, Operator};
use plesk::{ErrorCode, Operation, ReadErrorKind, customer, reseller, service_plan, session, webspace};
use plesk_wire::xml::Strictness;

use crate::support::{Packed, assert_packet, code, read, valid};

#[test]
fn packet_keeps_the_order_of_mixed_operators() {
    let packet = request::Packet::new()
        .version("1.6.9.1")
        .request_settings(RequestSettings::new([
            RequestSettingsSetting::new("locale").value("de"),
            RequestSettingsSetting::new("quiet"),
        ]))
        .session(session::Requests::new().get(session::Get::new()).terminate(session::Terminate::new("ab")))
        .customer(customer::Requests::new().del(customer::Del::new(customer::Filter::id(1))))
        .service_plan(service_plan::Requests::new().del(service_plan::Del::new(service_plan::Filter::name("Gold"))))
        .customer(customer::Requests::new().get_domain_list(customer::GetDomainList::new(customer::Filter::id(2))))
        .reseller(reseller::Requests::new().del(reseller::Del::new(reseller::Filter::login("m"))))
        .webspace(webspace::Requests::new().del(webspace::Del::new(webspace::Filter::name("see.example"))));
    assert_packet(
        &packet,
        "<packet version=\"1.6.9.1\">\
         <request-settings><setting><name>locale</name><value>de</value></setting><setting><name>quiet</name></setting></request-settings>\
         <session><get/><terminate><session-id>ab</session-id></terminate></session>\
         <customer><del><filter><id>1</id></filter></del></customer>\
         <service-plan><del><filter><name>Gold</name></filter></del></service-plan>\
         <customer><get-domain-list><filter><id>2</id></filter></get-domain-list></customer>\
         <reseller><del><filter><login>m</login></filter></del></reseller>\
         <webspace><del><filter><name>see.example</name></filter></del></webspace>\
         </packet>",
    );
}

#[test]
fn response_with_mixed_operators_is_read() {
    let packet = valid(
        "<packet version=\"1.6.9.1\">\
         <session><terminate><result><status>ok</status></result></terminate></session>\
         <webspace><del/></webspace>\
         <session><terminate><result><status>error</status><errcode>1013</errcode></result></terminate></session>\
         </packet>",
    );
    assert_eq!(packet.version.as_deref(), Some("1.6.9.1"));
    assert_eq!(webspace::Del::replies(packet.clone()).len(), 1);
    let ended: Vec<_> = session::Terminate::replies(packet)
        .into_iter()
        .map(|reply| session::Terminate::answer(reply).is_ok())
        .collect();
    assert_eq!(ended, [true, false]);
}

#[test]
fn refused_packet_is_read_as_system_error() {
    let packet = valid(
        "<?xml version=\"1.0\"?>\n<packet version=\"1.6.9.1\"><system><status>error</status><errcode>1001</errcode>\
         <errtext>Wrong password for edgar</errtext></system><output>PHP Notice &lt;1&gt;</output></packet>",
    );
    assert_eq!(packet.output.as_ref().map(plesk::Secret::expose), Some("PHP Notice <1>"));
    let Body::System(outcome) = packet.body else { panic!("not a refusal: {:?}", packet.body) };
    let fault = outcome.into_result().unwrap_err();
    assert_eq!(code(&fault), (Some(1001), Some("Wrong password for edgar".to_owned())));
    assert_eq!(fault.code.and_then(ErrorCode::meaning), Some("wrong login, password or key"));
}

#[test]
fn output_after_an_operator_is_read() {
    let packet = valid(
        "<packet><reseller><del><result><status>ok</status></result></del></reseller><output>done\n</output></packet>",
    );
    assert_eq!(packet.output.as_ref().map(plesk::Secret::expose), Some("done\n"));
    assert!(matches!(&packet.body, Body::Operators(operators) if matches!(operators[..], [Operator::Reseller(_)])));
}

#[test]
fn response_without_operators_is_an_error() {
    for xml in ["<packet/>", "<packet></packet>", "<packet><output>oops</output></packet>"] {
        assert!(
            matches!(read::<response::Packet>(xml, Strictness::Lenient).unwrap_err().kind(), ReadErrorKind::Missing(_)),
            "{xml}"
        );
    }
}

#[test]
fn other_document_and_broken_xml_are_different_errors() {
    for (body, problem) in [
        ("<html><body>Welcome</body></html>", "line 1: unexpected element <html>; expected <packet>"),
        (
            "<packet><customer>",
            "line 1: packet/customer: not well-formed XML: the document ends before its elements do",
        ),
    ] {
        for strictness in [Strictness::Strict, Strictness::Lenient] {
            assert_eq!(read::<response::Packet>(body, strictness).unwrap_err().to_string(), problem);
        }
    }
    for body in ["", "   ", "Not Found", "{\"code\": 0}"] {
        let error = read::<response::Packet>(body, Strictness::Lenient).unwrap_err();
        assert!(error.is_fatal(), "{body:?}: {error}");
    }
}
