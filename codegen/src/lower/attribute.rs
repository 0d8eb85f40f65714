//! Attributes: declared in their place, referred to, or in groups.

use super::content::ContentBuilder;
use super::declarations::{documentation, resolve};
use super::{Lowerer, Reference};
use crate::error::{Problem, SpanHint};
use crate::load::syntax;
use crate::model::{Attribute, Origin};

impl<'a> Lowerer<'a> {
    /// An attribute: it takes the place of one of its name that the base has.
    pub(super) fn attribute(&mut self, node: &'a syntax::AttributeType, parts: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *parts;
        // A reference says whether the attribute must be there; its declaration says all else.
        let declared = match &node.ref_ {
            Some(reference) => {
                let (_, name) = resolve(reference);
                let Some(global) = self.declarations.attributes.get(name.as_str()) else {
                    let message = format!("the attribute {name} is not declared");
                    self.undeclared("ref", &name, file, &origin.path, message);
                    return;
                };
                global.node
            }
            None => node,
        };
        let name = declared.name.clone().unwrap_or_default();
        parts.content.attributes.retain(|attribute| attribute.name != name);
        if node.use_ == syntax::AttributeUseType::Prohibited {
            return;
        }
        let at = Origin { file: file.to_owned(), path: format!("{}/@{name}", origin.path), type_name: None };
        if self.config.secrets.iter().any(|secret| *secret == at.path || *secret == name) {
            let problem = Problem::new(file, &at.path, "is listed in `secrets`, but only elements are hidden");
            self.report(problem.advice("name the elements in `secrets` that the attribute is a secret of, or none"));
        }
        let simple = match (&declared.type_, &declared.simple_type) {
            (Some(ty), None) => self.simple_named(ty),
            (None, Some(inline)) => Some(self.simple_node(inline, at.clone())),
            (None, None) => self.built_in("anySimpleType"),
            (Some(_), Some(_)) => None,
        };
        let Some(simple) = simple else {
            let message = "the type of the attribute is not declared, not simple or not supported";
            let named = declared.type_.as_ref().map(|ty| resolve(ty).1);
            let problem =
                named.iter().fold(Problem::new(file, &at.path, message), |problem, name| problem.undeclared(name));
            self.report(problem.advice("declare it as an xs:simpleType, or name another type"));
            return;
        };
        let fixed = node.fixed.as_ref().or(declared.fixed.as_ref());
        let simple = fixed.map_or(simple, |value| self.fixed(simple, value, &at));
        let default = node.default.as_ref().or(declared.default.as_ref()).or(fixed).cloned();
        let required = node.use_ == syntax::AttributeUseType::Required;
        let doc = documentation(node.annotation.iter().chain(&declared.annotation).take(1));
        parts.content.attributes.push(Attribute { name, simple, required, doc, default });
    }

    /// `<xs:attributeGroup ref="…"/>`
    pub(super) fn attribute_group(&mut self, node: &'a syntax::AttributeGroupType, parts: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *parts;
        let name = node.ref_.as_ref().map_or_else(String::new, |reference| resolve(reference).1);
        let Some(declared) = self.declarations.attribute_groups.get(name.as_str()).copied() else {
            let message = format!("the attribute group {name} is not declared");
            self.undeclared("ref", &name, file, &origin.path, message);
            return;
        };
        let open = (Reference::AttributeGroup, name);
        if self.resolving.contains(&open) {
            let problem = Problem::new(file, &origin.path, format!("the attribute group {} contains itself", open.1));
            self.report(problem.advice("take it out of the circle"));
            return;
        }
        self.resolving.push(open);
        for part in &declared.node.content {
            use syntax::AttributeGroupTypeContent as Child;
            match part {
                Child::Annotation(_) => {}
                Child::Attribute(node) => self.attribute(node, parts),
                Child::AttributeGroup(group) => self.attribute_group(group, parts),
                Child::AnyAttribute(_) => {
                    let mark = SpanHint::Xsd(&["anyAttribute"]);
                    self.refuse(file, &origin.path, "xs:anyAttribute is not supported", mark);
                }
            }
        }
        self.resolving.pop();
    }
}
