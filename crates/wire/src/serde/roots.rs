//! What the derives and the programs call: whole values, with or without their secrets.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::reader::TreeReader;
use super::tree::Tree;
use super::writer::TreeWriter;
use crate::xml::{Choice, Content, NonEmpty};

/// What becomes of secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrets {
    /// They are written as `***`.
    Masked,
    /// They are written as they are.
    Shown,
}

/// A value that can be serialized with its secrets; see [`with_secrets`].
///
/// The derives [`Content`](derive@crate::xml::Content) and [`Choice`](derive@crate::xml::Choice) implement it, together
/// with serde's `Serialize` and `Deserialize`.
pub trait Reveal {
    /// Returns the value as a tree.
    #[doc(hidden)]
    fn to_tree(&self, secrets: Secrets) -> Tree;
}

/// A value whose secrets are serialized as they are; see [`with_secrets`].
#[derive(Clone, Copy)]
pub struct WithSecrets<'v, T: ?Sized>(&'v T);

/// Returns `value` in a form whose secrets are serialized as they are, not as `***`.
///
/// Serialize a request like this in order to send it later. A request whose secrets are masked cannot be deserialized.
///
/// ```
/// use plesk_wire::packet::Secret;
/// use plesk_wire::serde::with_secrets;
/// use plesk_wire::xml::Content;
///
/// #[derive(Content)]
/// struct Login {
///     #[xml(text = "login")]
///     login: String,
///     #[xml(text = "passwd")]
///     password: Secret,
/// }
///
/// let login = Login { login: "jo".to_owned(), password: Secret::from("correct horse") };
/// assert_eq!(serde_json::to_string(&login)?, r#"{"login":"jo","passwd":"***"}"#);
/// assert_eq!(serde_json::to_string(&with_secrets(&login))?, r#"{"login":"jo","passwd":"correct horse"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn with_secrets<T: Reveal + ?Sized>(value: &T) -> WithSecrets<'_, T> {
    WithSecrets(value)
}

/// Serializes `value` with its secrets, as a field of another type: `#[serde(serialize_with = "…")]`.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_with_secrets<T: Reveal + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    with_secrets(value).serialize(serializer)
}

impl<T: Reveal + ?Sized> Serialize for WithSecrets<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_tree(Secrets::Shown).serialize(serializer)
    }
}

/// Shows no secrets.
impl<T: ?Sized> std::fmt::Debug for WithSecrets<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WithSecrets(***)")
    }
}

impl<T: Reveal + ?Sized> Reveal for &T {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        T::to_tree(self, secrets)
    }
}

impl<T: Reveal + ?Sized> Reveal for Box<T> {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        T::to_tree(self, secrets)
    }
}

impl<T: Reveal> Reveal for Option<T> {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        self.as_ref().map_or(Tree::Null, |value| value.to_tree(secrets))
    }
}

impl<T: Reveal> Reveal for [T] {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        Tree::List(self.iter().map(|item| item.to_tree(secrets)).collect())
    }
}

impl<T: Reveal> Reveal for Vec<T> {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        self.as_slice().to_tree(secrets)
    }
}

impl<T: Reveal> Reveal for NonEmpty<T> {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        self.as_slice().to_tree(secrets)
    }
}

/// Returns the tree of a content.
pub fn content_tree<T: Content>(value: &T, secrets: Secrets) -> Tree {
    let mut writer = TreeWriter::new(secrets);
    value.visit_attributes(&mut writer);
    value.visit(&mut writer);
    writer.into_tree()
}

/// Returns the tree of a choice: a map of the chosen member.
pub fn choice_tree<T: Choice>(value: &T, secrets: Secrets) -> Tree {
    let mut writer = TreeWriter::new(secrets);
    value.visit_alternative(&mut writer);
    writer.into_tree()
}

/// Serializes a value without its secrets.
pub fn serialize<T: Reveal, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_tree(Secrets::Masked).serialize(serializer)
}

/// Deserializes a content.
pub fn read_content<'de, T: Content, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let tree = Tree::deserialize(deserializer)?;
    let mut value = T::placeholder();
    TreeReader::new().content(tree, &mut value).map_err(D::Error::custom)?;
    Ok(value)
}

/// Deserializes a choice.
pub fn read_choice<'de, T: Choice, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let tree = Tree::deserialize(deserializer)?;
    let mut value = T::placeholder();
    TreeReader::new().choice_content(tree, &mut value).map_err(D::Error::custom)?;
    Ok(value)
}
