//! The built-in types that a simple type can be derived from.

use super::SimpleType;

/// A built-in type of XML Schema Part 2 (section 3), or the construction of a type from others.
///
/// Types that add no more than a pattern to `token` are not here: `language`, `NMTOKEN`, `Name` and
/// `NCName` are [`Primitive::Token`] with the pattern that the schema for schemas gives them
/// (`\c+`, `\i\c*`, `[\i-[:]][\c-[:]]*`).
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
    /// Values of this type, separated by whitespace (section 2.5.1.2).
    List(&'static SimpleType),
}

impl Primitive {
    /// The least and the greatest value of an integer type, where it has them (sections 3.3.14 to
    /// 3.3.25).
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

    /// Whether a literal has no sign, not even `+` (sections 3.3.21.1 to 3.3.24.1).
    pub(super) fn is_unsigned(self) -> bool {
        matches!(self, Self::UnsignedLong | Self::UnsignedInt | Self::UnsignedShort | Self::UnsignedByte)
    }
}
