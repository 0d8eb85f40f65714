//! Undeclared names, and unsupported constructs.

use crate::common::Directory;
use crate::common::config::plain;
use crate::{NAME, assert_rejected, problems, root, simple};

#[test]
fn undeclared_name_is_reported() {
    let sequence = |inner: &str| format!("<xs:sequence>{inner}</xs:sequence>");
    assert_rejected(
        &root(&sequence(r#"<xs:element name="a" type="Gone"/>"#), ""),
        "ship/a",
        "type Gone is not declared",
    );
    assert_rejected(
        &root(&sequence(r#"<xs:element name="a" type="xs:QName"/>"#), ""),
        "ship/a",
        "xs:QName is not supported",
    );
    let other = r#"<xs:element name="a" xmlns:o="urn:other" type="o:T"/>"#;
    let more = r#"<xs:complexType name="T"/>"#;
    assert_rejected(&root(&sequence(other), more), "ship/a", "type o:T is not declared");
    assert_rejected(
        &root(&sequence(r#"<xs:element name="a" type="q:T"/>"#), more),
        "ship/a",
        "type q:T is not declared",
    );
    assert_rejected(&root(&sequence(r#"<xs:element ref="gone"/>"#), ""), "ship", "element gone is not declared");
    assert_rejected(&root(r#"<xs:group ref="gone"/>"#, ""), "ship", "group gone is not declared");
    let extension = r#"<xs:complexContent><xs:extension base="Gone"/></xs:complexContent>"#;
    assert_rejected(&root(extension, ""), "ship", "base type Gone is not declared");
    assert_rejected(&simple(r#"<xs:restriction base="Gone"/>"#), "T", "type Gone is not declared");
    assert_rejected(&simple(r#"<xs:union memberTypes="xs:int Gone"/>"#), "T", "type Gone is not declared");
    assert_rejected(&root(r#"<xs:attribute name="a" type="Gone"/>"#, ""), "ship/@a", "not declared");
}

#[test]
fn name_declared_in_two_files_is_reported() {
    let directory = Directory::new();
    directory.schema("request.xsd", &root(NAME, r#"<xs:include schemaLocation="a.xsd"/><xs:complexType name="T"/>"#));
    directory.schema("a.xsd", r#"<xs:simpleType name="T"><xs:restriction base="xs:string"/></xs:simpleType>"#);
    let found = problems(&directory, &plain());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].file.as_str(), found[0].construct.as_str()), ("request.xsd", "T"));
    assert!(found[0].message.contains("a.xsd"));
}

#[test]
fn circular_derivation_or_group_is_reported() {
    let extends = |name: &str, base: &str| {
        format!(
            r#"<xs:complexType name="{name}"><xs:complexContent><xs:extension base="{base}"/></xs:complexContent></xs:complexType>"#
        )
    };
    let member = r#"<xs:sequence><xs:element name="a" type="A"/></xs:sequence>"#;
    assert_rejected(&root(member, &(extends("A", "B") + &extends("B", "A"))), "A", "derived from itself");
    let text =
        r#"<xs:complexType name="A"><xs:simpleContent><xs:extension base="A"/></xs:simpleContent></xs:complexType>"#;
    assert_rejected(&root(member, text), "A", "derived from itself");
    let group = r#"<xs:group name="g"><xs:sequence><xs:group ref="g"/></xs:sequence></xs:group>"#;
    assert_rejected(&root(r#"<xs:group ref="g"/>"#, group), "ship", "group g contains itself");
    assert_rejected(&simple(r#"<xs:union memberTypes="T"/>"#), "T", "derived from itself");
}

#[test]
fn unsupported_top_level_construct_is_reported() {
    let at_top = |construct: &str| root(NAME, construct);
    assert_rejected(&at_top(r#"<xs:import namespace="urn:x"/>"#), "xs:import", "not supported");
    assert_rejected(&at_top(r#"<xs:redefine schemaLocation="a.xsd"/>"#), "xs:redefine", "not supported");
    assert_rejected(&at_top(r#"<xs:notation name="n" public="p"/>"#), "xs:notation", "not supported");
    for attribute in ["targetNamespace=\"urn:x\"", "blockDefault=\"#all\"", "finalDefault=\"extension\""] {
        let directory = Directory::new();
        let schema = format!(
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" {attribute}>{}</xs:schema>",
            root(NAME, "")
        );
        directory.write("request.xsd", &schema);
        let found = problems(&directory, &plain());
        assert_eq!((found.len(), found[0].construct.as_str()), (1, "xs:schema"), "{attribute}: {found:#?}");
    }
}

#[test]
fn unsupported_element_is_reported() {
    let element = |attributes: &str, content: &str| {
        root(&format!(r#"<xs:sequence><xs:element name="a" {attributes}>{content}</xs:element></xs:sequence>"#), "")
    };
    let text = r#"type="xs:string""#;
    assert_rejected(&element("type=\"xs:int\" fixed=\"x\"", ""), "ship/a", "the value 'x' of fixed");
    assert_rejected(&element("type=\"xs:boolean\" fixed=\"x\"", ""), "ship/a", "the value 'x' of fixed");
    assert_rejected(&element(&format!("{text} fixed=\"x\" maxOccurs=\"2\""), ""), "ship/a", "fixed");
    assert_rejected(&element("fixed=\"x\"", &format!("<xs:complexType>{NAME}</xs:complexType>")), "ship/a", "fixed");
    assert_rejected(&element(&format!("{text} block=\"#all\""), ""), "ship/a", "block");
    let key = r#"<xs:key name="k"><xs:selector xpath="b"/><xs:field xpath="@c"/></xs:key>"#;
    assert_rejected(&element(text, key), "ship/a", "xs:key");
    assert_rejected(&element("", &format!("<xs:complexType>{NAME}</xs:complexType>{key}")), "ship/a", "xs:key");
    assert_rejected(&element(text, "<xs:complexType/>"), "ship/a", "both a type attribute and a type inside");
    assert_rejected(
        &element(r#"nillable="true""#, &format!("<xs:complexType>{NAME}</xs:complexType>")),
        "ship/a",
        "nillable",
    );
    assert_rejected(&element(&format!("{text} nillable=\"true\" maxOccurs=\"2\""), ""), "ship/a", "repeated");
    assert_rejected(&element(r#"maxOccurs="2""#, "<xs:complexType/>"), "ship/a", "repeated");
    assert_rejected(&element(r#"minOccurs="3" maxOccurs="2" type="xs:int""#, ""), "ship/a", "minOccurs is greater");
    assert_rejected(&element("", ""), "ship/a", "has no type");
    let head =
        r#"<xs:element name="b" type="xs:string" substitutionGroup="c"/><xs:element name="c" type="xs:string"/>"#;
    let directory = Directory::new();
    directory.schema(
        "request.xsd",
        &root(r#"<xs:sequence><xs:element ref="b"/></xs:sequence>"#, r#"<xs:include schemaLocation="a.xsd"/>"#),
    );
    directory.schema("a.xsd", head);
    let found = problems(&directory, &plain());
    assert_eq!(
        (found.len(), found[0].file.as_str(), found[0].construct.as_str()),
        (1, "a.xsd", "ship/b"),
        "{found:#?}"
    );
}

#[test]
fn unsupported_complex_type_is_reported() {
    let inner = |attributes: &str, content: &str| {
        root(
            r#"<xs:sequence><xs:element name="a" type="T"/></xs:sequence>"#,
            &format!(r#"<xs:complexType name="T" {attributes}>{content}</xs:complexType>"#),
        )
    };
    assert_rejected(&inner(r#"mixed="true""#, NAME), "T", "mixed");
    assert_rejected(
        &inner(
            "",
            &format!(
                r#"<xs:complexContent mixed="true"><xs:extension base="xs:anyType">{NAME}</xs:extension></xs:complexContent>"#
            ),
        ),
        "T",
        "mixed",
    );
    assert_rejected(&inner(r#"abstract="true""#, NAME), "T", "abstract");
    assert_rejected(&inner(r#"final="extension""#, NAME), "T", "final");
    assert_rejected(&inner("", r#"<xs:anyAttribute/>"#), "T", "anyAttribute");
    assert_rejected(&inner("", r#"<xs:attributeGroup ref="g"/>"#), "T", "the attribute group g is not declared");
    assert_rejected(&inner("", r#"<xs:attribute ref="g"/>"#), "T", "the attribute g is not declared");
    assert_rejected(
        &inner("", r#"<xs:attribute name="a" type="xs:int" fixed="one"/>"#),
        "T/@a",
        "the value 'one' of fixed",
    );
    assert_rejected(&inner("", &format!(r#"{NAME}<xs:assert test="true()"/>"#)), "T", "XSD 1.1");
    let all = |content: &str| inner("", &format!("<xs:all>{content}</xs:all>"));
    assert_rejected(&all(r#"<xs:element name="a" type="xs:int" maxOccurs="2"/>"#), "T", "xs:all");
    let mixed = r#"<xs:sequence><xs:all><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:all><xs:element name="c" type="xs:int"/></xs:sequence>"#;
    assert_rejected(&inner("", mixed), "xs:sequence", "xs:all");
    assert_rejected(&inner("", r#"<xs:sequence><xs:any/></xs:sequence>"#), "T", "xs:any");
    assert_rejected(
        &inner("", r###"<xs:sequence><xs:any namespace="##other" processContents="skip"/></xs:sequence>"###),
        "T",
        "xs:any",
    );
    let text = r#"<xs:simpleContent><xs:extension base="U"/></xs:simpleContent>"#;
    assert_rejected(
        &inner("", text).replace(
            "<xs:complexType name=\"T\"",
            &format!("<xs:complexType name=\"U\">{NAME}</xs:complexType><xs:complexType name=\"T\""),
        ),
        "T",
        "simple content",
    );
}

#[test]
fn ambiguous_content_is_reported() {
    let two = |first: &str, second: &str| {
        root(
            &format!(
                r#"<xs:sequence><xs:element name="a" type="xs:int" {first}/><xs:element name="a" type="xs:int" {second}/></xs:sequence>"#
            ),
            "",
        )
    };
    assert_rejected(&two(r#"minOccurs="0""#, ""), "ship", "two declarations can match the same <a>");
    assert_rejected(&two(r#"maxOccurs="unbounded""#, ""), "ship", "two declarations can match the same <a>");
    let choice = r#"<xs:choice><xs:element name="a" type="xs:int"/><xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:sequence></xs:choice>"#;
    assert_rejected(&root(choice, ""), "ship", "two declarations can match the same <a>");
    let wild = r#"<xs:sequence><xs:any processContents="lax" minOccurs="0"/><xs:element name="b" type="xs:int"/></xs:sequence>"#;
    assert_rejected(&root(wild, ""), "ship", "two declarations can match the same <b>");
    // Two required elements in sequence are distinguished by their order, so only the names clash.
    assert_rejected(&two("", ""), "ship", "two fields would be named `a`");
}

#[test]
fn invalid_simple_type_is_reported() {
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:string"><xs:maxLength value="many"/></xs:restriction>"#),
        "T",
        "maxLength is not a number",
    );
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:int"><xs:minInclusive value="one"/></xs:restriction>"#),
        "T",
        "'one' of minInclusive",
    );
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:int"><xs:enumeration value="1.5"/></xs:restriction>"#),
        "T",
        "'1.5' of enumeration",
    );
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:int"><xs:maxLength value="3"/></xs:restriction>"#),
        "T",
        "does not apply",
    );
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:string"><xs:maxInclusive value="3"/></xs:restriction>"#),
        "T",
        "does not apply",
    );
    assert_rejected(
        &simple(
            r#"<xs:restriction base="xs:string"><xs:minLength value="3"/><xs:maxLength value="2"/></xs:restriction>"#,
        ),
        "T",
        "greater than",
    );
    assert_rejected(
        &simple(
            r#"<xs:restriction base="xs:int"><xs:minInclusive value="3"/><xs:maxInclusive value="2"/></xs:restriction>"#,
        ),
        "T",
        "greater than",
    );
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:string"><xs:whiteSpace value="trim"/></xs:restriction>"#),
        "T",
        "whiteSpace",
    );
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:string"><xs:pattern value="(?i)a"/></xs:restriction>"#),
        "T",
        "pattern",
    );
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:string"><xs:pattern value="a**"/></xs:restriction>"#),
        "T",
        "pattern",
    );
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:int"><xs:assertion test="true()"/></xs:restriction>"#),
        "T",
        "XSD 1.1",
    );
    assert_rejected(&simple("<xs:union/>"), "T", "no members");
    assert_rejected(&simple("<xs:list/>"), "T", "one item type");
    assert_rejected(&simple("<xs:restriction/>"), "T", "one base type");
}

#[test]
fn one_run_reports_all_problems_of_a_stage_once() {
    let directory = Directory::new();
    let shared = r#"<xs:complexType name="T"><xs:sequence><xs:element name="a"/><xs:element name="b" type="Gone"/></xs:sequence></xs:complexType>"#;
    directory.schema("shared.xsd", shared);
    let entry = |name: &str| {
        format!(
            r#"<xs:include schemaLocation="shared.xsd"/><xs:element name="{name}"><xs:complexType><xs:sequence>
            <xs:element name="x" type="T"/><xs:element name="y" type="T"/><xs:element name="{name}"/></xs:sequence></xs:complexType></xs:element>"#
        )
    };
    directory.schema("request.xsd", &entry("ask"));
    directory.schema("response.xsd", &entry("tell"));
    let found = problems(&directory, &plain());
    let mut places: Vec<_> = found.iter().map(|problem| format!("{} {}", problem.file, problem.construct)).collect();
    places.sort();
    assert_eq!(
        places,
        ["request.xsd ask/ask", "response.xsd tell/tell", "shared.xsd T/a", "shared.xsd T/b"],
        "{found:#?}"
    );
}

/// Returns a restriction of the built-in type by these facets, and a restriction of that by further ones.
fn derived(base: &str, facets: &[(&str, &str)], further: &[(&str, &str)]) -> String {
    let all = |facets: &[(&str, &str)]| -> String {
        facets.iter().map(|(name, value)| format!(r#"<xs:{name} value="{value}"/>"#)).collect()
    };
    let base = format!(r#"<xs:restriction base="xs:{base}">{}</xs:restriction>"#, all(facets));
    if further.is_empty() {
        return simple(&base);
    }
    simple(&format!("<xs:restriction><xs:simpleType>{base}</xs:simpleType>{}</xs:restriction>", all(further)))
}

/// A built-in type, the facets of its restriction, and those of a restriction of that.
type Facets = (&'static str, &'static [(&'static str, &'static str)], &'static [(&'static str, &'static str)]);

#[test]
fn contradictory_facets_are_rejected() {
    let rejected: &[(Facets, &str)] = &[
        (("string", &[("length", "2"), ("length", "2")], &[]), "length occurs twice"),
        (("string", &[("minLength", "3"), ("maxLength", "2")], &[]), "minLength '3' is greater than maxLength '2'"),
        (("string", &[("length", "2"), ("maxLength", "1")], &[]), "length '2' cannot be together with maxLength '1'"),
        (("string", &[("length", "2")], &[("length", "3")]), "length '3' differs from length '2' of the base type"),
        (
            ("string", &[("maxLength", "2")], &[("maxLength", "3")]),
            "'3' is greater than maxLength '2' of the base type",
        ),
        (
            ("string", &[("maxLength", "2")], &[("enumeration", "abc")]),
            "the value 'abc' of enumeration has 3 characters",
        ),
        (("token", &[("whiteSpace", "preserve")], &[]), "the base type treats white space as collapse"),
        (("int", &[("minInclusive", "1"), ("minExclusive", "0")], &[]), "cannot be together with minExclusive '0'"),
        (("int", &[("minInclusive", "010"), ("maxInclusive", "9")], &[]), "'010' is greater than maxInclusive '9'"),
        (("int", &[("minExclusive", "9"), ("maxInclusive", "9")], &[]), "'9' is not less than maxInclusive '9'"),
        (("int", &[("minInclusive", "5")], &[("minExclusive", "4")]), "'4' is less than minInclusive '5' of the base"),
        (
            ("int", &[("maxExclusive", "5")], &[("maxInclusive", "5")]),
            "'5' is not less than maxExclusive '5' of the base",
        ),
        (("int", &[("fractionDigits", "1")], &[]), "fractionDigits of an integer is always 0"),
        (("positiveInteger", &[("maxExclusive", "1")], &[]), "'1' is not greater than minInclusive '1' of the base"),
        (("byte", &[("minExclusive", "127"), ("maxInclusive", "3")], &[]), "is not less than maxInclusive '3'"),
        (("byte", &[("maxInclusive", "128")], &[]), "the value '128' of maxInclusive must be at most 127"),
        (("decimal", &[("totalDigits", "2"), ("fractionDigits", "3")], &[]), "'3' is greater than totalDigits '2'"),
        (("decimal", &[("totalDigits", "0")], &[]), "totalDigits must be at least 1"),
        (("date", &[("minInclusive", "2024-02-30")], &[]), "the value '2024-02-30' of minInclusive is not a date"),
        (
            ("date", &[("minInclusive", "2024-01-02"), ("maxInclusive", "2024-01-01")], &[]),
            "minInclusive '2024-01-02' is greater than maxInclusive '2024-01-01'",
        ),
    ];
    for ((base, facets, further), words) in rejected {
        assert_rejected(&derived(base, facets, further), "T", words);
    }
    let accepted: &[Facets] = &[
        ("string", &[("minLength", "2"), ("maxLength", "2")], &[("length", "2")]),
        ("int", &[("minExclusive", "5")], &[("minExclusive", "5"), ("maxExclusive", "7")]),
        ("int", &[("minInclusive", "5")], &[("minInclusive", "05"), ("maxInclusive", "5")]),
        ("string", &[("whiteSpace", "collapse")], &[("whiteSpace", "collapse")]),
        ("string", &[("enumeration", "a"), ("enumeration", "b")], &[("enumeration", "b")]),
    ];
    for (base, facets, further) in accepted {
        let directory = Directory::new();
        directory.schema("request.xsd", &derived(base, facets, further));
        directory.generate(&plain()).unwrap_or_else(|error| panic!("{base} {facets:?} {further:?}: {error}"));
    }
}

/// XML replaces line ends and tabs in attributes by spaces. xsd-parser does not.
#[test]
fn line_end_in_a_pattern_is_a_space() {
    let directory = Directory::new();
    let pattern = simple("<xs:restriction base=\"xs:string\"><xs:pattern value=\"a\tb\r\nc\nd\"/></xs:restriction>");
    directory.schema("request.xsd", &pattern);
    directory.generate(&plain()).expect("a generation");
    let emitted: String = std::fs::read_dir(directory.out())
        .expect("the emitted files")
        .filter_map(|entry| std::fs::read_to_string(entry.expect("a file").path()).ok())
        .collect();
    assert!(emitted.contains("a b c d"), "{emitted}");
}

#[test]
fn default_and_fixed_must_be_values_of_their_type() {
    let element =
        |attributes: &str| root(&format!(r#"<xs:sequence><xs:element name="b" {attributes}/></xs:sequence>"#), "");
    let words = "the value 'x' of default is not an integer";
    assert_rejected(&element(r#"type="xs:int" default="x""#), "ship/b", words);
    assert_rejected(&element(r#"type="xs:int" fixed="x""#), "ship/b", "the value 'x' of fixed is not an integer");
    assert_rejected(
        &element(r#"type="xs:boolean" fixed="yes""#),
        "ship/b",
        "the value 'yes' of fixed is not a boolean",
    );
    assert_rejected(&root(r#"<xs:attribute name="b" type="xs:int" default="x"/>"#, ""), "ship/@b", words);
}
