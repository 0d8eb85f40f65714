//! Conversions from the type that an operation returns to the type that another operation takes: `From` if nothing is
//! lost, else a function that returns what it left out.

use proc_macro2::TokenStream;
use quote::quote;

use super::builders::init;
use super::{Emitter, docs, field};
use crate::model::{Kind, Member, MemberKind, TypeId};
use crate::passes::conversions::{Conversion, MemberMapping, drops_secrets, list_of_alternatives, nested_pairs};

impl Emitter<'_> {
    /// Emits the conversions that belong next to the type.
    pub(super) fn conversions(&self, id: TypeId) -> TokenStream {
        self.conversions.iter().filter(|it| it.beside == id).map(|it| self.conversion(it)).collect()
    }

    fn conversion(&self, conversion: &Conversion) -> TokenStream {
        let Conversion { from, to, beside, .. } = conversion;
        let (source, target) = (self.type_from(*beside, *from), self.type_from(*beside, *to));
        let doc = self.conversion_doc(conversion);
        let body = self.conversion_body(conversion, &source);
        if !conversion.is_lossy() {
            return quote! {
                #doc
                impl From<#source> for #target {
                    fn from(from: #source) -> Self { #body }
                }
            };
        }
        let (parameters, generics) = self.given_parameters(conversion);
        let is_part = self.conversions.iter().any(|it| nested_pairs(self.model, it).contains(&(*from, *to)));
        let (made, part) = if is_part {
            let part = quote! {
                /// Converts what has a place here.
                pub(crate) fn convert_from(from: #source) -> Self { #body }
            };
            (quote!(let made = Self::convert_from(answer.clone());), Some(part))
        } else {
            (quote!(let from = answer.clone(); let made = #body;), None)
        };
        // Inline, so that only programs that use a conversion compile the comparison.
        quote! {
            impl #target {
                #doc
                #[inline]
                pub fn from_lossy #generics (answer: &#source #(, #parameters)*) -> (Self, LeftOut) {
                    #made
                    let left_out = LeftOut::between(answer, &made);
                    (made, left_out)
                }

                #part
            }
        }
    }

    /// Returns the expression of the target, made of the value `from`.
    fn conversion_body(&self, conversion: &Conversion, source: &TokenStream) -> TokenStream {
        let Conversion { from, to, mappings, .. } = conversion;
        match (&self.model.types[*from].kind, &self.model.types[*to].kind) {
            (Kind::Choice(choice), _) => {
                let arms = choice
                    .alternatives
                    .iter()
                    .zip(mappings)
                    .map(|(alternative, mapping)| self.arm(conversion, source, alternative, *mapping));
                quote!(match from { #(#arms)* })
            }
            (Kind::Record(given), Kind::Record(made)) => {
                if let Some((list, choice)) = list_of_alternatives(self.model, &made.members) {
                    let items = self.list_items(conversion, &given.members, choice);
                    let list = field(list);
                    return quote!(Self { #list: ::core::iter::empty() #(.chain(#items))* .collect() });
                }
                let members = made.members.iter().filter(|member| !member.is_silent()).zip(mappings);
                let fields = members.map(|(member, mapping)| {
                    let (name, value) = (field(member), self.field_value(conversion, &given.members, member, *mapping));
                    init(&name, value)
                });
                let silent = made.members.iter().filter(|member| member.is_silent()).map(field);
                quote!(Self { #(#fields)* #(#silent: (),)* })
            }
            _ => TokenStream::new(),
        }
    }

    /// Returns an iterator for each alternative of the list that the source has a member for.
    fn list_items(&self, conversion: &Conversion, from: &[Member], choice: TypeId) -> Vec<TokenStream> {
        let ty = self.type_from(conversion.beside, choice);
        let alternatives = self.model.types[choice].members().iter().zip(&conversion.mappings);
        let copied = alternatives.filter(|(_, mapping)| **mapping == MemberMapping::Copy);
        let item = |(alternative, _): (&Member, _)| {
            let source = from.iter().find(|it| it.name == alternative.name)?;
            let (value, variant) = (field(source), self.variant_name(choice, alternative));
            Some(match self.is_option(source) {
                true => quote!(from.#value.map(#ty::#variant)),
                false => quote!([#ty::#variant(from.#value)]),
            })
        };
        copied.filter_map(item).collect()
    }

    /// Returns the parameters for the elements that the caller passes, and their type parameters.
    fn given_parameters(&self, conversion: &Conversion) -> (Vec<TokenStream>, Option<TokenStream>) {
        let Conversion { to, mappings, .. } = conversion;
        let members = self.model.types[*to].members().iter().filter(|member| !member.is_silent()).zip(mappings);
        let given = members.filter(|(_, mapping)| **mapping == MemberMapping::Given);
        let (mut parameters, mut markers) = (Vec::new(), Vec::new());
        for (member, _) in given {
            let (name, parameter) = (field(member), self.given_parameter(*to, member));
            let ty = parameter.ty;
            parameters.push(quote!(#name: #ty));
            markers.extend(parameter.marker);
        }
        let generics = (!markers.is_empty()).then(|| quote!(<#(#markers),*>));
        (parameters, generics)
    }

    fn conversion_doc(&self, conversion: &Conversion) -> TokenStream {
        if !conversion.is_lossy() {
            return docs::comment("Converts every element.");
        }
        let left_out = match conversion.left_out.as_slice() {
            [] => "Leaves out nothing.".to_owned(),
            names => format!("May leave out `<{}>`.", names.join(">`, `<")),
        };
        let dropped = self.model.types[conversion.from].members().iter().filter(|it| drops_secrets(self.model, it));
        let secrets: String = dropped.map(|member| format!(" Of `<{}>`, secrets are left out.", member.name)).collect();
        docs::comment(&format!(
            "Makes a value of the elements that both types have. Also returns what it left out.\n\n{left_out}{secrets}"
        ))
    }

    fn arm(
        &self,
        conversion: &Conversion,
        source: &TokenStream,
        alternative: &Member,
        mapping: MemberMapping,
    ) -> TokenStream {
        let variant = self.variant_name(conversion.from, alternative);
        let payload = self.payload(conversion.from, alternative);
        let target = self.model.types[conversion.to].members().iter().find(|it| it.name == alternative.name);
        match (payload, mapping, target) {
            (None, ..) => quote!(#source::#variant => Self::#variant,),
            (Some(_), MemberMapping::Convert, Some(target)) => {
                let value = self.converted(conversion, alternative, target, quote!(value));
                quote!(#source::#variant(value) => Self::#variant(#value),)
            }
            (Some(_), ..) => quote!(#source::#variant(value) => Self::#variant(value),),
        }
    }

    /// Returns `value`, an item of the member `from`, converted for the member `to`.
    fn converted(&self, conversion: &Conversion, from: &Member, to: &Member, value: TokenStream) -> TokenStream {
        match self.lossy_target(conversion, from, to) {
            // What it leaves out is found in the values as a whole.
            Some(target) => quote!(#target::convert_from(#value)),
            None => quote!(#value.into()),
        }
    }

    /// Returns the function that converts an item of the member `from` for the member `to`.
    fn converter(&self, conversion: &Conversion, from: &Member, to: &Member) -> TokenStream {
        match self.lossy_target(conversion, from, to) {
            Some(target) => quote!(#target::convert_from),
            None => quote!(Into::into),
        }
    }

    /// Returns the type of the member `to`, if the conversion from that of `from` is lossy.
    fn lossy_target(&self, conversion: &Conversion, from: &Member, to: &Member) -> Option<TokenStream> {
        let (from, to) = (from.ty()?, to.ty()?);
        let is_lossy = self.conversions.iter().any(|it| (it.from, it.to) == (from, to) && it.is_lossy());
        is_lossy.then(|| self.type_from(conversion.beside, to))
    }

    /// Returns the value of the field of `member`, which is made of the member of the same name among `from`.
    fn field_value(
        &self,
        conversion: &Conversion,
        from: &[Member],
        member: &Member,
        mapping: MemberMapping,
    ) -> TokenStream {
        if mapping == MemberMapping::Given {
            return self.given_parameter(conversion.to, member).value;
        }
        let same_name = from.iter().find(|it| it.name == member.name);
        let Some(source) = same_name.filter(|_| mapping != MemberMapping::Omit) else {
            return self.absent_value(member);
        };
        let value = field(source);
        let converter = || self.converter(conversion, source, member);
        let is_plain = member.holds_many() || matches!(member.kind, MemberKind::Flag);
        match (mapping, is_plain, self.is_option(source), self.is_option(member)) {
            // A secret may be returned in another form than it is set in.
            (MemberMapping::Copy, ..) if drops_secrets(self.model, source) => {
                quote!(from.#value.into_iter().filter(|it| it.is_shown()).collect())
            }
            (MemberMapping::Convert, true, ..) => {
                let converter = converter();
                quote!(from.#value.into_iter().map(#converter).collect())
            }
            (MemberMapping::Convert, _, true, true) => {
                let converter = converter();
                quote!(from.#value.map(#converter))
            }
            (MemberMapping::Convert, _, false, true) => {
                let value = self.converted(conversion, source, member, quote!(from.#value));
                quote!(Some(#value))
            }
            (MemberMapping::Convert, ..) => self.converted(conversion, source, member, quote!(from.#value)),
            (_, false, false, true) => quote!(Some(from.#value)),
            _ => quote!(from.#value),
        }
    }
}
