//! The operator `database`.

use crate::support::{BARE_OK, not_found, ok_for, ok_result, run, start, text};
use plesk_sim::Sim;

fn webspace(sim: &Sim, name: &str) -> u64 {
    sim.state().add_subscription(1, name).id
}

fn id_of(reply: &str) -> u64 {
    let id = text(reply, "id").parse().unwrap_or_else(|_| panic!("{reply}"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id>")));
    id
}

fn add_db(sim: &Sim, webspace: u64, name: &str, kind: &str, rest: &str) -> String {
    let content = format!("<webspace-id>{webspace}</webspace-id><name>{name}</name><type>{kind}</type>{rest}");
    run(sim, "database", "add-db", &content)
}

fn add_user(sim: &Sim, target: &str, login: &str, rest: &str) -> String {
    let user = format!("{target}<login>{login}</login><password>s3cret!</password>{rest}");
    run(sim, "database", "add-db-user", &user)
}

fn select(sim: &Sim, operation: &str, filter: &str) -> String {
    run(sim, "database", operation, &format!("<filter>{filter}</filter>"))
}

fn db_id(id: u64) -> String {
    format!("<db-id>{id}</db-id>")
}

#[test]
fn add_db_stores_databases_that_get_db_returns() {
    let sim = start();
    let (a, b) = (webspace(&sim, "a.example"), webspace(&sim, "b.example"));
    let first = id_of(&add_db(&sim, a, "shop", "mysql", ""));
    let second = id_of(&add_db(&sim, b, "blog", "mysql", "<db-server-id>1</db-server-id>"));
    let third = id_of(&add_db(&sim, a, "wiki", "mysql", ""));
    let data = |id: u64, name: &str, webspace: u64, key: &str| {
        ok_result(&format!(
            "{key}<id>{id}</id><name>{name}</name><type>mysql</type><webspace-id>{webspace}</webspace-id>\
             <db-server-id>1</db-server-id>"
        ))
    };
    let key = |key: &str| format!("<filter-id>{key}</filter-id>");
    let all = data(first, "shop", a, "") + &data(second, "blog", b, "") + &data(third, "wiki", a, "");
    assert_eq!(select(&sim, "get-db", ""), all);
    let by_id = data(second, "blog", b, &key(&second.to_string())) + &not_found("Database", &key("7"));
    assert_eq!(select(&sim, "get-db", &format!("<id>{second}</id><id>7</id>")), by_id);
    let of = |name: &str| data(first, "shop", a, &key(name)) + &data(third, "wiki", a, &key(name));
    assert_eq!(select(&sim, "get-db", &format!("<webspace-id>{a}</webspace-id>")), of(&a.to_string()));
    assert_eq!(select(&sim, "get-db", "<webspace-name>a.example</webspace-name>"), of("a.example"));

    let empty = webspace(&sim, "c.example");
    let expected = ok_result(&format!("<filter-id>{empty}</filter-id>"));
    assert_eq!(select(&sim, "get-db", &format!("<webspace-id>{empty}</webspace-id>")), expected);
    assert_eq!(select(&sim, "get-db", "<webspace-id>7</webspace-id>"), not_found("Subscription", &key("7")));
}

#[test]
fn get_db_without_databases_returns_bare_ok() {
    assert_eq!(select(&start(), "get-db", ""), BARE_OK);
    assert_eq!(select(&start(), "get-db-users", ""), BARE_OK);
    assert_eq!(select(&start(), "get-default-user", ""), BARE_OK);
}

#[test]
fn add_db_rejects_invalid_databases() {
    let sim = start();
    let a = webspace(&sim, "a.example");
    add_db(&sim, a, "shop", "mysql", "");
    for (webspace, name, kind, rest, code) in [
        (a, "shop", "mysql", "", "1007"),
        (a, "", "mysql", "", "1019"),
        (7, "new", "mysql", "", "1013"),
        (a, "new", "mysql", "<db-server-id>7</db-server-id>", "1013"),
        (a, "new", "postgresql", "<db-server-id>1</db-server-id>", "14008"),
        (a, "new", "postgresql", "", "14009"),
    ] {
        assert_eq!(text(&add_db(&sim, webspace, name, kind, rest), "errcode"), code, "{webspace} {name} {kind} {rest}");
    }
    assert_eq!(sim.state().databases.len(), 1);
}

#[test]
fn users_belong_to_a_database_or_a_subscription() {
    let sim = start();
    let a = webspace(&sim, "a.example");
    let database = id_of(&add_db(&sim, a, "shop", "mysql", ""));
    let rules = "<acl><host>%</host></acl><allow-access-from><ip-address>192.0.2.7</ip-address></allow-access-from>";
    let first = id_of(&add_user(&sim, &db_id(database), "jo", &format!("{rules}<role>readOnly</role>")));
    let any = format!("<webspace-id>{a}</webspace-id><db-server-id>1</db-server-id>");
    let second = id_of(&add_user(&sim, &any, "al", ""));
    assert_eq!(sim.state().database_users[&first].role, "readOnly");

    let jo = format!("<id>{first}</id><login>jo</login><db-id>{database}</db-id>{rules}");
    let al = format!("<id>{second}</id><login>al</login><acl/><allow-access-from/>");
    assert_eq!(select(&sim, "get-db-users", ""), ok_result(&jo) + &ok_result(&al));
    let key = |key: u64| format!("<filter-id>{key}</filter-id>");
    assert_eq!(select(&sim, "get-db-users", &db_id(database)), ok_result(&(key(database) + &jo)));
    let by_id = ok_result(&(key(second) + &al)) + &not_found("Database user", &key(7));
    assert_eq!(select(&sim, "get-db-users", &format!("<id>{second}</id><id>7</id>")), by_id);

    for (target, login, rest, code) in [
        (db_id(database), "al", "", "1007"),
        (db_id(7), "kim", "", "1013"),
        (db_id(database), " ", "", "1019"),
        (db_id(database), "kim", "<role>owner</role>", "1019"),
    ] {
        assert_eq!(text(&add_user(&sim, &target, login, rest), "errcode"), code, "{target} {login}");
    }
}

#[test]
fn set_db_user_replaces_what_was_sent() {
    let sim = start();
    let a = webspace(&sim, "a.example");
    let database = id_of(&add_db(&sim, a, "shop", "mysql", ""));
    let user = id_of(&add_user(&sim, &db_id(database), "jo", "<acl><host>%</host></acl>"));
    add_user(&sim, &db_id(database), "al", "");
    let set = |content: &str| run(&sim, "database", "set-db-user", content);
    let changed = set(&format!("<id>{user}</id><login>joe</login><password>n3wpass!</password><role>writeOnly</role>"));
    assert_eq!(id_of(&changed), user);
    {
        let state = sim.state();
        let user = &state.database_users[&user];
        assert_eq!((user.login.as_str(), user.password.expose(), user.role.as_str()), ("joe", "n3wpass!", "writeOnly"));
        assert_eq!(user.hosts, ["%"]);
    }
    assert_eq!(text(&set(&format!("<id>{user}</id><login>al</login>")), "errcode"), "1007");
    assert_eq!(text(&set(&format!("<id>{user}</id><password>weak</password>")), "errcode"), "1019");
    assert_eq!(set("<id>7</id>"), not_found("Database user", ""));
}

#[test]
fn first_user_is_the_default_until_set() {
    let sim = start();
    let a = webspace(&sim, "a.example");
    let database = id_of(&add_db(&sim, a, "shop", "mysql", ""));
    let other = id_of(&add_db(&sim, a, "blog", "mysql", ""));
    let default = |id: u64| select(&sim, "get-default-user", &db_id(id));
    assert_eq!(default(database), ok_result(&format!("<filter-id>{database}</filter-id>")));
    let [jo, al] = ["jo", "al"].map(|login| id_of(&add_user(&sim, &db_id(database), login, "")));
    assert_eq!(default(database), ok_for(database, jo));
    let set = |database: u64, user: u64| {
        let content = format!("{}<default-user-id>{user}</default-user-id>", db_id(database));
        run(&sim, "database", "set-default-user", &content)
    };
    assert_eq!(set(database, al), BARE_OK);
    assert_eq!(default(database), ok_for(database, al));
    assert!(select(&sim, "get-db", &format!("<id>{database}</id>")).contains(&format!("<default-user-id>{al}<")));
    assert_eq!(text(&set(other, al), "errcode"), "1019");
    assert_eq!(set(database, 7), not_found("Database user", ""));

    assert_eq!(select(&sim, "del-db-user", &format!("<id>{al}</id>")), ok_for(al, al));
    assert_eq!(default(database), ok_result(&format!("<filter-id>{database}</filter-id>")));
}

#[test]
fn databases_are_deleted_with_users_and_with_their_subscription() {
    let sim = start();
    let (a, b) = (webspace(&sim, "a.example"), webspace(&sim, "b.example"));
    let database = id_of(&add_db(&sim, a, "shop", "mysql", ""));
    add_user(&sim, &db_id(database), "jo", "");
    let deleted = ok_for(database, database) + &not_found("Database", "<filter-id>7</filter-id>");
    assert_eq!(select(&sim, "del-db", &format!("<id>{database}</id><id>7</id>")), deleted);
    assert!(sim.state().databases.is_empty() && sim.state().database_users.is_empty());

    let database = id_of(&add_db(&sim, a, "shop", "mysql", ""));
    add_user(&sim, &db_id(database), "jo", "");
    let filter = format!("<filter><id>{database}</id></filter>");
    let assign = run(&sim, "database", "assign-to-subscription", &format!("{filter}<webspace-id>{b}</webspace-id>"));
    assert_eq!(assign, ok_for(database, database));
    let host = run(&sim, "database", "set-custom-host", &format!("{filter}<host>db.a.example</host>"));
    assert_eq!(host, ok_for(database, database));
    assert_eq!(sim.state().databases[&database].custom_host.as_deref(), Some("db.a.example"));

    run(&sim, "webspace", "del", &format!("<filter><id>{a}</id></filter>"));
    assert_eq!(sim.state().databases.len(), 1);
    run(&sim, "webspace", "del", &format!("<filter><id>{b}</id></filter>"));
    let state = sim.state();
    assert!(state.databases.is_empty() && state.database_users.is_empty());
}
