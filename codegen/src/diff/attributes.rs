//! Compares attributes, and the text beside them.

use super::change::ChangeKind::{Added, Default, Occurrence, Removed};
use super::change::{Subject, Wire};
use super::draft::{Draft, Side, Spot};
use super::walk::{Cause, Walk};
use super::words;
use crate::model::{Attribute, Record, TypeId};

impl Walk<'_> {
    pub(super) fn attributes(&mut self, (was, x): (TypeId, &Record), (is, y): (TypeId, &Record), cause: Cause) {
        let spot = |id, attribute: &Attribute| Spot::Member(id, attribute.name.clone(), None);
        let (gone, came) = (without(&x.attributes, &y.attributes), without(&y.attributes, &x.attributes));
        for attribute in gone {
            let wire = if attribute.required { Wire::Different } else { Wire::Narrower };
            let draft = Draft::new(Subject::Attribute, Removed, wire).from(words::attribute(self.old, attribute));
            self.note(draft.at(Side::Old, spot(was, attribute)));
        }
        for attribute in came {
            let wire = if attribute.required { Wire::Different } else { Wire::Wider };
            let draft = Draft::new(Subject::Attribute, Added, wire).to(words::attribute(self.new, attribute));
            self.note(draft.at(Side::New, spot(is, attribute)));
        }
        for attribute in &x.attributes {
            let Some(now) = y.attributes.iter().find(|now| now.name == attribute.name) else { continue };
            let here = |draft: Draft| draft.at(Side::Old, spot(was, attribute)).at(Side::New, spot(is, now));
            self.words_differ(&attribute.doc, &now.doc, || spot(is, now).schema(self.new));
            if attribute.required != now.required {
                let word = |required| if required { "required" } else { "optional" };
                let wire = if now.required { Wire::Narrower } else { Wire::Wider };
                let draft = Draft::new(Subject::Attribute, Occurrence, wire);
                self.note(here(draft.from(word(attribute.required)).to(word(now.required))));
            }
            if attribute.default != now.default {
                self.note(here(default(Subject::Attribute, attribute.default.as_ref(), now.default.as_ref())));
            }
            self.text_type(attribute.simple, now.simple, Subject::Attribute, here, cause);
        }
    }

    pub(super) fn text(&mut self, (was, x): (TypeId, &Record), (is, y): (TypeId, &Record), cause: Cause) {
        let here = |draft: Draft| {
            let spot = |id| Spot::Member(id, "value".to_owned(), None);
            draft.at(Side::Old, spot(was)).at(Side::New, spot(is))
        };
        let draft = |kind| here(Draft::new(Subject::Text, kind, Wire::Different));
        match (x.text, y.text) {
            (None, None) => {}
            (Some(a), Some(b)) => self.text_type(a, b, Subject::Text, here, cause),
            (Some(a), None) => _ = self.note(draft(Removed).from(words::simple(self.old, a))),
            (None, Some(b)) => _ = self.note(draft(Added).to(words::simple(self.new, b))),
        }
    }
}

/// Another value where it is absent.
pub(super) fn default(subject: Subject, old: Option<&String>, new: Option<&String>) -> Draft {
    let word =
        |value: Option<&String>| value.map_or_else(|| "no default".to_owned(), |value| format!("default {value}"));
    Draft::new(subject, Default, Wire::Meaning).from(word(old)).to(word(new))
}

fn without<'m>(these: &'m [Attribute], those: &'m [Attribute]) -> impl Iterator<Item = &'m Attribute> {
    these.iter().filter(|attribute| those.iter().all(|other| other.name != attribute.name))
}
