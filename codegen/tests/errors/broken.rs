//! Files that are no schemas: whatever stands there, a generation fails with a place, and neither panics nor hangs.

use std::fs;

use crate::common::Directory;
use crate::common::config::plain;
use crate::places::report;
use crate::{NAME, root};

const HEAD: &str = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">";

/// Checks that this as the only file is refused once, at the line and column, with these words.
#[track_caller]
fn refused(bytes: impl AsRef<[u8]>, place: (usize, usize), words: &str) {
    let directory = Directory::new();
    fs::write(directory.path().join("request.xsd"), bytes).expect("a file");
    let report = report(&directory, &plain());
    let [found] = report.diagnostics.as_slice() else { panic!("not one problem: {report:#?}") };
    let span = found.location.span.expect("a place in the file");
    assert_eq!((span.line, span.column), place, "{found}");
    assert!(found.to_string().contains(words), "{found}");
    assert!(found.advice.is_some(), "no advice: {found}");
}

#[test]
fn xml_that_is_not_well_formed() {
    let line = |text: &str| format!("{HEAD}\n{text}\n</xs:schema>");
    refused(line("<xs:group name=\"a\">"), (3, 1), "</xs:schema> stands where <xs:group> is still open");
    refused(format!("{HEAD}\n<xs:group name=\"a\">\n"), (2, 19), "the file ends before its elements do");
    refused(format!("{HEAD}\n<xs:group"), (2, 9), "not an XML schema");
    refused(line("  &nbsp;"), (2, 3), "the entity &nbsp; is not declared");
    refused(line("<xs:group name=\"a & b\"/>"), (2, 19), "&amp;");
    refused(line("a\0b"), (2, 2), "the character U+0000 cannot stand in XML");
    refused(line("<xs:group name=\"a\" name=\"b\"/>"), (2, 20), "name");
    refused(line("<y:group name=\"a\"/>"), (2, 2), "prefix 'y'");
    refused(format!("{}<x/>", line("")), (3, 13), "not an XML schema");
}

#[test]
fn encodings() {
    let good = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{HEAD}{}</xs:schema>", root(NAME, ""));
    let utf16 = |unit: fn(u16) -> [u8; 2]| good.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    refused([vec![0xFF, 0xFE], utf16(u16::to_le_bytes)].concat(), (1, 1), "UTF-16");
    refused([vec![0xFE, 0xFF], utf16(u16::to_be_bytes)].concat(), (1, 1), "UTF-16");
    refused(utf16(u16::to_le_bytes), (1, 1), "UTF-16");
    let latin = good.replace("name=\"name\"", "name=\"n\u{1}me\"").replace('\u{1}', "@");
    let bytes: Vec<u8> = latin.bytes().map(|byte| if byte == b'@' { 0xE4 } else { byte }).collect();
    let column = 1 + latin.lines().nth(1).and_then(|line| line.find('@')).expect("the character");
    refused(bytes, (2, column), "the byte 0xE4 is not UTF-8; save the file as UTF-8");
    let declared = good.replace("UTF-8", "ISO-8859-1");
    refused(declared.replace("\"name\"", "\"näme\""), (1, 31), "declares another encoding");
    // ASCII is the same in both, and a byte order mark is no character.
    for text in [declared, format!("\u{FEFF}{good}")] {
        let directory = Directory::new();
        directory.write("request.xsd", &text);
        directory.generate(&plain()).expect("a generation");
    }
    refused("\u{FEFF}<html/>", (1, 1), "the root is <html>, not xs:schema");
}

#[test]
fn what_is_no_schema() {
    refused("", (1, 1), "the file is empty");
    refused(" \n\n", (1, 1), "the file is empty");
    refused("<!DOCTYPE html>\n<html><body>Not found</body></html>", (1, 1), "document type");
    refused("<html><br></html>", (1, 11), "</html> stands where <br> is still open");
    let dtd = format!("<!DOCTYPE xs:schema [<!ENTITY a \"b\">]>\n{HEAD}{}</xs:schema>", root(NAME, ""));
    refused(format!("<?xml version=\"1.0\"?>\n{dtd}"), (2, 1), "document type declaration is not supported");
    refused(format!("{HEAD}\n<xs:elements/></xs:schema>"), (2, 1), "no element elements; is xs:element meant?");
    refused(format!("{HEAD}\n<xs:complexType/></xs:schema>"), (2, 1), "xs:complexType has no name");
    refused("x".repeat((16 << 20) + 1), (1, 1), "larger than 16 MiB");
    let deep = format!("{}{}", "<xs:sequence>".repeat(100_000), "</xs:sequence>".repeat(100_000));
    let type_ = format!("{HEAD}\n<xs:complexType name=\"T\">\n{deep}</xs:complexType></xs:schema>");
    refused(type_, (3, 13 * 198 + 1), "elements nest deeper than 200");
}

/// What is misplaced is told by its place; the elements after it are not read as something else.
#[test]
fn what_stands_where_it_cannot() {
    let type_ = |content: &str| {
        format!("{HEAD}{}<xs:complexType name=\"T\">\n{content}\n</xs:complexType></xs:schema>", root(NAME, ""))
    };
    let attribute = "<xs:attribute name=\"b\" type=\"xs:int\"/><xs:element name=\"c\" type=\"xs:int\"/>";
    refused(
        type_(&format!("<xs:sequence>{attribute}</xs:sequence>")),
        (2, 14),
        "xs:attribute cannot stand in xs:sequence",
    );
    refused(type_("<xs:element name=\"c\" type=\"xs:int\"/>"), (2, 1), "xs:element cannot stand in xs:complexType");
    refused(type_("<xs:sequenze/>"), (2, 1), "XML Schema has no element sequenze; is xs:sequence meant?");
    refused(
        type_("<xs:documentation>A.</xs:documentation>"),
        (2, 1),
        "xs:documentation cannot stand in xs:complexType",
    );
    refused(type_("<note xmlns=\"urn:x\"><xs:sequence/></note>"), (2, 1), "<note> is no element of XML Schema");
    refused(type_("<xs:sequence>\n  a\n  b</xs:sequence>"), (3, 3), "xs:sequence has no text of its own");
    // All of them come in one run.
    let directory = Directory::new();
    directory.schema("request.xsd", &root("<xs:sequence>a<xs:b/><xs:attribute name=\"c\"/></xs:sequence>", ""));
    assert_eq!(report(&directory, &plain()).diagnostics.len(), 3);
}

#[test]
fn what_is_no_file() {
    let with = |prepare: fn(&std::path::Path)| {
        let directory = Directory::new();
        directory.schema("request.xsd", &root(NAME, "<xs:include schemaLocation=\"a.xsd\"/>"));
        prepare(&directory.path().join("a.xsd"));
        let report = report(&directory, &plain());
        assert_eq!(report.diagnostics.len(), 1, "{report:#?}");
        // It is the include that is shown.
        assert!(report.diagnostics[0].location.file.ends_with("request.xsd"), "{report:#?}");
        report.diagnostics[0].to_string()
    };
    assert!(with(|path| fs::create_dir(path).expect("a directory")).contains("a.xsd is a directory"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        assert!(with(|path| symlink(path, path).expect("a link")).contains("a.xsd cannot be read"));
        assert!(with(|path| symlink("/dev/zero", path).expect("a link")).contains("is not a regular file"));
        assert!(with(|path| symlink("gone", path).expect("a link")).contains("there is no file a.xsd"));
    }
}

#[test]
fn includes_in_a_circle_are_read_once() {
    let directory = Directory::new();
    let include = |name: &str| format!("<xs:include schemaLocation=\"{name}\"/>");
    directory.schema("request.xsd", &root(NAME, &(include("request.xsd") + &include("./a.xsd"))));
    directory.schema("a.xsd", &(include("a.xsd") + &include("request.xsd")));
    assert_eq!(directory.generate(&plain()).expect("a generation").schema_files, 2);
}

/// Each of them may follow each before it; a comparison of all with all, for each, would take minutes.
#[test]
fn two_thousand_optional_elements() {
    let element = |n: usize| format!(r#"<xs:element name="e{n}" type="xs:int" minOccurs="0"/>"#);
    let elements: String = (0..2000).map(element).collect();
    let directory = Directory::new();
    let twice = element(500);
    directory.schema("request.xsd", &root(&format!("<xs:sequence>{elements}{twice}</xs:sequence>"), ""));
    let start = std::time::Instant::now();
    let report = report(&directory, &plain());
    assert!(report.diagnostics.iter().any(|it| it.message.contains("two places for <e500> compete")), "{report:#?}");
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

/// A few groups, each in the next twice, would be a million elements.
#[test]
fn groups_that_multiply() {
    let group = |n: usize| {
        let inner = match n {
            0 => r#"<xs:element name="a" type="xs:int"/>"#.to_owned(),
            _ => format!(r#"<xs:group ref="g{0}"/><xs:group ref="g{0}"/>"#, n - 1),
        };
        format!(r#"<xs:group name="g{n}"><xs:sequence>{inner}</xs:sequence></xs:group>"#)
    };
    let groups: String = (0..=40).map(group).collect();
    let directory = Directory::new();
    directory.schema("request.xsd", &root(r#"<xs:group ref="g40"/>"#, &groups));
    let report = report(&directory, &plain());
    assert!(report.diagnostics[0].message.contains("more than 1000 groups in it"), "{report:#?}");
}

/// A small schema with a bit of everything, damaged at each byte in turn.
#[test]
fn damage_at_any_byte() {
    let schema = format!(
        r#"{HEAD}
<xs:element name="ship"><xs:complexType><xs:sequence><xs:element name="a" type="T" minOccurs="0"/><xs:group ref="g"/></xs:sequence>
<xs:attribute name="b" type="xs:int"/></xs:complexType></xs:element><xs:group name="g"><xs:choice><xs:element name="c" type="U"/>
<xs:element name="d" type="xs:string"/></xs:choice></xs:group><xs:complexType name="U"><xs:complexContent><xs:extension base="V"/>
</xs:complexContent></xs:complexType><xs:complexType name="V"><xs:all><xs:element name="é" type="xs:int"/></xs:all></xs:complexType>
<xs:simpleType name="T"><xs:restriction base="xs:string"><xs:pattern value="[a-z]{{2}}"/><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
</xs:schema>
"#
    );
    let directory = Directory::new();
    directory.write("request.xsd", &schema);
    directory.generate(&plain()).expect("a generation");
    let mut failures = 0;
    for at in 0..schema.len() {
        let (before, rest) = schema.as_bytes().split_at(at);
        let (byte, after) = (rest[0], &rest[1..]);
        for bytes in [vec![], vec![byte, byte], vec![byte ^ 0x01], vec![byte ^ 0x80]] {
            let directory = Directory::new();
            let damaged = [before, &bytes, after].concat();
            fs::write(directory.path().join("request.xsd"), &damaged).expect("a file");
            if directory.generate(&plain()).is_ok() {
                continue;
            }
            failures += 1;
            let report = report(&directory, &plain());
            for found in &report.diagnostics {
                assert!(found.location.span.is_some(), "no place: {found}, in {}", String::from_utf8_lossy(&damaged));
            }
        }
    }
    // Most bytes matter; a changed letter of a name that nothing refers to does not.
    assert!(failures > schema.len() * 2, "{failures} failures of {} bytes", schema.len());
}
