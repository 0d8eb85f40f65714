//! One member of a content model: a field of a struct, or the payload of a variant.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Attribute, Error, Expr, LitStr, Path, Result, Type};

use crate::attributes::Arguments;
use crate::cardinality::{Cardinality, Shape};

/// The arguments that say what a member is; each member has exactly one of them.
const KINDS: [&str; 9] = ["text", "element", "flag", "choice", "group", "wildcard", "attribute", "content", "empty"];

/// All arguments of a member.
const ARGUMENTS: [&str; 14] = [
    "text",
    "element",
    "flag",
    "choice",
    "group",
    "wildcard",
    "attribute",
    "content",
    "empty",
    "simple",
    "default",
    "min",
    "max",
    "shown_if",
];

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An element that holds text.
    Text,
    /// An element with content.
    Element,
    /// An empty element.
    Flag,
    /// A choice, without an element of its own.
    Choice,
    /// A group of members, without an element of its own.
    Group,
    /// Any elements.
    Wildcard,
    /// An attribute.
    Attribute,
    /// The text of the element itself.
    Content,
    /// The alternative that is written as nothing at all.
    Empty,
}

/// A member, with all that the expansion needs to know.
pub(crate) struct Member<'t> {
    pub(crate) kind: Kind,
    /// The element or attribute, or the name of a group in messages.
    pub(crate) name: Option<LitStr>,
    pub(crate) span: Span,
    /// `None` for a variant without payload.
    pub(crate) shape: Option<Shape<'t>>,
    /// The simple type of a text.
    pub(crate) simple: Option<TokenStream>,
    /// What an empty element means.
    pub(crate) default: Option<LitStr>,
    /// The method that says whether the value may be shown.
    pub(crate) shown_if: Option<Expr>,
    pub(crate) min: usize,
    max: Option<usize>,
}

impl<'t> Member<'t> {
    /// Reads the member that `attributes` describe, of the field or payload type `ty`.
    pub(crate) fn parse(
        attributes: &[Attribute],
        ty: Option<&'t Type>,
        at: Span,
        list: &str,
        wire: &Path,
    ) -> Result<Self> {
        let arguments = Arguments::parse(attributes, &ARGUMENTS)?;
        let mut kinds = KINDS.iter().filter(|kind| arguments.has(kind));
        let Some(word) = kinds.next() else {
            let message = "expected `#[xml(…)]` with one of `text`, `element`, `flag`, `choice`, `group`, `wildcard`, `attribute`, `content`";
            return Err(Error::new(at, message));
        };
        let span = arguments.span(word).unwrap_or(at);
        if let Some(second) = kinds.next() {
            let at = arguments.span(second).unwrap_or(at);
            return Err(Error::new(at, format!("`{second}` does not go with `{word}`: a member is one of them")));
        }
        let kind = match *word {
            "text" => Kind::Text,
            "element" => Kind::Element,
            "flag" => Kind::Flag,
            "choice" => Kind::Choice,
            "group" => Kind::Group,
            "wildcard" => Kind::Wildcard,
            "attribute" => Kind::Attribute,
            "content" => Kind::Content,
            _ => Kind::Empty,
        };
        let with = format!("`{word}`");
        if !matches!(kind, Kind::Text | Kind::Attribute | Kind::Content) {
            arguments.deny(&["simple", "default", "shown_if"], &with)?;
        } else if kind != Kind::Text {
            arguments.deny(&["default", "shown_if"], &with)?;
        }
        let shape = ty.map(|ty| Shape::of(ty, list));
        let is_list = shape.as_ref().is_some_and(|shape| shape.cardinality == Cardinality::List);
        if !is_list {
            arguments.deny(&["min", "max"], &format!("a type that is no `{list}`"))?;
        }
        let (min, max) = (arguments.number("min"), arguments.number("max"));
        let min = min.unwrap_or(usize::from(list == "NonEmpty"));
        if let (Some(max), Some(at)) = (max, arguments.span("max"))
            && (max < min || max == 0)
        {
            return Err(Error::new(at, format!("`max` is {max}, but at least {} must be possible", min.max(1))));
        }
        let simple =
            matches!(kind, Kind::Text | Kind::Attribute | Kind::Content).then(|| match arguments.code("simple") {
                Some(path) => quote!(&#path),
                None => quote!(&#wire::xml::SimpleType::STRING),
            });
        let name = arguments.text(word).cloned();
        if let Some(name) = &name
            && (name.value().is_empty() || name.value().contains(char::is_whitespace) && kind != Kind::Group)
        {
            return Err(Error::new(name.span(), "expected the name of an element or attribute"));
        }
        let member = Self {
            kind,
            name,
            span,
            shape,
            simple,
            default: arguments.text("default").cloned(),
            shown_if: arguments.code("shown_if").cloned(),
            min,
            max,
        };
        member.check(word)?;
        Ok(member)
    }

    /// Checks that the kind goes with the type.
    fn check(&self, word: &str) -> Result<()> {
        let error = |message: &str| Err(Error::new(self.span, format!("`{word}` {message}")));
        let Some(shape) = &self.shape else {
            return match self.kind {
                Kind::Flag | Kind::Empty => Ok(()),
                _ => error("needs a payload: `Variant(Type)`"),
            };
        };
        let list = shape.cardinality == Cardinality::List;
        match self.kind {
            Kind::Empty => error("marks a variant without payload"),
            Kind::Wildcard if !list => error("needs a list of `Raw`"),
            Kind::Attribute if list => error("cannot be a list: an attribute occurs once"),
            Kind::Content if shape.cardinality != Cardinality::Required => error("cannot be optional or a list"),
            Kind::Text if shape.nillable && list => error("cannot be a list of nillable values"),
            Kind::Text if self.default.is_some() && (shape.nillable || list) => {
                error("takes a `default` only where it occurs at most once and is not nillable")
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn cardinality(&self) -> Cardinality {
        self.shape.as_ref().map_or(Cardinality::Required, |shape| shape.cardinality)
    }

    pub(crate) fn is_list(&self) -> bool {
        self.cardinality() == Cardinality::List
    }

    pub(crate) fn is_nillable(&self) -> bool {
        self.shape.as_ref().is_some_and(|shape| shape.nillable)
    }

    /// Returns the largest number of occurrences, as Rust.
    pub(crate) fn max(&self) -> TokenStream {
        match self.max {
            Some(max) => quote!(#max),
            None => quote!(usize::MAX),
        }
    }

    /// Returns an expression for one item to read into.
    pub(crate) fn placeholder_item(&self, wire: &Path) -> TokenStream {
        match self.kind {
            Kind::Text if self.is_nillable() => quote!(#wire::xml::Nillable::placeholder()),
            Kind::Text | Kind::Attribute | Kind::Content => quote!(#wire::xml::Scalar::placeholder()),
            Kind::Choice => quote!(#wire::xml::Choice::placeholder()),
            _ => quote!(#wire::xml::Content::placeholder()),
        }
    }

    /// Returns the names of the elements that the member may be, as a slice expression; `None` if it is no element.
    pub(crate) fn elements(&self, wire: &Path) -> Option<TokenStream> {
        let item = self.shape.as_ref().map(|shape| shape.item);
        match self.kind {
            Kind::Text | Kind::Element | Kind::Flag => self.name.as_ref().map(|name| quote!(&[#name])),
            Kind::Choice => Some(quote!(<#item as #wire::xml::Choice>::ELEMENTS)),
            Kind::Group => Some(quote!(<#item as #wire::xml::Content>::ELEMENTS)),
            Kind::Wildcard | Kind::Attribute | Kind::Content | Kind::Empty => None,
        }
    }

    /// Returns the name of the element, if the member is one.
    pub(crate) fn own_element(&self) -> Option<String> {
        self.name.as_ref().filter(|_| self.has_own_element()).map(LitStr::value)
    }

    /// Returns `true` if the elements are known here, without another type.
    pub(crate) fn has_own_element(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Element | Kind::Flag)
    }
}

/// Returns the constant with the names of all elements that `members` may be, after `before`.
pub(crate) fn elements_constant(before: &[&str], members: &[&Member<'_>], wire: &Path) -> TokenStream {
    let before: Vec<TokenStream> = before.iter().map(|name| quote!(#name)).collect();
    if members.iter().all(|member| member.elements(wire).is_none() || member.has_own_element()) {
        let own = members.iter().filter(|member| member.has_own_element()).map(|member| &member.name);
        return quote!(const ELEMENTS: &'static [&'static str] = &[#(#before,)* #(#own),*];);
    }
    let parts = members.iter().filter_map(|member| member.elements(wire));
    quote! {
        const ELEMENTS: &'static [&'static str] = {
            const PARTS: &[&[&str]] = &[&[#(#before),*], #(#parts),*];
            const LENGTH: usize = #wire::xml::derive_support::count(PARTS);
            &#wire::xml::derive_support::join::<LENGTH>(PARTS)
        };
    }
}
