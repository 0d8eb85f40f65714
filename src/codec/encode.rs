//! From operations to the bytes of a packet.
//!
//! Operations keep their order; neighbours of one operator share its element. The same walk checks
//! and writes, so that the path of a violation is the place of the value in what would be sent:
//! `packet/customer[2]/del[3]/filter/login` is the second `customer` of the packet and the third
//! `del` in it. Operators always bear a number, operations from their second on.

use plesk_protocol::request::RequestSettings;
use plesk_wire::xml::{Any, DECLARATION, Validator, Violations, Visitor, Writer};

use super::{CodecOptions, DynOperation};
use crate::batch::Batch;

/// Checks `batch` against the schema.
///
/// # Errors
/// All rules that any of its operations breaks.
pub(crate) fn validate(batch: &Batch, rules: &CodecOptions) -> Result<(), Violations> {
    let mut validator = Validator::new().allow_unlisted(rules.allow_unlisted_values);
    validator.enter(PACKET, 0);
    walk(batch, batch.settings.as_ref(), &mut validator);
    validator.leave();
    validator.finish()
}

/// The packet of `batch`, which [`validate`] has passed.
pub(crate) fn encode(batch: &Batch, rules: &CodecOptions) -> Vec<u8> {
    write(batch, batch.settings.as_ref(), rules.version.as_deref(), Writer::new())
}

/// The packet of `batch`, with `***` for every secret.
pub(crate) fn encode_redacted(batch: &Batch, version: Option<&str>) -> String {
    let settings = batch.settings.clone().map(redacted_settings);
    String::from_utf8_lossy(&write(batch, settings.as_ref(), version, Writer::redacted())).into_owned()
}

/// The settings without their values: what they mean is not known, so each may be a secret.
pub(crate) fn redacted_settings(mut settings: RequestSettings) -> RequestSettings {
    for setting in &mut settings.setting {
        setting.value = setting.value.take().map(|_| Any::text("***"));
    }
    settings
}

const PACKET: &str = "packet";

fn write(batch: &Batch, settings: Option<&RequestSettings>, version: Option<&str>, mut writer: Writer) -> Vec<u8> {
    writer.push(DECLARATION);
    writer.open(PACKET);
    if let Some(version) = version {
        writer.write_attribute("version", version);
    }
    walk(batch, settings, &mut writer);
    writer.close(PACKET);
    writer.into_bytes()
}

/// What is done to a packet element by element.
trait Pass: Visitor {
    fn enter(&mut self, name: &'static str, index: usize);

    fn leave(&mut self, name: &'static str);

    fn operation(&mut self, entry: &dyn DynOperation, name: &'static str, index: usize);
}

impl Pass for Validator {
    fn enter(&mut self, name: &'static str, index: usize) {
        Self::enter(self, name, index);
    }

    fn leave(&mut self, _name: &'static str) {
        Self::leave(self);
    }

    fn operation(&mut self, entry: &dyn DynOperation, name: &'static str, index: usize) {
        entry.validate(name, index, self);
    }
}

impl Pass for Writer {
    fn enter(&mut self, name: &'static str, _index: usize) {
        self.open(name);
    }

    fn leave(&mut self, name: &'static str) {
        self.close(name);
    }

    fn operation(&mut self, entry: &dyn DynOperation, name: &'static str, _index: usize) {
        entry.write(name, self);
    }
}

fn walk(batch: &Batch, settings: Option<&RequestSettings>, pass: &mut impl Pass) {
    if let Some(settings) = settings {
        pass.visit_element("request-settings", 0, settings);
    }
    let entries = batch.entries();
    let mut operators = Ordinals::default();
    for group in entries.chunk_by(|a, b| a.shape().operator == b.shape().operator) {
        let [first, ..] = group else { continue };
        let operator = first.shape().operator;
        pass.enter(operator, operators.next(operator));
        let mut operations = Ordinals::default();
        for entry in group {
            let [outer, inner @ ..] = entry.shape().path else { continue };
            let index = from_second(operations.next(outer));
            match inner {
                [] => pass.operation(entry.as_ref(), outer, index),
                [between @ .., leaf] => {
                    pass.enter(outer, index);
                    between.iter().for_each(|name| pass.enter(name, 0));
                    pass.operation(entry.as_ref(), leaf, 0);
                    between.iter().rev().for_each(|name| pass.leave(name));
                    pass.leave(outer);
                }
            }
        }
        pass.leave(operator);
    }
}

/// Counts the elements of each name.
#[derive(Default)]
pub(super) struct Ordinals(Vec<(&'static str, usize)>);

impl Ordinals {
    /// The number of the next element `name`, from 1.
    pub(super) fn next(&mut self, name: &'static str) -> usize {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.0.push((name, 1));
                1
            }
        }
    }
}

/// The number that an operation shows: none for the first of its name.
pub(super) fn from_second(ordinal: usize) -> usize {
    if ordinal > 1 { ordinal } else { 0 }
}
