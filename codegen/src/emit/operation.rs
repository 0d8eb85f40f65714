//! `impl Operation`: where a request stands in a packet, what it does, how its answer is read.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, field, ident};
use crate::model::{Body, Class, Member, MemberKind, Operation, TypeId};
use crate::names;

impl Emitter<'_> {
    pub(super) fn operation(&self, operation: &Operation) -> TokenStream {
        let name = ident(&self.names.types[operation.request].name);
        let reply = self.type_from(operation.request, operation.answer);
        let (operator, path) = (&operation.operator, &operation.path);
        let repeats = operation.repeats.then(|| {
            quote!(
                const REPEATS: bool = true;
            )
        });
        let join = operation.repeats.then(|| self.join(operation.answer));
        let nothing = self.nothing_reply(operation);
        let (answer, read) = self.answer(operation);
        let class = operation.class.unwrap_or(Class::Change);
        let (effect, retry) = (self.effect(operation.request, class), self.retry(operation.request, class));
        quote! {
            impl Operation for #name {
                const OPERATOR: &'static str = #operator;
                const PATH: &'static [&'static str] = &[#(#path),*];
                #repeats
                type Reply = #reply;
                type Answer = #answer;
                fn effect(&self) -> Effect { #effect }
                fn retry(&self) -> Retry { #retry }
                fn answer(reply: Self::Reply) -> Result<Self::Answer, Incomplete> { #read }
                #join
                #nothing
            }
        }
    }

    /// The reply that an empty element stands for, which servers send where nothing matched though
    /// the schema asks for a result.
    fn nothing_reply(&self, operation: &Operation) -> Option<TokenStream> {
        let result = self.model.types[operation.answer]
            .members()
            .iter()
            .find(|member| matches!(member.kind, MemberKind::Outcome(_)))?;
        let list = result.occurs.is_list() && result.occurs.min > 0;
        list.then(|| {
            quote!(
                fn nothing() -> Option<Self::Reply> {
                    Some(Content::blank())
                }
            )
        })
    }

    /// The answer's type, and how it comes from the reply.
    fn answer(&self, operation: &Operation) -> (TokenStream, TokenStream) {
        let owner = operation.request;
        let result = self.model.types[operation.answer].record().and_then(|record| {
            record.find(|member| match member.kind {
                MemberKind::Outcome(body) => Some(body),
                _ => None,
            })
        });
        let reads = operation.class == Some(Class::Read);
        match result {
            Some((member, body)) if member.occurs.is_list() => {
                let (name, ty) = (field(member), self.body_type(owner, body));
                let nothing = if reads { self.nothing(body) } else { None };
                let read = match nothing {
                    Some(nothing) => quote!(Ok(Many::of_found(reply.#name, |body| #nothing))),
                    None => quote!(Ok(Many::of(reply.#name))),
                };
                (quote!(Many<#ty>), read)
            }
            Some((member, body @ Body::Optional(data))) if !member.occurs.is_optional() && !reads => {
                let (name, ty, data) = (field(member), self.body_type(owner, body), self.type_from(owner, data));
                (quote!(Result<#data, Fault<#ty>>), quote!(reply.#name.into_complete()))
            }
            Some((member, body)) if !member.occurs.is_optional() => {
                let (name, ty) = (field(member), self.body_type(owner, body));
                (quote!(Result<#ty, Fault<#ty>>), quote!(Ok(reply.#name.into_result())))
            }
            _ => (quote!(Self::Reply), quote!(Ok(reply))),
        }
    }

    /// The condition under which a body says that nothing was found: all but the filter is absent.
    fn nothing(&self, body: Body) -> Option<TokenStream> {
        let id = match body {
            Body::Nothing => return None,
            Body::Optional(_) => return Some(quote!(body.is_none())),
            Body::Record(id) => id,
        };
        let mut conditions = Vec::new();
        let echo = self.config.outcome.map_or("", |convention| convention.echo);
        for member in self.model.types[id].members().iter().filter(|member| member.name != echo) {
            let name = field(member);
            conditions.push(match member.kind {
                MemberKind::Flag => quote!(!body.#name),
                _ if member.occurs.is_list() => quote!(body.#name.is_empty()),
                _ if member.occurs.is_optional() => quote!(body.#name.is_none()),
                _ => return None,
            });
        }
        (!conditions.is_empty()).then(|| quote!(#(#conditions)&&*))
    }

    /// Joins the results of further elements that answer the same request.
    fn join(&self, answer: TypeId) -> TokenStream {
        let lists = self.model.types[answer].members().iter().filter(|member| member.occurs.is_list()).map(|member| {
            let name = field(member);
            quote!(reply.#name.extend(further.#name);)
        });
        quote!(fn join(reply: &mut Self::Reply, further: Self::Reply) { #(#lists)* })
    }

    fn effect(&self, request: TypeId, class: Class) -> TokenStream {
        match class {
            Class::Read => quote!(Effect::Read),
            Class::Create => quote!(Effect::Create),
            Class::End => quote!(Effect::Delete),
            Class::Set | Class::Change => {
                self.by_scope(request, quote!(Effect::ChangeEverything), quote!(Effect::Change))
            }
            Class::Delete => self.by_scope(request, quote!(Effect::DeleteEverything), quote!(Effect::Delete)),
        }
    }

    fn retry(&self, request: TypeId, class: Class) -> TokenStream {
        match class {
            Class::Read => quote!(Retry::Harmless),
            Class::Create | Class::Change => quote!(Retry::Never),
            Class::End => quote!(Retry::GoneIsDone),
            Class::Set => self.if_lasting(request, quote!(Retry::Harmless)),
            Class::Delete => self.if_lasting(request, quote!(Retry::GoneIsDone)),
        }
    }

    /// `everything` where the operation's selector is a loud variant, else `chosen`.
    fn by_scope(&self, request: TypeId, everything: TokenStream, chosen: TokenStream) -> TokenStream {
        let Some((member, selector)) = self.selector_of(request) else { return chosen };
        let ty = self.type_from(request, selector);
        let mut loud: Vec<TokenStream> = Vec::new();
        if let Some((name, _)) = self.empty_variant(selector) {
            let name = ident(name);
            loud.push(quote!(#ty::#name));
        }
        for branch in self.model.types[selector].members() {
            if names::loud_name(self.selector(selector), &branch.name).is_some() {
                let name = self.variant_name(selector, branch);
                loud.push(if matches!(branch.kind, MemberKind::Flag) {
                    quote!(#ty::#name)
                } else {
                    quote!(#ty::#name(_))
                });
            }
        }
        if loud.is_empty() {
            return chosen;
        }
        let field = field(member);
        quote!(match self.#field { #(#loud)|* => #everything, _ => #chosen })
    }

    /// `value` where the selector names objects by what is theirs for good, else never.
    fn if_lasting(&self, request: TypeId, value: TokenStream) -> TokenStream {
        let Some((member, selector)) = self.selector_of(request) else { return quote!(Retry::Never) };
        let ty = self.type_from(request, selector);
        let lasting: Vec<TokenStream> = self.model.types[selector]
            .members()
            .iter()
            .filter(|branch| self.config.lasting.contains(&branch.name.as_str()))
            .map(|branch| {
                let name = self.variant_name(selector, branch);
                quote!(#ty::#name(_))
            })
            .collect();
        if lasting.is_empty() {
            return quote!(Retry::Never);
        }
        let field = field(member);
        quote!(match self.#field { #(#lasting)|* => #value, _ => Retry::Never })
    }

    /// The member of a request that chooses what it touches.
    fn selector_of(&self, request: TypeId) -> Option<(&Member, TypeId)> {
        let record = self.model.types[request].record()?;
        record.find(|member| member.ty().filter(|id| self.model.types[*id].is_selector()))
    }
}
