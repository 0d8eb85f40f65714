//! Reads from a request what it would do, before it is sent.

use plesk_model::{Class, Operation, Operator, ParticleKind, Target, Type, TypeId};

use crate::schema::{self, Known, find};
use crate::xml::Element;

/// What a request would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Impact {
    pub(crate) class: Class,
    /// The objects that an empty selector chooses, as the schema describes them.
    pub(crate) everything: Option<String>,
    /// The selector that may choose several objects by something other than their own ID: its element.
    pub(crate) several_by: Option<String>,
    /// Whether the objects are chosen by a stable key, so that a repetition cannot match others.
    pub(crate) is_stable: bool,
}

impl Impact {
    /// Returns the reason to ask before sending; `None` if there is none.
    pub(crate) fn question(&self) -> Option<String> {
        let verb = match self.class {
            Class::Delete => "deletes",
            Class::End => "ends",
            Class::Set | Class::Change => "changes",
            Class::Read | Class::Create => return None,
        };
        if let Some(scope) = &self.everything {
            // Some empty selectors mean one thing, such as the template of DNS zones.
            return chooses_many(scope).then(|| format!("it {verb}: {scope}"));
        }
        let is_final = matches!(self.class, Class::Delete | Class::End);
        let by = self.several_by.as_ref().filter(|_| is_final)?;
        Some(format!("it {verb} every object that `{by}` matches, which cannot be undone"))
    }

    /// Returns what the request would do, in words.
    pub(crate) fn describe(&self) -> String {
        let verb = match self.class {
            Class::Read => return "reads".to_owned(),
            Class::Create => return "creates an object".to_owned(),
            Class::Set | Class::Change => "changes",
            Class::Delete => "deletes",
            Class::End => "ends",
        };
        match &self.everything {
            Some(scope) if chooses_many(scope) => format!("{verb} everything it can reach: {scope}"),
            Some(scope) => format!("{verb}: {scope}"),
            None => format!("{verb} what it selects"),
        }
    }
}

fn chooses_many(scope: &str) -> bool {
    scope.to_lowercase().split_whitespace().any(|word| word == "all")
}

/// Reads what `element`, the request of `operation`, would do.
pub(crate) fn impact(operator: &Operator, operation: &Operation, element: &Element) -> Impact {
    let mut impact = Impact {
        class: operation.class,
        everything: None,
        several_by: None,
        is_stable: matches!(operation.target, Target::StableId(_) | Target::Server),
    };
    read(operator, operation.request, element, &mut impact);
    impact
}

fn read(operator: &Operator, id: TypeId, element: &Element, impact: &mut Impact) {
    let ty = operator.ty(id);
    if ty.selector.is_some() {
        read_selector(ty, element, impact);
    }
    for particle in ty.content.particles() {
        match particle.kind {
            // A choice or group without an element has its alternatives in this element.
            ParticleKind::Choice(inner) | ParticleKind::Group(inner) => {
                let names = schema::names(operator, inner);
                let mut part = Element::new(&element.name);
                let own = element.children().filter(|child| names.contains(&child.name.as_str()));
                part.content = own.cloned().map(crate::xml::Node::Element).collect();
                read(operator, inner, &part, impact);
            }
            _ => {}
        }
    }
    for child in element.children() {
        let own = ty.content.particles().iter().any(|particle| particle.name == child.name);
        if let (true, Some(Known::Type(inner))) = (own, find(operator, id, &child.name).map(|found| found.content())) {
            read(operator, inner, child, impact);
        }
    }
}

fn read_selector(ty: &Type, element: &Element, impact: &mut Impact) {
    let Some(selector) = &ty.selector else { return };
    let chosen: Vec<&str> = element.children().map(|child| child.name.as_str()).collect();
    match chosen.as_slice() {
        [] => {
            if let Some(scope) = &selector.empty {
                impact.everything.get_or_insert_with(|| scope.clone());
            }
        }
        [name] if selector.everything.iter().any(|all| all == name) => {
            impact.everything.get_or_insert_with(|| "All objects that the caller can see.".to_owned());
        }
        [name, rest @ ..] => {
            if selector.stable_keys.iter().any(|key| key == name) {
                impact.is_stable = true;
            } else if !rest.is_empty() || names_another_object(name) {
                impact.several_by.get_or_insert_with(|| (*name).to_owned());
            }
        }
    }
}

/// Returns `true` if a criterion is about something that can have many of the objects, such as their owner.
fn names_another_object(criterion: &str) -> bool {
    ["owner", "webspace", "site", "domain", "plan", "reseller", "customer", "client", "subscription"]
        .iter()
        .any(|word| criterion.starts_with(word))
}
