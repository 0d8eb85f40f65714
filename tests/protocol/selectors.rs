//! Selectors by their values: the filters of customers, webspaces, service plans and resellers. In this protocol an empty
//! selector means everything, so that it must never come about by accident. The rules that hold for the selectors of all
//! operators are in `every_selector.rs`.

use std::collections::BTreeSet;
use std::fmt::Debug;

use plesk::common::Id;
use plesk::{NonEmpty, customer, reseller, service_plan, webspace};
use plesk_wire::xml::{Content, Strictness, Writer};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::round_trip::text;
use crate::support::{Packed, emitted, read, written};

/// A selector as the tests see it.
struct Selector {
    /// Where the emitted code has it: `customer::Filter`.
    name: &'static str,
    /// Its variants for lists, each made of some values.
    lists: fn(NonEmpty<u64>, NonEmpty<String>) -> Vec<Encoded>,
    /// Its loud variants.
    loud: fn() -> Vec<Encoded>,
}

/// A value of a selector.
#[derive(Debug)]
struct Encoded {
    /// The variant.
    variant: String,
    /// How it is written: its element, and the packets of the operations that it goes into.
    element: String,
    packets: Vec<String>,
}

fn encoded<S: Content + Clone + Debug>(selector: &S, packets: Vec<String>) -> Encoded {
    let mut writer = Writer::new();
    plesk_wire::xml::Visitor::visit_element(&mut writer, "filter", 0, selector);
    let element = String::from_utf8(writer.into_bytes()).unwrap();
    let variant = format!("{selector:?}").split('(').next().unwrap().to_owned();
    Encoded { variant, element, packets }
}

fn packet(operation: impl Packed) -> String {
    written(&operation.into_packet())
}

fn ids(values: &NonEmpty<u64>) -> NonEmpty<Id> {
    NonEmpty::collect(values.iter().copied()).unwrap()
}

fn ints(values: &NonEmpty<u64>) -> NonEmpty<i64> {
    NonEmpty::try_from(values.iter().map(|value| *value as i64).collect::<Vec<_>>()).unwrap()
}

fn of_customer(filter: customer::Filter) -> Encoded {
    let packets = vec![
        packet(customer::Get::new(filter.clone(), customer::Dataset::new())),
        packet(customer::Del::new(filter.clone())),
        packet(customer::Set::new(filter.clone(), customer::SetValues::new())),
        packet(customer::ConvertToReseller::new(filter.clone())),
        packet(customer::ChangeOwner::new(filter.clone(), "mittler")),
        packet(customer::GetDomainList::new(filter.clone())),
    ];
    encoded(&filter, packets)
}

fn of_webspace(filter: webspace::Filter) -> Encoded {
    encoded(&filter, vec![packet(webspace::Del::new(filter.clone()))])
}

fn of_service_plan(filter: service_plan::Filter) -> Encoded {
    let owner = service_plan::Owner::owner_id(12);
    let packets = vec![
        packet(service_plan::Del::new(filter.clone())),
        packet(service_plan::Del::new(filter.clone()).owner(owner)),
    ];
    encoded(&filter, packets)
}

fn of_reseller(filter: reseller::Filter) -> Encoded {
    encoded(&filter, vec![packet(reseller::Del::new(filter.clone()))])
}

/// The selectors; a test below fails when a variant of one is missing.
const SELECTORS: &[Selector] = &[
    Selector {
        name: "customer::Filter",
        lists: |numbers, texts| {
            use customer::Filter;
            [
                Filter::ids(ids(&numbers)),
                Filter::logins(texts.clone()),
                Filter::owner_ids(ints(&numbers)),
                Filter::owner_logins(texts.clone()),
                Filter::guids(texts.clone()),
                Filter::external_ids(texts),
            ]
            .map(of_customer)
            .into()
        },
        loud: || vec![of_customer(customer::Filter::Everything)],
    },
    Selector {
        name: "webspace::Filter",
        lists: |numbers, texts| {
            use webspace::Filter;
            [
                Filter::ids(ids(&numbers)),
                Filter::owner_ids(ints(&numbers)),
                Filter::names(texts.clone()),
                Filter::owner_logins(texts.clone()),
                Filter::guids(texts.clone()),
                Filter::owner_guids(texts.clone()),
                Filter::external_ids(texts.clone()),
                Filter::owner_external_ids(texts),
            ]
            .map(of_webspace)
            .into()
        },
        loud: || vec![of_webspace(webspace::Filter::Everything)],
    },
    Selector {
        name: "service_plan::Filter",
        lists: |numbers, texts| {
            use service_plan::Filter;
            [
                Filter::names(texts.clone()),
                Filter::ids(ids(&numbers)),
                Filter::guids(texts.clone()),
                Filter::external_ids(texts),
            ]
            .map(of_service_plan)
            .into()
        },
        loud: || vec![of_service_plan(service_plan::Filter::Everything)],
    },
    Selector {
        name: "reseller::Filter",
        lists: |numbers, texts| {
            use reseller::Filter;
            [
                Filter::ids(ids(&numbers)),
                Filter::logins(texts.clone()),
                Filter::guids(texts.clone()),
                Filter::external_ids(texts),
            ]
            .map(of_reseller)
            .into()
        },
        loud: || {
            vec![of_reseller(reseller::Filter::Everything), of_reseller(reseller::Filter::EverythingByEmptyFilter)]
        },
    },
];

/// Whether a written selector means everything.
fn is_everything(element: &str) -> bool {
    ["<filter/>", "<filter></filter>", "<filter><all/></filter>", "<filter><all></all></filter>"].contains(&element)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the values are, empty texts included.
    #[test]
    fn a_list_is_never_everything(numbers in vec(any::<u64>(), 1..20), texts in vec(text(), 1..20)) {
        let numbers = NonEmpty::try_from(numbers).unwrap();
        let texts = NonEmpty::try_from(texts).unwrap();
        for selector in SELECTORS {
            for value in (selector.lists)(numbers.clone(), texts.clone()) {
                let Encoded { variant, element, packets } = value;
                prop_assert!(!is_everything(&element), "{} {variant}: {element}", selector.name);
                // As many children as values, all of one name, which is not `all`.
                let child = element["<filter><".len()..].split('>').next().unwrap();
                prop_assert!(child != "all" && !child.ends_with('/'), "{} {variant}: {element}", selector.name);
                let count = element.matches(&format!("<{child}>")).count();
                prop_assert!([numbers.len(), texts.len()].contains(&count), "{} {variant}: {element}", selector.name);
                prop_assert_eq!(element.matches("</").count(), count + 1);
                for packet in packets {
                    prop_assert!(packet.contains(&element), "{packet}");
                    prop_assert_eq!(packet.matches("<filter").count(), 1);
                }
            }
        }
    }
}

#[test]
fn only_the_loud_variants_are_everything() {
    for selector in SELECTORS {
        for Encoded { variant, element, packets } in (selector.loud)() {
            assert!(variant.starts_with("Everything"), "{} {variant}", selector.name);
            assert!(is_everything(&element), "{} {variant}: {element}", selector.name);
            for packet in packets {
                assert!(packet.contains(&element), "{packet}");
            }
        }
    }
}

/// One value is a list of one.
#[test]
fn the_constructors_for_one_value() {
    assert_eq!(customer::Filter::id(7), customer::Filter::ids([7]));
    assert_eq!(customer::Filter::login("a"), customer::Filter::logins(["a"]));
    assert_eq!(customer::Filter::owner_id(7), customer::Filter::owner_ids([7]));
    assert_eq!(webspace::Filter::name("a"), webspace::Filter::names(["a"]));
    assert_eq!(service_plan::Filter::guid("a"), service_plan::Filter::guids(["a"]));
    assert_eq!(reseller::Filter::external_id("a"), reseller::Filter::external_ids(["a"]));
}

/// Each variant of these selectors was tried.
#[test]
fn the_table_has_all_variants() {
    let items = emitted();
    for selector in SELECTORS {
        let tried: BTreeSet<_> = (selector.lists)(NonEmpty::one(1), NonEmpty::one("a".to_owned()))
            .into_iter()
            .chain((selector.loud)())
            .map(|value| value.variant)
            .collect();
        let variants: BTreeSet<_> = items[selector.name].parts.iter().map(|(variant, _)| variant.clone()).collect();
        assert_eq!(tried, variants, "the variants of {}", selector.name);
    }
}

/// A filter that cannot be read must not become the one that means everything.
#[test]
fn a_filter_with_unknown_content_is_refused_by_every_reader() {
    for operator in ["customer", "reseller", "service-plan", "webspace"] {
        for inside in ["<idd>5</idd>", "<p:id xmlns:p='u'>5</p:id>", "5"] {
            let xml = format!("<packet><{operator}><del><filter>{inside}</filter></del></{operator}></packet>");
            for strictness in [Strictness::Strict, Strictness::Lenient] {
                assert!(read::<plesk::request::Packet>(&xml, strictness).is_err(), "{xml} {strictness:?}");
            }
        }
    }
}

/// Reading keeps the two ways to say everything apart, and neither comes of a filter with a value.
#[test]
fn a_filter_is_read_as_it_was_written() {
    for (inside, expected) in [
        ("", reseller::Filter::EverythingByEmptyFilter),
        ("<all/>", reseller::Filter::Everything),
        ("<login/>", reseller::Filter::login("")),
    ] {
        let xml = format!("<packet><reseller><del><filter>{inside}</filter></del></reseller></packet>");
        for strictness in [Strictness::Strict, Strictness::Lenient] {
            let packet: plesk::request::Packet = read(&xml, strictness).unwrap();
            assert_eq!(packet, reseller::Del::new(expected.clone()).into_packet(), "{xml}");
        }
    }
}
