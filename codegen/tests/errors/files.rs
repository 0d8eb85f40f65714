//! Missing files, and files that are not schemas.

use crate::common::Directory;
use crate::common::config::plain;
use crate::{NAME, assert_rejected, problems, root, simple};

#[test]
fn missing_files_are_reported() {
    let directory = Directory::new();
    let missing = problems(&directory, &plain());
    assert_eq!(missing.len(), 1, "{missing:#?}");
    assert_eq!(missing[0].file, "request.xsd");
    assert!(missing[0].message.contains("no file request.xsd"));

    directory.schema(
        "request.xsd",
        &(root(NAME, r#"<xs:include schemaLocation="a.xsd"/><xs:include schemaLocation="b.xsd"/>"#)),
    );
    directory.schema("response.xsd", r#"<xs:include schemaLocation="../c.xsd"/>"#);
    directory.write("b.xsd", "Not found");
    let found = problems(&directory, &plain());
    let shown: Vec<_> = found.iter().map(|problem| (problem.file.as_str(), problem.construct.as_str())).collect();
    assert_eq!(shown, [("request.xsd", "xs:include"), ("b.xsd", ""), ("response.xsd", "xs:include")], "{found:#?}");
    assert!(found[0].message.contains("no file a.xsd"));
}

#[test]
fn missing_directory_is_reported() {
    let directory = Directory::new();
    let gone = directory.path().join("gone");
    let schemas =
        plesk_codegen::Schemas { directory: &gone, protocol: "1", request: "request.xsd", response: "response.xsd" };
    let error = plesk_codegen::generate(&schemas, &plain(), &directory.out(), false).expect_err("no directory");
    let files: Vec<_> = error.0.iter().map(|problem| problem.file.as_str()).collect();
    assert_eq!(files, ["request.xsd", "response.xsd"]);
    assert!(error.to_string().contains("gone"), "{error}");
}

#[test]
fn file_that_is_not_a_schema_is_reported() {
    let text = |text: &str| {
        let directory = Directory::new();
        directory.write("request.xsd", text);
        let found = problems(&directory, &plain());
        assert_eq!((found.len(), found[0].file.as_str()), (1, "request.xsd"), "{found:#?}");
        assert!(found[0].message.contains("not an XML schema"), "{found:#?}");
        assert!(!found[0].message.contains("file://"), "the path differs from machine to machine: {found:#?}");
    };
    text("");
    text("Not found");
    text("<html/>");
    text("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/><x/>");
    text("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element");
    text("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:include/></xs:schema>");
}

/// xsd-parser skips these attributes, which would silently change the meaning of the schema.
#[test]
fn misspelled_attribute_is_reported() {
    let element = r#"<xs:sequence><xs:element name="a" type="xs:int" minOccur="0"/></xs:sequence>"#;
    assert_rejected(
        &root(element, ""),
        "xs:element",
        "xs:element has no attribute `minOccur`; did you mean `minOccurs`?",
    );
    assert_rejected(
        &simple(r#"<xs:restriction base="xs:string"><xs:maxLength val="3" value="2"/></xs:restriction>"#),
        "xs:maxLength",
        "no attribute `val`",
    );
    assert_rejected(
        &root(NAME, r#"<xs:complexType name="T"><xs:sequence/><xs:sequence/></xs:complexType>"#)
            .replace("xs:string", "T"),
        "T",
        "more than one content model",
    );
    let free = r#"<xs:annotation><xs:documentation><p class="x">Free</p><xs:element q="1"/></xs:documentation></xs:annotation>"#;
    let directory = Directory::new();
    directory.schema("request.xsd", &root(&format!("{free}{NAME}"), ""));
    assert!(directory.generate(&plain()).is_ok());
}

#[test]
fn entry_point_without_element_is_reported() {
    assert_rejected(r#"<xs:simpleType name="T"><xs:restriction base="xs:string"/></xs:simpleType>"#, "", "no element");
}
