//! The data from which the document is made.

use crate::model::Model;
use crate::passes::names::Names;

/// The data from which the document is made.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) model: &'a Model,
    pub(super) names: &'a Names,
}
