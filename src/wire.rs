//! The XML of requests and replies, to define operations that this crate does not have, such as those of a panel
//! extension.
//!
//! The derives [`Content`](xml::Content), [`Choice`](xml::Choice) and [`Operation`](packet::Operation) take the place of
//! a schema. `#[xml(crate = plesk::wire)]` tells them where this module is.
//!
//! ```
//! use plesk::wire::xml::{Content, Facet, SimpleType};
//! use plesk::{Operation, SingleReply};
//!
//! static BRANCH: SimpleType = SimpleType::STRING.restricted("branch", &[Facet::MaxLength(50)]);
//!
//! /// `<extension><call><git><branch>main</branch></git></call></extension>`
//! #[derive(Content, Operation)]
//! #[xml(crate = plesk::wire)]
//! #[operation(path = "extension/call", reply = SingleReply, effect = Change)]
//! struct Fetch {
//!     #[xml(element = "git")]
//!     git: Git,
//! }
//!
//! #[derive(Content)]
//! #[xml(crate = plesk::wire)]
//! struct Git {
//!     #[xml(text = "branch", type = BRANCH, min = 1)]
//!     branches: Vec<String>,
//! }
//!
//! let fetch = Fetch { git: Git { branches: vec!["main".to_owned()] } };
//! # let mut batch = plesk::Batch::new();
//! # let _handle = batch.push(fetch);
//! ```
//!
//! With the feature `serde`, the types also implement `Serialize` and `Deserialize`, so they must not derive these.
//!
//! The example `extension` sends such an operation and reads its answer.

/// Operations, their replies and their results.
pub mod packet {
    pub use plesk_wire::packet::{
        EachReply, Effect, Fault, Idempotency, Operation, Outcome, OutcomeBody, Outcomes, Secret, SingleReply,
    };
}

/// What the derives need with the feature `serde`.
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod serde {
    pub use plesk_wire::serde::*;
}

/// The content of elements.
pub mod xml {
    // `Primitive` is missing on purpose: with its variant `String` in reach, the compiler would call the type of
    // that name `std::string::String` in all messages to users of this crate.
    #[doc(hidden)]
    pub use plesk_wire::xml::derive_support;
    pub use plesk_wire::xml::{
        Any, Choice, Content, ContentKind, Facet, Nillable, NonEmpty, ParseError, Pattern, Raw, ReadError, Reader,
        Scalar, SimpleType, Visitor,
    };
}
