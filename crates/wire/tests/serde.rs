//! Handwritten types through serde: every kind of member, every mistake in JSON.

use plesk_wire::packet::{ErrorCode, Fault, Id, Outcome, Outcomes, Secret};
use plesk_wire::serde::with_secrets;
use plesk_wire::xml::{Any, Choice, Content, Nillable, NonEmpty, Raw};
use serde_json::{Value, from_str, from_value, json, to_value};

/// An element with one member of each kind.
#[derive(Clone, Debug, PartialEq, Content)]
struct Site {
    #[xml(attribute = "kind")]
    kind: Option<String>,
    #[xml(text = "name")]
    name: String,
    #[xml(text = "depth", default = "3")]
    depth: Option<i32>,
    #[xml(text = "alias", max = 2)]
    aliases: Vec<String>,
    #[xml(text = "expires")]
    expires: Option<Nillable<i64>>,
    #[xml(element = "hook")]
    hooks: Vec<Hook>,
    #[xml(flag = "deploy")]
    deploy: bool,
    #[xml(group)]
    address: Option<Address>,
    #[xml(choice)]
    owner: Owner,
    #[xml(element = "note")]
    note: Option<Any>,
    #[xml(text = "token")]
    token: Option<Secret>,
    #[xml(wildcard)]
    rest: Vec<Raw>,
}

/// Text with an attribute.
#[derive(Clone, Debug, PartialEq, Content)]
struct Hook {
    #[xml(attribute = "timeout")]
    timeout: Option<i32>,
    #[xml(text_content)]
    command: f64,
}

#[derive(Clone, Debug, PartialEq, Content)]
struct Address {
    #[xml(text = "host")]
    host: String,
    #[xml(text = "port")]
    port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Choice)]
enum Owner {
    #[xml(empty)]
    AnyOne,
    #[xml(text = "id")]
    Ids(NonEmpty<i64>),
    #[xml(flag = "admin")]
    Admin,
    #[xml(group)]
    Account(Account),
    #[xml(text = "domain")]
    Domain(String),
}

/// The domain alone is another alternative.
#[derive(Clone, Debug, PartialEq, Content)]
struct Account {
    #[xml(text = "login")]
    login: String,
    #[xml(text = "domain")]
    domain: Option<String>,
}

/// Repeated choices and groups.
#[derive(Clone, Debug, PartialEq, Content)]
struct Log {
    #[xml(choice)]
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Choice)]
enum Entry {
    #[xml(text = "add")]
    Add(i32),
    #[xml(text = "del")]
    Del(i32),
}

#[derive(Clone, Debug, PartialEq, Content)]
struct Steps {
    #[xml(choice, ordered)]
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Content)]
struct Addresses {
    #[xml(group)]
    addresses: Vec<Address>,
}

#[derive(Clone, Debug, PartialEq, Content)]
#[xml(transparent)]
struct Wrapped(Address);

/// A name on both sides of another element.
#[derive(Clone, Debug, PartialEq, Content)]
struct Twice {
    #[xml(text = "at")]
    from: i32,
    #[xml(flag = "until")]
    until: bool,
    #[xml(text = "at")]
    to: i32,
}

#[derive(Clone, Debug, PartialEq, Choice, Content)]
enum Filter {
    #[xml(empty)]
    Everything,
    #[xml(text = "id")]
    Id(NonEmpty<i64>),
}

#[derive(Clone, Debug, PartialEq, Content)]
struct Del {
    #[xml(element = "filter")]
    filter: Filter,
}

fn site() -> Site {
    Site {
        kind: Some("bare".to_owned()),
        name: "example".to_owned(),
        depth: Some(-1),
        aliases: vec!["a".to_owned()],
        expires: Some(Nillable::Nil),
        hooks: vec![Hook { timeout: Some(30), command: 0.5 }, Hook { timeout: None, command: f64::INFINITY }],
        deploy: true,
        address: Some(Address { host: "h".to_owned(), port: Some(1) }),
        owner: Owner::Ids(NonEmpty::one(7)),
        note: Some(Any::text("R&D")),
        token: Some(Secret::from("correct horse")),
        rest: vec![Raw::new("<news lang='en'>Hello</news>").unwrap()],
    }
}

fn error<T: for<'de> serde::Deserialize<'de>>(json: Value) -> String {
    match from_value::<T>(json) {
        Err(error) => error.to_string(),
        Ok(_) => "none".to_owned(),
    }
}

/// Returns the error for a site with other members.
fn site_error(members: Value) -> String {
    let mut json = to_value(with_secrets(&site())).unwrap();
    for (name, value) in members.as_object().unwrap() {
        json[name] = value.clone();
    }
    error::<Site>(json)
}

#[test]
fn every_kind_of_member_has_the_name_of_the_protocol() {
    let json = json!({
        "@kind": "bare",
        "name": "example",
        "depth": -1,
        "alias": ["a"],
        "expires": null,
        "hook": [{"@timeout": 30, "#text": 0.5}, {"#text": "INF"}],
        "deploy": true,
        "host": "h",
        "port": 1,
        "id": [7],
        "note": "R&D",
        "token": "correct horse",
        "#xml": ["<news lang='en'>Hello</news>"],
    });
    assert_eq!(to_value(with_secrets(&site())).unwrap(), json);
    assert_eq!(from_value::<Site>(json).unwrap(), site());
}

#[test]
fn absent_members_are_left_out() {
    let least = Site {
        kind: None,
        depth: None,
        aliases: Vec::new(),
        expires: None,
        hooks: Vec::new(),
        deploy: false,
        address: None,
        owner: Owner::Admin,
        note: None,
        token: None,
        rest: Vec::new(),
        ..site()
    };
    let json = json!({"name": "example", "admin": true});
    assert_eq!(to_value(&least).unwrap(), json);
    assert_eq!(from_value::<Site>(json).unwrap(), least);
}

#[test]
fn secrets_and_wildcards_are_masked_unless_asked_for() {
    let json = to_value(site()).unwrap();
    assert_eq!((&json["token"], &json["#xml"]), (&json!("***"), &json!(["***"])));
    assert!(!json.to_string().contains("horse") && !format!("{:?}", with_secrets(&site())).contains("horse"));
    for (members, path) in [(json!({"token": "***"}), "token"), (json!({"#xml": ["***"]}), "#xml[1]")] {
        assert_eq!(
            site_error(members),
            format!("{path}: the secret is masked (`***`); serialize it with `with_secrets`")
        );
    }
    assert_eq!(to_value(Secret::from("horse")).unwrap(), json!("***"));
    assert_eq!(to_value(with_secrets(&[Secret::from("horse")][..])).unwrap(), json!(["horse"]));
}

#[test]
fn elements_without_a_type_keep_their_xml() {
    let lang = r#"<note lang="en">x</note>"#;
    let any = |xml: &str| {
        let document = format!("<a>{xml}</a>");
        plesk_wire::xml::Reader::new(
            document.as_bytes(),
            plesk_wire::xml::Strictness::Strict,
            plesk_wire::xml::Limits::DEFAULT,
        )
        .and_then(|mut reader| reader.document::<Noted>("a"))
        .unwrap()
    };
    for (xml, json) in [
        ("<note/>", json!(true)),
        ("<note>R&amp;D</note>", json!("R&D")),
        ("<note>true</note>", json!("true")),
        ("<note> </note>", json!(" ")),
        ("<note>R&#38;D</note>", json!({"#xml": "R&#38;D"})),
        ("<note><b>1</b> 2</note>", json!({"#xml": "<b>1</b> 2"})),
        (lang, json!({"@lang": "en", "#text": "x"})),
        (r#"<note a="&lt;"/>"#, json!({"@a": "<"})),
        (r#"<note xmlns:n="u"><n:b/></note>"#, json!({"@xmlns:n": "u", "#xml": "<n:b/>"})),
    ] {
        let value = any(xml);
        assert_eq!(to_value(&value).unwrap(), json!({"note": json}), "{xml}");
        assert_eq!(from_value::<Noted>(json!({"note": json})).unwrap(), value, "{xml}");
    }
    for (json, problem) in [
        (json!(false), "note: expected true, a text or a map, found false"),
        (json!([["x"]]), "note[1]: expected true, a text or a map, found a list"),
        (json!([]), "`note` is missing"),
        (json!({"b": "1"}), "note: unknown member `b`"),
        (json!({"@a b": "1"}), "note: line 1: any: not well-formed"),
        (json!({"@a=\"1\" b": "1"}), "note: line 1: any: not well-formed"),
        (json!({"#xml": "</note><note>"}), "note: line 1: any: not well-formed"),
        (json!({"#xml": "a", "#text": "b"}), "note: unknown member"),
    ] {
        let error = error::<Noted>(json!({"note": json}));
        assert!(error.starts_with(problem), "{json}: {error}");
    }
}

#[derive(Clone, Debug, PartialEq, Content)]
struct Noted {
    #[xml(element = "note")]
    note: Any,
}

#[test]
fn choice_is_the_member_that_is_there() {
    let account = |domain: Option<&str>| Account { login: "jo".to_owned(), domain: domain.map(str::to_owned) };
    for (owner, json) in [
        (Owner::AnyOne, json!({"#any-one": true})),
        (Owner::Ids(NonEmpty::try_from(vec![1, 2]).unwrap()), json!({"id": [1, 2]})),
        (Owner::Admin, json!({"admin": true})),
        (Owner::Account(account(None)), json!({"login": "jo"})),
        (Owner::Account(account(Some("d"))), json!({"domain": "d", "login": "jo"})),
        (Owner::Domain("d".to_owned()), json!({"domain": "d"})),
    ] {
        assert_eq!(to_value(&owner).unwrap(), json);
        assert_eq!(from_value::<Owner>(json).unwrap(), owner);
    }
    for (json, problem) in [
        (json!({}), "`id`, `admin`, `login`, `domain` or `#any-one` is missing"),
        (json!({"id": []}), "the list `id` is empty; expected at least one item"),
        (json!({"admin": true, "id": [1]}), "the member `id` does not go with the other members"),
        (json!({"admin": false}), "admin: expected true, found false; leave the member out if there is no value"),
        (json!({"id": [1, "x"]}), "id[2]: 'x' is not an integer"),
        (json!({"domain": ["a", "b"]}), "the member `domain` has more values than the protocol allows"),
        (json!("id"), "expected a map, found a text"),
    ] {
        assert_eq!(error::<Owner>(json), problem);
    }
}

#[test]
fn match_all_selector_is_written_out_and_never_assumed() {
    let everything = Del { filter: Filter::Everything };
    let json = json!({"filter": {"#everything": true}});
    assert_eq!(to_value(&everything).unwrap(), json);
    assert_eq!(from_value::<Del>(json).unwrap(), everything);
    for (json, problem) in [
        (json!({}), "`filter` is missing"),
        (json!({"filter": {}}), "filter: `id` or `#everything` is missing"),
        (json!({"filter": null}), "filter: expected a map, found null; leave the member out if there is no value"),
        (json!({"filter": true}), "filter: expected a map, found true"),
        (json!({"filter": []}), "`filter` is missing"),
        (json!({"filter": {"id": []}}), "filter: the list `id` is empty; expected at least one item"),
        (json!({"filter": {"Id": [7]}}), "filter: unknown member `Id`; expected `id` or `#everything`"),
        (
            json!({"filter": {"#everything": true, "id": [7]}}),
            "filter: the member `id` does not go with the other members",
        ),
        (json!({"fliter": {"id": [7]}}), "unknown member `fliter`; expected `filter`"),
    ] {
        assert_eq!(error::<Del>(json), problem);
    }
}

#[test]
fn scalars_are_read_from_any_scalar_of_the_format() {
    let log = |json: Value| from_value::<Log>(json).unwrap().entries;
    assert_eq!(log(json!({"add": "7"})), [Entry::Add(7)]);
    assert_eq!(log(json!({"add": [7, "+8"]})), [Entry::Add(7), Entry::Add(8)]);
    let name = |json: Value| from_value::<Address>(json!({"host": json})).map(|it| it.host);
    assert_eq!((name(json!(12)).unwrap(), name(json!(true)).unwrap()), ("12".to_owned(), "true".to_owned()));
    assert!(name(json!(null)).is_err() && name(json!({})).is_err() && name(json!([[]])).is_err());
    assert_eq!(
        site_error(json!({"depth": 1e10})),
        "depth: '10000000000' is outside the range -2147483648 to 2147483647"
    );
    let from_default: Site = from_value(json!({"name": "", "admin": true, "depth": ""})).unwrap();
    assert_eq!(from_default.depth, Some(3));
}

#[test]
fn repeated_choices_keep_their_order() {
    let log = |entries: &[Entry]| Log { entries: entries.to_vec() };
    let (add, del) = (Entry::Add, Entry::Del);
    for (log, json) in [
        (log(&[add(1), add(2), del(3)]), json!({"add": [1, 2], "del": [3]})),
        (log(&[del(3)]), json!({"del": [3]})),
        (log(&[add(1), del(3), add(2)]), json!({"#items": [{"add": 1}, {"del": 3}, {"add": 2}]})),
        (log(&[]), json!({})),
    ] {
        assert_eq!(to_value(&log).unwrap(), json);
        assert_eq!(from_str::<Log>(&json.to_string()).unwrap(), log);
    }
    assert_eq!(error::<Log>(json!({"#items": [{"add": 1}, {}]})), "#items[2]: `add` or `del` is missing");

    let steps = Steps { entries: vec![del(1), add(2)] };
    let json = json!({"#items": [{"del": 1}, {"add": 2}]});
    assert_eq!(to_value(&steps).unwrap(), json);
    assert_eq!(from_value::<Steps>(json).unwrap(), steps);
    assert_eq!(error::<Steps>(json!({"add": [2]})), "unknown member `add`; expected `#items`");

    let address = |port| Address { host: "h".to_owned(), port };
    let addresses = Addresses { addresses: vec![address(None), address(Some(1))] };
    let json = json!({"#items": [{"host": "h"}, {"host": "h", "port": 1}]});
    assert_eq!(to_value(&addresses).unwrap(), json);
    assert_eq!(from_value::<Addresses>(json).unwrap(), addresses);
    assert_eq!(error::<Addresses>(json!({"#items": [{"port": 1}]})), "#items[1]: `host` is missing");
}

#[test]
fn name_that_occurs_twice_is_a_list() {
    let twice = Twice { from: 1, until: true, to: 2 };
    let json = json!({"at": [1, 2], "until": true});
    assert_eq!(to_value(&twice).unwrap(), json);
    assert_eq!(from_value::<Twice>(json).unwrap(), twice);
    assert_eq!(error::<Twice>(json!({"at": 1})), "`at` is missing");
}

#[test]
fn transparent_struct_is_its_field() {
    let wrapped = Wrapped(Address { host: "h".to_owned(), port: None });
    assert_eq!(to_value(&wrapped).unwrap(), json!({"host": "h"}));
    assert_eq!(from_value::<Wrapped>(json!({"host": "h"})).unwrap(), wrapped);
}

#[test]
fn mistakes_are_errors_with_their_path() {
    for (members, problem) in [
        (json!({"nmae": "x"}), "unknown member `nmae`; expected `name`, `depth`, `alias`,"),
        (json!({"alias": ["a", "b", "c"]}), "the member `alias` has more values than the protocol allows"),
        (json!({"depth": null}), "depth: expected a text, number or boolean, found null; leave"),
        (json!({"hook": [{"#text": 1}, {"#text": "x"}]}), "hook[2]/#text: 'x' is not a number"),
        (json!({"hook": [{"timeout": 1}]}), "hook[1]: unknown member `timeout`"),
        (json!({"hook": ["x"]}), "hook[1]/#text: 'x' is not a number"),
        (json!({"@kind": ["a", "b"]}), "the member `@kind` has more values"),
        (json!({"@sort": "a"}), "unknown member `@sort`"),
        (json!({"deploy": "yes"}), "deploy: expected true, found a text"),
        (json!({"host": []}), "`host` is missing"),
        (json!({"a\nb": 1}), "unknown member `a\\nb`"),
    ] {
        let error = site_error(members);
        assert!(error.starts_with(problem), "{error}\nexpected {problem}");
    }
    assert_eq!(
        from_str::<Address>(r#"{"host": "a", "host": "b"}"#).unwrap_err().to_string(),
        "the member `host` is given twice"
    );
}

#[test]
fn values_beyond_the_limits_are_refused() {
    let mut deep = json!({});
    for _ in 0..200 {
        deep = json!([deep]);
    }
    assert_eq!(error::<Address>(json!({"host": deep})), "refused: more than 128 levels");
    let many: serde_json::Map<String, Value> = (0..2000).map(|at| (at.to_string(), Value::Null)).collect();
    assert_eq!(error::<Address>(Value::Object(many)), "refused: more than 1000 members");
}

#[test]
fn results_are_maps_with_their_status() {
    let outcomes = Outcomes::new(vec![
        Outcome::ok(Address { host: "h".to_owned(), port: None }),
        Outcome::error(ErrorCode::NOT_FOUND, "none", Address { host: "i".to_owned(), port: None }),
    ]);
    let json = json!([
        {"status": "ok", "host": "h"},
        {"status": "error", "errcode": 1013, "errtext": "none", "host": "i"},
    ]);
    assert_eq!(to_value(&outcomes).unwrap(), json);
    assert_eq!(from_value::<Outcomes<Address>>(json.clone()).unwrap(), outcomes);
    let fault: Fault<Address> = from_value(json[1].clone()).unwrap();
    assert!(fault.is_not_found());
    assert_eq!(to_value(&fault).unwrap(), json[1]);
    assert!(error::<Fault<Address>>(json[0].clone()).contains("found status `ok`"));
    assert_eq!(error::<Outcomes<Address>>(json!([{"status": "ok"}])), "`host` is missing");
    assert_eq!(to_value(Outcome::ok(())).unwrap(), json!({"status": "ok"}));
    assert_eq!(to_value(Outcome::ok(None::<Address>)).unwrap(), json!({"status": "ok"}));
}

#[test]
fn values_on_their_own_are_scalars() {
    assert_eq!(to_value(Id::from(7)).unwrap(), json!(7));
    assert_eq!(to_value(Id::from(u64::MAX)).unwrap(), json!(u64::MAX));
    assert_eq!(from_value::<Id>(json!(-7)).unwrap(), Id::from(-7));
    assert_eq!(from_value::<Id>(json!("7")).unwrap(), Id::from(7));
    assert_eq!(to_value(ErrorCode(1013)).unwrap(), json!(1013));
    assert_eq!(from_value::<NonEmpty<i32>>(json!([1])).unwrap(), NonEmpty::one(1));
    assert!(error::<NonEmpty<i32>>(json!([])).contains("the list is empty"));
}
