//! Mutations of markup: texts, comments, references, attributes and namespaces, the prolog, and syntax errors.

use super::mutator::Mutator;
use crate::packet::{Attribute, Element, Node};

/// Inserts a node at a random position. Inside of a text, it splits the text in two.
fn insert_node(mutator: &mut Mutator<'_>, node: Node) -> bool {
    let Some(path) = mutator.random_path() else { return false };
    let Some(element) = mutator.document.element_mut(&path) else { return false };
    if let ([Node::Text { text, simple }], true) = (element.content.as_slice(), mutator.rng.u8(..4) > 0) {
        let positions: Vec<usize> = text.char_indices().map(|(position, _)| position).chain([text.len()]).collect();
        let (before, after) = text.split_at(mutator.rng.choice(positions).unwrap_or(0));
        let part = |text: &str| Node::Text { text: text.to_owned(), simple: *simple };
        element.content = vec![part(before), node, part(after)];
    } else {
        let index = mutator.rng.usize(..=element.content.len());
        element.content.insert(index, node);
    }
    true
}

fn insert_markup(mutator: &mut Mutator<'_>, markups: &[&str]) -> bool {
    let markup = mutator.pick(markups).to_owned();
    insert_node(mutator, Node::Markup(markup))
}

pub(super) fn insert_text(mutator: &mut Mutator<'_>) -> bool {
    let text = mutator.pick(&["x", "1", " ", "\n", "\r\n", "\t ", "\u{a0}", "-", "text"]).to_owned();
    // As markup, white space is written unchanged; as text, it becomes references.
    let node = if mutator.rng.bool() { Node::Markup(text) } else { Node::Text { text, simple: None } };
    insert_node(mutator, node)
}

pub(super) fn insert_element_into_value(mutator: &mut Mutator<'_>) -> bool {
    let Some(path) = mutator.random_path_where(Element::is_text) else { return false };
    let child = Element::new(mutator.pick(&["novelty", "id", "a"]));
    let Some(element) = mutator.document.element_mut(&path) else { return false };
    let index = mutator.rng.usize(..=element.content.len());
    element.content.insert(index, Node::Element(child));
    true
}

pub(super) fn insert_comment(mutator: &mut Mutator<'_>) -> bool {
    insert_markup(mutator, &["<!-- a -->", "<!---->", "<!--<b>-->", "<!-- - -->", "<!--\n&c;-->"])
}

pub(super) fn insert_instruction(mutator: &mut Mutator<'_>) -> bool {
    insert_markup(mutator, &["<?a?>", "<?a b=\"c\"?>", "<?xml-stylesheet href=\"a\"?>", "<?a <b>?>"])
}

pub(super) fn insert_cdata(mutator: &mut Mutator<'_>) -> bool {
    // Either write a whole value as CDATA, or insert a piece of CDATA.
    if mutator.rng.bool()
        && let Some(path) = mutator.random_path_where(Element::is_text)
        && let Some(element) = mutator.document.element_mut(&path)
        && let [Node::Text { text, .. }] = element.content.as_slice()
        && !text.contains("]]>")
        && !text.contains('\r')
    {
        element.content = vec![Node::Markup(format!("<![CDATA[{text}]]>"))];
        return true;
    }
    insert_markup(mutator, &["<![CDATA[]]>", "<![CDATA[1]]>", "<![CDATA[ ]]>", "<![CDATA[<a>&b;]]>", "<![CDATA[]]]]>"])
}

pub(super) fn insert_reference(mutator: &mut Mutator<'_>) -> bool {
    insert_markup(
        mutator,
        &["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#55;", "&#x37;", "&#32;", "&#9;", "&#13;", "&#xe4;", "&nbsp;"],
    )
}

pub(super) fn insert_attribute(mutator: &mut Mutator<'_>) -> bool {
    let Some(path) = mutator.random_path() else { return false };
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
    let pairs = mutator.rng.choice(pairs).copied().unwrap_or_default();
    set_attributes(mutator, &path, pairs)
}

/// The namespace of `xsi:nil`.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Sets attributes of an element, replacing those of the same names. Returns `true` if there is such an element.
fn set_attributes(mutator: &mut Mutator<'_>, path: &[usize], pairs: &[(&str, &str)]) -> bool {
    let Some(element) = mutator.document.element_mut(path) else { return false };
    for (name, value) in pairs {
        element.attributes.retain(|attribute| attribute.name != *name);
        element.attributes.push(Attribute { name: (*name).to_owned(), value: (*value).to_owned(), simple: None });
    }
    true
}

pub(super) fn damage_attribute(mutator: &mut Mutator<'_>) -> bool {
    let Some(path) = mutator.random_path_where(|element| !element.attributes.is_empty()) else { return false };
    let Some(element) = mutator.document.element_mut(&path) else { return false };
    let index = mutator.rng.usize(..element.attributes.len());
    match mutator.rng.u8(..3) {
        0 => drop(element.attributes.remove(index)),
        1 => element.attributes.push(element.attributes[index].clone()),
        _ => element.attributes[index].name.push('x'),
    }
    true
}

pub(super) fn change_namespace(mutator: &mut Mutator<'_>) -> bool {
    let Some(path) = mutator.random_path() else { return false };
    match mutator.rng.u8(..6) {
        0 => set_attributes(mutator, &path, &[("xmlns", "")]),
        1 => set_attributes(mutator, &path, &[("xmlns", "urn:a")]),
        2 => set_attributes(mutator, &path, &[("xmlns:a", "urn:a")]),
        3 | 4 => {
            if mutator.rng.bool() {
                set_attributes(mutator, &path, &[("xmlns:a", "urn:a")]);
            } else {
                set_attributes(mutator, &[], &[("xmlns:a", "urn:a")]);
            }
            let Some(element) = mutator.document.element_mut(&path) else { return false };
            if !element.name.contains(':') {
                element.name.insert_str(0, "a:");
            }
            true
        }
        // A default namespace, which the children reset.
        _ => {
            set_attributes(mutator, &path, &[("xmlns", "urn:a")]);
            let Some(element) = mutator.document.element_mut(&path) else { return false };
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

pub(super) fn set_nil(mutator: &mut Mutator<'_>) -> bool {
    let is_nillable = |element: &Element| element.attributes.iter().any(|attribute| attribute.name == "xsi:nil");
    // Nillable elements are rare.
    let path = match mutator.random_path_where(is_nillable) {
        Some(path) if mutator.rng.bool() => path,
        _ => match mutator.random_path() {
            Some(path) => path,
            None => return false,
        },
    };
    let value = mutator.pick(&["true", "1", "false", "0", " true ", "yes", ""]);
    if mutator.rng.bool()
        && let Some(element) = mutator.document.element_mut(&path)
    {
        element.content.clear();
    }
    set_attributes(mutator, &path, &[("xmlns:xsi", INSTANCE), ("xsi:nil", value)])
}

pub(super) fn set_prolog_and_epilog(mutator: &mut Mutator<'_>) -> bool {
    let before = mutator.pick(&[
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
    let after = mutator.pick(&["", "\n", "<!-- a -->", "<?a b?>", " \t\r\n"]);
    before.clone_into(&mut mutator.document.prolog);
    after.clone_into(&mut mutator.document.epilog);
    !before.is_empty() || !after.is_empty()
}

pub(super) fn damage_syntax(mutator: &mut Mutator<'_>) -> bool {
    match mutator.rng.u8(..4) {
        0 => {
            let after = mutator.pick(&["<a/>", "x", "</packet>", "<![CDATA[]]>", "&#32;", "<"]);
            after.clone_into(&mut mutator.document.epilog);
            true
        }
        1 => {
            let before = mutator.pick(&["x", "&#32;", "<![CDATA[ ]]>", " <?xml version=\"1.0\"?>", "</a>", "<a/>"]);
            before.clone_into(&mut mutator.document.prolog);
            true
        }
        2 => insert_markup(
            mutator,
            &["<", "&", "&a", "]]>", "<a", "</a>", "<a>", "<!-- -- -->", "<!a>", "<?xml?>", "\u{1}", "&#0;", "<1/>"],
        ),
        _ => {
            let name = mutator.pick(&["1a", "-a", "a b", "a:b:c", ":", "a/"]).to_owned();
            mutator.random_descendant().map(|element| element.name = name).is_some()
        }
    }
}
