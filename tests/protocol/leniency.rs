//! Answers of newer servers: what the schema does not know is skipped wherever it stands, and leaves
//! the rest as it was.

use std::fmt::Debug;

use plesk::response;
use plesk_wire::xml::{Limits, Reader, Strictness};

use crate::support::{ANSWERS, Act, Direction, Packed, answers_to, for_each_operation, libxml2_verdicts, read};

/// Elements that no schema knows: plain ones, ones whose name begins like a known one, and ones that
/// hold what would mean something elsewhere.
const UNKNOWN: &[&str] = &[
    "<novelty/>",
    "<novelty>text</novelty>",
    "<id2>5</id2>",
    "<result-x/>",
    "<novelty a=\"1\" b='&lt;>'>x &amp; y</novelty>",
    "<novelty><![CDATA[</result></packet>]]></novelty>",
    "<novelty><!-- </result> --><?php </result> ?></novelty>",
    "<novelty><result><status>error</status><errcode>1</errcode><id>9</id></result><id>9</id><filter-id>9</filter-id></novelty>",
    "<novelty><novelty><novelty><a/><b/>c</novelty></novelty></novelty>",
    "<p:id xmlns:p=\"urn:p\">9</p:id>",
    "<novelty/><!-- and --><novelty/>",
];

/// The places in `xml` before and after each tag, within the root element.
fn places(xml: &str) -> Vec<usize> {
    let inside = xml.find('>').unwrap() + 1..xml.rfind('<').unwrap() + 1;
    let mut places: Vec<_> = xml
        .char_indices()
        .filter_map(|(at, c)| match c {
            '<' => Some(at),
            '>' => Some(at + 1),
            _ => None,
        })
        .filter(|at| inside.contains(at))
        .collect();
    places.dedup();
    places
}

fn inserted(xml: &str, at: usize, what: &str) -> String {
    format!("{}{what}{}", &xml[..at], &xml[at..])
}

/// The places at which an attribute could be added to a start tag.
fn attribute_places(xml: &str) -> impl Iterator<Item = usize> {
    xml.match_indices('>').map(|(at, _)| at).filter(|at| !xml[..*at].rsplit('<').next().unwrap().starts_with('/'))
}

/// The packet in `xml`, and how much of it was skipped.
fn read_leniently(xml: &str) -> (response::Packet, u64) {
    let mut reader = Reader::new(xml.as_bytes(), Strictness::Lenient, Limits::DEFAULT).unwrap();
    let packet = reader.document("packet").unwrap_or_else(|error| panic!("{error}\n{xml}"));
    (packet, reader.skipped())
}

#[test]
fn unknown_elements_leave_the_rest_intact() {
    for (name, xml) in ANSWERS {
        let (intact, skipped) = read_leniently(xml);
        assert_eq!(skipped, 0, "{name}");
        for at in places(xml) {
            for unknown in UNKNOWN {
                let more = inserted(xml, at, unknown);
                let (packet, skipped) = read_leniently(&more);
                assert_eq!(packet, intact, "{name}: {more}");
                assert_eq!(skipped, if unknown.contains("and") { 2 } else { 1 }, "{name}: {more}");
                assert!(read::<response::Packet>(&more, Strictness::Strict).is_err(), "{name}: {more}");
            }
        }
    }
}

/// Many at once, one at every place.
#[test]
fn unknown_elements_everywhere_at_once() {
    for (name, xml) in ANSWERS {
        let (intact, _) = read_leniently(xml);
        let places = places(xml);
        let more = places.iter().rev().fold((*xml).to_owned(), |xml, at| inserted(&xml, *at, "<novelty>7</novelty>"));
        assert_eq!(read_leniently(&more), (intact, places.len() as u64), "{name}: {more}");
    }
}

#[test]
fn unknown_attributes_leave_the_rest_intact() {
    for (name, xml) in ANSWERS {
        let (intact, _) = read_leniently(xml);
        for at in attribute_places(xml) {
            for unknown in [" novelty=\"1\"", "\n\tnovelty='&quot;/>'"] {
                let more = inserted(xml, at, unknown);
                assert_eq!(read_leniently(&more), (intact.clone(), 1), "{name}: {more}");
                assert!(read::<response::Packet>(&more, Strictness::Strict).is_err(), "{name}: {more}");
            }
        }
    }
}

/// Comments and processing instructions are not part of the content, for the strict reading either.
#[test]
fn comments_leave_everything_intact() {
    for (name, xml) in ANSWERS {
        let (intact, _) = read_leniently(xml);
        for at in places(xml) {
            for comment in ["<!-- </result> <status>error</status> -->", "<?xml-stylesheet href='a.xsl'?>"] {
                let more = inserted(xml, at, comment);
                assert_eq!(read_leniently(&more), (intact.clone(), 0), "{name}: {more}");
                assert_eq!(read::<response::Packet>(&more, Strictness::Strict).as_ref(), Ok(&intact), "{name}: {more}");
            }
        }
    }
}

/// The strict reading refuses at the same places as libxml2 does: at all of them.
#[test]
fn libxml2_refuses_unknown_elements_and_attributes() {
    let mut packets = Vec::new();
    for (_, xml) in ANSWERS {
        packets.extend(places(xml).into_iter().map(|at| inserted(xml, at, "<novelty/>")));
        packets.extend(attribute_places(xml).map(|at| inserted(xml, at, " novelty=\"1\"")));
    }
    if let Some(verdicts) = libxml2_verdicts(Direction::Response, &packets) {
        let valid: Vec<_> = packets.iter().zip(verdicts).filter(|(_, valid)| *valid).collect();
        assert!(valid.is_empty(), "{valid:?}");
    }
}

/// Operators and operations that are newer than the schema are skipped as well.
#[test]
fn unknown_operators_and_operations() {
    let xml = "<packet><teapot><get><result><status>error</status></result></get></teapot>\
         <customer><enable><result><status>ok</status></result></enable>\
         <del><result><status>ok</status><id>7</id></result></del></customer></packet>";
    let known = "<packet><customer><del><result><status>ok</status><id>7</id></result></del></customer></packet>";
    assert_eq!(read_leniently(xml), (read_leniently(known).0, 2));
}

/// The client reads packets on its own way to the answers of its operations.
#[test]
fn unknown_elements_leave_what_the_client_returns_intact() {
    struct ThroughTheClient(usize);

    impl Act for ThroughTheClient {
        fn on<Op: Packed>(&mut self)
        where
            Op::Answer: Debug + PartialEq,
        {
            let path = format!("{}/{}", Op::OPERATOR, Op::PATH.join("/"));
            for (_, xml) in ANSWERS.iter().filter(|(name, _)| *name == path) {
                let asked = || Op::replies(read_leniently(xml).0).iter().map(|_| Op::sample()).collect();
                let intact = answers_to::<Op>(asked(), xml).unwrap();
                for at in places(xml) {
                    let more = inserted(xml, at, UNKNOWN[7]);
                    assert_eq!(answers_to::<Op>(asked(), &more).unwrap(), intact, "{path}: {more}");
                }
                self.0 += 1;
            }
        }
    }

    let mut through = ThroughTheClient(0);
    for_each_operation(&mut through);
    assert_eq!(through.0, crate::support::OPERATIONS.len(), "an operation has no sample answer");
}
