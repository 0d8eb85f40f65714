//! Finds the XSD elements that declare a construct, given its path, such as `ship/hull/@name`.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use crate::load::XSD;

/// The named top-level declarations.
const DECLARATIONS: &[&str] = &["complexType", "element", "group", "simpleType"];

/// The maximum depth to which content models are followed.
const MAX_DEPTH: usize = 200;

/// An XSD element and the name of its file.
pub(super) type FileNode<'t> = (&'t str, Node<'t, 't>);

/// The parsed schema files, by name. Files that are not well-formed are absent.
pub(super) struct Documents<'t>(BTreeMap<&'t str, Document<'t>>);

impl<'t> Documents<'t> {
    pub(super) fn of(texts: &'t BTreeMap<String, String>) -> Self {
        let parse = |(name, text): (&'t String, &'t String)| Some((name.as_str(), Document::parse(text).ok()?));
        Self(texts.iter().filter_map(parse).collect())
    }

    /// Returns the text of a file; empty if the file is not well-formed.
    pub(super) fn text(&'t self, file: &str) -> &'t str {
        self.0.get(file).map_or("", Document::input_text)
    }

    /// Returns the root element of a file, if the file is well-formed.
    pub(super) fn root(&'t self, file: &str) -> Option<FileNode<'t>> {
        self.0.get_key_value(file).map(|(name, document)| (*name, document.root_element()))
    }

    /// Returns the top-level elements of these kinds in all files; those in `file` are first.
    pub(super) fn top_level(&'t self, file: &str, kinds: &[&str]) -> Vec<FileNode<'t>> {
        let own = self.0.get_key_value(file).into_iter();
        let all = own.chain(self.0.iter().filter(|(name, _)| **name != file));
        let nodes = all.flat_map(|(name, document)| document.root_element().children().map(|node| (*name, node)));
        nodes.filter(|(_, node)| is_any(*node, kinds)).collect()
    }

    fn declared(&'t self, file: &str, kinds: &[&str], name: &str) -> Vec<FileNode<'t>> {
        let mut found = self.top_level(file, kinds);
        found.retain(|(_, node)| node.attribute("name") == Some(name));
        found
    }

    /// Returns the declarations of `construct`, in the order of the file. `file` should contain it. If only a part of the
    /// path can be resolved, returns the declarations for the longest part.
    pub(super) fn find_construct(&'t self, file: &str, construct: &str) -> Vec<FileNode<'t>> {
        let kind = construct.strip_prefix("a top-level ").unwrap_or(construct).strip_prefix("xs:");
        if let Some(kind) = kind.filter(|kind| *kind != "schema") {
            return self.top_level(file, &[kind]);
        }
        let mut segments = construct.split('/');
        let name = segments.next().unwrap_or_default();
        let mut best = (0, Vec::new());
        for start in self.declared(file, DECLARATIONS, name) {
            let mut here = vec![start];
            let mut found = 1;
            for segment in segments.clone() {
                let next: Vec<_> = here.iter().flat_map(|at| self.follow_segment(*at, segment)).collect();
                if !next.is_empty() {
                    here = next;
                    found += 1;
                }
            }
            match found.cmp(&best.0) {
                std::cmp::Ordering::Greater => best = (found, here),
                std::cmp::Ordering::Equal => best.1.extend(here),
                std::cmp::Ordering::Less => {}
            }
        }
        if best.1.is_empty() {
            best.1.extend(self.root(file));
        }
        best.1
    }

    /// Returns the declarations for one segment of a path, starting at `at`.
    fn follow_segment(&'t self, at: FileNode<'t>, segment: &str) -> Vec<FileNode<'t>> {
        let (kind, name) = match segment.strip_prefix('@') {
            Some(attribute) => ("attribute", attribute),
            // A part of a type, or an optional element that is a selector.
            None => ("element", segment.trim_start_matches('(').trim_end_matches(')')),
        };
        let mut contents = self.contents_of(at);
        let mut seen = BTreeSet::new();
        loop {
            let found = contents.iter().filter(|(_, node)| is_any(*node, &[kind]));
            let found: Vec<_> = found.flat_map(|it| self.resolve_named(*it, kind, name)).collect();
            if !found.is_empty() {
                return found;
            }
            // It may be inherited, or declared by a named type.
            contents =
                contents.iter().chain([&at]).flat_map(|(file, node)| self.referenced_type(file, *node)).collect();
            contents.retain(|(file, node)| seen.insert((*file, node.range().start)));
            contents = contents.into_iter().flat_map(|base| self.contents_of(base)).collect();
            if contents.is_empty() {
                return self.anonymous_part(at, segment).into_iter().collect();
            }
        }
    }

    /// Returns the declarations of the element or attribute `at`, if its name is `name`.
    fn resolve_named(&'t self, at: FileNode<'t>, kind: &str, name: &str) -> Vec<FileNode<'t>> {
        let (file, node) = at;
        if node.attribute("name") == Some(name) {
            return vec![at];
        }
        let refers = node.attribute("ref").is_some_and(|reference| refers_to(reference, name));
        if refers { self.declared(file, &[kind], name) } else { Vec::new() }
    }

    /// Returns the declared type of an element, or the base type of a derivation.
    fn referenced_type(&'t self, file: &str, node: Node<'t, 't>) -> Vec<FileNode<'t>> {
        let name = if is_any(node, &["element"]) { node.attribute("type") } else { node.attribute("base") };
        let local = name.map(|name| name.rsplit(':').next().unwrap_or(name));
        local.map_or_else(Vec::new, |name| self.declared(file, &["complexType", "simpleType"], name))
    }

    /// Returns an anonymous part of a simple type: the item type of a list, or a member type of a union.
    fn anonymous_part(&'t self, (file, node): FileNode<'t>, segment: &str) -> Option<FileNode<'t>> {
        let nth = match segment.strip_prefix("member") {
            Some(nth) => nth.parse::<usize>().ok()?.checked_sub(1)?,
            None if matches!(segment, "item" | "base") => 0,
            None => return None,
        };
        let outer = node.descendants().find(|it| is_any(*it, &["list", "restriction", "union"]))?;
        let inner = outer.children().filter(|it| is_any(*it, &["simpleType"])).nth(nth)?;
        Some((file, inner))
    }

    /// Returns everything within `at`, including named groups, but not the content of nested elements.
    pub(super) fn contents_of(&'t self, at: FileNode<'t>) -> Vec<FileNode<'t>> {
        let mut found = Vec::new();
        self.add_contents(at, &mut found, &mut BTreeSet::new(), 0);
        found
    }

    fn add_contents(
        &'t self,
        (file, node): FileNode<'t>,
        found: &mut Vec<FileNode<'t>>,
        groups: &mut BTreeSet<String>,
        depth: usize,
    ) {
        for child in node.children().filter(|it| it.tag_name().namespace() == Some(XSD)) {
            found.push((file, child));
            if depth == MAX_DEPTH || is_any(child, &["annotation", "element"]) {
                continue;
            }
            self.add_contents((file, child), found, groups, depth + 1);
            let reference = child.attribute("ref").filter(|_| is_any(child, &["group"]));
            let Some(name) = reference.map(|name| name.rsplit(':').next().unwrap_or(name)) else { continue };
            if groups.insert(name.to_owned()) {
                for group in self.declared(file, &["group"], name) {
                    self.add_contents(group, found, groups, depth + 1);
                }
            }
        }
    }
}

/// Returns `true` for an XSD element of one of these kinds.
pub(super) fn is_any(node: Node<'_, '_>, kinds: &[&str]) -> bool {
    node.tag_name().namespace() == Some(XSD) && kinds.contains(&node.tag_name().name())
}

/// Returns `true` if the qualified name `reference` can refer to `name`, a local name or one as written.
pub(super) fn refers_to(reference: &str, name: &str) -> bool {
    let reference = reference.trim();
    reference == name || reference.rsplit(':').next() == Some(name)
}
