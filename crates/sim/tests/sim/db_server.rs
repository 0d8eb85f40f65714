//! The operator `db_server`.

use crate::support::{error_result, not_found, ok_result, run, start, text};
use plesk_sim::Sim;

fn add(sim: &Sim, kind: &str, host: &str, port: &str, rest: &str) -> String {
    let server = format!("<host>{host}</host><port>{port}</port><type>{kind}</type><admin>root</admin>{rest}");
    run(sim, "db_server", "add", &server)
}

/// Adds a remote MySQL. Returns its ID.
fn add_remote(sim: &Sim, rest: &str) -> u64 {
    let reply = add(sim, "mysql", "db.example", "3307", rest);
    let id = text(&reply, "id").parse().unwrap_or_else(|_| panic!("{reply}"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id>")));
    id
}

fn get(sim: &Sim, id: u64) -> String {
    run(sim, "db_server", "get", &format!("<filter><id>{id}</id></filter>"))
}

fn del(sim: &Sim, key: &str) -> String {
    run(sim, "db_server", "del", &format!("<filter>{key}</filter>"))
}

const LOCAL: &str = "<id>1</id><data><host>localhost</host><port>3306</port><type>mysql</type><admin>admin</admin>\
    <status>NO_ERROR</status><db_num>0</db_num><default/><local/></data>";

#[test]
fn local_mysql_is_the_default_with_id_1() {
    let sim = start();
    assert_eq!(get(&sim, 1), ok_result(LOCAL));
    assert_eq!(run(&sim, "db_server", "get", "<filter/>"), ok_result(LOCAL));
    let mysql = ok_result("<type>mysql</type><id>1</id>");
    let by_type = "<filter><type>mysql</type></filter>";
    assert_eq!(run(&sim, "db_server", "get-default", by_type), mysql);
    assert_eq!(run(&sim, "db_server", "get-local", by_type), mysql);
    assert_eq!(run(&sim, "db_server", "get-local", "<filter/>"), mysql + &ok_result("<type>postgresql</type>"));
    let supported = ok_result("<type>mysql</type><type>postgresql</type>");
    assert_eq!(run(&sim, "db_server", "get-supported-types", ""), supported);
    let unknown = run(&sim, "db_server", "get-default", "<filter><type>oracle</type></filter>");
    assert_eq!(unknown, error_result(14008, "The database server type is not supported", "<type>oracle</type>"));
}

#[test]
fn add_stores_a_server_that_get_returns() {
    let sim = start();
    let id = add_remote(&sim, "<password>s3cret!</password>");
    let data = "<host>db.example</host><port>3307</port><type>mysql</type><admin>root</admin>\
        <status>NO_ERROR</status><db_num>0</db_num>";
    assert_eq!(get(&sim, id), ok_result(&format!("<id>{id}</id><data>{data}</data>")));
    for (kind, host, port, code) in [
        ("mysql", "db.example", "3307", "1007"),
        ("mysql", "db2.example", "none", "1019"),
        ("mysql", "", "3306", "1019"),
        ("oracle", "db2.example", "1521", "14008"),
    ] {
        assert_eq!(text(&add(&sim, kind, host, port, ""), "errcode"), code, "{kind} {host} {port}");
    }
    // The first server of a type becomes its default.
    let postgres = add(&sim, "postgresql", "pg.example", "5432", "");
    let default = run(&sim, "db_server", "get-default", "<filter><type>postgresql</type></filter>");
    assert_eq!(text(&default, "id"), text(&postgres, "id"));
}

#[test]
fn set_changes_only_what_was_sent() {
    let sim = start();
    let id = add_remote(&sim, "");
    let changed = ok_result(&format!("<id>{id}</id>"));
    let set = |content: &str| run(&sim, "db_server", "set", content);
    assert_eq!(set(&format!("<port>3308</port><password>n3w</password><id>{id}</id>")), changed);
    {
        let state = sim.state();
        let server = &state.db_servers[&id];
        assert_eq!((server.host.as_str(), server.port, server.admin.as_str()), ("db.example", 3308, "root"));
    }
    assert_eq!(set("<admin>x</admin><id>7</id>"), not_found("Database server", ""));
    assert_eq!(text(&set("<host>other.example</host><id>1</id>"), "errcode"), "1019");
    assert_eq!(text(&set(&format!("<port>0</port><id>{id}</id>")), "errcode"), "1019");
}

#[test]
fn set_default_moves_the_default_of_a_type() {
    let sim = start();
    let id = add_remote(&sim, "");
    let default = || run(&sim, "db_server", "get-default", "<filter><type>mysql</type></filter>");
    assert_eq!(run(&sim, "db_server", "set-default", &format!("<id>{id}</id>")), ok_result(&format!("<id>{id}</id>")));
    assert_eq!(text(&default(), "id"), id.to_string());
    assert_eq!(run(&sim, "db_server", "set-default", "<type>mysql</type>"), ok_result("<id>1</id>"));
    assert_eq!(text(&default(), "id"), "1");
    assert_eq!(run(&sim, "db_server", "set-default", "<id>7</id>"), not_found("Database server", ""));
}

#[test]
fn del_removes_only_unused_remote_servers() {
    let sim = start();
    let id = add_remote(&sim, "");
    let subscription = sim.state().add_subscription(1, "a.example").id;
    let database = sim.state().add_database(subscription, id, "shop").id;
    assert_eq!(text(&del(&sim, &format!("<id>{id}</id>")), "errcode"), "1023");
    sim.state().databases.remove(&database);
    assert_eq!(text(&del(&sim, "<id>1</id>"), "errcode"), "1023");
    assert_eq!(del(&sim, "<dsn>db.example:3307</dsn>"), ok_result(&format!("<id>{id}</id>")));
    assert_eq!(del(&sim, &format!("<id>{id}</id>")), not_found("Database server", &format!("<id>{id}</id>")));
    assert_eq!(get(&sim, id), not_found("Database server", &format!("<id>{id}</id>")));
}
