//! Enums for choices: one variant for each alternative, and one for no element at all where a selector allows that.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, alias, docs, ident};
use crate::config::Selector;
use crate::model::{Choice, Member, MemberKind, Role, TypeId};
use crate::passes::names;

impl Emitter<'_> {
    /// Emits the enum of a choice.
    pub(super) fn choice(&self, id: TypeId, choice: &Choice) -> TokenStream {
        let ty = &self.model.types[id];
        let name = ident(&self.names.types[id].name);
        let doc = self.type_doc(id);
        let alias = alias(&ty.origin, &name);
        let empty_variant = self.empty_variant(id).map(|(name, scope)| {
            let name = ident(name);
            let doc = docs::from_schema(&format!("**{scope}** Written without any element."));
            quote!(#doc #[xml(empty)] #name,)
        });
        let variants = choice.alternatives.iter().map(|alternative| self.variant(id, alternative));
        let constructors = self.is_made(id).then(|| self.alternative_constructors(id, choice));
        let has_element = !matches!(
            ty.role,
            Role::Part { .. } | Role::Shared { part: true, .. } | Role::Operators | Role::OperationItem { .. }
        );
        let content = has_element.then(|| quote!(, Content));
        let deny_unknown = (has_element && choice.selector).then(|| quote!(deny_unknown));
        let xml = self.type_attribute(deny_unknown.into_iter().collect());
        let operation = self.operation(id);
        let derive_operation = operation.as_ref().map(|_| quote!(, Operation));
        let must_use = self.must_use(operation.is_some(), false);
        quote! {
            #doc
            #alias
            #[derive(Clone, Debug, PartialEq, Choice #content #derive_operation)]
            #xml
            #operation
            #must_use
            #[non_exhaustive]
            pub enum #name { #empty_variant #(#variants)* }
            #constructors
        }
    }

    /// Returns the entry of the configuration if the type is a selector.
    pub(super) fn selector(&self, id: TypeId) -> Option<&Selector> {
        names::selector(&self.model.types[id], self.config)
    }

    /// Returns the name of the variant for no element at all, and the objects that it selects.
    pub(super) fn empty_variant(&self, id: TypeId) -> Option<(&'static str, &'static str)> {
        self.selector(id).and_then(|selector| selector.empty)
    }

    /// Returns the name of an alternative's variant.
    pub(super) fn variant_name(&self, id: TypeId, alternative: &Member) -> Ident {
        let match_all = names::match_all_name(self.selector(id), &alternative.name);
        ident(&match_all.map_or_else(|| names::variant_name(alternative), str::to_owned))
    }

    fn variant(&self, id: TypeId, alternative: &Member) -> TokenStream {
        let name = self.variant_name(id, alternative);
        let matches_all = names::match_all_name(self.selector(id), &alternative.name).is_some();
        let warning = matches_all.then(|| docs::comment("**Everything.**\n\n"));
        let doc = match self.model.types[id].role {
            Role::OperationItem { .. } => self.operation_item_doc(alternative),
            _ => self.member_doc(alternative),
        };
        let feature = self.feature_gate(alternative);
        let xml = self.variant_attribute(alternative);
        let payload = self.payload(id, alternative).map(|payload| quote!((#payload)));
        quote!(#warning #doc #feature #xml #name #payload,)
    }

    /// Documents one request or reply of an operator: its type has the documentation, unless it is the runtime's.
    fn operation_item_doc(&self, alternative: &Member) -> TokenStream {
        match alternative.ty() {
            Some(ty) if !self.is_standard(ty) => docs::comment(&format!("See [`{}`].", self.names.types[ty].name)),
            Some(ty) if !self.model.types[ty].doc.is_empty() => docs::from_schema(&self.model.types[ty].doc),
            _ => docs::comment(&format!("Reply to `{}`.", alternative.name)),
        }
    }

    /// Returns the type of an alternative's payload; `None` if it has none.
    pub(super) fn payload(&self, id: TypeId, alternative: &Member) -> Option<TokenStream> {
        if matches!(alternative.kind, MemberKind::Flag) {
            return None;
        }
        let item = self.item_type(id, alternative);
        Some(if alternative.holds_many() { quote!(NonEmpty<#item>) } else { item })
    }
}
