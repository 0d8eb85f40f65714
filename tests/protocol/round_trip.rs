//! Property test: any request that can be built is written as a valid packet and reads as what was built.

use std::cell::RefCell;

use plesk::Id;
use plesk::request::{Operator, Packet, RequestSettings, RequestSettingsSetting};
use plesk::{Any, NonEmpty, customer, reseller, service_plan, session, webspace};
use plesk_wire::xml::{Strictness, Validator, Writer};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::support::{Direction, libxml2_verdicts, read};

/// Generates texts of characters that XML allows, with many special ones.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let special =
        proptest::sample::select(vec!['&', '<', '>', '"', '\'', '\r', '\n', '\t', ' ', ']', '\u{85}', '\u{2028}']);
    let allowed = |c: char| (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).then_some(c);
    let any = any::<char>().prop_filter_map("not allowed in XML", allowed);
    vec(prop_oneof![3 => special, 2 => any, 2 => proptest::char::range('a', 'z')], 0..10)
        .prop_map(|characters| characters.into_iter().collect())
}

fn list<T: std::fmt::Debug>(item: impl Strategy<Value = T>) -> impl Strategy<Value = NonEmpty<T>> {
    vec(item, 1..5).prop_map(|items| NonEmpty::try_from(items).unwrap())
}

fn texts() -> impl Strategy<Value = NonEmpty<String>> {
    list(text())
}

fn ids() -> impl Strategy<Value = NonEmpty<Id>> {
    list(id())
}

fn id() -> impl Strategy<Value = Id> {
    (1..=u64::MAX).prop_map(Id::from)
}

/// Generates IDs for elements that allow any number.
fn any_id() -> impl Strategy<Value = Id> {
    prop_oneof![any::<i64>().prop_map(Id::from), any::<u64>().prop_map(Id::from)]
}

fn anything() -> impl Strategy<Value = Any> {
    prop_oneof![
        Just(Any::empty()),
        text().prop_map(|text| Any::text(&text)),
        text().prop_map(|text| {
            let within = Any::text(&text);
            Any::xml(&format!("<a b=\"c\">{}</a><!-- d --><e/>", within.as_xml())).unwrap()
        }),
    ]
}

/// Calls each setter on `value` whose text is `Some`.
macro_rules! set {
    ($value:expr, $given:expr, $($setter:ident)*) => {{
        let mut value = $value;
        let mut given = $given.into_iter();
        $(if let Some(Some(text)) = given.next() {
            value = value.$setter(text);
        })*
        value
    }};
}

fn customer_filter() -> impl Strategy<Value = customer::Filter> {
    use customer::Filter;
    prop_oneof![
        Just(Filter::Everything),
        ids().prop_map(Filter::Id),
        texts().prop_map(Filter::Login),
        list(any_id()).prop_map(Filter::OwnerId),
        texts().prop_map(Filter::OwnerLogin),
        texts().prop_map(Filter::Guid),
        texts().prop_map(Filter::ExternalId),
    ]
}

fn add() -> impl Strategy<Value = customer::Add> {
    use customer::{AddGenInfo, AddGenInfoOwner};
    let owner = prop_oneof![
        any_id().prop_map(AddGenInfoOwner::OwnerId),
        text().prop_map(AddGenInfoOwner::OwnerLogin),
        text().prop_map(AddGenInfoOwner::OwnerExternalId),
    ];
    let required = (text(), text(), text());
    (required, vec(option::of(text()), 12), option::of(any::<i64>()), option::of(owner)).prop_map(
        |((pname, login, passwd), given, status, owner)| {
            let mut info = set!(AddGenInfo::new(pname, login, passwd), given, cname phone fax email address city state
                pcode country locale external_id description);
            info.status = status;
            info.owner = owner;
            customer::Add::new(info)
        },
    )
}

fn set() -> impl Strategy<Value = customer::Set> {
    let info = (vec(option::of(text()), 15), option::of(any::<i64>()), any::<bool>()).prop_map(|(given, status, guid)| {
        let mut info = set!(customer::SetGenInfo::new(), given, cname pname login passwd phone fax email address city
            state pcode country locale external_id description);
        info.status = status;
        info.guid = guid;
        info
    });
    (customer_filter(), option::of(info)).prop_map(|(filter, info)| {
        let mut values = customer::SetValues::new();
        values.gen_info = info;
        customer::Set::new(filter, values)
    })
}

fn customer_request() -> impl Strategy<Value = customer::Request> {
    use customer::{ChangeOwner, ConvertToReseller, Dataset, Del, Get, GetDomainList, Request};
    let get =
        (customer_filter(), option::of(anything()), option::of(anything())).prop_map(|(filter, gen_info, stat)| {
            let mut dataset = Dataset::new();
            dataset.gen_info = gen_info;
            dataset.stat = stat;
            Get::new(filter, dataset)
        });
    let convert = (customer_filter(), vec(option::of(text()), 1))
        .prop_map(|(filter, given)| set!(ConvertToReseller::new(filter), given, reseller_plan_name));
    let addresses = || vec(text(), 0..3);
    let change = (customer_filter(), text(), addresses(), addresses(), vec(option::of(text()), 1)).prop_map(
        |(filter, login, v4, v6, given)| {
            set!(ChangeOwner::new(filter, login).ip_v4_address(v4).ip_v6_address(v6), given, plan_name)
        },
    );
    prop_oneof![
        add().prop_map(Request::Add),
        get.prop_map(Request::Get),
        customer_filter().prop_map(|filter| Request::Del(Del::new(filter))),
        set().prop_map(Request::Set),
        convert.prop_map(Request::ConvertToReseller),
        change.prop_map(Request::ChangeOwner),
        customer_filter().prop_map(|filter| Request::GetDomainList(GetDomainList::new(filter))),
    ]
}

fn webspace_request() -> impl Strategy<Value = webspace::Request> {
    use webspace::{Del, Filter, Request};
    let filter = prop_oneof![
        Just(Filter::Everything),
        ids().prop_map(Filter::Id),
        list(any_id()).prop_map(Filter::OwnerId),
        texts().prop_map(Filter::Name),
        texts().prop_map(Filter::OwnerLogin),
        texts().prop_map(Filter::Guid),
        texts().prop_map(Filter::OwnerGuid),
        texts().prop_map(Filter::ExternalId),
        texts().prop_map(Filter::OwnerExternalId),
    ];
    filter.prop_map(|filter| Request::Del(Del::new(filter)))
}

fn service_plan_request() -> impl Strategy<Value = service_plan::Request> {
    use service_plan::{Del, Filter, Owner, Request};
    let filter = prop_oneof![
        Just(Filter::Everything),
        texts().prop_map(Filter::Name),
        ids().prop_map(Filter::Id),
        texts().prop_map(Filter::Guid),
        texts().prop_map(Filter::ExternalId),
    ];
    let owner = prop_oneof![id().prop_map(Owner::OwnerId), text().prop_map(Owner::OwnerLogin)];
    (filter, option::of(owner)).prop_map(|(filter, owner)| {
        let mut del = Del::new(filter);
        del.owner = owner;
        Request::Del(del)
    })
}

fn session_request() -> impl Strategy<Value = session::Request> {
    use session::{Get, Request, Terminate};
    let get = anything().prop_map(|content| {
        let mut get = Get::new();
        get.content = content;
        get
    });
    prop_oneof![get.prop_map(Request::Get), text().prop_map(|id| Request::Terminate(Terminate::new(id)))]
}

fn reseller_request() -> impl Strategy<Value = reseller::Request> {
    use reseller::{Del, Filter, Request};
    let filter = prop_oneof![
        Just(Filter::Everything),
        Just(Filter::EverythingByEmptyFilter),
        ids().prop_map(Filter::Id),
        texts().prop_map(Filter::Login),
        texts().prop_map(Filter::Guid),
        texts().prop_map(Filter::ExternalId),
    ];
    filter.prop_map(|filter| Request::Del(Del::new(filter)))
}

/// Generates an operator with some requests.
macro_rules! operator {
    ($operator:ident, $module:ident, $request:expr) => {
        vec($request, 1..4).prop_map(|items| {
            let mut requests = $module::Requests::new();
            requests.items = items;
            Operator::$operator(requests)
        })
    };
}

fn packet() -> impl Strategy<Value = Packet> {
    let operator = prop_oneof![
        5 => operator!(Customer, customer, customer_request()),
        1 => operator!(Webspace, webspace, webspace_request()),
        1 => operator!(ServicePlan, service_plan, service_plan_request()),
        1 => operator!(Session, session, session_request()),
        1 => operator!(Reseller, reseller, reseller_request()),
    ];
    let setting = (anything(), option::of(anything())).prop_map(|(name, value)| {
        let mut setting = RequestSettingsSetting::new("");
        (setting.name, setting.value) = (name, value);
        setting
    });
    let settings = list(setting).prop_map(RequestSettings::new);
    (option::of(text()), option::weighted(0.2, settings), vec(operator, 1..4)).prop_map(
        |(version, settings, operators)| {
            let mut packet = Packet::new();
            packet.version = version;
            packet.request_settings = settings;
            packet.operators = operators;
            packet
        },
    )
}

#[test]
fn any_request_is_valid_and_reads_as_it_was_built() {
    let written = RefCell::new(Vec::new());
    TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })
        .run(&packet(), |packet| {
            let bytes = Writer::document("packet", &packet);
            prop_assert_eq!(Validator::check("packet", &packet), Ok(()));
            prop_assert_eq!(read::<Packet>(&bytes, Strictness::Strict), Ok(packet.clone()));
            prop_assert_eq!(read::<Packet>(&bytes, Strictness::Lenient), Ok(packet.clone()));
            written.borrow_mut().push(bytes);
            Ok(())
        })
        .unwrap();

    let written = written.into_inner();
    if let Some(verdicts) = libxml2_verdicts(Direction::Request, &written) {
        for (packet, valid) in written.iter().zip(verdicts) {
            assert!(valid, "libxml2 refuses {}", String::from_utf8_lossy(packet));
        }
    }
}
