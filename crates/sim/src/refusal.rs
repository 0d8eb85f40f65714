//! The reason why a packet or an operation is not carried out.

use plesk_wire::packet::{ErrorCode, Outcome};
use plesk_wire::xml::{Choice, Writer};

use crate::operations::OperationName;

/// The error code and text with which a packet or an operation is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: ErrorCode,
    pub(crate) text: String,
}

impl Refusal {
    pub(crate) fn new(code: ErrorCode, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }

    /// An object does not exist. `object` names it, or its kind.
    pub(crate) fn not_found(object: &str) -> Self {
        Self::new(ErrorCode::NOT_FOUND, format!("{object} does not exist"))
    }

    /// An owner does not exist.
    pub(crate) fn owner_not_found() -> Self {
        Self::new(ErrorCode::OWNER_NOT_FOUND, "Owner does not exist")
    }

    /// A value that must be unique is taken. `object` names its owner.
    pub(crate) fn already_exists(object: &str) -> Self {
        Self::new(ErrorCode::ALREADY_EXISTS, format!("{object} already exists"))
    }

    /// The sender of the packet may not do this.
    pub(crate) fn permission_denied() -> Self {
        Self::new(ErrorCode::PERMISSION_DENIED, "Permission denied.")
    }

    /// The operation failed.
    pub(crate) fn operation_failed(text: impl Into<String>) -> Self {
        Self::new(ErrorCode::OPERATION_FAILED, text)
    }

    /// Names the operation that was refused as a whole.
    pub(crate) fn in_operation(self, name: &OperationName) -> Self {
        Self::new(self.code, format!("{} (operation {name})", self.text))
    }

    /// A value is valid by the schema but not accepted by the server.
    pub(crate) fn invalid_value(text: &str) -> Self {
        Self::new(ErrorCode::INVALID_VALUE, text)
    }

    /// This simulator does not model an operator, an operation or a part of one. The text names its
    /// element, and contains nothing of its content, which may be secret.
    pub(crate) fn not_modeled(choice: &impl Choice) -> Self {
        let mut writer = Writer::redacted();
        choice.visit_alternative(&mut writer);
        let xml = String::from_utf8_lossy(writer.as_bytes());
        let name = xml.trim_start_matches('<').split(['>', '/', ' ']).next().unwrap_or_default();
        Self::new(ErrorCode::OPERATION_FAILED, format!("The simulated Plesk does not model <{name}>"))
    }

    /// Returns the `result` that reports this.
    pub(crate) fn into_outcome<B>(self, body: B) -> Outcome<B> {
        Outcome::error(self.code, self.text, body)
    }
}

#[cfg(test)]
mod tests {
    use plesk_protocol::{customer, request, session};

    use super::*;

    #[test]
    fn not_modeled_names_the_element_and_no_secret() {
        let refusal = Refusal::not_modeled(&session::Request::Terminate(session::Terminate::new("s3cret")));
        assert_eq!(refusal.code, ErrorCode::OPERATION_FAILED);
        assert_eq!(refusal.text, "The simulated Plesk does not model <terminate>");

        let refusal = Refusal::not_modeled(&request::Operator::Customer(customer::Requests::new()));
        assert_eq!(refusal.text, "The simulated Plesk does not model <customer>");
    }
}
