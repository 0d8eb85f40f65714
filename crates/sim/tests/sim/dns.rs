//! The operator `dns`.

use crate::support::{BARE_OK, error_result, not_found, ok_result, run, send_packet, start, text};
use plesk_sim::Sim;

fn webspace(sim: &Sim, name: &str) -> u64 {
    sim.state().add_subscription(1, name).id
}

fn record(kind: &str, host: &str, value: &str, opt: &str) -> String {
    format!("<type>{kind}</type><host>{host}</host><value>{value}</value>{opt}")
}

fn add(sim: &Sim, zone: &str, record: &str) -> String {
    run(sim, "dns", "add_rec", &format!("{zone}{record}"))
}

/// Adds a record to the zone of a site. Returns its ID.
fn add_to(sim: &Sim, site: u64, record: &str) -> u64 {
    let reply = add(sim, &format!("<site-id>{site}</site-id>"), record);
    let id = text(&reply, "id").parse().unwrap_or_else(|_| panic!("{reply}"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id>")));
    id
}

fn get(sim: &Sim, filter: &str) -> String {
    run(sim, "dns", "get_rec", &format!("<filter>{filter}</filter>"))
}

fn del(sim: &Sim, filter: &str) -> String {
    run(sim, "dns", "del_rec", &format!("<filter>{filter}</filter>"))
}

fn returned(id: u64, site: Option<u64>, record: &str) -> String {
    let site = site.map(|site| format!("<site-id>{site}</site-id>")).unwrap_or_default();
    ok_result(&format!("<id>{id}</id><data>{site}{record}</data>"))
}

#[test]
fn add_rec_stores_records_with_absolute_names() {
    let sim = start();
    let site = webspace(&sim, "a.example");
    for (sent, expected) in [
        (record("A", "host", "192.0.2.9", ""), record("A", "host.a.example.", "192.0.2.9", "<opt></opt>")),
        (record("A", "", "192.0.2.9", ""), record("A", "a.example.", "192.0.2.9", "<opt></opt>")),
        (record("AAAA", "v6", "2001:db8::9", ""), record("AAAA", "v6.a.example.", "2001:db8::9", "<opt></opt>")),
        (record("CNAME", "alias", "b.example", ""), record("CNAME", "alias.a.example.", "b.example.", "<opt></opt>")),
        (record("NS", "", "ns.b.example.", ""), record("NS", "a.example.", "ns.b.example.", "<opt></opt>")),
        (
            record("MX", "", "mx.b.example", "<opt>20</opt>"),
            record("MX", "a.example.", "mx.b.example.", "<opt>20</opt>"),
        ),
        (
            record("TXT", "_acme-challenge", "token", "<opt/>"),
            record("TXT", "_acme-challenge.a.example.", "token", "<opt></opt>"),
        ),
        (record("TXT", "full.a.example.", "token", ""), record("TXT", "full.a.example.", "token", "<opt></opt>")),
    ] {
        let id = add_to(&sim, site, &sent);
        assert_eq!(get(&sim, &format!("<id>{id}</id>")), returned(id, Some(site), &expected));
    }
}

#[test]
fn add_rec_rejects_invalid_records() {
    let sim = start();
    let site = format!("<site-id>{}</site-id>", webspace(&sim, "a.example"));
    let unknown = error_result(1015, "Domain does not exist.", "");
    assert_eq!(add(&sim, "<site-id>7</site-id>", &record("A", "x", "192.0.2.9", "")), unknown);
    for (sent, code) in [
        (record("A", "", "192.0.2.1", ""), "1007"),
        (record("A", "x", "2001:db8::9", ""), "1019"),
        (record("AAAA", "x", "192.0.2.9", ""), "1019"),
        (record("TXT", "x", "", ""), "1019"),
        (record("A", "other.example.", "192.0.2.9", ""), "1019"),
        (record("SOA", "x", "192.0.2.9", ""), "1019"),
    ] {
        assert_eq!(text(&add(&sim, &site, &sent), "errcode"), code, "{sent}");
    }
}

#[test]
fn new_zone_has_the_records_of_the_template() {
    let sim = start();
    let reply = run(&sim, "webspace", "add", "<gen_setup><name>a.example</name></gen_setup>");
    let site = text(&reply, "id").to_owned();
    let records = get(&sim, &format!("<site-id>{site}</site-id>"));
    for expected in [
        record("NS", "a.example.", "ns1.a.example.", "<opt></opt>"),
        record("A", "a.example.", "192.0.2.1", "<opt></opt>"),
        record("MX", "a.example.", "mail.a.example.", "<opt>10</opt>"),
        record("TXT", "a.example.", "v=spf1 +a +mx -all", "<opt></opt>"),
    ] {
        assert!(
            records.contains(&format!("<data><site-id>{site}</site-id>{expected}</data>")),
            "{expected}: {records}"
        );
    }
    // The webspace has no IPv6 address.
    assert!(!records.contains("AAAA"), "{records}");
    assert_eq!(get(&sim, "<dns-zone-name>a.example</dns-zone-name>"), records);
    assert_eq!(get(&sim, ""), records);
}

#[test]
fn get_rec_and_del_rec_report_each_id() {
    let sim = start();
    let site = webspace(&sim, "a.example");
    let [a, b] = ["x", "y"].map(|host| add_to(&sim, site, &record("A", host, "192.0.2.9", "")));
    let unknown = not_found("Record", "<id>7</id>");
    let expected = |id: u64, host: &str| returned(id, Some(site), &record("A", host, "192.0.2.9", "<opt></opt>"));
    let all = expected(b, "y.a.example.") + &unknown + &expected(a, "x.a.example.");
    assert_eq!(get(&sim, &format!("<id>{b}</id><id>7</id><id>{a}</id>")), all);

    let ok = |id: u64| ok_result(&format!("<id>{id}</id>"));
    assert_eq!(del(&sim, &format!("<id>{a}</id><id>7</id><id>{b}</id>")), ok(a) + &unknown + &ok(b));
    assert_eq!(del(&sim, &format!("<id>{a}</id>")), not_found("Record", &format!("<id>{a}</id>")));
    assert_eq!(get(&sim, "<site-id>7</site-id>"), error_result(1015, "Domain does not exist.", ""));

    del(&sim, &format!("<site-id>{site}</site-id>"));
    assert_eq!(get(&sim, &format!("<site-id>{site}</site-id>")), "");
}

#[test]
fn packet_with_several_add_rec_answers_each() {
    let sim = start();
    let site = webspace(&sim, "a.example");
    let operation =
        |host: &str| format!("<add_rec><site-id>{site}</site-id>{}</add_rec>", record("TXT", host, "token", ""));
    let reply = send_packet(&sim, &format!("<dns>{}{}{}</dns>", operation("x"), operation("x"), operation("y")));
    assert_eq!(reply.matches("<add_rec><result><status>ok</status><id>").count(), 2, "{reply}");
    assert!(reply.contains(&error_result(1007, "The DNS record already exists", "")), "{reply}");
}

#[test]
fn template_records_have_no_site() {
    let sim = start();
    let reply = add(&sim, "", &record("TXT", "note", "hello", ""));
    let id: u64 = text(&reply, "id").parse().expect("a number");
    let template =
        |operation: &str, id: u64| run(&sim, "dns", operation, &format!("<filter><id>{id}</id></filter><template/>"));
    let stored = record("TXT", "note.&lt;domain&gt;.", "hello", "<opt></opt>");
    assert_eq!(template("get_rec", id), returned(id, None, &stored));
    assert_eq!(get(&sim, &format!("<id>{id}</id>")), not_found("Record", &format!("<id>{id}</id>")));

    // New zones get the record; zones that exist get it when they are synchronized.
    let old = webspace(&sim, "old.example");
    let second = add(&sim, "", &record("TXT", "late", "hello", ""));
    assert_eq!(run(&sim, "dns", "sync-with-template", "<filter/>"), BARE_OK);
    let records = get(&sim, &format!("<site-id>{old}</site-id>"));
    for host in ["note", "late"] {
        assert_eq!(records.matches(&format!("<host>{host}.old.example.</host>")).count(), 1, "{records}");
    }
    let all = run(&sim, "dns", "get_rec", "<filter/><template/>");
    assert!(all.len() > 1000 && !all.contains("<site-id>"), "{all}");

    assert_eq!(template("del_rec", id), ok_result(&format!("<id>{id}</id>")));
    assert_eq!(template("del_rec", id), not_found("Record", &format!("<id>{id}</id>")));
    assert_ne!(text(&second, "id"), id.to_string());
}

#[test]
fn get_and_set_change_the_soa_of_zones() {
    let sim = start();
    let site = webspace(&sim, "a.example");
    let filter = format!("<filter><site-id>{site}</site-id><site-id>7</site-id></filter>");
    let unknown = error_result(1015, "Domain does not exist.", "<site-id>7</site-id>");
    let changed = ok_result(&format!("<site-id>{site}</site-id>"));
    let set = run(&sim, "dns", "set", &format!("{filter}<soa><ttl>60</ttl><minimum>5</minimum></soa>"));
    assert_eq!(set, changed + &unknown);
    let soa = "<soa><ttl>60</ttl><refresh>10800</refresh><retry>3600</retry><expire>604800</expire>\
        <minimum>5</minimum></soa>";
    let zone = "<zone_type>master</zone_type><zone_status>enabled</zone_status>";
    let expected = ok_result(&format!("<site-id>{site}</site-id>{soa}{zone}")) + &unknown;
    assert_eq!(run(&sim, "dns", "get", &format!("{filter}<soa/>")), expected);

    // Without a filter, the template for new zones is meant.
    assert_eq!(run(&sim, "dns", "set", "<soa><ttl>90</ttl></soa>"), BARE_OK);
    let template = run(&sim, "dns", "get", "<soa/>");
    assert_eq!(text(&template, "ttl"), "90");
    assert!(!template.contains("zone_type"), "{template}");
    let new = webspace(&sim, "new.example");
    let reply = run(&sim, "dns", "get", &format!("<filter><site-id>{new}</site-id></filter><soa/>"));
    assert_eq!(text(&reply, "ttl"), "90");
}

#[test]
fn switch_enable_and_disable_change_zones() {
    let sim = start();
    let site = webspace(&sim, "a.example");
    let filter = format!("<filter><site-id>{site}</site-id></filter>");
    let ok = ok_result(&format!("<site-id>{site}</site-id>"));
    let state = |kind: &str, status: &str| {
        ok_result(&format!("<site-id>{site}</site-id><zone_type>{kind}</zone_type><zone_status>{status}</zone_status>"))
    };
    assert_eq!(run(&sim, "dns", "disable", &filter), ok);
    assert_eq!(run(&sim, "dns", "get", &filter), state("master", "disabled"));
    assert_eq!(run(&sim, "dns", "switch", &format!("{filter}<zone_type>slave</zone_type>")), ok);
    assert_eq!(run(&sim, "dns", "enable", &filter), ok);
    assert_eq!(run(&sim, "dns", "get", &filter), state("slave", "enabled"));
    assert_eq!(run(&sim, "dns", "disable", ""), BARE_OK);
    assert!(!sim.state().dns.template.enabled);
}

#[test]
fn master_servers_are_added_read_and_deleted() {
    let sim = start();
    let site = webspace(&sim, "a.example");
    let add = |address: &str| {
        let content = format!("<site-id>{site}</site-id><ip_address>{address}</ip_address>");
        run(&sim, "dns", "add_master_server", &content)
    };
    let reply = add("192.0.2.53");
    let id = text(&reply, "id").to_owned();
    assert_eq!(reply, ok_result(&format!("<id>{id}</id>")));
    assert_eq!(text(&add("192.0.2.53"), "errcode"), "1007");
    assert_eq!(text(&add("nowhere"), "errcode"), "1019");

    let by_site = format!("<filter><site-id>{site}</site-id></filter>");
    let server = format!("<id>{id}</id><site-id>{site}</site-id><ip_address>192.0.2.53</ip_address>");
    assert_eq!(run(&sim, "dns", "get_master_server", &by_site), ok_result(&server));
    assert_eq!(run(&sim, "dns", "get_master_server", "<filter/>"), ok_result(&server));
    let by_id = format!("<filter><id>{id}</id></filter>");
    assert_eq!(run(&sim, "dns", "del_master_server", &by_id), ok_result(&format!("<id>{id}</id>")));
    let gone = not_found("Master server", &format!("<id>{id}</id>"));
    assert_eq!(run(&sim, "dns", "del_master_server", &by_id), gone);
    assert_eq!(run(&sim, "dns", "get_master_server", &by_site), BARE_OK);
}

#[test]
fn acl_and_recursion_are_settings_of_the_server() {
    let sim = start();
    let hosts = "<filter><host>192.0.2.7</host><host>192.0.2.8</host></filter>";
    let host = |host: &str| ok_result(&format!("<host>{host}</host>"));
    assert_eq!(run(&sim, "dns", "add_to_acl", hosts), host("192.0.2.7") + &host("192.0.2.8"));
    assert_eq!(run(&sim, "dns", "get_acl", ""), ok_result("<host>192.0.2.7</host><host>192.0.2.8</host>"));
    let one = "<filter><host>192.0.2.7</host></filter>";
    assert_eq!(run(&sim, "dns", "remove_from_acl", one), host("192.0.2.7"));
    assert_eq!(text(&run(&sim, "dns", "remove_from_acl", one), "errcode"), "1013");

    assert_eq!(run(&sim, "dns", "get-recursion", ""), ok_result("<value>localnets</value>"));
    assert_eq!(run(&sim, "dns", "set-recursion", "<value>off</value>"), BARE_OK);
    assert_eq!(run(&sim, "dns", "get-recursion", ""), ok_result("<value>off</value>"));
    let supported = ok_result("<value>on</value><value>localnets</value><value>off</value>");
    assert_eq!(run(&sim, "dns", "get-supported-recursion", ""), supported);

    assert_eq!(run(&sim, "dns", "enable-remote-dns", ""), BARE_OK);
    assert_eq!(run(&sim, "dns", "get-status-remote-dns", ""), ok_result("<dns-status>true</dns-status>"));
    assert_eq!(run(&sim, "dns", "disable-remote-dns", ""), BARE_OK);
    assert_eq!(run(&sim, "dns", "get-status-remote-dns", ""), ok_result("<dns-status>false</dns-status>"));
}
