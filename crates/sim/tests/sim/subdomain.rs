//! The operator `subdomain`.

use std::collections::BTreeMap;

use crate::support::{BARE_OK, not_found, ok_for, ok_result, run, start, text};
use plesk_sim::{Hosting, Sim};

/// Adds a webspace with web hosting. Returns its ID.
fn webspace(sim: &Sim, name: &str) -> u64 {
    let mut state = sim.state();
    let subscription = state.add_subscription(1, name);
    subscription.hosting = Hosting::Physical(BTreeMap::new());
    subscription.id
}

fn add(sim: &Sim, parent: &str, name: &str, rest: &str) -> String {
    run(sim, "subdomain", "add", &format!("<parent>{parent}</parent><name>{name}</name>{rest}"))
}

fn id_of(reply: &str) -> u64 {
    let id = text(reply, "id").parse().unwrap_or_else(|_| panic!("{reply}"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id>")));
    id
}

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "subdomain", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn property(name: &str, value: &str) -> String {
    format!("<property><name>{name}</name><value>{value}</value></property>")
}

#[test]
fn add_stores_subdomains_that_get_returns_with_full_name() {
    let sim = start();
    webspace(&sim, "a.example");
    let id = id_of(&add(&sim, "a.example", "Sub", &property("www_root", "sub/public")));
    let data = format!(
        "<data><parent>a.example</parent><name>sub.a.example</name>{}{}{}{}{}{}{}{}{}</data>",
        property("cgi", "false"),
        property("ftp_login", ""),
        property("ftp_password", ""),
        property("ftp_quota", "-1"),
        property("php", "true"),
        property("shell", "/bin/false"),
        property("ssl", "true"),
        property("webstat", "awstats"),
        property("www_root", "/var/www/vhosts/a.example/sub/public"),
    );
    assert_eq!(select(&sim, "get", "", ""), ok_result(&format!("<id>{id}</id>{data}")));
    for (filter, key) in [
        (format!("<id>{id}</id>"), id.to_string()),
        ("<name>sub.a.example</name>".to_owned(), "sub.a.example".to_owned()),
        ("<parent-name>a.example</parent-name>".to_owned(), "a.example".to_owned()),
    ] {
        let expected = ok_result(&format!("<filter-id>{key}</filter-id><id>{id}</id>{data}"));
        assert_eq!(select(&sim, "get", &filter, ""), expected);
    }
    // It is a site too.
    let site = run(&sim, "site", "get", &format!("<filter><id>{id}</id></filter><dataset/>"));
    assert_eq!(text(&site, "status"), "ok");
}

#[test]
fn get_without_subdomains_returns_ok_without_data() {
    let sim = start();
    webspace(&sim, "a.example");
    assert_eq!(select(&sim, "get", "", ""), BARE_OK);
    let expected = ok_result("<filter-id>a.example</filter-id>");
    assert_eq!(select(&sim, "get", "<parent-name>a.example</parent-name>", ""), expected);
    assert_eq!(select(&sim, "get", "<id>7</id>", ""), not_found("Subdomain", "<filter-id>7</filter-id>"));
}

#[test]
fn add_rejects_invalid_subdomains() {
    let sim = start();
    let id = webspace(&sim, "a.example");
    sim.state().add_subscription(1, "bare.example");
    add(&sim, "a.example", "sub", "");
    for (parent, name, code) in [
        ("a.example", "sub", "1007"),
        ("a.example", "sub.a.example", "1007"),
        ("a.example", "", "1019"),
        ("none.example", "sub", "1013"),
        ("bare.example", "sub", "1034"),
    ] {
        assert_eq!(text(&add(&sim, parent, name, ""), "errcode"), code, "{parent} {name}");
    }
    // An additional site is no subdomain.
    let site = sim.state().add_site(id, "b.example").id;
    let unknown = not_found("Subdomain", &format!("<filter-id>{site}</filter-id>"));
    assert_eq!(select(&sim, "del", &format!("<id>{site}</id>"), ""), unknown);
}

#[test]
fn set_rename_and_del_change_subdomains() {
    let sim = start();
    webspace(&sim, "a.example");
    let id = id_of(&add(&sim, "a.example", "sub", "<home>/httpdocs/sub</home>"));
    id_of(&add(&sim, "a.example", "taken", ""));
    let filter = format!("<id>{id}</id>");
    assert_eq!(select(&sim, "set", &filter, &property("php", "false")), ok_for(id, id));
    let reply = select(&sim, "get", &filter, "");
    assert!(reply.contains(&property("php", "false")), "{reply}");
    assert!(reply.contains(&property("www_root", "/var/www/vhosts/a.example/httpdocs/sub")), "{reply}");

    let rename = |id: u64, name: &str| run(&sim, "subdomain", "rename", &format!("<id>{id}</id><name>{name}</name>"));
    assert_eq!(rename(id, "new"), BARE_OK);
    assert_eq!(sim.state().sites[&id].name, "new.a.example");
    assert_eq!(text(&rename(id, "taken"), "errcode"), "1007");
    assert_eq!(rename(7, "x"), not_found("Subdomain", ""));

    assert_eq!(select(&sim, "del", "<name>new.a.example</name>", ""), ok_for("new.a.example", id));
    assert_eq!(sim.state().sites.len(), 1);
}
