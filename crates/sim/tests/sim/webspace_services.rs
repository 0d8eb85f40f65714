//! The operator `webspace`: traffic, descriptors, buttons, and the lists of resources that a
//! subscription may use.

use plesk_sim::{ADMINISTRATOR_ID, Sim};
use plesk_wire::xml::DateTime;

use crate::support::{BARE_OK, ok_for, ok_result, run, start, text};

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "webspace", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn get(sim: &Sim, filter: &str, dataset: &str) -> String {
    select(sim, "get", filter, &format!("<dataset>{dataset}</dataset>"))
}

fn not_found(filter_id: &str) -> String {
    crate::support::not_found("Subscription", &format!("<filter-id>{filter_id}</filter-id>"))
}

#[test]
fn set_traffic_replaces_the_values_of_a_day() {
    let sim = start();
    let id = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    let enter = |id: u64, day: &str, bytes: i64| {
        let rest = "<smtp_out>2</smtp_out><pop3_imap_in>3</pop3_imap_in><pop3_imap_out>4</pop3_imap_out>";
        let day = format!("<dom_id>{id}</dom_id><date>{day}</date><smtp_in>{bytes}</smtp_in>{rest}");
        run(&sim, "webspace", "set_traffic", &day)
    };
    let day = |day: &str, bytes: i64| {
        format!(
            "<traffic><date>{day}</date><http_in>0</http_in><http_out>0</http_out><ftp_in>0</ftp_in>\
             <ftp_out>0</ftp_out><smtp_in>{bytes}</smtp_in><smtp_out>2</smtp_out><pop3_imap_in>3</pop3_imap_in>\
             <pop3_imap_out>4</pop3_imap_out></traffic>"
        )
    };
    for (date, bytes) in [("2024-03-01", 1), ("2024-02-29", 9), ("2024-02-29", 5)] {
        assert_eq!(enter(id, date, bytes), ok_result(&format!("<id>{id}</id>")));
    }
    assert_eq!(enter(7, "2024-03-01", 1), crate::support::not_found("Subscription", ""));
    assert_eq!(text(&enter(id, "2024-03-01", -1), "errcode"), "1019");

    let read = |rest: &str| select(&sim, "get_traffic", "<name>a.example</name>", rest);
    let start = format!("<filter-id>a.example</filter-id><id>{id}</id>");
    let both = day("2024-02-29", 5) + &day("2024-03-01", 1);
    assert_eq!(read(""), ok_result(&format!("{start}{both}")));
    let march = "<since_date>2024-03-01</since_date><to_date>2024-03-31</to_date>";
    assert_eq!(read(march), ok_result(&format!("{start}{}", day("2024-03-01", 1))));
    assert_eq!(read("<to_date>2024-02-28</to_date>"), ok_result(&start));

    let today = sim.state().subscriptions[&id].cr_date.to_string();
    enter(id, &today, 100);
    assert_eq!(text(&get(&sim, "<name>a.example</name>", "<stat/>"), "traffic"), "109");
}

#[test]
fn get_changed_lists_subscriptions_by_time_of_change() {
    let sim = start();
    let id = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    let changed = |from: &str| {
        run(&sim, "webspace", "get-changed", &format!("<resource-usage><from>{from}</from></resource-usage>"))
    };
    let one = format!("<subscription><name>a.example</name><id>{id}</id><external-id/></subscription>");
    assert_eq!(changed("2020-01-01T00:00:00"), ok_result(&one));
    assert_eq!(changed("2999-01-01T00:00:00+01:00"), BARE_OK);

    // Both operations that change the usage also change its time.
    for (operation, content) in [
        (
            "set",
            format!("<filter><id>{id}</id></filter><values><disk_usage><mailboxes>1</mailboxes></disk_usage></values>"),
        ),
        (
            "set_traffic",
            format!(
                "<dom_id>{id}</dom_id><date>2024-03-01</date><smtp_in>1</smtp_in><smtp_out>0</smtp_out>\
                 <pop3_imap_in>0</pop3_imap_in><pop3_imap_out>0</pop3_imap_out>"
            ),
        ),
    ] {
        let long_ago = DateTime::parse("2000-01-01T00:00:00").expect("a time");
        sim.state().subscriptions.get_mut(&id).expect("a").usage_changed = long_ago;
        assert_eq!(changed("2020-01-01T00:00:00"), BARE_OK, "{operation}");
        run(&sim, "webspace", operation, &content);
        assert_eq!(changed("2020-01-01T00:00:00"), ok_result(&one), "{operation}");
    }
}

#[test]
fn descriptors_are_returned_per_subscription_or_for_the_server() {
    let sim = start();
    for (operation, name) in [
        ("get-limit-descriptor", "disk_space"),
        ("get-permission-descriptor", "manage_dns"),
        ("get-physical-hosting-descriptor", "ftp_login"),
    ] {
        let server = select(&sim, operation, "", "");
        assert!(server.starts_with("<result><status>ok</status><descriptor><property>"), "{server}");
        assert!(server.contains(&format!("<name>{name}</name>")), "{server}");
        assert_eq!(select(&sim, operation, "<name>none</name>", ""), not_found("none"));
        let id = sim.state().add_subscription(ADMINISTRATOR_ID, name).id;
        let own = select(&sim, operation, &format!("<id>{id}</id>"), "");
        assert!(own.starts_with(&format!("<result><status>ok</status><filter-id>{id}</filter-id><id>{id}</id><des")));
    }
}

#[test]
fn buttons_link_to_their_subscription() {
    let sim = start();
    assert_eq!(select(&sim, "cform_buttons_list", "", ""), BARE_OK);
    let id = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    let buttons = select(&sim, "cform_buttons_list", "<name>a.example</name><name>none</name>", "");
    assert!(buttons.contains(&format!("<href>/smb/web/view/id/{id}</href>")), "{buttons}");
    assert!(buttons.contains("<enabled>true</enabled>") && buttons.ends_with(&not_found("none")), "{buttons}");
    sim.state().subscriptions.values_mut().for_each(|one| one.status = 16);
    let disabled = select(&sim, "cform_buttons_list", "", "");
    assert!(disabled.contains("<enabled>false</enabled>") && !disabled.contains("<enabled>true"), "{disabled}");
}

#[test]
fn list_edits_with_unknown_item_change_nothing() {
    let sim = start();
    let (id, server) = {
        let mut state = sim.state();
        state.applications.insert("WordPress".to_owned());
        state.plan_items.insert("Phone support".to_owned());
        let id = state.add_subscription(ADMINISTRATOR_ID, "a.example").id;
        (id, *state.db_servers.keys().next().expect("the local one"))
    };
    let name = "<name>a.example</name>";
    let done = ok_for("a.example", id);
    let subject = format!("<filter-id>a.example</filter-id><id>{id}</id>");
    let settings = || sim.state().subscriptions[&id].settings.clone();
    let package = |name: &str| format!("<package><name>name</name><value>{name}</value></package>");

    assert_eq!(select(&sim, "add-package", name, &package("WordPress")), done);
    let unknown = crate::support::not_found("Application 'None'", &subject);
    assert_eq!(select(&sim, "remove-package", name, &(package("WordPress") + &package("None"))), unknown);
    // Unlike for plans and resellers, enabling the filter keeps the list.
    assert_eq!(select(&sim, "enable-aps-filter", name, ""), done);
    let read = get(&sim, name, "<aps-filter/><packages/>");
    let packages = "<aps-filter>true</aps-filter><packages><package><name>WordPress</name></package></packages>";
    assert!(read.contains(packages), "{read}");
    assert_eq!(select(&sim, "remove-package", name, &package("WordPress")), done);
    assert_eq!(select(&sim, "disable-aps-filter", name, ""), done);
    assert!(settings().applications.listed.is_empty() && !settings().applications.only_listed);

    let item = |name: &str| format!("<plan-item><name>{name}</name></plan-item>");
    let support = ok_result(&format!("{subject}<item>Phone support</item>"));
    assert_eq!(select(&sim, "add-plan-item", name, &item("Phone support")), support);
    assert!(get(&sim, name, "<plan-items/>").contains("<item><name>Phone support</name></item>"));
    assert_eq!(select(&sim, "remove-plan-item", name, &item("Phone support")), support);
    let gone = crate::support::not_found("Additional service", &subject);
    assert_eq!(select(&sim, "remove-plan-item", name, &item("Phone support")), gone);
    assert_eq!(select(&sim, "add-plan-item", name, &item("None")), gone);

    let db = |operation: &str, filter: &str, rest: &str| {
        let inner = format!("<{operation}><filter>{filter}</filter>{rest}</{operation}>");
        run(&sim, "webspace", "db-servers", &inner)
    };
    let by_id = format!("<db-server><type>mysql</type><id>{server}</id></db-server>");
    assert_eq!(db("add", name, &by_id), format!("<add>{done}</add>"));
    let list = db("list", name, "");
    assert!(list.contains(&format!("<db-server><type>mysql</type><id>{server}</id><host>localhost</host>")), "{list}");
    assert_eq!(db("remove", name, &by_id), format!("<remove>{done}</remove>"));
    let gone = crate::support::not_found("Database server", &subject);
    assert_eq!(db("remove", name, &by_id), format!("<remove>{gone}</remove>"));
    assert_eq!(text(&db("list", "<name>none</name>", ""), "errcode"), "1013");
    sim.state().add_subscription(ADMINISTRATOR_ID, "b.example");
    assert_eq!(text(&db("list", "", ""), "errcode"), "1019");
}
