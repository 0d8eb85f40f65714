//! The check of raw packets: it reports all violations at once, and also in the wording of libxml2.

use std::collections::BTreeSet;

use plesk::{check, request, response};

use crate::support::{Direction, libxml2_messages, libxml2_verdicts};

/// Requests and their violations, one per line.
const REQUESTS: &[(&str, &[&str])] = &[
    ("<html/>", &["line 1: html: unexpected root element; expected <packet>"]),
    (
        "<packet xmlns='urn:a'>\n<session><get/></session></packet>",
        &["line 1: packet: {urn:a}packet has a namespace; the elements of the schema have none; remove xmlns"],
    ),
    (
        "<packet version='1.6.9.1' protocol='1'>\n<session><get/></session></packet>",
        &["line 1: packet: the attribute protocol is not allowed; remove it"],
    ),
    (
        "<packet>\n<session><close/></session></packet>",
        &["line 2: packet/session/close: unexpected element; expected one of <get>, <terminate>"],
    ),
    (
        "<packet>\n<session/></packet>",
        &["line 2: packet/session: one of <get>, <terminate> is missing; add one of them"],
    ),
    (
        "<packet><customer><del>\n<filter><id>7</id>\n<id>seven</id>\n<id/>\n<id>0</id></filter></del></customer></packet>",
        &[
            "line 3: packet/customer/del/filter/id[2]: 'seven' is not an integer; write digits only",
            "line 4: packet/customer/del/filter/id[3]: '' is not an integer; the element needs a value",
            "line 5: packet/customer/del/filter/id[4]: '0' must be at least 1",
        ],
    ),
    (
        "<packet><customer><del>\n<filter>4711</filter></del></customer></packet>",
        &["line 2: packet/customer/del/filter: text is not allowed here, only elements"],
    ),
    (
        "<packet><reseller><del>\n<filter><all>yes</all></filter></del></reseller></packet>",
        &["line 2: packet/reseller/del/filter/all: the element must be empty, without even white space; write <all/>"],
    ),
    (
        "<packet><customer><add>\n<gen_info><pname/>\n<login><b/></login><passwd/>\n<Status>0</Status>\n<status>on</status></gen_info></add></customer></packet>",
        &[
            "line 3: packet/customer/add/gen_info/login: elements are not allowed here, only text",
            "line 4: packet/customer/add/gen_info/Status: unexpected element; did you mean <status>?",
            "line 5: packet/customer/add/gen_info/status: 'on' is not an integer; write digits only",
        ],
    ),
    (
        "<packet><session><terminate>\n<session-id>a</session-id>\n<session-id>b</session-id></terminate></session></packet>",
        &["line 3: packet/session/terminate/session-id: unexpected element; only one is allowed"],
    ),
];

/// Responses and their violations.
const RESPONSES: &[(&str, &[&str])] = &[
    (
        "<packet><session><get><result><status>OK</status>\n<errcode>-1</errcode>\n<session><id>1</id><type>root</type>\n<ip-address/><login/>\n\
         <login-time>today</login-time><idle>2020-02-29T10:00:00</idle></session></result></get></session></packet>",
        &[
            "line 1: packet/session/get/result/status: 'OK' is not one of: ok, error; did you mean 'ok'?",
            "line 2: packet/session/get/result/errcode: '-1' is not an unsigned integer",
            "line 3: packet/session/get/result/session[1]/type: 'root' is not one of: admin, client, domain-admin, mail-user, reseller",
            "line 5: packet/session/get/result/session[1]/login-time: 'today' is not a dateTime; write it as YYYY-MM-DDThh:mm:ss",
        ],
    ),
    (
        "<packet><customer><del><result>\n<errcode>1</errcode></result></del></customer></packet>",
        &["line 2: packet/customer/del/result[1]/errcode: unexpected element; <status> must come before it"],
    ),
];

/// Checks the violations of each packet, and that libxml2 reports the same ones.
fn assert_violations<P: plesk_wire::xml::Content>(direction: Direction, packets: &[(&str, &[&str])]) {
    for (xml, messages) in packets {
        let violations = check::<P>(xml.as_bytes()).expect_err(xml);
        let violations: Vec<_> = violations.as_slice().iter().map(ToString::to_string).collect();
        assert_eq!(violations, *messages, "{xml}");
    }
    let documents: Vec<_> = packets.iter().map(|(xml, _)| *xml).collect();
    let Some(messages) = libxml2_messages(direction, &documents) else { return };
    for (xml, theirs) in documents.iter().zip(messages) {
        assert!(!theirs.is_empty(), "libxml2 accepts {xml}");
        let violations = check::<P>(xml.as_bytes()).unwrap_err();
        let ours: BTreeSet<_> = violations
            .as_slice()
            .iter()
            .map(|v| (v.line.unwrap(), v.libxml2().expect("a message").to_owned()))
            .collect();
        let missed: Vec<_> = theirs.iter().filter(|message| !ours.contains(message)).collect();
        assert!(missed.is_empty(), "{xml}\nlibxml2: {missed:#?}\nours: {ours:#?}");
    }
}

#[test]
fn check_reports_violations_of_requests() {
    assert_violations::<request::Packet>(Direction::Request, REQUESTS);
}

#[test]
fn check_reports_violations_of_responses() {
    assert_violations::<response::Packet>(Direction::Response, RESPONSES);
}

/// Violations in the list of operators. The list itself changes with the schema and is not checked.
#[test]
fn check_reports_misplaced_operators() {
    for (xml, start) in [
        ("<packet/>", "line 1: packet: one of <"),
        (
            "<packet>\n<session><get/></session>\n<request-settings><setting><name/></setting></request-settings></packet>",
            "line 3: packet/request-settings: unexpected element; move it before <session>",
        ),
        (
            "<packet>\n<sesion><get/></sesion></packet>",
            "line 2: packet/sesion: unexpected element; did you mean <session>?",
        ),
    ] {
        let violations = check::<request::Packet>(xml.as_bytes()).unwrap_err();
        assert_eq!(violations.total(), 1, "{violations}");
        assert!(violations.to_string().starts_with(start), "{violations}");
        let before_list = |message: &str| message.split(" Expected is ").next().unwrap().to_owned();
        if let Some(messages) = libxml2_messages(Direction::Request, &[xml]) {
            let [(line, message)] = &messages[0][..] else { panic!("{xml}: {messages:?}") };
            let first = violations.first();
            assert_eq!((first.line, first.libxml2().map(before_list)), (Some(*line), Some(before_list(message))));
        }
    }
}

/// Of a million violations, the first are kept, the others are counted, and few are displayed.
#[test]
fn check_bounds_the_number_of_violations() {
    let xml =
        format!("<packet><customer><del><filter>{}</filter></del></customer></packet>", "<id>x</id>".repeat(1_000_000));
    let violations = check::<request::Packet>(xml.as_bytes()).unwrap_err();
    assert_eq!((violations.as_slice().len(), violations.total()), (1_000, 1_000_000));
    let message = violations.to_string();
    assert_eq!(message.lines().count(), 21);
    assert!(message.ends_with("\nand 999980 more"), "{message}");
}

#[test]
fn check_counts_columns_in_characters() {
    let xml = "<packet><customer><del><filter><login>\u{e4}\u{1F600}</login><id>x</id>\n  <id>y</id></filter></del></customer></packet>";
    let violations = check::<request::Packet>(xml.as_bytes()).unwrap_err();
    assert_eq!((violations.first().line, violations.first().column), (Some(1), Some(49)));
}

/// Every encoding that libxml2 reads is either read or rejected with a clear message. No other is accepted.
#[test]
fn check_accepts_the_encodings_of_libxml2_that_are_in_use() {
    let packet = |encoding: &str| {
        format!(
            "<?xml version='1.0' encoding='{encoding}'?><packet><webspace><del><filter><name>\u{e4}</name></filter></del></webspace></packet>"
        )
    };
    let bytes = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<_>>();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let with_bom = |text: &str| [b"\xFF\xFE".to_vec(), wide(text)].concat();
    // The packet, whether we accept it, and whether libxml2 does.
    let cases = [
        (packet("UTF-8").into_bytes(), true, true),
        ([b"\xEF\xBB\xBF".to_vec(), packet("UTF-8").into_bytes()].concat(), true, true),
        (bytes(&packet("UTF-8")), false, false),
        (wide(&packet("UTF-16")), true, true),
        (with_bom(&packet("UTF-16")), true, true),
        (with_bom(&packet("utf-8")), true, true),
        (with_bom(&packet("UTF-16BE")), false, false),
        (with_bom(&packet("ISO-8859-1")), false, false),
        (packet("UTF-16").into_bytes(), false, false),
        (bytes(&packet("ISO-8859-1")), true, true),
        (bytes(&packet("US-ASCII")), false, false),
        (packet("US-ASCII").replace('\u{e4}', "a").into_bytes(), true, true),
        (packet("nonsense").into_bytes(), false, false),
        // Rejected on purpose: encodings that nobody uses, a byte order mark that contradicts the declaration,
        // and half a character at the end.
        (bytes(&packet("KOI8-R")), false, true),
        ([b"\xEF\xBB\xBF".to_vec(), packet("ISO-8859-1").into_bytes()].concat(), false, true),
        ([with_bom(&packet("UTF-16")), b"\n".to_vec()].concat(), false, true),
    ];
    for (bytes, ours, _) in &cases {
        let verdict = check::<request::Packet>(bytes);
        assert_eq!(verdict.is_ok(), *ours, "{verdict:?}");
        if let Err(violations) = verdict {
            assert_eq!(violations.first().rule, "xml");
        }
    }
    if let Some(verdicts) = libxml2_verdicts(Direction::Request, &cases.each_ref().map(|(bytes, ..)| bytes)) {
        assert_eq!(verdicts, cases.each_ref().map(|(.., theirs)| *theirs));
    }
}

#[test]
fn check_rejects_what_libxml2_accepts_on_purpose() {
    let inside = |inside: &str| format!("<packet><customer><del><filter>{inside}</filter></del></customer></packet>");
    for (xml, rule) in [
        (format!("<!DOCTYPE packet>{}", inside("<id>5</id>")), "xml"),
        (inside("<id>18446744073709551616</id>"), "range"),
        (inside("<id xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='id_type'>5</id>"), "attribute"),
    ] {
        assert_eq!(check::<request::Packet>(xml.as_bytes()).unwrap_err().first().rule, rule, "{xml}");
        if let Some(verdicts) = libxml2_verdicts(Direction::Request, &[xml]) {
            assert_eq!(verdicts, [true]);
        }
    }
}
