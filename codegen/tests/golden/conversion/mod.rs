//! The type that is returned converts to the type that is sent: all elements of both, except those in the configuration.
//! What is left out is returned, too.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{encode, strict};
use expected::crew::{CrewChange, CrewInfo};

fn crew(rest: &str) -> CrewInfo {
    strict(
        "crew",
        &format!(
            "<crew><joined>2024-05-01</joined><name>Ida</name><rank>mate</rank><status>1</status>\
             <language>en</language><language>no</language><cabin><number>7</number><deck>B</deck></cabin>{rest}</crew>"
        ),
    )
    .expect("a valid answer")
}

fn change(rest: &str) -> String {
    format!(
        "<change><name>Ida</name><rank>mate</rank><language>en</language><language>no</language>\
         <cabin><number>7</number></cabin>{rest}</change>"
    )
}

#[test]
fn conversion_copies_elements_of_both_types() {
    for (read, written) in [
        ("<watch><hours>4</hours></watch>", "<watch><hours>4</hours></watch>"),
        ("<watch><berth><deck>C</deck></berth></watch>", "<watch><berth/></watch>"),
        ("<watch><none/></watch>", "<watch><none/></watch>"),
    ] {
        assert_eq!(encode("change", &CrewChange::from_lossy(&crew(read), "Ida").0), change(written));
    }
}

/// Whatever the answer has and the request lacks is returned, with its path and value.
#[test]
fn lossy_conversion_returns_what_it_left_out() {
    let read = "<watch><berth><deck>C</deck></berth></watch><badge><name>code</name><value>red</value></badge>";
    let (change, left_out) = CrewChange::from_lossy(&crew(read), "Ada");
    assert_eq!(change.name, "Ada");
    assert_eq!(
        left_out.to_string(),
        "joined = 2024-05-01, name = Ida, status = 1, cabin/deck = B, watch/berth/deck = C, badge/name = code, \
         badge/value = ***"
    );
    assert!(left_out.contains("cabin") && left_out.contains("status") && !left_out.contains("rank"));
    assert!(!format!("{left_out:?}").contains("red"));
}

/// The configuration excludes `status`, and `password` is not returned: both stay unset.
#[test]
fn conversion_leaves_other_elements_unset() {
    let change = CrewChange::from_lossy(&crew("<watch><none/></watch>"), "Ida").0;
    assert_eq!((change.status.clone(), change.password.clone()), (None, None));
    assert_eq!(change.status("0").phone("123").phone.as_deref(), Some("123"));
}

/// A secret may be returned in another form than it is set in, so it is not written back.
#[test]
fn conversion_drops_secret_settings() {
    let badge = |name| format!("<badge><name>{name}</name><value>red</value></badge>");
    let read = format!("<watch><none/></watch>{}{}", badge("colour"), badge("code"));
    let written = format!("<watch><none/></watch>{}", badge("colour"));
    assert_eq!(encode("change", &CrewChange::from_lossy(&crew(&read), "Ida").0), change(&written));
}
