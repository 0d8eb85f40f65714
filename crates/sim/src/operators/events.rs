//! Adds what operations did to the log of events.
//!
//! Objects in tables report their changes themselves, including those that were deleted along with another one.
//! An operation that changed something else, such as a setting of the server, is one event.

use plesk_protocol::event_log::{ClassType, EventType};
use plesk_wire::xml::{Any, Choice, Content, Raw, Scalar, SimpleType, Visitor};

use crate::operations::OperationName;
use crate::state::State;

/// Adds the events of an operation. `done` is `true` if one of its results reports success.
pub(super) fn log(state: &mut State, name: &OperationName, done: bool) {
    if name.is_read() {
        // What a reading operation looked at through a mutable reference did not change.
        state.take_changes();
        return;
    }
    let logged = state.log_changes();
    // Reading the log is no event in it.
    if logged == 0 && done && name.operator != "event_log" {
        let (kind, class) = classify(name);
        state.add_event(kind, class, name.to_string());
    }
}

/// Returns what happens to which class of objects if an operation succeeds that changes no object of a table.
fn classify(name: &OperationName) -> (EventType, ClassType) {
    use ClassType as C;
    let verb = name.last();
    let begins = |verbs: &[&str]| verbs.iter().any(|start| verb.starts_with(start));
    let class = match name.operator {
        "server" if verb.contains("lic") || verb.contains("key") => C::License,
        "server" if verb.contains("admin-alias") => C::AdminAlias,
        "server" if verb == "srv_man" => C::Service,
        "server" if verb == "initial_setup" => C::AdminInfo,
        "server" if verb == "create_session" => C::SessionPreferences,
        "aps" | "extension" => C::Siteapp,
        "ip" => C::IpAddress,
        "log-rotation" => C::Phosting,
        "php-handler" | "locale" => C::PleskComponent,
        "session" => C::SessionPreferences,
        _ => C::AdminPrefs,
    };
    let kind = match class {
        C::Siteapp if begins(&["install"]) => EventType::Installed,
        C::Siteapp if begins(&["uninstall"]) => EventType::Uninstalled,
        C::Service => EventType::StatusChanged,
        _ if begins(&["add", "create", "install"]) => EventType::Created,
        _ if begins(&["del", "remove", "uninstall"]) => EventType::Deleted,
        _ if begins(&["terminate"]) => EventType::Terminated,
        _ => EventType::Updated,
    };
    (kind, class)
}

/// Returns `true` if the reply of an operation contains a result that reports success.
pub(super) fn reports_success(reply: &impl Choice) -> bool {
    let mut finder = StatusFinder { depth: 0, found: false };
    reply.visit_alternative(&mut finder);
    finder.found
}

/// The same for the element of an operator.
pub(super) fn contains_success(replies: &impl Content) -> bool {
    let mut finder = StatusFinder { depth: 0, found: false };
    replies.visit(&mut finder);
    finder.found
}

/// Looks for the status of a result. It looks at no other value.
struct StatusFinder {
    depth: usize,
    found: bool,
}

/// The depth below which no result is: operation, nested operation, result.
const MAX_DEPTH: usize = 3;

impl Visitor for StatusFinder {
    fn scalar<T: Scalar>(&mut self, name: &'static str, _index: usize, value: &T, _simple_type: &'static SimpleType) {
        self.found |= name == "status" && value.with_text(|text| text == "ok");
    }

    fn visit_element<T: Content>(&mut self, _name: &'static str, _index: usize, value: &T) {
        if self.depth < MAX_DEPTH && !self.found {
            self.depth += 1;
            value.visit(self);
            self.depth -= 1;
        }
    }

    fn attribute<T: Scalar>(&mut self, _name: &'static str, _value: &T, _simple_type: &'static SimpleType) {}

    fn text_content<T: Scalar>(&mut self, _value: &T, _simple_type: &'static SimpleType) {}

    fn nil(&mut self, _name: &'static str) {}

    fn any(&mut self, _value: &Any) {}

    fn raw(&mut self, _value: &Raw) {}
}
