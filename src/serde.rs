//! Requests and answers as JSON, or in any other format of serde. Needs the feature `serde`.
//!
//! Every request and every answer, [`Outcome`](crate::Outcome), [`Outcomes`](crate::Outcomes) and
//! [`Fault`](crate::Fault) implements `Serialize` and `Deserialize`. So does an operation of your own with the derives of
//! [`wire`](crate::wire). The names are those of the protocol:
//!
//! ```
//! use plesk::customer::{Del, Filter, GetResult};
//! use plesk::{Effect, Operation, Outcomes};
//!
//! // A request from JSON. One item may be without a list.
//! let del: Del = serde_json::from_str(r#"{"filter": {"login": ["jo", "sam"]}}"#)?;
//! assert_eq!(del, Del::new(Filter::logins(["jo", "sam"])));
//!
//! // "Everything" must be written out. What is missing or misspelled is an error, with its path.
//! let all: Del = serde_json::from_str(r##"{"filter": {"#everything": true}}"##)?;
//! assert_eq!(all.effect(), Effect::DeleteEverything);
//! let error = serde_json::from_str::<Del>(r#"{"filter": {"logins": "jo"}}"#).unwrap_err();
//! assert!(error.to_string().starts_with("filter: unknown member `logins`; expected `id`, `login`"));
//!
//! // An answer as JSON, one map for each result.
//! # let xml = b"<packet><customer><get><result><status>ok</status><id>7</id></result></get></customer></packet>";
//! # let mut batch = plesk::Batch::new();
//! # let get = batch.push(plesk::customer::Get::new(Filter::id(7), plesk::customer::Dataset::new()));
//! # let packet = plesk::Packet::new(&batch, &plesk::CodecOptions::new())?;
//! # let answer: Outcomes<GetResult> = packet.read(xml)?.take(get)?;
//! assert_eq!(serde_json::to_string(&answer)?, r#"[{"status":"ok","id":7}]"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | protocol | JSON |
//! |---|---|
//! | element with elements | object, by the names of the elements |
//! | number, boolean; other text | number, boolean; string |
//! | empty element | `true` |
//! | element that may be repeated | array, even of one item |
//! | choice | the member that was chosen, among the others |
//! | variant that is no element | `"#everything": true`, by the name of the variant |
//! | repeated choice | its members as arrays; where that would lose the order, objects in an array `#items` |
//! | attribute; text next to attributes | `@name`; `#text` |
//! | `xsi:nil` | `null` |
//! | [`Any`](crate::Any) | `true`, a string, or an object with its XML in `#xml` |
//! | [`Raw`](crate::Raw) elements | array of XML, `#xml` |
//! | secret | `***`, or the secret [`with_secrets`] |
//!
//! Members without a value are left out. The order of members does not matter. Deserializing needs a format that describes
//! itself, as JSON, YAML and MessagePack do. It refuses unknown and missing members, and masked secrets. It checks neither
//! the rules of values nor the number of items: that happens before a request is sent, as for any other.
//!
//! # Secrets
//!
//! ```
//! use plesk::customer::{Add, AddGenInfo};
//! use plesk::serde::with_secrets;
//!
//! let add = Add::new(AddGenInfo::new("Jo Doe", "jo", "correct horse"));
//! let shown = serde_json::to_string(&add)?;
//! assert_eq!(shown, r#"{"gen_info":{"pname":"Jo Doe","login":"jo","passwd":"***"}}"#);
//!
//! // To send it later.
//! let stored = serde_json::to_string(&with_secrets(&add))?;
//! assert_eq!(serde_json::from_str::<Add>(&stored)?, add);
//!
//! // The password `***` is never sent by mistake.
//! let error = serde_json::from_str::<Add>(&shown).unwrap_err();
//! assert!(error.to_string().starts_with("gen_info/passwd: the secret is masked"));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! [`serialize_with_secrets`] does the same for a field: `#[serde(serialize_with = "plesk::serde::serialize_with_secrets")]`.

pub use plesk_wire::serde::{Reveal, WithSecrets, serialize_with_secrets, with_secrets};
