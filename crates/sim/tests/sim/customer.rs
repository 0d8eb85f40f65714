//! The operator `customer`.

use crate::support::{BARE_OK, ok_for, run, send_packet, start, text};
use plesk_sim::{ADMINISTRATOR_ID, Sim};

/// Adds a customer with `add`. Returns the content of the `result`.
fn add(sim: &Sim, gen_info: &str) -> String {
    let reply = send_packet(sim, &format!("<customer><add><gen_info>{gen_info}</gen_info></add></customer>"));
    let result = reply.strip_prefix("<customer><add><result>");
    result.and_then(|rest| rest.strip_suffix("</result></add></customer>")).expect("one result").to_owned()
}

/// Runs an operation with a filter. Returns the content of its reply.
fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "customer", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn get(sim: &Sim, filter: &str, dataset: &str) -> String {
    select(sim, "get", filter, &format!("<dataset>{dataset}</dataset>"))
}

fn not_found(filter_id: impl std::fmt::Display) -> String {
    crate::support::not_found("Customer", &format!("<filter-id>{filter_id}</filter-id>"))
}

#[test]
fn add_stores_what_get_returns() {
    let sim = start();
    let result = add(
        &sim,
        "<cname>Doe &amp; Co</cname><pname>Jo Doe</pname><login>jo</login><passwd>s3cret!</passwd><status>16</status>\
         <city>Ulm</city><country>DE</country><external-id>crm-7</external-id>",
    );
    let (id, guid) = (text(&result, "id"), text(&result, "guid"));
    assert_eq!(result, format!("<status>ok</status><id>{id}</id><guid>{guid}</guid>"));

    let state = sim.state();
    let customer = &state.customers[&id.parse().expect("a number")];
    assert_eq!((customer.login.as_str(), customer.password.expose()), ("jo", "s3cret!"));
    assert_eq!((customer.owner, customer.guid.as_str()), (ADMINISTRATOR_ID, guid));
    let (day, vendor) = (customer.cr_date.clone(), state.administrator.guid.clone());
    drop(state);

    let general = format!(
        "<gen_info><cr_date>{day}</cr_date><cname>Doe &amp; Co</cname><pname>Jo Doe</pname><login>jo</login>\
         <status>16</status><phone></phone><fax></fax><email></email><address></address><city>Ulm</city>\
         <state></state><pcode></pcode><country>DE</country><locale>en-US</locale><password>s3cret!</password>\
         <password_type>plain</password_type><guid>{guid}</guid><owner-id>1</owner-id><owner-login>admin</owner-login>\
         <vendor-guid>{vendor}</vendor-guid><external-id>crm-7</external-id><description></description></gen_info>"
    );
    let read =
        |data: &str| format!("<result><status>ok</status><filter-id>{id}</filter-id><id>{id}</id>{data}</result>");
    let filter = format!("<id>{id}</id>");
    assert_eq!(get(&sim, &filter, "<gen_info/>"), read(&format!("<data>{general}</data>")));
    assert_eq!(get(&sim, &filter, ""), read("<data/>"));

    sim.state().add_subscription(id.parse().expect("a number"), "jo.example");
    let both = get(&sim, &filter, "<gen_info/><stat/>");
    assert!(both.starts_with(read(&format!("<data>{general}<stat><active_domains>1<")).trim_end_matches("</result>")));
    let statistics = get(&sim, &filter, "<stat/>");
    assert!(statistics.contains("<data><stat>") && !statistics.contains("<gen_info>"), "{statistics}");
}

#[test]
fn add_with_owner_assigns_the_reseller() {
    let sim = start();
    let reseller = {
        let mut state = sim.state();
        let reseller = state.add_reseller("rita");
        reseller.external_id = Some("r-1".to_owned());
        reseller.id
    };
    for (login, owner) in [
        ("a", format!("<owner-id>{reseller}</owner-id>")),
        ("b", "<owner-login>rita</owner-login>".to_owned()),
        ("c", "<owner-external-id>r-1</owner-external-id>".to_owned()),
    ] {
        let result = add(&sim, &format!("<pname>P</pname><login>{login}</login><passwd>s3cret!</passwd>{owner}"));
        assert_eq!(text(&result, "status"), "ok", "{result}");
    }
    assert_eq!(sim.state().customers.values().map(|customer| customer.owner).collect::<Vec<_>>(), [reseller; 3]);
    assert!(get(&sim, "<login>b</login>", "<gen_info/>").contains("<owner-login>rita</owner-login>"));
}

#[test]
fn add_rejects_invalid_accounts() {
    let sim = start();
    sim.state().add_customer("jo");
    sim.state().add_reseller("rita");
    let person = |login: &str| format!("<pname>P</pname><login>{login}</login><passwd>s3cret!</passwd>");
    for (gen_info, code) in [
        (person("jo"), "1007"),
        (person("rita"), "1007"),
        (person("admin"), "1007"),
        (person("kim") + "<owner-id>999999999999</owner-id>", "1015"),
        (person("kim") + "<owner-id>-1</owner-id>", "1015"),
        (person("kim") + "<owner-login>jo</owner-login>", "1015"),
        (person("kim") + "<owner-external-id>none</owner-external-id>", "1015"),
        (person(""), "1019"),
        (person(" "), "1019"),
        ("<pname/><login>kim</login><passwd>s3cret!</passwd>".to_owned(), "1019"),
        ("<pname>P</pname><login>kim</login><passwd/>".to_owned(), "1019"),
        ("<pname>P</pname><login>kim</login><passwd>weak</passwd>".to_owned(), "1019"),
        ("<pname>P</pname><login>kim</login><passwd>s3cret!</passwd><status>4</status>".to_owned(), "1019"),
    ] {
        let result = add(&sim, &gen_info);
        let start = format!("<status>error</status><errcode>{code}</errcode><errtext>");
        assert!(result.starts_with(&start), "{gen_info}: {result}");
    }
    assert_eq!(sim.state().customers.len(), 1);
}

#[test]
fn get_returns_matches_in_filter_order() {
    let sim = start();
    let (reseller, a, b, guid) = {
        let mut state = sim.state();
        let reseller = state.add_reseller("rita").id;
        let a = state.add_customer("a").id;
        let b = state.add_customer("b");
        b.owner = reseller;
        b.external_id = Some("x".to_owned());
        (reseller, a, b.id, b.guid.clone())
    };
    let data = |result: String| result.replace("</result>", "<data/></result>");
    for (filter, expected) in [
        (format!("<id>{b}</id><id>7</id><id>{a}</id>"), data(ok_for(b, b)) + &not_found(7) + &data(ok_for(a, a))),
        ("<login>b</login><login>none</login>".to_owned(), data(ok_for("b", b)) + &not_found("none")),
        (format!("<guid>{guid}</guid>"), data(ok_for(&guid, b))),
        ("<external-id>x</external-id>".to_owned(), data(ok_for("x", b))),
        (format!("<owner-id>{reseller}</owner-id>"), data(ok_for(reseller, b))),
        ("<owner-id>1</owner-id>".to_owned(), data(ok_for(1, a))),
        ("<owner-login>rita</owner-login><owner-login>admin</owner-login>".to_owned(), {
            data(ok_for("rita", b)) + &data(ok_for("admin", a))
        }),
        ("".to_owned(), {
            [a, b].map(|id| format!("<result><status>ok</status><id>{id}</id><data/></result>")).concat()
        }),
    ] {
        assert_eq!(get(&sim, &filter, ""), expected, "{filter}");
    }
}

#[test]
fn get_distinguishes_owner_without_customers_from_unknown_owner() {
    let sim = start();
    sim.state().add_reseller("rita");
    let filter = "<owner-login>rita</owner-login><owner-login>none</owner-login>";
    let expected = "<result><status>ok</status><filter-id>rita</filter-id></result>\
        <result><status>error</status><errcode>1015</errcode><errtext>Owner does not exist</errtext>\
        <filter-id>none</filter-id></result>";
    assert_eq!(get(&sim, filter, "<gen_info/>"), expected);
}

#[test]
fn empty_filter_without_customers_returns_bare_ok_or_nothing() {
    let sim = start();
    assert_eq!(get(&sim, "", "<gen_info/>"), BARE_OK);
    assert_eq!(select(&sim, "del", "", ""), BARE_OK);
    assert_eq!(select(&sim, "set", "", "<values/>"), BARE_OK);
    let reply = send_packet(&sim, "<customer><get-domain-list><filter/></get-domain-list></customer>");
    assert_eq!(reply, "<customer><get-domain-list/></customer>");
}

#[test]
fn set_changes_only_the_named_values() {
    let sim = start();
    let [a, b] = ["a", "b"].map(|login| sim.state().add_customer(login).id);
    sim.state().customers.get_mut(&a).expect("a").city = "Ulm".to_owned();
    sim.state().add_session("a");

    let values = "<values><gen_info><pname>New</pname><login>anna</login><passwd>s3cret!</passwd><status>16</status>\
        <guid/><external-id>x</external-id></gen_info></values>";
    let guid = sim.state().customers[&a].guid.clone();
    assert_eq!(select(&sim, "set", "<login>a</login>", values), ok_for("a", a));
    assert_ne!(sim.state().customers[&a].guid, guid);
    {
        let state = sim.state();
        let (changed, other) = (&state.customers[&a], &state.customers[&b]);
        assert_eq!((changed.pname.as_str(), changed.login.as_str(), changed.city.as_str()), ("New", "anna", "Ulm"));
        assert_eq!((changed.password.expose(), changed.status), ("s3cret!", 16));
        assert_eq!(changed.external_id.as_deref(), Some("x"));
        assert_eq!(state.sessions.values().next().map(|session| session.login.as_str()), Some("anna"));
        assert_eq!((other.pname.as_str(), other.login.as_str(), other.status), ("b", "b", 0));
    }

    let values = "<values><gen_info><cname>Co</cname></gen_info></values>";
    let all = [a, b].map(|id| format!("<result><status>ok</status><id>{id}</id></result>")).concat();
    assert_eq!(select(&sim, "set", "", values), all);
    assert_eq!(sim.state().customers.values().map(|customer| &*customer.cname).collect::<Vec<_>>(), ["Co"; 2]);
}

#[test]
fn set_with_invalid_value_changes_nothing() {
    let sim = start();
    let [a, b] = ["a", "b"].map(|login| sim.state().add_customer(login).id);
    let filter = format!("<id>{a}</id>");
    for (change, code) in [
        ("<login>b</login>", "1007"),
        ("<login/>", "1019"),
        ("<pname> </pname>", "1019"),
        ("<passwd>weak</passwd>", "1019"),
        ("<status>64</status>", "1019"),
    ] {
        let values = format!("<values><gen_info><cname>Co</cname>{change}</gen_info></values>");
        let reply = select(&sim, "set", &filter, &values);
        assert_eq!(text(&reply, "errcode"), code, "{change}");
        assert_eq!(text(&reply, "filter-id"), a.to_string());
    }
    assert_eq!(sim.state().customers[&a].cname, "");
    // `b` keeps its own login, which is not a duplicate.
    let values = "<values><gen_info><login>b</login></gen_info></values>";
    assert_eq!(select(&sim, "set", &format!("<id>{b}</id>"), values), ok_for(b, b));
}

#[test]
fn del_removes_customers_and_their_objects() {
    let sim = start();
    let (a, b, kept) = {
        let mut state = sim.state();
        let (a, b, kept) = (state.add_customer("a").id, state.add_customer("b").id, state.add_customer("c").id);
        state.add_subscription(a, "a.example");
        state.add_subscription(kept, "c.example");
        state.add_session("a");
        state.add_session("c");
        (a, b, kept)
    };
    // The filter names the first customer twice; the second time it no longer exists.
    let reply = select(&sim, "del", &format!("<id>{a}</id><id>{b}</id><id>{a}</id>"), "");
    assert_eq!(reply, ok_for(a, a) + &ok_for(b, b) + &not_found(a));

    let state = sim.state();
    assert_eq!(state.customers.keys().collect::<Vec<_>>(), [&kept]);
    assert_eq!(state.subscriptions.values().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["c.example"]);
    assert_eq!(state.sessions.values().map(|s| s.login.as_str()).collect::<Vec<_>>(), ["c"]);
}

#[test]
fn two_del_operations_with_different_keys_both_delete() {
    let sim = start();
    let [a, b] = ["a", "b"].map(|login| sim.state().add_customer(login).id);
    let request = format!(
        "<customer><del><filter><id>{a}</id></filter></del><del><filter><login>b</login></filter></del></customer>"
    );
    let expected = format!("<customer><del>{}</del><del>{}</del></customer>", ok_for(a, a), ok_for("b", b));
    assert_eq!(send_packet(&sim, &request), expected);
    assert!(sim.state().customers.is_empty());
}

#[test]
fn del_empty_filter_deletes_all_and_mixed_filter_is_refused() {
    let sim = start();
    let [a, b] = ["a", "b"].map(|login| sim.state().add_customer(login).id);
    let reply =
        send_packet(&sim, &format!("<customer><del><filter><id>{a}</id><login>b</login></filter></del></customer>"));
    assert_eq!(text(&reply, "errcode"), "1014");
    assert!(reply.starts_with("<system>"), "{reply}");
    assert_eq!(sim.state().customers.len(), 2);

    let all = [a, b].map(|id| format!("<result><status>ok</status><id>{id}</id></result>")).concat();
    assert_eq!(select(&sim, "del", "", ""), all);
    assert!(sim.state().customers.is_empty());
}

#[test]
fn convert_to_reseller_keeps_id_and_removes_plans() {
    let sim = start();
    let id = sim.state().add_customer("a").id;
    sim.state().add_subscription(id, "a.example");
    let plan = "<reseller-plan-name>Gold</reseller-plan-name>";
    let refused = select(&sim, "convert-to-reseller", &format!("<id>{id}</id>"), plan);
    assert_eq!(text(&refused, "errcode"), "1013");
    assert_eq!(text(&refused, "errtext"), "Reseller plan does not exist");

    let gold = {
        let mut state = sim.state();
        let plan = state.add_service_plan(ADMINISTRATOR_ID, "Basic").id;
        state.subscriptions.values_mut().for_each(|subscription| subscription.plan = Some(plan));
        let gold = state.add_reseller_plan("Gold");
        gold.limits.insert("max_cl".to_owned(), 10);
        gold.id
    };
    assert_eq!(select(&sim, "convert-to-reseller", "<login>a</login>", plan), ok_for("a", id));
    assert_eq!(select(&sim, "convert-to-reseller", "<login>a</login>", ""), not_found("a"));
    let state = sim.state();
    assert!(state.customers.is_empty());
    assert_eq!((state.resellers[&id].login.as_str(), state.subscriptions.len()), ("a", 1));
    let settings = &state.resellers[&id].reseller;
    assert_eq!((settings.plan, settings.limits["max_cl"]), (Some(gold), 10));
    // The plan belongs to the administrator, so the new reseller cannot use it.
    assert!(state.subscriptions.values().all(|subscription| subscription.plan.is_none()));
}

#[test]
fn change_owner_moves_customer_and_assigns_plan() {
    let sim = start();
    let (reseller, customer, plan) = {
        let mut state = sim.state();
        let reseller = state.add_reseller("rita").id;
        let customer = state.add_customer("a").id;
        state.add_subscription(customer, "a.example");
        state.add_service_plan(ADMINISTRATOR_ID, "Basic");
        (reseller, customer, state.add_service_plan(reseller, "Pro").id)
    };
    let filter = format!("<id>{customer}</id>");
    for (rest, code) in [
        ("<new-owner-login>none</new-owner-login>", "1015"),
        ("<new-owner-login>rita</new-owner-login><plan-name>Basic</plan-name>", "1013"),
    ] {
        assert_eq!(text(&select(&sim, "change-owner", &filter, rest), "errcode"), code);
        assert_eq!(sim.state().customers[&customer].owner, ADMINISTRATOR_ID);
    }
    let rest =
        "<new-owner-login>rita</new-owner-login><ipV4-address>192.0.2.1</ipV4-address><plan-name>Pro</plan-name>";
    assert_eq!(select(&sim, "change-owner", &filter, rest), ok_for(customer, customer));
    let state = sim.state();
    assert_eq!(state.customers[&customer].owner, reseller);
    assert_eq!(state.subscriptions.values().map(|subscription| subscription.plan).collect::<Vec<_>>(), [Some(plan)]);
}

#[test]
fn get_domain_list_returns_domains_per_customer() {
    let sim = start();
    let (a, b, domain, guid) = {
        let mut state = sim.state();
        let (a, b) = (state.add_customer("a").id, state.add_customer("b").id);
        let subscription = state.add_subscription(a, "a.example");
        (a, b, subscription.id, subscription.guid.clone())
    };
    let reply = select(&sim, "get-domain-list", "<login>a</login><login>b</login><login>c</login>", "");
    let expected = format!(
        "<result><status>ok</status><filter-id>a</filter-id><id>{a}</id><domains><domain><id>{domain}</id>\
         <name>a.example</name><ascii-name>a.example</ascii-name><type>domain</type><main>true</main>\
         <guid>{guid}</guid><external-id></external-id></domain></domains></result>\
         <result><status>ok</status><filter-id>b</filter-id><id>{b}</id><domains/></result>{}",
        not_found("c"),
    );
    assert_eq!(reply, expected);
}
