//! The operator `webspace`: traffic, descriptors, buttons, and the lists of what a subscription may
//! use.

mod support;

use plesk_sim::{ADMINISTRATOR_ID, Sim};
use support::{BARE_OK, found, met, run, start, text};

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "webspace", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn get(sim: &Sim, filter: &str, dataset: &str) -> String {
    select(sim, "get", filter, &format!("<dataset>{dataset}</dataset>"))
}

fn missed(filter_id: &str) -> String {
    support::missed("Subscription", &format!("<filter-id>{filter_id}</filter-id>"))
}

#[test]
fn traffic_is_entered_and_read_by_day() {
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
        assert_eq!(enter(id, date, bytes), found(&format!("<id>{id}</id>")));
    }
    assert_eq!(enter(7, "2024-03-01", 1), support::missed("Subscription", ""));
    assert_eq!(text(&enter(id, "2024-03-01", -1), "errcode"), "1019");

    let read = |rest: &str| select(&sim, "get_traffic", "<name>a.example</name>", rest);
    let start = format!("<filter-id>a.example</filter-id><id>{id}</id>");
    let both = day("2024-02-29", 5) + &day("2024-03-01", 1);
    assert_eq!(read(""), found(&format!("{start}{both}")));
    let march = "<since_date>2024-03-01</since_date><to_date>2024-03-31</to_date>";
    assert_eq!(read(march), found(&format!("{start}{}", day("2024-03-01", 1))));
    assert_eq!(read("<to_date>2024-02-28</to_date>"), found(&start));

    let today = sim.state().subscriptions[&id].cr_date.to_string();
    enter(id, &today, 100);
    assert_eq!(text(&get(&sim, "<name>a.example</name>", "<stat/>"), "traffic"), "109");
}

#[test]
fn who_uses_more_or_less_than_before_is_told() {
    let sim = start();
    let id = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    let changed = |from: &str| {
        run(&sim, "webspace", "get-changed", &format!("<resource-usage><from>{from}</from></resource-usage>"))
    };
    let one = format!("<subscription><name>a.example</name><id>{id}</id><external-id/></subscription>");
    assert_eq!(changed("2020-01-01T00:00:00"), found(&one));
    assert_eq!(changed("2999-01-01T00:00:00+01:00"), BARE_OK);
}

#[test]
fn descriptors_are_of_subscriptions_or_of_the_server() {
    let sim = start();
    for (operation, name) in [
        ("get-limit-descriptor", "disk_space"),
        ("get-permission-descriptor", "manage_dns"),
        ("get-physical-hosting-descriptor", "ftp_login"),
    ] {
        let server = select(&sim, operation, "", "");
        assert!(server.starts_with("<result><status>ok</status><descriptor><property>"), "{server}");
        assert!(server.contains(&format!("<name>{name}</name>")), "{server}");
        assert_eq!(select(&sim, operation, "<name>none</name>", ""), missed("none"));
        let id = sim.state().add_subscription(ADMINISTRATOR_ID, name).id;
        let own = select(&sim, operation, &format!("<id>{id}</id>"), "");
        assert!(own.starts_with(&format!("<result><status>ok</status><filter-id>{id}</filter-id><id>{id}</id><des")));
    }
}

#[test]
fn buttons_lead_to_their_subscription() {
    let sim = start();
    assert_eq!(select(&sim, "cform_buttons_list", "", ""), BARE_OK);
    let id = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    let buttons = select(&sim, "cform_buttons_list", "<name>a.example</name><name>none</name>", "");
    assert!(buttons.contains(&format!("<href>/smb/web/view/id/{id}</href>")), "{buttons}");
    assert!(buttons.contains("<enabled>true</enabled>") && buttons.ends_with(&missed("none")), "{buttons}");
    sim.state().subscriptions.values_mut().for_each(|one| one.status = 16);
    assert!(!select(&sim, "cform_buttons_list", "", "").contains("<enabled>true</enabled>"));
}

#[test]
fn lists_are_edited_and_nothing_is_half_done() {
    let sim = start();
    let (id, server) = {
        let mut state = sim.state();
        state.applications.insert("WordPress".to_owned());
        state.plan_items.insert("Phone support".to_owned());
        let id = state.add_subscription(ADMINISTRATOR_ID, "a.example").id;
        (id, *state.db_servers.keys().next().expect("the local one"))
    };
    let name = "<name>a.example</name>";
    let done = met("a.example", id);
    let about = format!("<filter-id>a.example</filter-id><id>{id}</id>");
    let settings = || sim.state().subscriptions[&id].settings.clone();
    let package = |name: &str| format!("<package><name>name</name><value>{name}</value></package>");

    assert_eq!(select(&sim, "add-package", name, &package("WordPress")), done);
    let unknown = support::missed("Application 'None'", &about);
    assert_eq!(select(&sim, "remove-package", name, &(package("WordPress") + &package("None"))), unknown);
    // Here the list stays as it is when it begins to count.
    assert_eq!(select(&sim, "enable-aps-filter", name, ""), done);
    let read = get(&sim, name, "<aps-filter/><packages/>");
    let packages = "<aps-filter>true</aps-filter><packages><package><name>WordPress</name></package></packages>";
    assert!(read.contains(packages), "{read}");
    assert_eq!(select(&sim, "remove-package", name, &package("WordPress")), done);
    assert_eq!(select(&sim, "disable-aps-filter", name, ""), done);
    assert!(settings().applications.listed.is_empty() && !settings().applications.only_listed);

    let item = |name: &str| format!("<plan-item><name>{name}</name></plan-item>");
    let support = found(&format!("{about}<item>Phone support</item>"));
    assert_eq!(select(&sim, "add-plan-item", name, &item("Phone support")), support);
    assert!(get(&sim, name, "<plan-items/>").contains("<item><name>Phone support</name></item>"));
    assert_eq!(select(&sim, "remove-plan-item", name, &item("Phone support")), support);
    let gone = support::missed("Additional service", &about);
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
    let gone = support::missed("Database server", &about);
    assert_eq!(db("remove", name, &by_id), format!("<remove>{gone}</remove>"));
    assert_eq!(text(&db("list", "<name>none</name>", ""), "errcode"), "1013");
    sim.state().add_subscription(ADMINISTRATOR_ID, "b.example");
    assert_eq!(text(&db("list", "", ""), "errcode"), "1019");
}
