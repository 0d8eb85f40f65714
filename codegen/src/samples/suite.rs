//! The samples of every operation: the smallest packet, the largest, and more until every goal is reached.

use super::coverage::GoalCounts;
use super::direction::Direction;
use super::element::Element;
use super::generator::Generator;
use super::protocol::Protocol;
use super::strategy::Strategy;

/// Generation of further samples stops after this many packets that reach no new goal.
const PATIENCE: usize = 12;

/// A valid packet.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The operation and the strategy, such as `customer add, minimal 1`.
    pub name: String,
    /// The direction of the packet.
    pub direction: Direction,
    /// The packet.
    pub packet: Element,
}

/// Generates the samples of all operations in one direction. Returns them with the goals that they reach.
pub fn samples(protocol: &Protocol, direction: Direction) -> (Vec<Sample>, GoalCounts) {
    let mut suite = Suite { protocol, direction, samples: Vec::new(), counts: GoalCounts::default() };
    for operation in &protocol.model.operations {
        let name = format!("{} {}", operation.operator, operation.path.join("/"));
        let ty = match direction {
            Direction::Request => operation.request,
            Direction::Response => operation.reply,
        };
        suite.add(&name, "minimal", Strategy::Minimal, Some(ty), 1);
        suite.add(&name, "maximal", Strategy::Maximal, Some(ty), PATIENCE);
        suite.add(&name, "covering", Strategy::Covering, Some(ty), 2);
    }
    // For goals outside of operations, and combinations of operations.
    suite.add("packet", "minimal", Strategy::Minimal, None, 1);
    suite.add("packet", "maximal", Strategy::Maximal, None, PATIENCE);
    suite.add("packet", "covering", Strategy::Covering, None, PATIENCE);
    (suite.samples, suite.counts)
}

struct Suite<'p> {
    protocol: &'p Protocol,
    direction: Direction,
    samples: Vec<Sample>,
    counts: GoalCounts,
}

impl Suite<'_> {
    /// Adds one packet, then further ones that reach new goals, until `patience` packets in a row reach none.
    fn add(&mut self, name: &str, strategy_name: &str, strategy: Strategy, operation: Option<usize>, patience: usize) {
        let mut generator = Generator::new(self.protocol, self.direction, strategy);
        let mut wasted = 0;
        let mut number = 0;
        while wasted < patience {
            let before = self.counts.len();
            let packet = generator.packet(operation, &mut self.counts);
            number += 1;
            if number > 1 && self.counts.len() == before {
                wasted += 1;
                continue;
            }
            wasted = if patience == 1 { 1 } else { 0 };
            let name = format!("{name}, {strategy_name} {number}");
            self.samples.push(Sample { name, direction: self.direction, packet });
        }
    }
}
