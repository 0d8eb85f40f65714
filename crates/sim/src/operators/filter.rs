//! Filters: which objects an operation is about, and acting on them one after the other.

use std::collections::BTreeMap;

use plesk_protocol::common::Matched;
use plesk_wire::packet::Outcome;

use super::make;
use crate::refusal::Refusal;
use crate::state::{Account, ServicePlan, State, Subscription};

/// What a filter asks for.
pub(crate) enum Filter {
    /// All objects: the filter was empty, or said so.
    Everything,
    /// The objects that these values name.
    Values(By, Vec<String>),
}

/// What the values of a filter are. An object that bears a value is selected by it; so is every
/// object whose owner bears it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Id,
    /// The login of an account, the name of anything else.
    Name,
    Guid,
    ExternalId,
    OwnerId,
    OwnerLogin,
    OwnerGuid,
    OwnerExternalId,
}

impl Filter {
    pub(crate) fn by<T: ToString>(by: By, values: impl IntoIterator<Item = T>) -> Self {
        Self::Values(by, values.into_iter().map(|value| value.to_string()).collect())
    }
}

/// What filters look at.
pub(crate) trait Object {
    fn id(&self) -> u64;
    fn name(&self) -> &str;
    fn guid(&self) -> &str;
    fn external_id(&self) -> Option<&str>;
    fn owner(&self) -> u64;
}

macro_rules! objects {
    ($($object:ty: $name:ident;)*) => {$(
        impl Object for $object {
            fn id(&self) -> u64 {
                self.id
            }

            fn name(&self) -> &str {
                &self.$name
            }

            fn guid(&self) -> &str {
                &self.guid
            }

            fn external_id(&self) -> Option<&str> {
                self.external_id.as_deref()
            }

            fn owner(&self) -> u64 {
                self.owner
            }
        }
    )*};
}

objects! {
    Account: login;
    ServicePlan: name;
    Subscription: name;
}

/// Objects of one kind, among which a filter selects.
pub(crate) struct Scope<T> {
    /// What an object is called in messages.
    pub(crate) name: &'static str,
    /// Where the objects are.
    pub(crate) objects: fn(&State) -> &BTreeMap<u64, T>,
    /// Whose objects alone are looked at, if not all.
    pub(crate) owner: Option<u64>,
}

impl<T: Object> Scope<T> {
    fn contains(&self, object: &T) -> bool {
        self.owner.is_none_or(|owner| object.owner() == owner)
    }

    fn ids(&self, state: &State, selects: impl Fn(&T) -> bool) -> Vec<u64> {
        let objects = (self.objects)(state).values();
        objects.filter(|object| self.contains(object) && selects(object)).map(Object::id).collect()
    }

    /// The objects that one value selects: one at least, unless it names an owner of none.
    fn find(&self, state: &State, by: By, value: &str) -> Result<Vec<u64>, Refusal> {
        let of_owner = |bears: fn(&Account, &str) -> bool| {
            let owner = state.accounts().find(|account| bears(account, value)).ok_or_else(Refusal::no_owner)?;
            Ok(self.ids(state, |object| object.owner() == owner.id))
        };
        let found = match by {
            By::Id => {
                let object = value.parse().ok().and_then(|id: u64| (self.objects)(state).get(&id));
                object.filter(|object| self.contains(object)).map(Object::id).into_iter().collect()
            }
            By::Name => self.ids(state, |object| object.name() == value),
            By::Guid => self.ids(state, |object| object.guid() == value),
            By::ExternalId => self.ids(state, |object| object.external_id() == Some(value)),
            By::OwnerId => return of_owner(|owner, value| owner.id.to_string() == value),
            By::OwnerLogin => return of_owner(|owner, value| owner.login == value),
            By::OwnerGuid => return of_owner(|owner, value| owner.guid == value),
            By::OwnerExternalId => return of_owner(|owner, value| owner.external_id.as_deref() == Some(value)),
        };
        if found.is_empty() { Err(Refusal::not_found(self.name)) } else { Ok(found) }
    }

    /// Lets `act` deal with each object that the filter selects, one after the other, and tells
    /// what came of it. A later value of the filter finds what the earlier ones left.
    pub(crate) fn each<D>(
        &self,
        state: &mut State,
        filter: Filter,
        mut act: impl FnMut(&mut State, u64) -> Result<D, Refusal>,
    ) -> Vec<Met<D>> {
        let mut all = Vec::new();
        let mut met = |value, id, result| all.push(Met { value, id, result });
        match filter {
            Filter::Everything => {
                for id in self.ids(state, |_| true) {
                    met(None, Some(id), act(state, id).map(Some));
                }
            }
            Filter::Values(by, values) => {
                for value in values {
                    match self.find(state, by, &value) {
                        Err(refusal) => met(Some(value), None, Err(refusal)),
                        Ok(ids) if ids.is_empty() => met(Some(value), None, Ok(None)),
                        Ok(ids) => {
                            for id in ids {
                                met(Some(value.clone()), Some(id), act(state, id).map(Some));
                            }
                        }
                    }
                }
            }
        }
        all
    }
}

/// An object that a filter met, or a value that met none.
pub(crate) struct Met<D> {
    /// The value of the filter, unless the filter was for everything.
    pub(crate) value: Option<String>,
    /// The object, if there is one.
    pub(crate) id: Option<u64>,
    /// What came of it; `None` if the value is an owner of nothing.
    pub(crate) result: Result<Option<D>, Refusal>,
}

impl Met<()> {
    /// The `result` of an operation that has nothing to tell but success.
    pub(crate) fn into_outcome(self) -> Outcome<Matched> {
        let body = make(|matched: &mut Matched| {
            matched.filter_id = self.value;
            matched.id = self.id.map(Into::into);
        });
        match self.result {
            Ok(_) => Outcome::ok(body),
            Err(refusal) => refusal.into_outcome(body),
        }
    }
}
