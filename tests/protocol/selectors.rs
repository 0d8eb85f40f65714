//! Values of selectors: the filters of customers, webspaces, service plans and resellers. In this protocol an empty
//! selector selects everything, so it must never be created by accident. `every_selector.rs` checks the rules for the
//! selectors of all operators.

use std::collections::BTreeSet;
use std::fmt::Debug;

use plesk::Id;
use plesk::{NonEmpty, customer, reseller, service_plan, webspace};
use plesk_wire::xml::{Content, Strictness, Writer};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::round_trip::text;
use crate::support::{Packed, emitted, read, written};

/// A selector under test.
struct Selector {
    /// Its path in the emitted code: `customer::Filter`.
    name: &'static str,
    /// Creates its list variants from some values.
    lists: fn(NonEmpty<u64>, NonEmpty<String>) -> Vec<Encoded>,
    /// Creates its match-all variants.
    match_all: fn() -> Vec<Encoded>,
}

/// A value of a selector.
#[derive(Debug)]
struct Encoded {
    /// The variant.
    variant: String,
    /// Its written element.
    element: String,
    /// The written packets of operations with it.
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

/// The selectors. `table_of_selectors_has_all_variants` fails if a variant is missing.
const SELECTORS: &[Selector] = &[
    Selector {
        name: "customer::Filter",
        lists: |numbers, texts| {
            use customer::Filter;
            [
                Filter::ids(ids(&numbers)),
                Filter::logins(texts.clone()),
                Filter::owner_ids(ids(&numbers)),
                Filter::owner_logins(texts.clone()),
                Filter::guids(texts.clone()),
                Filter::external_ids(texts),
            ]
            .map(of_customer)
            .into()
        },
        match_all: || vec![of_customer(customer::Filter::Everything)],
    },
    Selector {
        name: "webspace::Filter",
        lists: |numbers, texts| {
            use webspace::Filter;
            [
                Filter::ids(ids(&numbers)),
                Filter::owner_ids(ids(&numbers)),
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
        match_all: || vec![of_webspace(webspace::Filter::Everything)],
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
        match_all: || vec![of_service_plan(service_plan::Filter::Everything)],
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
        match_all: || {
            vec![of_reseller(reseller::Filter::Everything), of_reseller(reseller::Filter::EverythingByEmptyFilter)]
        },
    },
];

/// Returns `true` if a written selector selects everything.
fn is_everything(element: &str) -> bool {
    ["<filter/>", "<filter></filter>", "<filter><all/></filter>", "<filter><all></all></filter>"].contains(&element)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// For any values, including empty texts.
    #[test]
    fn list_variant_never_selects_everything(numbers in vec(any::<u64>(), 1..20), texts in vec(text(), 1..20)) {
        let numbers = NonEmpty::try_from(numbers).unwrap();
        let texts = NonEmpty::try_from(texts).unwrap();
        for selector in SELECTORS {
            for value in (selector.lists)(numbers.clone(), texts.clone()) {
                let Encoded { variant, element, packets } = value;
                prop_assert!(!is_everything(&element), "{} {variant}: {element}", selector.name);
                // It has as many children as values, all with the same name, which is not `all`.
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
fn match_all_variant_selects_everything() {
    for selector in SELECTORS {
        for Encoded { variant, element, packets } in (selector.match_all)() {
            assert!(variant.starts_with("Everything"), "{} {variant}", selector.name);
            assert!(is_everything(&element), "{} {variant}: {element}", selector.name);
            for packet in packets {
                assert!(packet.contains(&element), "{packet}");
            }
        }
    }
}

#[test]
fn constructor_for_one_value_equals_a_list_of_one() {
    assert_eq!(customer::Filter::id(7), customer::Filter::ids([7]));
    assert_eq!(customer::Filter::login("a"), customer::Filter::logins(["a"]));
    assert_eq!(customer::Filter::owner_id(7), customer::Filter::owner_ids([7]));
    assert_eq!(webspace::Filter::name("a"), webspace::Filter::names(["a"]));
    assert_eq!(service_plan::Filter::guid("a"), service_plan::Filter::guids(["a"]));
    assert_eq!(reseller::Filter::external_id("a"), reseller::Filter::external_ids(["a"]));
}

#[test]
fn table_of_selectors_has_all_variants() {
    let items = emitted();
    for selector in SELECTORS {
        let tried: BTreeSet<_> = (selector.lists)(NonEmpty::one(1), NonEmpty::one("a".to_owned()))
            .into_iter()
            .chain((selector.match_all)())
            .map(|value| value.variant)
            .collect();
        let variants: BTreeSet<_> = items[selector.name].parts.iter().map(|(variant, _)| variant.clone()).collect();
        assert_eq!(tried, variants, "the variants of {}", selector.name);
    }
}

/// An unreadable filter must not become one that selects everything.
#[test]
fn filter_with_unknown_content_is_an_error() {
    for operator in ["customer", "reseller", "service-plan", "webspace"] {
        for inside in ["<idd>5</idd>", "<p:id xmlns:p='u'>5</p:id>", "5"] {
            let xml = format!("<packet><{operator}><del><filter>{inside}</filter></del></{operator}></packet>");
            for strictness in [Strictness::Strict, Strictness::Lenient] {
                let error = read::<plesk::request::Packet>(&xml, strictness).unwrap_err();
                assert!(error.path().ends_with("/del/filter"), "{xml} {strictness:?}: {error}");
            }
        }
    }
}

/// The two ways to select everything stay distinct, and neither results from a filter with a value.
#[test]
fn filter_reads_as_it_was_written() {
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
