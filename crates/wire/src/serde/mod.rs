//! serde for everything that the derives [`Content`](derive@crate::xml::Content) and
//! [`Choice`](derive@crate::xml::Choice) are on. Needs the feature `serde`.
//!
//! A value becomes a [`Tree`] first, and is read from one: [`TreeWriter`] visits its members by their XML names, and
//! [`TreeReader`] looks them up by these names. The derives only list the members once more for the latter.
//!
//! The form is that of the XML, without its order:
//!
//! | XML | serde |
//! |---|---|
//! | element with elements | map, by the names of the elements |
//! | element with text | number or boolean if its simple type is one, else text |
//! | empty element | `true` |
//! | element that may be repeated | list, even of one item |
//! | choice | the member that was chosen, among the others; no element at all is `"#everything": true`, by the variant |
//! | choice or group that may be repeated | its members as lists; where that would lose the order, maps in a list `#items` |
//! | attribute | member `@name` |
//! | text next to attributes | member `#text` |
//! | `xsi:nil` | null |
//! | element without a type | `true`, a text, or a map with its XML in `#xml` |
//! | elements of a wildcard | list of their XML in `#xml` |
//! | secret | `***`, or its text with [`with_secrets`] |
//!
//! Nothing that is absent is written. Reading needs a format that describes itself, such as JSON, YAML or MessagePack. It
//! refuses members that are missing or unknown, and masked secrets. It accepts one item in place of a list, and a number
//! or boolean in place of a text.

mod alternatives;
mod members;
pub(crate) mod reader;
mod roots;
mod steps;
mod tree;
mod values;
mod writer;

#[doc(hidden)]
pub use reader::{Read, TreeReader};
pub use roots::{Reveal, Secrets, WithSecrets, serialize_with_secrets, with_secrets};
#[doc(hidden)]
pub use roots::{choice_tree, content_tree, read_choice, read_content, serialize};
#[doc(hidden)]
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
#[doc(hidden)]
pub use tree::Tree;
#[doc(hidden)]
pub use writer::TreeWriter;

/// What is written in place of a secret, and refused in place of one.
const MASK: &str = "***";
/// The text of an element that has attributes.
const TEXT: &str = "#text";
/// Content that is kept as XML.
const XML: &str = "#xml";
/// The items of a repeated choice or group, one map for each.
const ITEMS: &str = "#items";
