//! The operator `service-plan`.

use crate::support::{
    BARE_OK, error_result, not_found, ok_for, ok_result, run, send_packet, start_without_plans, text,
};
use plesk_sim::{ADMINISTRATOR_ID, Sim};

const OWNER_NOT_FOUND: &str =
    "<result><status>error</status><errcode>1015</errcode><errtext>Owner does not exist</errtext></result>";

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "service-plan", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn add(sim: &Sim, content: &str) -> String {
    run(sim, "service-plan", "add", content)
}

/// All settings that a plan can have, as `add` takes them. Tests replace `HOSTING` with the hosting.
const SETTINGS: &str = "<mail><nonexistent-user><bounce>Gone</bounce></nonexistent-user><webmail>roundcube</webmail>\
    <mailservice>true</mailservice><outgoing-messages-domain-limit>50</outgoing-messages-domain-limit></mail>\
    <limits><overuse>notify</overuse><limit><name>disk_space</name><value>1000</value></limit>\
    <limit><name>max_box</name><value>-1</value></limit></limits>\
    <log-rotation><on><log-condition><log-bytime>Daily</log-bytime></log-condition>\
    <log-max-num-files>3</log-max-num-files></on></log-rotation>\
    <preferences><stat>3</stat><dns_zone_type>master</dns_zone_type></preferences>HOSTING\
    <performance><bandwidth>100</bandwidth></performance>\
    <permissions><permission><name>manage_dns</name><value>true</value></permission></permissions>";

const PHP: &str = "<php-settings><setting><name>memory_limit</name><value>64M</value></setting></php-settings>\
    <web-server-settings><additional>Options -Indexes</additional></web-server-settings>";

const PROPERTIES: &str = "<property><name>php</name><value>true</value></property>\
    <property><name>ssl</name><value>false</value></property>";

#[test]
fn add_stores_all_settings_that_get_returns() {
    let sim = start_without_plans();
    let settings = SETTINGS.replace("HOSTING", &format!("<hosting>{PROPERTIES}</hosting>"));
    let reply = add(&sim, &format!("<name>Basic</name>{settings}<external-id>b</external-id>{PHP}"));
    let (id, guid) = (text(&reply, "id"), text(&reply, "guid"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id><guid>{guid}</guid>")));

    let settings = SETTINGS.replace("HOSTING", &format!("<hosting><vrt_hst>{PROPERTIES}</vrt_hst></hosting>"));
    let expected = ok_result(&format!(
        "<id>{id}</id><name>Basic</name><guid>{guid}</guid><external-id>b</external-id><owner-id>1</owner-id>\
         <owner-login>admin</owner-login>{settings}<plan-items/><aps-filter>false</aps-filter><packages/>{PHP}"
    ));
    for filter in [
        format!("<id>{id}</id>"),
        "<name>Basic</name>".to_owned(),
        format!("<guid>{guid}</guid>"),
        "<external-id>b</external-id>".to_owned(),
        String::new(),
    ] {
        assert_eq!(select(&sim, "get", &filter, ""), expected, "{filter}");
    }
    let none = not_found("Service plan", "<name>Pro</name>");
    assert_eq!(select(&sim, "get", "<name>Pro</name><name>Basic</name>", ""), none + &expected);
}

#[test]
fn get_reads_plans_of_one_owner_or_all() {
    let sim = start_without_plans();
    let rita = sim.state().add_reseller("rita").id;
    let names = |owner: &str| {
        let reply = select(&sim, "get", "", owner);
        let names = reply.split("<name>").skip(1).map(|rest| rest.split('<').next().expect("a name").to_owned());
        names.collect::<Vec<_>>()
    };
    add(&sim, "<name>Basic</name>");
    add(&sim, "<name>Pro</name><owner-login>rita</owner-login>");
    // A name is unique among the plans of one owner, but another owner can use it too.
    assert_eq!(text(&add(&sim, &format!("<name>Basic</name><owner-id>{rita}</owner-id>")), "status"), "ok");
    assert_eq!(text(&add(&sim, "<name>Basic</name>"), "errcode"), "1007");

    assert_eq!(names(""), ["Basic"]);
    assert_eq!(names("<owner-login>rita</owner-login>"), ["Pro", "Basic"]);
    assert_eq!(names("<owner-all/>"), ["Basic", "Pro", "Basic"]);
    assert_eq!(select(&sim, "get", "", "<owner-id>7</owner-id>"), OWNER_NOT_FOUND);
}

#[test]
fn add_rejects_invalid_plans() {
    let sim = start_without_plans();
    add(&sim, "<name>Basic</name><external-id>b</external-id>");
    for (content, code) in [
        ("<name>Basic</name>", "1007"),
        ("<name> </name>", "1019"),
        ("<name>Pro</name><external-id>b</external-id>", "1007"),
        ("<name>Pro</name><owner-login>none</owner-login>", "1015"),
        ("<name>Pro</name><limits><limit><name>max_box</name><value>-2</value></limit></limits>", "1019"),
    ] {
        assert_eq!(text(&add(&sim, content), "errcode"), code, "{content}");
    }
    assert_eq!(sim.state().service_plans.len(), 1);
}

#[test]
fn set_changes_plan_and_unlocked_followers() {
    let sim = start_without_plans();
    let (plan, follower, locked) = {
        let mut state = sim.state();
        let plan = state.add_service_plan(ADMINISTRATOR_ID, "Basic").id;
        let follower = state.add_subscription(ADMINISTRATOR_ID, "a.example");
        follower.plan = Some(plan);
        let follower = follower.id;
        let locked = state.add_subscription(ADMINISTRATOR_ID, "b.example");
        (locked.plan, locked.locked) = (Some(plan), true);
        (plan, follower, locked.id)
    };
    let limits = "<limits><limit><name>max_box</name><value>9</value></limit></limits>";
    let hosting = "<hosting><none/></hosting>";
    let reply = select(&sim, "set", "<name>Basic</name>", &format!("{limits}{hosting}<name>Pro</name>"));
    assert_eq!(reply, ok_result("<name>Basic</name>"));
    {
        let state = sim.state();
        assert_eq!(state.service_plans[&plan].name, "Pro");
        assert!(state.service_plans[&plan].hosting.is_none());
        assert_eq!(state.subscriptions[&follower].settings.limits["max_box"], 9);
        assert!(state.subscriptions[&locked].settings.limits.is_empty());
    }
    let more = "<limits><limit><name>disk_space</name><value>5</value></limit></limits>";
    select(&sim, "set", &format!("<id>{plan}</id>"), more);
    let limits = sim.state().subscriptions[&follower].settings.limits.clone();
    assert_eq!((limits["max_box"], limits["disk_space"]), (9, 5));

    select(&sim, "set", "", "<limits><all-to-zero/></limits><permissions><revoke-all/></permissions>");
    let settings = sim.state().service_plans[&plan].settings.clone();
    assert!(settings.limits.values().all(|limit| *limit == 0) && settings.limits.len() > 2);
    assert!(settings.permissions.values().all(|granted| !granted) && !settings.permissions.is_empty());
    assert_eq!(text(&select(&sim, "get", "", ""), "value"), "0");

    add(&sim, "<name>Basic</name>");
    let taken = error_result(1007, "The plan 'Basic' already exists", "<name>Pro</name>");
    assert_eq!(select(&sim, "set", "<name>Pro</name>", "<name>Basic</name>"), taken);
}

#[test]
fn list_edits_change_plan_and_followers() {
    let sim = start_without_plans();
    let (plan, follower, server) = {
        let mut state = sim.state();
        state.applications.insert("WordPress".to_owned());
        state.plan_items.insert("Phone support".to_owned());
        let plan = state.add_service_plan(ADMINISTRATOR_ID, "Basic").id;
        let follower = state.add_subscription(ADMINISTRATOR_ID, "a.example");
        follower.plan = Some(plan);
        (plan, follower.id, *state.db_servers.keys().next().expect("the local one"))
    };
    let name = "<name>Basic</name>";
    let package = |name: &str| format!("<package><name>name</name><value>{name}</value></package>");
    let item = |name: &str| format!("<plan-item><name>{name}</name></plan-item>");
    let settings = || sim.state().subscriptions[&follower].settings.clone();
    let by_name = ok_for("Basic", plan);

    assert_eq!(select(&sim, "add-package", name, &package("WordPress")), by_name);
    assert!(settings().applications.listed.contains("WordPress"));
    assert_eq!(text(&select(&sim, "add-package", name, &package("None")), "errcode"), "1013");
    let shown = select(&sim, "get", name, "");
    assert!(shown.contains("<packages><package><name>WordPress</name></package></packages>"), "{shown}");
    assert_eq!(select(&sim, "remove-package", name, &package("WordPress")), by_name);
    assert_eq!(select(&sim, "enable-aps-filter", name, ""), by_name);
    assert!(settings().applications.only_listed && settings().applications.listed.is_empty());
    assert_eq!(select(&sim, "disable-aps-filter", name, ""), by_name);
    assert!(!settings().applications.only_listed);

    let support = ok_result("<name>Basic</name><item>Phone support</item>");
    assert_eq!(select(&sim, "add-plan-item", name, &item("Phone support")), support);
    assert!(select(&sim, "get", name, "").contains("<plan-items><item><name>Phone support</name></item></plan-items>"));
    let unknown = not_found("Additional service", name);
    assert_eq!(select(&sim, "add-plan-item", name, &item("None")), unknown);
    assert_eq!(select(&sim, "remove-plan-item", name, &item("Phone support")), support);
    assert_eq!(select(&sim, "remove-plan-item", name, &item("Phone support")), unknown);

    let db = |operation: &str, rest: &str| {
        let inner = format!("<{operation}><filter>{name}</filter>{rest}</{operation}>");
        let reply = run(&sim, "service-plan", "db-servers", &inner);
        let (start, end) = (format!("<{operation}>"), format!("</{operation}>"));
        reply.strip_prefix(&start).and_then(|rest| rest.strip_suffix(&end)).expect("the operation").to_owned()
    };
    let by_host = "<db-server><type>mysql</type><host>localhost</host><port>3306</port></db-server>";
    let by_id = format!("<db-server><type>mysql</type><id>{server}</id></db-server>");
    let listed = "<type>mysql</type><id>ID</id><host>localhost</host><port>3306</port>";
    let listed = format!("<db-server>{}</db-server>", listed.replace("ID", &server.to_string()));
    let id = format!("<id>{plan}</id>");
    assert_eq!(db("add", by_host), by_name);
    assert_eq!(db("list", ""), ok_result(&format!("{id}{listed}")));
    assert!(settings().db_servers.contains(&server));
    assert_eq!(db("remove", &by_id), by_name);
    assert_eq!(db("list", ""), ok_result(&id));
    let gone = not_found("Database server", &format!("<filter-id>Basic</filter-id>{id}"));
    assert_eq!(db("remove", &by_id), gone);
    assert_eq!(db("add", "<db-server><type>mssql</type><id>1</id></db-server>"), gone);
    sim.state().add_service_plan(ADMINISTRATOR_ID, "Pro");
    let list = run(&sim, "service-plan", "db-servers", "<list><filter/></list>");
    assert_eq!(text(&list, "errcode"), "1019");
}

#[test]
fn duplicate_copies_plan_under_another_name() {
    let sim = start_without_plans();
    let reply = add(
        &sim,
        "<name>Basic</name><external-id>b</external-id><php-settings><setting><name>x</name>\
        <value>1</value></setting></php-settings>",
    );
    let duplicate = |filter: &str, name: &str| {
        select(&sim, "duplicate", filter, &format!("<duplicate-name>{name}</duplicate-name>"))
    };
    let copied = duplicate("<name>Basic</name>", "Copy");
    assert_ne!((text(&copied, "id"), text(&copied, "guid")), (text(&reply, "id"), text(&reply, "guid")));
    let copy = select(&sim, "get", "<name>Copy</name>", "");
    assert!(copy.contains("<name>x</name><value>1</value>") && !copy.contains("<external-id>"), "{copy}");

    for (filter, name, code) in [
        ("<name>Basic</name>", "Copy", "1007"),
        ("<name>None</name>", "New", "1013"),
        ("", "New", "1019"),
        ("<name>Basic</name><name>Copy</name>", "New", "1019"),
    ] {
        assert_eq!(text(&duplicate(filter, name), "errcode"), code, "{filter}");
    }
    assert_eq!(sim.state().service_plans.len(), 2);
}

#[test]
fn descriptors_are_returned_per_plan() {
    let sim = start_without_plans();
    let plan = add(&sim, "<name>Basic</name>");
    let id = format!("<id>{}</id>", text(&plan, "id"));
    for (operation, name) in [
        ("get-limit-descriptor", "disk_space"),
        ("get-permission-descriptor", "manage_dns"),
        ("get-physical-hosting-descriptor", "ftp_login"),
    ] {
        let descriptor = select(&sim, operation, &id, "");
        let start = format!("<result><status>ok</status>{id}<descriptor><property>");
        assert!(descriptor.starts_with(&start) && descriptor.contains(&format!("<name>{name}</name>")), "{descriptor}");
        assert_eq!(select(&sim, operation, "<name>None</name>", ""), not_found("Service plan", "<name>None</name>"));
    }
}

#[test]
fn empty_filter_without_plans_returns_bare_ok() {
    let sim = start_without_plans();
    let package = "<package><name>name</name><value>x</value></package>";
    let item = "<plan-item><name>x</name></plan-item>";
    for (operation, rest) in [
        ("get", ""),
        ("set", ""),
        ("add-package", package),
        ("remove-package", package),
        ("enable-aps-filter", ""),
        ("disable-aps-filter", ""),
        ("add-plan-item", item),
        ("remove-plan-item", item),
        ("get-limit-descriptor", ""),
        ("get-permission-descriptor", ""),
        ("get-physical-hosting-descriptor", ""),
    ] {
        assert_eq!(select(&sim, operation, "", rest), BARE_OK, "{operation}");
        let nobody = format!("<owner-login>none</owner-login>{rest}");
        assert_eq!(select(&sim, operation, "", &nobody), OWNER_NOT_FOUND, "{operation}");
    }
    let reply = send_packet(&sim, "<service-plan><db-servers><list><filter/></list></db-servers></service-plan>");
    assert_eq!(text(&reply, "errcode"), "1019");
}

#[test]
fn del_repeats_the_key_of_each_filter() {
    let sim = start_without_plans();
    let (ids, guid) = {
        let mut state = sim.state();
        let ids = ["a", "b", "c", "d", "e"].map(|name| state.add_service_plan(ADMINISTRATOR_ID, name).id);
        state.service_plans.get_mut(&ids[3]).expect("d").external_id = Some("x".to_owned());
        (ids, state.service_plans[&ids[2]].guid.clone())
    };
    let reply = select(&sim, "del", &format!("<id>{}</id><id>7</id>", ids[0]), "");
    assert_eq!(reply, ok_result(&format!("<id>{}</id>", ids[0])) + &not_found("Service plan", "<id>7</id>"));
    let reply = select(&sim, "del", "<name>b</name><name>none</name>", "");
    assert_eq!(reply, ok_result("<name>b</name>") + &not_found("Service plan", "<name>none</name>"));
    let reply = select(&sim, "del", &format!("<guid>{guid}</guid>"), "");
    assert_eq!(reply, ok_result(&format!("<guid>{guid}</guid>")));
    let reply = select(&sim, "del", "<external-id>x</external-id>", "");
    assert_eq!(reply, ok_result("<external-id>x</external-id>"));
    assert_eq!(sim.state().service_plans.keys().collect::<Vec<_>>(), [&ids[4]]);
}

#[test]
fn del_selects_only_plans_of_the_owner() {
    let sim = start_without_plans();
    let (reseller, own, other, last) = {
        let mut state = sim.state();
        let reseller = state.add_reseller("rita").id;
        let own = state.add_service_plan(ADMINISTRATOR_ID, "Basic").id;
        (reseller, own, state.add_service_plan(reseller, "Basic").id, state.add_service_plan(reseller, "Pro").id)
    };
    // Plans of other owners are not selected.
    assert_eq!(
        select(&sim, "del", &format!("<id>{other}</id>"), ""),
        not_found("Service plan", &format!("<id>{other}</id>")),
    );
    let by_login = "<owner-login>rita</owner-login>";
    assert_eq!(select(&sim, "del", "<name>Basic</name>", by_login), ok_result("<name>Basic</name>"));
    assert!(!sim.state().service_plans.contains_key(&other));

    // The empty filter selects all plans of the owner, and no others.
    let by_id = format!("<owner-id>{reseller}</owner-id>");
    assert_eq!(select(&sim, "del", "", &by_id), ok_result(&format!("<id>{last}</id>")));
    assert_eq!(select(&sim, "del", "", &by_id), BARE_OK);
    assert_eq!(sim.state().service_plans.keys().collect::<Vec<_>>(), [&own]);

    for nobody in ["<owner-id>7</owner-id>", "<owner-login>none</owner-login>"] {
        assert_eq!(select(&sim, "del", "", nobody), OWNER_NOT_FOUND);
    }
    assert_eq!(select(&sim, "del", "", ""), ok_result(&format!("<id>{own}</id>")));
}

#[test]
fn del_of_followed_plan_is_refused() {
    let sim = start_without_plans();
    let plan = {
        let mut state = sim.state();
        let plan = state.add_service_plan(ADMINISTRATOR_ID, "Basic").id;
        state.add_subscription(ADMINISTRATOR_ID, "a.example").plan = Some(plan);
        plan
    };
    let text = "The plan 'Basic' is used by 1 subscriptions; switch them to another plan first";
    let filter = format!("<id>{plan}</id>");
    assert_eq!(select(&sim, "del", &filter, ""), error_result(1023, text, &filter));
    assert!(sim.state().service_plans.contains_key(&plan));

    send_packet(&sim, "<webspace><del><filter><name>a.example</name></filter></del></webspace>");
    assert_eq!(select(&sim, "del", &filter, ""), ok_result(&filter));
}

#[test]
fn fresh_server_has_the_usual_plans() {
    let sim = crate::support::start();
    let names: Vec<String> = sim.state().service_plans.values().map(|plan| plan.name.clone()).collect();
    assert_eq!(names, ["Default Domain", "Default Simple", "Unlimited"]);
    let reply = select(&sim, "get", "<name>Unlimited</name>", "");
    assert!(
        reply.starts_with("<result><status>ok</status><id>") && reply.contains("<name>Unlimited</name>"),
        "{reply}"
    );
}
