//! serde for results: one map for each, as the server sends it.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::outcome::{Fault, Outcome};
use super::outcomes::Outcomes;
use crate::serde::{Reveal, Secrets, Tree, TreeWriter, content_tree, read_content, serialize};
use crate::xml::Content;

impl<B: Content> Reveal for Outcome<B> {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        content_tree(self, secrets)
    }
}

impl<B: Content> Serialize for Outcome<B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, B: Content> Deserialize<'de> for Outcome<B> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_content(deserializer)
    }
}

/// A list of the results that are about an object; see [`nothing_found`](Outcomes::nothing_found) for others.
impl<B: Content> Reveal for Outcomes<B> {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        self.as_slice().to_tree(secrets)
    }
}

/// A list of the results that are about an object; see [`nothing_found`](Outcomes::nothing_found) for others.
impl<B: Content> Serialize for Outcomes<B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, B: Content> Deserialize<'de> for Outcomes<B> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::new)
    }
}

impl<B: Content> Reveal for Fault<B> {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        let mut writer = TreeWriter::new(secrets);
        self.body.visit_attributes(&mut writer);
        self.visit_result(&mut writer);
        writer.into_tree()
    }
}

/// The result that the fault was: `{"status": "error", "errcode": 1013, …}`.
impl<B: Content> Serialize for Fault<B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, B: Content> Deserialize<'de> for Fault<B> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Outcome::deserialize(deserializer)?.into_result() {
            Err(fault) => Ok(fault),
            Ok(_) => Err(D::Error::custom("expected a result that is no success, found status `ok`")),
        }
    }
}
