//! The members of a struct: one for each field.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprLit, Field, Ident, Lit, LitStr, Path, Result, Type, parse_quote};

use crate::attributes::{Item, Items, located};
use crate::serde::{self, Source};
use crate::shape::{Count, Shape, argument, is};

const KINDS: &[&str] = &["text", "element", "flag", "choice", "group", "wildcard", "attribute", "text_content"];
const KEYS: &[&str] = &[
    "text",
    "element",
    "flag",
    "choice",
    "group",
    "wildcard",
    "attribute",
    "text_content",
    "type",
    "default",
    "min",
    "max",
    "redact_unless",
    "ordered",
];

/// A field, and the member of the content that it is.
pub(crate) struct Member<'f> {
    field: syn::Member,
    shape: Shape<'f>,
    bounds: Bounds,
    kind: Kind,
    span: Span,
}

/// The kind of a member, with what only this kind has.
enum Kind {
    Text {
        name: LitStr,
        simple: Path,
        default: Option<LitStr>,
        redact_unless: Option<Path>,
    },
    Element {
        name: LitStr,
    },
    Flag {
        name: LitStr,
    },
    /// `ordered`: the order of the items matters.
    Choice {
        ordered: bool,
    },
    Group,
    Wildcard,
    Attribute {
        name: LitStr,
        simple: Path,
    },
    TextContent {
        simple: Path,
    },
}

impl<'f> Member<'f> {
    /// Parses the attributes of `field`, whose name or index is `name`.
    pub(crate) fn parse(field: &'f Field, name: syn::Member, wire: &TokenStream) -> Result<Self> {
        let mut items = Items::parse(&field.attrs, KEYS)?;
        let at = field.ident.as_ref().map_or_else(|| field.ty.span(), Spanned::span);
        let item = items.take_kind(KINDS, at, "a field")?;
        let shape = Shape::of(&field.ty);
        let kind = Kind::parse(&item, &mut items, &shape, wire)?;
        kind.check(&item, &shape, &field.ty)?;
        let bounds = Bounds::parse(&mut items, &shape, 0)?;
        items.finish(&format!("`{}`", item.key))?;
        Ok(Self { field: name, shape, bounds, kind, span: Span::call_site().located_at(at) })
    }

    pub(crate) fn is_attribute(&self) -> bool {
        matches!(self.kind, Kind::Attribute { .. })
    }

    pub(crate) fn is_text_content(&self) -> bool {
        matches!(self.kind, Kind::TextContent { .. })
    }

    /// Returns where the field is, for errors.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Returns `true` if the member has no element of its own.
    pub(crate) fn is_part(&self) -> bool {
        matches!(self.kind, Kind::Choice { .. } | Kind::Group)
    }

    /// Returns `field: value` for a value to read into.
    pub(crate) fn placeholder(&self, wire: &TokenStream) -> TokenStream {
        let (field, span, wire) = (&self.field, self.span, located(wire, self.span));
        let value = match (&self.kind, self.shape.count) {
            (Kind::Flag { .. }, _) => quote!(false),
            (_, Count::Optional) => quote!(::core::option::Option::None),
            (_, Count::List | Count::NonEmpty) => quote!(::std::vec::Vec::new()),
            (Kind::Choice { .. }, _) => quote_spanned!(span=> #wire::xml::Choice::placeholder()),
            (Kind::Text { .. }, _) if self.shape.nillable => quote_spanned!(span=> #wire::xml::Nillable::placeholder()),
            (Kind::Text { .. } | Kind::Attribute { .. } | Kind::TextContent { .. }, _) => {
                quote_spanned!(span=> #wire::xml::Scalar::placeholder())
            }
            _ => quote_spanned!(span=> #wire::xml::Content::placeholder()),
        };
        quote_spanned!(span=> #field: #value)
    }

    /// Returns the call that reads the member, from XML or with `source` from serde.
    pub(crate) fn read(&self, source: Source) -> TokenStream {
        let (field, span, Bounds { min, max }) = (&self.field, self.span, &self.bounds);
        let slot = quote_spanned!(span=> &mut self.#field);
        match (&self.kind, self.shape.count) {
            (Kind::Text { name, simple, default, .. }, count) => match (self.shape.nillable, count, default) {
                (true, Count::Optional, _) => quote_spanned!(span=> r.opt_nillable(#name, #slot, &#simple)),
                (true, ..) => quote_spanned!(span=> r.nillable(#name, #slot, &#simple)),
                (_, Count::List | Count::NonEmpty, _) => {
                    quote_spanned!(span=> r.texts(#name, #min, #max, #slot, &#simple))
                }
                (_, Count::Optional, Some(default)) => {
                    quote_spanned!(span=> r.opt_text_or(#name, #default, #slot, &#simple))
                }
                (_, Count::One, Some(default)) => quote_spanned!(span=> r.text_or(#name, #default, #slot, &#simple)),
                (_, Count::Optional, None) => quote_spanned!(span=> r.opt_text(#name, #slot, &#simple)),
                (_, Count::One, None) => quote_spanned!(span=> r.text(#name, #slot, &#simple)),
            },
            (Kind::Element { name }, Count::One) => quote_spanned!(span=> r.element(#name, #slot)),
            (Kind::Element { name }, Count::Optional) => quote_spanned!(span=> r.opt_element(#name, #slot)),
            (Kind::Element { name }, _) => quote_spanned!(span=> r.elements(#name, #min, #max, #slot)),
            (Kind::Flag { name }, _) => quote_spanned!(span=> r.flag(#name, #slot)),
            (Kind::Choice { .. }, Count::One) => quote_spanned!(span=> r.choice(#slot)),
            (Kind::Choice { .. }, Count::Optional) => quote_spanned!(span=> r.opt_choice(#slot)),
            (Kind::Choice { ordered: true }, _) if source == Source::Serde => {
                quote_spanned!(span=> r.ordered_choices(#min, #max, #slot))
            }
            (Kind::Choice { .. }, _) => quote_spanned!(span=> r.choices(#min, #max, #slot)),
            (Kind::Group, Count::Optional) => quote_spanned!(span=> r.opt_group(#slot)),
            (Kind::Group, _) => quote_spanned!(span=> r.groups(#min, #max, #slot)),
            (Kind::Wildcard, _) => quote_spanned!(span=> r.wildcard(#min, #max, #slot)),
            (Kind::Attribute { name, simple }, Count::Optional) => {
                quote_spanned!(span=> r.opt_attribute(#name, #slot, &#simple))
            }
            (Kind::Attribute { name, simple }, _) => quote_spanned!(span=> r.attribute(#name, #slot, &#simple)),
            (Kind::TextContent { simple }, _) => quote_spanned!(span=> r.text_content(#slot, &#simple)),
        }
    }

    /// Returns the call that passes the member to a visitor.
    pub(crate) fn visit(&self) -> TokenStream {
        let (field, span, Bounds { min, max }) = (&self.field, self.span, &self.bounds);
        let value = quote_spanned!(span=> &self.#field);
        match (&self.kind, self.shape.count) {
            (Kind::Text { name, simple, redact_unless: Some(is_visible), .. }, _) => quote_spanned! {span=>
                if #is_visible(self) {
                    v.text(#name, self.#field.as_shown(), &#simple);
                } else {
                    v.text(#name, #value, &#simple);
                }
            },
            (Kind::Text { name, simple, .. }, count) => match (self.shape.nillable, count) {
                (true, Count::Optional) => quote_spanned!(span=> v.opt_nillable(#name, #value, &#simple);),
                (true, _) => quote_spanned!(span=> v.nillable(#name, #value, &#simple);),
                (_, Count::Optional) => quote_spanned!(span=> v.opt_text(#name, #value, &#simple);),
                (_, Count::One) => quote_spanned!(span=> v.text(#name, #value, &#simple);),
                _ => quote_spanned!(span=> v.texts(#name, #min, #max, #value, &#simple);),
            },
            (Kind::Element { name }, Count::One) => quote_spanned!(span=> v.element(#name, #value);),
            (Kind::Element { name }, Count::Optional) => quote_spanned!(span=> v.opt_element(#name, #value);),
            (Kind::Element { name }, _) => quote_spanned!(span=> v.elements(#name, #min, #max, #value);),
            (Kind::Flag { name }, _) => quote_spanned!(span=> v.flag(#name, self.#field);),
            (Kind::Choice { .. }, Count::Optional) => quote_spanned!(span=> v.opt_choice(#value);),
            (Kind::Choice { .. }, Count::One) => quote_spanned!(span=> v.choice(#value);),
            (Kind::Choice { ordered: true }, _) if serde::IS_ENABLED => {
                quote_spanned!(span=> v.ordered_choices(#min, #max, #value);)
            }
            (Kind::Choice { .. }, _) => quote_spanned!(span=> v.choices(#min, #max, #value);),
            (Kind::Group, Count::Optional) => quote_spanned!(span=> v.opt_group(#value);),
            (Kind::Group, _) => quote_spanned!(span=> v.groups(#min, #max, #value);),
            (Kind::Wildcard, _) => quote_spanned!(span=> v.wildcard(#min, #max, #value);),
            (Kind::Attribute { name, simple }, Count::Optional) => {
                quote_spanned!(span=> v.opt_attribute(#name, #value, &#simple);)
            }
            (Kind::Attribute { name, simple }, _) => quote_spanned!(span=> v.attribute(#name, #value, &#simple);),
            (Kind::TextContent { simple }, _) => quote_spanned!(span=> v.text_content(#value, &#simple);),
        }
    }
}

impl Kind {
    fn parse(item: &Item, items: &mut Items, shape: &Shape<'_>, wire: &TokenStream) -> Result<Self> {
        Ok(match item.word.as_str() {
            "text" => Self::Text {
                name: item.name()?,
                simple: simple_type(item, items, shape, wire)?,
                default: items.take_value("default")?,
                redact_unless: items.take_value("redact_unless")?,
            },
            "element" => Self::Element { name: item.name()? },
            "flag" => Self::Flag { name: item.name()? },
            "attribute" => Self::Attribute { name: item.name()?, simple: simple_type(item, items, shape, wire)? },
            "text_content" => {
                item.no_value()?;
                Self::TextContent { simple: simple_type(item, items, shape, wire)? }
            }
            word => {
                item.no_value()?;
                match word {
                    "choice" => Self::Choice { ordered: ordered(items, shape)? },
                    "group" => Self::Group,
                    _ => Self::Wildcard,
                }
            }
        })
    }

    /// Refuses a type of the field that the kind cannot have.
    fn check(&self, item: &Item, shape: &Shape<'_>, ty: &Type) -> Result<()> {
        let is_list = shape.count == Count::List;
        let expected = match self {
            _ if shape.count == Count::NonEmpty => "`Vec`, with `min = 1`",
            Self::Text { default: Some(_), .. } if is_list || shape.nillable => "no list and no `Nillable`",
            Self::Text { redact_unless: Some(_), .. } if shape.count != Count::One => "`Secret`",
            Self::Text { .. } if is_list && shape.nillable => "`Nillable` or `Option<Nillable>`",
            Self::Flag { .. } if !is(ty, "bool") => "`bool`",
            Self::Group if shape.count == Count::One => "`Option` or `Vec`",
            Self::Wildcard if !is_list => "`Vec<Raw>`",
            Self::Attribute { .. } if is_list || shape.nillable => "a value or `Option`",
            Self::TextContent { .. } if shape.count != Count::One || shape.nillable => "a value",
            _ => return Ok(()),
        };
        Err(Error::new_spanned(ty, format!("the type of a field with `{}` must be {expected}", item.key)))
    }
}

/// Takes the item `ordered`, which only lists have.
pub(crate) fn ordered(items: &mut Items, shape: &Shape<'_>) -> Result<bool> {
    match items.take_flag("ordered")? {
        Some(at) if !shape.is_list() => Err(Error::new(at, "`ordered` needs a list")),
        at => Ok(at.is_some()),
    }
}

/// The Rust types with a simple type of their own: a constant of `SimpleType`.
const BUILT_IN: &[(&str, &str)] = &[
    ("String", "STRING"),
    ("Secret", "STRING"),
    ("bool", "BOOLEAN"),
    ("i8", "BYTE"),
    ("i16", "SHORT"),
    ("i32", "INT"),
    ("i64", "LONG"),
    ("u8", "UNSIGNED_BYTE"),
    ("u16", "UNSIGNED_SHORT"),
    ("u32", "UNSIGNED_INT"),
    ("u64", "UNSIGNED_LONG"),
    ("f32", "FLOAT"),
    ("f64", "DOUBLE"),
    ("Date", "DATE"),
    ("DateTime", "DATE_TIME"),
];

/// Returns the simple type of a text: that of `type = …`, or that of the Rust type.
pub(crate) fn simple_type(item: &Item, items: &mut Items, shape: &Shape<'_>, wire: &TokenStream) -> Result<Path> {
    if let Some(path) = items.take_value("type")? {
        return Ok(path);
    }
    let text = argument(shape.item, "Nillable").unwrap_or(shape.item);
    match BUILT_IN.iter().find(|(rust, _)| is(text, rust)) {
        Some((_, constant)) => {
            let constant = Ident::new(constant, item.key.span());
            Ok(parse_quote!(#wire::xml::SimpleType::#constant))
        }
        None => {
            let message = format!("`{}` needs `type = …`: this Rust type has no simple type of its own", item.key);
            Err(Error::new(item.key.span(), message))
        }
    }
}

/// The bounds of a list.
pub(crate) struct Bounds {
    pub(crate) min: Expr,
    pub(crate) max: Expr,
}

impl Bounds {
    /// Parses `min` and `max`, which only lists have; `least` is the default of `min`.
    pub(crate) fn parse(items: &mut Items, shape: &Shape<'_>, least: usize) -> Result<Self> {
        if !shape.is_list() {
            for key in ["min", "max"] {
                if let Some(item) = items.take(key) {
                    let message = format!("`{key}` needs a list: `Vec` in a struct, `NonEmpty` in an enum");
                    return Err(Error::new(item.key.span(), message));
                }
            }
        }
        let min: Option<Expr> = items.take_value("min")?;
        let max: Option<Expr> = items.take_value("max")?;
        if let (Some(least), Some(most)) = (min.as_ref().and_then(number), max.as_ref().and_then(number))
            && least > most
        {
            return Err(Error::new_spanned(&min, format!("`min = {least}` is greater than `max = {most}`")));
        }
        if let (Some(max), Some(0)) = (&max, max.as_ref().and_then(number)) {
            return Err(Error::new_spanned(max, "`max = 0` leaves no item; remove the member"));
        }
        let least = proc_macro2::Literal::usize_unsuffixed(least);
        Ok(Self {
            min: min.unwrap_or_else(|| parse_quote!(#least)),
            max: max.unwrap_or_else(|| parse_quote!(::core::primitive::usize::MAX)),
        })
    }
}

/// Returns the value of a literal number.
fn number(expr: &Expr) -> Option<usize> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}
