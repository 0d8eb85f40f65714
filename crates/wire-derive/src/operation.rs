//! `#[derive(Operation)]`

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Data, DeriveInput, Error, GenericArgument, Ident, LitStr, PathArguments, Result, Token, Type, braced, parenthesized,
};

use crate::attributes::{Items, check_key, parse_value, wire_path};
use crate::shape::argument;

const KEYS: &[&str] = &[
    "path",
    "reply",
    "effect",
    "idempotency",
    "complete",
    "empty_if",
    "repeats",
    "may_be_empty",
    "result",
    "answer",
    "targets",
];
/// The keys of `#[xml(…)]`; all but `crate` are for `#[derive(Content)]`.
const XML_KEYS: &[&str] = &["crate", "any_order", "deny_unknown", "transparent"];

/// The items of `#[operation(…)]`.
#[derive(Default)]
struct Options {
    path: Option<LitStr>,
    reply: Option<Type>,
    effect: Option<Values>,
    idempotency: Option<Values>,
    complete: Option<Span>,
    /// A closure.
    empty_if: Option<TokenStream>,
    /// The lists of the reply, if they are named.
    repeats: Option<(Span, Vec<Ident>)>,
    may_be_empty: bool,
    /// The elements that name the objects.
    targets: Vec<LitStr>,
    result: Option<Ident>,
    answer: Option<Type>,
}

/// A variant of `Effect` or `Idempotency`, or one for each value of a field.
enum Values {
    Always(Ident),
    ByField { at: Span, field: TokenStream, arms: Vec<(TokenStream, Ident)> },
}

/// The reply, as far as its type shows.
enum Reply {
    /// `SingleReply<B>`
    Single(Type),
    /// `EachReply<B, MIN>`; whether at least one result is required.
    Each(Type, bool),
    /// Any other type.
    Own,
}

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let wire = wire_path(&mut Items::parse(&input.attrs, XML_KEYS)?)?;
    if let Data::Union(data) = &input.data {
        return Err(Error::new_spanned(data.union_token, "`Operation` is for structs and enums, not for unions"));
    }
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "an operation cannot be generic"));
    }
    let options = Options::parse(input)?;
    let missing = |key: &str| Error::new(input.ident.span(), format!("missing `#[operation({key} = …)]`"));
    let path = options.path.as_ref().ok_or_else(|| missing("path"))?;
    let reply_type = options.reply.as_ref().ok_or_else(|| missing("reply"))?;
    let effect = options.effect.as_ref().ok_or_else(|| missing("effect"))?;
    let [operator, path] = split_path(path)?;
    let reply = Reply::of(reply_type);
    let (answer, read) = options.answer(&reply, &wire)?;
    let effects = effect.expand("effect", "Effect", &wire);
    let idempotencies = options.idempotencies(effect).expand("idempotency", "Idempotency", &wire);
    let may_be_empty = (options.may_be_empty || matches!(reply, Reply::Each(_, true))).then(|| {
        quote!(
            const MAY_BE_EMPTY: bool = true;
        )
    });
    let not_found_as_success = options.not_found_as_success(&reply, &wire);
    let repeats = options.repeats(&reply)?;
    let targets = &options.targets;
    let targets = (!targets.is_empty()).then(|| quote!(const TARGETS: &'static [&'static str] = &[#(#targets),*];));
    let name = &input.ident;
    Ok(quote! {
        #[automatically_derived]
        impl #wire::packet::Operation for #name {
            const OPERATOR: &'static str = #operator;
            const PATH: &'static [&'static str] = #path;
            type Reply = #reply_type;
            type Answer = #answer;
            #effects
            #idempotencies
            #may_be_empty
            #targets
            fn answer(reply: Self::Reply) -> Self::Answer { #read }
            #not_found_as_success
            #repeats
        }
    })
}

/// Splits a path into the operator, and the operation as a list of elements.
fn split_path(path: &LitStr) -> Result<[TokenStream; 2]> {
    let text = path.value();
    let steps: Vec<&str> = text.split('/').collect();
    match steps.as_slice() {
        [operator, path @ ..] if !path.is_empty() && !steps.contains(&"") => {
            Ok([quote!(#operator), quote!(&[#(#path),*])])
        }
        _ => {
            Err(Error::new(path.span(), "the path must be `operator/operation`, with more operations if it is nested"))
        }
    }
}

impl Options {
    fn parse(input: &DeriveInput) -> Result<Self> {
        let mut options = Self::default();
        let mut keys: Vec<String> = Vec::new();
        for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("operation")) {
            attribute.parse_args_with(|input: ParseStream<'_>| {
                while !input.is_empty() {
                    let key = input.call(Ident::parse_any)?;
                    let word = key.to_string();
                    check_key(&key, &word, KEYS, keys.iter().map(String::as_str))?;
                    options.parse_item(&key, input)?;
                    keys.push(word);
                    if !input.is_empty() {
                        input.parse::<Token![,]>()?;
                    }
                }
                Ok(())
            })?;
        }
        Ok(options)
    }

    fn parse_item(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        match key.to_string().as_str() {
            "complete" => self.complete = Some(key.span()),
            "may_be_empty" => self.may_be_empty = true,
            "targets" => {
                let content;
                parenthesized!(content in input);
                self.targets.extend(Punctuated::<LitStr, Token![,]>::parse_terminated(&content)?);
            }
            "repeats" => {
                let mut lists = Vec::new();
                if input.peek(syn::token::Paren) {
                    let content;
                    parenthesized!(content in input);
                    lists.extend(Punctuated::<Ident, Token![,]>::parse_terminated(&content)?);
                }
                self.repeats = Some((key.span(), lists));
            }
            name => {
                input.parse::<Token![=]>()?;
                match name {
                    "path" => self.path = Some(input.parse()?),
                    "reply" => self.reply = Some(input.parse()?),
                    "effect" => self.effect = Some(input.parse()?),
                    "idempotency" => self.idempotency = Some(input.parse()?),
                    "empty_if" => self.empty_if = Some(parse_value(key, input)?),
                    "result" => self.result = Some(input.parse()?),
                    _ => self.answer = Some(input.parse()?),
                }
            }
        }
        Ok(())
    }

    /// Returns the type of the answer, and the expression that makes it of `reply`.
    fn answer(&self, reply: &Reply, wire: &TokenStream) -> Result<(TokenStream, TokenStream)> {
        self.check(reply)?;
        let outcomes = |list: TokenStream| match &self.empty_if {
            Some(is_empty) => quote!(#wire::packet::Outcomes::without_empty(#list, #is_empty)),
            None => quote!(#wire::packet::Outcomes::new(#list)),
        };
        let result = |ty: TokenStream, fault: &Type| quote!(::core::result::Result<#ty, #wire::packet::Fault<#fault>>);
        Ok(match (reply, &self.answer, &self.result) {
            (Reply::Single(body), ..) if self.complete.is_some() => {
                let Some(data) = argument(body, "Option") else {
                    let message = "`complete` needs a reply `SingleReply<Option<D>>`";
                    return Err(Error::new_spanned(body, message));
                };
                (result(quote!(#data), body), quote!(reply.result.into_complete()))
            }
            (Reply::Single(body), ..) => (result(quote!(#body), body), quote!(reply.result.into_result())),
            (Reply::Each(body, _), ..) if self.complete.is_some() => {
                let Some(data) = argument(body, "Option") else {
                    let message = "`complete` needs a reply `EachReply<Option<D>>`";
                    return Err(Error::new_spanned(body, message));
                };
                (quote!(#wire::packet::Outcomes<#data, #body>), outcomes(quote!(reply.results)))
            }
            (Reply::Each(body, _), ..) => (quote!(#wire::packet::Outcomes<#body>), outcomes(quote!(reply.results))),
            (Reply::Own, Some(answer), Some(field)) if argument(answer, "Outcomes").is_some() => {
                (quote!(#answer), outcomes(quote!(reply.#field)))
            }
            (Reply::Own, Some(answer), Some(field)) if self.complete.is_some() => {
                (quote!(#answer), quote!(reply.#field.into_complete()))
            }
            (Reply::Own, Some(answer), Some(field)) => (quote!(#answer), quote!(reply.#field.into_result())),
            (Reply::Own, ..) => (quote!(Self::Reply), quote!(reply)),
        })
    }

    /// Refuses items that do not go with the reply.
    fn check(&self, reply: &Reply) -> Result<()> {
        let own = matches!(reply, Reply::Own);
        let is_list = match reply {
            Reply::Single(_) => false,
            Reply::Each(..) => true,
            Reply::Own => self.answer.as_ref().is_some_and(|answer| argument(answer, "Outcomes").is_some()),
        };
        if let (Some(answer), None) = (&self.answer, &self.result) {
            return Err(Error::new_spanned(
                answer,
                "`answer` needs `result`, the field of the reply that it comes from",
            ));
        }
        if let (Some(field), false) = (&self.result, own) {
            let message = "`result` and `answer` are for a reply type of your own; the answer of this one is known";
            return Err(Error::new_spanned(field, message));
        }
        if let (Some(closure), false) = (&self.empty_if, is_list) {
            return Err(Error::new(
                closure.span(),
                "`empty_if` needs an answer that is a list: `EachReply` or `Outcomes`",
            ));
        }
        if let (Some(at), true) = (self.complete, own && self.answer.is_none()) {
            return Err(Error::new(at, "`complete` needs an answer made of results"));
        }
        Ok(())
    }

    /// Returns the idempotency; without one, that of reading is known.
    fn idempotencies(&self, effect: &Values) -> Values {
        match (&self.idempotency, effect) {
            (Some(Values::Always(value)), _) => Values::Always(value.clone()),
            (Some(Values::ByField { at, field, arms }), _) => {
                Values::ByField { at: *at, field: field.clone(), arms: arms.clone() }
            }
            (None, Values::Always(effect)) if effect == "Read" => {
                Values::Always(Ident::new("Idempotent", effect.span()))
            }
            (None, _) => Values::Always(Ident::new("NotIdempotent", Span::call_site())),
        }
    }

    /// Returns the function that counts what a repeated deletion does not find any more as deleted.
    fn not_found_as_success(&self, reply: &Reply, wire: &TokenStream) -> Option<TokenStream> {
        let is_deletion = self.idempotency.as_ref()?.any(|value| value == "IdempotentDelete");
        let each = |list: TokenStream| quote!(#list.iter_mut().for_each(#wire::packet::Outcome::not_found_as_success));
        let outcomes = match (reply, &self.result) {
            (Reply::Single(_), _) => quote!(reply.result.not_found_as_success()),
            (Reply::Each(..), _) => each(quote!(reply.results)),
            (Reply::Own, Some(field)) => match &self.answer {
                Some(answer) if argument(answer, "Outcomes").is_none() => quote!(reply.#field.not_found_as_success()),
                _ => each(quote!(reply.#field)),
            },
            (Reply::Own, None) => return None,
        };
        is_deletion.then(|| quote!(fn not_found_as_success(reply: &mut Self::Reply) { #outcomes; }))
    }

    /// Returns the constant and the function of an operation that one request can have several replies to.
    fn repeats(&self, reply: &Reply) -> Result<Option<TokenStream>> {
        let Some((at, lists)) = &self.repeats else { return Ok(None) };
        let results = [Ident::new("results", *at)];
        let lists = match reply {
            Reply::Each(..) if lists.is_empty() => results.as_slice(),
            Reply::Own if !lists.is_empty() => lists.as_slice(),
            Reply::Own => return Err(Error::new(*at, "name the lists of the reply that are joined: `repeats(list)`")),
            _ => return Err(Error::new(*at, "`repeats` needs `EachReply`, or the lists of a reply type of your own")),
        };
        Ok(Some(quote! {
            const REPEATS: bool = true;
            fn join(reply: &mut Self::Reply, further: Self::Reply) { #(reply.#lists.extend(further.#lists);)* }
        }))
    }
}

impl Reply {
    fn of(ty: &Type) -> Self {
        let body =
            |name: &str| arguments(ty, name).map(|(body, rest)| (body.unwrap_or_else(|| syn::parse_quote!(())), rest));
        if let Some((body, _)) = body("SingleReply") {
            Self::Single(body)
        } else if let Some((body, min)) = body("EachReply") {
            let none_required = min.is_some_and(|min| quote!(#min).to_string() == "0");
            Self::Each(body, !none_required)
        } else {
            Self::Own
        }
    }
}

/// Returns the first type argument and what follows it, if `ty` is written as `name` or `name<…>`.
fn arguments(ty: &Type, name: &str) -> Option<(Option<Type>, Option<GenericArgument>)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(list) = &last.arguments else { return Some((None, None)) };
    let mut list = list.args.iter();
    let first = list.next().and_then(|first| match first {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    Some((first, list.next().cloned()))
}

impl Values {
    fn any(&self, is: impl Fn(&Ident) -> bool) -> bool {
        match self {
            Self::Always(value) => is(value),
            Self::ByField { arms, .. } => arms.iter().any(|(_, value)| is(value)),
        }
    }

    /// Returns the constant, which is the greatest of the values, and the function of a single request.
    fn expand(&self, function: &str, ty: &str, wire: &TokenStream) -> TokenStream {
        let [function, ty] = [function, ty].map(|name| Ident::new(name, Span::call_site()));
        let constant = Ident::new(&function.to_string().to_uppercase(), Span::call_site());
        let ty = quote!(#wire::packet::#ty);
        match self {
            Self::Always(value) => quote!(const #constant: #ty = #ty::#value;),
            Self::ByField { at, field, arms } => {
                let (patterns, values): (Vec<_>, Vec<_>) = arms.iter().map(|(pattern, value)| (pattern, value)).unzip();
                let chosen = quote_spanned!(*at=> match self.#field { #(#patterns => #ty::#values,)* });
                quote! {
                    const #constant: #ty = #ty::greatest(&[#(#ty::#values),*]);
                    fn #function(&self) -> #ty { #chosen }
                }
            }
        }
    }
}

impl Parse for Values {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !input.peek(Token![match]) {
            return input.parse().map(Self::Always);
        }
        let at = Span::call_site().located_at(input.parse::<Token![match]>()?.span);
        let mut field = TokenStream::new();
        while !input.peek(syn::token::Brace) {
            field.extend([input.parse::<TokenTree>()?]);
        }
        if field.is_empty() {
            return Err(input.error("expected a field of the request"));
        }
        let content;
        let brace = braced!(content in input);
        let mut arms = Vec::new();
        while !content.is_empty() {
            let mut pattern = TokenStream::new();
            while !content.peek(Token![=>]) {
                pattern.extend([content.parse::<TokenTree>()?]);
            }
            content.parse::<Token![=>]>()?;
            arms.push((pattern, content.parse()?));
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        match arms.is_empty() {
            true => Err(Error::new(brace.span.join(), "a `match` needs an arm")),
            false => Ok(Self::ByField { at, field, arms }),
        }
    }
}
