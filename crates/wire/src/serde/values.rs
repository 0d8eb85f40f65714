//! serde for the values of fields on their own.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::reader::TreeReader;
use super::roots::{Reveal, Secrets, content_tree, read_content, serialize};
use super::tree::Tree;
use super::writer::scalar_tree;
use crate::packet::{ErrorCode, Id, Secret, Status};
use crate::xml::{Any, Date, DateTime, NonEmpty, Scalar, SimpleType};

fn read_scalar<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let tree = Tree::deserialize(deserializer)?;
    TreeReader::new().scalar(&tree).map_err(D::Error::custom)
}

macro_rules! scalars {
    ($($scalar:ty as $simple_type:ident;)*) => {$(
        impl Reveal for $scalar {
            fn to_tree(&self, secrets: Secrets) -> Tree {
                scalar_tree(self, &SimpleType::$simple_type, secrets)
            }
        }

        impl Serialize for $scalar {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $scalar {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read_scalar(deserializer)
            }
        }
    )*};
}

scalars! {
    Date as DATE;
    DateTime as DATE_TIME;
    ErrorCode as UNSIGNED_INT;
    Id as LONG;
    Secret as STRING;
    Status as STRING;
}

impl Reveal for Any {
    fn to_tree(&self, secrets: Secrets) -> Tree {
        content_tree(self, secrets)
    }
}

impl Serialize for Any {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_content(deserializer)
    }
}

impl<T: Serialize> Serialize for NonEmpty<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for NonEmpty<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Vec::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
