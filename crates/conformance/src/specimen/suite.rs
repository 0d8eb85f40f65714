//! The specimens of each operation: the smallest packet, the fullest, and as many more as it takes to reach all that the
//! model has.

use super::{Generator, Style};
use crate::Direction;
use crate::coverage::Reached;
use crate::protocol::Protocol;
use crate::tree::Element;

/// A packet is left out if it reaches nothing new, and there were this many such in a row.
const PATIENCE: usize = 12;

/// A valid packet.
#[derive(Clone, Debug)]
pub struct Specimen {
    /// What it is of: `customer add, minimal`.
    pub name: String,
    /// Who sends it.
    pub direction: Direction,
    /// The packet.
    pub packet: Element,
}

/// The specimens of all operations in one direction, and what they reach.
pub fn suite(protocol: &Protocol, direction: Direction) -> (Vec<Specimen>, Reached) {
    let mut suite = Suite { protocol, direction, specimens: Vec::new(), reached: Reached::default() };
    for operation in &protocol.model.operations {
        let name = format!("{} {}", operation.operator, operation.path.join("/"));
        let ty = match direction {
            Direction::Request => operation.request,
            Direction::Answer => operation.answer,
        };
        suite.add(&name, "minimal", Style::Minimal, Some(ty), 1);
        suite.add(&name, "maximal", Style::Maximal, Some(ty), PATIENCE);
        suite.add(&name, "covering", Style::Covering, Some(ty), 2);
    }
    // What stands beside operations, and what no operation has.
    suite.add("packet", "minimal", Style::Minimal, None, 1);
    suite.add("packet", "maximal", Style::Maximal, None, PATIENCE);
    suite.add("packet", "covering", Style::Covering, None, PATIENCE);
    (suite.specimens, suite.reached)
}

struct Suite<'p> {
    protocol: &'p Protocol,
    direction: Direction,
    specimens: Vec<Specimen>,
    reached: Reached,
}

impl Suite<'_> {
    /// Adds one packet, and further ones while at least one of `patience` reaches something new.
    fn add(&mut self, name: &str, style_name: &str, style: Style, operation: Option<usize>, patience: usize) {
        let mut generator = Generator::new(self.protocol, self.direction, style);
        let mut wasted = 0;
        let mut number = 0;
        while wasted < patience {
            let before = self.reached.len();
            let packet = generator.packet(operation, &mut self.reached);
            number += 1;
            if number > 1 && self.reached.len() == before {
                wasted += 1;
                continue;
            }
            wasted = if patience == 1 { 1 } else { 0 };
            let name = format!("{name}, {style_name} {number}");
            self.specimens.push(Specimen { name, direction: self.direction, packet });
        }
    }
}
