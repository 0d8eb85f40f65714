//! Lowers simple types: folds all derivation steps into one.

use super::Lowerer;
use super::consistency::{self, Contradiction};
use super::declarations::{documentation, resolve};
use super::facets::{self, ParsedFacet};
use super::literal;
use crate::error::{Error, Problem, SpanHint};
use crate::load::{QName, syntax};
use crate::model::{BUILT_INS, Facet, Origin, Pattern, Primitive, SimpleId, SimpleType, WhiteSpace};

/// The parts of a simple type.
type SimpleParts = (Primitive, WhiteSpace, Vec<Facet>);

impl Lowerer<'_> {
    /// Returns the simple type that `name` refers to; `None` for complex and unknown types.
    pub(super) fn lower_named_simple(&mut self, name: &QName) -> Option<SimpleId> {
        let (built_in, local) = resolve(name);
        if built_in {
            return self.built_in_type(&local);
        }
        let declared = *self.declarations.simple.get(local.as_str())?;
        if self.resolving_simples.contains(&local) {
            let problem = Problem::new(declared.file, &local, "the simple type is derived from itself");
            let advice = "derive it from another type, such as xs:string";
            self.report(problem.at(SpanHint::Reference(local)).advice(advice));
            return self.built_in_type("string");
        }
        self.resolving_simples.push(local.clone());
        let origin = Origin { file: declared.file.to_owned(), path: local.clone(), type_name: Some(local) };
        let id = self.lower_simple(declared.node, origin);
        self.resolving_simples.pop();
        Some(id)
    }

    /// Returns the built-in type of this name; `None` if it is unknown or not supported.
    pub(super) fn built_in_type(&mut self, local: &str) -> Option<SimpleId> {
        let path = format!("xs:{local}");
        if let Some(id) = self.model.simples.iter().position(|simple| simple.origin.path == path) {
            return Some(id);
        }
        if let Some((_, item)) = TOKEN_LISTS.iter().find(|(name, _)| *name == local) {
            let item = self.built_in_type(item)?;
            let origin = Origin { file: String::new(), path: path.clone(), type_name: Some(path) };
            let at_least_one = vec![Facet::MinLength(1)];
            let list = Primitive::List(item);
            return Some(self.add_simple(SimpleType::new(
                origin,
                String::new(),
                list,
                WhiteSpace::Collapse,
                at_least_one,
            )));
        }
        if let Some((_, pattern)) = TOKENS.iter().find(|(name, _)| *name == local) {
            return self.token_type(path, pattern);
        }
        if !BUILT_INS.contains(&local) {
            return None;
        }
        let white_space = match local {
            "string" | "anySimpleType" => WhiteSpace::Preserve,
            "normalizedString" => WhiteSpace::Replace,
            _ => WhiteSpace::Collapse,
        };
        let origin = Origin { file: String::new(), path: path.clone(), type_name: Some(path) };
        let primitive = Primitive::BuiltIn(local.to_owned());
        Some(self.add_simple(SimpleType::new(origin, String::new(), primitive, white_space, Vec::new())))
    }

    /// Adds a built-in type that is a token with a pattern.
    fn token_type(&mut self, path: String, pattern: &str) -> Option<SimpleId> {
        let regex = crate::regex::translate(pattern).ok()?;
        let facet = Facet::Pattern(vec![Pattern { xsd: pattern.to_owned(), regex }]);
        let origin = Origin { file: String::new(), path: path.clone(), type_name: Some(path) };
        let primitive = Primitive::BuiltIn("token".to_owned());
        Some(self.add_simple(SimpleType::new(origin, String::new(), primitive, WhiteSpace::Collapse, vec![facet])))
    }

    /// Returns the type at `at` whose only value is `value`. If a simple type is declared there, it is changed.
    pub(super) fn restrict_to_value(&mut self, base: SimpleId, value: &str, at: &Origin) -> SimpleId {
        let SimpleType { primitive, white_space, mut facets, .. } = self.model.simples[base].clone();
        match facets::fixed_value(value, &primitive, literal::runtime_type(&self.model, base)) {
            Ok(only) => {
                facets.retain(|old| matches!(old, Facet::Pattern(_)) || !only.iter().any(|new| is_same_kind(old, new)));
                facets.extend(only);
                facets.dedup();
            }
            Err(message) => self.report(Problem::new(&at.file, &at.path, message)),
        }
        match self.model.simples.iter().position(|simple| simple.origin == *at) {
            Some(known) => {
                self.model.simples[known].facets = facets;
                known
            }
            None => self.add_simple(SimpleType::new(at.clone(), String::new(), primitive, white_space, facets)),
        }
    }

    /// Reports a default that is not a value of its type.
    pub(super) fn check_default(&mut self, simple: SimpleId, value: &str, file: &str, path: &str) {
        if let Err(message) = facets::check("default", value, literal::runtime_type(&self.model, simple)) {
            let problem = Problem::new(file, path, message).at(SpanHint::Attribute(&["default"]));
            self.report(problem.advice("correct the value, or the type"));
        }
    }

    /// Reports a default or fixed value of an ID, which could occur only once.
    pub(super) fn check_no_id_value(&mut self, ty: Option<&QName>, has_value: bool, file: &str, path: &str) {
        if has_value && ty.is_some_and(|ty| self.is_id(ty)) {
            let problem = Problem::new(file, path, "an ID cannot have a default or fixed value");
            self.report(problem.at(SpanHint::Attribute(&["default", "fixed"])).advice("remove it"));
        }
    }

    /// Returns `true` if the simple type is `xs:ID`, or restricts it.
    fn is_id(&self, name: &QName) -> bool {
        let mut name = resolve(name);
        // Each step leads to another declaration, unless they form a cycle.
        for _ in 0..=self.declarations.simple.len() {
            if name.0 {
                return name.1 == "ID";
            }
            let Some(declared) = self.declarations.simple.get(name.1.as_str()) else { return false };
            let base = declared.node.content.iter().find_map(|child| match child {
                syntax::SimpleBaseTypeContent::Restriction(restriction) => restriction.base.as_ref(),
                _ => None,
            });
            let Some(base) = base else { return false };
            name = resolve(base);
        }
        false
    }

    /// Returns `true` if an empty text is a value of the type.
    pub(super) fn accepts_empty(&self, simple: SimpleId) -> bool {
        literal::runtime_type(&self.model, simple).check("").is_ok()
    }

    pub(super) fn add_simple(&mut self, simple: SimpleType) -> SimpleId {
        self.model.simples.push(simple);
        self.model.simples.len() - 1
    }

    /// Returns the simple type of a declaration; lowers it at the first call.
    pub(super) fn lower_simple(&mut self, node: &syntax::SimpleBaseType, origin: Origin) -> SimpleId {
        if let Some(id) = self.simple_ids.get(&std::ptr::from_ref(node)) {
            return *id;
        }
        if node.final_.is_some() {
            let problem = Problem::new(&origin.file, &origin.path, "block and final are not supported");
            self.report(problem.at(SpanHint::Attribute(&["final"])).advice("remove it"));
        }
        let mut doc = Vec::new();
        let message = "is neither a restriction nor a list nor a union";
        let mut parts = Err(simple_problem(&origin, message, "derive it with xs:restriction").into());
        for child in &node.content {
            use syntax::SimpleBaseTypeContent as Child;
            match child {
                Child::Annotation(annotation) => doc.push(annotation),
                Child::Restriction(restriction) => parts = self.lower_restriction(restriction, &origin),
                Child::Union(union) => parts = self.lower_union(union, &origin),
                Child::List(list) => parts = self.lower_list(list, &origin),
            }
        }
        let known = parts.is_ok();
        let (primitive, white_space, facets) = parts.unwrap_or_else(|Error(problems)| {
            crate::error::extend_unique(&mut self.problems, problems);
            (Primitive::BuiltIn("string".to_owned()), WhiteSpace::Preserve, Vec::new())
        });
        let id = self.add_simple(SimpleType::new(origin, documentation(doc), primitive, white_space, facets));
        if !known {
            self.broken_simples.push(id);
        }
        self.simple_ids.insert(node, id);
        id
    }

    /// Returns the simple type `name`, which another simple type refers to.
    fn require_simple(&mut self, name: &QName, origin: &Origin) -> Result<SimpleId, Error> {
        match self.lower_named_simple(name) {
            // Its problem was reported.
            Some(id) if self.broken_simples.contains(&id) => Err(Error(Vec::new())),
            Some(id) => Ok(id),
            None => {
                let name = String::from_utf8_lossy(name.as_bytes());
                let message = format!("the type {name} is not declared, not simple or not supported");
                Err(simple_problem(origin, &message, "declare it as an xs:simpleType, or name another type")
                    .undeclared(&name)
                    .into())
            }
        }
    }

    fn lower_list(&mut self, list: &syntax::List, origin: &Origin) -> Result<SimpleParts, Error> {
        let item = match (&list.item_type, &list.simple_type) {
            (Some(name), None) => self.require_simple(name, origin)?,
            (None, Some(node)) => self.lower_simple(node, nested_origin(origin, "item")),
            _ => {
                let message = "the xs:list needs exactly one item type";
                let problem = simple_problem(origin, message, "refer to it with `itemType`");
                return Err(problem.at(SpanHint::Xsd(&["list"])).into());
            }
        };
        Ok((Primitive::List(item), WhiteSpace::Collapse, Vec::new()))
    }

    fn lower_union(&mut self, union: &syntax::Union, origin: &Origin) -> Result<SimpleParts, Error> {
        let mut members = Vec::new();
        // Consecutive spaces between the names give empty names.
        let names = union.member_types.iter().flat_map(|names| &names.0);
        for name in names.filter(|name| !name.as_bytes().is_empty()) {
            members.push(self.require_simple(name, origin)?);
        }
        for (at, node) in union.simple_type.iter().enumerate() {
            members.push(self.lower_simple(node, nested_origin(origin, &format!("member{}", at + 1))));
        }
        if members.is_empty() {
            let problem = simple_problem(origin, "the xs:union has no members", "list their types in `memberTypes`");
            return Err(problem.at(SpanHint::Xsd(&["union"])).into());
        }
        Ok((Primitive::Union(members), WhiteSpace::Preserve, Vec::new()))
    }

    fn lower_restriction(&mut self, node: &syntax::Restriction, origin: &Origin) -> Result<SimpleParts, Error> {
        let mut inline = None;
        let mut facets = Vec::new();
        for content in &node.content {
            match content {
                syntax::RestrictionContent::Annotation(_) => {}
                syntax::RestrictionContent::SimpleType(node) => inline = Some(node),
                syntax::RestrictionContent::Facet(facet) => facets.push(facet),
            }
        }
        let base = match (&node.base, inline) {
            (Some(name), None) if resolve(name) == (true, "anySimpleType".to_owned()) => {
                let problem = simple_problem(origin, "xs:anySimpleType cannot be restricted", "restrict xs:string");
                return Err(problem.at(SpanHint::Reference("anySimpleType".to_owned())).into());
            }
            (Some(name), None) => self.require_simple(name, origin)?,
            (None, Some(node)) => self.lower_simple(node, nested_origin(origin, "base")),
            _ => {
                let advice = "refer to it with `base`, or declare it inside, but not both";
                let problem = simple_problem(origin, "the xs:restriction needs exactly one base type", advice);
                return Err(problem.at(SpanHint::Xsd(&["restriction"])).into());
            }
        };
        Ok(self.apply_facets(base, &facets, origin))
    }

    /// Returns `base` with the facets of one more derivation step.
    pub(super) fn apply_facets(&mut self, base: SimpleId, nodes: &[&syntax::Facet], origin: &Origin) -> SimpleParts {
        let SimpleType { primitive, mut white_space, mut facets, .. } = self.model.simples[base].clone();
        let runtime = literal::runtime_type(&self.model, base);
        let mut own = Vec::new();
        let mut patterns = Vec::new();
        let mut values = Vec::new();
        for node in nodes {
            match facets::parse_facet(node, &primitive, runtime) {
                Ok(ParsedFacet::Facet(facet)) if own.iter().any(|other| is_same_kind(other, &facet)) => {
                    let (name, value) = facets::name_and_value(node);
                    let problem = simple_problem(origin, &format!("{name} occurs twice"), "remove one of them");
                    self.report(problem.at(SpanHint::Facet(name, value.to_owned())));
                }
                Ok(ParsedFacet::Facet(facet)) => own.push(facet),
                Ok(ParsedFacet::WhiteSpace(rule)) if rule < white_space => {
                    let message = format!("the base type treats white space as {white_space}, which this would undo");
                    let problem = simple_problem(origin, &message, "remove the facet, or restrict another base type");
                    self.report(problem.at(SpanHint::Xsd(&["whiteSpace"])));
                }
                Ok(ParsedFacet::WhiteSpace(rule)) => white_space = rule,
                Ok(ParsedFacet::Pattern(pattern)) => patterns.push(pattern),
                Ok(ParsedFacet::Value(value)) => values.push(value),
                Err(message) => {
                    let (name, value) = facets::name_and_value(node);
                    let problem = simple_problem(origin, &message, facets::advice_for(name));
                    self.report(problem.at(SpanHint::Facet(name, value.to_owned())));
                }
            }
        }
        let of_base = consistency::with_built_in_bounds(&primitive, &facets);
        for Contradiction { message, facet: (name, value) } in consistency::find_contradictions(&own, &of_base, runtime)
        {
            let problem = simple_problem(origin, &message, "correct one of them; a type can only narrow its base type");
            self.report(problem.at(SpanHint::Facet(name, value)));
        }
        facets.retain(|old| !own.iter().any(|new| is_same_kind(old, new)));
        facets.extend(own);
        if !patterns.is_empty() {
            facets.push(Facet::Pattern(patterns));
        }
        if !values.is_empty() {
            facets.retain(|facet| !matches!(facet, Facet::Enumeration(_)));
            facets.push(Facet::Enumeration(values));
        }
        (primitive, white_space, facets)
    }
}

/// The built-in types that are tokens with a pattern (XML Schema Part 2, 3.2 and 3.3). The uniqueness of an ID and the
/// target of an IDREF are not checked.
const TOKENS: &[(&str, &str)] = &[
    ("ID", NC_NAME),
    ("IDREF", NC_NAME),
    ("NCName", NC_NAME),
    ("NMTOKEN", r"\c+"),
    ("Name", r"\i\c*"),
    ("gDay", r"---(0[1-9]|[12][0-9]|3[01])(Z|[+\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"),
    ("gMonth", r"--(0[1-9]|1[0-2])(Z|[+\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"),
    (
        "gMonthDay",
        r"--((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))(Z|[+\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?",
    ),
    ("gYear", r"-?([1-9][0-9]{3,}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])(Z|[+\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"),
    (
        "gYearMonth",
        r"-?([1-9][0-9]{3,}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])(Z|[+\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?",
    ),
    ("language", r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"),
];

/// The built-in types that are lists of at least one such token.
const TOKEN_LISTS: &[(&str, &str)] = &[("IDREFS", "IDREF"), ("NMTOKENS", "NMTOKEN")];

const NC_NAME: &str = r"[\i-[:]][\c-[:]]*";

/// Returns `true` if both are the same facet, whatever their values.
fn is_same_kind(a: &Facet, b: &Facet) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

fn simple_problem(origin: &Origin, message: &str, advice: &str) -> Problem {
    Problem::new(&origin.file, &origin.path, message).advice(advice)
}

fn nested_origin(origin: &Origin, step: &str) -> Origin {
    Origin { file: origin.file.clone(), path: format!("{}/{step}", origin.path), type_name: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_patterns_match_only_valid_values() {
        for (name, fits, does_not) in [
            ("ID", &["a", "_a-1"][..], &["a:b", "1a", ""][..]),
            ("Name", &["a:b", ":a"], &["1a"]),
            ("NMTOKEN", &["1a:-.", "\u{e9}"], &["a b", ""]),
            ("gDay", &["---31", "---01Z"], &["---32", "---00", "31"]),
            ("gMonth", &["--01", "--12+14:00"], &["--13", "--1"]),
            ("gMonthDay", &["--02-29", "--12-31-05:00"], &["--02-30", "--04-31"]),
            ("gYear", &["2024", "-0044", "12024", "2024Z"], &["0000", "02024", "999", "2024+14:01"]),
            ("gYearMonth", &["2024-02"], &["2024-13", "0000-01"]),
            ("language", &["en", "en-GB", "x-klingon-1"], &["1n", "abcdefghi"]),
        ] {
            let (_, pattern) = TOKENS.iter().find(|(token, _)| *token == name).unwrap();
            let regex = regex::Regex::new(&crate::regex::translate(pattern).unwrap()).unwrap();
            assert!(fits.iter().all(|text| regex.is_match(text)), "{name} {fits:?}");
            assert!(!does_not.iter().any(|text| regex.is_match(text)), "{name} {does_not:?}");
        }
    }
}
