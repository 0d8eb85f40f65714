//! Enums: one variant an alternative; a selector has a loud one for "everything".

use proc_macro2::TokenStream;
use quote::quote;

use super::member::Bounds;
use super::{Emitter, alias, docs, ident};
use crate::config::Selector;
use crate::model::{Choice, Member, MemberKind, Role, TypeId};
use crate::passes::names;

/// How an alternative is read.
enum ReadBranch {
    /// An arm of the match on the element's name.
    Element(TokenStream),
    /// A statement that returns if the alternative stands next.
    Part(TokenStream),
}

impl Emitter<'_> {
    pub(super) fn choice(&self, id: TypeId, choice: &Choice) -> TokenStream {
        let ty = &self.model.types[id];
        let name = ident(&self.names.types[id].name);
        let doc = docs::of_type(&self.words(id), &ty.origin);
        let alias = alias(&ty.origin, &name);
        let selector = self.selector(id);
        let empty = self.empty_variant(id);
        let empty_variant = empty.map(|(name, scope)| {
            let name = ident(name);
            let about = docs::words(&format!("**{scope}** Written as nothing at all."));
            quote!(#about #name,)
        });
        let variants = choice.alternatives.iter().map(|branch| self.variant(id, branch, selector));
        let constructors = self.is_made(id).then(|| self.alternatives(id, choice));
        let alternatives = self.choice_impl(id, choice);
        let has_element = !matches!(
            ty.role,
            Role::Part { .. } | Role::Shared { part: true, .. } | Role::Operators | Role::OperationItem { .. }
        );
        let content = has_element.then(|| self.choice_content(id, choice));
        quote! {
            #doc
            #alias
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #empty_variant #(#variants)* }
            #constructors
            #alternatives
            #content
        }
    }

    pub(super) fn selector(&self, id: TypeId) -> Option<&Selector> {
        names::selector(&self.model.types[id], self.config)
    }

    /// The variant that stands for no choice at all, and what it touches.
    pub(super) fn empty_variant(&self, id: TypeId) -> Option<(&'static str, &'static str)> {
        self.selector(id).and_then(|selector| selector.empty)
    }

    /// The name of an alternative's variant.
    pub(super) fn variant_name(&self, id: TypeId, branch: &Member) -> proc_macro2::Ident {
        let loud = names::match_all_name(self.selector(id), &branch.name);
        ident(&loud.map_or_else(|| names::variant_name(branch), str::to_owned))
    }

    fn variant(&self, id: TypeId, branch: &Member, selector: Option<&Selector>) -> TokenStream {
        let name = self.variant_name(id, branch);
        let loud = names::match_all_name(selector, &branch.name).is_some();
        let warning = loud.then(|| docs::comment("**Everything.**\n\n"));
        // The request or answer says of itself what it is.
        let doc = match (&self.model.types[id].role, branch.ty()) {
            (Role::OperationItem { .. }, Some(ty)) if self.is_standard(ty) => {
                let said = &self.model.types[ty].doc;
                docs::words(
                    if said.is_empty() { format!("Answer to `{}`.", branch.name) } else { said.clone() }.as_str(),
                )
            }
            (Role::OperationItem { .. }, Some(ty)) => docs::comment(&format!("[`{}`].", self.names.types[ty].name)),
            _ => docs::of_member(branch, self.model, self.names),
        };
        let gate = self.gate(branch);
        let doc = quote!(#warning #doc #gate);
        match self.payload(id, branch) {
            Some(payload) => quote!(#doc #name(#payload),),
            None => quote!(#doc #name,),
        }
    }

    pub(super) fn payload(&self, id: TypeId, branch: &Member) -> Option<TokenStream> {
        if matches!(branch.kind, MemberKind::Flag) {
            return None;
        }
        let item = self.item_type(id, branch);
        Some(if branch.holds_many() { quote!(NonEmpty<#item>) } else { item })
    }

    fn choice_impl(&self, id: TypeId, choice: &Choice) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let alternatives = self.alternatives_of(id);
        let blank = match self.empty_variant(id) {
            Some((name, _)) => {
                let name = ident(name);
                quote!(Self::#name)
            }
            None if choice.alternatives.iter().any(|branch| self.gate(branch).is_some()) => {
                self.blank_gated(id, choice)
            }
            None => self.blank_branch(id, choice),
        };
        let read = self.read_choice(id, choice);
        let visits = choice.alternatives.iter().map(|branch| {
            let (gate, visit) = (self.gate(branch), self.visit_branch(id, branch));
            quote!(#gate #visit)
        });
        let empty = self.empty_variant(id).map(|(name, _)| {
            let name = ident(name);
            quote!(Self::#name => {})
        });
        quote! {
            impl Choice for #name {
                const ALTERNATIVES: &'static str = #alternatives;
                fn placeholder() -> Self { #blank }
                fn read_alternative(r: &mut Reader<'_>) -> Result<Option<Self>, ReadError> { #read }
                fn visit_alternative<V: Visitor>(&self, v: &mut V) {
                    match self { #empty #(#visits)* }
                }
            }
        }
    }

    /// The alternative that a blank value is: one that does not lead back to the type, if any.
    fn blank_branch(&self, id: TypeId, choice: &Choice) -> TokenStream {
        let plain = |branch: &&Member| branch.ty().is_none_or(|ty| !self.recursive.contains(&(id, ty)));
        let Some(branch) = choice.alternatives.iter().find(plain).or(choice.alternatives.first()) else {
            return TokenStream::new();
        };
        self.blank_of(id, branch)
    }

    /// An alternative without content.
    pub(super) fn blank_of(&self, id: TypeId, branch: &Member) -> TokenStream {
        let name = self.variant_name(id, branch);
        let item = self.blank_item(branch);
        match branch.kind {
            MemberKind::Flag => quote!(Self::#name),
            _ if branch.holds_many() => quote!(Self::#name(NonEmpty::one(#item))),
            _ => quote!(Self::#name(#item)),
        }
    }

    /// The arm that reads an alternative which is an element, and the condition under which another one is read.
    fn read_branch(&self, id: TypeId, branch: &Member) -> ReadBranch {
        let (element, name) = (&branch.name, self.variant_name(id, branch));
        let Bounds { min, max } = Bounds::of(branch.occurs);
        let list = branch.holds_many();
        let part = |read: TokenStream| {
            ReadBranch::Part(quote!(if let Some(value) = #read? { return Ok(Some(Self::#name(value))); }))
        };
        let value = match branch.kind {
            MemberKind::Choice(_) if list => return part(quote!(r.take_choices(#min, #max))),
            MemberKind::Choice(_) => return part(quote!(Choice::read_alternative(r))),
            MemberKind::Group(_) if list => return part(quote!(r.take_groups(#min, #max))),
            MemberKind::Group(_) => return part(quote!(r.take_group())),
            MemberKind::Wildcard => return part(quote!(r.take_wildcard(#min, #max))),
            MemberKind::Flag => quote!(r.take_flag(#element, Self::#name)?),
            MemberKind::Text { simple, nillable, .. } => {
                let rule = self.rule(simple);
                match (nillable, list) {
                    (true, _) => quote!(Self::#name(r.take_nillable(#element, #rule)?)),
                    (false, true) => quote!(Self::#name(r.take_texts(#element, #min, #max, #rule)?)),
                    (false, false) => quote!(Self::#name(r.take_text(#element, #rule)?)),
                }
            }
            _ if list => quote!(Self::#name(r.take_elements(#element, #min, #max)?)),
            _ => quote!(Self::#name(r.take_element(#element)?)),
        };
        ReadBranch::Element(quote!(#element => #value,))
    }

    /// Reads whichever alternative stands next.
    fn read_choice(&self, id: TypeId, choice: &Choice) -> TokenStream {
        let (mut elements, mut parts, mut names) = (TokenStream::new(), TokenStream::new(), Vec::new());
        for branch in &choice.alternatives {
            let gate = self.gate(branch);
            match self.read_branch(id, branch) {
                ReadBranch::Element(arm) => {
                    elements.extend(quote!(#gate #arm));
                    names.push(branch.name.as_str());
                }
                ReadBranch::Part(condition) => parts.extend(quote!(#gate #condition)),
            }
        }
        if elements.is_empty() {
            return quote!(#parts Ok(None));
        }
        let otherwise = if parts.is_empty() {
            quote!(return r.expect_one_of(Self::ALTERNATIVES))
        } else {
            let names = names.join(" | ");
            quote!({ r.record_expected(#names); #parts return Ok(None); })
        };
        quote! {
            let branch = match r.name() { #elements _ => #otherwise, };
            Ok(Some(branch))
        }
    }

    fn visit_branch(&self, id: TypeId, branch: &Member) -> TokenStream {
        let (element, name) = (&branch.name, self.variant_name(id, branch));
        let Bounds { min, max } = Bounds::of(branch.occurs);
        let list = branch.holds_many();
        match &branch.kind {
            MemberKind::Flag => quote!(Self::#name => v.flag(#element, true),),
            MemberKind::Text { simple, nillable, .. } => {
                let rule = self.rule(*simple);
                match (nillable, list) {
                    (true, _) => quote!(Self::#name(value) => v.nillable(#element, value, #rule),),
                    (false, true) => quote!(Self::#name(items) => v.texts(#element, #min, #max, items, #rule),),
                    (false, false) => quote!(Self::#name(value) => v.text(#element, value, #rule),),
                }
            }
            MemberKind::Choice(_) if list => quote!(Self::#name(items) => v.choices(#min, #max, items),),
            MemberKind::Choice(_) => quote!(Self::#name(choice) => choice.visit_alternative(v),),
            MemberKind::Group(group) if list => {
                let first = self.first_name(*group);
                quote!(Self::#name(items) => v.groups(#first, #min, #max, items),)
            }
            MemberKind::Group(_) => quote!(Self::#name(group) => group.visit(v),),
            MemberKind::Wildcard => quote!(Self::#name(items) => v.wildcard(#min, #max, items),),
            _ if list => quote!(Self::#name(items) => v.elements(#element, #min, #max, items),),
            _ => quote!(Self::#name(value) => v.element(#element, value),),
        }
    }

    fn choice_content(&self, id: TypeId, choice: &Choice) -> TokenStream {
        let name = ident(&self.names.types[id].name);
        let known = self.known(id);
        let exact = choice.selector.then(|| {
            quote!(
                const DENY_UNKNOWN: bool = true;
            )
        });
        let read = if choice.may_be_empty { quote!(r.choice_or_nothing(self)) } else { quote!(r.choice(self)) };
        quote! {
            impl Content for #name {
                #known
                #exact
                fn placeholder() -> Self { Choice::placeholder() }
                fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> { #read }
                fn visit<V: Visitor>(&self, v: &mut V) { self.visit_alternative(v); }
            }
        }
    }
}
