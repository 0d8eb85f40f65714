//! The operator `ip`.

use std::net::IpAddr;

use crate::support::{error_result, ok_result, run, send_packet, start, text};
use plesk_sim::Sim;

fn info(address: &str, netmask: &str, kind: &str) -> String {
    format!(
        "<ip_info><ip_address>{address}</ip_address><netmask>{netmask}</netmask><type>{kind}</type>\
         <interface>eth0</interface></ip_info>"
    )
}

fn add(sim: &Sim, address: &str, interface: &str) -> String {
    run(
        sim,
        "ip",
        "add",
        &format!(
            "<ip_address>{address}</ip_address><netmask>255.255.255.0</netmask><type>exclusive</type>\
             <interface>{interface}</interface>"
        ),
    )
}

fn unknown(address: &str) -> String {
    error_result(1018, &format!("The server has no IP address {address}"), "")
}

#[test]
fn get_lists_ipv4_addresses_first() {
    let sim = start();
    sim.state().ip_addresses.rotate_left(1);
    let expected = format!(
        "<ip><get><result><status>ok</status><addresses>{}{}</addresses></result></get></ip>",
        info("192.0.2.1", "255.255.255.0", "shared"),
        info("2001:db8::1", "ffff:ffff:ffff:ffff::", "shared"),
    );
    assert_eq!(send_packet(&sim, "<ip><get/></ip>"), expected);
}

#[test]
fn add_stores_an_address_that_webspaces_can_use() {
    let sim = start();
    assert_eq!(add(&sim, "192.0.2.7", "eth0"), ok_result("<ip_address>192.0.2.7</ip_address>"));
    assert!(run(&sim, "ip", "get", "").contains(&info("192.0.2.7", "255.255.255.0", "exclusive")));
    let gen_setup = "<gen_setup><name>a.example</name><ip_address>192.0.2.7</ip_address></gen_setup>";
    assert_eq!(text(&run(&sim, "webspace", "add", gen_setup), "status"), "ok");

    assert_eq!(text(&add(&sim, "192.0.2.7", "eth0"), "errcode"), "1013");
    assert_eq!(text(&add(&sim, "192.0.2.8", "eth9"), "errcode"), "1032");
    assert_eq!(text(&add(&sim, "nowhere", "eth0"), "errcode"), "1019");
}

#[test]
fn set_changes_one_property_of_each_address() {
    let sim = start();
    let set = |rest: &str| {
        let filter = "<filter><ip_address>192.0.2.1</ip_address><ip_address>192.0.2.9</ip_address></filter>";
        run(&sim, "ip", "set", &format!("{filter}{rest}"))
    };
    let expected = ok_result("<ip_address>192.0.2.1</ip_address>") + &unknown("192.0.2.9");
    assert_eq!(set("<type>exclusive</type>"), expected);
    assert_eq!(set("<public_ip_address>203.0.113.1</public_ip_address>"), expected);
    let reply = run(&sim, "ip", "get", "");
    assert!(
        reply.contains("<type>exclusive</type><interface>eth0</interface><public_ip_address>203.0.113.1<"),
        "{reply}"
    );
}

#[test]
fn set_keeps_an_address_of_several_accounts_shared() {
    let sim = start();
    {
        let mut state = sim.state();
        let jo = state.add_customer("jo").id;
        state.add_subscription(jo, "a.example");
        state.add_subscription(1, "b.example");
    }
    let reply = run(&sim, "ip", "set", "<filter><ip_address>192.0.2.1</ip_address></filter><type>exclusive</type>");
    assert_eq!(text(&reply, "errcode"), "1027");
}

#[test]
fn del_removes_only_unused_addresses() {
    let sim = start();
    sim.state().add_subscription(1, "a.example");
    let filter = "<filter><ip_address>192.0.2.1</ip_address><ip_address>2001:db8::1</ip_address>\
        <ip_address>::9</ip_address></filter>";
    let expected = error_result(1027, "The IP address 192.0.2.1 is in use", "")
        + &ok_result("<ip_address>2001:db8::1</ip_address>")
        + &unknown("::9");
    assert_eq!(run(&sim, "ip", "del", filter), expected);
    assert_eq!(sim.state().ip_addresses, ["192.0.2.1".parse::<IpAddr>().expect("an address")]);
}
