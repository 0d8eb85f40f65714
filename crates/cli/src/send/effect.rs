//! Determines what a request would do, before it is sent.

use plesk_model::{Class, Operation, Operator, ParticleKind, Target, Type, TypeId};

use crate::schema::{self, Known, find};
use crate::text::in_sentence;
use crate::xml::Element;

/// The impact of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Impact {
    pub(crate) class: Class,
    /// The objects that an empty selector chooses, as the schema describes them. Like the effect in the library, this counts
    /// as everything even if it is one thing, such as the template of DNS zones.
    pub(crate) everything: Option<String>,
    /// The element of the selector that may choose several objects: by something other than a key of the object.
    pub(crate) several_by: Option<String>,
    /// `true` if it acts on something that a server has once, so there is nothing to select.
    pub(crate) is_server_wide: bool,
    /// `true` if a stable key chooses the objects, so a repetition cannot match others.
    pub(crate) is_stable: bool,
}

impl Impact {
    /// Returns the reason to ask before sending, as the end of a sentence; `None` if there is none.
    pub(crate) fn question(&self) -> Option<String> {
        let verb = match self.class {
            Class::Delete => "deletes",
            Class::End => "ends",
            Class::Set | Class::Change => "changes",
            Class::Read | Class::Create => return None,
        };
        if let Some(scope) = &self.everything {
            return Some(format!("{verb} {}", in_sentence(scope)));
        }
        let is_final = matches!(self.class, Class::Delete | Class::End);
        if is_final && self.is_server_wide {
            return Some("may delete something of the whole server, which cannot be undone".to_owned());
        }
        let by = self.several_by.as_ref().filter(|_| is_final)?;
        Some(format!("{verb} every object that `{by}` matches, which cannot be undone"))
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
            Some(scope) => format!("{verb} everything that it can reach: {}", in_sentence(scope)),
            None if self.is_server_wide => format!("{verb} something of the whole server"),
            None => format!("{verb} what it selects"),
        }
    }
}

/// Returns what `element`, the request of `operation`, would do.
pub(crate) fn impact(operator: &Operator, operation: &Operation, element: &Element) -> Impact {
    let mut impact = Impact {
        class: operation.class,
        everything: None,
        several_by: None,
        is_server_wide: operation.target == Target::Server,
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
            } else if !rest.is_empty() || !names_one_object(name) {
                impact.several_by.get_or_insert_with(|| (*name).to_owned());
            }
        }
    }
}

/// Returns `true` if a criterion has one value for each object. Whatever is not listed may match many, such as the owner.
fn names_one_object(criterion: &str) -> bool {
    ["name", "login", "external-id", "key", "dsn", "custombutton-id"].contains(&criterion)
}

#[cfg(test)]
mod tests {
    use super::super::assignment::Assignment;
    use super::super::compose::compose;
    use super::impact;
    use crate::schema::operation_named;

    /// Returns the question about an operation with these arguments.
    fn question(name: &str, arguments: &[&str]) -> Option<String> {
        let (operator, path) = operation_named(name).expect("an operation");
        let operation = operator.operation(&path).expect("an operation");
        let parse = |text: &&str| Assignment::parse(text).expect("an argument");
        let assignments: Vec<_> = arguments.iter().map(parse).collect();
        let element = compose(&operator, "x", operation.request, &assignments).expect("an element");
        impact(&operator, operation, &element).question()
    }

    #[test]
    fn deletions_of_possibly_many_objects_are_asked_about() {
        for (name, arguments) in [
            ("customer.del", &["filter"][..]),
            ("customer.del", &["filter.login=a", "filter.login=b"]),
            ("webspace.del", &["filter.owner-login=jo"]),
            ("site.del", &["filter.parent-id=1"]),
            ("site.del", &["filter.parent-site-name=a.example"]),
            ("subdomain.del", &["filter.parent-name=a.example"]),
            ("database.del-db", &["filter.webspace-id=1"]),
            ("database.del-db-user", &["filter.db-id=1"]),
            ("dns.del_rec", &["filter.dns-zone-name=a.example"]),
            ("protected-dir.delete-user", &["filter.pd-id=1"]),
            ("mail.remove", &["filter.site-id=1"]),
            ("reseller.del", &["filter.all"]),
            ("server.clean-mail-queue", &[]),
            ("customer.set", &["filter", "values"]),
            // Without a filter, the template of zones.
            ("dns.disable", &[]),
        ] {
            assert!(question(name, arguments).is_some(), "{name} {arguments:?}");
        }
    }

    #[test]
    fn operations_on_single_objects_are_not_asked_about() {
        for (name, arguments) in [
            ("customer.del", &["filter.id=1", "filter.id=2"][..]),
            ("customer.del", &["filter.login=jo"]),
            ("site.del", &["filter.name=a.example"]),
            ("mail.remove", &["filter.site-id=1", "filter.name=jo"]),
            ("customer.get", &["filter"]),
            ("customer.add", &["gen_info.login=jo"]),
            ("customer.set", &["filter.login=jo", "values"]),
            ("session.terminate", &["session-id=x"]),
            ("server.reboot", &[]),
        ] {
            assert_eq!(question(name, arguments), None, "{name} {arguments:?}");
        }
    }
}
