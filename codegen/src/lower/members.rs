//! Lowers content models: to records, choices, and the parts of them that have no element.

use super::Lowerer;
use super::content::Content;
use super::particle::{Particle, Term};
use crate::error::{Problem, SpanHint};
use crate::model::{Choice, Kind, Member, MemberKind, Occurs, Origin, Record, Role, Shown, TypeId};

impl<'a> Lowerer<'a> {
    /// Sets the content of the type `id`.
    pub(super) fn set_content(&mut self, id: TypeId, mut content: Content<'a>) {
        content.particle = content.particle.map(|particle| self.preserve_choice(id, particle));
        if self.model.types[id].doc.is_empty() {
            self.model.types[id].doc = content.doc.clone();
        }
        let plain = content.attributes.is_empty() && content.text.is_none() && !content.outcome;
        self.model.types[id].is_incomplete |= content.is_incomplete;
        let kind = self.track_gaps(id, |this| match content.particle {
            Some(Particle { term: Term::Choice(alternatives), occurs, .. })
                if plain && !occurs.is_list() && this.is_enum(id, occurs) =>
            {
                Kind::Choice(this.lower_choice(id, alternatives, occurs.is_optional()))
            }
            particle => {
                let Content { attributes, text, outcome, .. } = content;
                let mut record = Record { attributes, text, outcome, ..Record::default() };
                this.lower_members(id, particle, &mut record);
                Kind::Record(record)
            }
        });
        self.model.types[id].kind = kind;
    }

    /// Restores choices that simplification removed. A choice of one alternative is replaced by that alternative, unless
    /// the choice has a meaning: a packet with one operator, an operator with one operation, a selector with one
    /// criterion.
    fn preserve_choice(&mut self, id: TypeId, particle: Particle<'a>) -> Particle<'a> {
        if let (Term::Sequence(_), true) = (&particle.term, particle.may_be_empty() && self.is_selector(id)) {
            return particle.into_choice_by_first();
        }
        let Particle { term: term @ Term::Element(_), occurs, doc } = particle else { return particle };
        let lists = match &self.model.types[id].role {
            Role::Operations { .. } => true,
            Role::Root(name) => self.config.packet == Some(name) && occurs.is_list(),
            _ => false,
        };
        let (outer, inner) = if lists {
            (occurs, Occurs::ONCE)
        } else if self.is_selector(id) {
            (Occurs { max: Some(1), ..occurs }, Occurs { min: occurs.min.max(1), ..occurs })
        } else {
            return Particle { term, occurs, doc };
        };
        let branch = Particle { term, occurs: inner, doc: String::new() };
        Particle { term: Term::Choice(vec![branch]), occurs: outer, doc }
    }

    /// Returns `true` if a content that is a single choice becomes an enum itself. If the choice may be empty, it becomes
    /// a struct with an `Option` of the enum. A selector has a variant for that case instead.
    fn is_enum(&mut self, id: TypeId, occurs: Occurs) -> bool {
        !occurs.is_optional() || self.is_selector(id)
    }

    fn is_selector(&mut self, id: TypeId) -> bool {
        let path = self.model.types[id].origin.path.as_str();
        let found = self.config.selectors.iter().find(|selector| selector.path == path);
        found.inspect(|selector| self.model.mark_used("selectors", selector.path)).is_some()
    }

    fn lower_choice(&mut self, id: TypeId, alternatives: Vec<Particle<'a>>, may_be_empty: bool) -> Choice {
        let alternatives: Vec<_> = alternatives.into_iter().filter(|branch| !self.is_left_out(id, branch)).collect();
        let alternatives = alternatives.into_iter().filter_map(|branch| self.lower_particle(id, branch)).collect();
        Choice { alternatives, may_be_empty, selector: self.is_selector(id) }
    }

    /// Returns `true` if the alternative `branch` of `id` is an operator or operation that the configuration leaves out.
    fn is_left_out(&mut self, id: TypeId, branch: &Particle<'a>) -> bool {
        let Term::Element(element) = &branch.term else { return false };
        let name = element.node.name.as_deref().unwrap_or_default();
        let entry = match &self.model.types[id].role {
            Role::Operators => self.config.leaves_out(name, None),
            Role::OperationItem { operator, path } if path.is_empty() => self.config.leaves_out(operator, Some(name)),
            _ => None,
        };
        entry.inspect(|entry| self.model.mark_used("left_out", entry)).is_some()
    }

    /// Lowers a content model to the members of a record.
    pub(super) fn lower_members(&mut self, id: TypeId, particle: Option<Particle<'a>>, record: &mut Record) {
        let Some(particle) = particle else { return };
        let items = match particle.term {
            Term::Sequence(items) if particle.occurs == Occurs::ONCE => items,
            Term::All(items) => {
                record.any_order = true;
                let Origin { file, path, .. } = self.model.types[id].origin.clone();
                if particle.occurs.is_optional() && !items.iter().all(Particle::may_be_empty) {
                    let problem =
                        Problem::new(&file, &path, "an optional xs:all with required elements is not supported");
                    self.report(
                        problem.at(SpanHint::Xsd(&["all"])).advice("make it required, or make its elements optional"),
                    );
                }
                if items.iter().any(|item| item.occurs.is_list() || !matches!(item.term, Term::Element(_))) {
                    let problem =
                        Problem::new(&file, &path, "xs:all may only contain elements that occur at most once");
                    self.report(
                        problem.at(SpanHint::Xsd(&["all"])).advice("use an xs:sequence, or a repeated xs:choice"),
                    );
                }
                items
            }
            _ => vec![particle],
        };
        record.members = items.into_iter().filter_map(|item| self.lower_particle(id, item)).collect();
        self.hide_setting_value(id, record);
    }

    /// Makes the value of a setting a secret, except under the names that the configuration lists.
    fn hide_setting_value(&mut self, id: TypeId, record: &mut Record) {
        let path = self.model.types[id].origin.path.as_str();
        let Some(setting) = self.config.settings.iter().find(|setting| setting.path == path) else { return };
        let is_leaf = |member: &Member| matches!(member.kind, MemberKind::Text { .. }) && member.occurs == Occurs::ONCE;
        let names = record.members.iter().any(|member| member.name == setting.name && is_leaf(member));
        let value = record.members.iter_mut().find(|member| member.name == setting.value && is_leaf(member));
        let (true, Some(Member { kind: MemberKind::Text { secret, .. }, .. })) = (names, value) else { return };
        *secret = true;
        record.shown = Some(Shown {
            name: setting.name.to_owned(),
            value: setting.value.to_owned(),
            names: setting.shown.iter().map(|name| (*name).to_owned()).collect(),
        });
        self.model.mark_used("settings", setting.path);
    }

    /// Lowers one particle in the content of the type `parent`.
    fn lower_particle(&mut self, parent: TypeId, particle: Particle<'a>) -> Option<Member> {
        let Particle { term, occurs, doc } = self.make_absence_explicit(parent, particle);
        match term {
            Term::Element(element) => self.lower_element(parent, element, occurs, doc),
            Term::Any => Some(member(MemberKind::Wildcard, occurs, "any".to_owned(), doc)),
            Term::Choice(alternatives) => {
                let role = self.part_role(parent, &alternatives, occurs);
                let name = match &role {
                    Role::Part { prefix: Some(prefix), .. } => prefix.clone(),
                    Role::OperationItem { .. } => "items".to_owned(),
                    Role::Operators => "operators".to_owned(),
                    _ => "choice".to_owned(),
                };
                let origin = self.part_origin(parent, &name);
                let id = self.reserve(origin, role, doc.clone());
                let may_be_empty = occurs.is_optional() && self.is_selector(id);
                let choice = self.track_gaps(id, |this| this.lower_choice(id, alternatives, may_be_empty));
                self.model.types[id].kind = Kind::Choice(choice);
                Some(member(MemberKind::Choice(id), occurs, name, doc))
            }
            Term::Sequence(items) => {
                let prefix = common_prefix(&items);
                let name = prefix.clone().unwrap_or_else(|| "group".to_owned());
                let origin = self.part_origin(parent, &name);
                let id = self.reserve(origin, Role::Part { parent, prefix }, doc.clone());
                let lower =
                    |this: &mut Self| items.into_iter().filter_map(|item| this.lower_particle(id, item)).collect();
                let members = self.track_gaps(id, lower);
                self.model.types[id].kind = Kind::Record(Record { members, ..Record::default() });
                Some(member(MemberKind::Group(id), occurs, name, doc))
            }
            Term::All(_) => {
                let origin = self.model.types[parent].origin.clone();
                let problem =
                    Problem::new(&origin.file, &origin.path, "xs:all may only be the whole content of a type");
                self.report(
                    problem.at(SpanHint::Xsd(&["all"])).advice("use an xs:sequence, or move it into an element"),
                );
                self.gaps += 1;
                None
            }
        }
    }

    /// Turns an optional element into an optional choice of it alone, if the configuration names its absence.
    fn make_absence_explicit(&self, parent: TypeId, particle: Particle<'a>) -> Particle<'a> {
        let Particle { term: Term::Element(element), occurs, doc } = &particle else { return particle };
        let name = element.node.name.as_deref().unwrap_or_default();
        let path = self.part_origin(parent, name).path;
        if !occurs.is_optional() || !self.config.selectors.iter().any(|selector| selector.path == path) {
            return particle;
        }
        let one =
            Particle { term: Term::Element(element.clone()), occurs: Occurs { min: 1, ..*occurs }, doc: String::new() };
        Particle { term: Term::Choice(vec![one]), occurs: Occurs { min: 0, max: Some(1) }, doc: doc.clone() }
    }

    fn part_origin(&self, parent: TypeId, name: &str) -> Origin {
        let origin = &self.model.types[parent].origin;
        Origin { file: origin.file.clone(), path: format!("{}/({name})", origin.path), type_name: None }
    }

    /// Returns the role of a choice in the content of `parent`: operators, operations, or only a part.
    fn part_role(&self, parent: TypeId, alternatives: &[Particle<'a>], occurs: Occurs) -> Role {
        match &self.model.types[parent].role {
            Role::Operations { operator, path } => {
                Role::OperationItem { operator: operator.clone(), path: path.clone() }
            }
            _ if occurs.is_list() && self.is_of_packet(parent) => Role::Operators,
            _ => Role::Part { parent, prefix: common_prefix(alternatives) },
        }
    }

    /// Returns `true` if `id` is the packet, or a choice in its content that has no element.
    fn is_of_packet(&self, id: TypeId) -> bool {
        match &self.model.types[id].role {
            Role::Root(name) => self.config.packet == Some(name),
            Role::Part { parent, .. } => self.is_of_packet(*parent),
            _ => false,
        }
    }
}

fn member(kind: MemberKind, occurs: Occurs, name: String, doc: String) -> Member {
    Member { kind, occurs, name, doc, default: None, renamed: None }
}

/// Returns the words that the names of all elements of a choice or group begin with.
fn common_prefix(items: &[Particle<'_>]) -> Option<String> {
    let mut common: Option<Vec<&str>> = None;
    for item in items {
        let Term::Element(element) = &item.term else { return None };
        let words: Vec<&str> = element.node.name.as_deref()?.split(['-', '_']).collect();
        common = Some(match common {
            None => words,
            Some(common) => common.into_iter().zip(words).take_while(|(a, b)| a == b).map(|(a, _)| a).collect(),
        });
    }
    common.filter(|words| !words.is_empty()).map(|words| words.join("-"))
}
