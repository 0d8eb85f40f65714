//! Enums: one variant an alternative; a selector has a loud one for "everything".

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, alias, docs, ident};
use crate::config::Selector;
use crate::model::{Choice, Member, MemberKind, Role, TypeId};
use crate::passes::names;

impl Emitter<'_> {
    pub(super) fn choice(&self, id: TypeId, choice: &Choice) -> TokenStream {
        let ty = &self.model.types[id];
        let name = ident(&self.names.types[id].name);
        let doc = docs::of_type(&self.words(id), &ty.origin);
        let alias = alias(&ty.origin, &name);
        let selector = self.selector(id);
        let empty = self.empty_variant(id);
        let empty_variant = empty.map(|(name, scope)| {
            let name = ident(name);
            let about = docs::words(&format!("**{scope}** Written as nothing at all."));
            quote!(#about #[xml(empty)] #name,)
        });
        let variants = choice.alternatives.iter().map(|branch| self.variant(id, branch, selector));
        let constructors = self.is_made(id).then(|| self.alternatives(id, choice));
        let has_element = !matches!(
            ty.role,
            Role::Part { .. } | Role::Shared { part: true, .. } | Role::Operators | Role::OperationItem { .. }
        );
        let content = has_element.then(|| quote!(, Content));
        let deny_unknown = (has_element && choice.selector).then(|| quote!(deny_unknown));
        let attribute = self.type_attribute(deny_unknown.into_iter().collect());
        quote! {
            #doc
            #alias
            #[derive(Clone, Debug, PartialEq, Choice #content)]
            #attribute
            #[non_exhaustive]
            pub enum #name { #empty_variant #(#variants)* }
            #constructors
        }
    }

    pub(super) fn selector(&self, id: TypeId) -> Option<&Selector> {
        names::selector(&self.model.types[id], self.config)
    }

    /// The variant that stands for no choice at all, and what it touches.
    pub(super) fn empty_variant(&self, id: TypeId) -> Option<(&'static str, &'static str)> {
        self.selector(id).and_then(|selector| selector.empty)
    }

    /// The name of an alternative's variant.
    pub(super) fn variant_name(&self, id: TypeId, branch: &Member) -> proc_macro2::Ident {
        let loud = names::match_all_name(self.selector(id), &branch.name);
        ident(&loud.map_or_else(|| names::variant_name(branch), str::to_owned))
    }

    fn variant(&self, id: TypeId, branch: &Member, selector: Option<&Selector>) -> TokenStream {
        let name = self.variant_name(id, branch);
        let loud = names::match_all_name(selector, &branch.name).is_some();
        let warning = loud.then(|| docs::comment("**Everything.**\n\n"));
        // The request or answer says of itself what it is.
        let doc = match (&self.model.types[id].role, branch.ty()) {
            (Role::OperationItem { .. }, Some(ty)) if self.is_standard(ty) => {
                let said = &self.model.types[ty].doc;
                docs::words(
                    if said.is_empty() { format!("Answer to `{}`.", branch.name) } else { said.clone() }.as_str(),
                )
            }
            (Role::OperationItem { .. }, Some(ty)) => docs::comment(&format!("[`{}`].", self.names.types[ty].name)),
            _ => docs::of_member(branch, self.model, self.names),
        };
        let gate = self.gate(branch);
        let attribute = self.variant_attribute(branch);
        let doc = quote!(#warning #doc #gate #attribute);
        match self.payload(id, branch) {
            Some(payload) => quote!(#doc #name(#payload),),
            None => quote!(#doc #name,),
        }
    }

    pub(super) fn payload(&self, id: TypeId, branch: &Member) -> Option<TokenStream> {
        if matches!(branch.kind, MemberKind::Flag) {
            return None;
        }
        let item = self.item_type(id, branch);
        Some(if branch.holds_many() { quote!(NonEmpty<#item>) } else { item })
    }
}
