//! Expands `#[derive(Choice)]`: an enum with a variant for each alternative.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields, Ident, Path, Result};

use crate::attributes::{Arguments, runtime};
use crate::member::{Kind, Member, elements_constant};

/// The arguments of the enum; `Content` uses those that `Choice` does not.
const ARGUMENTS: [&str; 2] = ["crate", "deny_unknown"];

/// An alternative and the variant that holds it.
struct Alternative<'t> {
    variant: &'t Ident,
    member: Member<'t>,
}

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let arguments = Arguments::parse(&input.attrs, &ARGUMENTS)?;
    let wire = runtime(&arguments)?;
    if !input.generics.params.is_empty() {
        return Err(Error::new(input.generics.span(), "`Choice` cannot be derived for a generic type"));
    }
    let alternatives = parse_variants(input, &wire)?;
    let members: Vec<&Member<'_>> = alternatives.iter().map(|alternative| &alternative.member).collect();
    let elements = elements_constant(&[], &members, &wire);
    let names = names_constant(&members, &wire);
    let skip = skip_constant(&members, &wire);
    let may_be_empty = members.iter().any(|it| it.kind == Kind::Empty).then(|| {
        quote!(
            const MAY_BE_EMPTY: bool = true;
        )
    });
    let placeholder = placeholder(&alternatives, &wire);
    let read = read(&alternatives, &wire);
    let visits = alternatives.iter().map(|alternative| visit(alternative, &wire));
    let name = &input.ident;
    Ok(quote! {
        #[automatically_derived]
        impl #wire::xml::Choice for #name {
            #names
            #elements
            #skip
            #may_be_empty
            fn placeholder() -> Self {
                #placeholder
            }
            fn read_alternative(
                r: &mut #wire::xml::Reader<'_>,
            ) -> ::std::result::Result<Option<Self>, #wire::xml::ReadError> {
                #read
            }
            fn visit_alternative<V: #wire::xml::Visitor>(&self, v: &mut V) {
                match self { #(#visits)* }
            }
        }
    })
}

/// Parses the alternatives of all variants, and reports every mistake at once.
fn parse_variants<'t>(input: &'t DeriveInput, wire: &Path) -> Result<Vec<Alternative<'t>>> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "`Choice` can be derived for an enum only"));
    };
    let mut alternatives: Vec<Alternative<'t>> = Vec::new();
    let mut errors: Option<Error> = None;
    for variant in &data.variants {
        match parse_variant(variant, &alternatives, wire) {
            Ok(member) => alternatives.push(Alternative { variant: &variant.ident, member }),
            Err(error) => match &mut errors {
                Some(all) => all.combine(error),
                None => errors = Some(error),
            },
        }
    }
    if let Some(errors) = errors {
        return Err(errors);
    }
    if alternatives.iter().all(|it| it.member.kind == Kind::Empty) {
        return Err(Error::new(input.ident.span(), "`Choice` needs at least one alternative"));
    }
    Ok(alternatives)
}

fn parse_variant<'t>(variant: &'t syn::Variant, before: &[Alternative<'_>], wire: &Path) -> Result<Member<'t>> {
    let payload = match &variant.fields {
        Fields::Unit => None,
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first().map(|field| &field.ty),
        fields => {
            return Err(Error::new(fields.span(), "a variant has one payload: the value of its alternative"));
        }
    };
    let member = Member::parse(&variant.attrs, payload, variant.ident.span(), "NonEmpty", wire)?;
    let error = |message: &str| Err(Error::new(member.span, message));
    match member.kind {
        Kind::Attribute | Kind::Content => error("an alternative is an element, a choice, a group or a wildcard"),
        Kind::Flag if payload.is_some() => error("`flag` marks a variant without payload"),
        _ if member.cardinality() == crate::cardinality::Cardinality::Optional => {
            error("an alternative cannot be an `Option`: mark a variant without payload as `empty`")
        }
        Kind::Text if member.default.is_some() => error("an alternative takes no `default`"),
        Kind::Empty if before.iter().any(|it| it.member.kind == Kind::Empty) => {
            error("only one variant can be `empty`")
        }
        Kind::Text | Kind::Element | Kind::Flag
            if before.iter().any(|it| it.member.own_element() == member.own_element()) =>
        {
            error("another alternative has this element already")
        }
        _ => Ok(member),
    }
}

/// Returns the constant with the names of the alternatives, for messages: `id | login`.
fn names_constant(members: &[&Member<'_>], wire: &Path) -> TokenStream {
    let written: Option<Vec<String>> = members
        .iter()
        .filter(|member| !matches!(member.kind, Kind::Empty))
        .map(|member| match member.kind {
            Kind::Choice => None,
            Kind::Wildcard => Some("any element".to_owned()),
            _ => member.name.as_ref().map(syn::LitStr::value),
        })
        .collect();
    if let Some(names) = written {
        let names = names.join(" | ");
        return quote!(const ALTERNATIVES: &'static str = #names;);
    }
    let parts = members.iter().filter_map(|member| {
        let item = member.shape.as_ref().map(|shape| shape.item);
        match (&member.name, member.kind) {
            (Some(name), _) => Some(quote!(#name)),
            (None, Kind::Choice) => Some(quote!(<#item as #wire::xml::Choice>::ALTERNATIVES)),
            (None, Kind::Group) => {
                Some(quote!(#wire::xml::derive_support::first(<#item as #wire::xml::Content>::ELEMENTS)))
            }
            (None, Kind::Wildcard) => Some(quote!("any element")),
            (None, _) => None,
        }
    });
    quote! {
        const ALTERNATIVES: &'static str = {
            const PARTS: &[&str] = &[#(#parts),*];
            const LENGTH: usize = #wire::xml::derive_support::alternatives_length(PARTS);
            const BYTES: [u8; LENGTH] = #wire::xml::derive_support::join_alternatives(PARTS);
            #wire::xml::derive_support::text(&BYTES)
        };
    }
}

/// Returns the constant that says whether unknown elements must be skipped first: one would look like the end of a list.
fn skip_constant(members: &[&Member<'_>], wire: &Path) -> Option<TokenStream> {
    if members.iter().any(|member| member.kind == Kind::Wildcard) {
        return None;
    }
    if members.iter().any(|member| member.kind == Kind::Group || (member.is_list() && member.kind != Kind::Choice)) {
        return Some(quote!(
            const SKIP_UNKNOWN_FIRST: bool = true;
        ));
    }
    let choices: Vec<_> = members
        .iter()
        .filter(|member| member.kind == Kind::Choice)
        .map(|member| {
            let item = member.shape.as_ref().map(|shape| shape.item);
            quote!(<#item as #wire::xml::Choice>::SKIP_UNKNOWN_FIRST)
        })
        .collect();
    (!choices.is_empty()).then(|| quote!(const SKIP_UNKNOWN_FIRST: bool = #(#choices)||*;))
}

/// Returns a value to read over: the empty variant, or the first that does not lead back to the type.
fn placeholder(alternatives: &[Alternative<'_>], wire: &Path) -> TokenStream {
    if let Some(Alternative { variant, .. }) = alternatives.iter().find(|it| it.member.kind == Kind::Empty) {
        return quote!(Self::#variant);
    }
    let is_boxed = |it: &&Alternative<'_>| it.member.shape.as_ref().is_some_and(|shape| shape.boxed);
    let first = alternatives.iter().find(|it| !is_boxed(it)).or(alternatives.first());
    first.map_or_else(TokenStream::new, |alternative| placeholder_of(alternative, wire))
}

fn placeholder_of(Alternative { variant, member }: &Alternative<'_>, wire: &Path) -> TokenStream {
    let item = member.placeholder_item(wire);
    match &member.shape {
        None => quote!(Self::#variant),
        Some(_) if member.is_list() => quote!(Self::#variant(#wire::xml::NonEmpty::one(#item))),
        Some(shape) if shape.boxed => quote!(Self::#variant(Box::new(#item))),
        Some(_) => quote!(Self::#variant(#item)),
    }
}

/// Returns the code that reads whichever alternative comes next: elements by a match on the name, then the others.
fn read(alternatives: &[Alternative<'_>], wire: &Path) -> TokenStream {
    let (mut arms, mut parts, mut names) = (TokenStream::new(), TokenStream::new(), Vec::new());
    for Alternative { variant, member } in alternatives {
        let (name, simple, min, max) = (&member.name, &member.simple, member.min, member.max());
        let list = member.is_list();
        let value = match member.kind {
            Kind::Empty | Kind::Attribute | Kind::Content => continue,
            Kind::Flag => quote!(r.take_flag(#name, Self::#variant)?),
            Kind::Text if member.is_nillable() => quote!(Self::#variant(r.take_nillable(#name, #simple)?)),
            Kind::Text if list => quote!(Self::#variant(r.take_texts(#name, #min, #max, #simple)?)),
            Kind::Text => quote!(Self::#variant(r.take_text(#name, #simple)?)),
            Kind::Element if list => quote!(Self::#variant(r.take_elements(#name, #min, #max)?)),
            Kind::Element => quote!(Self::#variant(r.take_element(#name)?)),
            Kind::Choice | Kind::Group | Kind::Wildcard => {
                let read = match member.kind {
                    Kind::Choice if list => quote!(r.take_choices(#min, #max)),
                    Kind::Choice => quote!(#wire::xml::Choice::read_alternative(r)),
                    Kind::Group if list => quote!(r.take_groups(#min, #max)),
                    Kind::Group => quote!(r.take_group()),
                    _ => quote!(r.take_wildcard(#min, #max)),
                };
                parts.extend(quote! {
                    if let Some(value) = #read? {
                        return Ok(Some(Self::#variant(value)));
                    }
                });
                continue;
            }
        };
        arms.extend(quote!(#name => #value,));
        names.extend(name.as_ref().map(syn::LitStr::value));
    }
    if arms.is_empty() {
        return quote!(#parts Ok(None));
    }
    let rest = if parts.is_empty() {
        quote!(return r.expect_one_of(<Self as #wire::xml::Choice>::ALTERNATIVES))
    } else {
        let names = names.join(" | ");
        quote!({
            r.record_expected(#names);
            #parts
            return Ok(None);
        })
    };
    quote! {
        let alternative = match r.name() { #arms _ => #rest, };
        Ok(Some(alternative))
    }
}

/// Returns the arm that shows an alternative to a visitor.
fn visit(Alternative { variant, member }: &Alternative<'_>, wire: &Path) -> TokenStream {
    let (name, simple) = (&member.name, &member.simple);
    let (min, max, list) = (member.min, member.max(), member.is_list());
    match member.kind {
        Kind::Empty | Kind::Attribute | Kind::Content => quote!(Self::#variant => {}),
        Kind::Flag => quote!(Self::#variant => v.flag(#name, true),),
        Kind::Text if member.is_nillable() => quote!(Self::#variant(value) => v.nillable(#name, value, #simple),),
        Kind::Text if list => quote!(Self::#variant(items) => v.texts(#name, #min, #max, items, #simple),),
        Kind::Text => quote!(Self::#variant(value) => v.text(#name, value, #simple),),
        Kind::Choice if list => quote!(Self::#variant(items) => v.choices(#min, #max, items),),
        Kind::Choice => quote!(Self::#variant(choice) => #wire::xml::Choice::visit_alternative(choice, v),),
        Kind::Group if list => quote!(Self::#variant(items) => v.groups(#name, #min, #max, items),),
        Kind::Group => quote!(Self::#variant(group) => #wire::xml::Content::visit(group, v),),
        Kind::Wildcard => quote!(Self::#variant(items) => v.wildcard(#min, #max, items),),
        Kind::Element if list => quote!(Self::#variant(items) => v.elements(#name, #min, #max, items),),
        Kind::Element => quote!(Self::#variant(value) => v.element(#name, value),),
    }
}
