//! The operator `protected-dir`.

use crate::support::{BARE_OK, error_result, not_found, ok_for, ok_result, run, start, text};
use plesk_sim::Sim;

fn site(sim: &Sim, name: &str) -> u64 {
    sim.state().add_subscription(1, name).id
}

fn id_of(reply: &str) -> u64 {
    let id = text(reply, "id").parse().unwrap_or_else(|_| panic!("{reply}"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id>")));
    id
}

fn add(sim: &Sim, site: u64, name: &str, rest: &str) -> String {
    run(sim, "protected-dir", "add", &format!("<site-id>{site}</site-id><name>{name}</name>{rest}"))
}

fn add_user(sim: &Sim, directory: u64, login: &str, password: &str) -> String {
    let user = format!("<pd-id>{directory}</pd-id><login>{login}</login><password>{password}</password>");
    run(sim, "protected-dir", "add-user", &user)
}

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "protected-dir", operation, &format!("<filter>{filter}</filter>{rest}"))
}

#[test]
fn add_stores_directories_that_get_returns() {
    let sim = start();
    let (a, b) = (site(&sim, "a.example"), site(&sim, "b.example"));
    let location = "<location><property><name>nonssl</name><value>true</value></property></location>";
    let first = id_of(&add(&sim, a, "/private/", &format!("<header>Members</header>{location}")));
    let second = id_of(&add(&sim, b, "private", ""));
    let result = |key: &str, id: u64, header: &str, location: &str| {
        let data = format!("<data><name>private</name><header>{header}</header>{location}</data>");
        ok_result(&format!("{key}<id>{id}</id>{data}"))
    };
    let key = |key: &str| format!("<filter-id>{key}</filter-id>");
    let all = result("", first, "Members", location) + &result("", second, "", "");
    assert_eq!(select(&sim, "get", "", ""), all);
    let by_id =
        result(&key(&first.to_string()), first, "Members", location) + &not_found("Protected directory", &key("7"));
    assert_eq!(select(&sim, "get", &format!("<id>{first}</id><id>7</id>"), ""), by_id);
    let by_site = result(&key(&b.to_string()), second, "", "");
    assert_eq!(select(&sim, "get", &format!("<site-id>{b}</site-id>"), ""), by_site);
    let by_name = result(&key("a.example"), first, "Members", location);
    assert_eq!(select(&sim, "get", "<site-name>a.example</site-name>", ""), by_name);
    let unknown = error_result(1015, "Domain does not exist.", &key("7"));
    assert_eq!(select(&sim, "get", "<site-id>7</site-id>", ""), unknown);
}

#[test]
fn add_rejects_invalid_directories() {
    let sim = start();
    let a = site(&sim, "a.example");
    add(&sim, a, "private", "");
    let location = "<location><property><name>moon</name><value>true</value></property></location>";
    for (site, name, rest, code) in [
        (a, "", "", "1019"),
        (a, "private", "", "1007"),
        (a, "/private", "", "1007"),
        (a, "new", location, "1019"),
        (7, "new", "", "1015"),
    ] {
        assert_eq!(text(&add(&sim, site, name, rest), "errcode"), code, "{name} {rest}");
    }
    assert_eq!(sim.state().protected_dirs.len(), 1);
}

#[test]
fn set_changes_only_what_was_sent() {
    let sim = start();
    let a = site(&sim, "a.example");
    let first = id_of(&add(&sim, a, "private", "<header>Members</header>"));
    let second = id_of(&add(&sim, a, "other", ""));
    let filter = format!("<id>{first}</id>");
    let renamed = select(&sim, "set", &filter, "<values><name>members</name></values>");
    assert_eq!(renamed, ok_for(first, first));
    {
        let state = sim.state();
        let directory = &state.protected_dirs[&first];
        assert_eq!((directory.name.as_str(), directory.header.as_str()), ("members", "Members"));
    }
    let taken = select(&sim, "set", &format!("<id>{second}</id>"), "<values><name>members</name></values>");
    assert_eq!(text(&taken, "errcode"), "1007");
}

#[test]
fn users_are_added_changed_and_deleted() {
    let sim = start();
    let a = site(&sim, "a.example");
    let directory = id_of(&add(&sim, a, "private", ""));
    let jo = id_of(&add_user(&sim, directory, "jo", "s3cret!"));
    let al = id_of(&add_user(&sim, directory, "al", "s3cret!"));
    for (directory, login, password, code) in [
        (7, "kim", "s3cret!", "1013"),
        (directory, "jo", "s3cret!", "1007"),
        (directory, "", "s3cret!", "1019"),
        (directory, "kim", "", "1019"),
    ] {
        assert_eq!(text(&add_user(&sim, directory, login, password), "errcode"), code, "{login}");
    }
    let result = |key: u64, id: u64, login: &str| {
        ok_result(&format!("<filter-id>{key}</filter-id><id>{id}</id><data><login>{login}</login></data>"))
    };
    let by_directory = result(directory, jo, "jo") + &result(directory, al, "al");
    assert_eq!(select(&sim, "get-user", &format!("<pd-id>{directory}</pd-id>"), ""), by_directory);

    let filter = format!("<id>{jo}</id>");
    let values = "<values><login>joe</login><password>n3wpass</password></values>";
    assert_eq!(select(&sim, "set-user", &filter, values), ok_for(jo, jo));
    assert_eq!(select(&sim, "get-user", &filter, ""), result(jo, jo, "joe"));
    assert_eq!(sim.state().protected_dir_users[&jo].password.expose(), "n3wpass");
    assert_eq!(text(&select(&sim, "set-user", &filter, "<values><login>al</login></values>"), "errcode"), "1007");

    assert_eq!(select(&sim, "delete-user", &filter, ""), ok_for(jo, jo));
    let gone = not_found("User of protected directory", &format!("<filter-id>{jo}</filter-id>"));
    assert_eq!(select(&sim, "delete-user", &filter, ""), gone);
    assert_eq!(select(&sim, "get-user", "", ""), ok_result(&format!("<id>{al}</id><data><login>al</login></data>")));
}

#[test]
fn delete_removes_directories_with_their_users() {
    let sim = start();
    let a = site(&sim, "a.example");
    let first = id_of(&add(&sim, a, "private", ""));
    let second = id_of(&add(&sim, a, "other", ""));
    add_user(&sim, first, "jo", "s3cret!");
    let kept = id_of(&add_user(&sim, second, "jo", "s3cret!"));
    assert_eq!(select(&sim, "delete", &format!("<id>{first}</id>"), ""), ok_for(first, first));
    assert_eq!(sim.state().protected_dir_users.keys().collect::<Vec<_>>(), [&kept]);

    run(&sim, "webspace", "del", &format!("<filter><id>{a}</id></filter>"));
    assert!(sim.state().protected_dirs.is_empty() && sim.state().protected_dir_users.is_empty());
    assert_eq!(select(&sim, "get", "", ""), BARE_OK);
}

#[test]
fn get_pd_location_descriptor_describes_server_and_sites() {
    let sim = start();
    let a = site(&sim, "a.example");
    let descriptor = "<descriptor><property><name>nonssl</name><type>boolean</type>\
        <default-value>false</default-value></property><property><name>cgi</name><type>boolean</type>\
        <default-value>false</default-value></property></descriptor>";
    let server = run(&sim, "protected-dir", "get-pd-location-descriptor", "");
    assert_eq!(server, ok_result(descriptor));
    let of_site = select(&sim, "get-pd-location-descriptor", &format!("<site-id>{a}</site-id>"), "");
    assert_eq!(of_site, ok_result(&format!("<filter-id>{a}</filter-id><id>{a}</id>{descriptor}")));
}
