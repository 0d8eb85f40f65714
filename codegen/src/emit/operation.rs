//! `impl Operation`: where a request stands in a packet, what it does, how its answer is read.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, field, ident};
use crate::model::{Body, Class, Kind, Member, MemberKind, Occurs, Operation, Role, Target, TypeId};
use crate::passes::names;

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
        let may_be_empty = self.may_be_empty(operation).then(|| {
            quote!(
                const MAY_BE_EMPTY: bool = true;
            )
        });
        let (answer, read) = self.answer(operation);
        let not_found_as_success = self.not_found_as_success(operation);
        let (effect, retry) = (self.effect(operation), self.retry(operation));
        quote! {
            impl Operation for #name {
                const OPERATOR: &'static str = #operator;
                const PATH: &'static [&'static str] = &[#(#path),*];
                #repeats
                type Reply = #reply;
                type Answer = #answer;
                #effect
                #retry
                #may_be_empty
                fn answer(reply: Self::Reply) -> Result<Self::Answer, Incomplete> { #read }
                #not_found_as_success
                #join
            }
        }
    }

    /// Whether the element of the answer may be empty, which servers send where nothing matched though the schema asks
    /// for a result.
    fn may_be_empty(&self, operation: &Operation) -> bool {
        let result = self.model.result_of(operation.answer);
        result.is_some_and(|(result, _)| result.occurs.is_list() && result.occurs.min > 0)
    }

    /// The results of an answer that holds nothing else, for which the runtime crate has a type.
    pub(super) fn reply(&self, id: TypeId) -> Option<(Body, Occurs)> {
        let ty = &self.model.types[id];
        let Role::Answer { .. } = ty.role else { return None };
        let element = self.config.outcome?.element;
        match (&ty.kind, ty.members()) {
            (Kind::Record(record), [Member { kind: MemberKind::Outcome(body), occurs, name, .. }])
                if record.attributes.is_empty()
                    && !record.is_result
                    && name == element
                    && (*occurs == Occurs::ONCE || occurs.max.is_none()) =>
            {
                Some((*body, *occurs))
            }
            _ => None,
        }
    }

    /// Whether the runtime crate has the type of the answer.
    pub(super) fn is_standard(&self, answer: TypeId) -> bool {
        self.reply(answer).is_some()
    }

    /// The answer's type, and how it comes from the reply.
    fn answer(&self, operation: &Operation) -> (TokenStream, TokenStream) {
        let owner = operation.request;
        let result = self.model.result_of(operation.answer);
        let reads = operation.class == Some(Class::Read);
        match result {
            Some((member, body)) if member.occurs.is_list() => {
                let name = self.results_field(operation.answer, member);
                let ty = self.body_type(owner, body);
                let nothing = if reads { self.nothing(body) } else { None };
                let read = match nothing {
                    Some(nothing) => quote!(Ok(Outcomes::without_empty(reply.#name, |body| #nothing))),
                    None => quote!(Ok(Outcomes::new(reply.#name))),
                };
                (quote!(Outcomes<#ty>), read)
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

    /// Counts what a repeated deletion finds gone as deleted, where a deletion may be repeated.
    fn not_found_as_success(&self, operation: &Operation) -> Option<TokenStream> {
        let repeatable = match (operation.class?, operation.target) {
            (Class::End, _) | (Class::Delete, Target::StableId(_)) => true,
            (Class::Delete, Target::Selected) => {
                let selector = self.selector_of(operation);
                selector.is_some_and(|(_, selector)| !self.stable_patterns(operation.request, selector).is_empty())
            }
            _ => false,
        };
        let (result, _) = self.model.result_of(operation.answer).filter(|_| repeatable)?;
        let name = self.results_field(operation.answer, result);
        let outcomes = if result.occurs == Occurs::ONCE {
            quote!(reply.#name.not_found_as_success())
        } else {
            quote!(reply.#name.iter_mut().for_each(Outcome::not_found_as_success))
        };
        Some(quote!(fn not_found_as_success(reply: &mut Self::Reply) { #outcomes; }))
    }

    /// The field of an answer that holds its results.
    fn results_field(&self, answer: TypeId, results: &Member) -> proc_macro2::Ident {
        if self.is_standard(answer) && results.occurs.is_list() { ident("results") } else { field(results) }
    }

    /// Joins the results of further elements that answer the same request.
    fn join(&self, answer: TypeId) -> TokenStream {
        let lists = self.model.types[answer].members().iter().filter(|member| member.occurs.is_list()).map(|member| {
            let name = self.results_field(answer, member);
            quote!(reply.#name.extend(further.#name);)
        });
        quote!(fn join(reply: &mut Self::Reply, further: Self::Reply) { #(#lists)* })
    }

    /// The most that the operation does, and what a value of it does where that is less.
    fn effect(&self, operation: &Operation) -> TokenStream {
        let (everything, chosen) = match operation.class.unwrap_or(Class::Change) {
            Class::Read => (quote!(Effect::Read), quote!(Effect::Read)),
            Class::Create => (quote!(Effect::Create), quote!(Effect::Create)),
            Class::End => (quote!(Effect::Delete), quote!(Effect::Delete)),
            Class::Set | Class::Change => (quote!(Effect::ChangeEverything), quote!(Effect::Change)),
            // What a server has once is all of it.
            Class::Delete if operation.target == Target::Server => {
                (quote!(Effect::DeleteEverything), quote!(Effect::DeleteEverything))
            }
            Class::Delete => (quote!(Effect::DeleteEverything), quote!(Effect::Delete)),
        };
        let by_scope = self.selector_of(operation).map(|(field, selector)| {
            let loud = self.match_all_patterns(operation.request, selector);
            (field, loud)
        });
        match by_scope {
            Some((field, loud)) if !loud.is_empty() && everything.to_string() != chosen.to_string() => quote! {
                const EFFECT: Effect = #everything;
                fn effect(&self) -> Effect {
                    match self.#field { #(#loud)|* => #everything, _ => #chosen }
                }
            },
            _ => quote!(
                const EFFECT: Effect = #chosen;
            ),
        }
    }

    /// Whether the operation may always be repeated, and whether a value of it may where that is more.
    fn retry(&self, operation: &Operation) -> TokenStream {
        let target = operation.target;
        let always = |retry| {
            quote!(
                const IDEMPOTENCY: Idempotency = #retry;
            )
        };
        let repeatable = match operation.class.unwrap_or(Class::Change) {
            Class::Read => return always(quote!(Idempotency::Idempotent)),
            Class::End => return always(quote!(Idempotency::IdempotentDelete)),
            Class::Create | Class::Change => return always(quote!(Idempotency::NotIdempotent)),
            Class::Set => quote!(Idempotency::Idempotent),
            // What fills up again is not what was deleted before.
            Class::Delete if target == Target::Server => return always(quote!(Idempotency::NotIdempotent)),
            Class::Delete => quote!(Idempotency::IdempotentDelete),
        };
        let by_value = match target {
            Target::StableId(_) | Target::Server => return always(repeatable),
            Target::Named(_) => None,
            Target::Selected => self.selector_of(operation),
        };
        let Some((field, selector)) = by_value else { return always(quote!(Idempotency::NotIdempotent)) };
        let lasting = self.stable_patterns(operation.request, selector);
        if lasting.is_empty() {
            return always(quote!(Idempotency::NotIdempotent));
        }
        if self.selects_by_stable_key(selector) {
            return always(repeatable);
        }
        quote! {
            const IDEMPOTENCY: Idempotency = Idempotency::NotIdempotent;
            fn idempotency(&self) -> Idempotency {
                match self.#field { #(#lasting)|* => #repeatable, _ => Idempotency::NotIdempotent }
            }
        }
    }

    /// The field of a request, or of a record in it, that chooses what it touches.
    fn selector_of(&self, operation: &Operation) -> Option<(TokenStream, TypeId)> {
        let (way, selector) = self.model.selectors_of(operation.request).into_iter().next()?;
        let fields = way.into_iter().map(field);
        Some((quote!(#(#fields).*), selector))
    }

    /// The patterns of the selector's values that mean everything.
    fn match_all_patterns(&self, from: TypeId, selector: TypeId) -> Vec<TokenStream> {
        let ty = self.type_from(from, selector);
        let empty = self.empty_variant(selector).map(|(name, _)| ident(name));
        let mut patterns: Vec<_> = empty.map(|name| quote!(#ty::#name)).into_iter().collect();
        for branch in self.model.types[selector].members() {
            let name = self.variant_name(selector, branch);
            if names::match_all_name(self.selector(selector), &branch.name).is_some() {
                let payload = (!matches!(branch.kind, MemberKind::Flag)).then(|| quote!((_)));
                patterns.push(quote!(#ty::#name #payload));
            } else if let Some(inner) = self.inner_selector(branch) {
                patterns
                    .extend(self.match_all_patterns(from, inner).into_iter().map(|inner| quote!(#ty::#name(#inner))));
            }
        }
        patterns
    }

    /// The patterns of the selector's values that name objects by what is theirs for good.
    fn stable_patterns(&self, from: TypeId, selector: TypeId) -> Vec<TokenStream> {
        let ty = self.type_from(from, selector);
        let mut patterns = Vec::new();
        for branch in self.model.types[selector].members() {
            let name = self.variant_name(selector, branch);
            if self.is_stable_key(branch) {
                patterns.push(quote!(#ty::#name(_)));
            } else if let Some(inner) = self.inner_selector(branch) {
                patterns.extend(self.stable_patterns(from, inner).into_iter().map(|inner| quote!(#ty::#name(#inner))));
            }
        }
        patterns
    }

    /// Whether each of the selector's values names objects by what is theirs for good.
    fn selects_by_stable_key(&self, selector: TypeId) -> bool {
        let lasting = |branch: &Member| {
            self.is_stable_key(branch)
                || self.inner_selector(branch).is_some_and(|inner| self.selects_by_stable_key(inner))
        };
        self.empty_variant(selector).is_none() && self.model.types[selector].members().iter().all(lasting)
    }

    fn is_stable_key(&self, branch: &Member) -> bool {
        let is_leaf = matches!(branch.kind, MemberKind::Text { .. } | MemberKind::Untyped(_));
        is_leaf && self.config.stable_keys.contains(&branch.name.as_str())
    }

    fn inner_selector(&self, branch: &Member) -> Option<TypeId> {
        branch.ty().filter(|id| self.model.types[*id].is_selector() && !branch.holds_many())
    }
}
