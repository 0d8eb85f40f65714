//! Compares the types of texts: of elements, attributes and simple content.

use super::comparison::{Comparison, RenameCause};
use crate::diff::change::ChangeKind::{Changed, Renamed, Retyped};
use crate::diff::change::{Subject, WireImpact};
use crate::diff::raw_change::{Construct, RawChange};
use crate::diff::{describe, simple_types};
use crate::model::Primitive::{List, Union};
use crate::model::SimpleId;

impl Comparison<'_> {
    /// Compares the types of two texts. `mark` adds the construct with the text to a change.
    pub(super) fn compare_text_types(
        &mut self,
        old_id: SimpleId,
        new_id: SimpleId,
        subject: Subject,
        mark: impl Fn(RawChange) -> RawChange,
        cause: RenameCause,
    ) {
        let (old, new) = (self.old, self.new);
        let (old_name, new_name) = (&old.simples[old_id].origin.type_name, &new.simples[new_id].origin.type_name);
        if old_name == new_name {
            self.compare_simple_types(old_id, new_id, cause);
            return;
        }
        if let (Some(old_name), Some(new_name)) = (old_name, new_name) {
            let (old_construct, new_construct) = (Construct::Simple(old_id, None), Construct::Simple(new_id, None));
            if self.is_new_type(old_name) || self.is_old_type(new_name) {
                let wire = simple_types::wire_impact(old, new, old_id, new_id);
                let change = RawChange::new(subject, Retyped, wire);
                let change = change.with_old(describe::simple(old, old_id)).with_new(describe::simple(new, new_id));
                self.add(mark(change).at_both(old_construct, new_construct));
            } else {
                let change = RawChange::new(Subject::Type, Renamed, WireImpact::Same);
                let change = change.with_old(old_name).with_new(new_name);
                let index = self.add(change.at_both(old_construct, new_construct));
                self.compare_simple_types(old_id, new_id, Some(index));
            }
            return;
        }
        // One of them is anonymous, so only the allowed values matter. They are reported at the text.
        let mut changes = simple_types::compare(old, new, old_id, new_id);
        if changes.is_empty() {
            self.simples.push((old_id, new_id, cause));
        }
        for change in &mut changes {
            let text = mark(RawChange::new(subject, Changed, WireImpact::Same));
            change.constructs = text.constructs.into_iter().chain(change.constructs.drain(..)).collect();
        }
        changes.into_iter().for_each(|change| _ = self.add(change));
    }

    /// Compares two simple types, and the types that they consist of.
    fn compare_simple_types(&mut self, old_id: SimpleId, new_id: SimpleId, cause: RenameCause) {
        if !self.seen_simples.insert((old_id, new_id)) {
            return;
        }
        self.simples.push((old_id, new_id, cause));
        let (old, new) = (&self.old.simples[old_id], &self.new.simples[new_id]);
        self.compare_documentation(&old.doc, &new.doc, || new.origin.to_string());
        let changes = simple_types::compare(self.old, self.new, old_id, new_id);
        changes.into_iter().for_each(|change| _ = self.add(change));
        match (&old.primitive, &new.primitive) {
            (Union(old), Union(new)) if old.len() == new.len() => {
                old.iter().zip(new).for_each(|(old, new)| self.compare_simple_types(*old, *new, cause));
            }
            (List(old), List(new)) => self.compare_simple_types(*old, *new, cause),
            _ => {}
        }
    }
}
