//! `session/get`: lists the open sessions.

use plesk::session::{Get, UserType};
use plesk::{Effect, Idempotency, Operation};

use crate::support::{answer, assert_sent, code, lenient_answer, unreadable};

#[test]
fn get_is_sent_without_arguments() {
    let get = Get::new();
    assert_eq!((get.effect(), get.idempotency()), (Effect::Read, Idempotency::Idempotent));
    assert_sent(get, "<packet><session><get/></session></packet>");
}

#[test]
fn get_reads_sessions_of_every_kind() {
    let kinds = [
        ("admin", UserType::Admin),
        ("client", UserType::Client),
        ("domain-admin", UserType::DomainAdmin),
        ("mail-user", UserType::MailUser),
        ("reseller", UserType::Reseller),
    ];
    let sessions: String = kinds
        .iter()
        .map(|(name, _)| {
            format!(
                "<session><id>id-{name}</id><type>{name}</type><ip-address>2001:db8::5</ip-address><login>edgar</login>\
                 <login-time>2021-06-01T08:30:00+02:00</login-time><idle>2021-06-01T09:00:05+02:00</idle></session>"
            )
        })
        .collect();
    let found = answer::<Get>(&format!(
        "<packet><session><get><result><status>ok</status>{sessions}</result></get></session></packet>"
    ))
    .unwrap();
    assert_eq!(found.session.len(), kinds.len());
    for (session, (name, kind)) in found.session.iter().zip(kinds) {
        assert_eq!((&session.r#type, session.r#type.as_str()), (&kind, name));
        assert_eq!(session.id.expose(), format!("id-{name}"));
        assert_eq!((&*session.ip_address, &*session.login), ("2001:db8::5", "edgar"));
        let (begun, idle) = (&session.login_time, &session.idle);
        assert_eq!((begun.year(), begun.hour(), begun.minute(), begun.utc_offset_minutes()), (2021, 8, 30, Some(120)));
        assert_eq!((idle.hour(), idle.minute(), idle.second()), (9, 0, 5));
    }
    assert!(!format!("{found:?}").contains("id-admin"), "session ids are secrets");
}

#[test]
fn get_without_sessions_is_empty() {
    let found =
        answer::<Get>("<packet><session><get><result><status>ok</status></result></get></session></packet>").unwrap();
    assert_eq!(found.session, []);
}

#[test]
fn get_refused_is_a_fault() {
    let fault = answer::<Get>(
        "<packet><session><get><result><status>error</status><errcode>1006</errcode><errtext>Not for you</errtext>\
         </result></get></session></packet>",
    )
    .unwrap_err();
    assert_eq!(code(&fault), (Some(1006), Some("Not for you".to_owned())));
    assert_eq!(fault.body.session, []);
}

/// Newer servers may have more kinds.
#[test]
fn get_unknown_kind_is_kept() {
    let found = lenient_answer::<Get>(
        "<packet><session><get><result><status>ok</status>\
         <session><id>i</id><type>robot</type><ip-address>192.0.2.1</ip-address><login>r2</login>\
         <login-time>2021-06-01T08:30:00</login-time><idle>2021-06-01T08:30:00</idle></session>\
         </result></get></session></packet>",
    )
    .unwrap();
    assert_eq!(found.session[0].r#type, UserType::Other("robot".to_owned()));
}

/// A date is not silently read as midnight.
#[test]
fn get_date_without_a_time_is_unreadable() {
    let fault = lenient_answer::<Get>(
        "<packet><session><get><result><status>ok</status>\
         <session><id>i</id><type>admin</type><ip-address>192.0.2.1</ip-address><login>a</login>\
         <login-time>2021-06-01</login-time><idle>2021-06-01T08:30:00</idle></session>\
         </result></get></session></packet>",
    )
    .unwrap_err();
    assert!(fault.to_string().contains("session[1]/login-time: '2021-06-01' is not a date and time"), "{fault}");
}

/// The operation always has one result.
#[test]
fn get_empty_element_is_unreadable() {
    assert_eq!(
        unreadable::<Get>("<packet><session><get/></session></packet>").to_string(),
        "line 1: packet/session[1]/get: <result> is missing"
    );
}
