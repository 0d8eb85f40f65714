//! The operator `ftp-user`.

use plesk_sim::{ADMINISTRATOR_ID, Sim};

use crate::support::{error_result, not_found, ok_for, ok_result, run, start, text};

fn add(sim: &Sim, name: &str, rest: &str) -> String {
    run(sim, "ftp-user", "add", &format!("<name>{name}</name><password>s3cret!</password>{rest}"))
}

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "ftp-user", operation, &format!("<filter>{filter}</filter>{rest}"))
}

#[test]
fn add_stores_what_get_returns_by_each_filter() {
    let sim = start();
    let webspace = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    let content = format!(
        "<home>/logs</home><quota>1000</quota><permissions><write>false</write></permissions>\
         <webspace-id>{webspace}</webspace-id>"
    );
    let reply = add(&sim, "anna", &content);
    let id = text(&reply, "id").to_owned();
    assert_eq!(reply, ok_result(&format!("<id>{id}</id>")));

    let data = format!(
        "<id>{id}</id><name>anna</name><home>/logs</home><quota>1000</quota>\
         <permissions><read>true</read><write>false</write></permissions><webspace-id>{webspace}</webspace-id>"
    );
    assert_eq!(select(&sim, "get", "", ""), ok_result(&data));
    let filters = [("id", id.clone()), ("webspace-id", webspace.to_string())];
    let names = [("name", "anna".to_owned()), ("webspace-name", "a.example".to_owned())];
    for (kind, value) in filters.into_iter().chain(names) {
        let expected = ok_result(&format!("<filter-id>{value}</filter-id>{data}"));
        assert_eq!(select(&sim, "get", &format!("<{kind}>{value}</{kind}>"), ""), expected);
    }
    let missing = not_found("FTP user", "<filter-id>none</filter-id>");
    assert_eq!(select(&sim, "get", "<name>none</name>", ""), missing);
}

#[test]
fn add_rejects_invalid_users() {
    let sim = start();
    let webspace = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    let of = format!("<webspace-id>{webspace}</webspace-id>");
    add(&sim, "anna", &of);
    assert_eq!(add(&sim, "anna", &of), error_result(1007, "The FTP user 'anna' already exists", ""));
    assert_eq!(add(&sim, " ", &of), error_result(1019, "The name of the FTP user is empty", ""));
    let elsewhere = add(&sim, "berta", "<webspace-name>b.example</webspace-name>");
    assert_eq!(elsewhere, error_result(1013, "Subscription does not exist", ""));
}

#[test]
fn set_and_del_act_within_the_given_webspace() {
    let sim = start();
    let (a, b, user) = {
        let mut state = sim.state();
        let a = state.add_subscription(ADMINISTRATOR_ID, "a.example").id;
        let b = state.add_subscription(ADMINISTRATOR_ID, "b.example").id;
        (a, b, state.add_ftp_user(a, "anna").id)
    };
    let values = "<values><name>berta</name><home>/x</home></values>";
    let filter = format!("<id>{user}</id>");
    let elsewhere = select(&sim, "set", &filter, &format!("{values}<webspace-id>{b}</webspace-id>"));
    assert_eq!(elsewhere, not_found("FTP user", &format!("<filter-id>{user}</filter-id>")));
    let here = format!("<webspace-id>{a}</webspace-id>");
    assert_eq!(select(&sim, "set", &filter, &format!("{values}{here}")), ok_for(user, user));
    assert_eq!(sim.state().ftp_users[&user].name, "berta");
    assert_eq!(select(&sim, "del", "<name>berta</name>", ""), ok_for("berta", user));
    assert!(sim.state().ftp_users.is_empty());
}
