//! Files that are not schemas: a generation fails with a location, and neither panics nor hangs.

use std::fs;

use crate::common::Directory;
use crate::common::config::plain;
use crate::locations::report;
use crate::{NAME, root};

const HEAD: &str = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">";

/// Asserts that a schema set with this single file gives one problem, at the line and column, with these words.
#[track_caller]
fn assert_rejected(bytes: impl AsRef<[u8]>, position: (usize, usize), words: &str) {
    let directory = Directory::new();
    fs::write(directory.path().join("request.xsd"), bytes).expect("a file");
    let report = report(&directory, &plain());
    let [found] = report.diagnostics.as_slice() else { panic!("not one problem: {report:#?}") };
    let span = found.location.span.expect("a location in the file");
    assert_eq!((span.line, span.column), position, "{found}");
    assert!(found.to_string().contains(words), "{found}");
    assert!(found.advice.is_some(), "no advice: {found}");
}

#[test]
fn malformed_xml_is_reported_at_its_position() {
    let line = |text: &str| format!("{HEAD}\n{text}\n</xs:schema>");
    assert_rejected(line("<xs:group name=\"a\">"), (3, 1), "found </xs:schema>, but <xs:group> is still open");
    assert_rejected(format!("{HEAD}\n<xs:group name=\"a\">\n"), (2, 19), "the file ends while elements are still open");
    assert_rejected(format!("{HEAD}\n<xs:group"), (2, 9), "not an XML schema");
    assert_rejected(line("  &nbsp;"), (2, 3), "the entity &nbsp; is not declared");
    assert_rejected(line("<xs:group name=\"a & b\"/>"), (2, 19), "&amp;");
    assert_rejected(line("a\0b"), (2, 2), "the character U+0000 is not allowed in XML");
    assert_rejected(line("<xs:group name=\"a\" name=\"b\"/>"), (2, 20), "name");
    assert_rejected(line("<y:group name=\"a\"/>"), (2, 2), "prefix 'y'");
    assert_rejected(format!("{}<x/>", line("")), (3, 13), "not an XML schema");
}

#[test]
fn encoding_other_than_utf8_is_rejected() {
    let good = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{HEAD}{}</xs:schema>", root(NAME, ""));
    let utf16 = |unit: fn(u16) -> [u8; 2]| good.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    assert_rejected([vec![0xFF, 0xFE], utf16(u16::to_le_bytes)].concat(), (1, 1), "UTF-16");
    assert_rejected([vec![0xFE, 0xFF], utf16(u16::to_be_bytes)].concat(), (1, 1), "UTF-16");
    assert_rejected(utf16(u16::to_le_bytes), (1, 1), "UTF-16");
    let latin = good.replace("name=\"name\"", "name=\"n\u{1}me\"").replace('\u{1}', "@");
    let bytes: Vec<u8> = latin.bytes().map(|byte| if byte == b'@' { 0xE4 } else { byte }).collect();
    let column = 1 + latin.lines().nth(1).and_then(|line| line.find('@')).expect("the character");
    assert_rejected(bytes, (2, column), "the byte 0xE4 is not UTF-8; save the file as UTF-8");
    let declared = good.replace("UTF-8", "ISO-8859-1");
    assert_rejected(declared.replace("\"name\"", "\"näme\""), (1, 31), "declares another encoding");
    // ASCII is the same in both encodings. A byte order mark does not count as a character.
    for text in [declared, format!("\u{FEFF}{good}")] {
        let directory = Directory::new();
        directory.write("request.xsd", &text);
        directory.generate(&plain()).expect("a generation");
    }
    assert_rejected("\u{FEFF}<html/>", (1, 1), "the root element is <html>; expected xs:schema");
}

#[test]
fn file_that_is_not_a_schema_is_rejected() {
    assert_rejected("", (1, 1), "the file is empty");
    assert_rejected(" \n\n", (1, 1), "the file is empty");
    assert_rejected("<!DOCTYPE html>\n<html><body>Not found</body></html>", (1, 1), "document type");
    assert_rejected("<html><br></html>", (1, 11), "found </html>, but <br> is still open");
    let dtd = format!("<!DOCTYPE xs:schema [<!ENTITY a \"b\">]>\n{HEAD}{}</xs:schema>", root(NAME, ""));
    assert_rejected(format!("<?xml version=\"1.0\"?>\n{dtd}"), (2, 1), "document type declaration is not supported");
    assert_rejected(
        format!("{HEAD}\n<xs:elements/></xs:schema>"),
        (2, 1),
        "no element `elements`; did you mean xs:element?",
    );
    assert_rejected(format!("{HEAD}\n<xs:complexType/></xs:schema>"), (2, 1), "xs:complexType has no name");
    assert_rejected("x".repeat((16 << 20) + 1), (1, 1), "larger than 16 MiB");
    let deep = format!("{}{}", "<xs:sequence>".repeat(100_000), "</xs:sequence>".repeat(100_000));
    let type_ = format!("{HEAD}\n<xs:complexType name=\"T\">\n{deep}</xs:complexType></xs:schema>");
    assert_rejected(type_, (3, 13 * 198 + 1), "elements are nested deeper than 200 levels");
}

/// The misplaced element itself is reported. The elements after it are not misread.
#[test]
fn misplaced_element_or_text_is_reported() {
    let type_ = |content: &str| {
        format!("{HEAD}{}<xs:complexType name=\"T\">\n{content}\n</xs:complexType></xs:schema>", root(NAME, ""))
    };
    let attribute = "<xs:attribute name=\"b\" type=\"xs:int\"/><xs:element name=\"c\" type=\"xs:int\"/>";
    assert_rejected(
        type_(&format!("<xs:sequence>{attribute}</xs:sequence>")),
        (2, 14),
        "xs:attribute is not allowed in xs:sequence",
    );
    assert_rejected(
        type_("<xs:element name=\"c\" type=\"xs:int\"/>"),
        (2, 1),
        "xs:element is not allowed in xs:complexType",
    );
    assert_rejected(type_("<xs:sequenze/>"), (2, 1), "XML Schema has no element `sequenze`; did you mean xs:sequence?");
    assert_rejected(
        type_("<xs:documentation>A.</xs:documentation>"),
        (2, 1),
        "xs:documentation is not allowed in xs:complexType",
    );
    assert_rejected(
        type_("<note xmlns=\"urn:x\"><xs:sequence/></note>"),
        (2, 1),
        "<note> is not an element of XML Schema",
    );
    assert_rejected(type_("<xs:sequence>\n  a\n  b</xs:sequence>"), (3, 3), "text is not allowed in xs:sequence");
    // One run reports all of them.
    let directory = Directory::new();
    directory.schema("request.xsd", &root("<xs:sequence>a<xs:b/><xs:attribute name=\"c\"/></xs:sequence>", ""));
    assert_eq!(report(&directory, &plain()).diagnostics.len(), 3);
}

#[test]
fn include_of_something_other_than_a_file_is_reported() {
    let with = |prepare: fn(&std::path::Path)| {
        let directory = Directory::new();
        directory.schema("request.xsd", &root(NAME, "<xs:include schemaLocation=\"a.xsd\"/>"));
        prepare(&directory.path().join("a.xsd"));
        let report = report(&directory, &plain());
        assert_eq!(report.diagnostics.len(), 1, "{report:#?}");
        // The location is that of the include.
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
fn circular_includes_are_read_once() {
    let directory = Directory::new();
    let include = |name: &str| format!("<xs:include schemaLocation=\"{name}\"/>");
    directory.schema("request.xsd", &root(NAME, &(include("request.xsd") + &include("./a.xsd"))));
    directory.schema("a.xsd", &(include("a.xsd") + &include("request.xsd")));
    assert_eq!(directory.generate(&plain()).expect("a generation").schema_files, 2);
}

/// Each element can follow each element before it. Comparing all pairs for each of them would take minutes.
#[test]
fn two_thousand_optional_elements_are_checked_quickly() {
    let element = |n: usize| format!(r#"<xs:element name="e{n}" type="xs:int" minOccurs="0"/>"#);
    let elements: String = (0..2000).map(element).collect();
    let directory = Directory::new();
    let twice = element(500);
    directory.schema("request.xsd", &root(&format!("<xs:sequence>{elements}{twice}</xs:sequence>"), ""));
    let start = std::time::Instant::now();
    let report = report(&directory, &plain());
    assert!(
        report.diagnostics.iter().any(|it| it.message.contains("two declarations can match the same <e500>")),
        "{report:#?}"
    );
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

/// Each group refers to the previous one twice, which would give a trillion elements.
#[test]
fn exponentially_nested_groups_are_rejected() {
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
    assert!(report.diagnostics[0].message.contains("more than 1000 groups"), "{report:#?}");
}

/// Damages a small schema with a bit of everything at each byte in turn.
#[test]
fn damage_at_any_byte_is_reported_with_a_location() {
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
                assert!(
                    found.location.span.is_some(),
                    "no location: {found}, in {}",
                    String::from_utf8_lossy(&damaged)
                );
            }
        }
    }
    // Most bytes matter. A changed letter in a name that nothing refers to does not.
    assert!(failures > schema.len() * 2, "{failures} failures of {} bytes", schema.len());
}
