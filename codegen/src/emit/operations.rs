//! `#[operation(…)]`: the place of a request in a packet, its effect, and how its answer is read.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Emitter, field, ident};
use crate::model::{Body, Class, Kind, Member, MemberKind, Occurs, Operation, Role, Target, TypeId};
use crate::passes::names;

/// A value of `Effect` or `Idempotency` by the value of a selector.
struct Values {
    /// The path of fields to the selector.
    field: TokenStream,
    /// The patterns of the selector that have a value of their own, and that value.
    special: (Vec<TokenStream>, TokenStream),
    other: TokenStream,
}

/// The answer of an operation, in terms of its reply.
enum Answer<'m> {
    /// All results in `member`, with this data.
    Outcomes(&'m Member, Body),
    /// The only result, which is in `member`.
    Result(&'m Member, Body),
    /// The reply as it is.
    Reply,
}

impl Emitter<'_> {
    /// Returns the attribute of a type that is the request of an operation.
    pub(super) fn operation(&self, request: TypeId) -> Option<TokenStream> {
        let operation = self.model.operations.iter().find(|operation| operation.request == request)?;
        let path = std::iter::once(&operation.operator).chain(&operation.path);
        let path = path.map(String::as_str).collect::<Vec<_>>().join("/");
        let reply = self.type_from(request, operation.reply);
        let answer = self.answer_items(operation);
        let (effect, idempotency) = (self.effect(operation), self.idempotency(operation));
        let idempotency = idempotency.map(|idempotency| quote!(, idempotency = #idempotency));
        let repeats = operation.repeats.then(|| self.repeats(operation.reply));
        let targets = match operation.target {
            Target::Named(elements) | Target::StableId(elements) => Some(quote!(, targets(#(#elements),*))),
            Target::Selected | Target::Server => None,
        };
        Some(
            quote!(#[operation(path = #path, reply = #reply, effect = #effect #idempotency #answer #repeats #targets)]),
        )
    }

    /// Documents the answer of a request, with links.
    pub(super) fn answer_doc(&self, request: TypeId) -> Option<String> {
        let operation = self.model.operations.iter().find(|operation| operation.request == request)?;
        let link = |id: TypeId| format!("[`{}`]", self.path_text(request, id));
        let outcomes = format!("[outcomes]({}::packet::Outcomes)", self.config.runtime);
        let fault = format!("[fault]({}::packet::Fault)", self.config.runtime);
        Some(match self.answer(operation) {
            Answer::Outcomes(_, Body::Nothing) => format!("Answer: {outcomes} without data."),
            Answer::Outcomes(_, Body::Record(id) | Body::Optional(id)) => {
                format!("Answer: {outcomes} of {}.", link(id))
            }
            Answer::Result(_, Body::Nothing) => format!("Answer: no data, or a {fault}."),
            Answer::Result(_, Body::Record(id) | Body::Optional(id)) => format!("Answer: {}, or a {fault}.", link(id)),
            Answer::Reply => format!("Answer: {}.", link(operation.reply)),
        })
    }

    /// Returns the answer of an operation as a cell of a table in the root of the crate, with a link.
    pub(super) fn answer_cell(&self, operation: &Operation) -> String {
        let link = |id: TypeId| {
            let path = &self.names.types[id];
            format!("[`{}`]({path})", path.name)
        };
        match self.answer(operation) {
            Answer::Outcomes(_, Body::Nothing) => "outcomes".to_owned(),
            Answer::Outcomes(_, Body::Record(id) | Body::Optional(id)) => format!("outcomes of {}", link(id)),
            Answer::Result(_, Body::Nothing) => "no data".to_owned(),
            Answer::Result(_, Body::Record(id) | Body::Optional(id)) => link(id),
            Answer::Reply => link(operation.reply),
        }
    }

    /// Returns the lines of an example that send the value `request` and print the answer.
    pub(super) fn example_of_sending(&self, operation: &Operation) -> String {
        match self.answer(operation) {
            Answer::Outcomes(..) => {
                "for found in client.send(request).await?.all_ok()? {\n     println!(\"{found:?}\");\n}".to_owned()
            }
            Answer::Result(..) => "println!(\"{:?}\", client.send(request).await??);".to_owned(),
            Answer::Reply => "println!(\"{:?}\", client.send(request).await?);".to_owned(),
        }
    }

    /// Returns `true` if the selector of the operation has a value that selects everything.
    pub(super) fn can_select_everything(&self, operation: &Operation) -> bool {
        let selector = self.selector_of(operation);
        selector.is_some_and(|(_, selector)| !self.match_all_patterns(operation.request, selector).is_empty())
    }

    /// Returns the results of a reply that contains nothing else, for which the runtime crate has a type.
    pub(super) fn reply(&self, id: TypeId) -> Option<(Body, Occurs)> {
        let ty = &self.model.types[id];
        let Role::Reply { .. } = ty.role else { return None };
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

    /// Returns `true` if the runtime crate has the type of the reply.
    pub(super) fn is_standard(&self, reply: TypeId) -> bool {
        self.reply(reply).is_some()
    }

    fn answer(&self, operation: &Operation) -> Answer<'_> {
        match self.model.result_of(operation.reply) {
            Some((member, body)) if member.occurs.is_list() => Answer::Outcomes(member, body),
            Some((member, body)) if !member.occurs.is_optional() => Answer::Result(member, body),
            _ => Answer::Reply,
        }
    }

    /// Returns the items on the answer that do not follow from the type of the reply.
    fn answer_items(&self, operation: &Operation) -> TokenStream {
        let owner = operation.request;
        let is_standard = self.is_standard(operation.reply);
        let mut items = TokenStream::new();
        match self.answer(operation) {
            Answer::Outcomes(member, body) => {
                if !is_standard {
                    let field = field(member);
                    let ty = match (body, self.body_type(owner, body)) {
                        (Body::Optional(id), body) => {
                            let data = self.type_from(owner, id);
                            quote!(#data, #body)
                        }
                        (_, body) => body,
                    };
                    items.extend(quote!(, answer = Outcomes<#ty>, result = #field));
                    // Servers send an empty element where nothing matched, though the schema asks for a result.
                    items.extend((member.occurs.min > 0).then(|| quote!(, may_be_empty)));
                }
                let reads = operation.class == Some(Class::Read);
                let condition = if reads { self.is_empty_condition(body) } else { None };
                items.extend(matches!(body, Body::Optional(_)).then(|| quote!(, complete)));
                items.extend(condition.map(|condition| quote!(, empty_if = |body| #condition)));
            }
            Answer::Result(member, body) => {
                if !is_standard {
                    let (field, fault) = (field(member), self.body_type(owner, body));
                    let ty = match body {
                        Body::Optional(id) => self.type_from(owner, id),
                        Body::Nothing | Body::Record(_) => fault.clone(),
                    };
                    items.extend(quote!(, answer = Result<#ty, Fault<#fault>>, result = #field));
                }
                items.extend(matches!(body, Body::Optional(_)).then(|| quote!(, complete)));
            }
            Answer::Reply => {
                // Not for the answer: a repeated deletion has to find its results.
                let result = self.model.result_of(operation.reply).filter(|_| self.deletes_repeatably(operation));
                items.extend(result.map(|(member, _)| {
                    let field = field(member);
                    quote!(, result = #field)
                }));
            }
        }
        items
    }

    /// Returns the condition under which data says that nothing was found: all but the filter is absent.
    fn is_empty_condition(&self, body: Body) -> Option<TokenStream> {
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

    /// Returns the item of an operation that one request can have several replies to, whose lists are joined.
    fn repeats(&self, reply: TypeId) -> TokenStream {
        if self.is_standard(reply) {
            return quote!(, repeats);
        }
        let lists = self.model.types[reply].members().iter().filter(|member| member.occurs.is_list()).map(field);
        quote!(, repeats(#(#lists),*))
    }

    /// Returns the effect, by the value of the selector where that makes a difference.
    fn effect(&self, operation: &Operation) -> TokenStream {
        let (everything, selected) = match operation.class.unwrap_or(Class::Change) {
            Class::Read => return quote!(Read),
            Class::Create => return quote!(Create),
            Class::End => return quote!(Delete),
            Class::Set | Class::Change => (quote!(ChangeEverything), quote!(Change)),
            // What a server has once is all of it.
            Class::Delete if operation.target == Target::Server => return quote!(DeleteEverything),
            Class::Delete => (quote!(DeleteEverything), quote!(Delete)),
        };
        let Some((field, selector)) = self.selector_of(operation) else { return selected };
        let patterns = self.match_all_patterns(operation.request, selector);
        if patterns.is_empty() {
            return selected;
        }
        Values { field, special: (patterns, everything), other: selected }.emit()
    }

    /// Returns the idempotency, by the value of the selector where that makes a difference; `None` if it follows from
    /// the effect.
    fn idempotency(&self, operation: &Operation) -> Option<TokenStream> {
        let repeatable = match operation.class.unwrap_or(Class::Change) {
            Class::Read | Class::Create | Class::Change => return None,
            Class::End => return Some(quote!(IdempotentDelete)),
            Class::Set => quote!(Idempotent),
            // What fills up again is not what was deleted before.
            Class::Delete if operation.target == Target::Server => return None,
            Class::Delete => quote!(IdempotentDelete),
        };
        match operation.target {
            Target::StableId(_) | Target::Server => return Some(repeatable),
            Target::Named(_) => return None,
            Target::Selected => {}
        }
        let (field, selector) = self.selector_of(operation)?;
        let patterns = self.stable_patterns(operation.request, selector);
        if patterns.is_empty() {
            return None;
        }
        if self.selects_by_stable_key(selector) {
            return Some(repeatable);
        }
        Some(Values { field, special: (patterns, repeatable), other: quote!(NotIdempotent) }.emit())
    }

    /// Returns `true` if the operation is a deletion that may be repeated, at least for some values.
    fn deletes_repeatably(&self, operation: &Operation) -> bool {
        let is_deletion = matches!(operation.class, Some(Class::Delete | Class::End));
        is_deletion && self.idempotency(operation).is_some()
    }

    /// Returns the path of fields to the selector of a request, and the selector.
    fn selector_of(&self, operation: &Operation) -> Option<(TokenStream, TypeId)> {
        let (path, selector) = self.model.selectors_of(operation.request).into_iter().next()?;
        let fields = path.into_iter().map(field);
        Some((quote!(#(#fields).*), selector))
    }

    /// Returns the patterns of the selector's values that mean everything.
    fn match_all_patterns(&self, from: TypeId, selector: TypeId) -> Vec<TokenStream> {
        let ty = self.type_from(from, selector);
        let empty: Option<Ident> = self.empty_variant(selector).map(|(name, _)| ident(name));
        let mut patterns: Vec<_> = empty.map(|name| quote!(#ty::#name)).into_iter().collect();
        for alternative in self.model.types[selector].members() {
            let name = self.variant_name(selector, alternative);
            if names::match_all_name(self.selector(selector), &alternative.name).is_some() {
                let payload = (!matches!(alternative.kind, MemberKind::Flag)).then(|| quote!((_)));
                patterns.push(quote!(#ty::#name #payload));
            } else if let Some(inner) = self.inner_selector(alternative) {
                let inner = self.match_all_patterns(from, inner);
                patterns.extend(inner.into_iter().map(|inner| quote!(#ty::#name(#inner))));
            }
        }
        patterns
    }

    /// Returns the patterns of the selector's values that name objects by a stable key.
    fn stable_patterns(&self, from: TypeId, selector: TypeId) -> Vec<TokenStream> {
        let ty = self.type_from(from, selector);
        let mut patterns = Vec::new();
        for alternative in self.model.types[selector].members() {
            let name = self.variant_name(selector, alternative);
            if self.is_stable_key(alternative) {
                patterns.push(quote!(#ty::#name(_)));
            } else if let Some(inner) = self.inner_selector(alternative) {
                let inner = self.stable_patterns(from, inner);
                patterns.extend(inner.into_iter().map(|inner| quote!(#ty::#name(#inner))));
            }
        }
        patterns
    }

    /// Returns `true` if each of the selector's values names objects by a stable key.
    fn selects_by_stable_key(&self, selector: TypeId) -> bool {
        let is_stable = |alternative: &Member| {
            self.is_stable_key(alternative)
                || self.inner_selector(alternative).is_some_and(|inner| self.selects_by_stable_key(inner))
        };
        self.empty_variant(selector).is_none() && self.model.types[selector].members().iter().all(is_stable)
    }

    fn is_stable_key(&self, alternative: &Member) -> bool {
        let has_text = matches!(alternative.kind, MemberKind::Text { .. } | MemberKind::Untyped(_));
        has_text && self.config.stable_keys.contains(&alternative.name.as_str())
    }

    fn inner_selector(&self, alternative: &Member) -> Option<TypeId> {
        alternative.ty().filter(|id| self.model.types[*id].is_selector() && !alternative.holds_many())
    }
}

impl Values {
    fn emit(self) -> TokenStream {
        let Self { field, special: (patterns, value), other } = self;
        quote!(match #field { #(#patterns)|* => #value, _ => #other })
    }
}
