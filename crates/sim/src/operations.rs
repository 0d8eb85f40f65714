//! The operations of a packet, by name, in the order in which they run.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

use plesk_model::Class;
use plesk_protocol::request;
use plesk_wire::xml::{Any, Content, Raw, Scalar, SimpleType, Visitor};

/// The elements that contain operations and are none themselves.
const NESTED: [(&str, &str); 3] = [("mail", "update"), ("service-plan", "db-servers"), ("webspace", "db-servers")];

/// The names of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OperationName {
    pub(crate) operator: &'static str,
    pub(crate) element: &'static str,
    /// The element inside `element`, for an operation that is nested.
    pub(crate) nested: Option<&'static str>,
}

impl OperationName {
    /// Returns the last part of the name.
    pub(crate) fn last(&self) -> &'static str {
        self.nested.unwrap_or(self.element)
    }

    /// Returns `true` if the operation only reads, so that it need not be stored in a state file.
    pub(crate) fn is_read(&self) -> bool {
        let Some(paths) = READS.get(self.operator) else { return false };
        match self.nested {
            None => paths.contains(self.element),
            Some(nested) => paths.contains(&format!("{}/{nested}", self.element)),
        }
    }
}

/// The paths of the operations that only read, by operator.
static READS: LazyLock<HashMap<String, HashSet<String>>> = LazyLock::new(|| {
    let operators = plesk_model::index().operators.into_iter().map(|operator| {
        let reads = operator.operations.into_iter().filter(|operation| operation.class == Class::Read);
        (operator.name, reads.map(|operation| operation.path).collect())
    });
    operators.collect()
});

impl fmt::Display for OperationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.operator, self.element)?;
        self.nested.map_or(Ok(()), |nested| write!(f, "/{nested}"))
    }
}

/// Returns the operations of each operator element of a packet.
pub(crate) fn list(packet: &request::Packet) -> Vec<Vec<OperationName>> {
    let names = packet.operators.iter().map(|operator| {
        let mut names = Names { depth: 0, operator: "", found: Vec::new() };
        names.choice(operator);
        names.found
    });
    names.collect()
}

/// Collects the names of operations. It looks at no value.
struct Names {
    /// The number of elements around the next one.
    depth: usize,
    operator: &'static str,
    found: Vec<OperationName>,
}

impl Names {
    fn add(&mut self, name: &'static str) {
        match self.depth {
            1 => self.found.push(OperationName { operator: self.operator, element: name, nested: None }),
            2 => {
                if let Some(last) = self.found.last_mut() {
                    last.nested.get_or_insert(name);
                }
            }
            _ => {}
        }
    }
}

impl Visitor for Names {
    fn scalar<T: Scalar>(&mut self, name: &'static str, _index: usize, _value: &T, _simple_type: &'static SimpleType) {
        self.add(name);
    }

    fn visit_element<T: Content>(&mut self, name: &'static str, _index: usize, value: &T) {
        self.add(name);
        let contains_operations = match self.depth {
            0 => {
                self.operator = name;
                true
            }
            1 => NESTED.contains(&(self.operator, name)),
            _ => false,
        };
        if contains_operations {
            self.depth += 1;
            value.visit(self);
            self.depth -= 1;
        }
    }

    fn attribute<T: Scalar>(&mut self, _name: &'static str, _value: &T, _simple_type: &'static SimpleType) {}

    fn text_content<T: Scalar>(&mut self, _value: &T, _simple_type: &'static SimpleType) {}

    fn nil(&mut self, name: &'static str) {
        self.add(name);
    }

    fn any(&mut self, _value: &Any) {}

    fn raw(&mut self, _value: &Raw) {}
}

#[cfg(test)]
mod tests {
    use plesk_wire::xml::{Limits, check_into};

    use super::*;

    #[test]
    fn list_names_nested_operations() {
        let mut packet = request::Packet::placeholder();
        let body = b"<packet><server><get_protos/></server><webspace><db-servers><list><filter/></list></db-servers>\
            <del><filter><id>1</id></filter></del></webspace><event_log><get/></event_log></packet>";
        check_into("packet", body, Limits::DEFAULT, &mut packet).expect("a valid packet");
        let names = list(&packet);
        let text: Vec<_> = names.iter().flatten().map(ToString::to_string).collect();
        assert_eq!(text, ["server/get_protos", "webspace/db-servers/list", "webspace/del", "event_log/get"]);
        assert_eq!(names.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 1]);
        let reads: Vec<_> = names.iter().flatten().map(OperationName::is_read).collect();
        assert_eq!(reads, [true, true, false, false]);
    }
}
