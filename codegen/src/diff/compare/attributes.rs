//! Compares the attributes of a type, and its text.

use super::comparison::{Comparison, RenameCause, default_change};
use crate::diff::change::ChangeKind::{Added, Occurrence, Removed};
use crate::diff::change::{Subject, WireImpact};
use crate::diff::describe;
use crate::diff::raw_change::{Construct, RawChange, Version};
use crate::model::{Attribute, Record, TypeId};

impl Comparison<'_> {
    /// Compares the attributes of two types.
    pub(super) fn compare_attributes(
        &mut self,
        (old_id, old): (TypeId, &Record),
        (new_id, new): (TypeId, &Record),
        cause: RenameCause,
    ) {
        let construct = |id, attribute: &Attribute| Construct::Member(id, attribute.name.clone());
        for attribute in not_in(&old.attributes, &new.attributes) {
            let wire = if attribute.required { WireImpact::Different } else { WireImpact::Narrower };
            let change = RawChange::new(Subject::Attribute, Removed, wire);
            let change = change.with_old(describe::attribute(self.old, attribute));
            self.add(change.at(Version::Old, construct(old_id, attribute)));
        }
        for attribute in not_in(&new.attributes, &old.attributes) {
            let wire = if attribute.required { WireImpact::Different } else { WireImpact::Wider };
            let change = RawChange::new(Subject::Attribute, Added, wire);
            let change = change.with_new(describe::attribute(self.new, attribute));
            self.add(change.at(Version::New, construct(new_id, attribute)));
        }
        for old in &old.attributes {
            let Some(new) = new.attributes.iter().find(|new| new.name == old.name) else { continue };
            let mark = |change: RawChange| change.at_both(construct(old_id, old), construct(new_id, new));
            self.compare_documentation(&old.doc, &new.doc, || construct(new_id, new).origin(self.new));
            if old.required != new.required {
                let text = |required| if required { "required" } else { "optional" };
                let wire = if new.required { WireImpact::Narrower } else { WireImpact::Wider };
                let change = RawChange::new(Subject::Attribute, Occurrence, wire);
                self.add(mark(change.with_old(text(old.required)).with_new(text(new.required))));
            }
            if old.default != new.default {
                self.add(mark(default_change(Subject::Attribute, old.default.as_ref(), new.default.as_ref())));
            }
            self.compare_text_types(old.simple, new.simple, Subject::Attribute, mark, cause);
        }
    }

    /// Compares the texts of two types that have attributes too.
    pub(super) fn compare_element_text(
        &mut self,
        (old_id, old): (TypeId, &Record),
        (new_id, new): (TypeId, &Record),
        cause: RenameCause,
    ) {
        let construct = |id| Construct::Member(id, "value".to_owned());
        let mark = |change: RawChange| change.at_both(construct(old_id), construct(new_id));
        let change = |kind| mark(RawChange::new(Subject::Text, kind, WireImpact::Different));
        match (old.text, new.text) {
            (None, None) => {}
            (Some(old), Some(new)) => self.compare_text_types(old, new, Subject::Text, mark, cause),
            (Some(old), None) => _ = self.add(change(Removed).with_old(describe::simple(self.old, old))),
            (None, Some(new)) => _ = self.add(change(Added).with_new(describe::simple(self.new, new))),
        }
    }
}

/// Returns the attributes of `these` whose names do not occur in `those`.
fn not_in<'m>(these: &'m [Attribute], those: &'m [Attribute]) -> impl Iterator<Item = &'m Attribute> {
    these.iter().filter(|attribute| those.iter().all(|other| other.name != attribute.name))
}
