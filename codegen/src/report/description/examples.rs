//! Example packets of operations.

use plesk_model::{Examples, Packets};

use crate::model::{Operation, TypeId};
use crate::samples::coverage::GoalCounts;
use crate::samples::{Direction, Generator, Protocol, Strategy};

/// Returns example packets of `operation`.
pub(super) fn of_operation(protocol: &Protocol, operation: &Operation) -> Examples {
    Examples {
        request: packets(protocol, Direction::Request, operation.request),
        response: packets(protocol, Direction::Response, operation.reply),
    }
}

fn packets(protocol: &Protocol, direction: Direction, operation: TypeId) -> Packets {
    let packet = |full| {
        let mut generator = Generator::new(protocol, direction, Strategy::Example { full });
        generator.packet(Some(operation), &mut GoalCounts::default()).to_xml()
    };
    Packets { minimal: packet(false), full: packet(true) }
}
