//! The operator `secret_key`.

use crate::support::{BARE_OK, PATH, error_result, not_found, ok_result, run, send, start, text};
use plesk_sim::Sim;

fn select(sim: &Sim, operation: &str, key: &str) -> String {
    run(sim, "secret_key", operation, &format!("<filter><key>{key}</key></filter>"))
}

fn info(key: &str, addresses: &str, description: &str, login: &str) -> String {
    ok_result(&format!(
        "<key_info><key>{key}</key><ip_address>{addresses}</ip_address><description>{description}</description>\
         <login>{login}</login></key_info>"
    ))
}

/// Sends a packet that asks for the protocol versions. Returns the error code, if there is one.
fn error_with_key(sim: &Sim, key: &str) -> Option<String> {
    let packet = b"<packet><ip><get/></ip></packet>";
    let body = send(sim, &format!("POST {PATH}"), &[("KEY", key)], packet).body;
    body.contains("<errcode>").then(|| text(&body, "errcode").to_owned())
}

#[test]
fn create_returns_a_key_that_authenticates_until_deleted() {
    let sim = start();
    let reply = run(&sim, "secret_key", "create", "");
    let key = text(&reply, "key").to_owned();
    assert_eq!(reply, ok_result(&format!("<key>{key}</key>")));
    assert_eq!(key.len(), 36, "a UUID");

    assert_eq!(error_with_key(&sim, &key), None);
    assert_eq!(select(&sim, "get_info", &key), info(&key, "127.0.0.1", "", "admin"));
    assert_eq!(select(&sim, "delete", &key), ok_result(&format!("<key>{key}</key>")));
    assert_eq!(error_with_key(&sim, &key).as_deref(), Some("11003"));
    assert_eq!(select(&sim, "get_info", &key), not_found("Secret key", ""));
    assert_eq!(select(&sim, "delete", &key), not_found("Secret key", ""));
}

#[test]
fn create_stores_addresses_description_and_login() {
    let sim = start();
    sim.state().add_customer("jo");
    let content = "<ip_address>192.0.2.4,2001:db8::4</ip_address><description>billing</description><login>jo</login>";
    let key = text(&run(&sim, "secret_key", "create", content), "key").to_owned();
    assert_eq!(select(&sim, "get_info", &key), info(&key, "192.0.2.4,2001:db8::4", "billing", "jo"));

    for (content, code) in [("<login>none</login>", 1013), ("<ip_address>nowhere</ip_address>", 1019)] {
        assert_eq!(text(&run(&sim, "secret_key", "create", content), "errcode"), code.to_string());
    }
}

#[test]
fn key_for_another_address_is_refused() {
    let sim = start();
    let key = |addresses: &str| {
        let content = format!("<ip_address>{addresses}</ip_address>");
        text(&run(&sim, "secret_key", "create", &content), "key").to_owned()
    };
    assert_eq!(error_with_key(&sim, &key("192.0.2.4,127.0.0.1")), None);
    let foreign = key("192.0.2.4");
    let packet = b"<packet><ip><get/></ip></packet>";
    let body = send(&sim, &format!("POST {PATH}"), &[("KEY", &foreign)], packet).body;
    let refused = "<system><status>error</status><errcode>11003</errcode><errtext>The secret key is not valid for requests \
                   from 127.0.0.1</errtext></system>";
    assert!(body.contains(refused), "{body}");
}

#[test]
fn empty_filter_lists_and_deletes_every_key() {
    let sim = start();
    let own = sim.secret_key().to_owned();
    assert_eq!(run(&sim, "secret_key", "get_info", "<filter/>"), info(&own, "", "", "admin"));
    assert_eq!(run(&sim, "secret_key", "delete", "<filter/>"), ok_result(&format!("<key>{own}</key>")));
    assert!(sim.state().secret_keys.is_empty());
    assert_eq!(error_with_key(&sim, &own).as_deref(), Some("11003"));
}

#[test]
fn key_of_a_customer_sees_only_its_own_keys() {
    let sim = start();
    let (jo, al) = {
        let mut state = sim.state();
        let (jo, al) = (state.add_customer("jo").id, state.add_customer("al").id);
        (state.add_secret_key(jo), state.add_secret_key(al))
    };
    let as_jo = |content: &str| {
        let packet = format!("<packet><secret_key>{content}</secret_key></packet>");
        send(&sim, &format!("POST {PATH}"), &[("KEY", &jo)], packet.as_bytes()).body
    };
    let denied = error_result(1006, "Permission denied.", "");
    assert!(as_jo("<get_info><filter/></get_info>").contains(&info(&jo, "", "", "jo")));
    let reply = as_jo(&format!("<delete><filter><key>{al}</key></filter></delete>"));
    assert!(reply.contains(&denied), "{reply}");
    let reply = as_jo("<create><login>al</login></create>");
    assert!(reply.contains(&denied), "{reply}");
    assert!(!as_jo("<get_info><filter/></get_info>").contains(BARE_OK));
}
