//! Responses of newer servers: content that the schema does not define is skipped wherever it appears, and does not
//! affect the rest.

use std::fmt::Debug;

use plesk::response;
use plesk_wire::xml::{Limits, Reader, Strictness};

use crate::support::{Act, Direction, Packed, RESPONSES, answers_to, for_each_operation, libxml2_verdicts, read};

/// Unknown elements: plain ones, ones whose names start like known ones, and ones whose content would be meaningful
/// elsewhere.
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

/// Returns the positions before and after each tag within the root element.
fn positions(xml: &str) -> Vec<usize> {
    let inside = xml.find('>').unwrap() + 1..xml.rfind('<').unwrap() + 1;
    let mut positions: Vec<_> = xml
        .char_indices()
        .filter_map(|(at, c)| match c {
            '<' => Some(at),
            '>' => Some(at + 1),
            _ => None,
        })
        .filter(|at| inside.contains(at))
        .collect();
    positions.dedup();
    positions
}

/// Returns `xml` with `insertion` at a position.
fn insert(xml: &str, at: usize, insertion: &str) -> String {
    format!("{}{insertion}{}", &xml[..at], &xml[at..])
}

/// Returns the positions at which an attribute could be added to a start tag.
fn attribute_positions(xml: &str) -> impl Iterator<Item = usize> {
    xml.match_indices('>').map(|(at, _)| at).filter(|at| !xml[..*at].rsplit('<').next().unwrap().starts_with('/'))
}

/// Reads a packet leniently. Returns it with the number of skipped elements and attributes.
fn read_leniently(xml: &str) -> (response::Packet, u64) {
    let mut reader = Reader::new(xml.as_bytes(), Strictness::Lenient, Limits::DEFAULT).unwrap();
    let packet = reader.document("packet").unwrap_or_else(|error| panic!("{error}\n{xml}"));
    (packet, reader.skipped())
}

#[test]
fn unknown_element_is_skipped() {
    for (name, xml) in RESPONSES {
        let (intact, skipped) = read_leniently(xml);
        assert_eq!(skipped, 0, "{name}");
        for at in positions(xml) {
            for unknown in UNKNOWN {
                let more = insert(xml, at, unknown);
                let (packet, skipped) = read_leniently(&more);
                assert_eq!(packet, intact, "{name}: {more}");
                assert_eq!(skipped, if unknown.contains("and") { 2 } else { 1 }, "{name}: {more}");
                assert!(read::<response::Packet>(&more, Strictness::Strict).is_err(), "{name}: {more}");
            }
        }
    }
}

/// Many at once, one at every position.
#[test]
fn unknown_elements_everywhere_are_skipped() {
    for (name, xml) in RESPONSES {
        let (intact, _) = read_leniently(xml);
        let positions = positions(xml);
        let more = positions.iter().rev().fold((*xml).to_owned(), |xml, at| insert(&xml, *at, "<novelty>7</novelty>"));
        assert_eq!(read_leniently(&more), (intact, positions.len() as u64), "{name}: {more}");
    }
}

#[test]
fn unknown_attribute_is_skipped() {
    for (name, xml) in RESPONSES {
        let (intact, _) = read_leniently(xml);
        for at in attribute_positions(xml) {
            for unknown in [" novelty=\"1\"", "\n\tnovelty='&quot;/>'"] {
                let more = insert(xml, at, unknown);
                assert_eq!(read_leniently(&more), (intact.clone(), 1), "{name}: {more}");
                assert!(read::<response::Packet>(&more, Strictness::Strict).is_err(), "{name}: {more}");
            }
        }
    }
}

/// Comments and processing instructions are not part of the content, even in strict mode.
#[test]
fn comment_is_ignored() {
    for (name, xml) in RESPONSES {
        let (intact, _) = read_leniently(xml);
        for at in positions(xml) {
            for comment in ["<!-- </result> <status>error</status> -->", "<?xml-stylesheet href='a.xsl'?>"] {
                let more = insert(xml, at, comment);
                assert_eq!(read_leniently(&more), (intact.clone(), 0), "{name}: {more}");
                assert_eq!(read::<response::Packet>(&more, Strictness::Strict).as_ref(), Ok(&intact), "{name}: {more}");
            }
        }
    }
}

/// libxml2 rejects them at every position, as strict reading does.
#[test]
fn libxml2_rejects_unknown_elements_and_attributes() {
    let mut packets = Vec::new();
    for (_, xml) in RESPONSES {
        packets.extend(positions(xml).into_iter().map(|at| insert(xml, at, "<novelty/>")));
        packets.extend(attribute_positions(xml).map(|at| insert(xml, at, " novelty=\"1\"")));
    }
    if let Some(verdicts) = libxml2_verdicts(Direction::Response, &packets) {
        let valid: Vec<_> = packets.iter().zip(verdicts).filter(|(_, valid)| *valid).collect();
        assert!(valid.is_empty(), "{valid:?}");
    }
}

#[test]
fn unknown_operator_and_operation_are_skipped() {
    let xml = "<packet><teapot><get><result><status>error</status></result></get></teapot>\
         <customer><enable><result><status>ok</status></result></enable>\
         <del><result><status>ok</status><id>7</id></result></del></customer></packet>";
    let known = "<packet><customer><del><result><status>ok</status><id>7</id></result></del></customer></packet>";
    assert_eq!(read_leniently(xml), (read_leniently(known).0, 2));
}

/// The client has its own code for the outer elements of a packet.
#[test]
fn client_skips_unknown_elements() {
    struct ClientReads(usize);

    impl Act for ClientReads {
        fn on<Op: Packed>(&mut self)
        where
            Op::Answer: Debug + PartialEq,
        {
            let path = format!("{}/{}", Op::OPERATOR, Op::PATH.join("/"));
            for (_, xml) in RESPONSES.iter().filter(|(name, _)| *name == path) {
                let operations = || Op::replies(read_leniently(xml).0).iter().map(|_| Op::sample()).collect();
                let intact = answers_to::<Op>(operations(), xml).unwrap();
                for at in positions(xml) {
                    let more = insert(xml, at, UNKNOWN[7]);
                    assert_eq!(answers_to::<Op>(operations(), &more).unwrap(), intact, "{path}: {more}");
                }
                self.0 += 1;
            }
        }
    }

    let mut reads = ClientReads(0);
    for_each_operation(&mut reads);
    assert_eq!(reads.0, crate::support::OPERATIONS.len(), "an operation has no sample answer");
}
