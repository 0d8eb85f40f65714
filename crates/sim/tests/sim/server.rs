//! The operator `server`: login links and protocol versions.

use std::net::Ipv4Addr;

use crate::support::{BARE_OK, PATH, not_found, run, send, start, text};
use plesk_sim::Sim;

fn create_session(sim: &Sim, login: &str, data: &str) -> String {
    run(sim, "server", "create_session", &format!("<login>{login}</login>{data}"))
}

fn from(user_ip: &str, rest: &str) -> String {
    format!("<data><user_ip>{user_ip}</user_ip>{rest}<source_server/></data>")
}

#[test]
fn create_session_adds_a_session_that_terminate_removes() {
    let sim = start();
    sim.state().add_customer("jo");
    sim.state().add_reseller("rita");
    // The second address is in Base64.
    let tokens = [("jo", "203.0.113.7"), ("rita", "MjAzLjAuMTEzLjc="), ("admin", "203.0.113.7")].map(|(login, ip)| {
        let reply = create_session(&sim, login, &from(ip, ""));
        assert_eq!(text(&reply, "status"), "ok", "{reply}");
        text(&reply, "id").to_owned()
    });
    let sessions = run(&sim, "session", "get", "");
    for ((token, login), kind) in tokens.iter().zip(["jo", "rita", "admin"]).zip(["client", "reseller", "admin"]) {
        let session =
            format!("<id>{token}</id><type>{kind}</type><ip-address>203.0.113.7</ip-address><login>{login}</login>");
        assert!(sessions.contains(&session), "{sessions}");
    }
    assert_ne!(tokens[0], text(&create_session(&sim, "jo", ""), "id"));
    assert!(sim.state().sessions.values().any(|session| session.ip_address == Ipv4Addr::LOCALHOST));

    let terminate = |token: &str| run(&sim, "session", "terminate", &format!("<session-id>{token}</session-id>"));
    assert_eq!(terminate(&tokens[0]), BARE_OK);
    assert_eq!(terminate(&tokens[0]), not_found("Session", ""));
}

#[test]
fn create_session_rejects_unknown_login_and_invalid_address() {
    let sim = start();
    assert_eq!(text(&create_session(&sim, "jo", ""), "errcode"), "1013");
    sim.state().add_customer("jo");
    for address in ["", "nowhere", "bm93aGVyZQ==", "//79"] {
        assert_eq!(text(&create_session(&sim, "jo", &from(address, "")), "errcode"), "1019", "{address}");
    }
    assert!(sim.state().sessions.is_empty());
}

#[test]
fn create_session_fills_missing_contact_data_once() {
    let sim = start();
    let id = sim.state().add_customer("jo").id;
    let contact = |name: &str| format!("<c_email>{name}@jo.example</c_email><c_phone>{name}</c_phone>");
    create_session(&sim, "jo", &from("::1", &contact("first")));
    create_session(&sim, "jo", &from("::1", &contact("second")));
    let account = sim.state().customers[&id].clone();
    assert_eq!((account.email.as_str(), account.phone.as_str()), ("first@jo.example", "first"));
}

#[test]
fn get_protos_lists_the_accepted_versions() {
    let sim = start();
    let protocols = run(&sim, "server", "get_protos", "");
    let versions: Vec<&str> =
        protocols.split("<proto>").skip(1).map(|rest| rest.split('<').next().expect("a version")).collect();
    assert!(versions.contains(&plesk_protocol::PROTOCOL) && versions.len() > 1, "{protocols}");
    for version in versions {
        let packet = format!("<packet version=\"{version}\"><server><get_protos/></server></packet>");
        let line = format!("POST {}", PATH);
        let response = send(&sim, &line, &[("KEY", sim.secret_key())], packet.as_bytes());
        assert!(response.body.contains(&format!("<packet version=\"{version}\"><server>")), "{}", response.body);
    }
}
