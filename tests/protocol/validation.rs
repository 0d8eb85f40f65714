//! Values that the schema does not allow. All of them are reported at once, before anything is sent.

use plesk::Id;
use plesk::request::Packet;
use plesk::session::{self, UserType};
use plesk::{Any, Violations, customer, response, service_plan};
use plesk_wire::xml::{Content, Strictness, Validator};

use crate::support::{OPERATORS, Packed, read};

/// Returns path, rule, problem and value of each violation.
fn violations(checked: Result<(), Violations>) -> Vec<(String, &'static str, String, Option<String>)> {
    let violations = checked.expect_err("violations");
    violations
        .as_slice()
        .iter()
        .map(|violation| {
            let violation = violation.clone();
            (violation.path, violation.rule, violation.problem, violation.value)
        })
        .collect()
}

fn of(operation: impl Packed) -> Vec<(String, &'static str, String, Option<String>)> {
    violations(Validator::check("packet", &operation.into_packet()))
}

const CHARACTER: &str = "contains a character that XML does not allow";

#[test]
fn check_reports_all_violations() {
    let info = customer::AddGenInfo::new("Otti\u{0}lie", "otti\u{1B}lie", "s3\u{7}cret")
        .email("o@weimar.example\u{B}")
        .phone("+49 3643 1")
        .owner(customer::AddGenInfoOwner::owner_login("\u{FFFE}"));
    let packet = Packet::new()
        .version("1.6\u{1}")
        .customer(
            customer::Requests::new()
                .add(customer::Add::new(info))
                .del(customer::Del::new(customer::Filter::ids([7, 0, 9, 0]))),
        )
        .service_plan(
            service_plan::Requests::new()
                .del(service_plan::Del::new(service_plan::Filter::Everything).owner(service_plan::Owner::owner_id(0))),
        )
        .session(session::Requests::new());
    let found = violations(Validator::check("packet", &packet));
    let expected = [
        ("packet/version", "character", CHARACTER, Some("1.6\u{1}")),
        ("packet/customer/add/gen_info/pname", "character", CHARACTER, Some("Otti\u{0}lie")),
        ("packet/customer/add/gen_info/login", "character", CHARACTER, Some("otti\u{1B}lie")),
        ("packet/customer/add/gen_info/passwd", "character", CHARACTER, None),
        ("packet/customer/add/gen_info/email", "character", CHARACTER, Some("o@weimar.example\u{B}")),
        ("packet/customer/add/gen_info/owner-login", "character", CHARACTER, Some("\u{FFFE}")),
        ("packet/customer/del/filter/id[2]", "minInclusive", "must be at least 1", Some("0")),
        ("packet/customer/del/filter/id[4]", "minInclusive", "must be at least 1", Some("0")),
        ("packet/service-plan/del/owner-id", "minInclusive", "must be at least 1", Some("0")),
        ("packet/session/get | terminate", "occurrence", "occurs 0 times; expected at least 1", None),
    ];
    let found: Vec<_> =
        found.iter().map(|(path, rule, problem, value)| (&**path, *rule, &**problem, value.as_deref())).collect();
    assert_eq!(found, expected);
}

/// One line for each violation, with control characters made visible.
#[test]
fn violations_display_one_per_line() {
    let del = customer::Del::new(customer::Filter::ids([0, 7, 0]));
    let violations = Validator::check("packet", &del.into_packet()).unwrap_err();
    assert_eq!(
        violations.to_string(),
        "packet/customer/del/filter/id[1]: '0' must be at least 1\n\
         packet/customer/del/filter/id[3]: '0' must be at least 1"
    );
    let get = customer::Del::new(customer::Filter::login("a\u{1}\n"));
    let violations = Validator::check("packet", &get.into_packet()).unwrap_err();
    assert_eq!(
        violations.to_string(),
        "packet/customer/del/filter/login[1]: 'a\\u{1}\\n' contains a character that XML does not allow"
    );
}

/// Neither passwords nor session IDs are in the message or in `Debug`.
#[test]
fn violations_do_not_show_secrets() {
    let passwd = "correct\u{1}horse";
    let set = customer::Set::new(
        customer::Filter::id(7),
        customer::SetValues::new().gen_info(customer::SetGenInfo::new().passwd(passwd)),
    );
    for (packet, path) in [
        (set.into_packet(), "packet/customer/set/values/gen_info/passwd"),
        (session::Terminate::new(passwd).into_packet(), "packet/session/terminate/session-id"),
    ] {
        let violations = Validator::check("packet", &packet).unwrap_err();
        assert_eq!(violations.to_string(), format!("{path}: {CHARACTER}"));
        for shown in [violations.to_string(), format!("{violations:?}"), format!("{packet:?}")] {
            assert!(!shown.contains("horse") && !shown.contains("correct"), "{shown}");
        }
    }
}

/// Values are truncated by characters, not bytes.
#[test]
fn violation_with_a_long_value_is_truncated() {
    let found = of(customer::Del::new(customer::Filter::login(format!("\u{1}{}", "ü".repeat(1000)))));
    assert_eq!(found[0].3.as_ref().unwrap().chars().count(), 80);
}

#[test]
fn check_empty_packet_is_a_violation() {
    let found = violations(Validator::check("packet", &Packet::new()));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.clone(), found[0].1), (format!("packet/{OPERATORS}"), "occurrence"));
}

#[test]
fn check_untyped_content_rejects_forbidden_characters() {
    let mut dataset = customer::Dataset::new();
    dataset.stat = Some(Any::text("a\u{2}"));
    let found = of(customer::Get::new(customer::Filter::id(7), dataset));
    assert_eq!((found[0].0.as_str(), found[0].1), ("packet/customer/get/dataset/stat", "character"));
    assert_eq!(found.len(), 1);
}

/// Strange values that the schema allows are sent; the server decides about them.
#[test]
fn check_accepts_values_without_a_rule() {
    for info in [
        customer::AddGenInfo::new("", "", ""),
        customer::AddGenInfo::new(" a  b ", "\t", "x".repeat(100_000)).status(-5).country("Germany").email("none"),
        customer::AddGenInfo::new("\u{10FFFF}\u{D7FF}\u{E000}\u{FFFD}", "a", "b")
            .owner(customer::AddGenInfoOwner::owner_id(i64::MIN)),
    ] {
        assert_eq!(Validator::check("packet", &customer::Add::new(info).into_packet()), Ok(()));
    }
}

/// For immediate feedback on an input field.
#[test]
fn id_parses_any_integer() {
    assert_eq!(" 0042 ".parse::<Id>().map(Id::get), Ok(42));
    for text in ["4x", "", "18446744073709551616"] {
        assert!(text.parse::<Id>().is_err(), "{text:?}");
    }
    for id in [0, -1] {
        let violations = Validator::check("packet", &customer::Del::new(customer::Filter::id(id)).into_packet());
        assert!(violations.unwrap_err().first().to_string().ends_with("must be at least 1"), "{id}");
    }
}

/// Responses of newer servers may contain values that the schema does not list. They are read, even strictly. The
/// validator reports them unless they are allowed.
#[test]
fn unlisted_value_is_read_but_a_violation() {
    let xml = "<packet><session><get><result><status>ok</status><session><id>i</id><type>robot</type>\
         <ip-address>192.0.2.1</ip-address><login>r2</login><login-time>2021-06-01T08:30:00</login-time>\
         <idle>2021-06-01T08:30:00</idle></session></result></get></session></packet>";
    let packet: response::Packet = read(xml, Strictness::Strict).unwrap();
    let found = violations(Validator::check("packet", &packet));
    assert_eq!(
        found,
        [(
            "packet/session/get/result/session[1]/type".to_owned(),
            "enumeration",
            "is not one of: admin, client, domain-admin, mail-user, reseller".to_owned(),
            Some("robot".to_owned())
        )]
    );

    let mut tolerant = Validator::new().allow_unlisted(true);
    packet.visit(&mut tolerant);
    assert_eq!(tolerant.finish(), Ok(()));

    assert_eq!(UserType::from("robot"), UserType::Other("robot".to_owned()));
    assert_eq!(UserType::parse("mail-user"), Ok(UserType::MailUser));
    assert!(UserType::parse("robot").is_err());
}
