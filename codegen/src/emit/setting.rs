//! Settings: pairs of a name and a value, which is a secret under all names but those that the configuration lists.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, docs, field, ident};
use crate::model::{Record, Shown, TypeId};

impl Emitter<'_> {
    /// Which values may be shown, and a `Debug` that minds it.
    pub(super) fn guarded(&self, id: TypeId, record: &Record, shown: &Shown) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let fields = record.members.iter().filter(|member| !member.is_silent()).map(|member| {
            let field = field(member);
            let shown = if member.name == shown.value { quote!(value) } else { quote!(&self.#field) };
            let label = field.to_string();
            quote!(.field(#label, #shown))
        });
        let (values, label) = (&shown.names, name.to_string());
        let (key, value) = (self.field_called(record, &shown.name), self.field_called(record, &shown.value));
        let about = docs::comment(&format!(
            "The names whose values may be shown; under others `<{}>` is a secret.",
            shown.value
        ));
        quote! {
            impl #name {
                #about
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

    /// The field of the element `name`.
    fn field_called(&self, record: &Record, name: &str) -> Option<Ident> {
        record.members.iter().find(|member| member.name == name).map(field)
    }
}
