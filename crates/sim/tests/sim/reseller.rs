//! The operator `reseller`.

use crate::support::{BARE_OK, error_result, ok_for, ok_result, run, send_packet, start_without_plans, text};
use plesk_sim::{ADMINISTRATOR_ID, Sim};

const PERSON: &str = "<pname>Rita</pname><login>rita</login><passwd>s3cret!</passwd>";

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "reseller", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn get(sim: &Sim, filter: &str, dataset: &str) -> String {
    select(sim, "get", filter, &format!("<dataset>{dataset}</dataset>"))
}

fn not_found(filter_id: &str) -> String {
    crate::support::not_found("Reseller", &format!("<filter-id>{filter_id}</filter-id>"))
}

fn add(sim: &Sim, gen_info: &str, rest: &str) -> String {
    run(sim, "reseller", "add", &format!("<gen-info>{gen_info}</gen-info>{rest}"))
}

#[test]
fn add_stores_what_get_returns() {
    let sim = start_without_plans();
    let reply = add(
        &sim,
        "<cname>Rita Ltd</cname><pname>Rita</pname><login>rita</login><passwd>s3cret!</passwd><city>Ulm</city>\
         <external-id>r-1</external-id><power-user>true</power-user>",
        "<limits><resource-policy><oversell>true</oversell><overuse>block</overuse></resource-policy>\
         <limit><name>max_cl</name><value>5</value></limit></limits>\
         <permissions><permission><name>create_clients</name><value>false</value></permission></permissions>",
    );
    let (id, guid) = (text(&reply, "id"), text(&reply, "guid"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id><guid>{guid}</guid>")));

    let all = get(&sim, &format!("<id>{id}</id>"), "<gen-info/><limits/><ippool/><subscriptions/>");
    let day = sim.state().resellers[&id.parse().expect("a number")].cr_date.clone();
    let expected = format!(
        "<filter-id>{id}</filter-id><id>{id}</id><data><gen-info><cr-date>{day}</cr-date><cname>Rita Ltd</cname>\
         <pname>Rita</pname><login>rita</login><status>0</status><phone></phone><fax></fax><email></email>\
         <address></address><city>Ulm</city><state></state><pcode></pcode><country></country><locale>en-US</locale>\
         <password>s3cret!</password><password-type>plain</password-type><guid>{guid}</guid>\
         <external-id>r-1</external-id><description></description><power-user>true</power-user></gen-info>\
         <limits><resource-policy><oversell>true</oversell><overuse>block</overuse></resource-policy>\
         <limit><name>max_cl</name><value>5</value></limit></limits><ippool/><subscriptions/></data>"
    );
    assert_eq!(all, ok_result(&expected));
    assert!(get(&sim, "<external-id>r-1</external-id>", "").ends_with("<data/></result>"));
}

/// Returns the value of a permission of the reseller with this login.
fn permission(sim: &Sim, login: &str, name: &str) -> String {
    let all = get(sim, &format!("<login>{login}</login>"), "<permissions/>");
    let (_, found) = all.split_once(&format!("<name>{name}</name>")).expect("the permission");
    text(found, "value").to_owned()
}

#[test]
fn new_reseller_has_every_permission_and_those_of_the_request() {
    let sim = start_without_plans();
    let add = |login: &str, rest: &str| {
        let info = format!("<pname>x</pname><login>{login}</login><passwd>s3cret!</passwd>");
        add(&sim, &info, rest);
    };
    add("plain", "");
    add("asked", "<permissions><permission><name>create_clients</name><value>false</value></permission></permissions>");
    assert_eq!(permission(&sim, "plain", "create_clients"), "true");
    assert_eq!(permission(&sim, "asked", "create_clients"), "false");
    assert_eq!(permission(&sim, "asked", "manage_dns"), permission(&sim, "plain", "manage_dns"));
}

#[test]
fn get_stat_counts_customers_and_domains_of_the_reseller() {
    let sim = start_without_plans();
    {
        let mut state = sim.state();
        let rita = state.add_reseller("rita").id;
        let jo = state.add_customer("jo");
        jo.owner = rita;
        let jo = jo.id;
        let kim = state.add_customer("kim");
        (kim.owner, kim.status) = (rita, 16);
        state.add_subscription(rita, "rita.example");
        let subscription = state.add_subscription(jo, "jo.example");
        (subscription.status, subscription.mailboxes_size) = (16, 700);
        state.add_subscription(ADMINISTRATOR_ID, "other.example");
    }
    let stat = get(&sim, "<login>rita</login>", "<stat/>");
    for (name, value) in
        [("clients", "2"), ("active-clients", "1"), ("domains", "2"), ("active-domains", "1"), ("disk-space", "700")]
    {
        assert_eq!(text(&stat, name), value, "{name}");
    }
    let domains = select(&sim, "get-domain-list", "<login>rita</login><login>none</login>", "");
    assert!(domains.contains("<name>rita.example</name>") && domains.contains("<name>jo.example</name>"), "{domains}");
    assert!(!domains.contains("other.example") && domains.ends_with(&not_found("none")), "{domains}");
}

#[test]
fn add_rejects_invalid_resellers() {
    let sim = start_without_plans();
    sim.state().add_reseller("rob");
    sim.state().add_customer("jo");
    let login = |login: &str| format!("<pname>P</pname><login>{login}</login><passwd>s3cret!</passwd>");
    for (gen_info, rest, code) in [
        // A login that is taken is error 1019 here, but 1007 for customers.
        (login("rob"), "", "1019"),
        (login("jo"), "", "1019"),
        (login(""), "", "1019"),
        (login("x").replace("s3cret!", "weak"), "", "1019"),
        (login("x"), "<limits><limit><name>max_cl</name><value>-2</value></limit></limits>", "1019"),
        (login("x"), "<plan-name>none</plan-name>", "1013"),
        (login("x"), "<plan-id>7</plan-id>", "1013"),
    ] {
        let reply = add(&sim, &gen_info, rest);
        assert_eq!(text(&reply, "errcode"), code, "{gen_info}{rest}: {reply}");
    }
    assert_eq!(sim.state().resellers.len(), 1);
}

#[test]
fn set_changes_named_values_of_selected_resellers() {
    let sim = start_without_plans();
    let [a, b] = ["a", "b"].map(|login| sim.state().add_reseller(login).id);
    let values = "<values><gen-info><login>anna</login><city>Ulm</city><guid/><power-user>true</power-user></gen-info>\
        <limits><limit><name>max_cl</name><value>3</value></limit></limits></values>";
    let guid = sim.state().resellers[&a].guid.clone();
    assert_eq!(select(&sim, "set", "<login>a</login><login>c</login>", values), ok_for("a", a) + &not_found("c"));
    {
        let state = sim.state();
        let changed = &state.resellers[&a];
        assert_eq!((changed.login.as_str(), changed.city.as_str()), ("anna", "Ulm"));
        assert!(changed.reseller.power_user && changed.guid != guid && changed.reseller.limits["max_cl"] == 3);
        assert_eq!(state.resellers[&b].login, "b");
    }
    // Two resellers cannot have the same login, so the second is refused.
    let values = "<values><gen-info><cname>Co</cname><login>x</login></gen-info></values>";
    let taken = error_result(1007, "The login 'x' already exists", &format!("<id>{b}</id>"));
    assert_eq!(select(&sim, "set", "<all/>", values), ok_result(&format!("<id>{a}</id>")) + &taken);
    let state = sim.state();
    assert_eq!((state.resellers[&a].cname.as_str(), state.resellers[&b].cname.as_str()), ("Co", ""));
}

#[test]
fn empty_filter_without_resellers_returns_bare_ok_or_nothing() {
    let sim = start_without_plans();
    for (operation, rest) in [
        ("get", "<dataset/>"),
        ("set", "<values/>"),
        ("del", ""),
        ("cform-buttons-list", ""),
        ("convert-to-customer", ""),
        ("switch-subscription", "<no-plan/>"),
        ("sync-subscription", ""),
        ("add-package", "<package><name>name</name><value>x</value></package>"),
        ("remove-package", "<package><name>name</name><value>x</value></package>"),
        ("enable-aps-filter", ""),
        ("disable-aps-filter", ""),
    ] {
        assert_eq!(select(&sim, operation, "", rest), BARE_OK, "{operation}");
        assert_eq!(select(&sim, operation, "<id>7</id>", rest), not_found("7"), "{operation}");
    }
    for operation in ["get-limit-descriptor", "get-permission-descriptor", "get-domain-list"] {
        assert_eq!(select(&sim, operation, "<all/>", ""), "", "{operation}");
        assert_eq!(select(&sim, operation, "<guid>x</guid>", ""), not_found("x"), "{operation}");
    }
}

#[test]
fn descriptors_and_buttons_are_returned_per_reseller() {
    let sim = start_without_plans();
    let [a, b] = ["a", "b"].map(|login| sim.state().add_reseller(login).id);
    sim.state().resellers.get_mut(&b).expect("b").status = 16;
    let limits = select(&sim, "get-limit-descriptor", "", "");
    assert_eq!(limits.matches("<name>max_cl</name>").count(), 2, "{limits}");
    let permissions = select(&sim, "get-permission-descriptor", "<login>a</login>", "");
    assert!(permissions.contains("<name>create_clients</name><type>boolean</type>"), "{permissions}");

    let buttons = select(&sim, "cform-buttons-list", &format!("<id>{a}</id>"), "");
    assert!(buttons.contains(&format!("/reseller-id/{a}</href>")) && !buttons.contains("<enabled>false"), "{buttons}");
    let buttons = select(&sim, "cform-buttons-list", &format!("<id>{b}</id>"), "");
    assert!(buttons.contains("<enabled>false") && !buttons.contains("<enabled>true"), "{buttons}");
}

#[test]
fn own_settings_lock_reseller_until_sync() {
    let sim = start_without_plans();
    let (gold, guid, silver) = {
        let mut state = sim.state();
        let gold = state.add_reseller_plan("Gold");
        gold.external_id = Some("g".to_owned());
        gold.limits.insert("max_cl".to_owned(), 100);
        let (gold, guid) = (gold.id, gold.guid.clone());
        (gold, guid, state.add_reseller_plan("Silver").guid.clone())
    };
    for (login, plan) in [
        ("a", format!("<plan-id>{gold}</plan-id>")),
        ("b", "<plan-name>Gold</plan-name>".to_owned()),
        ("c", format!("<plan-guid>{guid}</plan-guid>")),
        ("d", "<plan-external-id>g</plan-external-id>".to_owned()),
    ] {
        let reply = add(&sim, &PERSON.replace("rita", login), &plan);
        let id: u64 = text(&reply, "id").parse().expect("a number");
        assert_eq!(sim.state().resellers[&id].reseller.limits["max_cl"], 100, "{plan}");
    }
    let plan = |locked| {
        format!(
            "<subscription><locked>{locked}</locked><synchronized>true</synchronized><plan>\
             <plan-guid>{guid}</plan-guid><plan-external-id>g</plan-external-id></plan></subscription>"
        )
    };
    let login = "<login>a</login>";
    assert!(get(&sim, login, "<subscriptions/>").contains(&plan(false)));

    let own = "<values><limits><limit><name>max_cl</name><value>1</value></limit></limits></values>";
    select(&sim, "set", login, own);
    assert!(get(&sim, login, "<subscriptions/>").contains(&plan(true)));
    select(&sim, "sync-subscription", login, "");
    let synced = get(&sim, login, "<limits/><subscriptions/>");
    assert!(synced.contains(&plan(false)) && synced.contains("<value>100</value>"), "{synced}");

    select(&sim, "switch-subscription", login, &format!("<plan-guid>{silver}</plan-guid>"));
    let switched = get(&sim, login, "<limits/><subscriptions/>");
    assert!(switched.contains("<limits/>") && text(&switched, "plan-guid") == silver, "{switched}");
    select(&sim, "switch-subscription", login, "<plan-external-id>g</plan-external-id>");
    select(&sim, "switch-subscription", login, "<no-plan/>");
    let none = get(&sim, login, "<limits/><subscriptions/>");
    assert!(none.contains("<value>100</value>") && none.contains("<subscriptions/>"), "{none}");
    let reply = select(&sim, "switch-subscription", login, "<plan-guid>x</plan-guid>");
    assert_eq!(text(&reply, "errtext"), "Reseller plan does not exist");
}

#[test]
fn ip_pool_accepts_only_addresses_of_the_server() {
    let sim = start_without_plans();
    let id = {
        let mut state = sim.state();
        let rita = state.add_reseller("rita");
        rita.external_id = Some("r-1".to_owned());
        rita.id
    };
    let pool = |operation: &str, who: &str, rest: &str| run(&sim, "reseller", operation, &format!("{who}{rest}"));
    let by_id = format!("<reseller-id>{id}</reseller-id>");
    let ip = |address: &str| format!("<ip-address>{address}</ip-address>");
    let unknown = |address: &str| crate::support::not_found("IP address", &ip(address));

    let two = "<ip><ip-address>192.0.2.1</ip-address></ip>\
               <ip><ip-address>203.0.113.9</ip-address><ip-type>exclusive</ip-type></ip>";
    assert_eq!(pool("ippool-add-ip", &by_id, two), ok_result(&ip("192.0.2.1")) + &unknown("203.0.113.9"));
    let read = || get(&sim, "<login>rita</login>", "<ippool/>");
    let listed = |kind: &str| format!("<ippool><ip>{}<ip-type>{kind}</ip-type></ip></ippool>", ip("192.0.2.1"));
    assert!(read().contains(&listed("shared")), "{}", read());

    let set = |address: &str| format!("<filter>{}</filter><values><ip-type>exclusive</ip-type></values>", ip(address));
    let by_name = "<external-id>r-1</external-id>";
    assert_eq!(pool("ippool-set-ip", by_name, &set("192.0.2.1")), ok_result(&ip("192.0.2.1")));
    assert_eq!(pool("ippool-set-ip", by_name, &set("2001:db8::1")), unknown("2001:db8::1"));
    assert!(read().contains(&listed("exclusive")), "{}", read());

    assert_eq!(pool("ippool-del-ip", by_name, &ip("192.0.2.1")), ok_result(&ip("192.0.2.1")));
    assert_eq!(pool("ippool-del-ip", by_name, &ip("192.0.2.1")), unknown("192.0.2.1"));
    assert!(read().contains("<ippool/>"), "{}", read());

    let unknown_id = crate::support::not_found("Reseller", "<reseller-id>7</reseller-id>");
    assert_eq!(pool("ippool-del-ip", "<reseller-id>7</reseller-id>", &ip("192.0.2.1")), unknown_id);
    let unknown_external_id = crate::support::not_found("Reseller", "");
    assert_eq!(pool("ippool-add-ip", "<external-id>x</external-id>", two), unknown_external_id);
}

#[test]
fn enable_aps_filter_clears_application_list() {
    let sim = start_without_plans();
    let id = sim.state().add_reseller("rita").id;
    sim.state().applications.insert("WordPress".to_owned());
    let package = |name: &str| format!("<package><name>name</name><value>{name}</value></package>");
    let list = || sim.state().resellers[&id].reseller.applications.clone();
    let login = "<login>rita</login>";

    assert_eq!(select(&sim, "add-package", login, &package("WordPress")), ok_for("rita", id));
    assert!(list().listed.contains("WordPress") && !list().only_listed);
    let both = package("WordPress") + &package("None");
    let unknown = crate::support::not_found("Application 'None'", &format!("<filter-id>rita</filter-id><id>{id}</id>"));
    assert_eq!(select(&sim, "remove-package", login, &both), unknown);
    assert_eq!(list().listed.len(), 1);
    assert_eq!(select(&sim, "remove-package", login, &package("WordPress")), ok_for("rita", id));
    assert_eq!(text(&select(&sim, "remove-package", login, &package("WordPress")), "errcode"), "1013");

    select(&sim, "add-package", login, &package("WordPress"));
    assert_eq!(select(&sim, "enable-aps-filter", "<all/>", ""), ok_result(&format!("<id>{id}</id>")));
    assert!(list().only_listed && list().listed.is_empty());
    select(&sim, "add-package", login, &package("WordPress"));
    assert_eq!(select(&sim, "disable-aps-filter", login, ""), ok_for("rita", id));
    assert!(!list().only_listed && list().listed.len() == 1);
    let by_url = "<package><name>url</name><value>x</value></package>";
    assert_eq!(text(&select(&sim, "add-package", login, by_url), "errcode"), "1019");
}

#[test]
fn convert_to_customer_requires_that_no_customers_remain() {
    let sim = start_without_plans();
    let (rita, jo, basic) = {
        let mut state = sim.state();
        let rita = state.add_reseller("rita").id;
        let jo = state.add_customer("jo");
        jo.owner = rita;
        let jo = jo.id;
        let own = state.add_service_plan(rita, "Own").id;
        state.add_subscription(rita, "rita.example").plan = Some(own);
        (rita, jo, state.add_service_plan(ADMINISTRATOR_ID, "Basic").id)
    };
    let convert = |rest: &str| select(&sim, "convert-to-customer", "<login>rita</login>", rest);
    assert_eq!(text(&convert(""), "errcode"), "1023");
    let away = format!("<filter><id>{jo}</id></filter><new-owner-login>admin</new-owner-login>");
    send_packet(&sim, &format!("<customer><change-owner>{away}</change-owner></customer>"));

    assert_eq!(text(&convert("<plan-name>Own</plan-name>"), "errcode"), "1013");
    assert_eq!(convert("<plan-name>Basic</plan-name>"), ok_for("rita", rita));
    assert_eq!(convert(""), not_found("rita"));
    let state = sim.state();
    assert_eq!((state.customers[&rita].login.as_str(), state.customers[&rita].owner), ("rita", ADMINISTRATOR_ID));
    assert_eq!(state.subscriptions.values().map(|subscription| subscription.plan).collect::<Vec<_>>(), [Some(basic)]);
    assert_eq!(state.service_plans.keys().collect::<Vec<_>>(), [&basic]);
}

#[test]
fn del_removes_resellers_and_their_objects() {
    let sim = start_without_plans();
    let (rita, rob, ruth, guid) = {
        let mut state = sim.state();
        let (rita, rob, ruth) =
            (state.add_reseller("rita").id, state.add_reseller("rob").id, state.add_reseller("ruth"));
        ruth.external_id = Some("x".to_owned());
        let ruth = ruth.id;
        let customer = state.add_customer("jo");
        customer.owner = rita;
        let customer = customer.id;
        state.add_customer("kim");
        for (owner, name) in [(rita, "r.example"), (customer, "j.example"), (ADMINISTRATOR_ID, "kept.example")] {
            state.add_subscription(owner, name);
        }
        state.add_service_plan(rita, "Pro");
        state.add_session("jo");
        (rita, rob, ruth, state.resellers[&rob].guid.clone())
    };
    let reply = select(&sim, "del", &format!("<id>{rita}</id><id>7</id>"), "");
    assert_eq!(reply, ok_for(rita, rita) + &crate::support::not_found("Reseller", "<filter-id>7</filter-id>"));
    {
        let state = sim.state();
        assert_eq!(state.customers.values().map(|c| c.login.as_str()).collect::<Vec<_>>(), ["kim"]);
        assert_eq!(state.subscriptions.values().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["kept.example"]);
        assert!(state.service_plans.is_empty() && state.sessions.is_empty());
    }
    assert_eq!(select(&sim, "del", &format!("<guid>{guid}</guid>"), ""), ok_for(&guid, rob));
    assert_eq!(select(&sim, "del", "<external-id>x</external-id>", ""), ok_for("x", ruth));
    assert_eq!(
        select(&sim, "del", "<login>rita</login>", ""),
        crate::support::not_found("Reseller", "<filter-id>rita</filter-id>")
    );
}

#[test]
fn del_with_all_or_empty_filter_deletes_all_resellers() {
    let sim = start_without_plans();
    for everything in ["<all/>", ""] {
        let ids = ["a", "b"].map(|login| sim.state().add_reseller(login).id);
        assert_eq!(select(&sim, "del", everything, ""), ids.map(|id| ok_for(id, id)).concat());
        assert!(sim.state().resellers.is_empty());
        assert_eq!(select(&sim, "del", everything, ""), BARE_OK);
    }
}
