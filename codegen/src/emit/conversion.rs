//! `From` what an operation returns to what another one takes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, docs, field};
use crate::model::{Kind, Member, TypeId};
use crate::passes::conversions::{Conversion, MemberMapping};

impl Emitter<'_> {
    /// The conversions that stand beside the type.
    pub(super) fn conversions(&self, id: TypeId) -> TokenStream {
        self.conversions.iter().filter(|it| it.beside == id).map(|it| self.conversion(it)).collect()
    }

    fn conversion(&self, conversion: &Conversion) -> TokenStream {
        let Conversion { from, to, beside, without, mappings } = conversion;
        let (source, target) = (self.type_from(*beside, *from), self.type_from(*beside, *to));
        let left_out = match without {
            [] => String::new(),
            without => format!(", without `<{}>`", without.join(">`, `<")),
        };
        let guarded = self.model.types[*from]
            .members()
            .iter()
            .filter(|member| self.is_list_of_settings(member) && !without.contains(&member.name.as_str()));
        let guarded = guarded.map(|member| format!(", of `<{}>` what is no secret", member.name)).collect::<String>();
        let doc = docs::comment(&format!("Takes over what both have{left_out}{guarded}."));
        let made = match (&self.model.types[*from].kind, &self.model.types[*to].kind) {
            (Kind::Choice(choice), _) => {
                let arms = choice
                    .alternatives
                    .iter()
                    .zip(mappings)
                    .map(|(branch, step)| self.arm(&source, *from, branch, *step));
                quote!(match from { #(#arms)* })
            }
            (Kind::Record(given), Kind::Record(made)) => {
                let members = made.members.iter().filter(|member| !member.is_silent()).zip(mappings);
                let fields = members.map(|(member, step)| {
                    let (name, value) = (field(member), self.taken(&given.members, member, *step));
                    quote!(#name: #value,)
                });
                quote!(Self { #(#fields)* })
            }
            _ => return TokenStream::new(),
        };
        quote! {
            #doc
            impl From<#source> for #target {
                fn from(from: #source) -> Self { #made }
            }
        }
    }

    fn arm(&self, source: &TokenStream, from: TypeId, branch: &Member, step: MemberMapping) -> TokenStream {
        let variant = self.variant_name(from, branch);
        match (self.payload(from, branch), step) {
            (None, _) => quote!(#source::#variant => Self::#variant,),
            (Some(_), MemberMapping::Convert) => quote!(#source::#variant(value) => Self::#variant(value.into()),),
            (Some(_), _) => quote!(#source::#variant(value) => Self::#variant(value),),
        }
    }

    /// The value of the field of `member`.
    fn taken(&self, from: &[Member], member: &Member, step: MemberMapping) -> TokenStream {
        let Some(source) = from.iter().find(|it| it.name == member.name).filter(|_| step != MemberMapping::Omit) else {
            return self.placeholder(member);
        };
        let value = field(source);
        let optional = |member: &Member| member.occurs.is_optional() && !self.holds_nothing(member);
        let plain = member.holds_many() || matches!(member.kind, crate::model::MemberKind::Flag);
        match (step, plain, optional(source), optional(member)) {
            // What is read of a secret may be another form of it than is set.
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

    /// Whether the member is a list of settings, whose values are secrets under some names.
    fn is_list_of_settings(&self, member: &Member) -> bool {
        let Some(id) = member.ty().filter(|_| member.holds_many()) else { return false };
        matches!(&self.model.types[id].kind, Kind::Record(record) if record.shown.is_some())
    }
}
