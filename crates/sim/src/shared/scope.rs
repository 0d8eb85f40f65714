//! Runs an operation on each object that its filter selects.

use plesk_wire::packet::{EachReply, Outcome};

use super::query::{Filter, IntoFilter, Key};
use super::results::{ResultBody, Subject, build_outcome};
use crate::refusal::Refusal;
use crate::state::{
    ADMINISTRATOR_ID, Account, Hosting, IndexKey, Record, ResellerPlan, ServicePlan, State, Subscription, Table,
};

/// An object that filters can select.
pub(crate) trait Selectable: Record {
    fn id(&self) -> u64;

    /// Returns the ID of the owner, if objects of this kind have one.
    fn owner(&self) -> Option<u64>;

    /// Returns the ID of the account whose owner may see and change this object, or `None` if only the
    /// administrator may. An account is its own.
    fn account(&self) -> Option<u64>;
}

/// Implements [`Selectable`] and [`Record`] for objects with a GUID and an external ID. It names the field
/// of the name, that of the owner, that of the account that may see and change the object, and a function
/// that visits further keys.
macro_rules! impl_selectable {
    ($($object:ty: $name:ident $(, owner $owner:ident)? $(, account $account:ident)? $(=> $more:path)?;)*) => {$(
        impl Selectable for $object {
            fn id(&self) -> u64 {
                self.id
            }

            fn owner(&self) -> Option<u64> {
                None$(.or(Some(self.$owner)))?
            }

            fn account(&self) -> Option<u64> {
                None$(.or(Some(self.$account)))?
            }
        }

        impl Record for $object {
            fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
                visit(IndexKey::Name(&self.$name));
                visit(IndexKey::Guid(&self.guid));
                if let Some(id) = &self.external_id {
                    visit(IndexKey::ExternalId(id));
                }
                $(visit(IndexKey::Owner(self.$owner));)?
                $($more(self, visit);)?
            }
        }
    )*};
}

impl_selectable! {
    Account: login, owner owner, account id => visit_account_keys;
    ResellerPlan: name;
    ServicePlan: name, owner owner, account owner;
    Subscription: name, owner owner, account owner => visit_subscription_keys;
}

fn visit_account_keys<'a>(account: &'a Account, visit: &mut dyn FnMut(IndexKey<'a>)) {
    account.reseller.plan.iter().for_each(|plan| visit(IndexKey::Plan(*plan)));
}

fn visit_subscription_keys<'a>(subscription: &'a Subscription, visit: &mut dyn FnMut(IndexKey<'a>)) {
    subscription.plan.iter().chain(&subscription.addons).for_each(|plan| visit(IndexKey::Plan(*plan)));
    if let Hosting::Physical(properties) = &subscription.hosting
        && let Some(login) = properties.get("ftp_login")
    {
        visit(IndexKey::SystemUser(login.expose()));
    }
}

/// Returns the objects of a table that the key identifies.
pub(crate) fn lookup_all<'t, T: Selectable>(objects: &'t Table<T>, key: &Key) -> Vec<&'t T> {
    match key.index_key() {
        Some(key) => objects.lookup(key),
        None => key.value.parse().ok().and_then(|id| objects.get(&id)).into_iter().collect(),
    }
}

/// Returns the account that the key identifies, of any kind.
pub(crate) fn find_account<'s>(state: &'s State, key: &Key) -> Option<&'s Account> {
    match key.index_key() {
        Some(key) => state.lookup_account(key),
        None => key.value.parse().ok().and_then(|id| state.account(id)),
    }
}

/// Returns the administrator or reseller that the key identifies.
pub(crate) fn find_provider<'s>(state: &'s State, key: &Key) -> Option<&'s Account> {
    match key.index_key() {
        Some(key) => state.lookup_provider(key),
        None => key.value.parse().ok().and_then(|id| state.provider(id)),
    }
}

/// The objects of one kind that a filter chooses from.
pub(crate) struct Scope<T> {
    /// The name of this kind of object in error texts.
    pub(crate) name: &'static str,
    /// Returns all objects of this kind.
    pub(crate) objects: fn(&State) -> &Table<T>,
    /// The same, for changes.
    pub(crate) objects_mut: fn(&mut State) -> &mut Table<T>,
    /// The only owner whose objects can be selected. `None` for all owners.
    pub(crate) owner: Option<u64>,
}

impl<T: Selectable + Clone> Scope<T> {
    /// Returns the object with this ID.
    pub(crate) fn get<'s>(&self, state: &'s State, id: u64) -> Result<&'s T, Refusal> {
        (self.objects)(state).get(&id).ok_or_else(|| Refusal::not_found(self.name))
    }

    /// Returns the IDs of all objects in this scope that the sender of the packet may see.
    fn all_ids(&self, state: &State) -> Vec<u64> {
        let ids: Vec<u64> = match self.owner {
            Some(owner) => self.objects(state).lookup_ids(IndexKey::Owner(owner)),
            None if state.caller == ADMINISTRATOR_ID => self.objects(state).keys().copied().collect(),
            None => {
                // Only what the sender and its customers own can be visible. This finds it without a look at the
                // objects of others.
                let own = self.objects(state).get(&state.caller).map(|_| state.caller);
                let owned = |owner| self.objects(state).lookup_ids(IndexKey::Owner(owner));
                let mut ids: Vec<u64> = state.caller_and_customers().flat_map(owned).chain(own).collect();
                ids.sort_unstable();
                ids.dedup();
                ids
            }
        };
        let visible =
            |id: &u64| self.objects(state).get(id).is_some_and(|object| Self::require_access(state, object).is_ok());
        ids.into_iter().filter(visible).collect()
    }

    /// Returns the IDs of the objects that match the key: at least one.
    fn ids_matching(&self, state: &State, key: &Key) -> Result<Vec<u64>, Refusal> {
        let mut ids = Vec::new();
        for object in lookup_all(self.objects(state), key) {
            if self.owner.is_some_and(|owner| object.owner() != Some(owner)) {
                continue;
            }
            Self::require_access(state, object)?;
            ids.push(object.id());
        }
        if ids.is_empty() { Err(Refusal::not_found(self.name)) } else { Ok(ids) }
    }

    fn require_access(state: &State, object: &T) -> Result<(), Refusal> {
        match object.account() {
            Some(account) => state.require_access(account),
            None => state.require_administrator(),
        }
    }

    /// Returns the IDs of the objects whose owner matches the key. An owner may have none.
    fn ids_owned_by(&self, state: &State, key: &Key) -> Result<Vec<u64>, Refusal> {
        let owner = find_account(state, key).ok_or_else(Refusal::owner_not_found)?.id;
        state.require_access(owner)?;
        if self.owner.is_some_and(|only| only != owner) {
            return Ok(Vec::new());
        }
        Ok(self.objects(state).lookup_ids(IndexKey::Owner(owner)))
    }

    fn objects<'s>(&self, state: &'s State) -> &'s Table<T> {
        (self.objects)(state)
    }

    /// Returns the ID of the only object that the filter selects.
    pub(crate) fn select_one(&self, state: &State, filter: impl IntoFilter) -> Result<u64, Refusal> {
        let ids = match filter.into_filter()? {
            Filter::Everything => self.all_ids(state),
            Filter::Keys(keys) => {
                keys.iter().map(|key| self.ids_matching(state, key)).collect::<Result<Vec<_>, _>>()?.concat()
            }
            Filter::OwnerKeys(keys) => {
                keys.iter().map(|key| self.ids_owned_by(state, key)).collect::<Result<Vec<_>, _>>()?.concat()
            }
        };
        match ids[..] {
            [id] => Ok(id),
            _ => Err(Refusal::invalid_value(&format!(
                "The filter selects {} objects; this operation needs exactly one, because its reply has a single \
                 result",
                ids.len(),
            ))),
        }
    }

    /// Runs `act` on each object that the filter selects, in the order of the filter, and returns one
    /// `result` for each. A later key of the filter sees what earlier ones changed.
    ///
    /// If there are no objects, the reply is empty where the schema allows that. Otherwise it is one
    /// `ok` without a subject.
    pub(crate) fn for_each<B: ResultBody, const MIN: usize>(
        &self,
        state: &mut State,
        filter: impl IntoFilter,
        mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
    ) -> Result<EachReply<B, MIN>, Refusal> {
        let mut results = Vec::new();
        match filter.into_filter()? {
            Filter::Everything => {
                for id in self.all_ids(state) {
                    let subject = Subject { key: None, id: Some(id) };
                    results.push(build_outcome(subject, act(state, id).map(Some)));
                }
            }
            Filter::Keys(keys) => {
                for key in keys {
                    let ids = self.ids_matching(state, &key);
                    results.extend(results_for_key(&key, ids, |id| act(state, id)));
                }
            }
            Filter::OwnerKeys(keys) => {
                for key in keys {
                    let ids = self.ids_owned_by(state, &key);
                    results.extend(results_for_key(&key, ids, |id| act(state, id)));
                }
            }
        }
        if results.len() < MIN {
            results.push(Outcome::ok(B::placeholder()));
        }
        Ok(results.into())
    }

    /// Reads from each object that the filter selects.
    pub(crate) fn read_each<B: ResultBody, const MIN: usize>(
        &self,
        state: &mut State,
        filter: impl IntoFilter,
        read: impl Fn(&State, &T) -> B::Data,
    ) -> Result<EachReply<B, MIN>, Refusal> {
        self.for_each(state, filter, |state, id| Ok(read(state, self.get(state, id)?)))
    }

    /// Changes one object. If `edit` fails, the object stays as it was.
    pub(crate) fn edit<D>(
        &self,
        state: &mut State,
        id: u64,
        edit: impl FnOnce(&State, &mut T) -> Result<D, Refusal>,
    ) -> Result<D, Refusal> {
        let mut object = self.get(state, id)?.clone();
        let data = edit(state, &mut object)?;
        (self.objects_mut)(state).insert(id, object);
        Ok(data)
    }

    /// Changes each object that the filter selects. An object whose `edit` fails stays as it was.
    pub(crate) fn edit_each<B: ResultBody, const MIN: usize>(
        &self,
        state: &mut State,
        filter: impl IntoFilter,
        mut edit: impl FnMut(&State, &mut T) -> Result<B::Data, Refusal>,
    ) -> Result<EachReply<B, MIN>, Refusal> {
        self.for_each(state, filter, |state, id| self.edit(state, id, &mut edit))
    }
}

/// Returns the results for one key of a filter, given the objects that it selects.
fn results_for_key<B: ResultBody>(
    key: &Key,
    ids: Result<Vec<u64>, Refusal>,
    mut act: impl FnMut(u64) -> Result<B::Data, Refusal>,
) -> Vec<Outcome<B>> {
    let subject = |id| Subject { key: Some(key.clone()), id };
    match ids {
        Err(refusal) => vec![build_outcome(subject(None), Err(refusal))],
        // The owner exists but owns no objects of this kind.
        Ok(ids) if ids.is_empty() => vec![build_outcome(subject(None), Ok(None))],
        Ok(ids) => ids.into_iter().map(|id| build_outcome(subject(Some(id)), act(id).map(Some))).collect(),
    }
}

/// A key of a filter, or `None` for an empty filter, and the IDs of the objects that it selects.
pub(crate) type Selection = (Option<Key>, Result<Vec<u64>, Refusal>);

/// Returns the reply of an operation, given what its filter selects. If nothing is selected, the reply is one
/// `ok` without a subject.
pub(crate) fn reply_to_keys<B: ResultBody>(
    selected: Vec<Selection>,
    mut act: impl FnMut(u64) -> Result<B::Data, Refusal>,
) -> EachReply<B> {
    let mut outcomes = Vec::new();
    for (key, ids) in selected {
        match key {
            Some(key) => outcomes.extend(results_for_key(&key, ids, &mut act)),
            None => {
                for id in ids.unwrap_or_default() {
                    outcomes.push(build_outcome(Subject { key: None, id: Some(id) }, act(id).map(Some)));
                }
            }
        }
    }
    if outcomes.is_empty() {
        outcomes.push(Outcome::ok(B::placeholder()));
    }
    outcomes.into()
}
