//! The operator `webspace`: adding, reading, changing and deleting subscriptions.
//!
//! Tests about plans are in `subscription_plans.rs`.

use crate::support::{BARE_OK, error_result, ok_for, ok_result, run, send_packet, start, text};
use plesk_sim::{ADMINISTRATOR_ID, Hosting, Sim};

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "webspace", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn get(sim: &Sim, filter: &str, dataset: &str) -> String {
    select(sim, "get", filter, &format!("<dataset>{dataset}</dataset>"))
}

fn add(sim: &Sim, gen_setup: &str, rest: &str) -> String {
    run(sim, "webspace", "add", &format!("<gen_setup>{gen_setup}</gen_setup>{rest}"))
}

fn set(sim: &Sim, filter: &str, values: &str) -> String {
    select(sim, "set", filter, &format!("<values>{values}</values>"))
}

fn not_found(filter_id: &str) -> String {
    crate::support::not_found("Subscription", &format!("<filter-id>{filter_id}</filter-id>"))
}

fn property(name: &str, value: &str) -> String {
    format!("<property><name>{name}</name><value>{value}</value></property>")
}

fn web_hosting(login: &str) -> String {
    let user = property("ftp_login", login) + &property("ftp_password", "s3cret!");
    format!("<hosting><vrt_hst>{user}</vrt_hst></hosting>")
}

#[test]
fn add_stores_all_values_that_get_returns() {
    let sim = start();
    let (jo, vendor) = {
        let mut state = sim.state();
        let jo = state.add_customer("jo").id;
        (jo, state.administrator.guid.clone())
    };
    let settings = "<limits><overuse>block</overuse><limit><name>max_box</name><value>5</value></limit></limits>PREFS\
        <performance><max_connections>20</max_connections></performance>\
        <permissions><permission><name>manage_dns</name><value>true</value></permission></permissions>\
        <php-settings><setting><name>memory_limit</name><value>64M</value></setting></php-settings>";
    let prefs = "<prefs><www>true</www><stat_ttl>3</stat_ttl></prefs>";
    let mail = "<mail><nonexistent-user><reject/></nonexistent-user><webmail>horde</webmail>\
        <mailservice>true</mailservice><outgoing-messages-mbox-limit>7</outgoing-messages-mbox-limit></mail>";
    let reply = add(
        &sim,
        "<name>Jo.example</name><owner-login>jo</owner-login><htype>vrt_hst</htype><ip_address>192.0.2.1</ip_address>\
         <ip_address>2001:db8:0::1</ip_address><status>0</status><external-id>w-1</external-id>\
         <description>mine</description><admin-description>theirs</admin-description>",
        &format!("{}{}{mail}", web_hosting("jo_ftp"), settings.replace("PREFS", prefs)),
    );
    let (id, guid) = (text(&reply, "id"), text(&reply, "guid"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id><guid>{guid}</guid>")));
    let day = sim.state().subscriptions[&id.parse().expect("a number")].cr_date.clone();

    let filter = format!("<id>{id}</id>");
    let read = |dataset: &str, data: &str| {
        let expected = ok_result(&format!("<filter-id>{id}</filter-id><id>{id}</id><data>{data}</data>"));
        assert_eq!(get(&sim, &filter, dataset), expected, "{dataset}");
    };
    let general = format!(
        "<gen_info><cr_date>{day}</cr_date><name>jo.example</name><ascii-name>jo.example</ascii-name>\
         <status>0</status><real_size>0</real_size><owner-id>{jo}</owner-id><owner-login>jo</owner-login>\
         <dns_ip_address>192.0.2.1</dns_ip_address><dns_ip_address>2001:db8::1</dns_ip_address><htype>vrt_hst</htype>\
         <guid>{guid}</guid><vendor-guid>{vendor}</vendor-guid><external-id>w-1</external-id>\
         <description>mine</description><admin-description>theirs</admin-description>\
         <reseller-description></reseller-description></gen_info>"
    );
    read("<gen_info/>", &general);
    let addresses = "<ip_address>192.0.2.1</ip_address><ip_address>2001:db8::1</ip_address>";
    let basic = property("ftp_login", "jo_ftp")
        + &property("ftp_quota", "-1")
        + &property("php", "true")
        + &property("ssl", "true");
    read("<hosting-basic/>", &format!("<hosting-basic><vrt_hst>{basic}{addresses}</vrt_hst></hosting-basic>"));
    assert!(get(&sim, &filter, "<hosting/>").contains(&property("ftp_password", "s3cret!")));
    // Limits that were not sent have their default, and `open_basedir` is always there.
    let unlimited = |names: &[&str]| -> String {
        names.iter().map(|name| format!("<limit><name>{name}</name><value>-1</value></limit>")).collect()
    };
    let all = settings
        .replace("PREFS", prefs)
        .replace("<limit><name>max_box", &(unlimited(&["disk_space", "expiration"]) + "<limit><name>max_box"))
        .replace(
            "</limits>",
            &(unlimited(&[
                "max_db",
                "max_dom_aliases",
                "max_site",
                "max_subdom",
                "max_subftp_users",
                "max_traffic",
                "mbox_quota",
            ]) + "</limits>"),
        )
        .replace(
            "</php-settings>",
            "<setting><name>open_basedir</name><value>{WEBSPACEROOT}{/}{:}{TMP}{/}</value></setting></php-settings>",
        );
    read("<limits/><prefs/><performance/><permissions/><php-settings/>", &all);
    read("<mail/>", mail);
    read(
        "<subscriptions/><plan-items/><aps-filter/><packages/>",
        "<subscriptions/><plan-items/><aps-filter>false</aps-filter><packages/>",
    );
    let usage = get(&sim, &filter, "<stat/><disk_usage/><resource-usage/>");
    assert!(usage.contains("<sites>1</sites>") && usage.contains("<mailboxes>0</mailboxes>"), "{usage}");
    assert!(usage.contains("<name>max_site</name><value>1</value>"), "{usage}");
    assert!(get(&sim, &filter, "").ends_with("<data/></result>"));
}

#[test]
fn add_rejects_invalid_subscriptions() {
    let sim = start();
    assert_eq!(
        text(&add(&sim, "<name>a.example</name><external-id>x</external-id>", &web_hosting("a")), "status"),
        "ok"
    );
    let b = "<name>b.example</name>";
    let hosting = |user: &str| format!("<hosting><vrt_hst>{user}</vrt_hst></hosting>");
    for (setup, rest, code) in [
        ("<name>A.example</name>", String::new(), "1007"),
        ("<name>b.example</name><external-id>x</external-id>", String::new(), "1007"),
        ("<description>no name</description>", String::new(), "1019"),
        ("<name>b.example</name><owner-id>7</owner-id>", String::new(), "1015"),
        ("<name>b.example</name><owner-id>-1</owner-id>", String::new(), "1015"),
        ("<name>b.example</name><owner-guid>x</owner-guid>", String::new(), "1015"),
        ("<name>b.example</name><owner-external-id>x</owner-external-id>", String::new(), "1015"),
        ("<name>b.example</name><ip_address>203.0.113.9</ip_address>", String::new(), "1018"),
        ("<name>b.example</name><ip_address>nowhere</ip_address>", String::new(), "1019"),
        (
            "<name>b.example</name><ip_address>192.0.2.1</ip_address><ip_address>192.0.2.1</ip_address>",
            String::new(),
            "1019",
        ),
        ("<name>b.example</name><status>1</status>", String::new(), "1019"),
        ("<name>b.example</name><status>on</status>", String::new(), "1019"),
        ("<name>b.example</name><htype>vrt_hst</htype>", String::new(), "1019"),
        ("<name>b.example</name><htype>std_fwd</htype>", web_hosting("b"), "1019"),
        (b, web_hosting("a"), "1007"),
        (b, hosting(""), "1019"),
        (b, hosting(&property("ftp_login", "b")), "1019"),
        (b, hosting(&property("ftp_password", "b")), "1019"),
        (b, "<limits><limit><name>max_box</name><value>-7</value></limit></limits>".to_owned(), "1019"),
        (b, "<plan-id>7</plan-id>".to_owned(), "1013"),
        (b, "<plan-name>None</plan-name>".to_owned(), "1013"),
    ] {
        let reply = add(&sim, setup, &rest);
        assert_eq!(text(&reply, "errcode"), code, "{setup}{rest}: {reply}");
    }
    assert_eq!(sim.state().subscriptions.len(), 1);
}

#[test]
fn get_finds_subscription_by_each_filter() {
    let sim = start();
    let (jo, a, b) = {
        let mut state = sim.state();
        let jo = state.add_customer("jo");
        jo.external_id = Some("crm-7".to_owned());
        let jo = jo.clone();
        let a = state.add_subscription(jo.id, "a.example");
        a.external_id = Some("w-1".to_owned());
        let a = a.clone();
        (jo, a, state.add_subscription(ADMINISTRATOR_ID, "b.example").id)
    };
    let data = |value: &str| ok_for(value, a.id).replace("</result>", "<data/></result>");
    for (filter, value) in [
        ("id", a.id.to_string()),
        ("name", a.name.clone()),
        ("guid", a.guid.clone()),
        ("external-id", "w-1".to_owned()),
        ("owner-id", jo.id.to_string()),
        ("owner-login", "jo".to_owned()),
        ("owner-guid", jo.guid.clone()),
        ("owner-external-id", "crm-7".to_owned()),
    ] {
        assert_eq!(get(&sim, &format!("<{filter}>{value}</{filter}>"), ""), data(&value), "{filter}");
    }
    let all = [a.id, b].map(|id| ok_result(&format!("<id>{id}</id><data/>"))).concat();
    assert_eq!(get(&sim, "", ""), all);
}

#[test]
fn set_changes_only_the_named_values() {
    let sim = start();
    let (a, jo) = {
        let mut state = sim.state();
        let jo = state.add_customer("jo").id;
        state.add_subscription(ADMINISTRATOR_ID, "b.example");
        (state.add_subscription(ADMINISTRATOR_ID, "a.example").clone(), jo)
    };
    let now = || sim.state().subscriptions[&a.id].clone();
    let filter = format!("<id>{}</id>", a.id);
    let done = ok_for(a.id, a.id);

    let general = "<gen_setup><status>16</status><name>new.example</name><owner-login>jo</owner-login>\
        <ip_address>2001:db8::1</ip_address><guid/><external-id>w</external-id>\
        <reseller-description>note</reseller-description></gen_setup>";
    assert_eq!(set(&sim, &filter, general), done);
    let changed = now();
    assert_eq!((changed.status, changed.name.as_str(), changed.owner), (16, "new.example", jo));
    assert_eq!((changed.external_id.as_deref(), changed.reseller_description.as_str()), (Some("w"), "note"));
    assert!(changed.guid != a.guid && changed.ip_addresses[0].is_ipv6());
    set(&sim, &filter, "<gen_setup><admin-as-vendor/></gen_setup>");
    assert_eq!(now().owner, ADMINISTRATOR_ID);

    assert_eq!(set(&sim, &filter, &web_hosting("a")), done);
    let php = format!("<hosting><vrt_hst>{}</vrt_hst></hosting>", property("php", "false"));
    assert_eq!(set(&sim, &filter, &php), done);
    let Hosting::Physical(properties) = now().hosting else { panic!("{:?}", now().hosting) };
    assert_eq!((properties["php"].expose(), properties["ftp_login"].expose()), ("false", "a"));
    for (hosting, read) in [
        ("<std_fwd><dest_url>http://x.example/</dest_url><http_code>301</http_code></std_fwd>", "std_fwd"),
        ("<frm_fwd><dest_url>http://y.example/</dest_url></frm_fwd>", "frm_fwd"),
    ] {
        assert_eq!(set(&sim, &filter, &format!("<hosting>{hosting}</hosting>")), done);
        let address = format!("<ip_address>2001:db8::1</ip_address></{read}>");
        let expected = hosting.replace(&format!("</{read}>"), &address);
        assert!(get(&sim, &filter, "<hosting/>").contains(&format!("<hosting>{expected}</hosting>")), "{read}");
    }
    // Changing the kind of hosting removed the properties, so `ftp_login` is missing now.
    assert_eq!(text(&set(&sim, &filter, &php), "errcode"), "1019");
    set(&sim, &filter, "<hosting><none/></hosting>");
    assert_eq!(now().hosting, Hosting::None);

    let usage = "<disk_usage><mailboxes>30</mailboxes><maillists>12</maillists></disk_usage>";
    set(&sim, &filter, usage);
    assert!(get(&sim, &filter, "<gen_info/>").contains("<real_size>42</real_size>"));

    for wrong in ["much", "-1", "<b/>", ""] {
        let usage = format!("<gen_setup/><disk_usage><mailboxes>{wrong}</mailboxes></disk_usage>");
        assert_eq!(text(&set(&sim, &filter, &usage), "errcode"), "1019", "{wrong}");
    }
    assert_eq!(now().mailboxes_size, 30);

    let two = set(&sim, "", "<gen_setup><description>all</description><name>one.example</name></gen_setup>");
    assert_eq!(two.matches("<status>ok</status>").count(), 1, "{two}");
    assert_eq!(two.matches("<errcode>1007</errcode>").count(), 1, "{two}");
    assert_eq!(sim.state().subscriptions.values().filter(|one| one.description == "all").count(), 1);
}

#[test]
fn set_mail_merges_values_or_replaces_the_mode() {
    let sim = start();
    sim.state().add_subscription(ADMINISTRATOR_ID, "a.example");
    let name = "<name>a.example</name>";
    let mail = |sent: &str| {
        set(&sim, name, &format!("<mail>{sent}</mail>"));
        let read = get(&sim, name, "<mail/>");
        let (_, after) = read.split_once("<mail>").expect("mail");
        after.split_once("</mail>").expect("mail").0.to_owned()
    };
    assert_eq!(mail("<webmail>horde</webmail>"), "<webmail>horde</webmail>");
    assert_eq!(mail("<mailservice>true</mailservice>"), "<webmail>horde</webmail><mailservice>true</mailservice>");
    assert_eq!(mail("<none/>"), "<none/>");
}

#[test]
fn filter_without_matches_returns_nothing_or_bare_ok() {
    let sim = start();
    let package = "<package><name>name</name><value>x</value></package>";
    let item = "<plan-item><name>x</name></plan-item>";
    let guid = "<plan-guid>x</plan-guid>";
    for (operation, rest, nothing) in [
        ("get", "<dataset/>", ""),
        ("set", "<values/>", ""),
        ("del", "", ""),
        ("cform_buttons_list", "", BARE_OK),
        ("get_traffic", "", ""),
        ("switch-subscription", guid, ""),
        ("sync-subscription", "", BARE_OK),
        ("add-subscription", guid, ""),
        ("remove-subscription", guid, ""),
        ("add-package", package, BARE_OK),
        ("remove-package", package, BARE_OK),
        ("add-plan-item", item, BARE_OK),
        ("remove-plan-item", item, BARE_OK),
        ("enable-aps-filter", "", ""),
        ("disable-aps-filter", "", ""),
    ] {
        assert_eq!(select(&sim, operation, "", rest), nothing, "{operation}");
        assert_eq!(select(&sim, operation, "<guid>x</guid>", rest), not_found("x"), "{operation}");
        let owner = error_result(1015, "Owner does not exist", "<filter-id>x</filter-id>");
        assert_eq!(select(&sim, operation, "<owner-login>x</owner-login>", rest), owner, "{operation}");
        let nobody = ok_result("<filter-id>admin</filter-id>");
        assert_eq!(select(&sim, operation, "<owner-login>admin</owner-login>", rest), nobody, "{operation}");
    }
    let list = send_packet(
        &sim,
        "<webspace><db-servers><add><filter/><db-server><type>mysql</type><id>1</id></db-server></add></db-servers></webspace>",
    );
    assert_eq!(list, "<webspace><db-servers><add/></db-servers></webspace>");
}

#[test]
fn del_deletes_by_each_filter() {
    let sim = start();
    let customer = {
        let mut state = sim.state();
        let customer = state.add_customer("jo");
        customer.external_id = Some("crm-7".to_owned());
        customer.clone()
    };
    let add = |name: &str| {
        let mut state = sim.state();
        let subscription = state.add_subscription(customer.id, name);
        subscription.external_id = Some(format!("x-{name}"));
        (subscription.id, subscription.guid.clone())
    };
    let none = |value: &str| crate::support::not_found("Subscription", &format!("<filter-id>{value}</filter-id>"));

    let (id, _) = add("a");
    let reply = select(&sim, "del", &format!("<id>{id}</id><id>7</id>"), "");
    assert_eq!(reply, ok_for(id, id) + &none("7"));
    let (id, _) = add("a");
    assert_eq!(select(&sim, "del", "<name>a</name><name>b</name>", ""), ok_for("a", id) + &none("b"));
    let (id, guid) = add("a");
    assert_eq!(select(&sim, "del", &format!("<guid>{guid}</guid>"), ""), ok_for(&guid, id));
    let (id, _) = add("a");
    assert_eq!(select(&sim, "del", "<external-id>x-a</external-id>", ""), ok_for("x-a", id));

    for (filter, value) in [
        ("owner-id", customer.id.to_string()),
        ("owner-login", "jo".to_owned()),
        ("owner-guid", customer.guid.clone()),
        ("owner-external-id", "crm-7".to_owned()),
    ] {
        let ((a, _), (b, _)) = (add("a"), add("b"));
        let kept = sim.state().add_subscription(ADMINISTRATOR_ID, "kept").id;
        let reply = select(&sim, "del", &format!("<{filter}>{value}</{filter}><{filter}>9</{filter}>"), "");
        let nobody = error_result(1015, "Owner does not exist", "<filter-id>9</filter-id>");
        assert_eq!(reply, ok_for(&value, a) + &ok_for(&value, b) + &nobody);
        assert_eq!(sim.state().subscriptions.keys().collect::<Vec<_>>(), [&kept]);

        // Deleting with an empty filter selects the rest. The second time the reply has no result.
        assert_eq!(select(&sim, "del", "", ""), ok_result(&format!("<id>{kept}</id>")));
        assert_eq!(select(&sim, "del", "", ""), "");
    }
}
