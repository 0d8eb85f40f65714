//! An ID or a name from an answer is an argument of the next request as it is, for every kind and every operation.

use std::collections::{BTreeMap, BTreeSet};

use plesk::common::DomainName;
use plesk::{Id, IntoList, IntoNonEmpty, IntoOption, NonEmpty, Secret, customer, dns, mail, session, site, webspace};

use crate::support::{Item, emitted, reachable};

/// The elements that identify an object, by the last word of their name.
const WORDS: [&str; 4] = ["id", "guid", "login", "name"];

/// Lists pairs of a type in answers and a type in requests. Each pair compiles only if the conversion exists.
macro_rules! conversions {
    ($($from:ty => $to:ty),* $(,)?) => {{
        $(let _ = |value: $from| -> $to { value.into() };)*
        BTreeSet::from([$((stringify!($from), stringify!($to))),*])
    }};
}

/// Returns the types of the elements that identify an object: by the module and the name of the element.
fn types_of(items: &BTreeMap<String, Item>, roots: Vec<String>) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut types: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for path in reachable(items, roots, |_| true) {
        let item = &items[&path];
        for (field, ty) in &item.parts {
            let Some((_, rest)) = item.attributes[field].split_once("text=\"") else { continue };
            let element = rest.split('"').next().unwrap();
            let last_word = element.rsplit(['-', '_']).next().unwrap();
            if !WORDS.contains(&last_word) || element == "filter-id" {
                continue;
            }
            // A bare `id` or `name` is that of the operator's object; `site-id` is the same everywhere.
            let module = if element == last_word { item.module.split("::").next().unwrap() } else { "" };
            let ty = ["Option<", "Vec<", "NonEmpty<", "Nillable<"].iter().fold(ty.as_str(), |ty, container| {
                ty.strip_prefix(container).map_or(ty, |inner| inner.strip_suffix('>').unwrap())
            });
            types.entry((module.to_owned(), element.to_owned())).or_default().insert(ty.to_owned());
        }
    }
    types
}

fn requests(items: &BTreeMap<String, Item>) -> impl Iterator<Item = &Item> {
    items.values().filter(|item| item.operation().is_some())
}

#[test]
fn every_id_and_name_of_an_answer_converts_for_the_next_request() {
    let items = emitted();
    let fields = requests(&items).flat_map(|item| item.parts.iter().flat_map(|(_, ty)| item.paths_in(ty)));
    let replies = requests(&items).flat_map(|item| item.paths_in(item.operation_value("reply").unwrap()));
    let (requested, answered) = (types_of(&items, fields.collect()), types_of(&items, replies.collect()));
    assert!(requested.len() > 50 && answered.len() > 80, "{} and {}", requested.len(), answered.len());

    let expected = conversions! {
        Id => Id,
        String => String,
        String => DomainName,
        DomainName => String,
        DomainName => DomainName,
        Secret => Secret,
    };
    let mut found = BTreeMap::new();
    for (kind, from) in &answered {
        for to in requested.get(kind).into_iter().flatten() {
            found.extend(from.iter().map(|from| ((last(from), last(to)), kind)));
        }
    }
    for (pair, kind) in &found {
        // A call of an extension answers with the ID of an object, and names the extension by a text.
        let is_of_call = *pair == ("Id", "String") && kind.0 == "extension";
        assert!(expected.contains(pair) || is_of_call, "{kind:?}: {pair:?}");
    }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap()
}

/// No ID is a bare number, which would need a conversion between the integers of Rust.
#[test]
fn every_numeric_id_has_the_type_of_ids() {
    let items = emitted();
    let roots = items.keys().cloned().collect();
    for (kind, types) in types_of(&items, roots) {
        let is_number = |ty: &String| ty.starts_with(['i', 'u']) && ty[1..].parse::<u8>().is_ok();
        assert!(!types.iter().any(is_number), "{kind:?}: {types:?}");
    }
}

#[test]
fn argument_is_a_value_a_list_or_an_option() {
    assert_eq!(webspace::Filter::names("a.example"), webspace::Filter::names(["a.example"]));
    assert_eq!(webspace::Filter::ids(7), webspace::Filter::ids(NonEmpty::one(7)));
    fn of<M>(name: impl IntoOption<String, M>) -> Option<String> {
        name.into_option()
    }
    let name = Some("jo".to_owned());
    assert_eq!((of("jo"), of("jo".to_owned()), of(Some("jo"))), (name.clone(), name.clone(), name.clone()));
    assert_eq!((of(name.clone()), of(name.as_deref()), of(None::<String>)), (name.clone(), name, None));

    let info = customer::AddGenInfo::new("Jo", "jo", "pw");
    let given: Option<&str> = None;
    assert_eq!(info.clone().email(given).phone(Some("1")), info.clone().phone("1"));
    assert_eq!(info.clone().status(None::<i64>), info.clone());

    let move_to =
        |addresses: Vec<String>| customer::ChangeOwner::new(customer::Filter::id(7), "al").ip_v4_address(addresses);
    let address = "192.0.2.1";
    assert_eq!(
        move_to(vec![address.to_owned()]),
        customer::ChangeOwner::new(customer::Filter::id(7), "al").ip_v4_address(address)
    );
}

#[test]
fn values_of_answers_are_arguments() {
    let (id, name) = (Id::from(7), DomainName::from("a.example"));
    let _ = site::Filter::ids([id]);
    let _ = (site::Filter::name(name.clone()), site::Filter::parent_id(id), webspace::Filter::owner_id(id));
    let _ = customer::AddGenInfo::new("Jo", "jo", "pw").owner(customer::AddGenInfoOwner::owner_id(id));
    let _ = dns::AddRec::new(dns::Zone::site_id(id), "TXT", "host", "value");
    let _ = session::Terminate::new(Secret::from("a66734b"));
    let _ = mail::NewMailname::new("jo").password("secret");
    fn list<T, M>(values: impl IntoList<T, M>) -> Vec<T> {
        values.into_list()
    }
    assert_eq!(list::<String, _>(name.clone()), ["a.example"]);
    fn some<T, M>(values: impl IntoNonEmpty<T, M>) -> Vec<T> {
        values.into_non_empty().into_vec()
    }
    assert_eq!(some::<Id, _>([7, 8]), [Id::from(7), Id::from(8)]);
}
