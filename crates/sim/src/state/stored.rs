//! How values of the protocol are stored in a snapshot: elements as XML, everything else as its text.

use std::collections::BTreeMap;

use plesk_wire::xml::{Content, Limits, Reader, Scalar, Strictness, Visitor, Writer};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The element around a stored value.
const ELEMENT: &str = "stored";

/// A value that is stored as its text.
struct Text<T>(T);

impl<T: Scalar> Serialize for Text<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.with_text(|text| serializer.serialize_str(text))
    }
}

impl<'de, T: Scalar> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        T::parse(&text).map(Self).map_err(|_| D::Error::custom("a stored value cannot be read"))
    }
}

/// A value that is stored as XML.
struct Xml<T>(T);

impl<T: Content> Serialize for Xml<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut writer = Writer::new();
        writer.visit_element(ELEMENT, 0, self.0);
        serializer.serialize_str(&String::from_utf8_lossy(writer.as_bytes()))
    }
}

impl<'de, T: Content> Deserialize<'de> for Xml<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let xml = String::deserialize(deserializer)?;
        let reader = Reader::new(xml.as_bytes(), Strictness::Lenient, Limits::DEFAULT);
        reader.and_then(|mut reader| reader.document(ELEMENT)).map(Self).map_err(D::Error::custom)
    }
}

/// A value, as text.
pub(super) mod text {
    use super::*;

    pub(in crate::state) fn serialize<T: Scalar, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        Text(value).serialize(serializer)
    }

    pub(in crate::state) fn deserialize<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        Text::deserialize(deserializer).map(|stored| stored.0)
    }
}

/// A value or none, as text.
pub(super) mod text_option {
    use super::*;

    pub(in crate::state) fn serialize<T: Scalar, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Text).serialize(serializer)
    }

    pub(in crate::state) fn deserialize<'de, T: Scalar, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        Ok(Option::<Text<T>>::deserialize(deserializer)?.map(|stored| stored.0))
    }
}

/// A map of values, as texts.
pub(super) mod text_map {
    use super::*;

    pub(in crate::state) fn serialize<K: Serialize, T: Scalar, S: Serializer>(
        map: &BTreeMap<K, T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(map.iter().map(|(key, value)| (key, Text(value))))
    }

    pub(in crate::state) fn deserialize<'de, K: Deserialize<'de> + Ord, T: Scalar, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<K, T>, D::Error> {
        let stored = BTreeMap::<K, Text<T>>::deserialize(deserializer)?;
        Ok(stored.into_iter().map(|(key, value)| (key, value.0)).collect())
    }
}

/// A map of values or none, as texts.
pub(super) mod text_map_option {
    use super::*;

    pub(in crate::state) fn serialize<T: Scalar, S: Serializer>(
        map: &Option<BTreeMap<String, T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let map = map.as_ref().map(|map| map.iter().map(|(key, value)| (key, Text(value))).collect::<BTreeMap<_, _>>());
        map.serialize(serializer)
    }

    pub(in crate::state) fn deserialize<'de, T: Scalar, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<BTreeMap<String, T>>, D::Error> {
        let stored = Option::<BTreeMap<String, Text<T>>>::deserialize(deserializer)?;
        Ok(stored.map(|map| map.into_iter().map(|(key, value)| (key, value.0)).collect()))
    }
}

/// A value, as XML.
pub(super) mod xml {
    use super::*;

    pub(in crate::state) fn serialize<T: Content, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        Xml(value).serialize(serializer)
    }

    pub(in crate::state) fn deserialize<'de, T: Content, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        Xml::deserialize(deserializer).map(|stored| stored.0)
    }
}

/// A value or none, as XML.
pub(super) mod xml_option {
    use super::*;

    pub(in crate::state) fn serialize<T: Content, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Xml).serialize(serializer)
    }

    pub(in crate::state) fn deserialize<'de, T: Content, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        Ok(Option::<Xml<T>>::deserialize(deserializer)?.map(|stored| stored.0))
    }
}

/// A list of values, as XML.
pub(super) mod xml_list {
    use super::*;

    pub(in crate::state) fn serialize<T: Content, S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(list.iter().map(Xml))
    }

    pub(in crate::state) fn deserialize<'de, T: Content, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<T>, D::Error> {
        Ok(Vec::<Xml<T>>::deserialize(deserializer)?.into_iter().map(|stored| stored.0).collect())
    }
}
