//! The alternatives of an enum: one for each variant.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Fields, Ident, LitStr, Path, Result, Type, Variant};

use crate::attributes::{Item, Items, located};
use crate::member::{Bounds, ordered, simple_type};
use crate::serde::{self, Source};
use crate::shape::{Count, Shape, argument};

const KINDS: &[&str] = &["text", "element", "flag", "choice", "group", "wildcard", "empty"];
const KEYS: &[&str] =
    &["text", "element", "flag", "choice", "group", "wildcard", "empty", "type", "default", "min", "max", "ordered"];

/// A variant, and the alternative that it is.
pub(crate) struct Alternative<'v> {
    name: &'v Ident,
    kind: Kind<'v>,
    span: Span,
}

enum Kind<'v> {
    /// No element at all.
    Empty,
    /// An empty element.
    Flag(LitStr),
    /// Anything that has a payload.
    With(Box<Payload<'v>>),
}

/// The payload of a variant.
struct Payload<'v> {
    kind: PayloadKind,
    shape: Shape<'v>,
    bounds: Bounds,
}

enum PayloadKind {
    Text {
        name: LitStr,
        simple: Path,
        default: Option<LitStr>,
    },
    Element {
        name: LitStr,
    },
    /// `ordered`: the order of the items matters.
    Choice {
        ordered: bool,
    },
    Group,
    Wildcard,
}

/// The elements of an alternative.
pub(crate) enum Elements<'v> {
    /// An element.
    Named(&'v LitStr),
    /// The elements of a choice of this type.
    OfChoice(&'v Type),
    /// The elements of a group of this type.
    OfGroup(&'v Type),
    /// Any elements.
    Any,
}

impl<'v> Alternative<'v> {
    pub(crate) fn parse(variant: &'v Variant, wire: &TokenStream) -> Result<Self> {
        let mut items = Items::parse(&variant.attrs, KEYS)?;
        let item = items.take_kind(KINDS, variant.ident.span(), "a variant")?;
        let payload = payload(variant)?;
        let kind = match (item.word.as_str(), payload) {
            ("empty", None) => {
                item.no_value()?;
                Kind::Empty
            }
            ("flag", None) => Kind::Flag(item.name()?),
            ("empty" | "flag", Some(payload)) => {
                return Err(Error::new_spanned(payload, format!("a variant with `{}` has no payload", item.key)));
            }
            (_, None) => {
                let message = format!("a variant with `{}` needs a payload, such as `{}(T)`", item.key, variant.ident);
                return Err(Error::new(variant.ident.span(), message));
            }
            (_, Some(ty)) => Kind::With(Box::new(Payload::parse(&item, &mut items, ty, wire)?)),
        };
        items.finish(&format!("`{}`", item.key))?;
        let span = Span::call_site().located_at(variant.ident.span());
        Ok(Self { name: &variant.ident, kind, span })
    }

    /// Returns `true` if the alternative is no element at all.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self.kind, Kind::Empty)
    }

    /// Returns the variant.
    pub(crate) fn ident(&self) -> &Ident {
        self.name
    }

    /// Returns the elements of the alternative.
    pub(crate) fn elements(&self) -> Option<Elements<'_>> {
        match &self.kind {
            Kind::Empty => None,
            Kind::Flag(name) => Some(Elements::Named(name)),
            Kind::With(payload) => Some(match &payload.kind {
                PayloadKind::Text { name, .. } | PayloadKind::Element { name } => Elements::Named(name),
                PayloadKind::Choice { .. } => Elements::OfChoice(payload.shape.item),
                PayloadKind::Group => Elements::OfGroup(payload.shape.item),
                PayloadKind::Wildcard => Elements::Any,
            }),
        }
    }

    /// Returns `true` if a value of the alternative may contain the enum again.
    pub(crate) fn may_recur(&self) -> bool {
        matches!(&self.kind, Kind::With(payload) if argument(payload.shape.item, "Box").is_some())
    }

    /// Returns a value of the alternative to read into.
    pub(crate) fn placeholder(&self, wire: &TokenStream) -> TokenStream {
        let (name, span, wire) = (self.name, self.span, located(wire, self.span));
        let Kind::With(payload) = &self.kind else { return quote!(Self::#name) };
        let item = match payload.kind {
            PayloadKind::Text { .. } if payload.shape.nillable => {
                quote_spanned!(span=> #wire::xml::Nillable::placeholder())
            }
            PayloadKind::Text { .. } => quote_spanned!(span=> #wire::xml::Scalar::placeholder()),
            PayloadKind::Choice { .. } => quote_spanned!(span=> #wire::xml::Choice::placeholder()),
            _ => quote_spanned!(span=> #wire::xml::Content::placeholder()),
        };
        match payload.shape.count {
            Count::NonEmpty => quote_spanned!(span=> Self::#name(#wire::xml::NonEmpty::one(#item))),
            _ => quote_spanned!(span=> Self::#name(#item)),
        }
    }

    /// Returns the arm that reads an alternative which is an element.
    pub(crate) fn read_element(&self) -> Option<TokenStream> {
        let (name, span) = (self.name, self.span);
        let Kind::With(payload) = &self.kind else {
            let Kind::Flag(element) = &self.kind else { return None };
            return Some(quote_spanned!(span=> #element => r.take_flag(#element, Self::#name)?,));
        };
        let Payload { kind, shape, bounds: Bounds { min, max } } = &**payload;
        Some(match kind {
            PayloadKind::Text { name: element, simple, default: Some(default) } => {
                quote_spanned!(span=> #element => Self::#name(r.take_text_or(#element, #default, &#simple)?),)
            }
            PayloadKind::Text { name: element, simple, default: None } => match (shape.nillable, shape.is_list()) {
                (true, _) => {
                    quote_spanned!(span=> #element => Self::#name(r.take_nillable(#element, &#simple)?),)
                }
                (false, true) => {
                    quote_spanned!(span=> #element => Self::#name(r.take_texts(#element, #min, #max, &#simple)?),)
                }
                (false, false) => {
                    quote_spanned!(span=> #element => Self::#name(r.take_text(#element, &#simple)?),)
                }
            },
            PayloadKind::Element { name: element } if shape.is_list() => {
                quote_spanned!(span=> #element => Self::#name(r.take_elements(#element, #min, #max)?),)
            }
            PayloadKind::Element { name: element } => {
                quote_spanned!(span=> #element => Self::#name(r.take_element(#element)?),)
            }
            PayloadKind::Choice { .. } | PayloadKind::Group | PayloadKind::Wildcard => return None,
        })
    }

    /// Returns the arm that reads an alternative which is a member by its name, or which has a key because it is no
    /// element.
    pub(crate) fn read_member(&self) -> Option<TokenStream> {
        let Kind::Empty = self.kind else { return self.read_element() };
        let (name, key) = (self.name, serde::key(self.name));
        Some(quote!(#key => r.take_flag(#key, Self::#name)?,))
    }

    /// Returns the statement that reads an alternative without an element of its own, if it comes next, and returns.
    pub(crate) fn read_part(&self, wire: &TokenStream, source: Source) -> Option<TokenStream> {
        let (name, span) = (self.name, self.span);
        let Kind::With(payload) = &self.kind else { return None };
        let Payload { kind, shape, bounds: Bounds { min, max } } = &**payload;
        let read = match kind {
            PayloadKind::Text { .. } | PayloadKind::Element { .. } => return None,
            PayloadKind::Choice { ordered: true } if source == Source::Serde => {
                quote_spanned!(span=> r.take_ordered_choices(#min, #max))
            }
            PayloadKind::Choice { .. } if shape.is_list() => quote_spanned!(span=> r.take_choices(#min, #max)),
            PayloadKind::Choice { .. } if source == Source::Serde => {
                quote_spanned!(span=> #wire::xml::Choice::read_tree_alternative(r))
            }
            PayloadKind::Choice { .. } => quote_spanned!(span=> #wire::xml::Choice::read_alternative(r)),
            PayloadKind::Group if shape.is_list() => quote_spanned!(span=> r.take_groups(#min, #max)),
            PayloadKind::Group => quote_spanned!(span=> r.take_group()),
            PayloadKind::Wildcard => quote_spanned!(span=> r.take_wildcard(#min, #max)),
        };
        Some(quote! {
            if let ::core::option::Option::Some(value) = #read? {
                return ::core::result::Result::Ok(::core::option::Option::Some(Self::#name(value)));
            }
        })
    }

    /// Returns the arm that passes the alternative to a visitor.
    pub(crate) fn visit(&self, wire: &TokenStream) -> TokenStream {
        let (name, span) = (self.name, self.span);
        match &self.kind {
            Kind::Empty if serde::IS_ENABLED => {
                let key = serde::key(name);
                quote!(Self::#name => v.no_element(#key),)
            }
            Kind::Empty => quote!(Self::#name => {}),
            Kind::Flag(element) => quote_spanned!(span=> Self::#name => v.flag(#element, true),),
            Kind::With(payload) => {
                let Payload { kind, shape, bounds: Bounds { min, max } } = &**payload;
                let is_list = shape.is_list();
                let visit = match kind {
                    PayloadKind::Text { name: element, simple, .. } => match (shape.nillable, is_list) {
                        (true, _) => quote_spanned!(span=> v.nillable(#element, value, &#simple)),
                        (false, true) => quote_spanned!(span=> v.texts(#element, #min, #max, value, &#simple)),
                        (false, false) => quote_spanned!(span=> v.text(#element, value, &#simple)),
                    },
                    PayloadKind::Element { name: element } if is_list => {
                        quote_spanned!(span=> v.elements(#element, #min, #max, value))
                    }
                    PayloadKind::Element { name: element } => quote_spanned!(span=> v.element(#element, value)),
                    PayloadKind::Choice { ordered: true } if serde::IS_ENABLED => {
                        quote_spanned!(span=> v.ordered_choices(#min, #max, value))
                    }
                    PayloadKind::Choice { .. } if is_list => quote_spanned!(span=> v.choices(#min, #max, value)),
                    PayloadKind::Choice { .. } => {
                        quote_spanned!(span=> #wire::xml::Choice::visit_alternative(value, v))
                    }
                    PayloadKind::Group if is_list => {
                        quote_spanned!(span=> v.groups(#min, #max, value))
                    }
                    PayloadKind::Group => quote_spanned!(span=> #wire::xml::Content::visit(value, v)),
                    PayloadKind::Wildcard => quote_spanned!(span=> v.wildcard(#min, #max, value)),
                };
                quote!(Self::#name(value) => #visit,)
            }
        }
    }
}

impl<'v> Payload<'v> {
    fn parse(item: &Item, items: &mut Items, ty: &'v Type, wire: &TokenStream) -> Result<Self> {
        let shape = Shape::of(ty);
        let kind = match item.word.as_str() {
            "text" => PayloadKind::Text {
                name: item.name()?,
                simple: simple_type(item, items, &shape, wire)?,
                default: items.take_value("default")?,
            },
            "element" => PayloadKind::Element { name: item.name()? },
            word => {
                item.no_value()?;
                match word {
                    "choice" => PayloadKind::Choice { ordered: ordered(items, &shape)? },
                    "group" => PayloadKind::Group,
                    _ => PayloadKind::Wildcard,
                }
            }
        };
        let expected = match kind {
            _ if matches!(shape.count, Count::Optional | Count::List) => Some("a value or `NonEmpty`"),
            PayloadKind::Text { default: Some(_), .. } if shape.nillable || shape.is_list() => {
                Some("no list and no `Nillable`")
            }
            PayloadKind::Text { .. } if shape.nillable && shape.is_list() => Some("a value, `Nillable` or `NonEmpty`"),
            PayloadKind::Wildcard if !shape.is_list() => Some("`NonEmpty<Raw>`"),
            _ => None,
        };
        if let Some(expected) = expected {
            let message = format!("the payload of a variant with `{}` must be {expected}", item.key);
            return Err(Error::new_spanned(ty, message));
        }
        let bounds = Bounds::parse(items, &shape, 1)?;
        Ok(Self { kind, shape, bounds })
    }
}

/// Returns the type of the only field of `variant`, or `None` if it has no fields.
fn payload(variant: &Variant) -> Result<Option<&Type>> {
    match &variant.fields {
        Fields::Unit => Ok(None),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Ok(fields.unnamed.first().map(|field| &field.ty)),
        fields => Err(Error::new(fields.span(), "a variant has one unnamed field, or none")),
    }
}
