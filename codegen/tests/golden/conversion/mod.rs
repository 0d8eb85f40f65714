//! What is returned becomes what is taken: all that both have, but for what the configuration leaves out.

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
fn takes_over_what_both_have() {
    for (read, written) in [
        ("<watch><hours>4</hours></watch>", "<watch><hours>4</hours></watch>"),
        ("<watch><berth><deck>C</deck></berth></watch>", "<watch><berth/></watch>"),
        ("<watch><none/></watch>", "<watch><none/></watch>"),
    ] {
        assert_eq!(encode("change", &CrewChange::from(crew(read))), change(written));
    }
}

/// `status` is left out by the configuration, `password` is not returned: both stay as they are.
#[test]
fn leaves_the_rest_to_be_set() {
    let change = CrewChange::from(crew("<watch><none/></watch>"));
    assert_eq!((change.status.clone(), change.password.clone()), (None, None));
    assert_eq!(change.status("0").phone("123").phone.as_deref(), Some("123"));
}

/// A secret may be read in another form than it is set in: what is read of it is not written back.
#[test]
fn leaves_out_settings_that_are_secrets() {
    let badge = |name| format!("<badge><name>{name}</name><value>red</value></badge>");
    let read = format!("<watch><none/></watch>{}{}", badge("colour"), badge("code"));
    let written = format!("<watch><none/></watch>{}", badge("colour"));
    assert_eq!(encode("change", &CrewChange::from(crew(&read))), change(&written));
}
