//! `From` the type that an operation returns for the type that another operation takes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, docs, field};
use crate::model::{Kind, Member, MemberKind, TypeId};
use crate::passes::conversions::{Conversion, MemberMapping};

impl Emitter<'_> {
    /// Emits the conversions that belong next to the type.
    pub(super) fn conversions(&self, id: TypeId) -> TokenStream {
        self.conversions.iter().filter(|it| it.beside == id).map(|it| self.conversion(it)).collect()
    }

    fn conversion(&self, conversion: &Conversion) -> TokenStream {
        let Conversion { from, to, beside, mappings, .. } = conversion;
        let (source, target) = (self.type_from(*beside, *from), self.type_from(*beside, *to));
        let doc = self.conversion_doc(conversion);
        let body = match (&self.model.types[*from].kind, &self.model.types[*to].kind) {
            (Kind::Choice(choice), _) => {
                let arms = choice
                    .alternatives
                    .iter()
                    .zip(mappings)
                    .map(|(alternative, mapping)| self.arm(&source, *from, alternative, *mapping));
                quote!(match from { #(#arms)* })
            }
            (Kind::Record(given), Kind::Record(made)) => {
                let members = made.members.iter().filter(|member| !member.is_silent()).zip(mappings);
                let fields = members.map(|(member, mapping)| {
                    let (name, value) = (field(member), self.field_value(&given.members, member, *mapping));
                    quote!(#name: #value,)
                });
                let silent = made.members.iter().filter(|member| member.is_silent()).map(field);
                quote!(Self { #(#fields)* #(#silent: (),)* })
            }
            _ => return TokenStream::new(),
        };
        quote! {
            #doc
            impl From<#source> for #target {
                fn from(from: #source) -> Self { #body }
            }
        }
    }

    fn conversion_doc(&self, conversion: &Conversion) -> TokenStream {
        let Conversion { from, without, .. } = conversion;
        let except = match without {
            [] => String::new(),
            without => format!(", except `<{}>`", without.join(">`, `<")),
        };
        let settings: String = self.model.types[*from]
            .members()
            .iter()
            .filter(|member| self.is_list_of_settings(member) && !without.contains(&member.name.as_str()))
            .map(|member| format!(" Of `<{}>`, only values that are no secrets.", member.name))
            .collect();
        docs::comment(&format!("Copies the elements that both types have{except}.{settings}"))
    }

    fn arm(&self, source: &TokenStream, from: TypeId, alternative: &Member, mapping: MemberMapping) -> TokenStream {
        let variant = self.variant_name(from, alternative);
        match (self.payload(from, alternative), mapping) {
            (None, _) => quote!(#source::#variant => Self::#variant,),
            (Some(_), MemberMapping::Convert) => quote!(#source::#variant(value) => Self::#variant(value.into()),),
            (Some(_), _) => quote!(#source::#variant(value) => Self::#variant(value),),
        }
    }

    /// Returns the value of the field of `member`, which is made of the member of the same name among `from`.
    fn field_value(&self, from: &[Member], member: &Member, mapping: MemberMapping) -> TokenStream {
        let same_name = from.iter().find(|it| it.name == member.name);
        let Some(source) = same_name.filter(|_| mapping != MemberMapping::Omit) else {
            return self.absent_value(member);
        };
        let value = field(source);
        let is_plain = member.holds_many() || matches!(member.kind, MemberKind::Flag);
        match (mapping, is_plain, self.is_option(source), self.is_option(member)) {
            // A secret may be returned in another form than it is set in.
            (MemberMapping::Copy, ..) if self.is_list_of_settings(source) => {
                quote!(from.#value.into_iter().filter(|it| it.is_shown()).collect())
            }
            (MemberMapping::Convert, true, ..) => quote!(from.#value.into_iter().map(Into::into).collect()),
            (MemberMapping::Convert, _, true, true) => quote!(from.#value.map(Into::into)),
            (MemberMapping::Convert, _, false, true) => quote!(Some(from.#value.into())),
            (MemberMapping::Convert, ..) => quote!(from.#value.into()),
            (_, false, false, true) => quote!(Some(from.#value)),
            _ => quote!(from.#value),
        }
    }

    /// Returns `true` if the member is a list of settings, whose values are secrets under some names.
    fn is_list_of_settings(&self, member: &Member) -> bool {
        let Some(id) = member.ty().filter(|_| member.holds_many()) else { return false };
        matches!(&self.model.types[id].kind, Kind::Record(record) if record.shown.is_some())
    }
}
