//! Names an operation by its elements.

use std::fmt;

use plesk_wire::packet::Operation;

/// The path of an operation in a packet: `customer/del`, or `mail/update/add` if it is nested.
///
/// ```
/// use plesk::{OperationPath, mail};
///
/// assert_eq!(OperationPath::of::<mail::UpdateAdd>().to_string(), "mail/update/add");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OperationPath {
    /// The name of the operator's element.
    pub operator: &'static str,
    /// The names of the operation's elements within the operator: one, or several if it is nested.
    pub path: &'static [&'static str],
}

impl OperationPath {
    /// Returns the path of the operation type `Op`.
    pub const fn of<Op: Operation>() -> Self {
        Self { operator: Op::OPERATOR, path: Op::PATH }
    }
}

impl fmt::Display for OperationPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operator)?;
        self.path.iter().try_for_each(|name| write!(f, "/{name}"))
    }
}

impl fmt::Debug for OperationPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
