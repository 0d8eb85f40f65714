//! Builds the element of a request from arguments, and arguments from an element.

use plesk_model::{Operator, TypeId};

use super::assignment::{Assignment, Step, Value};
use super::{mask, order};
use crate::schema::{self, Known, find, names, suggestion};
use crate::xml::{Element, Node};

/// Builds the element of an operation. The order of the arguments does not matter, except among elements of one name.
///
/// # Errors
/// A message about the first argument that the schema has no place for.
pub(crate) fn compose(
    operator: &Operator,
    name: &str,
    request: TypeId,
    assignments: &[Assignment],
) -> Result<Element, String> {
    let mut element = Element::new(name);
    for assignment in assignments {
        let is_placed = place(operator, &mut element, Known::Type(request), &assignment.steps, assignment)?;
        if !is_placed {
            return Err(format!(
                "`{}` is given too often; to begin a further element of a list, number it, as in NAME[2]",
                assignment.path()
            ));
        }
    }
    order::arrange(operator, request, &mut element);
    Ok(element)
}

/// Adds what an argument says to `element`. Returns `false` if the schema has no room for it there.
fn place(
    operator: &Operator,
    element: &mut Element,
    content: Known,
    steps: &[Step],
    assignment: &Assignment,
) -> Result<bool, String> {
    let Some((step, rest)) = steps.split_first() else {
        return set(element, assignment).map(|()| true);
    };
    let (inner, max) = child_content(operator, element, content, step, assignment)?;
    let existing = element.children().filter(|child| child.name == step.name).count();
    let has_room = max.is_none_or(|max| existing < max);
    let is_last = rest.is_empty() && assignment.attribute.is_none();
    let index = match step.index {
        Some(index) if index > existing + 1 => {
            return Err(format!(
                "`{}`: there are only {existing} before it; number them one by one",
                assignment.path()
            ));
        }
        Some(index) => Some(index - 1).filter(|index| *index < existing),
        // A value always begins a further element; anything inside of an element belongs to the last one.
        None if is_last => None,
        None => existing.checked_sub(1),
    };
    if let Some(index) = index {
        if is_last {
            return Ok(false);
        }
        let nth = element.children_mut().filter(|child| child.name == step.name).nth(index);
        if let Some(child) = nth
            && place(operator, child, inner, rest, assignment)?
        {
            return Ok(true);
        }
        if step.index.is_some() {
            return Ok(false);
        }
    }
    if !has_room {
        return Ok(false);
    }
    let mut child = Element::new(&step.name);
    let is_placed = place(operator, &mut child, inner, rest, assignment)?;
    element.content.push(Node::Element(child));
    Ok(is_placed)
}

/// Returns the content of a child element, and how often it may occur.
fn child_content(
    operator: &Operator,
    element: &Element,
    content: Known,
    step: &Step,
    assignment: &Assignment,
) -> Result<(Known, Option<usize>), String> {
    let path = assignment.path();
    match content {
        Known::Free => Ok((Known::Free, None)),
        Known::Type(id) if schema::is_free(operator, id) => Ok((Known::Free, None)),
        Known::Type(id) => match find(operator, id, &step.name) {
            Some(found) => Ok((found.content(), found.max)),
            None => {
                let known = names(operator, id);
                let similar = suggestion(&step.name, known.iter().copied());
                let list = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
                Err(format!("`{path}`: `{}` has no element `{}`{similar}\nIt has: {list}", element.name, step.name))
            }
        },
        Known::Text(_) => Err(format!("`{path}`: `{}` has text and no elements", element.name)),
        Known::Empty => Err(format!("`{path}`: `{}` is always empty", element.name)),
    }
}

/// Sets the text, the content or an attribute of an element.
fn set(element: &mut Element, assignment: &Assignment) -> Result<(), String> {
    match (&assignment.attribute, &assignment.value) {
        (Some(name), Value::Literal(text) | Value::Hidden(text)) => {
            element.attributes.retain(|(known, _)| known != name);
            element.attributes.push((name.clone(), text.clone()));
        }
        (None, Value::Literal(text) | Value::Hidden(text)) => element.set_text(text.as_str()),
        (None, Value::Xml(xml)) => {
            let parsed = Element::parse(&format!("<content>{xml}</content>"));
            element.content = parsed.map_err(|error| format!("`{}`: {error}", assignment.path()))?.content;
        }
        (_, Value::Empty) | (Some(_), Value::Xml(_)) => {}
    }
    Ok(())
}

/// Returns the arguments from which [`compose`] builds `element`, in the order of the schema.
pub(crate) fn decompose(operator: &Operator, request: TypeId, element: &Element) -> Vec<String> {
    let mut arguments = Vec::new();
    describe_content(operator, Known::Type(request), element, "", &mut arguments);
    arguments
}

/// Returns arguments for an example: secrets come from the environment.
pub(crate) fn example(operator: &Operator, request: TypeId, element: &Element) -> Vec<String> {
    let hide = |argument: String| {
        let Ok(assignment) = Assignment::parse(&argument) else { return argument };
        let steps = assignment.steps.iter().map(|step| step.name.as_str());
        let is_secret = assignment.attribute.is_none() && mask::is_secret(operator, request, steps);
        if is_secret { format!("{}=@env:SECRET", assignment.path()) } else { argument }
    };
    decompose(operator, request, element).into_iter().map(hide).collect()
}

fn describe_content(operator: &Operator, content: Known, element: &Element, path: &str, out: &mut Vec<String>) {
    let shown = if path.is_empty() { "." } else { path };
    let is_free = match content {
        // An element without a type is described as empty, but the schema allows any content.
        Known::Free | Known::Empty => true,
        Known::Type(id) => schema::is_free(operator, id),
        Known::Text(_) => false,
    };
    if is_free && element.has_children() {
        out.push(format!("{shown}:={}", element.inner_xml()));
    } else if !element.text().is_empty() && !element.has_children() {
        let text = element.text();
        let is_special = text.starts_with(['@', '=']) || text == "-";
        out.push(format!("{shown}={}{text}", if is_special { "=" } else { "" }));
    } else if element.content.is_empty() && !path.is_empty() {
        out.push(path.to_owned());
    }
    // After the value, because that is what begins an element.
    let start = out.len();
    for (name, value) in &element.attributes {
        let is_special = value.starts_with(['@', '=']) || value == "-";
        out.push(format!("{shown}@{name}={}{value}", if is_special { "=" } else { "" }));
    }
    if is_free || !element.has_children() {
        return;
    }
    // An element with attributes and elements exists before its first child.
    if out.len() > start && !path.is_empty() {
        out.insert(start, path.to_owned());
    }
    let Known::Type(id) = content else { return };
    for (position, child) in element.children().enumerate() {
        let inner = find(operator, id, &child.name).map_or(Known::Free, |found| found.content());
        let same = |other: &&Element| other.name == child.name;
        let is_list = element.children().filter(same).count() > 1;
        let is_leaf = matches!(inner, Known::Text(_) | Known::Empty);
        let number = element.children().take(position + 1).filter(same).count();
        let step = if is_list && !is_leaf { format!("{}[{number}]", child.name) } else { child.name.clone() };
        let path = if path.is_empty() { step } else { format!("{path}.{step}") };
        describe_content(operator, inner, child, &path, out);
    }
}

#[cfg(test)]
mod tests {
    use plesk_conformance::samples::samples;
    use plesk_conformance::under_test::check_and_write_back;
    use plesk_conformance::{Direction, protocol};

    use super::super::assignment::Assignment;
    use super::super::packet::in_packet;
    use super::{compose, decompose};
    use crate::schema::operations_of;
    use crate::xml::Element;

    /// Writes the request in a packet as arguments, and builds a packet from them.
    fn round_trip(xml: &str) -> Result<(String, Vec<String>), String> {
        let packet = Element::parse(xml)?;
        let operations = operations_of(&packet);
        let [found] = operations.as_slice() else { return Err(format!("{} operations", operations.len())) };
        let operation = found.operation().ok_or("no operation")?;
        let arguments = decompose(&found.operator, operation.request, found.element);
        let built = build(found, &arguments)?;
        Ok((built, arguments))
    }

    fn build(found: &crate::schema::InPacket<'_>, arguments: &[String]) -> Result<String, String> {
        let assignments = arguments.iter().map(|text| Assignment::parse(text)).collect::<Result<Vec<_>, _>>()?;
        let operation = found.operation().ok_or("no operation")?;
        let element = compose(&found.operator, &found.element.name, operation.request, &assignments)?;
        Ok(in_packet(&found.operator.name, &found.path, element).to_xml())
    }

    fn assert_same(name: &str, before: &str, after: &str, arguments: &[String]) {
        let write = |xml: &str| match check_and_write_back(Direction::Request, xml.as_bytes()) {
            Ok(bytes) => String::from_utf8(bytes).expect("UTF-8"),
            Err(violations) => panic!("{name}: {violations}\n{xml}\n{arguments:?}"),
        };
        assert_eq!(write(before), write(after), "{name}: {arguments:?}");
    }

    #[test]
    fn requests_of_every_operation_as_arguments_are_the_same_packets() {
        let protocol = protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
        let (samples, _) = samples(&protocol, Direction::Request);
        let mut checked = std::collections::BTreeSet::new();
        for sample in samples {
            let is_wanted = sample.name.contains(", minimal") || sample.name.contains(", maximal");
            if !is_wanted || sample.name.starts_with("packet") {
                continue;
            }
            let mut packet = sample.packet;
            // Arguments are about an operation, not about the packet around it.
            packet.attributes.clear();
            packet.content.retain(|node| match node {
                plesk_conformance::packet::Node::Element(element) => element.name != "request-settings",
                _ => true,
            });
            let xml = packet.to_xml();
            let (built, arguments) =
                round_trip(&xml).unwrap_or_else(|problem| panic!("{}: {problem}\n{xml}", sample.name));
            assert_same(&sample.name, &xml, &built, &arguments);
            checked.extend(sample.name.split(',').next().map(str::to_owned));
        }
        assert_eq!(checked.len(), protocol.model.operations.len());
    }

    #[test]
    fn examples_of_every_operation_as_arguments_are_the_same_packets() {
        for operator in plesk_model::index().operators.iter().filter_map(|summary| plesk_model::operator(&summary.name))
        {
            for operation in &operator.operations {
                for xml in [&operation.examples.request.minimal, &operation.examples.request.full] {
                    let name = format!("{} {}", operator.name, operation.path);
                    let (built, arguments) = round_trip(xml).unwrap_or_else(|problem| panic!("{name}: {problem}"));
                    assert_same(&name, xml, &built, &arguments);
                }
            }
        }
    }

    /// Texts that look like another kind of argument, or that a shell or XML has a use for.
    #[test]
    fn any_text_as_an_argument_is_the_same_text() {
        let texts = [
            "@file",
            "@env:HOME",
            "@",
            "-",
            "-x",
            "=",
            "==",
            "=x",
            "a=b",
            ":=",
            "a\nb\r\n",
            "\t",
            " x ",
            "  ",
            "'\"$`\\",
            "<&>]]>",
            "\u{e9}\u{65e5}\u{1f600}",
            "***",
        ];
        let operator = plesk_model::operator("customer").expect("an operator");
        for text in texts {
            for (operation, packet) in [
                (
                    "add",
                    "<packet><customer><add><gen_info><pname/><login/><passwd/></gen_info></add></customer></packet>",
                ),
                ("get", "<packet><customer><get><filter><login/><login/></filter><dataset/></get></customer></packet>"),
            ] {
                let mut packet = Element::parse(packet).expect("a packet");
                fill(&mut packet, text);
                let element = operations_of(&packet)[0].element.clone();
                let request = operator.operation(operation).expect("an operation").request;
                let arguments = decompose(&operator, request, &element);
                let assignments: Vec<_> =
                    arguments.iter().map(|text| Assignment::parse(text).expect("an argument")).collect();
                let built = compose(&operator, operation, request, &assignments).expect("an element");
                assert_eq!(built, element, "{text:?}: {arguments:?}");
                let sent = in_packet("customer", operation, built).to_xml();
                let read = Element::parse(&sent).expect("XML");
                assert_eq!(operations_of(&read)[0].element, &element, "{text:?}: {sent}");
            }
        }
    }

    /// Sets the text of every element that is a text in the schema.
    fn fill(element: &mut Element, text: &str) {
        if ["pname", "login", "passwd"].contains(&element.name.as_str()) {
            element.set_text(text);
        }
        element.children_mut().for_each(|child| fill(child, text));
    }

    #[test]
    fn order_of_arguments_does_not_matter() {
        let operator = plesk_model::operator("customer").expect("an operator");
        let add = operator.operation("add").expect("an operation");
        let arguments = ["gen_info.passwd=x", "gen_info.login=jo", "gen_info.cname=c", "gen_info.pname=p"];
        let parse = |text: &&str| Assignment::parse(text).expect("an argument");
        let mut reversed: Vec<_> = arguments.iter().map(parse).collect();
        let built = compose(&operator, "add", add.request, &reversed).unwrap().to_xml();
        reversed.reverse();
        assert_eq!(compose(&operator, "add", add.request, &reversed).unwrap().to_xml(), built);
        let order = ["<cname>", "<pname>", "<login>", "<passwd>"].map(|name| built.find(name).expect("an element"));
        assert!(order.is_sorted(), "{built}");
    }

    #[test]
    fn arguments_without_a_place_are_refused_with_suggestions() {
        let operator = plesk_model::operator("customer").expect("an operator");
        let problem = |operation: &str, arguments: &[&str]| {
            let operation = operator.operation(operation).expect("an operation");
            let parse = |text: &&str| Assignment::parse(text).expect("an argument");
            let assignments: Vec<_> = arguments.iter().map(parse).collect();
            compose(&operator, "x", operation.request, &assignments).unwrap_err()
        };
        assert!(problem("add", &["gen_info.logn=jo"]).contains("did you mean `login`?"));
        assert!(problem("add", &["gen_info.login=jo", "gen_info.login=sam"]).contains("given too often"));
        assert!(problem("get", &["dataset.stat.x=1"]).contains("is always empty"));
        assert!(problem("add", &["gen_info.login.x=1"]).contains("has text and no elements"));
        assert!(problem("get", &["filter[3].id=1"]).contains("number them one by one"));
    }
}
