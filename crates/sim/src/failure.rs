//! Failures that a test asks for, to see how its client copes.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use plesk_wire::packet::ErrorCode;

use crate::operations::OperationName;
use crate::refusal::Refusal;

/// Something that goes wrong with the next packet or operation.
///
/// It happens once, to the next one of any kind, unless a method restricts it. It waits for packets that
/// the server accepts: a packet that is refused as a whole, for example because its password is wrong,
/// does not use it up.
///
/// ```
/// use plesk_sim::{Failure, Sim};
///
/// let sim = Sim::start()?;
/// // The second and the third customer cannot be added.
/// sim.inject(Failure::error(1023, "The disk is full").on_operation("customer", "add").after(1).times(2));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a failure happens only after `Sim::inject`"]
pub struct Failure {
    kind: Kind,
    operator: Option<String>,
    operation: Option<String>,
    skip: usize,
    times: usize,
}

/// When a connection is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before any operation runs.
    BeforeWork,
    /// After the first operation that the failure applies to. The later ones do not run.
    DuringWork,
    /// After all operations, before the answer.
    AfterWork,
}

#[derive(Clone, Debug)]
enum Kind {
    Error { code: u32, text: String },
    HttpStatus(u16),
    Delay(Duration),
    Disconnect(Phase),
    CutAnswer,
    DamagedAnswer,
    UnknownElements,
}

impl Failure {
    fn new(kind: Kind) -> Self {
        Self { kind, operator: None, operation: None, skip: 0, times: 1 }
    }

    /// The operation does nothing, and its result is this error. The other operations of the packet run.
    pub fn error(code: u32, text: impl Into<String>) -> Self {
        Self::new(Kind::Error { code, text: text.into() })
    }

    /// No operation runs, and the answer is an HTML page with this HTTP status, as from a proxy. A number
    /// that is no status is 500.
    pub fn http_status(status: u16) -> Self {
        Self::new(Kind::HttpStatus(status))
    }

    /// All operations run, and the answer is sent later.
    pub fn delay(delay: Duration) -> Self {
        Self::new(Kind::Delay(delay))
    }

    /// The connection is dropped without an answer.
    pub fn disconnect(phase: Phase) -> Self {
        Self::new(Kind::Disconnect(phase))
    }

    /// All operations run, and the connection is dropped in the middle of the answer.
    pub fn cut_answer() -> Self {
        Self::new(Kind::CutAnswer)
    }

    /// All operations run, and the answer is complete by HTTP, but not well-formed.
    pub fn damaged_answer() -> Self {
        Self::new(Kind::DamagedAnswer)
    }

    /// All operations run, and every result contains an element that no schema has, as from a newer
    /// server. Such an answer does not match the schemas.
    pub fn unknown_elements() -> Self {
        Self::new(Kind::UnknownElements)
    }

    /// Restricts the failure to operations of this operator, and to packets that contain one.
    pub fn on_operator(mut self, operator: impl Into<String>) -> Self {
        self.operator = Some(operator.into());
        self
    }

    /// Restricts the failure to this operation, and to packets that contain it. A nested operation is
    /// named with both elements: `db-servers/add`.
    pub fn on_operation(mut self, operator: impl Into<String>, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self.on_operator(operator)
    }

    /// Lets this many operations or packets pass first: operations for [`error`](Self::error), packets
    /// for everything else.
    pub fn after(mut self, count: usize) -> Self {
        self.skip = count;
        self
    }

    /// Repeats the failure for this many operations or packets.
    pub fn times(mut self, count: usize) -> Self {
        self.times = count;
        self
    }

    fn applies_to(&self, name: &OperationName) -> bool {
        self.operator.as_ref().is_none_or(|operator| operator == name.operator)
            && self.operation.as_ref().is_none_or(|operation| match name.nested {
                None => operation == name.element,
                Some(nested) => operation.split_once('/') == Some((name.element, nested)),
            })
    }

    /// Counts one operation or packet. Returns `true` if the failure happens to it.
    fn count(&mut self) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        self.times = self.times.saturating_sub(1);
        true
    }
}

/// What goes wrong with one packet.
#[derive(Debug, Default)]
pub(crate) struct Mishap {
    /// The operations that are refused, by their position in the packet.
    pub(crate) refused: Vec<(usize, Refusal)>,
    /// The number of operations that run before the connection is dropped.
    pub(crate) stop_after: Option<usize>,
    /// What goes wrong with the answer.
    pub(crate) transport: TransportFailure,
}

/// What goes wrong with the answer to a packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TransportFailure {
    pub(crate) status: Option<u16>,
    pub(crate) delay: Duration,
    pub(crate) disconnect: Option<Phase>,
    pub(crate) cut: bool,
    pub(crate) damage: bool,
    pub(crate) unknown_elements: bool,
}

impl TransportFailure {
    /// Returns `true` if no operation may run.
    pub(crate) fn prevents_work(&self) -> bool {
        self.status.is_some() || self.disconnect == Some(Phase::BeforeWork)
    }

    /// Returns the answer with the damage that this failure does to it.
    pub(crate) fn apply(&self, mut answer: Vec<u8>) -> Vec<u8> {
        if self.unknown_elements {
            let text = String::from_utf8_lossy(&answer);
            let unknown = "<unknown-element><unknown-value>1</unknown-value></unknown-element></result>";
            answer = text.replace("</result>", unknown).into_bytes();
        }
        if self.damage {
            // Without its last third, no element of the packet is closed.
            answer.truncate(answer.len() * 2 / 3);
        }
        answer
    }
}

/// The failures that have yet to happen.
#[derive(Default)]
pub(crate) struct Failures(Mutex<Vec<Failure>>);

impl Failures {
    pub(crate) fn add(&self, failure: Failure) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
    }

    /// Returns what goes wrong with a packet of these operations.
    pub(crate) fn take<'n>(&self, names: impl Iterator<Item = &'n OperationName> + Clone) -> Mishap {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut mishap = Mishap::default();
        for failure in failures.iter_mut() {
            let concerned = names.clone().enumerate().filter(|(_, name)| failure.applies_to(name));
            let concerned: Vec<usize> = concerned.map(|(position, _)| position).collect();
            let Some(first) = concerned.first().copied() else { continue };
            if let Kind::Error { code, text } = failure.kind.clone() {
                for position in concerned {
                    let is_new = mishap.refused.iter().all(|(refused, _)| *refused != position);
                    if failure.times > 0 && is_new && failure.count() {
                        mishap.refused.push((position, Refusal::new(ErrorCode(code), text.clone())));
                    }
                }
                continue;
            }
            if !failure.count() {
                continue;
            }
            let transport = &mut mishap.transport;
            match failure.kind {
                Kind::Error { .. } => {}
                Kind::HttpStatus(status) => transport.status = Some(status),
                Kind::Delay(delay) => transport.delay += delay,
                Kind::CutAnswer => transport.cut = true,
                Kind::DamagedAnswer => transport.damage = true,
                Kind::UnknownElements => transport.unknown_elements = true,
                Kind::Disconnect(phase) => {
                    transport.disconnect = Some(phase);
                    if phase == Phase::DuringWork {
                        mishap.stop_after = Some(first + 1);
                    }
                }
            }
        }
        failures.retain(|failure| failure.times > 0);
        mishap
    }
}
