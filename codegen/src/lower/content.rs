//! Complex types: derivation resolved, base content before own content.

use super::declarations::{documentation, resolve};
use super::particle::{Particle, Term};
use super::{Lowerer, Reference, ambiguity};
use crate::error::{Problem, SpanHint};
use crate::load::{QName, syntax};
use crate::model::{Attribute, Occurs, Origin, SimpleId, SimpleType};

/// What a complex type holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Content<'a> {
    pub(super) attributes: Vec<Attribute>,
    /// The type of the text, for simple content.
    pub(super) text: Option<SimpleId>,
    /// The content model, simplify; `None` for empty content.
    pub(super) particle: Option<Particle<'a>>,
    /// Whether it extends the base of results, whose members are left out here.
    pub(super) outcome: bool,
    pub(super) doc: String,
}

/// The parts of a complex type that are collected on the way through it.
pub(super) struct ContentBuilder<'a, 'o> {
    pub(super) file: &'a str,
    pub(super) origin: &'o Origin,
    pub(super) content: Content<'a>,
    particles: Vec<Particle<'a>>,
}

impl<'a> Lowerer<'a> {
    /// The content of the complex type `node`, which stands at `origin`.
    pub(super) fn content(&mut self, node: &'a syntax::ComplexBaseType, file: &'a str, origin: &Origin) -> Content<'a> {
        if node.mixed == Some(true) {
            self.refuse(file, &origin.path, "mixed content is not supported", SpanHint::Attribute(&["mixed"]));
        }
        if node.abstract_ {
            self.refuse(file, &origin.path, "abstract types are not supported", SpanHint::Attribute(&["abstract"]));
        }
        if node.block.is_some() || node.final_.is_some() {
            self.refuse(
                file,
                &origin.path,
                "block and final are not supported",
                SpanHint::Attribute(&["block", "final"]),
            );
        }
        let unresolved = self.unresolved;
        let mut parts = ContentBuilder { file, origin, content: Content::default(), particles: Vec::new() };
        let mut docs = Vec::new();
        for part in &node.content {
            use syntax::ComplexBaseTypeContent as Child;
            match part {
                Child::Annotation(annotation) => docs.push(annotation),
                Child::Sequence(group) => self.model_group(group, Term::Sequence, &mut parts),
                Child::Choice(group) => self.model_group(group, Term::Choice, &mut parts),
                Child::All(group) => self.model_group(group, Term::All, &mut parts),
                Child::Group(group) => parts.particles.extend(self.group_reference(group, file, &origin.path)),
                Child::Attribute(node) => self.attribute(node, &mut parts),
                Child::ComplexContent(derived) => self.complex_content(derived, &mut parts),
                Child::SimpleContent(derived) => self.simple_content(derived, &mut parts),
                Child::AttributeGroup(group) => self.attribute_group(group, &mut parts),
                Child::AnyAttribute(_) => {
                    let mark = SpanHint::Xsd(&["anyAttribute"]);
                    self.refuse(file, &origin.path, "xs:anyAttribute is not supported", mark);
                }
                Child::OpenContent(_) | Child::Assert(_) => {
                    let mark = SpanHint::Xsd(&["openContent", "assert"]);
                    self.refuse(file, &origin.path, "a construct of XSD 1.1 is not supported", mark);
                }
            }
        }
        if node.content.iter().filter(|part| is_model(part)).count() > 1 {
            let problem = Problem::new(file, &origin.path, "has more than one content");
            self.report(problem.advice("put what belongs together into one xs:sequence"));
        }
        let ContentBuilder { mut content, particles, .. } = parts;
        content.doc = documentation(docs);
        let whole = Particle { term: Term::Sequence(particles), occurs: Occurs::ONCE, doc: String::new() };
        let settled = self.is_settled(&whole, &origin.path);
        // Where a part of it was not found, places stand side by side that do not.
        if !settled && self.unresolved == unresolved {
            for ambiguity in ambiguity::find_ambiguities(&whole) {
                self.report(ambiguity.problem(file, &origin.path));
            }
        }
        let whole = if settled { whole.into_greedy() } else { whole };
        content.particle = match whole.optional_part().filter(|_| content.outcome) {
            Some(part) => Some(part),
            None => whole.simplify(),
        };
        content
    }

    /// Notes something that the model has no place for.
    pub(super) fn refuse(&mut self, file: &str, path: &str, message: &str, mark: SpanHint) {
        self.report(Problem::new(file, path, message).at(mark).advice("remove it, or write out what it stands for"));
    }

    /// Whether the configuration says that places which compete for an element are taken in their order.
    fn is_settled(&mut self, content: &Particle<'a>, path: &str) -> bool {
        let listed = self.config.ambiguous.iter().find(|listed| **listed == path);
        let found = listed.filter(|_| !ambiguity::find_ambiguities(content).is_empty());
        found.inspect(|path| self.model.mark_used("ambiguous", path)).is_some()
    }

    fn model_group(
        &mut self,
        node: &'a syntax::GroupType,
        term: fn(Vec<Particle<'a>>) -> Term<'a>,
        parts: &mut ContentBuilder<'a, '_>,
    ) {
        let particle = self.group(node, term, parts.file, &parts.origin.path);
        parts.particles.push(particle);
    }

    fn complex_content(&mut self, derived: &'a syntax::ComplexContent, parts: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *parts;
        if derived.mixed == Some(true) {
            self.refuse(file, &origin.path, "mixed content is not supported", SpanHint::Attribute(&["mixed"]));
        }
        for part in &derived.content {
            match part {
                syntax::ComplexContentContent::Annotation(_) => {}
                syntax::ComplexContentContent::Extension(extension) => {
                    self.base(&extension.base, true, parts);
                    self.extension(extension, parts);
                }
                syntax::ComplexContentContent::Restriction(restriction) => {
                    self.base(&restriction.base, false, parts);
                    if parts.content.outcome {
                        let mark = SpanHint::Xsd(&["restriction"]);
                        self.refuse(file, &origin.path, "xs:restriction of a result is not supported", mark);
                    }
                    self.restriction_of_complex(restriction, parts);
                }
            }
        }
    }

    /// Base content, then own content: never merged.
    fn extension(&mut self, node: &'a syntax::ExtensionType, parts: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *parts;
        for part in &node.content {
            use syntax::ExtensionTypeContent as Child;
            match part {
                Child::Annotation(_) => {}
                Child::Sequence(group) => self.model_group(group, Term::Sequence, parts),
                Child::Choice(group) => self.model_group(group, Term::Choice, parts),
                Child::All(group) => self.model_group(group, Term::All, parts),
                Child::Group(group) => parts.particles.extend(self.group_reference(group, file, &origin.path)),
                Child::Attribute(node) => self.attribute(node, parts),
                Child::AttributeGroup(group) => self.attribute_group(group, parts),
                Child::AnyAttribute(_) => {
                    let mark = SpanHint::Xsd(&["anyAttribute"]);
                    self.refuse(file, &origin.path, "xs:anyAttribute is not supported", mark);
                }
                Child::OpenContent(_) | Child::Assert(_) => {
                    let mark = SpanHint::Xsd(&["openContent", "assert"]);
                    self.refuse(file, &origin.path, "a construct of XSD 1.1 is not supported", mark);
                }
            }
        }
    }

    /// The content of a restriction stands in place of the base's; attributes are inherited.
    fn restriction_of_complex(&mut self, node: &'a syntax::RestrictionType, parts: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *parts;
        for part in &node.content {
            use syntax::RestrictionTypeContent as Child;
            match part {
                Child::Annotation(_) => {}
                Child::Sequence(group) => self.model_group(group, Term::Sequence, parts),
                Child::Choice(group) => self.model_group(group, Term::Choice, parts),
                Child::All(group) => self.model_group(group, Term::All, parts),
                Child::Group(group) => parts.particles.extend(self.group_reference(group, file, &origin.path)),
                Child::Attribute(node) => self.attribute(node, parts),
                Child::AttributeGroup(group) => self.attribute_group(group, parts),
                _ => {
                    let mark = SpanHint::Xsd(&["restriction"]);
                    self.refuse(file, &origin.path, "a part of the xs:restriction is not supported", mark);
                }
            }
        }
    }

    /// Takes over what `base` has, its elements only `with_particles`.
    fn base(&mut self, base: &QName, with_particles: bool, parts: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *parts;
        let (built_in, base) = resolve(base);
        if built_in && base == "anyType" {
            return;
        }
        if self.config.outcome.is_some_and(|convention| convention.base == base) {
            parts.content.outcome = true;
            return;
        }
        let Some(inherited) = self.base_content(&base, parts) else { return };
        if inherited.text.is_some() {
            let message = format!("complex content cannot be derived from the simple content of {base}");
            let problem = Problem::new(file, &origin.path, message).at(SpanHint::Reference(base));
            self.report(problem.advice("derive it with xs:simpleContent"));
        }
        parts.content.outcome |= inherited.outcome;
        parts.content.attributes.extend(inherited.attributes);
        parts.particles.extend(inherited.particle.filter(|_| with_particles));
    }

    fn base_content(&mut self, base: &str, parts: &ContentBuilder<'a, '_>) -> Option<Content<'a>> {
        let ContentBuilder { file, origin, .. } = *parts;
        let Some(declared) = self.declarations.complex.get(base).copied() else {
            let message = format!("the base type {base} is not declared, or not a complex type");
            self.undeclared("base", base, file, &origin.path, message);
            return None;
        };
        let open = (Reference::Base, base.to_owned());
        if self.resolving.contains(&open) {
            self.unresolved += 1;
            let message = format!("the type {base} is derived from itself");
            let problem = Problem::new(file, &origin.path, message).at(SpanHint::Reference(base.to_owned()));
            self.report(problem.advice("derive it from another type, or write out what it has"));
            return None;
        }
        self.resolving.push(open);
        let path = base.to_owned();
        let base_origin = Origin { file: declared.file.to_owned(), path: path.clone(), type_name: Some(path) };
        let inherited = self.content(declared.node, declared.file, &base_origin);
        self.resolving.pop();
        Some(inherited)
    }

    fn simple_content(&mut self, node: &'a syntax::SimpleContent, parts: &mut ContentBuilder<'a, '_>) {
        for part in &node.content {
            match part {
                syntax::SimpleContentContent::Annotation(_) => {}
                syntax::SimpleContentContent::Extension(extension) => {
                    self.simple_base(&extension.base, parts);
                    self.extension(extension, parts);
                }
                syntax::SimpleContentContent::Restriction(restriction) => self.restricted_text(restriction, parts),
            }
        }
        if !parts.particles.is_empty() {
            let problem = Problem::new(parts.file, &parts.origin.path, "simple content cannot hold elements");
            self.report(
                problem.at(SpanHint::Xsd(&["simpleContent"])).advice("use xs:complexContent, or remove the elements"),
            );
        }
    }

    fn simple_base(&mut self, base: &QName, parts: &mut ContentBuilder<'a, '_>) {
        parts.content.text = self.simple_named(base);
        let before = self.problems.len();
        if parts.content.text.is_none()
            && let Some(inherited) = self.base_content(&resolve(base).1, parts)
        {
            if inherited.text.is_none() && self.problems.len() == before {
                self.problem(parts.file, &parts.origin.path, "simple content cannot be derived from complex content");
            }
            parts.content.text = inherited.text;
            parts.content.attributes.extend(inherited.attributes);
        }
    }

    /// SimpleType content with further facets.
    fn restricted_text(&mut self, node: &'a syntax::RestrictionType, parts: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *parts;
        self.simple_base(&node.base, parts);
        let mut facets = Vec::new();
        for part in &node.content {
            use syntax::RestrictionTypeContent as Child;
            match part {
                Child::Annotation(_) => {}
                Child::Facet(facet) => facets.push(facet),
                Child::Attribute(node) => self.attribute(node, parts),
                Child::AttributeGroup(group) => self.attribute_group(group, parts),
                _ => {
                    let mark = SpanHint::Xsd(&["restriction"]);
                    self.refuse(file, &origin.path, "a part of the xs:restriction is not supported", mark);
                }
            }
        }
        if let (Some(base), false) = (parts.content.text, facets.is_empty()) {
            let at = Origin { file: file.to_owned(), path: format!("{}/text", origin.path), type_name: None };
            // A named type is looked at once for every element that has it.
            let known = self.model.simples.iter().position(|simple| simple.origin == at);
            parts.content.text = Some(known.unwrap_or_else(|| {
                let (primitive, white_space, facets) = self.restricted(base, &facets, &at);
                self.add_simple(SimpleType::new(at, String::new(), primitive, white_space, facets))
            }));
        }
    }
}

/// Whether a part says what stands in the type; only one may.
fn is_model(part: &syntax::ComplexBaseTypeContent) -> bool {
    use syntax::ComplexBaseTypeContent as Child;
    matches!(
        part,
        Child::Sequence(_)
            | Child::Choice(_)
            | Child::All(_)
            | Child::Group(_)
            | Child::ComplexContent(_)
            | Child::SimpleContent(_)
    )
}
