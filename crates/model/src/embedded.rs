//! The emitted description, embedded in the program.

use crate::data;
use crate::{Index, Operator};

/// Returns the list of all operators and operations.
///
/// # Panics
/// Never: the tests read the embedded file.
pub fn index() -> Index {
    serde_json::from_str(data::INDEX).expect("the embedded index is valid")
}

/// Returns the description of an operator, by its element name (`service-plan`); `None` if there is no such operator.
///
/// Each call reads the operator's file again, which takes a few milliseconds at most.
///
/// # Panics
/// Never: the tests read each embedded file.
pub fn operator(name: &str) -> Option<Operator> {
    let text = data::operator(name)?;
    Some(serde_json::from_str(text).expect("the embedded description of an operator is valid"))
}
