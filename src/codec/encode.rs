//! Validates operations and encodes them as a packet.
//!
//! Operations keep their order; consecutive operations of one operator share its element. The same walk
//! validates and writes, so that the path of a violation is the location of the value in the packet:
//! `packet/customer[2]/del[3]/filter/login` is in the second `customer` of the packet and the third
//! `del` in it. Operators always have an index, operations from the second one on.

use plesk_protocol::request::RequestSettings;
use plesk_wire::packet::Effect;
use plesk_wire::xml::{Any, DECLARATION, Validator, Violations, Visitor, Writer};

use super::ordinals::{Ordinals, index_from_second};
use super::{CodecOptions, DynOperation};

/// The operations of a packet, in order.
type Operations = [Box<dyn DynOperation>];

/// Validates a packet against the schema.
///
/// # Errors
/// All violations of all operations.
pub(crate) fn validate(
    operations: &Operations,
    settings: Option<&RequestSettings>,
    options: &CodecOptions,
) -> Result<(), Violations> {
    let validator = Validator::new().allow_unlisted(options.allow_unlisted_values);
    let mut visitor = PacketValidator { validator, allow_blank_selectors: options.allow_blank_selectors };
    visitor.validator.enter(PACKET, 0);
    walk(operations, settings, &mut visitor);
    visitor.validator.leave();
    visitor.validator.finish()
}

/// Encodes a packet that has passed [`validate`].
pub(crate) fn encode(operations: &Operations, settings: Option<&RequestSettings>, options: &CodecOptions) -> Vec<u8> {
    write(operations, settings, options.version.as_deref(), Writer::new())
}

/// Encodes a packet with `***` in place of every secret.
pub(crate) fn encode_redacted(
    operations: &Operations,
    settings: Option<&RequestSettings>,
    version: Option<&str>,
) -> String {
    let settings = settings.cloned().map(redact_settings);
    String::from_utf8_lossy(&write(operations, settings.as_ref(), version, Writer::redacted())).into_owned()
}

/// Returns the settings with `***` in place of every value: their meaning is unknown, so any of them may
/// be a secret.
pub(crate) fn redact_settings(mut settings: RequestSettings) -> RequestSettings {
    for setting in &mut settings.setting {
        setting.value = setting.value.take().map(|_| Any::text("***"));
    }
    settings
}

const PACKET: &str = "packet";
const SETTINGS: &str = "request-settings";

fn write(
    operations: &Operations,
    settings: Option<&RequestSettings>,
    version: Option<&str>,
    mut writer: Writer,
) -> Vec<u8> {
    writer.push(DECLARATION);
    writer.open(PACKET);
    if let Some(version) = version {
        writer.write_attribute("version", version);
    }
    walk(operations, settings, &mut writer);
    writer.close(PACKET);
    writer.into_bytes()
}

/// A visitor of a packet, element by element: the validator or the writer.
trait PacketVisitor {
    fn visit_settings(&mut self, settings: &RequestSettings);

    fn enter(&mut self, name: &'static str, index: usize);

    fn leave(&mut self, name: &'static str);

    fn visit_operation(&mut self, operation: &dyn DynOperation, name: &'static str, index: usize);
}

/// The validator of the operations of a packet.
struct PacketValidator {
    validator: Validator,
    allow_blank_selectors: bool,
}

impl PacketVisitor for PacketValidator {
    fn visit_settings(&mut self, settings: &RequestSettings) {
        self.validator.visit_element(SETTINGS, 0, settings);
    }

    fn enter(&mut self, name: &'static str, index: usize) {
        self.validator.enter(name, index);
    }

    fn leave(&mut self, _name: &'static str) {
        self.validator.leave();
    }

    fn visit_operation(&mut self, operation: &dyn DynOperation, name: &'static str, index: usize) {
        if operation.effect() != Effect::Read && !self.allow_blank_selectors {
            self.validator.deny_blank_selectors(operation.targets());
        }
        operation.validate(name, index, &mut self.validator);
        self.validator.allow_blank_selectors();
    }
}

impl PacketVisitor for Writer {
    fn visit_settings(&mut self, settings: &RequestSettings) {
        self.visit_element(SETTINGS, 0, settings);
    }

    fn enter(&mut self, name: &'static str, _index: usize) {
        self.open(name);
    }

    fn leave(&mut self, name: &'static str) {
        self.close(name);
    }

    fn visit_operation(&mut self, operation: &dyn DynOperation, name: &'static str, _index: usize) {
        operation.write(name, self);
    }
}

fn walk(operations: &Operations, settings: Option<&RequestSettings>, visitor: &mut impl PacketVisitor) {
    if let Some(settings) = settings {
        visitor.visit_settings(settings);
    }
    let mut operator_ordinals = Ordinals::default();
    for group in operations.chunk_by(|a, b| a.path().operator == b.path().operator) {
        let [first, ..] = group else { continue };
        let operator = first.path().operator;
        visitor.enter(operator, operator_ordinals.next(operator));
        let mut operation_ordinals = Ordinals::default();
        for operation in group {
            let [outer, inner @ ..] = operation.path().path else { continue };
            let index = index_from_second(operation_ordinals.next(outer));
            match inner {
                [] => visitor.visit_operation(operation.as_ref(), outer, index),
                [between @ .., last] => {
                    visitor.enter(outer, index);
                    between.iter().for_each(|name| visitor.enter(name, 0));
                    visitor.visit_operation(operation.as_ref(), last, 0);
                    between.iter().rev().for_each(|name| visitor.leave(name));
                    visitor.leave(outer);
                }
            }
        }
        visitor.leave(operator);
    }
}
