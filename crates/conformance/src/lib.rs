//! Generates packets from the model of the schemas, and compares our verdicts on them with those of libxml2.
//!
//! A verdict is the decision whether a packet is valid, with the reasons if it is not. Servers validate with libxml2,
//! so its verdicts are the reference.
//!
//! Everything here is generic over the [`model`](plesk_codegen::model). What is added to the schemas is covered without
//! a change here.
//!
//! - [`run`](mod@run) is `cargo xtask conformance`
//! - [`samples`] generates valid packets: the smallest and the largest of each operation, and random ones
//! - [`mutation`] changes them
//! - [`coverage`] counts which parts of the model they reach
//! - [`libxml2`] returns the verdicts of libxml2
//! - [`under_test`] returns ours
//! - [`divergence`] lists where the two differ on purpose
//! - [`external`] does a part of this with any other schemas
//! - [`emitted`] compiles many small schemas at once
//! - [`w3c`] runs parts of the test suite of the W3C
//! - [`packet`] represents packets independently of the codec

pub mod divergence;
pub mod emitted;
pub mod external;
pub mod libxml2;
pub mod mutation;
pub mod packet;
pub mod protocol;
pub mod run;
pub mod under_test;
pub mod w3c;

pub use plesk_codegen::samples;
pub use plesk_codegen::samples::{Direction, coverage, value};
