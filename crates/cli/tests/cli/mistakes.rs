//! From a broken packet to one that a server carries out, with nothing but the advice of `plesk check`.
//!
//! [`Repair`] does what the advice says, and nothing else. Values that only a person can know are part of each case.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Shell, results, status};

/// A mistake that users of the protocol make.
struct Mistake {
    name: &'static str,
    packet: &'static str,
    /// What the user knows: the values of elements by name, and the name of the operator.
    known: &'static [(&'static str, &'static str)],
}

const fn mistake(name: &'static str, packet: &'static str, known: &'static [(&'static str, &'static str)]) -> Mistake {
    Mistake { name, packet, known }
}

/// The commonest first. A dataset that is missing is that of general data.
const MISTAKES: &[Mistake] = &[
    mistake(
        "an operator that was renamed",
        "<packet><client><get><filter/><dataset><gen_info/></dataset></get></client></packet>",
        &[],
    ),
    mistake(
        "an operator that was split",
        "<packet><domain><get><filter/><dataset><gen_info/></dataset></get></domain></packet>",
        &[],
    ),
    mistake(
        "an old protocol version",
        "<packet version=\"1.4.2.0\"><customer><get><filter/><dataset><gen_info/></dataset></get></customer></packet>",
        &[],
    ),
    mistake(
        "an element without a value",
        "<packet><customer><add><gen_info><pname>J</pname><login>new</login><passwd>Secret-Word-17</passwd><owner-id></owner-id>\
         </gen_info></add></customer></packet>",
        &[],
    ),
    mistake(
        "elements in another order",
        "<packet><customer><add><gen_info><login>new</login><passwd>Secret-Word-17</passwd><pname>J</pname><cname>C</cname>\
         </gen_info></add></customer></packet>",
        &[],
    ),
    mistake(
        "a missing element at the end",
        "<packet><customer><add><gen_info><pname>J</pname><login>new</login></gen_info></add></customer></packet>",
        &[("passwd", "Secret-Word-17")],
    ),
    mistake(
        "missing elements at the beginning",
        "<packet><customer><add><gen_info><passwd>Secret-Word-17</passwd></gen_info></add></customer></packet>",
        &[("pname", "J"), ("login", "new")],
    ),
    mistake(
        "names in another spelling",
        "<packet><customer><add><gen_info><pname>J</pname><Login>new</Login><passwd>Secret-Word-17</passwd>\
         <external_id>7</external_id></gen_info></add></customer></packet>",
        &[],
    ),
    mistake(
        "the verb of another protocol",
        "<packet><customer><delete><filter><login>jo</login></filter></delete></customer></packet>",
        &[],
    ),
    mistake(
        "an unescaped ampersand",
        "<packet><customer><add><gen_info><pname>J & K</pname><login>new</login><passwd>Secret&Word-17</passwd></gen_info></add>\
         </customer></packet>",
        &[],
    ),
    mistake(
        "an unescaped less-than sign",
        "<packet><customer><add><gen_info><pname>J</pname><login>new</login><passwd>Secret<7-Word</passwd></gen_info></add>\
         </customer></packet>",
        &[],
    ),
    mistake(
        "several values in one element",
        "<packet><customer><get><filter><id>{customer},{customer}</id></filter><dataset><gen_info/></dataset></get></customer>\
         </packet>",
        &[],
    ),
    mistake(
        "a truth value in another language",
        "<packet><mail><create><filter><site-id>{site}</site-id><mailname><name>info</name><mailbox><enabled>yes</enabled>\
         </mailbox></mailname></filter></create></mail></packet>",
        &[("enabled", "true")],
    ),
    mistake("no dataset", "<packet><customer><get><filter/></get></customer></packet>", &[]),
    mistake(
        "an element in the wrong place",
        "<packet><webspace><add><gen_setup><name>b.example</name><owner-login>jo</owner-login><plan-name>Basic</plan-name>\
         </gen_setup></add></webspace></packet>",
        &[],
    ),
    mistake(
        "hosting settings as elements",
        "<packet><webspace><add><gen_setup><name>b.example</name><owner-login>jo</owner-login><htype>vrt_hst</htype>\
         <ip_address>192.0.2.1</ip_address></gen_setup><hosting><vrt_hst><ftp_login>b_example</ftp_login>\
         <ftp_password>Secret-Word-17</ftp_password><ip_address>192.0.2.1</ip_address></vrt_hst></hosting></add></webspace></packet>",
        &[],
    ),
    mistake(
        "blank lines before the declaration",
        "\n\n<?xml version=\"1.0\"?>\n<packet><customer><get><filter/><dataset><gen_info/></dataset></get></customer></packet>",
        &[],
    ),
    mistake(
        "a warning before the packet",
        "PHP Warning: undefined variable on line 3\n<packet><server><get><gen_info/></get></server></packet>",
        &[],
    ),
    mistake(
        "a namespace",
        "<packet xmlns=\"urn:example\"><customer><get><filter/><dataset><gen_info/></dataset></get></customer></packet>",
        &[],
    ),
    mistake(
        "two kinds of criteria in a filter",
        "<packet><customer><get><filter><id>{customer}</id><login>jo</login></filter><dataset><gen_info/></dataset></get>\
         </customer></packet>",
        &[],
    ),
    mistake(
        "no filter around the criteria",
        "<packet><customer><del><id>{customer}</id></del></customer></packet>",
        &[],
    ),
    mistake(
        "an attribute instead of an element",
        "<packet><customer><get><filter id=\"{customer}\"/><dataset><gen_info/></dataset></get></customer></packet>",
        &[],
    ),
    mistake(
        "a value in lower case",
        "<packet><dns><add_rec><site-id>{site}</site-id><type>txt</type><host>_acme-challenge</host><value>x</value></add_rec>\
         </dns></packet>",
        &[],
    ),
    mistake(
        "a date in another notation",
        "<packet><mail><create><filter><site-id>{site}</site-id><mailname><name>info</name><autoresponder>\
         <enabled>true</enabled><end_date>31.12.2030</end_date></autoresponder></mailname></filter></create></mail></packet>",
        &[("end_date", "2030-12-31")],
    ),
    mistake(
        "another root element",
        "<request><customer><get><filter/><dataset><gen_info/></dataset></get></customer></request>",
        &[],
    ),
    mistake(
        "an operation without its operator",
        "<packet><get-domain-list><filter><login>jo</login></filter></get-domain-list></packet>",
        &[("operator", "customer")],
    ),
    mistake(
        "a letter in another encoding",
        "<packet><customer><add><gen_info><pname>Caf\u{e9}</pname><login>new</login><passwd>Secret-Word-17</passwd></gen_info>\
         </add></customer></packet>",
        &[],
    ),
    mistake("a missing end tag", "<packet><customer><get><filter/><dataset><gen_info/></get></customer></packet>", &[]),
];

/// A repair needs so many steps at most.
const MAX_STEPS: usize = 8;

#[test]
fn advice_leads_from_each_common_mistake_to_a_packet_that_is_carried_out() {
    assert!(MISTAKES.len() >= 15);
    for mistake in MISTAKES {
        let shell = Shell::start();
        let customer =
            shell.send(&["customer.add", "gen_info.pname=Jo", "gen_info.login=jo", "gen_info.passwd=@env:PW"]);
        shell.send(&["service-plan.add", "name=Basic"]);
        let space = shell.send(&[
            "webspace.add",
            "gen_setup.name=a.example",
            "gen_setup.owner-login=jo",
            "gen_setup.htype=none",
            "plan-name=Basic",
        ]);
        let packet = mistake.packet.replace("{customer}", &customer["id"].to_string());
        let packet = packet.replace("{site}", &space["id"].to_string());
        let mut bytes = packet.clone().into_bytes();
        if !packet.is_ascii() {
            // Latin-1, as an editor of another age writes it.
            bytes = packet.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
        }
        let mut repair = Repair { known: mistake.known, bytes, advice: Vec::new() };
        let mut is_valid = check(&shell, &repair.bytes).is_none();
        assert!(!is_valid, "{}: the packet is valid", mistake.name);
        for _ in 0..MAX_STEPS {
            let Some((path, message, position)) = check(&shell, &repair.bytes) else {
                is_valid = true;
                break;
            };
            repair.apply(&path, &message, position);
        }
        let packet = String::from_utf8_lossy(&repair.bytes).into_owned();
        let steps = repair.advice.join("\n  ");
        assert!(is_valid, "{}: still not valid after\n  {steps}\n{packet}", mistake.name);
        println!("{}:\n  {steps}", mistake.name);
        shell.write("repaired.xml", &packet);
        let sent = shell.run(&["send", "--xml", "repaired.xml", "--json"]);
        assert_eq!(status(&sent), 0, "{}: {sent:?}\n  {steps}\n{packet}", mistake.name);
        assert!(!results(&sent).is_empty(), "{}: {sent:?}", mistake.name);
    }
}

/// Returns the path, the message and the position of what the command wants changed first; `None` if nothing is.
fn check(shell: &Shell, packet: &[u8]) -> Option<(String, String, (usize, usize))> {
    let mut command = shell.command_without_server(&["check", "-", "--json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the command runs");
    child.stdin.take().expect("input").write_all(packet).expect("written");
    let output = child.wait_with_output().expect("the command ends");
    let report = results(&output).into_iter().next().expect("a report");
    let number = |value: &Value| value.as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or(1);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    if let Some(violation) = report["violations"].as_array().and_then(|all| all.first()) {
        let position = (number(&violation["line"]), number(&violation["column"]));
        return Some((text(&violation["path"]), text(&violation["message"]), position));
    }
    let note = report["notes"].as_array()?.iter().map(text).find(|note| note.contains("remove "))?;
    Some(("packet".to_owned(), note, (1, 1)))
}

/// A packet under repair.
struct Repair {
    known: &'static [(&'static str, &'static str)],
    bytes: Vec<u8>,
    /// The advice that was followed.
    advice: Vec<String>,
}

impl Repair {
    /// Does what a message says.
    fn apply(&mut self, path: &str, message: &str, position: (usize, usize)) {
        self.advice.push(format!("{path}: {message}"));
        let text = match String::from_utf8(self.bytes.clone()) {
            Ok(text) => text,
            Err(_) => {
                assert!(message.contains("save the file as UTF-8"), "{message}");
                self.bytes = self.bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes();
                return;
            }
        };
        let changed = match message.contains("not well-formed XML") || message.contains("remove xmlns") {
            true => change_text(&text, message, position),
            false => self.change_tree(&text, path, message),
        };
        assert_ne!(changed, text, "the advice changes nothing: {path}: {message}");
        self.bytes = changed.into_bytes();
    }

    fn change_tree(&self, text: &str, path: &str, message: &str) -> String {
        let mut root = Node::parse(text);
        let steps: Vec<(String, usize)> = path.split('/').map(step).collect();
        let (name, index) = steps.last().expect("a step").clone();
        let outer = &steps[..steps.len() - 1];
        if let Some(attribute) = between(message, "remove the attribute `", "`") {
            root.at(&steps).attributes.retain(|(name, _)| name != attribute);
        } else if message.contains("rename it") {
            root.name = between(message, "expected <", ">").expect("a name").to_owned();
        } else if let Some(new) = between(message, "use <", ">").or_else(|| between(message, "did you mean <", ">")) {
            root.at(&steps).name = new.to_owned();
        } else if let Some(value) = between(message, "did you mean '", "'") {
            root.at(&steps).text = value.to_owned();
        } else if let Some(missing) = between(message, "; <", "> is missing in ") {
            let parent = root.at(outer);
            let at = parent.position(&name, index);
            parent.children.insert(at, self.new_node(missing));
        } else if message.ends_with("is missing; add it") {
            let missing = between(message, "<", ">").expect("a name");
            root.at(&steps).children.push(self.new_node(missing));
        } else if let Some(first) = between(message, "; <", "> must come before it") {
            let parent = root.at(outer);
            let from = parent.position(first, 0);
            let moved = parent.children.remove(from);
            let to = parent.position(&name, index);
            parent.children.insert(to, moved);
        } else if let Some(later) = between(message, "move it before <", ">") {
            let parent = root.at(outer);
            let from = parent.position(&name, index);
            let moved = parent.children.remove(from);
            let to = parent.position(later, 0);
            parent.children.insert(to, moved);
        } else if let Some(place) = between(message, "it belongs in <", ">") {
            let parent = root.at(outer);
            let from = parent.position(&name, index);
            let moved = parent.children.remove(from);
            let ancestor = outer.iter().rposition(|(name, _)| name == place);
            match ancestor {
                Some(depth) => root.at(&steps[..=depth]).children.push(moved),
                None => {
                    let parent = root.at(outer);
                    match parent.children.iter_mut().find(|child| child.name == place) {
                        Some(holder) => holder.children.push(moved),
                        None => {
                            let holder = Node { name: place.to_owned(), children: vec![moved], ..Node::default() };
                            parent.children.insert(from, holder);
                        }
                    }
                }
            }
        } else if let Some(xml) = between(message, "write it as <", ">…") {
            // `<property><name>x</name><value>…`: the last element of the advice holds the value.
            let xml = format!("<{xml}>");
            let names: Vec<&str> = xml.split('<').filter_map(|part| part.split_once('>')).map(|(tag, _)| tag).collect();
            let parent = root.at(outer);
            let at = parent.position(&name, index);
            let text = std::mem::take(&mut parent.children[at].text);
            let pair = [(names[1], name.clone()), (names[3], text)];
            let children = pair.map(|(name, text)| Node { name: name.to_owned(), text, ..Node::default() });
            parent.children[at] = Node { name: names[0].to_owned(), children: children.into(), ..Node::default() };
        } else if let Some(xml) = between(message, "write it as an element: <", "…") {
            let attribute = between(xml, "<", ">").expect("a name");
            let element = root.at(&steps);
            let at = element.attributes.iter().position(|(name, _)| name == attribute).expect("the attribute");
            let (name, text) = element.attributes.remove(at);
            element.children.push(Node { name, text, ..Node::default() });
        } else if message.contains(" for each value") {
            let parent = root.at(outer);
            let at = parent.position(&name, index);
            let values = parent.children.remove(at).text;
            for value in values.split(',').rev() {
                parent.children.insert(at, Node { name: name.clone(), text: value.to_owned(), ..Node::default() });
            }
        } else if message.contains("inside of its operator") {
            let operation = std::mem::take(&mut root.children);
            root.children = vec![Node { name: self.value("operator"), children: operation, ..Node::default() }];
        } else if ["leave the element out", "remove it", "keep one", "only one is allowed"]
            .iter()
            .any(|advice| message.contains(advice))
        {
            let parent = root.at(outer);
            let at = parent.position(&name, index);
            parent.children.remove(at);
        } else if message.contains("write true or false") || message.contains("write it as YYYY-MM-DD") {
            root.at(&steps).text = self.value(&name);
        } else {
            panic!("there is nothing to do: {path}: {message}");
        }
        root.to_xml()
    }

    fn new_node(&self, name: &str) -> Node {
        let mut node = Node { name: name.to_owned(), ..Node::default() };
        match name {
            "dataset" => node.children.push(Node { name: "gen_info".to_owned(), ..Node::default() }),
            name => node.text = self.value(name),
        }
        node
    }

    /// Returns what the user knows about an element.
    fn value(&self, name: &str) -> String {
        let known = self.known.iter().find(|(known, _)| *known == name);
        known.unwrap_or_else(|| panic!("nobody knows <{name}>")).1.to_owned()
    }
}

/// Changes a document that cannot be read as a tree.
fn change_text(text: &str, message: &str, (line, column): (usize, usize)) -> String {
    let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let start = line_start + text[line_start..].char_indices().nth(column - 1).map_or(0, |(at, _)| at);
    if message.contains("remove the white space before <?xml") {
        return text.trim_start().to_owned();
    }
    if message.contains("remove the text before the first <") {
        return text[text.find('<').expect("markup")..].to_owned();
    }
    if let Some(name) = between(message, "expected </", ">") {
        return format!("{}</{name}>{}", &text[..start], &text[start..]);
    }
    if message.contains("remove xmlns") {
        let at = text.find(" xmlns=\"").expect("a namespace");
        let end = at + 8 + text[at + 8..].find('"').expect("an end") + 1;
        return format!("{}{}", &text[..at], &text[end..]);
    }
    let (wrong, right) = if message.contains("write &amp;") { ("&", "&amp;") } else { ("<", "&lt;") };
    assert!(message.contains(&format!("write {right}")), "{message}");
    let at = start + text[start..].find(wrong).expect("the character");
    format!("{}{right}{}", &text[..at], &text[at + 1..])
}

/// Returns the text between two others.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let from = text.find(start)? + start.len();
    Some(&text[from..from + text[from..].find(end)?])
}

/// Parses a step of a path, such as `id[2]`.
fn step(text: &str) -> (String, usize) {
    match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
        Some((name, number)) => (name.to_owned(), number.parse::<usize>().expect("a number") - 1),
        None => (text.to_owned(), 0),
    }
}

/// An element.
#[derive(Clone, Debug, Default)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn parse(text: &str) -> Self {
        fn convert(node: roxmltree::Node<'_, '_>) -> Node {
            let children: Vec<Node> = node.children().filter(|it| it.is_element()).map(convert).collect();
            Node {
                name: node.tag_name().name().to_owned(),
                attributes: node.attributes().map(|it| (it.name().to_owned(), it.value().to_owned())).collect(),
                text: if children.is_empty() { node.text().unwrap_or_default().to_owned() } else { String::new() },
                children,
            }
        }
        convert(roxmltree::Document::parse(text).expect("well-formed XML").root_element())
    }

    /// Returns the element at a path that begins with this one.
    fn at(&mut self, steps: &[(String, usize)]) -> &mut Self {
        steps[1..].iter().fold(self, |node, (name, index)| {
            let at = node.position(name, *index);
            &mut node.children[at]
        })
    }

    fn position(&self, name: &str, index: usize) -> usize {
        let mut named = self.children.iter().enumerate().filter(|(_, child)| child.name == name);
        named.nth(index).unwrap_or_else(|| panic!("no <{name}> in <{}>", self.name)).0
    }

    fn to_xml(&self) -> String {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let attributes: String =
            self.attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
        let children: String = self.children.iter().map(Self::to_xml).collect();
        format!("<{0}{attributes}>{1}{children}</{0}>", self.name, escape(&self.text))
    }
}
