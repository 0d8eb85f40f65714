//! The operations of `server` that change its settings.

use crate::support::{BARE_OK, not_found, ok_result, run, send_packet, start, text};
use plesk_sim::Sim;

fn call(sim: &Sim, operation: &str, content: &str) -> String {
    run(sim, "server", operation, content)
}

#[test]
fn set_changes_only_what_was_sent() {
    let sim = start();
    let settings = "<admin><admin_pname>Ada</admin_pname><admin_email>ada@b.example</admin_email>\
        <admin_city>Ulm</admin_city><send_announce>true</send_announce></admin><password>n3wpass!</password>\
        <prefs><stat_ttl>5</stat_ttl></prefs><session_setup><login_timeout>60</login_timeout></session_setup>\
        <external-id>x</external-id><mode>poweruser</mode>";
    assert_eq!(call(&sim, "set", settings), BARE_OK);
    {
        let state = sim.state();
        let admin = &state.administrator;
        assert_eq!((admin.pname.as_str(), admin.email.as_str(), admin.city.as_str()), ("Ada", "ada@b.example", "Ulm"));
        assert_eq!(admin.password.expose(), "n3wpass!");
    }
    let reply = call(&sim, "get", "<gen_info/><admin/><prefs/><session_setup/>");
    for expected in [
        "<external-id>x</external-id><mode>poweruser</mode>",
        "<send_announce>true</send_announce>",
        "<prefs><stat_ttl>5</stat_ttl><include_remote_databases>true</include_remote_databases>",
        "<login_timeout>60</login_timeout>",
    ] {
        assert!(reply.contains(expected), "{expected}: {reply}");
    }
    let refused = "<session_setup><login_timeout>0</login_timeout></session_setup><external-id>y</external-id>";
    assert!(send_packet(&sim, &format!("<server><set>{refused}</set></server>")).contains("<status>error</status>"));
    assert_eq!(sim.state().server.external_id.as_deref(), Some("x"));
}

#[test]
fn srv_man_starts_and_stops_services() {
    let sim = start();
    let manage =
        |id: &str, operation: &str| call(&sim, "srv_man", &format!("<id>{id}</id><operation>{operation}</operation>"));
    let stopped = "<srv><id>dns</id><title>DNS Server (BIND)</title><state>stopped</state></srv>";
    assert_eq!(manage("dns", "stop"), ok_result("<id>dns</id>"));
    assert!(call(&sim, "get", "<services_state/>").contains(stopped));
    assert_eq!(manage("dns", "restart"), ok_result("<id>dns</id>"));
    assert!(!call(&sim, "get", "<services_state/>").contains("stopped"));
    assert_eq!(manage("none", "start"), not_found("The service 'none'", ""));
}

#[test]
fn misc_properties_are_stored_read_and_deleted() {
    let sim = start();
    let property = |value: &str| format!("<filter><property><name>note</name>{value}</property></filter>");
    let stored = ok_result("<property><name>note</name><value>hello</value></property>");
    assert_eq!(call(&sim, "set_misc", &property("<value>hello</value>")), stored);
    assert_eq!(call(&sim, "get_misc", &property("")), stored);
    assert_eq!(call(&sim, "del_misc", &property("")), stored);
    assert_eq!(call(&sim, "get_misc", &property("")), not_found("The property 'note'", ""));
    assert_eq!(call(&sim, "del_misc", &property("")), not_found("The property 'note'", ""));
}

#[test]
fn restricted_domains_cannot_be_added_as_sites() {
    let sim = start();
    let webspace = sim.state().add_subscription(1, "a.example").id;
    let name = |name: &str| format!("<name>{name}</name>");
    assert_eq!(call(&sim, "domain-restriction-add", &name("Bank.example")), BARE_OK);
    assert_eq!(text(&call(&sim, "domain-restriction-add", &name("bank.example")), "errcode"), "1007");
    let list = || call(&sim, "domain-restriction-list", "");
    assert_eq!(list(), "<enable>0</enable><name>bank.example</name>");
    assert_eq!(call(&sim, "domain-restriction-enable", ""), BARE_OK);
    let add = |name: &str| {
        let setup = format!("<gen_setup><name>{name}</name><webspace-id>{webspace}</webspace-id></gen_setup>");
        run(&sim, "site", "add", &setup)
    };
    assert_eq!(text(&add("bank.example"), "errcode"), "1019");
    let rename = "<name>bank.example</name><new-name>shop.example</new-name>";
    assert_eq!(call(&sim, "domain-restriction-rename", rename), BARE_OK);
    assert_eq!(list(), "<enable>1</enable><name>shop.example</name>");
    assert_eq!(text(&add("bank.example"), "status"), "ok");
    assert_eq!(call(&sim, "domain-restriction-disable", ""), BARE_OK);
    assert_eq!(text(&add("shop.example"), "status"), "ok");
    assert_eq!(call(&sim, "domain-restriction-remove", &name("shop.example")), BARE_OK);
    let gone = call(&sim, "domain-restriction-remove", &name("shop.example"));
    assert_eq!(gone, not_found("The domain name 'shop.example'", ""));
}

#[test]
fn initial_setup_sets_administrator_and_server_name() {
    let sim = start();
    let admin = "<admin><admin_pname>Ada</admin_pname><admin_email>ada@b.example</admin_email></admin>";
    let setup = format!("{admin}<password>n3wpass!</password><server_name>new.example</server_name>");
    assert_eq!(call(&sim, "initial_setup", &setup), ok_result("<server_name>new.example</server_name>"));
    assert_eq!(text(&call(&sim, "get", "<gen_info/>"), "server_name"), "new.example");
    assert_eq!(sim.state().administrator.pname, "Ada");
}

#[test]
fn admin_aliases_are_added_changed_and_deleted() {
    let sim = start();
    sim.state().add_customer("jo");
    let data = |login: &str, rest: &str| format!("<data><login>{login}</login>{rest}</data>");
    let password = "<password>s3cret!</password>";
    let filter = |login: &str| format!("<filter><login>{login}</login></filter>");
    assert_eq!(call(&sim, "add-admin-alias", &data("ada", password)), BARE_OK);
    for (content, code) in [
        (data("ada", password), "1007"),
        (data("jo", password), "1007"),
        (data("", password), "1019"),
        (data("bob", ""), "1019"),
        (data("bob", "<password>weak</password>"), "1019"),
    ] {
        assert_eq!(text(&call(&sim, "add-admin-alias", &content), "errcode"), code, "{content}");
    }
    let change = filter("ada") + "<data><contact>Ada</contact><status>false</status></data>";
    assert_eq!(call(&sim, "set-admin-alias", &change), BARE_OK);
    {
        let state = sim.state();
        let alias = &state.server.admin_aliases["ada"];
        assert_eq!((alias.contact.as_str(), alias.enabled, alias.password.expose()), ("Ada", false, "s3cret!"));
    }
    assert_eq!(call(&sim, "del-admin-alias", &filter("ada")), BARE_OK);
    let gone = not_found("The administrator alias 'ada'", "");
    assert_eq!(call(&sim, "del-admin-alias", &filter("ada")), gone);
    assert_eq!(call(&sim, "set-admin-alias", &change), gone);
}
