//! The operator `site`.

use crate::support::{BARE_OK, error_result, not_found, ok_for, ok_result, run, start, text};
use plesk_sim::Sim;

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "site", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn get(sim: &Sim, filter: &str, dataset: &str) -> String {
    select(sim, "get", filter, &format!("<dataset>{dataset}</dataset>"))
}

fn add(sim: &Sim, gen_setup: &str, rest: &str) -> String {
    run(sim, "site", "add", &format!("<gen_setup>{gen_setup}</gen_setup>{rest}"))
}

/// Adds a site to a webspace. Returns its ID.
fn add_site(sim: &Sim, webspace: u64, name: &str, rest: &str) -> u64 {
    let reply = add(sim, &format!("<name>{name}</name><webspace-id>{webspace}</webspace-id>"), rest);
    text(&reply, "id").parse().unwrap_or_else(|_| panic!("{reply}"))
}

fn webspace(sim: &Sim, name: &str) -> u64 {
    sim.state().add_subscription(1, name).id
}

fn with_data(filter_id: impl std::fmt::Display, id: u64, data: &str) -> String {
    ok_result(&format!("<filter-id>{filter_id}</filter-id><id>{id}</id>{data}"))
}

#[test]
fn add_stores_all_values_that_get_returns() {
    let sim = start();
    let main = webspace(&sim, "main.example");
    let setup = format!(
        "<name>Addon.example</name><htype>std_fwd</htype><status>16</status><webspace-id>{main}</webspace-id>\
         <description>mine</description>"
    );
    let hosting = "<std_fwd><dest_url>https://other.example/</dest_url><http_code>301</http_code></std_fwd>";
    let rest = format!(
        "<hosting>{hosting}</hosting><prefs><www>true</www><stat_ttl>3</stat_ttl></prefs>\
         <performance><max_connections>20</max_connections></performance>"
    );
    let reply = add(&sim, &setup, &rest);
    let (id, guid) = (text(&reply, "id").parse().expect("a number"), text(&reply, "guid").to_owned());
    assert_eq!(reply, ok_result(&format!("<id>{id}</id><guid>{guid}</guid>")));

    let (day, webspace_guid) = {
        let state = sim.state();
        (state.sites[&id].cr_date.clone(), state.subscriptions[&main].guid.clone())
    };
    let read = |dataset: &str, data: &str| {
        let expected = with_data(id, id, &format!("<data>{data}</data>"));
        assert_eq!(get(&sim, &format!("<id>{id}</id>"), dataset), expected);
    };
    assert_eq!(get(&sim, &format!("<id>{id}</id>"), ""), with_data(id, id, "<data/>"));
    read(
        "<gen_info/>",
        &format!(
            "<gen_info><cr_date>{day}</cr_date><name>addon.example</name><ascii-name>addon.example</ascii-name>\
             <status>16</status><real_size>0</real_size><dns_ip_address>192.0.2.1</dns_ip_address>\
             <htype>std_fwd</htype><guid>{guid}</guid><webspace-guid>{webspace_guid}</webspace-guid>\
             <webspace-id>{main}</webspace-id><description>mine</description></gen_info>"
        ),
    );
    let address = "<ip_address>192.0.2.1</ip_address></std_fwd>";
    read("<hosting/>", &format!("<hosting>{}</hosting>", hosting.replace("</std_fwd>", address)));
    read("<prefs/>", "<prefs><www>true</www><stat_ttl>3</stat_ttl></prefs>");
    read("<performance/>", "<performance><max_connections>20</max_connections></performance>");
    read(
        "<stat/>",
        "<stat><traffic>0</traffic><subdom>0</subdom><wu>0</wu><box>0</box><redir>0</redir><mg>0</mg><resp>0</resp>\
         <maillists>0</maillists><db>0</db><mssql_db>0</mssql_db><traffic_prevday>0</traffic_prevday></stat>",
    );
}

#[test]
fn main_domain_is_a_site_with_the_id_of_its_webspace() {
    let sim = start();
    let main = webspace(&sim, "main.example");
    let guid = sim.state().subscriptions[&main].guid.clone();
    for (filter, key) in [
        (format!("<id>{main}</id>"), main.to_string()),
        ("<name>main.example</name>".to_owned(), "main.example".to_owned()),
        (format!("<guid>{guid}</guid>"), guid),
    ] {
        assert_eq!(get(&sim, &filter, ""), with_data(key, main, "<data/>"));
    }
    assert!(get(&sim, &format!("<id>{main}</id>"), "<hosting/>").contains("<hosting><none/></hosting>"));
}

#[test]
fn empty_filter_selects_additional_sites_only() {
    let sim = start();
    let main = webspace(&sim, "main.example");
    assert_eq!(get(&sim, "", ""), BARE_OK);
    let site = add_site(&sim, main, "addon.example", "");
    assert_eq!(get(&sim, "", ""), ok_result(&format!("<id>{site}</id><data/>")));
    assert_eq!(select(&sim, "del", "", ""), ok_result(&format!("<id>{site}</id>")));
    assert!(sim.state().sites.is_empty() && !sim.state().subscriptions.is_empty());
}

#[test]
fn filters_by_parent_select_sites_below_it() {
    let sim = start();
    let (main, other) = (webspace(&sim, "main.example"), webspace(&sim, "other.example"));
    let site = add_site(&sim, main, "addon.example", "");
    let reply = add(&sim, &format!("<name>sub.addon.example</name><parent-site-id>{site}</parent-site-id>"), "");
    let sub: u64 = text(&reply, "id").parse().expect("a number");
    assert_eq!(sim.state().sites[&sub].subscription, main);

    let both = with_data(main, site, "<data/>") + &with_data(main, sub, "<data/>");
    assert_eq!(get(&sim, &format!("<parent-id>{main}</parent-id>"), ""), both);
    let below = with_data("addon.example", sub, "<data/>");
    assert_eq!(get(&sim, "<parent-site-name>addon.example</parent-site-name>", ""), below);
    for parent in [other, 7] {
        let expected = ok_result(&format!("<filter-id>{parent}</filter-id>"));
        assert_eq!(get(&sim, &format!("<parent-id>{parent}</parent-id>"), "<gen_info/>"), expected);
    }
}

#[test]
fn web_hosting_is_returned_with_full_document_root() {
    let sim = start();
    let main = webspace(&sim, "main.example");
    let root = "<property><name>www_root</name><value>addon/public</value></property>";
    let site = add_site(&sim, main, "addon.example", &format!("<hosting><vrt_hst>{root}</vrt_hst></hosting>"));
    let filter = format!("<id>{site}</id>");
    let hosting = |root: &str| format!("<property><name>www_root</name><value>{root}</value></property>");
    let reply = get(&sim, &filter, "<hosting/>");
    assert!(reply.contains(&hosting("/var/www/vhosts/main.example/addon/public")), "{reply}");

    let values = "<values><hosting><vrt_hst><property><name>php</name><value>false</value></property></vrt_hst>\
        </hosting></values>";
    assert_eq!(select(&sim, "set", &filter, values), ok_for(site, site));
    let reply = get(&sim, &filter, "<hosting/>");
    assert!(reply.contains(&hosting("/var/www/vhosts/main.example/addon/public")), "{reply}");
    assert!(reply.contains("<property><name>php</name><value>false</value></property>"), "{reply}");
}

#[test]
fn add_rejects_invalid_sites() {
    let sim = start();
    let main = webspace(&sim, "main.example");
    let site = add_site(&sim, main, "addon.example", "");
    let named = |name: &str, rest: &str| format!("<name>{name}</name>{rest}");
    let parent = format!("<webspace-id>{main}</webspace-id>");
    for (setup, code) in [
        (named("main.example", &parent), "1007"),
        (named("addon.example", &parent), "1007"),
        (named("new.example", "<webspace-id>7</webspace-id>"), "1013"),
        (named("new.example", "<webspace-name>none.example</webspace-name>"), "1013"),
        (named("new.example", "<parent-site-name>none.example</parent-site-name>"), "1013"),
        (named("new.example", ""), "1019"),
        (named("new.example", &format!("<status>7</status>{parent}")), "1019"),
        (named("new.example", &format!("<htype>std_fwd</htype>{parent}")), "1019"),
    ] {
        assert_eq!(text(&add(&sim, &setup, ""), "errcode"), code, "{setup}");
    }
    assert_eq!(sim.state().sites.keys().collect::<Vec<_>>(), [&site]);

    {
        let mut state = sim.state();
        state.server.restricted_domains.push("google.example".to_owned());
        state.server.domain_restriction = true;
    }
    assert_eq!(text(&add(&sim, &named("google.example", &parent), ""), "errcode"), "1019");
}

#[test]
fn set_changes_sites_and_main_domains() {
    let sim = start();
    let main = webspace(&sim, "main.example");
    let site = add_site(&sim, main, "addon.example", "");
    let values = "<values><gen_setup><status>16</status><name>new.example</name><guid/>\
        <description>new</description><turn-off-action>suspend</turn-off-action></gen_setup>\
        <prefs><www>false</www></prefs><disk_usage><mailboxes>5</mailboxes></disk_usage></values>";
    let guid = sim.state().sites[&site].guid.clone();
    assert_eq!(select(&sim, "set", &format!("<id>{site}</id>"), values), ok_for(site, site));
    {
        let state = sim.state();
        let changed = &state.sites[&site];
        assert_eq!((changed.status, changed.name.as_str()), (16, "new.example"));
        assert_eq!((changed.description.as_str(), changed.mailboxes_size), ("new", 5));
        assert_ne!(changed.guid, guid);
        // The zone has the new name too.
        let hosts = state.dns.records.values().filter(|record| record.zone == Some(site));
        assert!(hosts.clone().count() > 2);
        assert!(hosts.into_iter().all(|record| record.host.ends_with("new.example.")));
    }
    let rename = "<values><gen_setup><name>main2.example</name></gen_setup></values>";
    assert_eq!(select(&sim, "set", "<name>main.example</name>", rename), ok_for("main.example", main));
    assert_eq!(sim.state().subscriptions[&main].name, "main2.example");

    let taken = "<values><gen_setup><name>new.example</name><status>0</status></gen_setup></values>";
    let reply = select(&sim, "set", &format!("<id>{main}</id>"), taken);
    let body = format!("<filter-id>{main}</filter-id><id>{main}</id>");
    assert_eq!(reply, error_result(1007, "The domain 'new.example' already exists", &body));
}

#[test]
fn del_removes_a_site_with_its_subdomains_and_zones() {
    let sim = start();
    let main = webspace(&sim, "main.example");
    let site = add_site(&sim, main, "addon.example", "");
    add(&sim, &format!("<name>sub.addon.example</name><parent-site-id>{site}</parent-site-id>"), "");
    let unknown = not_found("Site", "<filter-id>7</filter-id>");
    assert_eq!(select(&sim, "del", &format!("<id>7</id><id>{site}</id>"), ""), unknown.clone() + &ok_for(site, site));
    {
        let state = sim.state();
        assert!(state.sites.is_empty());
        assert_eq!(state.dns.zones.keys().collect::<Vec<_>>(), [&main]);
        assert!(state.dns.records.values().all(|record| record.zone == Some(main)));
    }
    assert_eq!(get(&sim, "<id>7</id>", ""), unknown);
    assert_eq!(text(&select(&sim, "del", &format!("<id>{main}</id>"), ""), "errcode"), "1023");
}

#[test]
fn deleting_the_owner_deletes_sites_and_zones() {
    let sim = start();
    let main = {
        let mut state = sim.state();
        let jo = state.add_customer("jo").id;
        state.add_subscription(jo, "main.example").id
    };
    add_site(&sim, main, "addon.example", "");
    run(&sim, "customer", "del", "<filter><login>jo</login></filter>");
    let state = sim.state();
    assert!(state.subscriptions.is_empty() && state.sites.is_empty());
    assert!(state.dns.zones.is_empty() && state.dns.records.is_empty());
}

#[test]
fn traffic_is_set_and_read_by_day() {
    let sim = start();
    let main = webspace(&sim, "main.example");
    let site = add_site(&sim, main, "addon.example", "");
    let set = |id: u64, day: u32| {
        let values = "<smtp_in>1</smtp_in><smtp_out>2</smtp_out><pop3_imap_in>3</pop3_imap_in>\
            <pop3_imap_out>4</pop3_imap_out>";
        run(&sim, "site", "set_traffic", &format!("<dom_id>{id}</dom_id><date>2026-01-0{day}</date>{values}"))
    };
    assert_eq!(set(site, 1), ok_result(&format!("<id>{site}</id>")));
    assert_eq!(set(site, 2), ok_result(&format!("<id>{site}</id>")));
    assert_eq!(set(7, 1), not_found("Site", ""));
    let filter = format!("<filter><id>{site}</id></filter><since_date>2026-01-02</since_date>");
    let traffic = "<traffic><date>2026-01-02</date><http_in>0</http_in><http_out>0</http_out><ftp_in>0</ftp_in>\
        <ftp_out>0</ftp_out><smtp_in>1</smtp_in><smtp_out>2</smtp_out><pop3_imap_in>3</pop3_imap_in>\
        <pop3_imap_out>4</pop3_imap_out></traffic>";
    assert_eq!(run(&sim, "site", "get_traffic", &filter), with_data(site, site, traffic));
}

#[test]
fn descriptors_and_buttons_are_returned_for_each_site() {
    let sim = start();
    let main = webspace(&sim, "main.example");
    let buttons = select(&sim, "cform_buttons_list", &format!("<id>{main}</id>"), "");
    assert!(buttons.contains(&format!("<filter-id>{main}</filter-id><id>{main}</id><button><code>web</code>")));
    let server = select(&sim, "get-physical-hosting-descriptor", "", "");
    assert!(server.starts_with("<result><status>ok</status><descriptor><property><name>ftp_login</name>"), "{server}");
    let one = select(&sim, "get-physical-hosting-descriptor", &format!("<id>{main}</id>"), "");
    assert!(one.contains(&format!("<filter-id>{main}</filter-id><id>{main}</id><descriptor>")), "{one}");
}
