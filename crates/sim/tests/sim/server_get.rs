//! The operation `server/get`: one test for each dataset.

use crate::support::{BARE_OK, not_found, ok_result, run, start, text};
use plesk_sim::{Service, Sim};

fn get(sim: &Sim, dataset: &str) -> String {
    run(sim, "server", "get", dataset)
}

#[test]
fn get_without_dataset_returns_bare_ok() {
    assert_eq!(get(&start(), ""), BARE_OK);
}

#[test]
fn get_gen_info_returns_name_and_guid() {
    let sim = start();
    let guid = sim.state().server.guid.clone();
    assert_eq!(guid.len(), 36);
    let expected = format!(
        "<gen_info><server_name>plesk.example</server_name><server_guid>{guid}</server_guid><mode>standard</mode>\
         </gen_info>"
    );
    assert_eq!(get(&sim, "<gen_info/>"), ok_result(&expected));
}

#[test]
fn get_key_returns_the_main_license() {
    let sim = start();
    let reply = get(&sim, "<key/>");
    let id = sim.state().server.license["plesk_key_id"].clone();
    for (name, value) in [
        ("plesk_key_id", id.as_str()),
        ("lim_cl", "-1"),
        ("lim_dom", "-1"),
        ("can-manage-customers", "1"),
        ("can-manage-resellers", "1"),
    ] {
        let property = format!("<property><name>{name}</name><value>{value}</value></property>");
        assert!(reply.contains(&property), "{name}: {reply}");
    }
    assert!(reply.contains("<name>lim_date</name>") && !text(&reply, "content").is_empty(), "{reply}");

    assert_eq!(get(&sim, &format!("<key><filter><key-id>{id}</key-id></filter></key>")), reply);
    assert_eq!(get(&sim, "<key><filter><all/></filter></key>"), reply);
    assert_eq!(get(&sim, "<key><filter><all-additional/></filter></key>"), BARE_OK);
    assert_eq!(get(&sim, "<key><filter><key-id>none</key-id></filter></key>"), not_found("License key", ""));
}

#[test]
fn get_components_contains_plesk_itself() {
    let sim = start();
    let version = sim.state().server.plesk_version.clone();
    let reply = get(&sim, "<components/>");
    assert!(reply.contains(&format!("<component><name>psa</name><version>{version}</version></component>")), "{reply}");
}

#[test]
fn get_stat_counts_the_objects_of_the_server() {
    let sim = start();
    {
        let mut state = sim.state();
        let jo = state.add_customer("jo").id;
        let id = state.add_subscription(jo, "a.example").id;
        state.add_site(id, "b.example").status = 16;
        state.add_customer("al").status = 16;
    }
    let reply = get(&sim, "<stat/>");
    let objects = "<stat><objects><clients>2</clients><domains>2</domains><active_domains>1</active_domains>\
        <mail_boxes>0</mail_boxes><mail_redirects>0</mail_redirects><mail_groups>0</mail_groups>\
        <mail_responders>0</mail_responders><web_users>0</web_users><databases>0</databases>\
        <database_users>0</database_users><problem_clients>1</problem_clients><problem_domains>1</problem_domains>\
        </objects><version><plesk_name>psa</plesk_name><plesk_version>18.0.70</plesk_version>\
        <plesk_os>Debian</plesk_os><plesk_os_version>12</plesk_os_version>";
    assert!(reply.contains(objects), "{reply}");
    let machine = "<other><cpu>Simulated CPU</cpu><uptime>86400</uptime><inside_vz>false</inside_vz></other>\
        <load_avg><l1>0.25</l1><l5>0.5</l5><l15>0.5</l15></load_avg>\
        <mem><total>8589934592</total><used>3221225472</used><free>5368709120</free><shared>0</shared>\
        <buffer>0</buffer><cached>0</cached></mem>\
        <swap><total>2147483648</total><used>268435456</used><free>1879048192</free></swap>\
        <diskspace><device><name>/dev/vda1</name><total>171798691840</total><used>21474836480</used>\
        <free>150323855360</free></device></diskspace></stat>";
    assert!(reply.contains(machine), "{reply}");
}

#[test]
fn get_admin_returns_the_administrator() {
    let sim = start();
    let expected = "<admin><admin_cname></admin_cname><admin_pname>Administrator</admin_pname>\
        <admin_phone></admin_phone><admin_fax></admin_fax><admin_email>admin@plesk.example</admin_email>\
        <admin_address></admin_address><admin_city></admin_city><admin_state></admin_state>\
        <admin_pcode></admin_pcode><admin_country></admin_country><send_announce>false</send_announce>\
        <admin_locale>en-US</admin_locale><admin_multiple_sessions>true</admin_multiple_sessions></admin>";
    assert_eq!(get(&sim, "<admin/>"), ok_result(expected));
}

#[test]
fn get_services_state_returns_every_service() {
    let sim = start();
    let stopped = Service { title: "Other".to_owned(), state: "stopped".into() };
    sim.state().server.services.insert("other".to_owned(), stopped);
    let reply = get(&sim, "<services_state/>");
    for id in ["web", "smtp", "mail", "dns", "mysql"] {
        let service = reply.split("<srv>").find(|service| service.starts_with(&format!("<id>{id}</id>")));
        assert!(service.is_some_and(|service| service.contains("<state>running</state>")), "{id}: {reply}");
    }
    assert!(reply.contains("<srv><id>other</id><title>Other</title><state>stopped</state></srv>"), "{reply}");
}

#[test]
fn get_settings_returns_one_dataset_each() {
    let sim = start();
    for (dataset, expected) in [
        (
            "prefs",
            "<stat_ttl>3</stat_ttl><include_remote_databases>true</include_remote_databases>\
             <traffic_accounting>3</traffic_accounting><restart_apache_interval>0</restart_apache_interval>\
             <apache_pipelog>false</apache_pipelog>",
        ),
        ("interfaces", "<interface>eth0</interface>"),
        (
            "shells",
            "<shell><name>/bin/false</name><path>/bin/false</path></shell>\
             <shell><name>/bin/bash</name><path>/bin/bash</path></shell>",
        ),
        ("session_setup", "<login_timeout>30</login_timeout>"),
        (
            "updates",
            "<available_update></available_update><available_update_type></available_update_type>\
             <security_updates></security_updates><last_installed_update>18.0.70</last_installed_update>\
             <install_updates_automatically>true</install_updates_automatically>\
             <install_third_party_updates>true</install_third_party_updates>\
             <install_system_package_updates_automatically>false</install_system_package_updates_automatically>",
        ),
    ] {
        let expected = ok_result(&format!("<{dataset}>{expected}</{dataset}>"));
        assert_eq!(get(&sim, &format!("<{dataset}/>")), expected);
    }
    let isolation = get(&sim, "<site-isolation-config/>");
    assert!(isolation.contains("<property><name>php</name><value>true</value><value>false</value></property>"));
}

#[test]
fn get_admin_domain_list_returns_the_domains_of_the_administrator() {
    let sim = start();
    let (id, guid) = {
        let mut state = sim.state();
        let jo = state.add_customer("jo").id;
        state.add_subscription(jo, "jo.example");
        let own = state.add_subscription(1, "a.example");
        (own.id, own.guid.clone())
    };
    let expected = format!(
        "<admin-domain-list><domain><id>{id}</id><name>a.example</name><ascii-name>a.example</ascii-name>\
         <type>domain</type><main>true</main><guid>{guid}</guid><external-id></external-id></domain>\
         </admin-domain-list>"
    );
    assert_eq!(get(&sim, "<admin-domain-list/>"), ok_result(&expected));
}

#[test]
fn get_with_several_datasets_returns_them_in_schema_order() {
    let sim = start();
    let reply = get(&sim, "<gen_info/><interfaces/><session_setup/>");
    let positions = ["<gen_info>", "<interfaces>", "<session_setup>"].map(|element| reply.find(element));
    assert!(positions.iter().all(Option::is_some) && positions.is_sorted(), "{reply}");
}
