//! Lowers complex types: resolves derivation and puts the content of the base type before the type's own content.

use std::collections::BTreeSet;

use super::declarations::{documentation, resolve};
use super::particle::{Particle, Term};
use super::{Lowerer, ReferenceKind, ambiguity, repetition};
use crate::error::{Problem, SpanHint};
use crate::load::{QName, syntax};
use crate::model::{Attribute, Occurs, Origin, SimpleId, SimpleType};

/// The content of a complex type.
#[derive(Clone, Debug, Default)]
pub(super) struct Content<'a> {
    pub(super) attributes: Vec<Attribute>,
    /// The type of the text, for simple content.
    pub(super) text: Option<SimpleId>,
    /// The simplified content model; `None` for empty content.
    pub(super) particle: Option<Particle<'a>>,
    /// `true` if it extends the base type of results, whose members are left out here.
    pub(super) outcome: bool,
    pub(super) doc: String,
    /// `true` if it lacks something because of a problem.
    pub(super) is_incomplete: bool,
}

/// The content of a complex type while its declaration is read.
pub(super) struct ContentBuilder<'a, 'o> {
    pub(super) file: &'a str,
    pub(super) origin: &'o Origin,
    pub(super) content: Content<'a>,
    /// The names of the attributes that must not be declared again.
    pub(super) own_attributes: Vec<String>,
    particles: Vec<Particle<'a>>,
}

impl<'a, 'o> ContentBuilder<'a, 'o> {
    fn new(file: &'a str, origin: &'o Origin) -> Self {
        Self { file, origin, content: Content::default(), own_attributes: Vec::new(), particles: Vec::new() }
    }
}

impl<'a> Lowerer<'a> {
    /// Returns the content of the complex type `node`, which is declared at `origin`.
    pub(super) fn lower_content(
        &mut self,
        node: &'a syntax::ComplexBaseType,
        file: &'a str,
        origin: &Origin,
    ) -> Content<'a> {
        if node.mixed == Some(true) {
            self.report_unsupported(
                file,
                &origin.path,
                "mixed content is not supported",
                SpanHint::Attribute(&["mixed"]),
            );
        }
        if node.abstract_ {
            self.report_unsupported(
                file,
                &origin.path,
                "abstract types are not supported",
                SpanHint::Attribute(&["abstract"]),
            );
        }
        if node.block.is_some() || node.final_.is_some() {
            self.report_unsupported(
                file,
                &origin.path,
                "block and final are not supported",
                SpanHint::Attribute(&["block", "final"]),
            );
        }
        let gaps = std::mem::take(&mut self.gaps);
        let mut builder = ContentBuilder::new(file, origin);
        let mut docs = Vec::new();
        for child in &node.content {
            use syntax::ComplexBaseTypeContent as Child;
            match child {
                Child::Annotation(annotation) => docs.push(annotation),
                Child::Sequence(group) => self.push_model_group(group, Term::Sequence, &mut builder),
                Child::Choice(group) => self.push_model_group(group, Term::Choice, &mut builder),
                Child::All(group) => self.push_model_group(group, Term::All, &mut builder),
                Child::Group(group) => builder.particles.extend(self.lower_group_reference(group, file, &origin.path)),
                Child::Attribute(node) => self.lower_attribute(node, &mut builder),
                Child::ComplexContent(derived) => self.lower_complex_content(derived, &mut builder),
                Child::SimpleContent(derived) => self.lower_simple_content(derived, &mut builder),
                Child::AttributeGroup(group) => self.lower_attribute_group(group, &mut builder),
                Child::AnyAttribute(_) => {
                    let span = SpanHint::Xsd(&["anyAttribute"]);
                    self.report_unsupported(file, &origin.path, "xs:anyAttribute is not supported", span);
                }
                Child::OpenContent(_) | Child::Assert(_) => {
                    let span = SpanHint::Xsd(&["openContent", "assert"]);
                    self.report_unsupported(file, &origin.path, "a construct of XSD 1.1 is not supported", span);
                }
            }
        }
        if node.content.iter().filter(|child| is_model(child)).count() > 1 {
            let problem = Problem::new(file, &origin.path, "has more than one content model");
            self.report(problem.advice("combine them in one xs:sequence"));
        }
        let ContentBuilder { mut content, particles, .. } = builder;
        content.doc = documentation(docs);
        let whole = Particle { term: Term::Sequence(particles), occurs: Occurs::ONCE, doc: String::new() };
        let is_known = self.is_known_ambiguity(&whole, &origin.path);
        let name = origin.path.rsplit('/').next().unwrap_or_default();
        content.is_incomplete |= self.gaps > 0 || self.is_misspelled(file, name);
        self.gaps = gaps;
        // If a declaration is missing, particles seem to be adjacent that are not.
        if !is_known && !content.is_incomplete {
            for ambiguity in ambiguity::find_ambiguities(&whole) {
                self.report(ambiguity.problem(file, &origin.path));
                content.is_incomplete = true;
            }
        }
        let whole = if is_known { whole.into_greedy() } else { whole };
        let simplified = whole.clone().simplify();
        if simplified.as_ref().is_some_and(|particle| !is_known && !repetition::is_decidable(particle)) {
            let message =
                "a repeated group can begin and end with the same repeated part, so where a round ends is not certain";
            let advice = "repeat only one of the two, or put a required element between the rounds";
            let span = SpanHint::Attribute(&["maxOccurs"]);
            self.report(Problem::new(file, &origin.path, message).at(span).advice(advice));
        }
        content.particle = match whole.optional_part().filter(|_| content.outcome) {
            Some(part) => Some(part),
            None => simplified,
        };
        content
    }

    /// Reports something that the model cannot represent.
    pub(super) fn report_unsupported(&mut self, file: &str, path: &str, message: &str, span: SpanHint) {
        self.report(Problem::new(file, path, message).at(span).advice("remove it, or write out what it means"));
    }

    /// Returns `true` if the content model is ambiguous and the configuration lists it as such, so the first particle
    /// that matches an element takes it.
    fn is_known_ambiguity(&mut self, content: &Particle<'a>, path: &str) -> bool {
        let listed = self.config.ambiguous.iter().find(|listed| **listed == path);
        let found = listed.filter(|_| !ambiguity::find_ambiguities(content).is_empty());
        found.inspect(|path| self.model.mark_used("ambiguous", path)).is_some()
    }

    fn push_model_group(
        &mut self,
        node: &'a syntax::GroupType,
        term: fn(Vec<Particle<'a>>) -> Term<'a>,
        builder: &mut ContentBuilder<'a, '_>,
    ) {
        let particle = self.lower_group(node, term, builder.file, &builder.origin.path);
        builder.particles.push(particle);
    }

    fn lower_complex_content(&mut self, derived: &'a syntax::ComplexContent, builder: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *builder;
        if derived.mixed == Some(true) {
            self.report_unsupported(
                file,
                &origin.path,
                "mixed content is not supported",
                SpanHint::Attribute(&["mixed"]),
            );
        }
        for child in &derived.content {
            match child {
                syntax::ComplexContentContent::Annotation(_) => {}
                syntax::ComplexContentContent::Extension(extension) => {
                    self.inherit(&extension.base, true, builder);
                    self.lower_extension(extension, builder);
                }
                syntax::ComplexContentContent::Restriction(restriction) => {
                    let base = self.inherit(&restriction.base, false, builder);
                    if builder.content.outcome {
                        let span = SpanHint::Xsd(&["restriction"]);
                        self.report_unsupported(
                            file,
                            &origin.path,
                            "xs:restriction of a result is not supported",
                            span,
                        );
                    }
                    self.lower_complex_restriction(restriction, builder);
                    self.check_restriction(base.as_ref(), builder);
                }
            }
        }
    }

    /// Adds the own content of an extension after the base content. The two are never merged.
    fn lower_extension(&mut self, node: &'a syntax::ExtensionType, builder: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *builder;
        builder.own_attributes.extend(builder.content.attributes.iter().map(|attribute| attribute.name.clone()));
        for child in &node.content {
            use syntax::ExtensionTypeContent as Child;
            match child {
                Child::Annotation(_) => {}
                Child::Sequence(group) => self.push_model_group(group, Term::Sequence, builder),
                Child::Choice(group) => self.push_model_group(group, Term::Choice, builder),
                Child::All(group) => self.push_model_group(group, Term::All, builder),
                Child::Group(group) => builder.particles.extend(self.lower_group_reference(group, file, &origin.path)),
                Child::Attribute(node) => self.lower_attribute(node, builder),
                Child::AttributeGroup(group) => self.lower_attribute_group(group, builder),
                Child::AnyAttribute(_) => {
                    let span = SpanHint::Xsd(&["anyAttribute"]);
                    self.report_unsupported(file, &origin.path, "xs:anyAttribute is not supported", span);
                }
                Child::OpenContent(_) | Child::Assert(_) => {
                    let span = SpanHint::Xsd(&["openContent", "assert"]);
                    self.report_unsupported(file, &origin.path, "a construct of XSD 1.1 is not supported", span);
                }
            }
        }
    }

    /// Adds the content of a restriction, which replaces the base content. Attributes are inherited.
    fn lower_complex_restriction(&mut self, node: &'a syntax::RestrictionType, builder: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *builder;
        for child in &node.content {
            use syntax::RestrictionTypeContent as Child;
            match child {
                Child::Annotation(_) => {}
                Child::Sequence(group) => self.push_model_group(group, Term::Sequence, builder),
                Child::Choice(group) => self.push_model_group(group, Term::Choice, builder),
                Child::All(group) => self.push_model_group(group, Term::All, builder),
                Child::Group(group) => builder.particles.extend(self.lower_group_reference(group, file, &origin.path)),
                Child::Attribute(node) => self.lower_attribute(node, builder),
                Child::AttributeGroup(group) => self.lower_attribute_group(group, builder),
                _ => {
                    let span = SpanHint::Xsd(&["restriction"]);
                    self.report_unsupported(file, &origin.path, "a part of the xs:restriction is not supported", span);
                }
            }
        }
    }

    /// Reports the elements that a restriction lacks although its base requires them.
    fn check_restriction(&mut self, base: Option<&Particle<'a>>, builder: &ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, ref particles, ref content, .. } = *builder;
        if content.is_incomplete || self.gaps > 0 {
            return;
        }
        let own: BTreeSet<&str> = particles.iter().flat_map(Particle::required_names).collect();
        let of_base = base.map(Particle::required_names).unwrap_or_default();
        for name in of_base.difference(&own) {
            let message = format!("the restriction does not require <{name}>, as its base type does");
            let problem = Problem::new(file, &origin.path, message).at(SpanHint::Xsd(&["restriction"]));
            self.report(problem.advice("add the element, or change the base type"));
        }
    }

    /// Adds the content of `base`, including its elements if `with_particles`. Returns the elements otherwise.
    fn inherit(
        &mut self,
        base: &QName,
        with_particles: bool,
        builder: &mut ContentBuilder<'a, '_>,
    ) -> Option<Particle<'a>> {
        let ContentBuilder { file, origin, .. } = *builder;
        let (built_in, base) = resolve(base);
        if built_in && base == "anyType" {
            return None;
        }
        if self.config.outcome.is_some_and(|convention| convention.base == base) {
            builder.content.outcome = true;
            return None;
        }
        let inherited = self.lower_base(&base, builder)?;
        if inherited.text.is_some() {
            let message = format!("complex content cannot be derived from the simple content of {base}");
            let problem = Problem::new(file, &origin.path, message).at(SpanHint::Reference(base));
            self.report(problem.advice("derive it with xs:simpleContent"));
        }
        builder.content.outcome |= inherited.outcome;
        builder.content.is_incomplete |= inherited.is_incomplete;
        builder.content.attributes.extend(inherited.attributes);
        if !with_particles {
            return inherited.particle;
        }
        builder.particles.extend(inherited.particle);
        None
    }

    /// Returns the content of a base type; `None` if it is not declared or forms a cycle.
    fn lower_base(&mut self, base: &str, builder: &ContentBuilder<'a, '_>) -> Option<Content<'a>> {
        let ContentBuilder { file, origin, .. } = *builder;
        let Some(declared) = self.declarations.complex.get(base).copied() else {
            let message = format!("the base type {base} is not declared, or not a complex type");
            self.report_undeclared("base", base, file, &origin.path, message);
            return None;
        };
        let reference = (ReferenceKind::Base, base.to_owned());
        if self.resolving.contains(&reference) {
            self.gaps += 1;
            let message = format!("the type {base} is derived from itself");
            let problem = Problem::new(file, &origin.path, message).at(SpanHint::Reference(base.to_owned()));
            self.report(problem.advice("derive it from another type, or write out its content"));
            return None;
        }
        self.resolving.push(reference);
        let path = base.to_owned();
        let base_origin = Origin { file: declared.file.to_owned(), path: path.clone(), type_name: Some(path) };
        let inherited = self.lower_content(declared.node, declared.file, &base_origin);
        self.resolving.pop();
        Some(inherited)
    }

    fn lower_simple_content(&mut self, node: &'a syntax::SimpleContent, builder: &mut ContentBuilder<'a, '_>) {
        for child in &node.content {
            match child {
                syntax::SimpleContentContent::Annotation(_) => {}
                syntax::SimpleContentContent::Extension(extension) => {
                    self.inherit_text(&extension.base, builder);
                    self.lower_extension(extension, builder);
                }
                syntax::SimpleContentContent::Restriction(restriction) => self.restrict_text(restriction, builder),
            }
        }
        if !builder.particles.is_empty() {
            let problem = Problem::new(builder.file, &builder.origin.path, "simple content cannot contain elements");
            self.report(
                problem.at(SpanHint::Xsd(&["simpleContent"])).advice("use xs:complexContent, or remove the elements"),
            );
        }
    }

    /// Adds the text type and the attributes of a base type with simple content.
    fn inherit_text(&mut self, base: &QName, builder: &mut ContentBuilder<'a, '_>) {
        builder.content.text = self.lower_named_simple(base);
        let before = self.problems.len();
        if builder.content.text.is_none()
            && let Some(inherited) = self.lower_base(&resolve(base).1, builder)
        {
            if inherited.text.is_none() && self.problems.len() == before {
                self.report(Problem::new(
                    builder.file,
                    &builder.origin.path,
                    "simple content cannot be derived from complex content",
                ));
            }
            builder.content.text = inherited.text;
            builder.content.is_incomplete |= inherited.is_incomplete;
            builder.content.attributes.extend(inherited.attributes);
        }
    }

    /// Lowers simple content with further facets.
    fn restrict_text(&mut self, node: &'a syntax::RestrictionType, builder: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *builder;
        let (built_in, base) = resolve(&node.base);
        if built_in || self.declarations.simple.contains_key(base.as_str()) {
            let problem =
                Problem::new(file, &origin.path, "a restriction with simple content needs a complex base type");
            self.report(problem.at(SpanHint::Reference(base)).advice("use xs:extension, or restrict a complex type"));
        }
        self.inherit_text(&node.base, builder);
        let mut facets = Vec::new();
        for child in &node.content {
            use syntax::RestrictionTypeContent as Child;
            match child {
                Child::Annotation(_) => {}
                Child::Facet(facet) => facets.push(facet),
                Child::Attribute(node) => self.lower_attribute(node, builder),
                Child::AttributeGroup(group) => self.lower_attribute_group(group, builder),
                _ => {
                    let span = SpanHint::Xsd(&["restriction"]);
                    self.report_unsupported(file, &origin.path, "a part of the xs:restriction is not supported", span);
                }
            }
        }
        if let (Some(base), false) = (builder.content.text, facets.is_empty()) {
            let text_origin = Origin { file: file.to_owned(), path: format!("{}/text", origin.path), type_name: None };
            // A named type is lowered again for every element of that type.
            let known = self.model.simples.iter().position(|simple| simple.origin == text_origin);
            builder.content.text = Some(known.unwrap_or_else(|| {
                let (primitive, white_space, facets) = self.apply_facets(base, &facets, &text_origin);
                self.add_simple(SimpleType::new(text_origin, String::new(), primitive, white_space, facets))
            }));
        }
    }
}

/// Returns `true` for a child that defines the content model. A type may have only one.
fn is_model(child: &syntax::ComplexBaseTypeContent) -> bool {
    use syntax::ComplexBaseTypeContent as Child;
    matches!(
        child,
        Child::Sequence(_)
            | Child::Choice(_)
            | Child::All(_)
            | Child::Group(_)
            | Child::ComplexContent(_)
            | Child::SimpleContent(_)
    )
}
