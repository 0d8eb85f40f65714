//! The operator `certificate`.

use plesk_sim::{ADMINISTRATOR_ID, Sim};

use crate::support::{BARE_OK, error_result, ok_result, run, start, text};

const INFO: &str = "<info><bits>2048</bits><country>US</country><state>Ohio</state><location>Dayton</location>\
                    <company>Jo Ltd</company><email>jo@a.example</email><name>a.example</name></info>";
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----";

fn operate(sim: &Sim, operation: &str, content: &str) -> String {
    run(sim, "certificate", operation, content)
}

fn install(sim: &Sim, name: &str, pool: &str) -> String {
    let content = format!("<content><csr>C</csr><pvt>{KEY}</pvt></content>");
    operate(sim, "install", &format!("<name>{name}</name>{pool}{content}"))
}

fn pool(names: &[&str]) -> String {
    let names: String = names.iter().map(|name| format!("<certificate><name>{name}</name></certificate>")).collect();
    format!("<certificates>{names}</certificates>")
}

#[test]
fn generate_returns_a_request_for_a_key_that_it_accepts_again() {
    let sim = start();
    let reply = operate(&sim, "generate", INFO);
    let (csr, key) = (text(&reply, "csr"), text(&reply, "pvt"));
    assert!(csr.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"), "{csr}");
    assert!(key.starts_with("-----BEGIN PRIVATE KEY-----\n"), "{key}");

    let again = operate(&sim, "generate", &format!("{INFO}<PVT>{key}</PVT>"));
    assert_eq!(text(&again, "pvt"), key);
    let wrong = operate(&sim, "generate", &format!("{INFO}<PVT>{KEY}</PVT>"));
    assert_eq!(wrong, error_result(8002, "The private key is not valid", ""));
    // The state is as before, so there is nothing to keep and no event.
    assert_eq!(sim.state().events.last_id(), 1);
}

#[test]
fn certificates_are_installed_listed_and_removed_by_pool() {
    let sim = start();
    let webspace = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    assert_eq!(install(&sim, "own", "<admin/>"), BARE_OK);
    assert_eq!(install(&sim, "own", "<webspace>a.example</webspace>"), BARE_OK);
    assert_eq!(install(&sim, "own", "<admin/>"), error_result(1007, "The certificate 'own' already exists", ""));
    let unknown = install(&sim, "own", "<webspace>b.example</webspace>");
    assert_eq!(unknown, error_result(1015, "Domain does not exist.", ""));

    let admin = ok_result(&pool(&["default certificate", "own"]));
    assert_eq!(operate(&sim, "get-pool", "<admin/>"), admin);
    let found = format!("<filter-id>{webspace}</filter-id><id>{webspace}</id>{}", pool(&["own"]));
    let by_id = format!("<filter><domain-id>{webspace}</domain-id></filter>");
    assert_eq!(operate(&sim, "get-pool", &by_id), ok_result(&found));

    let names = "<filter><name>own</name><name>other</name></filter><webspace>a.example</webspace>";
    let missing = error_result(1013, "Certificate does not exist", "<name>other</name>");
    assert_eq!(operate(&sim, "remove", names), ok_result("<name>own</name>") + &missing);
    assert_eq!(sim.state().certificates.len(), 2);
}

#[test]
fn update_replaces_the_content_of_a_certificate() {
    let sim = start();
    install(&sim, "own", "<admin/>");
    let content = format!("<content><csr>D</csr><pvt>{KEY}</pvt><cert>X</cert></content>");
    assert_eq!(operate(&sim, "update", &format!("<name>own</name><admin/>{content}")), BARE_OK);
    let state = sim.state();
    let own = state.certificates.values().find(|certificate| certificate.name == "own").expect("the certificate");
    assert_eq!((own.csr.as_str(), own.cert.as_deref()), ("D", Some("X")));
    drop(state);
    let missing = operate(&sim, "update", &format!("<name>other</name><admin/>{content}"));
    assert_eq!(missing, error_result(1013, "Certificate does not exist", ""));
}

#[test]
fn certificates_go_with_their_subscription() {
    let sim = start();
    sim.state().add_subscription(ADMINISTRATOR_ID, "a.example");
    install(&sim, "own", "<webspace>a.example</webspace>");
    run(&sim, "webspace", "del", "<filter><name>a.example</name></filter>");
    assert_eq!(sim.state().certificates.len(), 1);
}
