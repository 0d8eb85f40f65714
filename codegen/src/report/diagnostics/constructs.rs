//! From the path of a construct, `ship/hull/@name`, to the elements of XSD that declare it.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use crate::load::XSD;

/// What can be declared at the top level, under a name.
const DECLARATIONS: &[&str] = &["complexType", "element", "group", "simpleType"];

/// Content models are followed this deep.
const MAX_DEPTH: usize = 200;

/// An element of XSD in its file.
pub(super) type FileNode<'t> = (&'t str, Node<'t, 't>);

/// The files that are XML, by name.
pub(super) struct Documents<'t>(BTreeMap<&'t str, Document<'t>>);

impl<'t> Documents<'t> {
    pub(super) fn of(texts: &'t BTreeMap<String, String>) -> Self {
        let parse = |(name, text): (&'t String, &'t String)| Some((name.as_str(), Document::parse(text).ok()?));
        Self(texts.iter().filter_map(parse).collect())
    }

    /// The text of a file that is XML.
    pub(super) fn text(&'t self, file: &str) -> &'t str {
        self.0.get(file).map_or("", Document::input_text)
    }

    /// The root of a file that is XML.
    pub(super) fn root(&'t self, file: &str) -> Option<FileNode<'t>> {
        self.0.get_key_value(file).map(|(name, document)| (*name, document.root_element()))
    }

    /// The elements of these kinds at the top level of all files, those of `file` first.
    pub(super) fn top(&'t self, file: &str, kinds: &[&str]) -> Vec<FileNode<'t>> {
        let own = self.0.get_key_value(file).into_iter();
        let all = own.chain(self.0.iter().filter(|(name, _)| **name != file));
        let nodes = all.flat_map(|(name, document)| document.root_element().children().map(|node| (*name, node)));
        nodes.filter(|(_, node)| is_any(*node, kinds)).collect()
    }

    fn declared(&'t self, file: &str, kinds: &[&str], name: &str) -> Vec<FileNode<'t>> {
        let mut found = self.top(file, kinds);
        found.retain(|(_, node)| node.attribute("name") == Some(name));
        found
    }

    /// The declarations of `construct`, which `file` is said to hold, or of what of it can be found: in the order in
    /// which they stand, those that are most of it first.
    pub(super) fn construct(&'t self, file: &str, construct: &str) -> Vec<FileNode<'t>> {
        let kind = construct.strip_prefix("a top-level ").unwrap_or(construct).strip_prefix("xs:");
        if let Some(kind) = kind.filter(|kind| *kind != "schema") {
            return self.top(file, &[kind]);
        }
        let mut steps = construct.split('/');
        let name = steps.next().unwrap_or_default();
        let mut best = (0, Vec::new());
        for start in self.declared(file, DECLARATIONS, name) {
            let mut here = vec![start];
            let mut found = 1;
            for step in steps.clone() {
                let next: Vec<_> = here.iter().flat_map(|at| self.step(*at, step)).collect();
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

    /// The declarations that one step from `at` leads to.
    fn step(&'t self, at: FileNode<'t>, step: &str) -> Vec<FileNode<'t>> {
        let (kind, name) = match step.strip_prefix('@') {
            Some(attribute) => ("attribute", attribute),
            // A part of a type, or what the absence of an element means.
            None => ("element", step.trim_start_matches('(').trim_end_matches(')')),
        };
        let mut inside = self.inside(at);
        let mut seen = BTreeSet::new();
        loop {
            let found = inside.iter().filter(|(_, node)| is_any(*node, &[kind]));
            let found: Vec<_> = found.flat_map(|it| self.named(*it, kind, name)).collect();
            if !found.is_empty() {
                return found;
            }
            // It may be inherited, or that of a named type.
            inside = inside.iter().chain([&at]).flat_map(|(file, node)| self.base(file, *node)).collect();
            inside.retain(|(file, node)| seen.insert((*file, node.range().start)));
            inside = inside.into_iter().flat_map(|base| self.inside(base)).collect();
            if inside.is_empty() {
                return self.unnamed(at, step).into_iter().collect();
            }
        }
    }

    /// What an element or attribute called `name` is declared by, if `at` is one.
    fn named(&'t self, at: FileNode<'t>, kind: &str, name: &str) -> Vec<FileNode<'t>> {
        let (file, node) = at;
        if node.attribute("name") == Some(name) {
            return vec![at];
        }
        let refers = node.attribute("ref").is_some_and(|reference| refers_to(reference, name));
        if refers { self.declared(file, &[kind], name) } else { Vec::new() }
    }

    /// The type that a declaration is of, or derived from.
    fn base(&'t self, file: &str, node: Node<'t, 't>) -> Vec<FileNode<'t>> {
        let name = if is_any(node, &["element"]) { node.attribute("type") } else { node.attribute("base") };
        let local = name.map(|name| name.rsplit(':').next().unwrap_or(name));
        local.map_or_else(Vec::new, |name| self.declared(file, &["complexType", "simpleType"], name))
    }

    /// The part of a simple type that has no name: the items of a list, the second member of a union.
    fn unnamed(&'t self, (file, node): FileNode<'t>, step: &str) -> Option<FileNode<'t>> {
        let nth = match step.strip_prefix("member") {
            Some(nth) => nth.parse::<usize>().ok()?.checked_sub(1)?,
            None if matches!(step, "item" | "base") => 0,
            None => return None,
        };
        let around = node.descendants().find(|it| is_any(*it, &["list", "restriction", "union"]))?;
        let inner = around.children().filter(|it| is_any(*it, &["simpleType"])).nth(nth)?;
        Some((file, inner))
    }

    /// What stands within `at`, named groups included, but not what stands within elements in it.
    pub(super) fn inside(&'t self, at: FileNode<'t>) -> Vec<FileNode<'t>> {
        let mut found = Vec::new();
        self.add_inside(at, &mut found, &mut BTreeSet::new(), 0);
        found
    }

    fn add_inside(
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
            self.add_inside((file, child), found, groups, depth + 1);
            let reference = child.attribute("ref").filter(|_| is_any(child, &["group"]));
            let Some(name) = reference.map(|name| name.rsplit(':').next().unwrap_or(name)) else { continue };
            if groups.insert(name.to_owned()) {
                for group in self.declared(file, &["group"], name) {
                    self.add_inside(group, found, groups, depth + 1);
                }
            }
        }
    }
}

/// Whether an element is one of XSD's, of one of these kinds.
pub(super) fn is_any(node: Node<'_, '_>, kinds: &[&str]) -> bool {
    node.tag_name().namespace() == Some(XSD) && kinds.contains(&node.tag_name().name())
}

/// Whether the qualified name `reference` can be one of `name`, which is local, or as written.
pub(super) fn refers_to(reference: &str, name: &str) -> bool {
    let reference = reference.trim();
    reference == name || reference.rsplit(':').next() == Some(name)
}
