//! Settings: pairs of a name and a value, which is redacted under all names but those in the configuration.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, docs, field, ident};
use crate::model::{Record, Shown, TypeId};

impl Emitter<'_> {
    /// Emits the names whose values may be shown, and a `Debug` that redacts the others.
    pub(super) fn redaction(&self, id: TypeId, record: &Record, shown: &Shown) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let fields = record.members.iter().filter(|member| !member.is_silent()).map(|member| {
            let field = field(member);
            let value = if member.name == shown.value { quote!(value) } else { quote!(&self.#field) };
            let label = field.to_string();
            quote!(.field(#label, #value))
        });
        let (values, label) = (&shown.names, name.to_string());
        let (key, value) = (field_of(record, &shown.name), field_of(record, &shown.value));
        let shown_doc = docs::comment(&format!(
            "Names whose values may be shown; under any other name, `<{}>` is a secret.",
            shown.value
        ));
        quote! {
            impl #name {
                #shown_doc
                pub const SHOWN: &'static [&'static str] = &[#(#values),*];
                pub(crate) fn is_shown(&self) -> bool { Self::SHOWN.contains(&self.#key.as_str()) }
            }
            impl std::fmt::Debug for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    let value: &dyn std::fmt::Debug =
                        if self.is_shown() { self.#value.as_shown() } else { &self.#value };
                    f.debug_struct(#label) #(#fields)* .finish()
                }
            }
        }
    }
}

/// Returns the field of the element `name`.
fn field_of(record: &Record, name: &str) -> Option<Ident> {
    record.members.iter().find(|member| member.name == name).map(field)
}
