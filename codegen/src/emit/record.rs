//! Structs: one field a member, in schema order.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, alias, docs, field, ident};
use crate::model::{Member, MemberKind, Model, Record, TypeId};

impl Emitter<'_> {
    pub(super) fn record(&self, id: TypeId, record: &Record) -> TokenStream {
        let ty = &self.model.types[id];
        let name = ident(&self.names.types[id].name);
        let doc = docs::of_type(&self.words(id), &ty.origin);
        let alias = alias(&ty.origin, &name);
        let fields = self.fields(id, record);
        let builder = self.is_made(id).then(|| self.builder(id, record));
        let attribute = self.record_attribute(id, record);
        let must_use = self.has_setters(id, record).then(|| quote!(#[must_use]));
        let guarded = record.shown.as_ref().map(|shown| self.guarded(id, record, shown));
        let debug = record.shown.is_none().then(|| quote!(Debug,));
        quote! {
            #doc
            #alias
            #[derive(Clone, #debug PartialEq, Content)]
            #attribute
            #must_use
            #[non_exhaustive]
            pub struct #name { #fields }
            #builder
            #guarded
        }
    }

    fn fields(&self, id: TypeId, record: &Record) -> TokenStream {
        let at = &self.names.types[id];
        let attributes = record.attributes.iter().map(|attribute| {
            let (name, ty) = (attribute_field(attribute), self.scalar_type(at, attribute.simple));
            let ty = if attribute.required { ty } else { quote!(Option<#ty>) };
            let (doc, xml) = (docs::of_attribute(attribute, self.model), self.attribute_attribute(attribute));
            quote!(#doc #xml pub #name: #ty,)
        });
        let text = record.text.map(|simple| {
            let ty = self.scalar_type(at, simple);
            let xml = self.content_attribute(simple);
            quote!(#[doc = " The text of the element."] #xml pub value: #ty,)
        });
        let members = record.members.iter().map(|member| {
            let name = field(member);
            let shown = record.shown.as_ref().filter(|shown| member.name == shown.value);
            let xml = self.field_attribute(member, shown.map(|_| quote!(Self::is_shown)));
            if member.is_silent() {
                return quote!(#xml #name: (),);
            }
            let ty = self.field_type(id, member);
            if record.is_result {
                let doc = docs::comment("The element itself, which is a result.");
                return quote!(#doc pub #name: #ty,);
            }
            let doc = docs::of_member(member, self.model, self.names);
            quote!(#doc #xml pub #name: #ty,)
        });
        quote!(#(#attributes)* #text #(#members)*)
    }

    /// Returns the attribute that says what the content as a whole is.
    fn record_attribute(&self, id: TypeId, record: &Record) -> Option<TokenStream> {
        let mut words = Vec::new();
        if record.is_result {
            words.push(quote!(transparent));
        }
        if record.any_order {
            words.push(quote!(any_order));
        }
        if record.outcome {
            words.push(quote!(result));
        }
        if self.is_exact(id) {
            words.push(quote!(deny_unknown));
        }
        self.type_attribute(words)
    }

    /// Whether what cannot be read would pass for the absence of a selector, which chooses something of its own.
    fn is_exact(&self, id: TypeId) -> bool {
        let ty = &self.model.types[id];
        let selects =
            |member: &Member| matches!(member.kind, MemberKind::Choice(id) if self.empty_variant(id).is_some());
        ty.direction == crate::model::Direction::Request && ty.members().iter().any(selects)
    }

    /// A type of its own for content that the schema leaves open.
    pub(super) fn untyped(&self, id: TypeId) -> TokenStream {
        let ty = &self.model.types[id];
        let name = ident(&self.names.types[id].name);
        let doc = docs::of_type(&ty.doc, &ty.origin);
        let attribute = self.type_attribute(vec![quote!(raw)]);
        let new = self.is_made(id).then(|| {
            let about = docs::comment("Creates an empty value.");
            quote! {
                impl #name {
                    #about
                    pub fn new() -> Self { Self { content: Any::empty() } }
                }
            }
        });
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Content)]
            #attribute
            #[non_exhaustive]
            pub struct #name {
                #[doc = " What the element holds: the schema allows anything."]
                pub content: Any,
            }
            #new
        }
    }
}

pub(super) fn attribute_field(attribute: &crate::model::Attribute) -> proc_macro2::Ident {
    use heck::ToSnakeCase;
    ident(&attribute.name.to_snake_case())
}

/// Pairs of a type and a member's type that lead back to it without a list in between.
pub(super) fn recursive_members(model: &Model) -> BTreeSet<(TypeId, TypeId)> {
    let direct = |id: TypeId| -> Vec<TypeId> {
        let holds = |member: &&Member| !(member.occurs.is_list());
        model.types[id].members().iter().filter(holds).filter_map(Member::ty).collect()
    };
    let mut found = BTreeSet::new();
    for id in 0..model.types.len() {
        for next in direct(id) {
            let mut seen = BTreeSet::new();
            let mut queue = vec![next];
            while let Some(at) = queue.pop() {
                if at == id {
                    found.insert((id, next));
                    break;
                }
                if seen.insert(at) {
                    queue.extend(direct(at));
                }
            }
        }
    }
    found
}
