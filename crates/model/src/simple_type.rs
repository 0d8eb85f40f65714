//! The types of texts.

use serde::{Deserialize, Serialize};

use crate::SimpleTypeId;

/// The type of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimpleType {
    /// Its name in the schemas, or the path of an anonymous one; `xs:…` for a built-in type.
    pub name: String,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// What it is derived from.
    pub base: Base,
    /// The treatment of white space before the rules apply.
    pub white_space: WhiteSpace,
    /// The allowed values; none if it lists none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// The other rules, in words: `at least 1 character`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

/// What a simple type is derived from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// A built-in type of XML Schema, by its name without prefix: `string`, `positiveInteger`.
    BuiltIn(String),
    /// Any of these types.
    Union(Vec<SimpleTypeId>),
    /// Values of this type, with spaces between them.
    List(SimpleTypeId),
}

/// The treatment of white space in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhiteSpace {
    /// It is preserved.
    Preserve,
    /// Every white space character becomes a space.
    Replace,
    /// Runs of white space become one space, and those at both ends are removed.
    Collapse,
}
