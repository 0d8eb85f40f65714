//! Compares our verdict on raw packets with that of libxml2, which the server validates with: on the samples, mutated in
//! every place and in many ways.

use std::borrow::Cow;
use std::collections::BTreeSet;

use plesk::{check, request, response};

use crate::support::{Direction, Element, REQUESTS, RESPONSES, libxml2_verdicts, verdict};

/// Replacements for the text of an element: for every type some valid and some invalid ones.
const TEXTS: &[&str] = &[
    "",
    " ",
    "0",
    "1",
    " 7 ",
    "+7",
    "-7",
    "007",
    "-0",
    "7.0",
    "7e2",
    "1,000",
    "0x1F",
    "4294967296",
    "true",
    "TRUE",
    "ok",
    " ok",
    "OK",
    "error",
    "admin",
    " admin\n",
    "root",
    "2020-02-29",
    "2019-02-29",
    "2020-02-29+14:00",
    "2020-02-29+14:01",
    "2020-02-29T24:00:00",
    "2020-02-29T23:59:60",
    "2020-02-29T10:00:00.123Z",
    "2020-02-29 10:00:00",
    "ä\u{1F600}",
    "a\u{A0}b",
    "&#9;&#13;7&#10;",
    "&amp;&lt;",
    "<![CDATA[7]]>",
    "<!-- 7 -->7",
    "7<!-- 7 -->",
    "7<x/>",
];

/// Elements of responses whose types libxml2 checks more strictly than the standard: it rejects white space around
/// unsigned numbers and before dates, although it should be collapsed, and signs of unsigned numbers. Servers do not
/// send such values.
const STRICTER: &[&str] = &[
    "errcode",
    "active_domains",
    "subdomains",
    "disk_space",
    "postboxs",
    "redirects",
    "mail_groups",
    "mail_resps",
    "mail_lists",
    "web_users",
    "data_bases",
    "traffic",
    "traffic_prevday",
    "cr_date",
    "login-time",
    "idle",
];

/// Returns `true` if the text starts with white space or a sign.
fn starts_with_space_or_sign(text: &str) -> bool {
    text.starts_with([' ', '+', '-']) || ["&#32;", "&#9;"].iter().any(|blank| text.starts_with(blank))
}

/// Returns all packets that result from one mutation of `sample`.
fn mutations(sample: &str) -> BTreeSet<String> {
    let tree = Element::parse(sample);
    assert_eq!(tree.write(), sample);
    let mut packets = BTreeSet::new();
    let mut change = |change: &dyn Fn(&mut Element, usize)| packets.extend(tree.variants(change));
    // Element removed, duplicated, moved, renamed.
    change(&|parent, at| drop(parent.children.remove(at)));
    change(&|parent, at| parent.children.insert(at, parent.children[at].clone()));
    change(&|parent, at| {
        let element = parent.children.remove(at);
        parent.children.push(element);
    });
    change(&|parent, at| parent.children[..=at].rotate_right(1));
    for name in ["id", "del", "result", "status", "filter", "novelty"] {
        change(&|parent, at| name.clone_into(&mut parent.children[at].name));
    }
    // Element emptied, with additional content, with an attribute.
    change(&|parent, at| {
        parent.children[at].children.clear();
        parent.children[at].text.clear();
    });
    for text in [" ", "x", "<![CDATA[]]>", "<!-- x -->", "<?x y?>", "&#32;"] {
        change(&|parent, at| {
            let element = &mut parent.children[at];
            if !(STRICTER.contains(&&*element.name) && starts_with_space_or_sign(text)) {
                element.text.insert_str(0, text);
            }
        });
    }
    for attribute in [
        " a=\"1\"",
        " version=\"1\"",
        " xmlns=\"\"",
        " xmlns=\"urn:a\"",
        " xmlns:a=\"urn:a\"",
        " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"false\"",
        " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:noNamespaceSchemaLocation=\"a.xsd\"",
    ] {
        change(&|parent, at| parent.children[at].attributes.push_str(attribute));
    }
    // A different text.
    for text in TEXTS {
        change(&|parent, at| {
            let element = &mut parent.children[at];
            if element.children.is_empty() && !(STRICTER.contains(&&*element.name) && starts_with_space_or_sign(text)) {
                (*text).clone_into(&mut element.text);
            }
        });
    }
    packets
}

/// Returns the part of `packet` that differs from `sample`, with some context.
fn difference<'a>(sample: &str, packet: &'a str) -> Cow<'a, str> {
    let from = sample.bytes().zip(packet.bytes()).take_while(|(a, b)| a == b).count();
    let rest = sample.len().min(packet.len()) - from;
    let same = sample.bytes().rev().zip(packet.bytes().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (from, to) = (from.saturating_sub(16), (packet.len() - same + 16).min(packet.len()));
    String::from_utf8_lossy(&packet.as_bytes()[from..to])
}

/// Compares both verdicts on all mutations of `samples`.
fn assert_same_verdicts(direction: Direction, samples: &[(&str, &str)], valid: impl Fn(&str) -> bool) {
    let changes: Vec<_> = samples
        .iter()
        .flat_map(|(name, sample)| mutations(sample).into_iter().map(move |xml| (name, sample, xml)))
        .collect();
    let packets: Vec<_> = changes.iter().map(|(.., packet)| packet).collect();
    let ours: Vec<_> = packets.iter().map(|packet| valid(packet)).collect();
    let accepted = ours.iter().filter(|valid| **valid).count();
    assert!(accepted > 500 && packets.len() - accepted > 500, "{accepted} of {} are valid", packets.len());

    let Some(theirs) = libxml2_verdicts(direction, &packets) else { return };
    let different: Vec<_> = changes
        .iter()
        .zip(ours.iter().zip(&theirs))
        .filter(|(_, (ours, theirs))| ours != theirs)
        .map(|((name, sample, packet), (ours, _))| {
            let who = if *ours { "only we accept" } else { "only libxml2 accepts" };
            format!("{name}: {who} …{}…", difference(sample, packet))
        })
        .collect();
    assert!(different.is_empty(), "{} of {} differ:\n{}", different.len(), packets.len(), different.join("\n"));
}

#[test]
fn mutated_requests_have_the_verdict_of_libxml2() {
    assert_same_verdicts(Direction::Request, REQUESTS, |xml| verdict::<request::Packet>(xml).is_ok());
    assert_same_verdicts(Direction::Request, REQUESTS, |xml| check::<request::Packet>(xml.as_bytes()).is_ok());
}

#[test]
fn mutated_responses_have_the_verdict_of_libxml2() {
    assert_same_verdicts(Direction::Response, RESPONSES, |xml| verdict::<response::Packet>(xml).is_ok());
    assert_same_verdicts(Direction::Response, RESPONSES, |xml| check::<response::Packet>(xml.as_bytes()).is_ok());
}

#[test]
fn packets_rejected_on_purpose_are_valid_for_libxml2() {
    let filter = |inside: &str| format!("<packet><customer><del><filter>{inside}</filter></del></customer></packet>");
    for (xml, message) in [
        // Unbounded integers: numbers that no server uses do not fit the Rust type.
        (
            filter("<id>18446744073709551616</id>"),
            "line 1: packet/customer/del/filter/id: '18446744073709551616' is outside the range \
             -9223372036854775808 to 18446744073709551615",
        ),
        (
            filter("<owner-id>18446744073709551616</owner-id>"),
            "line 1: packet/customer/del/filter/owner-id: '18446744073709551616' is outside the range \
             -9223372036854775808 to 18446744073709551615",
        ),
        // Document types, and with them user-defined entities.
        (
            format!("<!DOCTYPE packet>{}", filter("<id>5</id>")),
            "line 1: not well-formed XML: a document type declaration, which is not supported",
        ),
    ] {
        let error = verdict::<request::Packet>(&xml).unwrap_err();
        let crate::support::Refusal::Structure(error) = error else { panic!("{error:?}") };
        assert_eq!(error.to_string(), message);
        if let Some(verdicts) = libxml2_verdicts(Direction::Request, &[xml]) {
            assert_eq!(verdicts, [true]);
        }
    }
}

/// libxml2 is stricter than the standard; see `STRICTER`.
#[test]
fn packets_accepted_on_purpose_are_invalid_for_libxml2() {
    let errcode = |text: &str| {
        format!(
            "<packet><session><terminate><result><status>error</status><errcode>{text}</errcode></result></terminate></session></packet>"
        )
    };
    for text in [" 7", "7 ", "+7", "-0"] {
        let xml = errcode(text);
        assert!(verdict::<response::Packet>(&xml).is_ok(), "{xml}");
        if let Some(verdicts) = libxml2_verdicts(Direction::Response, &[xml]) {
            assert_eq!(verdicts, [false], "{text:?}");
        }
    }
}
