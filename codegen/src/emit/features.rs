//! `#[cfg(feature = …)]` of modules and alternatives.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use crate::model::Member;
use crate::passes::features::ANY;

impl Emitter<'_> {
    /// Emits an error for a build without any operator, which has nothing to put into a packet.
    pub(super) fn require_feature(&self) -> Option<TokenStream> {
        let message = "no operator is enabled: name the features of those that you use, or `full`";
        (!self.features.all.is_empty()).then(|| {
            quote! {
                #[cfg(not(feature = #ANY))]
                #[rustfmt::skip]
                compile_error!(#message);
            }
        })
    }

    /// Returns the condition of everything that belongs to an alternative.
    pub(super) fn feature_gate(&self, alternative: &Member) -> Option<TokenStream> {
        let feature = self.features.of_branch(self.model, alternative)?;
        Some(quote!(#[cfg(feature = #feature)]))
    }

    /// Returns the condition of a module.
    pub(super) fn module_gate(&self, module: &str) -> Option<TokenStream> {
        match self.features.of_module(module) {
            [] => None,
            [feature] => Some(quote!(#[cfg(feature = #feature)])),
            all if all.len() == self.features.all.len() => Some(quote!(#[cfg(feature = #ANY)])),
            some => Some(quote!(#[cfg(any(#(feature = #some),*))])),
        }
    }

    /// Documents the features of a module.
    pub(super) fn feature_doc(&self, module: &str) -> String {
        match self.features.of_module(module) {
            [] => String::new(),
            [feature] => format!("\nNeeds the feature `{feature}`, which is on by default."),
            all if all.len() == self.features.all.len() => "\nPart of every build.".to_owned(),
            some => format!("\nNeeds one of the features `{}`, which are on by default.", some.join("`, `")),
        }
    }
}
