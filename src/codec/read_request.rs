//! Reads a request packet that was or will be sent: to redact it, to find its secrets and its effect.

use std::any::Any as StdAny;

use plesk_protocol::request;
use plesk_wire::packet::Effect;
use plesk_wire::xml::{Any, Content, Limits, Raw, ReadError, Reader, Scalar, SimpleType, Strictness, Visitor};

/// Reads a request packet, without what the schema does not define.
///
/// # Errors
/// If it cannot be read. It may be of any size.
pub(crate) fn read_request(xml: &[u8]) -> Result<request::Packet, ReadError> {
    let mut limits = Limits::DEFAULT;
    limits.size = limits.size.max(xml.len());
    limits.memory = limits.memory.max(8 * xml.len());
    Reader::new(xml, Strictness::Lenient, limits)?.document("packet")
}

/// Returns the most severe effect of the operations in a request packet that the schema defines; `None` if there is
/// none, or if the packet cannot be read.
pub(crate) fn read_effect(xml: &[u8]) -> Option<Effect> {
    let mut collector = EffectCollector(None);
    read_request(xml).ok()?.visit(&mut collector);
    collector.0
}

/// A visitor that finds the most severe effect.
struct EffectCollector(Option<Effect>);

impl Visitor for EffectCollector {
    fn visit_element<T: Content>(&mut self, _name: &'static str, _index: usize, value: &T) {
        match value.note().and_then(<dyn StdAny>::downcast_ref::<Effect>) {
            Some(effect) => self.0 = self.0.max(Some(*effect)),
            None => value.visit(self),
        }
    }

    fn scalar<T: Scalar>(&mut self, _name: &'static str, _index: usize, _value: &T, _type: &'static SimpleType) {}

    fn attribute<T: Scalar>(&mut self, _name: &'static str, _value: &T, _type: &'static SimpleType) {}

    fn text_content<T: Scalar>(&mut self, _value: &T, _type: &'static SimpleType) {}

    fn nil(&mut self, _name: &'static str) {}

    fn any(&mut self, _value: &Any) {}

    fn raw(&mut self, _value: &Raw) {}
}
