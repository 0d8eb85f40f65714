//! Structs: one field for each member, in schema order.

use std::collections::BTreeSet;

use heck::ToSnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, alias, docs, field, ident};
use crate::model::{Attribute, Direction, Member, MemberKind, Model, Record, TypeId};

impl Emitter<'_> {
    /// Emits the struct of a record, with its constructor and setters.
    pub(super) fn record(&self, id: TypeId, record: &Record) -> TokenStream {
        let ty = &self.model.types[id];
        let name = ident(&self.names.types[id].name);
        let doc = self.type_doc(id);
        let alias = alias(&ty.origin, &name);
        let fields = self.fields(id, record);
        let builder = self.is_made(id).then(|| self.builder(id, record));
        let xml = self.record_attribute(id, record);
        let operation = self.operation(id);
        let derive_operation = operation.as_ref().map(|_| quote!(, Operation));
        let must_use = self.must_use(operation.is_some(), self.has_setters(id, record));
        let redaction = record.shown.as_ref().map(|shown| self.redaction(id, record, shown));
        let derive_debug = record.shown.is_none().then(|| quote!(Debug,));
        quote! {
            #doc
            #alias
            #[derive(Clone, #derive_debug PartialEq, Content #derive_operation)]
            #xml
            #operation
            #must_use
            #[non_exhaustive]
            pub struct #name { #fields }
            #builder
            #redaction
        }
    }

    fn fields(&self, id: TypeId, record: &Record) -> TokenStream {
        let module = &self.names.types[id];
        let attributes = record.attributes.iter().map(|attribute| {
            let (name, ty) = (attribute_field(attribute), self.scalar_type(module, attribute.simple));
            let ty = if attribute.required { ty } else { quote!(Option<#ty>) };
            let (doc, xml) = (docs::of_attribute(attribute, self.model), self.attribute_attribute(attribute));
            quote!(#doc #xml pub #name: #ty,)
        });
        let text = record.text.map(|simple| {
            let (ty, xml) = (self.scalar_type(module, simple), self.text_content_attribute(simple));
            let doc = docs::of_text_content(&self.model.simples[simple]);
            quote!(#doc #xml pub value: #ty,)
        });
        let members = record.members.iter().map(|member| self.field(id, record, member));
        quote!(#(#attributes)* #text #(#members)*)
    }

    fn field(&self, id: TypeId, record: &Record, member: &Member) -> TokenStream {
        let name = field(member);
        if record.is_result {
            let (ty, doc) = (self.field_type(id, member), docs::comment("Result of the operation."));
            return quote!(#doc pub #name: #ty,);
        }
        let is_setting = record.shown.as_ref().is_some_and(|shown| member.name == shown.value);
        let xml = self.field_attribute(member, is_setting);
        if member.is_silent() {
            let doc = docs::comment(&format!("`<{}>`, which is always present and empty.", member.name));
            return quote!(#doc #xml pub #name: (),);
        }
        let (ty, doc) = (self.field_type(id, member), self.member_doc(member));
        quote!(#doc #xml pub #name: #ty,)
    }

    /// Returns the attribute for the content as a whole.
    fn record_attribute(&self, id: TypeId, record: &Record) -> Option<TokenStream> {
        let mut words = Vec::new();
        if record.is_result {
            words.push(quote!(transparent));
        }
        if record.any_order {
            words.push(quote!(any_order));
        }
        if self.denies_unknown(id) {
            words.push(quote!(deny_unknown));
        }
        self.type_attribute(words)
    }

    /// Returns the attribute of a type whose values are easily dropped by mistake: a request that is not sent, or the
    /// result of a setter.
    pub(super) fn must_use(&self, is_request: bool, has_setters: bool) -> Option<TokenStream> {
        match (is_request, has_setters) {
            (true, _) => Some(quote!(#[must_use = "a request does nothing until it is sent"])),
            (false, true) => Some(quote!(#[must_use])),
            (false, false) => None,
        }
    }

    /// Returns `true` if an unreadable member could be mistaken for an absent selector, which selects everything.
    fn denies_unknown(&self, id: TypeId) -> bool {
        let ty = &self.model.types[id];
        let selects =
            |member: &Member| matches!(member.kind, MemberKind::Choice(id) if self.empty_variant(id).is_some());
        ty.direction == Direction::Request && ty.members().iter().any(selects)
    }

    /// Emits a struct for content that the schema leaves open.
    pub(super) fn untyped(&self, id: TypeId) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let doc = self.type_doc(id);
        let xml = self.type_attribute(vec![quote!(transparent)]);
        let operation = self.operation(id);
        let derive_operation = operation.as_ref().map(|_| quote!(, Operation));
        let must_use = self.must_use(operation.is_some(), false);
        let content_doc = docs::comment("Content of the element, which the schema leaves open.");
        let new = self.is_made(id).then(|| {
            let doc = docs::comment("Creates an empty value.");
            quote! {
                impl #name {
                    #doc
                    pub fn new() -> Self { Self { content: Any::empty() } }
                }
            }
        });
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Content #derive_operation)]
            #xml
            #operation
            #must_use
            #[non_exhaustive]
            pub struct #name {
                #content_doc
                pub content: Any,
            }
            #new
        }
    }
}

/// Returns the field of an attribute.
pub(super) fn attribute_field(attribute: &Attribute) -> Ident {
    ident(&attribute.name.to_snake_case())
}

/// Returns the pairs of a type and a member's type that lead back to the former without a list in between.
pub(super) fn recursive_members(model: &Model) -> BTreeSet<(TypeId, TypeId)> {
    let direct: Vec<Vec<TypeId>> = (model.types.iter())
        .map(|ty| ty.members().iter().filter(|member| !member.occurs.is_list()).filter_map(Member::ty).collect())
        .collect();
    let component = components(&direct);
    let edges = direct.iter().enumerate().flat_map(|(id, next)| next.iter().map(move |next| (id, *next)));
    edges.filter(|(id, next)| component[*id] == component[*next]).collect()
}

/// Returns a number for each node of a graph, which is equal for nodes that lead to each other (Kosaraju's algorithm).
fn components(edges: &[Vec<TypeId>]) -> Vec<usize> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, to) in edges.iter().enumerate().flat_map(|(from, next)| next.iter().map(move |to| (from, *to))) {
        reversed[to].push(from);
    }
    let mut finished = Vec::new();
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        // Each node with the number of its edges that were followed. Types can form chains too long for recursion.
        let mut path = if std::mem::replace(&mut seen[start], true) { Vec::new() } else { vec![(start, 0)] };
        while let Some((node, followed)) = path.last_mut() {
            match edges[*node].get(*followed) {
                Some(next) => {
                    *followed += 1;
                    if !std::mem::replace(&mut seen[*next], true) {
                        path.push((*next, 0));
                    }
                }
                None => {
                    finished.push(*node);
                    path.pop();
                }
            }
        }
    }
    let mut component = vec![usize::MAX; edges.len()];
    for start in finished.into_iter().rev() {
        let mut queue = vec![start];
        while let Some(node) = queue.pop() {
            if component[node] == usize::MAX {
                component[node] = start;
                queue.extend(&reversed[node]);
            }
        }
    }
    component
}
