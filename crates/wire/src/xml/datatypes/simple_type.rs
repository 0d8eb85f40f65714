//! The description of a simple type: its built-in type, its white space rule and its facets.

use super::pattern::Pattern;
use super::white_space::WhiteSpace;

/// An XSD simple type: lexical rules, white space handling and facets (Part 2, section 4.1.1).
#[derive(Debug)]
pub struct SimpleType {
    /// The XSD name, or "" for an anonymous type.
    pub name: &'static str,
    /// The built-in type that this type restricts, or the list or union that it is.
    pub primitive: Primitive,
    /// The change to white space before anything is checked. This is the effective value,
    /// whichever step of the derivation set it.
    ///
    /// A union ignores it: the member that accepts a text decides (section 4.3.6).
    pub white_space: WhiteSpace,
    /// The facets of all derivation steps. A value must satisfy all of them.
    pub facets: &'static [Facet],
}

impl SimpleType {
    /// `xs:string`: any text.
    pub const STRING: Self = Self::new("xs:string", Primitive::String, WhiteSpace::Preserve, &[]);
    /// `xs:boolean`
    pub const BOOLEAN: Self = Self::built_in("xs:boolean", Primitive::Boolean);
    /// `xs:byte`
    pub const BYTE: Self = Self::built_in("xs:byte", Primitive::Byte);
    /// `xs:short`
    pub const SHORT: Self = Self::built_in("xs:short", Primitive::Short);
    /// `xs:int`
    pub const INT: Self = Self::built_in("xs:int", Primitive::Int);
    /// `xs:long`
    pub const LONG: Self = Self::built_in("xs:long", Primitive::Long);
    /// `xs:unsignedByte`
    pub const UNSIGNED_BYTE: Self = Self::built_in("xs:unsignedByte", Primitive::UnsignedByte);
    /// `xs:unsignedShort`
    pub const UNSIGNED_SHORT: Self = Self::built_in("xs:unsignedShort", Primitive::UnsignedShort);
    /// `xs:unsignedInt`
    pub const UNSIGNED_INT: Self = Self::built_in("xs:unsignedInt", Primitive::UnsignedInt);
    /// `xs:unsignedLong`
    pub const UNSIGNED_LONG: Self = Self::built_in("xs:unsignedLong", Primitive::UnsignedLong);
    /// `xs:float`
    pub const FLOAT: Self = Self::built_in("xs:float", Primitive::Float);
    /// `xs:double`
    pub const DOUBLE: Self = Self::built_in("xs:double", Primitive::Double);
    /// `xs:date`
    pub const DATE: Self = Self::built_in("xs:date", Primitive::Date);
    /// `xs:dateTime`
    pub const DATE_TIME: Self = Self::built_in("xs:dateTime", Primitive::DateTime);

    /// Returns a restriction of this type: its facets are added to those of this one, which must be none.
    ///
    /// ```
    /// # mod plesk { pub use plesk_wire as wire; }
    /// use plesk::wire::xml::{Facet, SimpleType};
    ///
    /// static LOGIN: SimpleType = SimpleType::STRING.restricted("login", &[Facet::MaxLength(8)]);
    /// assert!(LOGIN.check("jo").is_ok() && LOGIN.check("jo.doe.of.example").is_err());
    /// ```
    pub const fn restricted(self, name: &'static str, facets: &'static [Facet]) -> Self {
        assert!(self.facets.is_empty(), "the type has facets already");
        Self { name, facets, ..self }
    }

    /// Returns `true` if every text is valid.
    #[inline]
    pub(super) fn accepts_all(&self) -> bool {
        use Primitive::{AnySimple, NormalizedString, String, Token};
        self.facets.is_empty() && matches!(self.primitive, AnySimple | String | NormalizedString | Token)
    }

    const fn built_in(name: &'static str, primitive: Primitive) -> Self {
        Self::new(name, primitive, WhiteSpace::Collapse, &[])
    }

    /// Creates a description, usable in a `static`.
    pub const fn new(
        name: &'static str,
        primitive: Primitive,
        white_space: WhiteSpace,
        facets: &'static [Facet],
    ) -> Self {
        Self { name, primitive, white_space, facets }
    }
}

/// A built-in type of XML Schema Part 2 (section 3), or a type built from other types.
///
/// Types that only add a pattern to `token` have no variant. `language`, `NMTOKEN`, `Name` and
/// `NCName` are [`Primitive::Token`] with the pattern from the schema for schemas (`\c+`, `\i\c*`,
/// `[\i-[:]][\c-[:]]*`).
#[derive(Clone, Copy, Debug)]
pub enum Primitive {
    /// Any text (`anySimpleType`, Part 1, section 3.14.7).
    AnySimple,
    /// `string` (section 3.2.1).
    String,
    /// `normalizedString` (section 3.3.1).
    NormalizedString,
    /// `token` (section 3.3.2).
    Token,
    /// `anyURI` (section 3.2.17).
    AnyUri,
    /// `boolean` (section 3.2.2).
    Boolean,
    /// `decimal` (section 3.2.3), of any precision.
    Decimal,
    /// `integer` (section 3.3.13), of any size.
    Integer,
    /// `nonPositiveInteger` (section 3.3.14).
    NonPositiveInteger,
    /// `negativeInteger` (section 3.3.15).
    NegativeInteger,
    /// `long` (section 3.3.16).
    Long,
    /// `int` (section 3.3.17).
    Int,
    /// `short` (section 3.3.18).
    Short,
    /// `byte` (section 3.3.19).
    Byte,
    /// `nonNegativeInteger` (section 3.3.20).
    NonNegativeInteger,
    /// `unsignedLong` (section 3.3.21).
    UnsignedLong,
    /// `unsignedInt` (section 3.3.22).
    UnsignedInt,
    /// `unsignedShort` (section 3.3.23).
    UnsignedShort,
    /// `unsignedByte` (section 3.3.24).
    UnsignedByte,
    /// `positiveInteger` (section 3.3.25).
    PositiveInteger,
    /// `float` (section 3.2.4), of 32 bits.
    Float,
    /// `double` (section 3.2.5), of 64 bits.
    Double,
    /// `duration` (section 3.2.6).
    Duration,
    /// `dateTime` (section 3.2.7).
    DateTime,
    /// `time` (section 3.2.8).
    Time,
    /// `date` (section 3.2.9).
    Date,
    /// `hexBinary` (section 3.2.15).
    HexBinary,
    /// `base64Binary` (section 3.2.16).
    Base64Binary,
    /// A value of the first of these types that accepts the text (section 2.5.1.3).
    Union(&'static [&'static SimpleType]),
    /// Values of this type, separated by white space (section 2.5.1.2).
    List(&'static SimpleType),
}

impl Primitive {
    /// Returns the least and the greatest value of an integer type, if it has them (sections 3.3.14
    /// to 3.3.25).
    pub(super) fn bounds(self) -> (Option<&'static str>, Option<&'static str>) {
        match self {
            Self::NonPositiveInteger => (None, Some("0")),
            Self::NegativeInteger => (None, Some("-1")),
            Self::Long => (Some("-9223372036854775808"), Some("9223372036854775807")),
            Self::Int => (Some("-2147483648"), Some("2147483647")),
            Self::Short => (Some("-32768"), Some("32767")),
            Self::Byte => (Some("-128"), Some("127")),
            Self::NonNegativeInteger => (Some("0"), None),
            Self::UnsignedLong => (Some("0"), Some("18446744073709551615")),
            Self::UnsignedInt => (Some("0"), Some("4294967295")),
            Self::UnsignedShort => (Some("0"), Some("65535")),
            Self::UnsignedByte => (Some("0"), Some("255")),
            Self::PositiveInteger => (Some("1"), None),
            _ => (None, None),
        }
    }

    /// Returns `true` if `text` is a valid number for a reason that is found out at once: it has few digits.
    #[inline]
    pub(super) fn accepts(self, text: &str) -> bool {
        let digits = match self {
            Self::Integer | Self::NonNegativeInteger | Self::Long | Self::UnsignedLong => 18,
            Self::Int | Self::UnsignedInt => 9,
            Self::Short | Self::UnsignedShort => 4,
            Self::Byte | Self::UnsignedByte => 2,
            _ => return false,
        };
        (1..=digits).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    }

    /// Returns `true` if literals of the type have no sign, not even `+` (sections 3.3.21.1 to 3.3.24.1).
    pub(super) fn is_unsigned(self) -> bool {
        matches!(self, Self::UnsignedLong | Self::UnsignedInt | Self::UnsignedShort | Self::UnsignedByte)
    }
}

/// A restriction on the values of a simple type (Part 2, section 4.3), `whiteSpace` excepted.
///
/// Bounds and listed values are literals of that type.
#[derive(Clone, Copy, Debug)]
pub enum Facet {
    /// The exact length (section 4.3.1): in characters, in octets for binary types, in items for
    /// lists.
    Length(usize),
    /// The least length (section 4.3.2).
    MinLength(usize),
    /// The greatest length (section 4.3.3).
    MaxLength(usize),
    /// The least value (section 4.3.10).
    MinInclusive(&'static str),
    /// The greatest value (section 4.3.7).
    MaxInclusive(&'static str),
    /// The exclusive lower bound (section 4.3.9).
    MinExclusive(&'static str),
    /// The exclusive upper bound (section 4.3.8).
    MaxExclusive(&'static str),
    /// The greatest number of decimal digits (section 4.3.11).
    TotalDigits(usize),
    /// The greatest number of decimal places (section 4.3.12).
    FractionDigits(usize),
    /// The patterns of one derivation step (section 4.3.4): one of them must match. Each step has
    /// a facet of its own.
    Pattern(&'static [Pattern]),
    /// The allowed values (section 4.3.5).
    Enumeration(&'static [&'static str]),
}
