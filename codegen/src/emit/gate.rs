//! What stands behind a Cargo feature.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use crate::model::Member;

/// The attribute of what any of the features brings; nothing if it needs none.
pub(super) fn on_any<'f>(features: impl IntoIterator<Item = &'f String>) -> Option<TokenStream> {
    let features: Vec<&String> = features.into_iter().collect();
    match *features {
        [] => None,
        [feature] => Some(quote!(#[cfg(feature = #feature)])),
        _ => Some(quote!(#[cfg(any(#(feature = #features),*))])),
    }
}

impl Emitter<'_> {
    /// Without any feature there is nothing to put into a packet.
    pub(super) fn some_feature(&self) -> Option<TokenStream> {
        let features: Vec<&String> = self.features.all.iter().map(|feature| &feature.name).collect();
        let message = "no operator is switched on: name the features of those you use, or `full`";
        (!features.is_empty()).then(|| {
            quote! {
                #[cfg(not(any(#(feature = #features),*)))]
                #[rustfmt::skip]
                compile_error!(#message);
            }
        })
    }

    /// The attribute of everything that is about an alternative, if a feature brings it.
    pub(super) fn gate(&self, branch: &Member) -> Option<TokenStream> {
        on_any(self.features.of_branch(self.model, branch))
    }

    /// What the documentation of a module says of its features.
    pub(super) fn feature_doc(&self, module: &str) -> String {
        match self.features.of_module(module) {
            [] => String::new(),
            [feature] => format!("\nFeature `{feature}`."),
            all if all.len() == self.features.all.len() => "\nWith the feature of any operator.".to_owned(),
            some => format!("\nAny of the features `{}`.", some.join("`, `")),
        }
    }
}
