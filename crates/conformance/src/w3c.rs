//! Runs the parts of NIST and Microsoft of the W3C's test suite for XML Schema (github.com/w3c/xsdtests).
//!
//! A wrong verdict is a schema or a document that we accept although it is invalid, or a document that we refuse although
//! it is valid. A schema that the generator rejects is no wrong verdict: it says what it does not support.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use plesk_codegen::config::Config;
use plesk_codegen::model::{MemberKind, Model};
use plesk_codegen::{Schemas, generate, read};
use regex::{Captures, Regex};
use roxmltree::{Document, Node};
use tempfile::TempDir;

use crate::emitted::{Module, OurVerdict, verdicts};

/// The result of one part of the suite.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The name of the part.
    pub name: &'static str,
    /// The number of schemas that were accepted.
    pub accepted: usize,
    /// The number of schemas that were rejected because of namespaces.
    pub with_namespaces: usize,
    /// The number of schemas that were rejected for another reason.
    pub rejected: usize,
    /// The number of documents of accepted schemas.
    pub documents: usize,
    /// The valid documents that are refused because of `xsi:type`, which is not supported, or of a limit.
    pub refused: Vec<String>,
    /// The invalid documents that are accepted because only a rule between values or a declaration for an element of a
    /// wildcard forbids them. XSD.md says that neither is checked.
    pub unchecked: Vec<String>,
    /// The verdicts that differ from those of the suite, of which the W3C doubts the latter ("queried"), or which follow from
    /// a later edition of XML.
    pub disputed: Vec<String>,
    /// The wrong verdicts.
    pub wrong: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, accepted, with_namespaces, rejected, documents, .. } = self;
        write!(
            f,
            "{name}: {accepted} schemas accepted, {with_namespaces} rejected for namespaces, {rejected} rejected for other \
             reasons; {documents} documents, of which {} refused by name, {} with unchecked rules; {} disputed verdicts; {} wrong \
             verdicts",
            self.refused.len(),
            self.unchecked.len(),
            self.disputed.len(),
            self.wrong.len()
        )
    }
}

impl Report {
    /// Counts a schema that the generator rejects.
    fn reject(&mut self, message: &str) {
        let is_about_namespaces = ["target namespace", "xs:import"].iter().any(|words| message.contains(words));
        *(if is_about_namespaces { &mut self.with_namespaces } else { &mut self.rejected }) += 1;
    }

    /// Counts a verdict on a document of a schema that differs from the one expected.
    fn differ(&mut self, expected: Verdict, ours: &OurVerdict, schema: &str, document: String) {
        let limits_ids =
            ["ID\"", "IDREF\"", "IDREFS\"", "ID'", "IDREF'", "IDREFS'"].iter().any(|it| schema.contains(it));
        let has_lax_wildcard = schema.contains("any ") && schema.contains("lax");
        let is_refused = ["xsi:type", "than the limit"].iter().any(|words| ours.message.contains(words));
        let list = match ours.is_valid {
            _ if expected.is_disputed => &mut self.disputed,
            true if limits_ids || has_lax_wildcard => &mut self.unchecked,
            false if is_refused => &mut self.refused,
            _ => &mut self.wrong,
        };
        list.push(format!("{document}: {}", ours.message));
    }
}

fn config() -> Config {
    Config { title: "W3C", runtime: "plesk_wire", roots: ("request", "response"), ..Config::default() }
}

fn schemas<'a>(directory: &'a Path, file: &'a str) -> Schemas<'a> {
    Schemas { directory, protocol: "1", request: file, response: file }
}

/// Returns the model of the schemas, or the reason why they cannot be emitted.
fn accept(directory: &Path, file: &str) -> Result<Model, String> {
    let out = TempDir::new().map_err(|e| e.to_string())?;
    generate(&schemas(directory, file), &config(), out.path(), true).map_err(|error| error.to_string())?;
    Ok(read(&schemas(directory, file), &config()).map_err(|error| error.to_string())?.model)
}

fn read_text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Returns the files in a directory and those below it, in order.
fn files(directory: &Path) -> Result<Vec<PathBuf>, String> {
    let fail = |e: std::io::Error| format!("{}: {e}", directory.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

/// Runs the part of NIST, which is about simple types.
///
/// Every schema has a namespace of its own, which says nothing, and a root element with text. Both are not supported, so
/// the namespace is removed and the text is put into an element.
///
/// # Errors
/// If the files cannot be read.
pub fn run_nist(directory: &Path) -> Result<Report, String> {
    let mut report = Report { name: "NIST", ..Report::default() };
    let mut documents: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let mut found = Vec::new();
    for path in files(&directory.join("nistData"))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("xsd") => found.push((name, path)),
            Some("xml") => {
                // NISTXML-SV-IV-atomic-ID-length-1-2 is the second document of NISTSchema-SV-IV-atomic-ID-length-1.
                let (schema, _) = name.rsplit_once('-').unwrap_or((&name, ""));
                documents.entry(schema.replacen("NISTXML", "NISTSchema", 1)).or_default().push(path);
            }
            _ => {}
        }
    }
    for (name, path) in found {
        let text = read_text(&path)?;
        let folder = TempDir::new().map_err(|e| e.to_string())?;
        let adapted = adapt_schema(&text, &name).ok_or_else(|| format!("{name}: not in the form of the suite"))?;
        fs::write(folder.path().join("request.xsd"), adapted).map_err(|e| e.to_string())?;
        let model = match accept(folder.path(), "request.xsd") {
            Ok(model) => model,
            Err(message) => {
                report.reject(&message);
                continue;
            }
        };
        report.accepted += 1;
        let simple = model.types.iter().flat_map(|ty| ty.members()).find_map(|member| match member.kind {
            MemberKind::Text { simple, .. } => Some(simple),
            _ => None,
        });
        let simple = simple.ok_or_else(|| format!("{name}: no element with text"))?;
        for path in documents.get(&name).into_iter().flatten() {
            let document = read_text(path)?;
            let document = Document::parse(&document).map_err(|e| format!("{}: {e}", path.display()))?;
            // Some documents have an element around the tested one.
            let tested = document.descendants().find(|node| node.tag_name().name() == name);
            let text = tested.and_then(|node| node.text()).unwrap_or_default();
            let is_valid = name.contains("-SV-IV-");
            let verdict = model.check_text(simple, text);
            report.documents += 1;
            if verdict.is_ok() != is_valid {
                report.wrong.push(format!("{}: {verdict:?}", path.display()));
            }
        }
    }
    Ok(report)
}

/// Returns a schema of NIST without its namespace, and with the text of the root element in an element.
fn adapt_schema(schema: &str, name: &str) -> Option<String> {
    let namespace = format!("{name}-NS");
    let schema = if schema.contains("<xs:schema") { schema.to_owned() } else { add_prefixes(schema)? };
    let schema = schema.replace(&format!("targetNamespace=\"{namespace}\""), "");
    let schema = schema.replace(&format!("xmlns=\"{namespace}\""), "");
    let start = schema.find(&format!("<xs:element name=\"{name}\""))?;
    let end = start + schema[start..].find("/>")? + 2;
    let inner = schema[start..end].replacen(&format!("name=\"{name}\""), "name=\"value\"", 1);
    let root = format!(
        "<xs:element name=\"root\"><xs:complexType><xs:sequence>{inner}</xs:sequence></xs:complexType></xs:element>"
    );
    Some(format!("{}{root}{}", &schema[..start], &schema[end..]))
}

/// Returns a schema whose default namespace is that of XML Schema with the prefix `xs` instead, and without the prefix `nist`
/// and the element around the tested one.
fn add_prefixes(schema: &str) -> Option<String> {
    let replace =
        |pattern: &str, text: &str, by: &str| Some(Regex::new(pattern).ok()?.replace_all(text, by).into_owned());
    let text = replace(r#"(?s)<element name="out">.*?</element>"#, schema, "")?;
    let text = replace(r#"xmlns:nist="[^"]*""#, &text, "")?;
    let text =
        text.replace("xmlns=\"http://www.w3.org/2001/XMLSchema\"", "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"");
    let text = replace(r"<(/?)([a-zA-Z])", &text, "<${1}xs:$2")?;
    let references = Regex::new(r#"\b(base|type|itemType|memberTypes)="([^"]*)""#).ok()?;
    let prefix = |name: &str| name.strip_prefix("nist:").map_or_else(|| format!("xs:{name}"), str::to_owned);
    let text = references.replace_all(&text, |found: &Captures<'_>| {
        let names: Vec<String> = found[2].split_whitespace().map(prefix).collect();
        format!("{}=\"{}\"", &found[1], names.join(" "))
    });
    Some(text.into_owned())
}

/// A group of tests of Microsoft: a schema, its expected verdict, and documents with theirs.
struct Group {
    name: String,
    schema: PathBuf,
    expected: Verdict,
    documents: Vec<(PathBuf, Verdict)>,
}

/// The verdict that the suite expects.
#[derive(Clone, Copy)]
struct Verdict {
    is_valid: bool,
    /// `true` if the W3C doubts it, or if it follows from a later edition of XML.
    is_disputed: bool,
}

/// Runs the part of Microsoft: schemas of every kind, valid and invalid ones.
///
/// # Errors
/// If the files cannot be read, or the accepted schemas do not compile.
pub fn run_microsoft(directory: &Path) -> Result<Report, String> {
    let mut report = Report { name: "Microsoft", ..Report::default() };
    let mut accepted = Vec::new();
    for path in files(&directory.join("msMeta"))? {
        if path.extension().is_none_or(|extension| extension != "xml") {
            continue;
        }
        for group in groups(&path)? {
            let folder = group.schema.parent().unwrap_or(directory).to_owned();
            let file = group.schema.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match accept(&folder, &file) {
                Err(message) => report.reject(&message),
                Ok(model) => {
                    report.accepted += 1;
                    if !group.expected.is_valid {
                        let list = if group.expected.is_disputed { &mut report.disputed } else { &mut report.wrong };
                        list.push(format!("{}: the schema is invalid", group.schema.display()));
                    }
                    let roots: Vec<String> = model.roots.into_iter().map(|root| root.name).collect();
                    accepted.push((group, folder, file, roots));
                }
            }
        }
    }
    let mut samples = Vec::new();
    for (at, (group, folder, file, roots)) in
        accepted.iter().enumerate().filter(|(_, (group, ..))| group.expected.is_valid)
    {
        let mut documents = Vec::new();
        for (path, expected) in &group.documents {
            let Ok(text) = fs::read_to_string(path) else { continue };
            let root = Document::parse(&text).ok().map(|it| it.root_element().tag_name().name().to_owned());
            // A document with another root element needs no emitted code to be refused.
            if let Some(root) = root.filter(|root| roots.contains(root)) {
                documents.push((path.display().to_string(), root, text, *expected));
            }
        }
        if !documents.is_empty() {
            samples.push((format!("m{at}"), folder, file, roots, documents, group));
        }
    }
    // A single crate with all of them would need too much memory.
    for samples in samples.chunks(300) {
        let modules: Vec<Module<'_>> = samples
            .iter()
            .map(|(name, folder, file, roots, documents, _)| Module {
                name,
                schemas: schemas(folder, file),
                roots,
                documents: documents.iter().map(|(_, root, text, _)| (root.as_str(), text.as_str())).collect(),
            })
            .collect();
        let ours = verdicts("w3c", &modules, &config())?;
        for ((.., documents, group), ours) in samples.iter().zip(&ours) {
            for ((path, _, _, expected), ours) in documents.iter().zip(ours) {
                report.documents += 1;
                if ours.is_valid != expected.is_valid {
                    let schema = fs::read_to_string(&group.schema).unwrap_or_default();
                    report.differ(*expected, ours, &schema, format!("{}: {path}", group.name));
                }
            }
        }
    }
    Ok(report)
}

/// Returns the groups of a test set that have one schema document.
fn groups(path: &Path) -> Result<Vec<Group>, String> {
    let text = read_text(path)?;
    let set = Document::parse(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let folder = path.parent().unwrap_or(path);
    let file = |node: Node<'_, '_>, element: &str| {
        let document = node
            .children()
            .find(|child| child.has_tag_name(("http://www.w3.org/XML/2004/xml-schema-test-suite/", element)));
        let href = document?.attribute(("http://www.w3.org/1999/xlink", "href"))?;
        Some(folder.join(href))
    };
    let verdict = |node: Node<'_, '_>| {
        // Some verdicts depend on the version of XML Schema, or on that of Unicode.
        let is_of_version = |it: &Node<'_, '_>| !matches!(it.attribute("version"), Some("1.1" | "Unicode_4.0.0"));
        let named = |name: &'static str| node.children().filter(move |child| child.tag_name().name() == name);
        let is_valid = match named("expected").find(is_of_version)?.attribute("validity")? {
            "valid" => true,
            "invalid" => false,
            _ => return None,
        };
        // The names of the fifth edition of XML 1.0 have more characters than those of the second, to which XML Schema refers.
        let is_of_edition = |it: Node<'_, '_>| {
            it.descendants().any(|inner| inner.text().is_some_and(|text| text.contains("5th edition")))
        };
        let is_disputed = named("current").any(|it| it.attribute("status") == Some("queried") || is_of_edition(it));
        Some(Verdict { is_valid, is_disputed })
    };
    let mut found = Vec::new();
    for group in set.descendants().filter(|node| node.tag_name().name() == "testGroup") {
        let tests = |kind: &'static str| group.children().filter(move |child| child.tag_name().name() == kind);
        let Some(schema_test) = tests("schemaTest").next() else { continue };
        let count = schema_test.children().filter(|child| child.tag_name().name() == "schemaDocument").count();
        let (Some(schema), Some(expected), 1) = (file(schema_test, "schemaDocument"), verdict(schema_test), count)
        else {
            continue;
        };
        let documents =
            tests("instanceTest").filter_map(|test| Some((file(test, "instanceDocument")?, verdict(test)?)));
        found.push(Group {
            name: group.attribute("name").unwrap_or_default().to_owned(),
            schema,
            expected,
            documents: documents.collect(),
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adapt_schema_removes_the_namespace_and_wraps_the_text() {
        let schema =
            r#"<xs:schema xmlns="A-NS" targetNamespace="A-NS"><xs:element name="A" type="A-Type"/></xs:schema>"#;
        let expected = r#"<xs:schema  ><xs:element name="root"><xs:complexType><xs:sequence><xs:element name="value" type="A-Type"/></xs:sequence></xs:complexType></xs:element></xs:schema>"#;
        assert_eq!(adapt_schema(schema, "A").as_deref(), Some(expected));
        assert_eq!(adapt_schema("<xs:schema/>", "A"), None);
        let schema = r#"<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:nist="A-NS" targetNamespace="A-NS"><element name="A"
            type="nist:T"/><simpleType name="T"><list itemType="ID"/></simpleType><element name="out"><any/></element></schema>"#;
        let adapted = adapt_schema(schema, "A").expect("a schema");
        for expected in [r#"<xs:element name="value""#, r#" type="T"/>"#, r#"<xs:list itemType="xs:ID"/>"#] {
            assert!(adapted.contains(expected), "no {expected} in {adapted}");
        }
        assert!(!adapted.contains("nist") && !adapted.contains("out"), "{adapted}");
    }

    #[test]
    fn groups_are_read_with_their_verdicts() {
        let folder = TempDir::new().expect("a directory");
        let path = folder.path().join("set.xml");
        let text = r#"<testSet xmlns="http://www.w3.org/XML/2004/xml-schema-test-suite/" xmlns:x="http://www.w3.org/1999/xlink">
            <testGroup name="g"><schemaTest name="s"><schemaDocument x:href="s.xsd"/><expected validity="valid"/></schemaTest>
            <instanceTest name="i"><instanceDocument x:href="i.xml"/><expected validity="valid" version="1.1"/>
            <expected validity="invalid" version="1.0"/><current status="queried"/></instanceTest></testGroup>
            <testGroup name="h"><schemaTest name="t"><schemaDocument x:href="t.xsd"/><expected validity="notKnown"/></schemaTest>
            </testGroup></testSet>"#;
        fs::write(&path, text).expect("a file");
        let found = groups(&path).expect("a test set");
        assert_eq!(found.len(), 1);
        assert!(found[0].expected.is_valid && !found[0].expected.is_disputed && found[0].schema.ends_with("s.xsd"));
        let [(path, expected)] = &found[0].documents[..] else { panic!("not one document") };
        assert!(path.ends_with("i.xml") && !expected.is_valid && expected.is_disputed);
    }
}
