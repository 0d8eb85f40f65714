//! Where our verdict differs from that of libxml2 on purpose: each divergence occurs, and is recognized in no other case.

use plesk_codegen::model::{Facet, Primitive, SimpleType};
use plesk_conformance::coverage::GoalCounts;
use plesk_conformance::divergence::{Divergence, expected_divergence};
use plesk_conformance::packet::{Attribute, Document, Element, Node};
use plesk_conformance::protocol::{self, Protocol};
use plesk_conformance::samples::{Generator, Strategy};
use plesk_conformance::under_test::check_and_write_back;
use plesk_conformance::{Direction, libxml2};

fn protocol() -> Protocol {
    protocol::current().unwrap_or_else(|problems| panic!("{problems}"))
}

/// Returns a valid packet in which one value, whose type satisfies `condition`, is replaced by `text`.
fn with_value(
    protocol: &Protocol,
    direction: Direction,
    condition: impl Fn(&SimpleType) -> bool,
    text: &str,
) -> Option<Document> {
    let mut generator = Generator::new(protocol, direction, Strategy::Covering);
    let mut counts = GoalCounts::default();
    for _ in 0..300 {
        let mut document = Document::new(generator.packet(None, &mut counts));
        for path in document.paths() {
            let Some(element) = document.element_mut(&path) else { continue };
            for node in &mut element.content {
                let Node::Text { text: old, simple: Some(simple) } = node else { continue };
                if condition(&protocol.model.simples[*simple]) {
                    text.clone_into(old);
                    return Some(document);
                }
            }
        }
    }
    None
}

fn built_in(name: &str) -> impl Fn(&SimpleType) -> bool {
    move |simple| simple.facets.is_empty() && simple.primitive == Primitive::BuiltIn(name.to_owned())
}

/// Asserts that the verdicts on `document` differ because of `divergence`, or agree if there is none.
#[track_caller]
fn assert_divergence(protocol: &Protocol, direction: Direction, document: Document, divergence: Option<Divergence>) {
    let xml = document.to_xml();
    let ours = check_and_write_back(direction, xml.as_bytes());
    let Some(theirs) = libxml2::verdicts(direction, &[&xml]) else { return };
    assert_eq!(theirs[0].valid != ours.is_ok(), divergence.is_some(), "{ours:?} {theirs:?}\n{xml}");
    if divergence.is_some() {
        assert_eq!(expected_divergence(protocol, direction, &document, &ours), divergence, "{xml}");
    }
}

fn any_request(protocol: &Protocol) -> Document {
    Document::new(
        Generator::new(protocol, Direction::Request, Strategy::Minimal).packet(None, &mut GoalCounts::default()),
    )
}

#[test]
fn doctype_is_refused() {
    let protocol = protocol();
    let document = Document { prolog: "<!DOCTYPE packet>".to_owned(), ..any_request(&protocol) };
    assert_divergence(&protocol, Direction::Request, document, Some(Divergence::Doctype));
    let document = Document { prolog: "<!-- <!DOCTYPE packet> -->".to_owned(), ..any_request(&protocol) };
    assert_divergence(&protocol, Direction::Request, document, None);
}

#[test]
fn nesting_beyond_the_limit_is_refused() {
    let protocol = protocol();
    for (depth, divergence) in [(100, None), (150, Some(Divergence::Limit))] {
        let mut document = any_request(&protocol);
        let deep = ["<a>".repeat(depth), "</a>".repeat(depth)].concat();
        let settings = format!("<request-settings><setting><name>{deep}</name></setting></request-settings>");
        document.root.content.insert(0, Node::Markup(settings));
        assert_divergence(&protocol, Direction::Request, document, divergence);
    }
}

#[test]
fn integers_beyond_64_bits_are_refused() {
    let protocol = protocol();
    for (text, divergence) in [
        ("9223372036854775807", None),
        ("0000000000000000000000000000007", None),
        ("9223372036854775808", Some(Divergence::WideInteger)),
        ("-9223372036854775809", Some(Divergence::WideInteger)),
        ("92233720368547758x8", None),
    ] {
        let document = with_value(&protocol, Direction::Request, built_in("integer"), text).unwrap();
        assert_divergence(&protocol, Direction::Request, document, divergence);
    }
}

#[test]
fn white_space_and_signs_of_numbers_are_accepted() {
    let protocol = protocol();
    for (name, text, divergence) in [
        ("unsignedInt", " 7", Some(Divergence::WhiteSpaceOrSign)),
        ("unsignedInt", "+7", None),
        ("unsignedInt", "-0", None),
        ("unsignedInt", "-7", None),
        ("unsignedInt", "\u{a0}7", None),
        ("date", " 2024-02-29\n", Some(Divergence::WhiteSpaceOrSign)),
        ("date", " 2023-02-29", None),
        ("integer", " +7 ", None),
    ] {
        let document = with_value(&protocol, Direction::Response, built_in(name), text).unwrap();
        assert_divergence(&protocol, Direction::Response, document, divergence);
    }
}

#[test]
fn base64_outside_of_its_alphabet_is_refused() {
    let protocol = protocol();
    for (text, divergence) in [
        ("QUI=", None),
        (".QUI=", Some(Divergence::LooseBase64)),
        ("QUI=\u{e4}", Some(Divergence::LooseBase64)),
        ("QUI=\u{a0}", Some(Divergence::LooseBase64)),
        ("QUI", None),
        (".QUI", None),
    ] {
        let document = with_value(&protocol, Direction::Request, built_in("base64Binary"), text).unwrap();
        assert_divergence(&protocol, Direction::Request, document, divergence);
    }
}

/// U+1E9E is a letter since Unicode 5.1.
#[test]
fn letters_of_current_unicode_are_accepted() {
    let protocol = protocol();
    let letters = |simple: &SimpleType| {
        simple.facets.iter().any(|facet| match facet {
            Facet::Pattern(patterns) => patterns.iter().any(|pattern| pattern.xsd.contains(r"\p{L}")),
            _ => false,
        })
    };
    for (text, divergence) in [
        ("\u{e4}@example.com", None),
        ("\u{1e9e}@example.com", Some(Divergence::OldUnicode)),
        ("\u{1e9e} @example.com", None),
    ] {
        let document = with_value(&protocol, Direction::Request, letters, text).unwrap();
        assert_divergence(&protocol, Direction::Request, document, divergence);
    }
}

/// In a reply of `call`, we give `status` to the declared member, so none may be left for the wildcard.
#[test]
fn reply_with_ambiguous_content_is_accepted() {
    let protocol = protocol();
    let element = |name, content| Node::Element(Element { content, ..Element::new(name) });
    let text = |text: &str| vec![Node::Text { text: text.to_owned(), simple: None }];
    for (status, wildcard, divergence) in [
        ("ok", Some(element("git", Vec::new())), None),
        ("error", Some(element("errcode", text("1"))), None),
        ("ok", None, Some(Divergence::AmbiguousContent)),
    ] {
        let mut result = vec![element("status", text(status))];
        result.extend(wildcard);
        let mut document = any_request(&protocol);
        document.root.content = vec![element("extension", vec![element("call", vec![element("result", result)])])];
        assert_divergence(&protocol, Direction::Response, document, divergence);
    }
}

/// The schema allows elements of no namespace among the facts of a property.
#[test]
fn wildcard_accepts_elements_of_any_namespace() {
    let protocol = protocol();
    for (inside, divergence) in [
        (Element::new("level"), None),
        (with_attribute("level", "xmlns", "urn:a"), Some(Divergence::WildcardNamespace)),
        (with_attribute("a:level", "xmlns:a", "urn:a"), Some(Divergence::WildcardNamespace)),
        (with_attribute("level", "xmlns:a", "urn:a"), None),
    ] {
        let document = with_facts(&protocol, inside);
        assert_divergence(&protocol, Direction::Response, document, divergence);
    }
}

/// The entry points declare elements only as roots. In free content these names have no meaning.
#[test]
fn declared_elements_in_free_content_are_not_validated() {
    let protocol = protocol();
    let within = |name: &str| Element { content: vec![Node::Element(Element::new(name))], ..Element::new("level") };
    for (inside, divergence) in [
        (Element::new("descriptor"), Some(Divergence::DeclaredElement)),
        (within("packet"), Some(Divergence::DeclaredElement)),
        (within("property"), None),
    ] {
        assert_divergence(&protocol, Direction::Response, with_facts(&protocol, inside), divergence);
    }
}

#[test]
fn other_declared_roots_are_refused() {
    let protocol = protocol();
    let property = "<property><name>a</name><type>string</type><label>b</label></property>";
    for (name, content, divergence) in [
        ("descriptor", property, Some(Divergence::OtherRoot)),
        ("descriptor", "<novelty/>", None),
        ("novelty", property, None),
    ] {
        let root = Element { content: vec![Node::Markup(content.to_owned())], ..Element::new(name) };
        assert_divergence(&protocol, Direction::Request, Document::new(root), divergence);
    }
}

fn with_attribute(name: &str, attribute: &str, value: &str) -> Element {
    let attribute = Attribute { name: attribute.to_owned(), value: value.to_owned(), simple: None };
    Element { attributes: vec![attribute], ..Element::new(name) }
}

/// Returns a valid response in which `inside` is the content of the further facts of a property.
fn with_facts(protocol: &Protocol, inside: Element) -> Document {
    let is_facts = |element: &Element| {
        element.content_type.is_some_and(|id| protocol.model.types[id].origin.path == "ExtensionType")
    };
    let descriptor = protocol.model.operations.iter().find(|operation| operation.path == ["get-limit-descriptor"]);
    let mut generator = Generator::new(protocol, Direction::Response, Strategy::Maximal);
    let mut counts = GoalCounts::default();
    for _ in 0..10 {
        let mut document = Document::new(generator.packet(descriptor.map(|it| it.reply), &mut counts));
        for path in document.paths() {
            let Some(element) = document.element_mut(&path).filter(|element| is_facts(element)) else { continue };
            element.content = vec![Node::Element(inside)];
            return document;
        }
    }
    panic!("no packet has the further facts of a property")
}
