//! How subscriptions follow plans, and what is deleted together with them.

use crate::support::{ok_for, run, send_packet, start_without_plans, text};
use plesk_sim::{ADMINISTRATOR_ID, Hosting, Sim};

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "webspace", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn plans(sim: &Sim, name: &str) -> String {
    select(sim, "get", &format!("<name>{name}</name>"), "<dataset><subscriptions/></dataset>")
}

/// Adds a plan with `add`. Returns its ID and its GUID.
fn add_plan(sim: &Sim, name: &str, rest: &str) -> (u64, String) {
    let reply = run(sim, "service-plan", "add", &format!("<name>{name}</name>{rest}"));
    (text(&reply, "id").parse().expect("a number"), text(&reply, "guid").to_owned())
}

const LIMIT: &str = "<limits><limit><name>max_box</name><value>9</value></limit></limits>";
const HOSTING: &str = "<hosting><property><name>php</name><value>false</value></property></hosting>";

#[test]
fn add_with_plan_copies_plan_settings() {
    let sim = start_without_plans();
    let (id, guid) = add_plan(
        &sim,
        "Basic",
        &format!("<mail><webmail>horde</webmail></mail>{LIMIT}{HOSTING}<external-id>b</external-id>"),
    );
    let user = "<hosting><vrt_hst><property><name>ftp_login</name><value>USER</value></property>\
        <property><name>ftp_password</name><value>s3cret!</value></property></vrt_hst></hosting>";
    for (name, plan) in [
        ("a.example", format!("<plan-id>{id}</plan-id>")),
        ("b.example", "<plan-name>Basic</plan-name>".to_owned()),
        ("c.example", format!("<plan-guid>{guid}</plan-guid>")),
        ("d.example", "<plan-external-id>b</plan-external-id>".to_owned()),
    ] {
        let user = user.replace("USER", &name[..1]);
        let reply = run(&sim, "webspace", "add", &format!("<gen_setup><name>{name}</name></gen_setup>{user}{plan}"));
        let added: u64 = text(&reply, "id").parse().expect("a number");
        let state = sim.state();
        let subscription = &state.subscriptions[&added];
        assert_eq!((subscription.plan, subscription.settings.limits["max_box"]), (Some(id), 9), "{plan}");
        let Hosting::Physical(properties) = &subscription.hosting else { panic!("{:?}", subscription.hosting) };
        assert_eq!((properties["php"].expose(), properties["ftp_login"].expose()), ("false", &name[..1]));
        assert!(!subscription.locked);
    }
    assert!(select(&sim, "get", "<name>a.example</name>", "<dataset><mail/></dataset>").contains(">horde<"));

    // A property that differs from the plan locks the subscription.
    let own = "<property><name>php</name><value>true</value></property>";
    let own = format!("<values><hosting><vrt_hst>{own}</vrt_hst></hosting></values>");
    select(&sim, "set", "<name>b.example</name>", &own);
    assert_eq!(text(&plans(&sim, "a.example"), "locked"), "false");
    assert_eq!(text(&plans(&sim, "b.example"), "locked"), "true");

    // Without `hosting` it gets the hosting of the plan. Its own limits lock it.
    let setup = "<gen_setup><name>e.example</name></gen_setup>";
    run(&sim, "webspace", "add", &format!("{setup}{}<plan-name>Basic</plan-name>", LIMIT.replace('9', "1")));
    let read = select(&sim, "get", "<name>e.example</name>", "<dataset><gen_info/><limits/></dataset>");
    assert!(read.contains("<name>max_box</name><value>1</value>"), "{read}");
    assert_eq!(text(&read, "htype"), "vrt_hst");
    assert_eq!(text(&plans(&sim, "e.example"), "locked"), "true");

    let setup = "<gen_setup><name>f.example</name><htype>none</htype></gen_setup>";
    run(&sim, "webspace", "add", &format!("{setup}<plan-name>Basic</plan-name>"));
    let read = select(&sim, "get", "<name>f.example</name>", "<dataset><gen_info/></dataset>");
    assert_eq!(text(&read, "htype"), "none");
}

#[test]
fn plans_are_limited_to_the_provider() {
    let sim = start_without_plans();
    let rita = {
        let mut state = sim.state();
        let rita = state.add_reseller("rita").id;
        state.add_customer("jo").owner = rita;
        rita
    };
    let (own, guid) = add_plan(&sim, "Basic", "<owner-login>rita</owner-login>");
    let (others, others_guid) = add_plan(&sim, "Basic", "");
    let add = |name: &str, rest: &str| {
        let setup = format!("<gen_setup><name>{name}</name><owner-login>jo</owner-login></gen_setup>");
        run(&sim, "webspace", "add", &format!("{setup}{rest}"))
    };
    assert_eq!(text(&add("a.example", &format!("<plan-id>{others}</plan-id>")), "errcode"), "1013");
    assert_eq!(text(&add("a.example", "<plan-name>Basic</plan-name>"), "status"), "ok");
    assert_eq!(sim.state().subscriptions.values().map(|one| one.plan).collect::<Vec<_>>(), [Some(own)]);
    let switch = format!("<plan-guid>{others_guid}</plan-guid>");
    assert_eq!(text(&select(&sim, "switch-subscription", "<name>a.example</name>", &switch), "errcode"), "1013");

    // A subscription that moves to another provider loses its plan.
    let owner = "<values><gen_setup><owner-login>admin</owner-login></gen_setup></values>";
    select(&sim, "set", "<name>a.example</name>", owner);
    assert!(plans(&sim, "a.example").contains("<subscriptions/>"));

    // Deleting the reseller deletes everything that it owns.
    add("b.example", &format!("<plan-guid>{guid}</plan-guid>"));
    run(&sim, "reseller", "del", &format!("<filter><id>{rita}</id></filter>"));
    let state = sim.state();
    assert!(state.customers.is_empty());
    assert_eq!(state.subscriptions.values().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["a.example"]);
    assert_eq!(state.service_plans.keys().collect::<Vec<_>>(), [&others]);
}

#[test]
fn locked_subscription_ignores_plan_changes_until_sync() {
    let sim = start_without_plans();
    add_plan(&sim, "Basic", LIMIT);
    let name = "<name>a.example</name>";
    run(&sim, "webspace", "add", "<gen_setup><name>a.example</name></gen_setup><plan-name>Basic</plan-name>");
    let limit = || {
        let read = select(&sim, "get", name, "<dataset><limits/></dataset>");
        let after = read.split_once("<name>max_box</name>").expect("the limit").1;
        text(after, "value").to_owned()
    };
    let plan = |value: &str| {
        run(&sim, "service-plan", "set", &format!("<filter/>{}", LIMIT.replace('9', value)));
    };
    plan("8");
    assert_eq!(limit(), "8");
    select(&sim, "set", name, &format!("<values>{}</values>", LIMIT.replace('9', "1")));
    assert_eq!(text(&plans(&sim, "a.example"), "locked"), "true");
    plan("7");
    assert_eq!(limit(), "1");
    assert_eq!(text(&select(&sim, "sync-subscription", name, ""), "status"), "ok");
    assert_eq!((limit().as_str(), text(&plans(&sim, "a.example"), "locked")), ("7", "false"));
}

#[test]
fn switch_subscription_assigns_plan_and_reports_conflicts() {
    let sim = start_without_plans();
    let (_, basic) = add_plan(&sim, "Basic", LIMIT);
    add_plan(&sim, "Pro", "<hosting-type>none</hosting-type><external-id>p</external-id>");
    let name = "<name>a.example</name>";
    let id = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    assert!(plans(&sim, "a.example").contains("<subscriptions/>"));

    let switch = |plan: &str| select(&sim, "switch-subscription", name, plan);
    assert_eq!(switch(&format!("<plan-guid>{basic}</plan-guid>")), ok_for("a.example", id));
    assert_eq!(text(&plans(&sim, "a.example"), "plan-guid"), basic);
    assert_eq!(sim.state().subscriptions[&id].settings.limits["max_box"], 9);
    assert_eq!(text(&switch("<plan-guid>x</plan-guid>"), "errcode"), "1013");

    // A conflict is reported but is no error.
    sim.state().subscriptions.get_mut(&id).expect("a").hosting = Hosting::Physical(Default::default());
    let reply = switch("<plan-external-id>p</plan-external-id>");
    assert!(reply.contains("<status>ok</status>") && reply.contains("<problems>"), "{reply}");
    assert_eq!(text(&plans(&sim, "a.example"), "plan-external-id"), "p");

    switch("<no-plan/>");
    assert!(plans(&sim, "a.example").contains("<subscriptions/>"));
}

#[test]
fn add_and_remove_subscription_change_addons() {
    let sim = start_without_plans();
    let (id, guid) = {
        let mut state = sim.state();
        let addon = state.add_service_plan_addon(ADMINISTRATOR_ID, "More mail");
        addon.external_id = Some("m".to_owned());
        let guid = addon.guid.clone();
        (state.add_subscription(ADMINISTRATOR_ID, "a.example").id, guid)
    };
    let name = "<name>a.example</name>";
    let by_guid = format!("<plan-guid>{guid}</plan-guid>");
    let by_external_id = "<plan-external-id>m</plan-external-id>";
    let done = ok_for("a.example", id);
    let subject = format!("<filter-id>a.example</filter-id><id>{id}</id>");
    let not_found = crate::support::not_found("Add-on plan", &subject);

    assert_eq!(select(&sim, "add-subscription", name, &by_guid), done);
    assert_eq!(text(&plans(&sim, "a.example"), "plan-guid"), guid);
    assert_eq!(select(&sim, "add-subscription", name, "<plan-guid>x</plan-guid>"), not_found);
    assert_eq!(select(&sim, "remove-subscription", name, by_external_id), done);
    assert_eq!(select(&sim, "remove-subscription", name, by_external_id), not_found);
    assert!(plans(&sim, "a.example").contains("<subscriptions/>"));

    // A service plan is not an add-on plan.
    let (_, plan) = add_plan(&sim, "Basic", "");
    let reply = send_packet(
        &sim,
        &format!(
            "<webspace><add-subscription><filter>{name}</filter><plan-guid>{plan}</plan-guid></add-subscription></webspace>"
        ),
    );
    assert_eq!(text(&reply, "errtext"), "Add-on plan does not exist");
}

#[test]
fn customer_del_removes_only_its_subscriptions() {
    let sim = start_without_plans();
    {
        let mut state = sim.state();
        state.add_customer("jo");
        state.add_customer("kim");
    }
    for (name, owner) in [("a.example", "jo"), ("b.example", "kim"), ("c.example", "admin")] {
        let setup = format!("<gen_setup><name>{name}</name><owner-login>{owner}</owner-login></gen_setup>");
        assert_eq!(text(&run(&sim, "webspace", "add", &setup), "status"), "ok");
    }
    run(&sim, "customer", "del", "<filter><login>jo</login></filter>");
    let left = select(&sim, "get", "", "<dataset><gen_info/></dataset>");
    assert!(!left.contains("a.example") && left.contains("b.example") && left.contains("c.example"), "{left}");
}
