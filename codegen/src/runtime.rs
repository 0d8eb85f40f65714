//! The names of the runtime crate that emitted code uses, so that no emitted type may be called so.

/// Of the module `packet`.
pub(crate) const PACKET: &[&str] = &[
    "EachReply",
    "Effect",
    "Fault",
    "Incomplete",
    "Outcomes",
    "Operation",
    "Outcome",
    "Idempotency",
    "Secret",
    "SingleReply",
];

/// Of the module `xml`.
pub(crate) const XML: &[&str] = &[
    "Any",
    "ValueError",
    "Choice",
    "Content",
    "Date",
    "DateTime",
    "ContentKind",
    "IntoNonEmpty",
    "Nillable",
    "NonEmpty",
    "Raw",
    "ReadError",
    "Reader",
    "Scalar",
    "ParseError",
    "Visitor",
];
