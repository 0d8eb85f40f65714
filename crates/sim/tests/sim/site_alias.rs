//! The operator `site-alias`.

use crate::support::{BARE_OK, error_result, not_found, ok_for, ok_result, run, start, text};
use plesk_sim::Sim;

fn site(sim: &Sim, name: &str) -> u64 {
    sim.state().add_subscription(1, name).id
}

fn create(sim: &Sim, site: u64, name: &str, settings: &str) -> String {
    run(sim, "site-alias", "create", &format!("{settings}<site-id>{site}</site-id><name>{name}</name>"))
}

fn id_of(reply: &str) -> u64 {
    let id = text(reply, "id").parse().unwrap_or_else(|_| panic!("{reply}"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id>")));
    id
}

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "site-alias", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn info(site: u64, name: &str, status: u32, mail: bool, dns: bool) -> String {
    format!(
        "<info><status>{status}</status><pref><web>true</web><mail>{mail}</mail><seo-redirect>true</seo-redirect>\
         </pref><manage-dns>{dns}</manage-dns><site-id>{site}</site-id><name>{name}</name>\
         <ascii-name>{name}</ascii-name></info>"
    )
}

#[test]
fn create_stores_aliases_that_get_returns() {
    let sim = start();
    let (a, b) = (site(&sim, "a.example"), site(&sim, "b.example"));
    let first = id_of(&create(&sim, a, "Alias.example", ""));
    let settings = "<status>1</status><pref><mail>false</mail></pref><manage-dns>false</manage-dns>";
    let second = id_of(&create(&sim, b, "other.example", settings));
    let expected = |key: &str, id: u64, info: &str| ok_result(&format!("{key}<id>{id}</id>{info}"));
    let (one, two) = (info(a, "alias.example", 0, true, true), info(b, "other.example", 1, false, false));
    assert_eq!(select(&sim, "get", "", ""), expected("", first, &one) + &expected("", second, &two));
    let key = |key: &str| format!("<filter-id>{key}</filter-id>");
    for (filter, name) in [
        (format!("<id>{first}</id>"), first.to_string()),
        ("<name>alias.example</name>".to_owned(), "alias.example".to_owned()),
        (format!("<site-id>{a}</site-id>"), a.to_string()),
        ("<site-name>a.example</site-name>".to_owned(), "a.example".to_owned()),
    ] {
        assert_eq!(select(&sim, "get", &filter, ""), expected(&key(&name), first, &one), "{filter}");
    }
    assert_eq!(select(&sim, "get", "<id>7</id>", ""), not_found("Site alias", &key("7")));
}

#[test]
fn get_without_aliases_returns_ok_without_data() {
    let sim = start();
    let a = site(&sim, "a.example");
    assert_eq!(select(&sim, "get", "", ""), BARE_OK);
    let expected = ok_result(&format!("<filter-id>{a}</filter-id>"));
    assert_eq!(select(&sim, "get", &format!("<site-id>{a}</site-id>"), ""), expected);
}

#[test]
fn create_rejects_invalid_aliases() {
    let sim = start();
    let a = site(&sim, "a.example");
    create(&sim, a, "alias.example", "");
    for (site, name, code) in
        [(a, "a.example", "1007"), (a, "alias.example", "1007"), (a, "", "1019"), (7, "new.example", "1015")]
    {
        assert_eq!(text(&create(&sim, site, name, ""), "errcode"), code, "{name}");
    }
    // A webspace cannot have the name either.
    let webspace = run(&sim, "webspace", "add", "<gen_setup><name>alias.example</name></gen_setup>");
    assert_eq!(text(&webspace, "errcode"), "1007");
    assert_eq!(sim.state().site_aliases.len(), 1);
}

#[test]
fn alias_has_a_zone_while_it_manages_dns() {
    let sim = start();
    let a = site(&sim, "a.example");
    let id = id_of(&create(&sim, a, "alias.example", ""));
    let filter = format!("<filter><site-alias-id>{id}</site-alias-id></filter>");
    let records = || run(&sim, "dns", "get_rec", &filter);
    let record = format!(
        "<data><site-alias-id>{id}</site-alias-id><type>A</type><host>alias.example.</host><value>192.0.2.1</value>"
    );
    assert!(records().contains(&record), "{}", records());
    let set = |value: bool| {
        let settings = format!("<settings><manage-dns>{value}</manage-dns></settings>");
        select(&sim, "set", &format!("<id>{id}</id>"), &settings)
    };
    assert_eq!(set(false), ok_for(id, id));
    assert_eq!(records(), error_result(1015, "Domain does not exist.", ""));
    assert_eq!(set(true), ok_for(id, id));
    let rename = format!("<id>{id}</id><new_name>new.example</new_name>");
    assert_eq!(run(&sim, "site-alias", "rename", &rename), BARE_OK);
    assert!(records().contains(&record.replace("alias.example", "new.example")), "{}", records());
}

#[test]
fn rename_and_delete_report_unknown_aliases() {
    let sim = start();
    let a = site(&sim, "a.example");
    let id = id_of(&create(&sim, a, "alias.example", ""));
    let rename = |from: &str, to: &str| {
        run(&sim, "site-alias", "rename", &format!("<name>{from}</name><new_name>{to}</new_name>"))
    };
    assert_eq!(rename("alias.example", "new.example"), BARE_OK);
    assert_eq!(rename("alias.example", "new.example"), not_found("Site alias", ""));
    assert_eq!(text(&rename("new.example", "a.example"), "errcode"), "1007");
    let unknown = not_found("Site alias", "<filter-id>7</filter-id>");
    assert_eq!(select(&sim, "delete", &format!("<id>{id}</id><id>7</id>"), ""), ok_for(id, id) + &unknown);

    create(&sim, a, "alias.example", "");
    run(&sim, "webspace", "del", &format!("<filter><id>{a}</id></filter>"));
    let state = sim.state();
    assert!(state.site_aliases.is_empty() && state.dns.zones.is_empty() && state.dns.records.is_empty());
}

#[test]
fn get_supported_services_lists_them() {
    let expected = ok_result("<service>web</service><service>mail</service><service>seo-redirect</service>");
    assert_eq!(run(&start(), "site-alias", "get-supported-services", ""), expected);
}
