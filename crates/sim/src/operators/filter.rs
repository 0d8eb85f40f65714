//! Filters: which objects an operation is about, and acting on them one after the other.

use std::collections::BTreeMap;

use plesk_wire::packet::{EachReply, Outcome};
use plesk_wire::xml::Content;

use super::about::{About, Subject};
use super::selectors::Selects;
use crate::refusal::Refusal;
use crate::state::{Account, ResellerPlan, ServicePlan, State, Subscription};

/// What a filter asks for.
pub(super) enum Filter {
    /// All objects: the filter was empty, or said so.
    Everything,
    /// The objects that bear one of the values.
    Values(Key, Vec<String>),
    /// The objects of the owners that bear one of the values.
    Owners(Key, Vec<String>),
}

/// What a value is by which an object is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Id,
    /// The login of an account, the name of anything else.
    Name,
    Guid,
    ExternalId,
}

/// What filters look at.
pub(super) trait Object {
    fn id(&self) -> u64;
    fn owner(&self) -> Option<u64>;
    /// Whether this is the object that the value names.
    fn bears(&self, key: Key, value: &str) -> bool;
}

macro_rules! objects {
    ($($object:ty: $name:ident $(of $owner:ident)?;)*) => {$(
        impl Object for $object {
            fn id(&self) -> u64 {
                self.id
            }

            fn owner(&self) -> Option<u64> {
                None$(.or(Some(self.$owner)))?
            }

            fn bears(&self, key: Key, value: &str) -> bool {
                match key {
                    Key::Id => value.parse() == Ok(self.id),
                    Key::Name => self.$name == value,
                    Key::Guid => self.guid == value,
                    Key::ExternalId => self.external_id.as_deref() == Some(value),
                }
            }
        }
    )*};
}

objects! {
    Account: login of owner;
    ResellerPlan: name;
    ServicePlan: name of owner;
    Subscription: name of owner;
}

/// The object that the value names, if there is one.
pub(super) fn find<'a, T: Object + 'a>(
    objects: impl IntoIterator<Item = &'a T>,
    (key, value): &(Key, String),
) -> Option<&'a T> {
    objects.into_iter().find(|object| object.bears(*key, value))
}

/// Objects of one kind, among which a filter selects.
pub(super) struct Scope<T> {
    /// What an object is called in messages.
    pub(super) name: &'static str,
    /// Where the objects are.
    pub(super) objects: fn(&State) -> &BTreeMap<u64, T>,
    /// The same, to change them.
    pub(super) objects_mut: fn(&mut State) -> &mut BTreeMap<u64, T>,
    /// Whose objects alone are looked at, if not all.
    pub(super) owner: Option<u64>,
}

impl<T: Object + Clone> Scope<T> {
    /// The object with this ID.
    pub(super) fn get<'s>(&self, state: &'s State, id: u64) -> Result<&'s T, Refusal> {
        (self.objects)(state).get(&id).ok_or_else(|| Refusal::not_found(self.name))
    }

    fn ids(&self, state: &State, selects: impl Fn(&T) -> bool) -> Vec<u64> {
        let within = |object: &&T| self.owner.is_none_or(|owner| object.owner() == Some(owner));
        (self.objects)(state).values().filter(within).filter(|object| selects(object)).map(Object::id).collect()
    }

    /// The objects that bear the value, one at least.
    fn bearing(&self, state: &State, key: Key, value: &str) -> Result<Vec<u64>, Refusal> {
        let found = self.ids(state, |object| object.bears(key, value));
        if found.is_empty() { Err(Refusal::not_found(self.name)) } else { Ok(found) }
    }

    /// The objects of the owner that bears the value, maybe none.
    fn owned(&self, state: &State, key: Key, value: &str) -> Result<Vec<u64>, Refusal> {
        let owner = find(state.accounts(), &(key, value.to_owned())).ok_or_else(Refusal::no_owner)?.id;
        Ok(self.ids(state, |object| object.owner() == Some(owner)))
    }

    /// The only object that the filter selects.
    pub(super) fn single(&self, state: &State, filter: impl Selects) -> Result<u64, Refusal> {
        let ids = match filter.selected()? {
            Filter::Everything => self.ids(state, |_| true),
            Filter::Values(key, values) => {
                values.iter().map(|value| self.bearing(state, key, value)).collect::<Result<Vec<_>, _>>()?.concat()
            }
            Filter::Owners(key, values) => {
                values.iter().map(|value| self.owned(state, key, value)).collect::<Result<Vec<_>, _>>()?.concat()
            }
        };
        match ids[..] {
            [id] => Ok(id),
            _ => Err(Refusal::invalid(&format!(
                "The filter selects {} objects; this operation needs one, because its answer has a single result",
                ids.len(),
            ))),
        }
    }

    /// Lets `act` deal with each object that the filter selects, one after the other: a `result` for
    /// each. A later value of the filter finds what the earlier ones left.
    ///
    /// Where there are no objects the answer is empty if it may be, or else a bare `ok`.
    pub(super) fn each<B: About, const MIN: usize>(
        &self,
        state: &mut State,
        filter: impl Selects,
        mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
    ) -> Result<EachReply<B, MIN>, Refusal> {
        let mut results = Vec::new();
        match filter.selected()? {
            Filter::Everything => {
                for id in self.ids(state, |_| true) {
                    results.push(about(Subject::everything(id), act(state, id).map(Some)));
                }
            }
            Filter::Values(key, values) => {
                for value in values {
                    let ids = self.bearing(state, key, &value);
                    results.extend(met(key, &value, ids, |id| act(state, id)));
                }
            }
            Filter::Owners(key, values) => {
                for value in values {
                    let ids = self.owned(state, key, &value);
                    results.extend(met(key, &value, ids, |id| act(state, id)));
                }
            }
        }
        if results.len() < MIN {
            results.push(Outcome::ok(B::placeholder()));
        }
        Ok(results.into())
    }

    /// Reads from each object that the filter selects.
    pub(super) fn read_each<B: About, const MIN: usize>(
        &self,
        state: &mut State,
        filter: impl Selects,
        read: impl Fn(&State, &T) -> B::Data,
    ) -> Result<EachReply<B, MIN>, Refusal> {
        self.each(state, filter, |state, id| Ok(read(state, self.get(state, id)?)))
    }

    /// Changes one object, or nothing of it if `edit` fails.
    pub(super) fn edit<D>(
        &self,
        state: &mut State,
        id: u64,
        edit: impl FnOnce(&State, &mut T) -> Result<D, Refusal>,
    ) -> Result<D, Refusal> {
        let mut object = self.get(state, id)?.clone();
        let done = edit(state, &mut object)?;
        (self.objects_mut)(state).insert(id, object);
        Ok(done)
    }

    /// Changes each object that the filter selects.
    pub(super) fn edit_each<B: About, const MIN: usize>(
        &self,
        state: &mut State,
        filter: impl Selects,
        mut edit: impl FnMut(&State, &mut T) -> Result<B::Data, Refusal>,
    ) -> Result<EachReply<B, MIN>, Refusal> {
        self.each(state, filter, |state, id| self.edit(state, id, &mut edit))
    }
}

/// The results for one value of a filter and the objects that it selects.
fn met<B: About>(
    key: Key,
    value: &str,
    ids: Result<Vec<u64>, Refusal>,
    mut act: impl FnMut(u64) -> Result<B::Data, Refusal>,
) -> Vec<Outcome<B>> {
    let subject = |id| Subject { key, value: Some(value.to_owned()), id };
    match ids {
        Err(refusal) => vec![about(subject(None), Err(refusal))],
        // An owner of nothing.
        Ok(ids) if ids.is_empty() => vec![about(subject(None), Ok(None))],
        Ok(ids) => ids.into_iter().map(|id| about(subject(Some(id)), act(id).map(Some))).collect(),
    }
}

fn about<B: About>(subject: Subject, data: Result<Option<B::Data>, Refusal>) -> Outcome<B> {
    let mut body = B::placeholder();
    body.about(subject);
    match data {
        Ok(data) => {
            data.into_iter().for_each(|data| body.carry(data));
            Outcome::ok(body)
        }
        Err(refusal) => refusal.into_outcome(body),
    }
}

/// The answer of an operation that was refused before any object was looked for.
pub(super) fn refused<B: Content, const MIN: usize>(refusal: Refusal) -> EachReply<B, MIN> {
    vec![refusal.into_outcome(B::placeholder())].into()
}
