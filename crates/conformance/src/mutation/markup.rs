//! What stands between, around and instead of elements and texts.

use super::{Place, is_leaf};
use crate::tree::{Attribute, Element, Node};

/// Puts a node anywhere: into a text too, which falls into two.
fn put(place: &mut Place<'_>, node: Node) -> bool {
    let Some(path) = place.any() else { return false };
    let Some(element) = place.document.at(&path) else { return false };
    if let ([Node::Text { text, simple }], true) = (element.content.as_slice(), place.rng.u8(..4) > 0) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (before, after) = text.split_at(place.rng.choice(places).unwrap_or(0));
        let part = |text: &str| Node::Text { text: text.to_owned(), simple: *simple };
        element.content = vec![part(before), node, part(after)];
    } else {
        let at = place.rng.usize(..=element.content.len());
        element.content.insert(at, node);
    }
    true
}

fn put_markup(place: &mut Place<'_>, markups: &[&str]) -> bool {
    let markup = place.one(markups).to_owned();
    put(place, Node::Markup(markup))
}

pub(super) fn text(place: &mut Place<'_>) -> bool {
    let text = place.one(&["x", "1", " ", "\n", "\r\n", "\t ", "\u{a0}", "-", "text"]).to_owned();
    // White space as it is, or as references.
    let node = if place.rng.bool() { Node::Markup(text) } else { Node::Text { text, simple: None } };
    put(place, node)
}

pub(super) fn element(place: &mut Place<'_>) -> bool {
    let Some(path) = place.element(is_leaf) else { return false };
    let child = Element::new(place.one(&["novelty", "id", "a"]));
    let Some(element) = place.document.at(&path) else { return false };
    let at = place.rng.usize(..=element.content.len());
    element.content.insert(at, Node::Element(child));
    true
}

pub(super) fn comment(place: &mut Place<'_>) -> bool {
    put_markup(place, &["<!-- a -->", "<!---->", "<!--<b>-->", "<!-- - -->", "<!--\n&c;-->"])
}

pub(super) fn instruction(place: &mut Place<'_>) -> bool {
    put_markup(place, &["<?a?>", "<?a b=\"c\"?>", "<?xml-stylesheet href=\"a\"?>", "<?a <b>?>"])
}

pub(super) fn cdata(place: &mut Place<'_>) -> bool {
    // All of a value, or a piece beside it.
    if place.rng.bool()
        && let Some(path) = place.element(is_leaf)
        && let Some(element) = place.document.at(&path)
        && let [Node::Text { text, .. }] = element.content.as_slice()
        && !text.contains("]]>")
        && !text.contains('\r')
    {
        element.content = vec![Node::Markup(format!("<![CDATA[{text}]]>"))];
        return true;
    }
    put_markup(place, &["<![CDATA[]]>", "<![CDATA[1]]>", "<![CDATA[ ]]>", "<![CDATA[<a>&b;]]>", "<![CDATA[]]]]>"])
}

pub(super) fn reference(place: &mut Place<'_>) -> bool {
    put_markup(
        place,
        &["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#55;", "&#x37;", "&#32;", "&#9;", "&#13;", "&#xe4;", "&nbsp;"],
    )
}

pub(super) fn attribute(place: &mut Place<'_>) -> bool {
    let Some(path) = place.any() else { return false };
    let pairs: &[&[(&str, &str)]] = &[
        &[("a", "1")],
        &[("version", "1")],
        &[("id", "")],
        &[("xml:lang", "en")],
        &[("xml:space", "preserve")],
        &[("xmlns:i", INSTANCE), ("i:noNamespaceSchemaLocation", "a.xsd")],
        &[("xmlns:i", INSTANCE), ("i:schemaLocation", "urn:a a.xsd")],
        &[("xmlns:i", INSTANCE), ("i:novelty", "1")],
        &[("xmlns:a", "urn:a"), ("a:b", "1")],
    ];
    let pairs = place.rng.choice(pairs).copied().unwrap_or_default();
    give(place, &path, pairs)
}

/// The namespace of `xsi:nil`.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Gives an element these attributes, in place of those of the same name.
fn give(place: &mut Place<'_>, path: &[usize], pairs: &[(&str, &str)]) -> bool {
    let Some(element) = place.document.at(path) else { return false };
    for (name, value) in pairs {
        element.attributes.retain(|attribute| attribute.name != *name);
        element.attributes.push(Attribute { name: (*name).to_owned(), value: (*value).to_owned(), simple: None });
    }
    true
}

pub(super) fn bad_attribute(place: &mut Place<'_>) -> bool {
    let Some(path) = place.element(|element| !element.attributes.is_empty()) else { return false };
    let Some(element) = place.document.at(&path) else { return false };
    let at = place.rng.usize(..element.attributes.len());
    match place.rng.u8(..3) {
        0 => drop(element.attributes.remove(at)),
        1 => element.attributes.push(element.attributes[at].clone()),
        _ => element.attributes[at].name.push('x'),
    }
    true
}

pub(super) fn namespace(place: &mut Place<'_>) -> bool {
    let Some(path) = place.any() else { return false };
    match place.rng.u8(..6) {
        0 => give(place, &path, &[("xmlns", "")]),
        1 => give(place, &path, &[("xmlns", "urn:a")]),
        2 => give(place, &path, &[("xmlns:a", "urn:a")]),
        3 | 4 => {
            if place.rng.bool() {
                give(place, &path, &[("xmlns:a", "urn:a")]);
            } else {
                give(place, &[], &[("xmlns:a", "urn:a")]);
            }
            let Some(element) = place.document.at(&path) else { return false };
            if !element.name.contains(':') {
                element.name.insert_str(0, "a:");
            }
            true
        }
        // A default namespace that a descendant undoes.
        _ => {
            give(place, &path, &[("xmlns", "urn:a")]);
            let Some(element) = place.document.at(&path) else { return false };
            for node in &mut element.content {
                if let Node::Element(child) = node {
                    child.attributes.retain(|attribute| attribute.name != "xmlns");
                    let (name, value) = ("xmlns".to_owned(), String::new());
                    child.attributes.push(Attribute { name, value, simple: None });
                }
            }
            true
        }
    }
}

pub(super) fn nil(place: &mut Place<'_>) -> bool {
    let is_nillable = |element: &Element| element.attributes.iter().any(|attribute| attribute.name == "xsi:nil");
    // Elements that may be nil are rare.
    let path = match place.element(is_nillable) {
        Some(path) if place.rng.bool() => path,
        _ => match place.any() {
            Some(path) => path,
            None => return false,
        },
    };
    let value = place.one(&["true", "1", "false", "0", " true ", "yes", ""]);
    if place.rng.bool()
        && let Some(element) = place.document.at(&path)
    {
        element.content.clear();
    }
    give(place, &path, &[("xmlns:xsi", INSTANCE), ("xsi:nil", value)])
}

pub(super) fn surroundings(place: &mut Place<'_>) -> bool {
    let before = place.one(&[
        "",
        "<?xml version=\"1.0\"?>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<?xml version='1.0' encoding='utf-8' standalone='yes'?>",
        "<?xml version=\"1.0\" encoding=\"US-ASCII\"?>",
        "<?xml version=\"1.1\"?>",
        "<?xml version=\"2.0\"?>",
        "<?xml encoding=\"UTF-8\"?>",
        "\u{feff}",
        "\n",
        "<!-- a -->",
        "<?a b?>",
        "<!DOCTYPE packet>",
        "<!DOCTYPE packet [<!ENTITY a \"1\">]>",
    ]);
    let after = place.one(&["", "\n", "<!-- a -->", "<?a b?>", " \t\r\n"]);
    before.clone_into(&mut place.document.prolog);
    after.clone_into(&mut place.document.epilog);
    !before.is_empty() || !after.is_empty()
}

pub(super) fn broken(place: &mut Place<'_>) -> bool {
    match place.rng.u8(..4) {
        0 => {
            let after = place.one(&["<a/>", "x", "</packet>", "<![CDATA[]]>", "&#32;", "<"]);
            after.clone_into(&mut place.document.epilog);
            true
        }
        1 => {
            let before = place.one(&["x", "&#32;", "<![CDATA[ ]]>", " <?xml version=\"1.0\"?>", "</a>", "<a/>"]);
            before.clone_into(&mut place.document.prolog);
            true
        }
        2 => put_markup(
            place,
            &["<", "&", "&a", "]]>", "<a", "</a>", "<a>", "<!-- -- -->", "<!a>", "<?xml?>", "\u{1}", "&#0;", "<1/>"],
        ),
        _ => {
            let name = place.one(&["1a", "-a", "a b", "a:b:c", ":", "a/"]).to_owned();
            place.inner().map(|element| element.name = name).is_some()
        }
    }
}
