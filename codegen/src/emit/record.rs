//! Structs: one field a member, in schema order.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, alias, docs, field, ident};
use crate::model::{Kind, Member, MemberKind, Model, Record, TypeId};

impl Emitter<'_> {
    pub(super) fn record(&self, id: TypeId, record: &Record) -> TokenStream {
        let ty = &self.model.types[id];
        let name = ident(&self.names.types[id].name);
        let doc = docs::of_type(&self.words(id), &ty.origin);
        let alias = alias(&ty.origin, &name);
        let fields = self.fields(id, record);
        let builder = self.is_made(id).then(|| self.builder(id, record));
        let content = self.record_content(id, record);
        let must_use = self.has_setters(id, record).then(|| quote!(#[must_use]));
        let guarded = record.shown.as_ref().map(|shown| self.guarded(id, record, shown));
        let debug = record.shown.is_none().then(|| quote!(Debug,));
        quote! {
            #doc
            #alias
            #[derive(Clone, #debug PartialEq)]
            #must_use
            #[non_exhaustive]
            pub struct #name { #fields }
            #builder
            #guarded
            #content
        }
    }

    fn fields(&self, id: TypeId, record: &Record) -> TokenStream {
        let at = &self.names.types[id];
        let attributes = record.attributes.iter().map(|attribute| {
            let (name, ty) = (attribute_field(attribute), self.scalar_type(at, attribute.simple));
            let ty = if attribute.required { ty } else { quote!(Option<#ty>) };
            let doc = docs::of_attribute(attribute, self.model);
            quote!(#doc pub #name: #ty,)
        });
        let text = record.text.map(|simple| {
            let ty = self.scalar_type(at, simple);
            quote!(#[doc = " The text of the element."] pub value: #ty,)
        });
        let members = record.members.iter().filter(|member| !member.is_silent()).map(|member| {
            let (name, ty) = (field(member), self.field_type(id, member));
            let doc = match record.is_result {
                true => docs::comment("The element itself, which is a result."),
                false => docs::of_member(member, self.model, self.names),
            };
            quote!(#doc pub #name: #ty,)
        });
        quote!(#(#attributes)* #text #(#members)*)
    }

    fn record_content(&self, id: TypeId, record: &Record) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        if let (true, [result]) = (record.is_result, record.members.as_slice()) {
            return self.result_content(id, result);
        }
        let form = match record {
            Record { text: Some(_), .. } => Some(quote!(
                const KIND: ContentKind = ContentKind::Text;
            )),
            Record { any_order: true, .. } => Some(quote!(
                const KIND: ContentKind = ContentKind::All;
            )),
            record if record.members.is_empty() && !record.outcome => Some(quote!(
                const KIND: ContentKind = ContentKind::Empty;
            )),
            _ => None,
        };
        let known = self.known(id);
        let exact = self.is_exact(id).then(|| {
            quote!(
                const DENY_UNKNOWN: bool = true;
            )
        });
        let blank = match self.is_made(id) && self.needs_nothing(record) {
            true => quote!(Self::new()),
            false => {
                let blanks = self.blanks(record);
                quote!(Self { #blanks })
            }
        };
        let (read_attributes, visit_attributes) = self.attributes(record);
        let reads = record.members.iter().map(|member| self.read(member));
        let rule = record.text.map(|simple| self.rule(simple));
        let read_text = rule.as_ref().map(|rule| quote!(r.text_content(&mut self.value, #rule)));
        let visit_text = rule.as_ref().map(|rule| quote!(v.text_content(&self.value, #rule);));
        let reads = in_turn(read_text.into_iter().chain(reads));
        let visits = record.members.iter().map(|member| match &record.shown {
            Some(shown) if member.name == shown.value => self.visit_setting(member),
            _ => self.visit(member),
        });
        let empty = record.members.is_empty() && record.text.is_none();
        let (r, v) = if empty { (quote!(_r), quote!(_v)) } else { (quote!(r), quote!(v)) };
        quote! {
            impl Content for #name {
                #form
                #known
                #exact
                fn placeholder() -> Self { #blank }
                #read_attributes
                fn read(&mut self, #r: &mut Reader<'_>) -> Result<(), ReadError> { #reads }
                #visit_attributes
                fn visit<V: Visitor>(&self, #v: &mut V) {
                    #visit_text
                    #(#visits)*
                }
            }
        }
    }

    /// Whether what cannot be read would pass for the absence of a selector, which chooses something of its own.
    fn is_exact(&self, id: TypeId) -> bool {
        let ty = &self.model.types[id];
        let selects =
            |member: &Member| matches!(member.kind, MemberKind::Choice(id) if self.empty_variant(id).is_some());
        ty.direction == crate::model::Direction::Request && ty.members().iter().any(selects)
    }

    /// The content of an element that is a result itself is that of the result.
    fn result_content(&self, id: TypeId, result: &Member) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let (field, ty) = (field(result), self.item_type(id, result));
        quote! {
            impl Content for #name {
                const ELEMENTS: &'static [&'static str] = <#ty as Content>::ELEMENTS;
                fn placeholder() -> Self { Self { #field: Content::placeholder() } }
                fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
                    self.#field.read_attributes(r)
                }
                fn recover(&mut self, error: ReadError) -> Result<(), ReadError> { self.#field.recover(error) }
                fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> { self.#field.read(r) }
                fn visit_attributes<V: Visitor>(&self, v: &mut V) { self.#field.visit_attributes(v); }
                fn visit<V: Visitor>(&self, v: &mut V) { self.#field.visit(v); }
            }
        }
    }

    fn blanks(&self, record: &Record) -> TokenStream {
        let attributes = record.attributes.iter().map(|attribute| {
            let name = attribute_field(attribute);
            if attribute.required { quote!(#name: Scalar::placeholder(),) } else { quote!(#name: None,) }
        });
        let text = record.text.map(|_| quote!(value: Scalar::placeholder(),));
        let members = record.members.iter().filter(|member| !member.is_silent()).map(|member| {
            let (name, blank) = (field(member), self.placeholder(member));
            quote!(#name: #blank,)
        });
        quote!(#(#attributes)* #text #(#members)*)
    }

    fn attributes(&self, record: &Record) -> (Option<TokenStream>, Option<TokenStream>) {
        if record.attributes.is_empty() {
            return (None, None);
        }
        let (mut reads, mut visits) = (Vec::new(), TokenStream::new());
        for attribute in &record.attributes {
            let (name, field, rule) = (&attribute.name, attribute_field(attribute), self.rule(attribute.simple));
            if attribute.required {
                reads.push(quote!(r.attribute(#name, &mut self.#field, #rule)));
                visits.extend(quote!(v.attribute(#name, &self.#field, #rule);));
            } else {
                reads.push(quote!(r.opt_attribute(#name, &mut self.#field, #rule)));
                visits.extend(quote!(v.opt_attribute(#name, &self.#field, #rule);));
            }
        }
        let reads = in_turn(reads);
        let read = quote!(fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> { #reads });
        let visit = quote!(fn visit_attributes<V: Visitor>(&self, v: &mut V) { #visits });
        (Some(read), Some(visit))
    }

    /// The list of all elements that may stand in the content, where the reader needs it.
    pub(super) fn known(&self, id: TypeId) -> Option<TokenStream> {
        if !self.needs_known(id) {
            return None;
        }
        let mut names = Vec::new();
        if matches!(&self.model.types[id].kind, Kind::Record(record) if record.outcome) {
            let members = self.config.outcome.iter().flat_map(|convention| convention.members);
            names.extend(members.map(|member| (member.name, None)));
        }
        self.element_names(id, &mut names);
        let names = names.into_iter().map(|(name, gate)| quote!(#gate #name));
        Some(quote!(const ELEMENTS: &'static [&'static str] = &[#(#names),*];))
    }

    /// Whether an unknown element could be taken for the end of a group or of a list in a choice.
    fn needs_known(&self, id: TypeId) -> bool {
        let ty = &self.model.types[id];
        let has_wildcard = ty.members().iter().any(|member| matches!(member.kind, MemberKind::Wildcard));
        let in_choice = matches!(ty.kind, Kind::Choice(_));
        !has_wildcard
            && ty.members().iter().any(|member| match member.kind {
                MemberKind::Group(_) => true,
                MemberKind::Choice(id) => in_choice || self.needs_known(id),
                _ => in_choice && member.occurs.is_list(),
            })
    }

    /// The elements of a content, each with what it is gated with.
    fn element_names<'e>(&'e self, id: TypeId, names: &mut Vec<(&'e str, Option<TokenStream>)>) {
        for member in self.model.types[id].members() {
            match member.kind {
                MemberKind::Choice(id) | MemberKind::Group(id) => self.element_names(id, names),
                MemberKind::Wildcard => {}
                _ if names.iter().any(|(name, _)| *name == member.name) => {}
                _ => names.push((&member.name, self.gate(member))),
            }
        }
    }

    /// A type of its own for content that the schema leaves open.
    pub(super) fn untyped(&self, id: TypeId) -> TokenStream {
        let ty = &self.model.types[id];
        let name = ident(&self.names.types[id].name);
        let doc = docs::of_type(&ty.doc, &ty.origin);
        let new = self.is_made(id).then(|| {
            let about = docs::comment("With nothing in it.");
            quote! {
                impl #name {
                    #about
                    pub fn new() -> Self { Self { content: Any::empty() } }
                }
            }
        });
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #[doc = " What the element holds: the schema allows anything."]
                pub content: Any,
            }
            #new
            impl Content for #name {
                const KIND: ContentKind = ContentKind::Raw;
                fn placeholder() -> Self { Self { content: Any::empty() } }
                fn read(&mut self, _r: &mut Reader<'_>) -> Result<(), ReadError> { Ok(()) }
                fn read_raw(&mut self, element: Any) { self.content = element; }
                fn visit<V: Visitor>(&self, v: &mut V) { v.any(&self.content); }
            }
        }
    }
}

/// Calls that may fail, one after the other.
fn in_turn(calls: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let mut calls: Vec<_> = calls.into_iter().collect();
    match calls.pop() {
        Some(last) => quote!(#(#calls?;)* #last),
        None => quote!(Ok(())),
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
