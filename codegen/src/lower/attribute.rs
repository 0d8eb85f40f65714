//! Lowers attributes: local ones, references, and attribute groups.

use super::content::ContentBuilder;
use super::declarations::{documentation, resolve};
use super::{Lowerer, ReferenceKind};
use crate::error::{Problem, SpanHint};
use crate::load::syntax;
use crate::model::{Attribute, Origin};

impl<'a> Lowerer<'a> {
    /// Lowers an attribute. It replaces an attribute of the same name in the base type.
    pub(super) fn lower_attribute(&mut self, node: &'a syntax::AttributeType, builder: &mut ContentBuilder<'a, '_>) {
        let ContentBuilder { file, origin, .. } = *builder;
        // A reference decides whether the attribute is required. The declaration decides everything else.
        let declared = match &node.ref_ {
            Some(reference) => {
                let (_, name) = resolve(reference);
                let Some(global) = self.declarations.attributes.get(name.as_str()) else {
                    let message = format!("the attribute {name} is not declared");
                    self.report_undeclared("ref", &name, file, &origin.path, message);
                    return;
                };
                global.node
            }
            None => node,
        };
        let name = declared.name.clone().unwrap_or_default();
        let attribute_origin =
            Origin { file: file.to_owned(), path: format!("{}/@{name}", origin.path), type_name: None };
        let problem = |message: &str| Problem::new(file, &attribute_origin.path, message);
        if builder.own_attributes.contains(&name) {
            self.report(problem("the attribute is declared twice").advice("remove one of them"));
        }
        let inherited = builder.content.attributes.iter().position(|attribute| attribute.name == name);
        let inherited = inherited.map(|at| builder.content.attributes.remove(at));
        if inherited.is_some_and(|it| it.required) && node.use_ != syntax::AttributeUseType::Required {
            self.report(problem("the base type requires the attribute").advice("set its use to required"));
        }
        if node.use_ == syntax::AttributeUseType::Prohibited {
            return;
        }
        builder.own_attributes.push(name.clone());
        let has_value = [node, declared].iter().any(|node| node.default.is_some() || node.fixed.is_some());
        self.check_no_id_value(declared.type_.as_ref(), has_value, file, &attribute_origin.path);
        if let (Some(own), Some(fixed)) = (&node.fixed, &declared.fixed)
            && own.trim() != fixed.trim()
        {
            let message = format!("the fixed value '{own}' differs from '{fixed}' of the declaration");
            self.report(problem(&message).advice("remove it"));
        }
        if self.is_secret(&attribute_origin.path, &name) {
            let problem =
                Problem::new(file, &attribute_origin.path, "is listed in `secrets`, but only elements can be redacted");
            self.report(problem.advice("list the element in `secrets` instead, or remove the entry"));
        }
        let simple = match (&declared.type_, &declared.simple_type) {
            (Some(ty), None) => self.lower_named_simple(ty),
            (None, Some(inline)) => Some(self.lower_simple(inline, attribute_origin.clone())),
            (None, None) => self.built_in_type("anySimpleType"),
            (Some(_), Some(_)) => None,
        };
        let Some(simple) = simple else {
            let message = "the type of the attribute is not declared, not simple or not supported";
            let named = declared.type_.as_ref().map(|ty| resolve(ty).1);
            let problem = named
                .iter()
                .fold(Problem::new(file, &attribute_origin.path, message), |problem, name| problem.undeclared(name));
            self.report(problem.advice("declare it as an xs:simpleType, or name another type"));
            self.gaps += 1;
            return;
        };
        let fixed = node.fixed.as_ref().or(declared.fixed.as_ref());
        let simple = fixed.map_or(simple, |value| self.restrict_to_value(simple, value, &attribute_origin));
        let default = node.default.as_ref().or(declared.default.as_ref());
        if let Some(value) = default {
            self.check_default(simple, value, file, &attribute_origin.path);
        }
        let default = default.or(fixed).cloned();
        let required = node.use_ == syntax::AttributeUseType::Required;
        let doc = documentation(node.annotation.iter().chain(&declared.annotation).take(1));
        builder.content.attributes.push(Attribute { name, simple, required, doc, default });
    }

    /// Reports the global attributes with the name of a complex type. No type may refer to them.
    pub(super) fn check_global_attributes(&mut self) {
        let attributes: Vec<_> =
            self.declarations.attributes.iter().map(|(name, declared)| (*name, *declared)).collect();
        for (name, declared) in attributes {
            let Some((false, ty)) = declared.node.type_.as_ref().map(resolve) else { continue };
            if self.declarations.complex.contains_key(ty.as_str()) {
                let problem =
                    Problem::new(declared.file, name, format!("the type {ty} of the attribute is not simple"));
                self.report(problem.at(SpanHint::Reference(ty)).advice("name a simple type"));
            }
        }
    }

    /// Lowers `<xs:attributeGroup ref="…"/>`.
    pub(super) fn lower_attribute_group(
        &mut self,
        node: &'a syntax::AttributeGroupType,
        builder: &mut ContentBuilder<'a, '_>,
    ) {
        let ContentBuilder { file, origin, .. } = *builder;
        let name = node.ref_.as_ref().map_or_else(String::new, |reference| resolve(reference).1);
        let Some(declared) = self.declarations.attribute_groups.get(name.as_str()).copied() else {
            let message = format!("the attribute group {name} is not declared");
            self.report_undeclared("ref", &name, file, &origin.path, message);
            return;
        };
        let reference = (ReferenceKind::AttributeGroup, name);
        if self.resolving.contains(&reference) {
            let problem =
                Problem::new(file, &origin.path, format!("the attribute group {} contains itself", reference.1));
            self.report(problem.advice("remove the reference that leads back to it"));
            return;
        }
        self.resolving.push(reference);
        for child in &declared.node.content {
            use syntax::AttributeGroupTypeContent as Child;
            match child {
                Child::Annotation(_) => {}
                // In a group, it has no effect.
                Child::Attribute(node) if node.use_ == syntax::AttributeUseType::Prohibited => {}
                Child::Attribute(node) => self.lower_attribute(node, builder),
                Child::AttributeGroup(group) => self.lower_attribute_group(group, builder),
                Child::AnyAttribute(_) => {
                    let span = SpanHint::Xsd(&["anyAttribute"]);
                    self.report_unsupported(file, &origin.path, "xs:anyAttribute is not supported", span);
                }
            }
        }
        self.resolving.pop();
    }
}
