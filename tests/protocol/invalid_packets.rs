//! Raw packets that the schema does not allow, and their errors: line, path and reason.

use crate::support::{OPERATORS, assert_rejected};

/// The two invalid packets of the documentation are in `customer_del.rs` and `webspace_del.rs`.
#[test]
fn read_invalid_packet_reports_line_path_and_reason() {
    let operators: Vec<_> = OPERATORS.split(" | ").collect();
    let operators = format!("one of <{}> and {} more", operators[..8].join(">, <"), operators.len() - 8);
    for (xml, message) in [
        // No operator, no operation.
        ("<packet/>", format!("line 1: packet: {operators} is missing").as_str()),
        ("<packet><session/></packet>", "line 1: packet/session: one of <get>, <terminate> is missing"),
        // An operator of older protocols. Users report that servers refuse it.
        (
            "<packet>\n<client><del><filter><id>7</id></filter></del></client>\n</packet>",
            &format!("line 2: packet: unexpected element <client>; expected {operators}"),
        ),
        // An operation of another operator.
        (
            "<packet><session><del><filter><id>7</id></filter></del></session></packet>",
            "line 1: packet/session: unexpected element <del>; expected one of <get>, <terminate>",
        ),
        // Settings after operators.
        (
            "<packet><session><get/></session><request-settings><setting><name/></setting></request-settings></packet>",
            "line 1: packet: unexpected element <request-settings>",
        ),
        (
            "<packet><request-settings/><session><get/></session></packet>",
            "line 1: packet/request-settings: <setting> is missing",
        ),
        // Too many.
        (
            "<packet><session><terminate><session-id>a</session-id><session-id>b</session-id></terminate></session></packet>",
            "line 1: packet/session/terminate: unexpected element <session-id>",
        ),
        (
            "<packet><customer><del><filter/><filter/></del></customer></packet>",
            "line 1: packet/customer/del: unexpected element <filter>",
        ),
        // Text among elements.
        (
            "<packet><customer><del><filter>4711</filter></del></customer></packet>",
            "line 1: packet/customer/del/filter: text is not allowed here, only elements",
        ),
        // Elements in text.
        (
            "<packet><customer><del><filter><login>a<b/></login></filter></del></customer></packet>",
            "line 1: packet/customer/del/filter/login: unexpected element <b>",
        ),
        // Something in a flag.
        (
            "<packet><reseller><del><filter><all>yes</all></filter></del></reseller></packet>",
            "line 1: packet/reseller/del/filter/all: text is not allowed here, only elements",
        ),
        // Attributes.
        (
            "<packet protocol=\"1.6.9.1\"><session><get/></session></packet>",
            "line 1: packet: the attribute protocol is not allowed",
        ),
        // Different case.
        (
            "<packet><Session><get/></Session></packet>",
            &format!("line 1: packet: unexpected element <Session>; expected {operators}"),
        ),
        ("<Packet/>", "line 1: unexpected element <Packet>; expected <packet>"),
        // Not a number.
        (
            "<packet>\n <customer>\n  <del>\n   <filter>\n    <id>7</id>\n    <id>seven</id>\n   </filter></del></customer></packet>",
            "line 6: packet/customer/del/filter/id[2]: 'seven' is not an integer",
        ),
    ] {
        assert_eq!(assert_rejected(xml).to_string(), message, "{xml}");
    }
}

/// The first value of a filter determines its kind.
#[test]
fn read_filter_with_two_kinds_of_value_is_rejected() {
    for (operator, operation, rest) in [
        ("customer", "del", ""),
        ("customer", "get", "<dataset/>"),
        ("customer", "set", "<values/>"),
        ("customer", "convert-to-reseller", ""),
        ("customer", "change-owner", "<new-owner-login>m</new-owner-login>"),
        ("customer", "get-domain-list", ""),
        ("webspace", "del", ""),
        ("service-plan", "del", ""),
        ("reseller", "del", ""),
    ] {
        for (first, second) in [("id", "guid"), ("guid", "id"), ("guid", "external-id")] {
            let error = assert_rejected(&format!(
                "<packet><{operator}><{operation}><filter><{first}>5</{first}><{second}>6</{second}></filter>{rest}\
                 </{operation}></{operator}></packet>"
            ));
            assert_eq!(
                error.to_string(),
                format!("line 1: packet/{operator}/{operation}/filter: unexpected element <{second}>")
            );
        }
    }
}
