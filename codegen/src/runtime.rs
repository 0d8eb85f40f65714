//! The names of the runtime crate that emitted code uses, so no emitted type may have one of them.

/// Of the module `packet`.
pub(crate) const PACKET: &[&str] =
    &["EachReply", "Fault", "Id", "Operation", "Outcome", "Outcomes", "Secret", "SingleReply"];

/// Of the module `xml`.
pub(crate) const XML: &[&str] = &[
    "Any",
    "Choice",
    "Content",
    "Date",
    "DateTime",
    "IntoList",
    "IntoNonEmpty",
    "IntoOption",
    "LeftOut",
    "Nillable",
    "NonEmpty",
    "ParseError",
    "Raw",
    "Scalar",
    "ValueError",
];
