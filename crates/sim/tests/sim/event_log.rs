//! The operator `event_log`: every change through the API is an event.

use std::time::{Duration, UNIX_EPOCH};

use plesk_sim::Sim;

use crate::support::{BARE_OK, ok_result, run, send_packet, start, text};

/// Returns the events after `last`: type, class and object of each.
fn events(sim: &Sim, last: u64) -> Vec<String> {
    let state = sim.state();
    let events = state.events.iter().filter(|event| event.id > last);
    events.map(|event| format!("{} {} {}", event.kind, event.class, event.object)).collect()
}

#[test]
fn created_changed_and_deleted_objects_are_events() {
    let sim = start();
    sim.stop_clock_at(UNIX_EPOCH + Duration::from_secs(1_000));
    let add = "<gen_info><pname>P</pname><login>jo</login><passwd>s3cret!</passwd></gen_info>";
    let id = text(&run(&sim, "customer", "add", add), "id").to_owned();
    run(
        &sim,
        "customer",
        "set",
        "<filter><login>jo</login></filter><values><gen_info><cname>C</cname></gen_info></values>",
    );
    let expected = |number: u64, kind: &str| {
        format!(
            "<event><id>{number}</id><type>{kind}</type><time>1000</time><class>client</class><obj_id>{id}</obj_id>\
             <user>admin</user><host>127.0.0.1</host></event>"
        )
    };
    let both = expected(2, "created") + &expected(3, "updated");
    assert_eq!(run(&sim, "event_log", "get_events", "<lastId>1</lastId>"), ok_result(&both));
    let wanted = "<events><event><type>updated</type><class>client</class></event></events>";
    assert_eq!(run(&sim, "event_log", "get_events", wanted), ok_result(&expected(3, "updated")));
    assert_eq!(run(&sim, "event_log", "get-last-id", ""), ok_result("<id>3</id>"));
}

#[test]
fn objects_deleted_along_are_events_too() {
    let sim = start();
    let (customer, webspace, mail) = {
        let mut state = sim.state();
        let customer = state.add_customer("jo").id;
        let webspace = state.add_subscription(customer, "a.example").id;
        (customer, webspace, state.add_mail_account(webspace, "info").id)
    };
    run(&sim, "customer", "del", "<filter><login>jo</login></filter>");
    let expected = [
        format!("deleted client {customer}"),
        format!("deleted domain {webspace}"),
        format!("deleted dns_zone {webspace}"),
        format!("deleted mailname {mail}"),
    ];
    assert_eq!(events(&sim, 1), expected);
}

#[test]
fn get_removes_the_events_on_request_and_keeps_the_last_id() {
    let sim = start();
    run(&sim, "secret_key", "create", "");
    let count = |options: &str| run(&sim, "event_log", "get", options).matches("<event>").count();
    assert_eq!(count("<options><flush_selected_range>false</flush_selected_range></options>"), 2);
    assert_eq!(count(""), 2);
    assert_eq!(count("<options/>"), 2);
    assert_eq!(count("<options><flush_selected_range>true</flush_selected_range></options>"), 2);
    assert_eq!(run(&sim, "event_log", "get", ""), BARE_OK);
    assert_eq!(run(&sim, "event_log", "get-last-id", ""), ok_result("<id>2</id>"));
}

#[test]
fn reads_and_refused_operations_are_no_events() {
    let sim = start();
    sim.state().add_customer("jo");
    run(&sim, "customer", "get", "<filter/><dataset><gen_info/></dataset>");
    run(&sim, "customer", "del", "<filter><id>7</id></filter>");
    run(&sim, "secret_key", "create", "<login>nobody</login>");
    send_packet(&sim, "<customer><nonsense/></customer>");
    assert_eq!(events(&sim, 1), Vec::<String>::new());
}

#[test]
fn changes_of_the_server_are_events() {
    let sim = start();
    run(&sim, "server", "reboot", "");
    run(&sim, "secret_key", "create", "");
    run(&sim, "extension", "install", "<id>x</id>");
    let expected = [
        "updated admin_prefs server/reboot",
        "created admin_prefs secret_key/create",
        "installed siteapp extension/install",
    ];
    assert_eq!(events(&sim, 1), expected);
}
