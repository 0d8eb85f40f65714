//! The names of the runtime crate that emitted code uses, so that no emitted type may be called so.

/// Of the module `packet`.
pub(crate) const PACKET: &[&str] =
    &["EachReply", "Effect", "Fault", "Incomplete", "Many", "Operation", "Outcome", "Retry", "Secret", "SingleReply"];

/// Of the module `xml`.
pub(crate) const XML: &[&str] = &[
    "Any",
    "Broken",
    "Choice",
    "Content",
    "Date",
    "DateTime",
    "Form",
    "IntoNonEmpty",
    "Nillable",
    "NonEmpty",
    "Raw",
    "ReadError",
    "Reader",
    "Scalar",
    "Unreadable",
    "Visitor",
];
