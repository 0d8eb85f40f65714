//! XSD simple types at run time: a description that generated code keeps in a `static`, and the
//! check of a text against it.
//!
//! The rules are those of [XML Schema 1.0 Part 2](https://www.w3.org/TR/xmlschema-2/) (second
//! edition). A check takes time linear in the text, never fails otherwise than with a [`ValueError`]
//! rule, and compares in the value space: as integers `1`, `01` and `+1` are the same enumeration
//! value, at any number of digits. Characters that no XML document can hold are not looked for: the
//! reader refuses them, and the [`Validator`](super::Validator) reports them.
//!
//! ```
//! # use plesk_wire::xml::{ValueError, Facet, Pattern, Primitive, SimpleType, WhiteSpace};
//! // A pattern compiles on first use, so it lives in a `static` of its own.
//! static LOGIN_PATTERNS: [Pattern; 1] = [Pattern::new("[a-z]+", "^(?:[a-z]+)$")];
//! static LOGIN: SimpleType = SimpleType::new(
//!     "login",
//!     Primitive::String,
//!     WhiteSpace::Collapse,
//!     &[Facet::MaxLength(8), Facet::Pattern(&LOGIN_PATTERNS)],
//! );
//! assert_eq!(LOGIN.check(" jo\n"), Ok(()));
//! assert_eq!(LOGIN.check("Jo"), Err(ValueError::PatternMismatch("[a-z]+")));
//! ```

mod cursor;
mod decimal;
mod duration;
mod facet;
mod lexical;
pub(super) mod moment;
mod primitive;
mod uri;
mod value;
mod value_error;
mod white_space;

use std::borrow::Cow;
use std::cmp::Ordering;

pub use facet::{Facet, Pattern};
pub use primitive::Primitive;
pub use value_error::ValueError;
pub use white_space::WhiteSpace;
pub(super) use white_space::trim;

use value::Value;

/// An XSD simple type: lexical rules, whitespace handling and facets (Part 2, section 4.1.1).
#[derive(Debug)]
pub struct SimpleType {
    /// XSD name, or "" for an anonymous type.
    pub name: &'static str,
    /// The built-in type that this one is derived from by restriction, or the list or union that it
    /// is.
    pub primitive: Primitive,
    /// What happens to whitespace before anything is checked: the effective value, whichever step
    /// of the derivation set it.
    ///
    /// A union has none of its own: the member that accepts a text also says how its whitespace is
    /// treated (section 4.3.6).
    pub white_space: WhiteSpace,
    /// The facets of all derivation steps: all of them must hold.
    pub facets: &'static [Facet],
}

impl SimpleType {
    /// `xs:string`: any text.
    pub const STRING: Self = Self::new("xs:string", Primitive::String, WhiteSpace::Preserve, &[]);

    /// A type description, usable in a `static`.
    pub const fn new(
        name: &'static str,
        primitive: Primitive,
        white_space: WhiteSpace,
        facets: &'static [Facet],
    ) -> Self {
        Self { name, primitive, white_space, facets }
    }

    /// Whether `text` is a valid literal: whitespace is normalised first as the type says.
    ///
    /// # Errors
    /// The first rule that the text breaks: the lexical rule of the built-in type before the
    /// facets, these in their order. For a list it is the rule that an item breaks, and
    /// [`ValueError::NoMember`] for a union without a member that fits.
    pub fn check(&self, text: &str) -> Result<(), ValueError> {
        let text = match self.primitive {
            Primitive::Union(members) => active(members, text).ok_or(ValueError::NoMember)?.normalize(text),
            _ => self.normalize(text),
        };
        match self.primitive {
            Primitive::Union(_) => {}
            Primitive::List(item) => items(&text).try_for_each(|part| item.check(part))?,
            atomic => {
                Value::parse(atomic, &text)?;
            }
        }
        self.facets.iter().try_for_each(|facet| facet.check(self, &text))
    }

    /// The text after whitespace normalisation (section 4.3.6); borrowed when nothing changes
    /// inside it.
    ///
    /// For a union this is what the first member that accepts the text makes of it.
    pub fn normalize<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.primitive {
            Primitive::Union(members) => match active(members, text) {
                Some(member) => member.normalize(text),
                None => Cow::Borrowed(text),
            },
            _ => self.white_space.apply(text),
        }
    }

    /// Whether two literals mean the same value. Equal texts do, so this is asked about valid
    /// literals only.
    fn same(&self, a: &str, b: &str) -> bool {
        if a == b {
            return true;
        }
        let (a, b) = (self.normalize(a), self.normalize(b));
        match self.primitive {
            Primitive::Union(members) => match (active(members, &a), active(members, &b)) {
                // Values of different members are different, however they are written: `1` as a
                // string is no integer.
                (Some(one), Some(other)) => std::ptr::eq(one, other) && one.same(&a, &b),
                _ => false,
            },
            Primitive::List(item) => {
                items(&a).count() == items(&b).count() && items(&a).zip(items(&b)).all(|(a, b)| item.same(a, b))
            }
            atomic => match (Value::parse(atomic, &a), Value::parse(atomic, &b)) {
                (Ok(a), Ok(b)) => a.equals(&b),
                _ => false,
            },
        }
    }

    /// How two literals compare; `None` where the order of the type leaves it open (NaN, a date
    /// with and one without zone).
    fn order(&self, a: &str, b: &str) -> Option<Ordering> {
        let (a, b) = (self.normalize(a), self.normalize(b));
        Value::parse(self.primitive, &a).ok()?.order(&Value::parse(self.primitive, &b).ok()?)
    }

    /// The length of a normalised valid literal and the name of its unit (section 4.3.1).
    fn length(&self, text: &str) -> (usize, &'static str) {
        match self.primitive {
            Primitive::List(_) => (items(text).count(), "item"),
            Primitive::HexBinary => (text.len() / 2, "octet"),
            Primitive::Base64Binary => (lexical::base64_octets(text).unwrap_or(0), "octet"),
            _ => (text.chars().count(), "character"),
        }
    }
}

/// The member of a union that a text belongs to: the first that accepts it (section 2.5.1.3).
fn active(members: &[&'static SimpleType], text: &str) -> Option<&'static SimpleType> {
    members.iter().find(|member| member.check(text).is_ok()).copied()
}

/// The items of a list (section 2.5.1.2).
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(white_space::is_white_space).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests;
