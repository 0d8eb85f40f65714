//! Model groups as particles: sequences, choices, `xs:all`, references to named groups, wildcards.

use super::declarations::{documentation, resolve};
use super::particle::{Element, Particle, Term, occurs};
use super::{Lowerer, Reference};
use crate::error::{Problem, SpanHint};
use crate::load::syntax;
use crate::model::Occurs;

/// So many groups may be referred to within one, those in them included.
const MAX_GROUPS: usize = 1000;

impl<'a> Lowerer<'a> {
    pub(super) fn group(
        &mut self,
        node: &'a syntax::GroupType,
        term: fn(Vec<Particle<'a>>) -> Term<'a>,
        file: &'a str,
        path: &str,
    ) -> Particle<'a> {
        let mut items = Vec::new();
        let mut docs = Vec::new();
        for part in &node.content {
            use syntax::GroupTypeContent as Child;
            match part {
                Child::Annotation(annotation) => docs.push(annotation),
                Child::Element(element) => {
                    let occurs = self.occurs(element.min_occurs, element.max_occurs, file, || match &element.name {
                        Some(name) => format!("{path}/{name}"),
                        None => path.to_owned(),
                    });
                    let element = Element { node: element, file, path: path.to_owned() };
                    items.push(Particle { term: Term::Element(element), occurs, doc: String::new() });
                }
                Child::Sequence(group) => items.push(self.group(group, Term::Sequence, file, path)),
                Child::Choice(group) => items.push(self.group(group, Term::Choice, file, path)),
                Child::All(group) => items.push(self.group(group, Term::All, file, path)),
                Child::Group(group) => items.extend(self.group_reference(group, file, path)),
                Child::Any(any) => items.push(self.wildcard(any, file, path)),
            }
        }
        let doc = documentation(docs);
        let occurs = self.occurs(node.min_occurs, node.max_occurs, file, || path.to_owned());
        Particle { term: term(items), occurs, doc }
    }

    fn occurs(
        &mut self,
        min: usize,
        max: crate::load::MaxOccurs,
        file: &str,
        construct: impl FnOnce() -> String,
    ) -> Occurs {
        let occurs = occurs(min, max);
        if occurs.max.is_some_and(|max| max < min) {
            let mark = SpanHint::Occurs(min, occurs.max.unwrap_or_default());
            let problem = Problem::new(file, construct(), "minOccurs is greater than maxOccurs").at(mark);
            self.report(problem.advice("correct one of them; each is 1 where it is not written"));
        }
        occurs
    }

    fn wildcard(&mut self, any: &syntax::Any, file: &str, path: &str) -> Particle<'a> {
        let anything =
            any.namespace.as_ref().is_none_or(is_open) && any.not_namespace.is_none() && any.not_q_name.is_none();
        if !anything || any.process_contents == syntax::ProcessContentsType::Strict {
            let message = "xs:any is supported for any namespace or for none, with processContents lax or skip";
            self.report(Problem::new(file, path, message).at(SpanHint::Xsd(&["any"])).advice("write it so"));
        }
        let occurs = self.occurs(any.min_occurs, any.max_occurs, file, || path.to_owned());
        Particle { term: Term::Any, occurs, doc: documentation(&any.annotation) }
    }

    fn open_groups(&self) -> usize {
        self.resolving.iter().filter(|(circle, _)| *circle == Reference::Group).count()
    }

    /// `<xs:group ref="…"/>`
    pub(super) fn group_reference(
        &mut self,
        node: &'a syntax::GroupType,
        file: &'a str,
        path: &str,
    ) -> Option<Particle<'a>> {
        let Some(reference) = &node.ref_ else {
            let problem = Problem::new(file, path, "an xs:group without a reference may only stand at the top level");
            self.report(problem.at(SpanHint::Xsd(&["group"])).advice("give it a `ref`"));
            return None;
        };
        let (_, name) = resolve(reference);
        let Some(declared) = self.declarations.groups.get(name.as_str()).copied() else {
            self.undeclared("ref", &name, file, path, format!("the group {name} is not declared"));
            return None;
        };
        let open = (Reference::Group, name);
        if self.resolving.contains(&open) {
            self.unresolved += 1;
            let holder = self.resolving.last().map_or(path, |(_, name)| name);
            let problem = Problem::new(file, path, format!("the group {} contains itself", open.1))
                .shown_at(file, holder)
                .at(SpanHint::Reference(open.1.clone()))
                .label("this leads back to it")
                .related(declared.file, &open.1, SpanHint::TopLevel(&["group"], 0), "the group")
                .advice("put a type with a name, or an element, in the place of the inner reference");
            self.report(problem);
            return None;
        }
        // A few groups, each in the next twice, are more elements than any memory holds.
        self.nested_groups = if self.open_groups() == 0 { 0 } else { self.nested_groups + 1 };
        if self.nested_groups > MAX_GROUPS {
            self.unresolved += 1;
            let message = format!("the group {} is within another with more than {MAX_GROUPS} groups in it", open.1);
            let problem = Problem::new(file, path, message).at(SpanHint::Reference(open.1));
            self.report(problem.consequence().advice("refer to fewer groups, or give some of them types with names"));
            return None;
        }
        self.resolving.push(open);
        let particle = declared.node.content.iter().find_map(|part| match part {
            syntax::GroupTypeContent::Sequence(group) => Some(self.group(group, Term::Sequence, declared.file, path)),
            syntax::GroupTypeContent::Choice(group) => Some(self.group(group, Term::Choice, declared.file, path)),
            syntax::GroupTypeContent::All(group) => Some(self.group(group, Term::All, declared.file, path)),
            _ => None,
        });
        self.resolving.pop();
        let mut particle = particle?;
        particle.occurs = self.occurs(node.min_occurs, node.max_occurs, file, || path.to_owned());
        Some(particle)
    }
}

/// Whether a wildcard is for any namespace, or for elements without one. The latter are read as the former: no element
/// of these schemas has a namespace.
fn is_open(namespaces: &syntax::NamespaceListType) -> bool {
    use syntax::{BasicNamespaceListItemType as Item, NamespaceListType as List};
    match namespaces {
        List::Any => true,
        List::Other => false,
        List::BasicNamespaceList(list) => list.0.iter().all(|item| matches!(item, Item::TargetNamespace | Item::Local)),
    }
}
