//! Where we differ from libxml2 on purpose: each difference is there, is known by its shape, and by nothing more.

use plesk_codegen::model::{Facet, Primitive, SimpleType};
use plesk_conformance::coverage::Reached;
use plesk_conformance::divergence::Divergence;
use plesk_conformance::document::Document;
use plesk_conformance::protocol::Protocol;
use plesk_conformance::run::{Case, meant};
use plesk_conformance::specimen::{Generator, Style};
use plesk_conformance::tree::{Attribute, Element, Node};
use plesk_conformance::{Direction, reference, verdict};

fn protocol() -> Protocol {
    Protocol::current().unwrap_or_else(|problems| panic!("{problems}"))
}

/// A valid packet in which a value of a type that `is` says stands; the value is now `text`.
fn with_value(
    protocol: &Protocol,
    direction: Direction,
    is: impl Fn(&SimpleType) -> bool,
    text: &str,
) -> Option<Document> {
    let mut generator = Generator::new(protocol, direction, Style::Covering);
    let mut reached = Reached::default();
    for _ in 0..300 {
        let mut document = Document::new(generator.packet(None, &mut reached));
        for path in document.paths() {
            let Some(element) = document.at(&path) else { continue };
            for node in &mut element.content {
                let Node::Text { text: old, simple: Some(simple) } = node else { continue };
                if is(&protocol.model.simples[*simple]) {
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

/// Checks that the verdicts on `document` differ as `divergence` says, or agree without one.
#[track_caller]
fn hold(protocol: &Protocol, direction: Direction, document: Document, divergence: Option<Divergence>) {
    let xml = document.to_xml();
    let ours = verdict::check(direction, xml.as_bytes());
    let Some(theirs) = reference::verdicts(direction, &[&xml]) else { return };
    assert_eq!(theirs[0].valid != ours.is_ok(), divergence.is_some(), "{ours:?} {theirs:?}\n{xml}");
    if divergence.is_some() {
        let case = Case { number: 0, direction, document, mutations: Vec::new() };
        assert_eq!(meant(protocol, &case, &ours), divergence, "{xml}");
    }
}

fn any(protocol: &Protocol) -> Document {
    Document::new(Generator::new(protocol, Direction::Request, Style::Minimal).packet(None, &mut Reached::default()))
}

#[test]
fn doctypes_are_refused() {
    let protocol = protocol();
    let document = Document { prolog: "<!DOCTYPE packet>".to_owned(), ..any(&protocol) };
    hold(&protocol, Direction::Request, document, Some(Divergence::Doctype));
    let document = Document { prolog: "<!-- <!DOCTYPE packet> -->".to_owned(), ..any(&protocol) };
    hold(&protocol, Direction::Request, document, None);
}

#[test]
fn what_nests_too_deep_is_refused() {
    let protocol = protocol();
    for (depth, divergence) in [(100, None), (150, Some(Divergence::Limit))] {
        let mut document = any(&protocol);
        let deep = ["<a>".repeat(depth), "</a>".repeat(depth)].concat();
        let settings = format!("<request-settings><setting><name>{deep}</name></setting></request-settings>");
        document.root.content.insert(0, Node::Markup(settings));
        hold(&protocol, Direction::Request, document, divergence);
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
        hold(&protocol, Direction::Request, document, divergence);
    }
}

#[test]
fn blanks_and_signs_are_accepted() {
    let protocol = protocol();
    for (built_in_type, text, divergence) in [
        ("unsignedInt", " 7", Some(Divergence::BlankOrSign)),
        ("unsignedInt", "+7", None),
        ("unsignedInt", "-0", None),
        ("unsignedInt", "-7", None),
        ("unsignedInt", "\u{a0}7", None),
        ("date", " 2024-02-29\n", Some(Divergence::BlankOrSign)),
        ("date", " 2023-02-29", None),
        ("integer", " +7 ", None),
    ] {
        let document = with_value(&protocol, Direction::Answer, built_in(built_in_type), text).unwrap();
        hold(&protocol, Direction::Answer, document, divergence);
    }
}

#[test]
fn base64_is_of_its_alphabet() {
    let protocol = protocol();
    for (text, divergence) in [
        ("QUI=", None),
        (".QUI=", Some(Divergence::LooseBase64)),
        ("QUI=\u{e4}", Some(Divergence::LooseBase64)),
        ("QUI", None),
        (".QUI", None),
    ] {
        let document = with_value(&protocol, Direction::Request, built_in("base64Binary"), text).unwrap();
        hold(&protocol, Direction::Request, document, divergence);
    }
}

/// U+1E9E is a letter since Unicode 5.1.
#[test]
fn letters_are_those_of_unicode() {
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
        hold(&protocol, Direction::Request, document, divergence);
    }
}

/// Whoever gives the elements of an answer to `call` to the first place that takes them finds none left for the wildcard.
#[test]
fn an_answer_that_does_not_say_which_place_an_element_is_for() {
    let protocol = protocol();
    let element = |name, content| Node::Element(Element { content, ..Element::new(name) });
    let text = |text: &str| vec![Node::Text { text: text.to_owned(), simple: None }];
    for (status, further, divergence) in [
        ("ok", Some(element("git", Vec::new())), None),
        ("error", Some(element("errcode", text("1"))), None),
        ("ok", None, Some(Divergence::Ambiguous)),
    ] {
        let mut result = vec![element("status", text(status))];
        result.extend(further);
        let mut document = any(&protocol);
        document.root.content = vec![element("extension", vec![element("call", vec![element("result", result)])])];
        hold(&protocol, Direction::Answer, document, divergence);
    }
}

/// The facts of a property are any elements, of no namespace.
#[test]
fn a_wildcard_takes_elements_of_any_namespace() {
    let protocol = protocol();
    for (inside, divergence) in [
        (Element::new("level"), None),
        (with_attribute("level", "xmlns", "urn:a"), Some(Divergence::Namespace)),
        (with_attribute("a:level", "xmlns:a", "urn:a"), Some(Divergence::Namespace)),
        (with_attribute("level", "xmlns:a", "urn:a"), None),
    ] {
        let document = with_facts(&protocol, inside);
        hold(&protocol, Direction::Answer, document, divergence);
    }
}

/// Declared elements stand in the entry points alone, for documents; in free content they are like any others.
#[test]
fn free_content_is_not_looked_into() {
    let protocol = protocol();
    let within = |name: &str| Element { content: vec![Node::Element(Element::new(name))], ..Element::new("level") };
    for (inside, divergence) in [
        (Element::new("descriptor"), Some(Divergence::Declared)),
        (within("packet"), Some(Divergence::Declared)),
        (within("property"), None),
    ] {
        hold(&protocol, Direction::Answer, with_facts(&protocol, inside), divergence);
    }
}

#[test]
fn documents_are_packets() {
    let protocol = protocol();
    let property = "<property><name>a</name><type>string</type><label>b</label></property>";
    for (name, content, divergence) in [
        ("descriptor", property, Some(Divergence::OtherRoot)),
        ("descriptor", "<novelty/>", None),
        ("novelty", property, None),
    ] {
        let root = Element { content: vec![Node::Markup(content.to_owned())], ..Element::new(name) };
        hold(&protocol, Direction::Request, Document::new(root), divergence);
    }
}

fn with_attribute(name: &str, attribute: &str, value: &str) -> Element {
    let attribute = Attribute { name: attribute.to_owned(), value: value.to_owned(), simple: None };
    Element { attributes: vec![attribute], ..Element::new(name) }
}

/// A valid answer in which these are the further facts of a property.
fn with_facts(protocol: &Protocol, inside: Element) -> Document {
    let is_facts =
        |element: &Element| element.holds.is_some_and(|id| protocol.model.types[id].origin.path == "ExtensionType");
    let descriptor = protocol.model.operations.iter().find(|operation| operation.path == ["get-limit-descriptor"]);
    let mut generator = Generator::new(protocol, Direction::Answer, Style::Maximal);
    let mut reached = Reached::default();
    for _ in 0..10 {
        let mut document = Document::new(generator.packet(descriptor.map(|it| it.answer), &mut reached));
        for path in document.paths() {
            let Some(element) = document.at(&path).filter(|element| is_facts(element)) else { continue };
            element.content = vec![Node::Element(inside)];
            return document;
        }
    }
    panic!("no packet has further facts of a property")
}
