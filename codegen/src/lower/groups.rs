//! Lowers model groups to particles: sequences, choices, `xs:all`, references to named groups, and wildcards.

use super::declarations::{documentation, resolve};
use super::particle::{Element, Particle, Term, occurs};
use super::{Lowerer, ReferenceKind};
use crate::error::{Problem, SpanHint};
use crate::load::syntax;
use crate::model::Occurs;

/// The maximum number of group references within one group, including nested ones.
const MAX_GROUPS: usize = 1000;

impl<'a> Lowerer<'a> {
    /// Lowers a model group and its children.
    pub(super) fn lower_group(
        &mut self,
        node: &'a syntax::GroupType,
        term: fn(Vec<Particle<'a>>) -> Term<'a>,
        file: &'a str,
        path: &str,
    ) -> Particle<'a> {
        let mut items = Vec::new();
        let mut docs = Vec::new();
        for child in &node.content {
            use syntax::GroupTypeContent as Child;
            match child {
                Child::Annotation(annotation) => docs.push(annotation),
                Child::Element(element) => {
                    let occurs =
                        self.check_occurs(element.min_occurs, element.max_occurs, file, || match &element.name {
                            Some(name) => format!("{path}/{name}"),
                            None => path.to_owned(),
                        });
                    let element = Element { node: element, file, path: path.to_owned() };
                    items.push(Particle { term: Term::Element(element), occurs, doc: String::new() });
                }
                Child::Sequence(group) => items.push(self.lower_group(group, Term::Sequence, file, path)),
                Child::Choice(group) => items.push(self.lower_group(group, Term::Choice, file, path)),
                Child::All(group) => items.push(self.lower_group(group, Term::All, file, path)),
                Child::Group(group) => items.extend(self.lower_group_reference(group, file, path)),
                Child::Any(any) => items.push(self.lower_wildcard(any, file, path)),
            }
        }
        let doc = documentation(docs);
        let occurs = self.check_occurs(node.min_occurs, node.max_occurs, file, || path.to_owned());
        Particle { term: term(items), occurs, doc }
    }

    /// Returns the bounds of a particle; reports them if the minimum exceeds the maximum.
    fn check_occurs(
        &mut self,
        min: usize,
        max: crate::load::MaxOccurs,
        file: &str,
        construct: impl FnOnce() -> String,
    ) -> Occurs {
        let occurs = occurs(min, max);
        if occurs.max.is_some_and(|max| max < min) {
            let span = SpanHint::Occurs(min, occurs.max.unwrap_or_default());
            let problem = Problem::new(file, construct(), "minOccurs is greater than maxOccurs").at(span);
            self.report(problem.advice("correct one of them; the default of both is 1"));
        }
        occurs
    }

    /// Lowers `xs:any`.
    fn lower_wildcard(&mut self, any: &syntax::Any, file: &str, path: &str) -> Particle<'a> {
        let is_supported = any.namespace.as_ref().is_none_or(allows_no_namespace)
            && any.not_namespace.is_none()
            && any.not_q_name.is_none();
        if !is_supported || any.process_contents == syntax::ProcessContentsType::Strict {
            let message = "this xs:any is not supported";
            let advice = "allow any namespace or none, and set processContents to lax or skip";
            self.report(Problem::new(file, path, message).at(SpanHint::Xsd(&["any"])).advice(advice));
        }
        let occurs = self.check_occurs(any.min_occurs, any.max_occurs, file, || path.to_owned());
        Particle { term: Term::Any, occurs, doc: documentation(&any.annotation) }
    }

    /// Returns the number of nested group references that are being resolved.
    fn depth_of_groups(&self) -> usize {
        self.resolving.iter().filter(|(kind, _)| *kind == ReferenceKind::Group).count()
    }

    /// Lowers `<xs:group ref="…"/>`.
    pub(super) fn lower_group_reference(
        &mut self,
        node: &'a syntax::GroupType,
        file: &'a str,
        path: &str,
    ) -> Option<Particle<'a>> {
        let Some(reference) = &node.ref_ else {
            let problem = Problem::new(file, path, "an xs:group without `ref` is only allowed at the top level");
            self.report(problem.at(SpanHint::Xsd(&["group"])).advice("give it a `ref`"));
            self.gaps += 1;
            return None;
        };
        let (_, name) = resolve(reference);
        let Some(declared) = self.declarations.groups.get(name.as_str()).copied() else {
            self.report_undeclared("ref", &name, file, path, format!("the group {name} is not declared"));
            return None;
        };
        let reference = (ReferenceKind::Group, name);
        if self.resolving.contains(&reference) {
            self.gaps += 1;
            let holder = self.resolving.last().map_or(path, |(_, name)| name);
            let problem = Problem::new(file, path, format!("the group {} contains itself", reference.1))
                .shown_at(file, holder)
                .at(SpanHint::Reference(reference.1.clone()))
                .label("this refers back to it")
                .related(declared.file, &reference.1, SpanHint::TopLevel(&["group"], 0), "the group")
                .advice("replace the inner reference by an element of a named type");
            self.report(problem);
            return None;
        }
        // Groups that each refer to the next one twice grow exponentially and would exhaust the memory.
        self.nested_groups = if self.depth_of_groups() == 0 { 0 } else { self.nested_groups + 1 };
        if self.nested_groups > MAX_GROUPS {
            self.gaps += 1;
            let message = format!("the group {} is nested in a group with more than {MAX_GROUPS} groups", reference.1);
            let problem = Problem::new(file, path, message).at(SpanHint::Reference(reference.1));
            self.report(
                problem
                    .consequence()
                    .advice("refer to fewer groups, or replace some of them by elements of named types"),
            );
            return None;
        }
        self.resolving.push(reference);
        let particle = declared.node.content.iter().find_map(|child| match child {
            syntax::GroupTypeContent::Sequence(group) => {
                Some(self.lower_group(group, Term::Sequence, declared.file, path))
            }
            syntax::GroupTypeContent::Choice(group) => Some(self.lower_group(group, Term::Choice, declared.file, path)),
            syntax::GroupTypeContent::All(group) => Some(self.lower_group(group, Term::All, declared.file, path)),
            _ => None,
        });
        self.resolving.pop();
        let mut particle = particle?;
        particle.occurs = self.check_occurs(node.min_occurs, node.max_occurs, file, || path.to_owned());
        Some(particle)
    }
}

/// Returns `true` if a wildcard allows any namespace, or elements without one. The latter are treated like the former,
/// because no element of these schemas has a namespace.
fn allows_no_namespace(namespaces: &syntax::NamespaceListType) -> bool {
    use syntax::{BasicNamespaceListItemType as Item, NamespaceListType as List};
    match namespaces {
        List::Any => true,
        List::Other => false,
        List::BasicNamespaceList(list) => list.0.iter().all(|item| matches!(item, Item::TargetNamespace | Item::Local)),
    }
}
