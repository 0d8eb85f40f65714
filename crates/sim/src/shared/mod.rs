//! The parts that operators share: finding objects, building replies, and data that several
//! operators read and change alike.
//!
//! Nothing here depends on the file of an operator. An operator implements [`query::IntoFilter`],
//! [`query::IntoKey`] and [`results::ResultBody`] for its own types, in its own file, so a new operator
//! changes nothing here.

pub(crate) mod accounts;
pub(crate) mod build;
pub(crate) mod buttons;
pub(crate) mod descriptors;
pub(crate) mod domains;
pub(crate) mod hosting;
pub(crate) mod limits;
pub(crate) mod plans;
pub(crate) mod query;
pub(crate) mod reply;
pub(crate) mod resources;
pub(crate) mod results;
pub(crate) mod scope;
pub(crate) mod settings;
pub(crate) mod statistics;
