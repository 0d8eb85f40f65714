//! A table of objects of one kind, with an index of the values that filters look up.
//!
//! A request names objects by login, GUID or owner. The index finds them without a look at the others,
//! so an operation costs the same on a server with a hundred thousand objects as on one with ten.

use std::collections::btree_map::{self, BTreeMap};
use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value by which objects are looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IndexKey<'a> {
    /// The login of an account, or the name of any other object.
    Name(&'a str),
    /// The GUID.
    Guid(&'a str),
    /// The ID in the system of the client.
    ExternalId(&'a str),
    /// The ID of the owner.
    Owner(u64),
    /// The ID of a plan or an add-on plan that the object follows.
    Plan(u64),
    /// The ID of a session.
    Session(&'a str),
    /// The login of the system user.
    SystemUser(&'a str),
    /// The ID of the object that this one belongs to: the domain of a mail account, the zone of a DNS record,
    /// the database of a database user, the domain of a subdomain.
    Parent(u64),
    /// The ID of the object that this one belongs to, and a name that is unique within it.
    NameIn(u64, &'a str),
    /// The ID of the subscription.
    Subscription(u64),
    /// The ID of the database server.
    DbServer(u64),
}

/// What happened to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Created,
    Updated,
    Deleted,
}

impl Change {
    /// Returns what happened in total, or `None` if nothing remains of it.
    fn then(self, later: Self) -> Option<Self> {
        match (self, later) {
            (Self::Created, Self::Deleted) => None,
            (Self::Created, _) => Some(Self::Created),
            (_, Self::Created) => Some(Self::Updated),
            _ => Some(later),
        }
    }
}

/// An object of a [`Table`].
pub trait Record {
    /// Passes each key of this object to `visit`.
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>));

    /// Returns `true` if this object has the key.
    fn has_key(&self, key: IndexKey<'_>) -> bool {
        let mut found = false;
        self.visit_keys(&mut |own| found |= own == key);
        found
    }

    /// Returns the ID of the object of which this one is a part, if its changes are reported as changes of that
    /// object.
    fn part_of(&self) -> Option<u64> {
        None
    }
}

/// The objects of one kind, by ID. It has the methods of a [`BTreeMap`].
///
/// An object that was handed out for a change leaves the index. It is indexed again by the next lookup,
/// because only then is it certain that the change is complete.
pub struct Table<T> {
    objects: BTreeMap<u64, T>,
    index: Mutex<Index>,
    /// What happened to objects since the changes were taken.
    changes: BTreeMap<u64, Change>,
}

/// The index of a table.
#[derive(Clone, Default)]
struct Index {
    /// The hash of each key, with the ID of the object that has it. A lookup compares the key itself too.
    entries: BTreeSet<(u64, u64)>,
    /// The IDs of objects without entries.
    stale: HashSet<u64>,
    /// `true` if there are no entries at all.
    all_stale: bool,
}

impl Index {
    /// Removes the entries of an object before it changes.
    fn forget<T: Record>(&mut self, id: u64, object: &T) {
        if !self.all_stale && !self.stale.contains(&id) {
            object.visit_keys(&mut |key| {
                self.entries.remove(&(hash(key), id));
            });
        }
    }

    /// Notes that an object must be indexed before the next lookup.
    fn postpone(&mut self, id: u64) {
        if !self.all_stale {
            self.stale.insert(id);
        }
    }

    /// Removes all entries before any object may change.
    fn forget_all(&mut self) {
        *self = Self { all_stale: true, ..Self::default() };
    }

    fn add<T: Record>(&mut self, id: u64, object: &T) {
        object.visit_keys(&mut |key| {
            self.entries.insert((hash(key), id));
        });
    }
}

fn hash(key: IndexKey<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Adds to the changes what happened to an object.
fn note<T: Record>(changes: &mut BTreeMap<u64, Change>, id: u64, object: &T, change: Change) {
    let (id, change) = object.part_of().map_or((id, change), |whole| (whole, Change::Updated));
    match changes.get(&id).map_or(Some(change), |earlier| earlier.then(change)) {
        Some(change) => changes.insert(id, change),
        None => changes.remove(&id),
    };
}

impl<T: Record> Table<T> {
    /// Returns an empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the objects that have this key, in the order of their IDs.
    pub(crate) fn lookup<'t>(&'t self, key: IndexKey<'_>) -> Vec<&'t T> {
        let index = self.index();
        let hash = hash(key);
        let ids = index.entries.range((hash, 0)..=(hash, u64::MAX)).map(|(_, id)| id);
        ids.filter_map(|id| self.objects.get(id)).filter(|object| object.has_key(key)).collect()
    }

    /// Returns the first object that has this key.
    pub(crate) fn lookup_first(&self, key: IndexKey<'_>) -> Option<&T> {
        self.lookup(key).into_iter().next()
    }

    /// Returns the IDs of the objects that have this key, in ascending order.
    pub(crate) fn lookup_ids(&self, key: IndexKey<'_>) -> Vec<u64> {
        let index = self.index();
        let hash = hash(key);
        let ids = index.entries.range((hash, 0)..=(hash, u64::MAX)).map(|(_, id)| *id);
        ids.filter(|id| self.objects.get(id).is_some_and(|object| object.has_key(key))).collect()
    }

    /// Returns the index, in which every object has its entries.
    fn index(&self) -> MutexGuard<'_, Index> {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if index.all_stale {
            *index = Index::default();
            self.objects.iter().for_each(|(id, object)| index.add(*id, object));
        }
        for id in std::mem::take(&mut index.stale) {
            if let Some(object) = self.objects.get(&id) {
                index.add(id, object);
            }
        }
        index
    }

    fn index_mut(&mut self) -> &mut Index {
        self.index.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what happened to objects since the last call, by ID.
    pub(crate) fn take_changes(&mut self) -> impl Iterator<Item = (u64, Change)> + use<T> {
        std::mem::take(&mut self.changes).into_iter()
    }

    /// Returns the number of objects.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Returns `true` if there are no objects.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// Returns `true` if there is an object with this ID.
    pub fn contains_key(&self, id: &u64) -> bool {
        self.objects.contains_key(id)
    }

    /// Returns the object with this ID.
    pub fn get(&self, id: &u64) -> Option<&T> {
        self.objects.get(id)
    }

    /// Returns the object with this ID, for a change.
    pub fn get_mut(&mut self, id: &u64) -> Option<&mut T> {
        let index = self.index.get_mut().unwrap_or_else(PoisonError::into_inner);
        let object = self.objects.get_mut(id)?;
        index.forget(*id, object);
        index.postpone(*id);
        note(&mut self.changes, *id, object, Change::Updated);
        Some(object)
    }

    /// Inserts an object, and returns the one that had this ID before.
    pub fn insert(&mut self, id: u64, object: T) -> Option<T> {
        let old = self.remove(&id);
        self.index_mut().postpone(id);
        note(&mut self.changes, id, &object, Change::Created);
        self.objects.insert(id, object);
        old
    }

    /// Inserts an object under a new ID, and returns it for changes.
    pub(crate) fn insert_new(&mut self, id: u64, object: T) -> &mut T {
        self.insert(id, object);
        self.objects.get_mut(&id).expect("the object was inserted")
    }

    /// Removes the object with this ID.
    pub fn remove(&mut self, id: &u64) -> Option<T> {
        let object = self.objects.remove(id)?;
        let index = self.index_mut();
        index.forget(*id, &object);
        index.stale.remove(id);
        note(&mut self.changes, *id, &object, Change::Deleted);
        Some(object)
    }

    /// Removes the objects that have this key.
    pub(crate) fn remove_all(&mut self, key: IndexKey<'_>) {
        for id in self.lookup_ids(key) {
            self.remove(&id);
        }
    }

    /// Removes all objects.
    pub fn clear(&mut self) {
        self.objects.iter().for_each(|(id, object)| note(&mut self.changes, *id, object, Change::Deleted));
        self.objects.clear();
        *self.index_mut() = Index::default();
    }

    /// Removes the objects that the predicate rejects. It looks at all objects.
    pub fn retain(&mut self, mut keep: impl FnMut(&u64, &mut T) -> bool) {
        self.index_mut().forget_all();
        let changes = &mut self.changes;
        self.objects.retain(|id, object| {
            let kept = keep(id, object);
            note(changes, *id, object, if kept { Change::Updated } else { Change::Deleted });
            kept
        });
    }

    /// Returns the IDs, in ascending order.
    pub fn keys(&self) -> btree_map::Keys<'_, u64, T> {
        self.objects.keys()
    }

    /// Returns the objects, in the order of their IDs.
    pub fn values(&self) -> btree_map::Values<'_, u64, T> {
        self.objects.values()
    }

    /// Returns all objects for changes, in the order of their IDs. The next lookup then indexes all of
    /// them.
    pub fn values_mut(&mut self) -> btree_map::ValuesMut<'_, u64, T> {
        self.index_mut().forget_all();
        self.objects.iter().for_each(|(id, object)| note(&mut self.changes, *id, object, Change::Updated));
        self.objects.values_mut()
    }

    /// Returns IDs and objects, in the order of the IDs.
    pub fn iter(&self) -> btree_map::Iter<'_, u64, T> {
        self.objects.iter()
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { objects: BTreeMap::new(), index: Mutex::default(), changes: BTreeMap::new() }
    }
}

impl<T: Clone> Clone for Table<T> {
    fn clone(&self) -> Self {
        let index = self.index.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self { objects: self.objects.clone(), index: Mutex::new(index), changes: self.changes.clone() }
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        self.objects == other.objects
    }
}

impl<T: fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.objects.fmt(f)
    }
}

/// A table is stored as a map. The index is built again.
impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.objects.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let index = Index { all_stale: true, ..Index::default() };
        let objects = BTreeMap::deserialize(deserializer)?;
        Ok(Self { objects, index: Mutex::new(index), changes: BTreeMap::new() })
    }
}

impl<T: Record> ops::Index<&u64> for Table<T> {
    type Output = T;

    /// Returns the object with this ID.
    ///
    /// # Panics
    /// If there is none.
    fn index(&self, id: &u64) -> &T {
        &self.objects[id]
    }
}

impl<'t, T> IntoIterator for &'t Table<T> {
    type Item = (&'t u64, &'t T);
    type IntoIter = btree_map::Iter<'t, u64, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.objects.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Named(String);

    impl Record for Named {
        fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
            visit(IndexKey::Name(&self.0));
        }
    }

    fn ids(table: &Table<Named>, name: &str) -> Vec<u64> {
        table.lookup_ids(IndexKey::Name(name))
    }

    #[test]
    fn take_changes_sums_up_what_happened_to_each_object() {
        let mut table = Table::new();
        for id in 1..=4 {
            table.insert(id, Named("a".to_owned()));
        }
        table.remove(&4);
        assert!(table.take_changes().eq([1, 2, 3].map(|id| (id, Change::Created))));

        table.get_mut(&1).expect("an object").0 = "b".to_owned();
        table.remove(&2);
        table.insert(3, Named("c".to_owned()));
        table.insert(5, Named("d".to_owned())).is_none().then(|| table.get_mut(&5));
        let expected = [(1, Change::Updated), (2, Change::Deleted), (3, Change::Updated), (5, Change::Created)];
        assert!(table.take_changes().eq(expected));
        assert_eq!(table.take_changes().count(), 0);
    }

    #[test]
    fn lookup_follows_every_kind_of_change() {
        let mut table = Table::new();
        for (id, name) in [(1, "a"), (2, "b"), (3, "a")] {
            table.insert(id, Named(name.to_owned()));
        }
        assert_eq!(ids(&table, "a"), [1, 3]);

        table.get_mut(&1).expect("an object").0 = "b".to_owned();
        table.get_mut(&1).expect("an object").0 = "c".to_owned();
        assert_eq!((ids(&table, "a"), ids(&table, "b"), ids(&table, "c")), (vec![3], vec![2], vec![1]));

        table.insert(3, Named("c".to_owned()));
        table.insert_new(4, Named("x".to_owned())).0 = "c".to_owned();
        assert_eq!((ids(&table, "a"), ids(&table, "c"), ids(&table, "x")), (vec![], vec![1, 3, 4], vec![]));

        table.values_mut().for_each(|object| object.0.push('!'));
        table.remove(&4);
        assert_eq!((ids(&table, "c"), ids(&table, "c!")), (vec![], vec![1, 3]));

        table.insert(5, Named("e".to_owned()));
        table.remove_all(IndexKey::Name("e"));
        assert_eq!(table.len(), 3);

        table.retain(|id, _| *id != 3);
        assert_eq!((ids(&table, "c!"), ids(&table, "b!")), (vec![1], vec![2]));
        table.remove(&1);
        table.insert(1, Named("d".to_owned()));
        assert_eq!((ids(&table, "c!"), ids(&table, "d")), (vec![], vec![1]));
        table.clear();
        assert_eq!((ids(&table, "b!"), table.len()), (vec![], 0));
    }
}
