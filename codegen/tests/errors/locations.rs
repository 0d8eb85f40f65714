//! The locations of problems: line and column for each kind of mistake.

use plesk_codegen::Schemas;
use plesk_codegen::config::Config;
use plesk_codegen::diagnostics::{Diagnostic, Report};

use crate::common::Directory;
use crate::common::config::plain;

/// Returns the report of a generation, which must fail and write nothing. Asserts that every location exists in its
/// file.
#[track_caller]
pub(crate) fn report(directory: &Directory, config: &Config) -> Report {
    let error = directory.generate(config).expect_err("this must stop a generation");
    assert!(!directory.out().exists(), "something was written");
    let response = if directory.path().join("response.xsd").exists() { "response.xsd" } else { "request.xsd" };
    let schemas = Schemas { directory: directory.path(), protocol: "1", request: "request.xsd", response };
    let report = error.report(&schemas);
    assert!(!report.diagnostics.is_empty() && report.diagnostics.len() <= error.0.len(), "{report:#?}");
    for location in report.diagnostics.iter().flat_map(|it| it.related.iter().chain([&it.location])) {
        let (Some(text), Some(span)) = (report.sources.get(&location.file), location.span) else { continue };
        let line = text.lines().nth(span.line - 1).unwrap_or_else(|| assert_empty(text, span.line));
        let last = span.column + span.length - 1;
        assert!(last <= line.chars().count().max(1), "{location:?} is beyond its line: {line:?}");
    }
    report
}

/// Returns the only line of an empty text.
#[track_caller]
fn assert_empty(text: &str, line: usize) -> &str {
    assert!(text.is_empty() && line == 1, "line {line} is beyond the file");
    text
}

/// Returns the problems of these files, given by name and content. Each is `file:line:column` and the underlined text.
#[track_caller]
fn shown(files: &[(&str, &str)]) -> Vec<String> {
    let directory = Directory::new();
    for (name, content) in files {
        let head = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">";
        directory.write(name, &format!("{head}\n{content}\n</xs:schema>\n"));
    }
    let report = report(&directory, &plain());
    let parent = format!("{}/", directory.path().display());
    let locations = |it: &Diagnostic| {
        let all: Vec<_> = std::iter::once(&it.location)
            .chain(&it.related)
            .map(|location| {
                let span = location.span.expect("a location in a text");
                let line = report.sources[&location.file].lines().nth(span.line - 1).expect("its line");
                let marked: String = line.chars().skip(span.column - 1).take(span.length).collect();
                format!("{}  {marked}", location.to_string().replace(&parent, ""))
            })
            .collect();
        all.join(" | ")
    };
    report.diagnostics.iter().map(locations).collect()
}

/// Returns a root element with this content, which begins on the third line of the file.
fn root(content: &str) -> String {
    format!("<xs:element name=\"ship\"><xs:complexType>\n{content}\n</xs:complexType></xs:element>")
}

#[test]
fn undeclared_name_is_located_at_its_reference() {
    let at = |content: &str| shown(&[("request.xsd", &root(content))]);
    let element = |inner: &str| format!("<xs:sequence>{inner}</xs:sequence>");
    assert_eq!(at(&element(r#"<xs:element name="a" type="Gone"/>"#)), ["request.xsd:3:35  type=\"Gone\""]);
    assert_eq!(at(&element(r#"<xs:element ref="gone"/>"#)), ["request.xsd:3:26  ref=\"gone\""]);
    assert_eq!(at(r#"<xs:group ref="gone"/>"#), ["request.xsd:3:11  ref=\"gone\""]);
    assert_eq!(
        at(r#"<xs:complexContent><xs:extension base="Gone"/></xs:complexContent>"#),
        ["request.xsd:3:34  base=\"Gone\""]
    );
    assert_eq!(at(r#"<xs:attribute name="a" type="Gone"/>"#), ["request.xsd:3:24  type=\"Gone\""]);
    // One name in a list of names.
    let union = element(r#"<xs:element name="a" type="T"/>"#);
    let more = "\n<xs:simpleType name=\"T\">\n<xs:union memberTypes=\"xs:int  Gone\"/></xs:simpleType>";
    assert_eq!(shown(&[("request.xsd", &(root(&union) + more))]), ["request.xsd:6:32  Gone"]);
}

#[test]
fn missing_file_is_located_at_its_include() {
    let entry = format!("<xs:include schemaLocation=\"gone.xsd\"/>\n{}", root(r#"<xs:group ref="g"/>"#));
    // The group is not reported, because it may be declared in the missing file.
    assert_eq!(shown(&[("request.xsd", &entry)]), ["request.xsd:2:13  schemaLocation=\"gone.xsd\""]);
    let outside = entry.replace("gone.xsd", "../gone.xsd");
    assert_eq!(shown(&[("request.xsd", &outside)]), ["request.xsd:2:13  schemaLocation=\"../gone.xsd\""]);
}

#[test]
fn missing_directory_is_one_problem() {
    let directory = Directory::new();
    let gone = directory.path().join("gone");
    let schemas = Schemas { directory: &gone, protocol: "1", request: "request.xsd", response: "response.xsd" };
    let error = plesk_codegen::generate(&schemas, &plain(), &directory.out(), false).expect_err("no directory");
    let shown: Vec<_> = error.report(&schemas).diagnostics.iter().map(ToString::to_string).collect();
    let path = gone.display();
    assert_eq!(shown, [format!("{path}: there is no directory {path}; pass the directory of the schema files")]);
}

#[test]
fn duplicate_declaration_is_located_at_both() {
    let member = r#"<xs:sequence><xs:element name="a" type="T"/></xs:sequence>"#;
    let own = root(member)
        + "\n<xs:complexType name=\"T\"/>\n<xs:simpleType name=\"T\"><xs:restriction base=\"xs:int\"/></xs:simpleType>";
    assert_eq!(shown(&[("request.xsd", &own)]), ["request.xsd:6:16  name=\"T\" | request.xsd:5:17  name=\"T\""]);
    let entry = format!("<xs:include schemaLocation=\"a.xsd\"/>{}\n<xs:element name=\"ship\"/>", root(member));
    assert_eq!(
        shown(&[("request.xsd", &entry), ("a.xsd", "<xs:complexType name=\"T\"/><xs:complexType name=\"T\"/>")])[0],
        "a.xsd:2:43  name=\"T\" | a.xsd:2:17  name=\"T\""
    );
}

#[test]
fn circular_group_is_located_at_the_reference_back() {
    let more = r#"
<xs:group name="a"><xs:sequence>
  <xs:group ref="b"/></xs:sequence></xs:group>
<xs:group name="b"><xs:choice>
  <xs:group ref="a"/></xs:choice></xs:group>"#;
    let entry = root(r#"<xs:group ref="a"/>"#) + more;
    assert_eq!(shown(&[("request.xsd", &entry)]), ["request.xsd:8:13  ref=\"a\" | request.xsd:5:11  name=\"a\""]);
}

#[test]
fn ambiguous_content_is_located_at_both_declarations() {
    let two = "<xs:sequence>\n<xs:element name=\"a\" type=\"xs:int\" minOccurs=\"0\"/>\n<xs:element name=\"a\" type=\"xs:int\"/></xs:sequence>";
    assert_eq!(shown(&[("request.xsd", &root(two))]), ["request.xsd:5:13  name=\"a\" | request.xsd:4:13  name=\"a\""]);
    // One declaration is in a group of another file, the other one in the base type.
    let derived =
        "<xs:complexContent><xs:extension base=\"Base\">\n<xs:group ref=\"g\"/></xs:extension></xs:complexContent>";
    let entry = format!("<xs:include schemaLocation=\"a.xsd\"/>{}", root(derived));
    let other = "<xs:complexType name=\"Base\"><xs:sequence>\n<xs:element name=\"a\" type=\"xs:int\" minOccurs=\"0\"/></xs:sequence></xs:complexType>\n<xs:group name=\"g\"><xs:sequence><xs:element name=\"a\" type=\"xs:int\"/></xs:sequence></xs:group>";
    assert_eq!(
        shown(&[("request.xsd", &entry), ("a.xsd", other)]),
        ["a.xsd:4:45  name=\"a\" | a.xsd:3:13  name=\"a\""]
    );
}

#[test]
fn invalid_facet_is_located_at_its_value() {
    let at = |facet: &str| {
        let member = root(r#"<xs:sequence><xs:element name="a" type="T"/></xs:sequence>"#);
        let more = format!(
            "\n<xs:simpleType name=\"T\"><xs:restriction base=\"xs:string\">\n{facet}\n</xs:restriction></xs:simpleType>"
        );
        shown(&[("request.xsd", &(member + &more))])
    };
    assert_eq!(at(r#"<xs:maxLength value="many"/>"#), [r#"request.xsd:6:1  <xs:maxLength value="many"/>"#]);
    // The character of the pattern, even after characters that are written as references.
    assert_eq!(at(r#"<xs:pattern value="&lt;&#x61;**"/>"#), ["request.xsd:6:31  *"]);
    assert_eq!(at(r#"<xs:pattern value="(a"/>"#), ["request.xsd:6:21  a"]);
    assert_eq!(
        at(r#"<xs:minLength value="3"/><xs:maxLength value="2"/>"#),
        [r#"request.xsd:6:1  <xs:minLength value="3"/>"#]
    );
}

#[test]
fn invalid_attribute_is_located() {
    let at = |attributes: &str| {
        let member = format!("<xs:sequence><xs:element name=\"a\"\n{attributes}/></xs:sequence>");
        shown(&[("request.xsd", &root(&member))])
    };
    assert_eq!(at(r#"type="xs:int" minOccur="0""#), [r#"request.xsd:4:15  minOccur="0""#]);
    assert_eq!(at(r#"type="xs:int" minOccurs="3" maxOccurs="2""#), [r#"request.xsd:4:15  minOccurs="3""#]);
    assert_eq!(at(r#"type="xs:int" minOccurs="x""#), [r#"request.xsd:4:15  minOccurs="x""#]);
    assert_eq!(at(r#"type="xs:int" abstract="true""#), [r#"request.xsd:4:15  abstract="true""#]);
    assert_eq!(at(r#"type="xs:int" fixed="1" maxOccurs="2""#), [r#"request.xsd:4:15  fixed="1""#]);
    // The missing type follows from the misspelled attribute and is not reported.
    assert_eq!(at(r#"tpye="xs:int""#), [r#"request.xsd:4:1  tpye="xs:int""#]);
}

#[test]
fn columns_count_characters_not_bytes() {
    let member = r#"<xs:sequence><!-- äöü€ --><xs:element name="a" type="Gone"/></xs:sequence>"#;
    assert_eq!(shown(&[("request.xsd", &root(member))]), ["request.xsd:3:48  type=\"Gone\""]);
}

#[test]
fn problems_of_a_shared_file_are_reported_once_in_line_order() {
    let shared = r#"<xs:complexType name="T"><xs:sequence>
<xs:element name="b" type="Gone"/>
<xs:element name="a"/></xs:sequence></xs:complexType>"#;
    let entry = |name: &str| {
        format!(
            "<xs:include schemaLocation=\"shared.xsd\"/><xs:element name=\"{name}\"><xs:complexType><xs:sequence><xs:element name=\"x\" type=\"T\"/></xs:sequence></xs:complexType></xs:element>"
        )
    };
    assert_eq!(
        shown(&[("request.xsd", &entry("ask")), ("response.xsd", &entry("tell")), ("shared.xsd", shared)]),
        ["shared.xsd:3:22  type=\"Gone\"", "shared.xsd:4:13  name=\"a\""]
    );
}

/// A missing group does not make its neighbors ambiguous, and a missing base type does not make facets invalid.
#[test]
fn consequences_of_a_problem_are_not_reported() {
    let gap = r#"<xs:sequence><xs:element name="a" type="xs:int" minOccurs="0"/><xs:group ref="gone"/><xs:element name="a" type="xs:int"/></xs:sequence>"#;
    assert_eq!(shown(&[("request.xsd", &root(gap))]), ["request.xsd:3:74  ref=\"gone\""]);
    let more = "\n<xs:simpleType name=\"T\"><xs:restriction base=\"Gone\"/></xs:simpleType>\n<xs:simpleType name=\"U\"><xs:restriction base=\"T\"><xs:minInclusive value=\"1\"/></xs:restriction></xs:simpleType>";
    let member = root(r#"<xs:sequence><xs:element name="a" type="U"/></xs:sequence>"#) + more;
    assert_eq!(shown(&[("request.xsd", &member)]), ["request.xsd:5:41  base=\"Gone\""]);
}
