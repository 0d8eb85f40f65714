//! `session`, and `del` of `service-plan`, `reseller` and `webspace`.

mod support;

use plesk_sim::{ADMINISTRATOR_ID, Sim};
use support::{BARE_OK, ask, found, met, missed, run, start, text};

/// Deletes by a filter; returns what stands between the tags of the answer's `del`.
fn del(sim: &Sim, operator: &str, filter: &str, rest: &str) -> String {
    run(sim, operator, "del", &format!("<filter>{filter}</filter>{rest}"))
}

const NO_OWNER: &str = "<status>error</status><errcode>1015</errcode><errtext>Owner does not exist</errtext>";

#[test]
fn a_session_is_listed_until_it_is_terminated() {
    let sim = start();
    assert_eq!(ask(&sim, "<session><get/></session>"), format!("<session><get>{BARE_OK}</get></session>"));

    let (first, second, since) = {
        let mut state = sim.state();
        state.add_reseller("rita");
        let first = state.add_session("rita").id.expose().to_owned();
        let second = state.add_session("admin");
        (first, second.id.expose().to_owned(), second.login_time.clone())
    };
    let answer = ask(&sim, "<session><get/></session>");
    assert!(answer.contains(&format!("<session><id>{first}</id><type>reseller</type>")), "{answer}");
    let last = format!(
        "<session><id>{second}</id><type>admin</type><ip-address>127.0.0.1</ip-address><login>admin</login>\
         <login-time>{since}</login-time><idle>{since}</idle></session></result></get></session>"
    );
    assert!(answer.ends_with(&last), "{answer}");

    let terminate = format!("<terminate><session-id>{first}</session-id></terminate>");
    let answer = ask(&sim, &format!("<session>{terminate}{terminate}</session>"));
    let gone = missed("Session", "");
    assert_eq!(answer, format!("<session><terminate>{BARE_OK}</terminate><terminate>{gone}</terminate></session>"));
    assert_eq!(sim.state().sessions.len(), 1);
}

#[test]
fn plans_are_deleted_by_each_kind_of_value_which_the_answer_repeats() {
    let sim = start();
    let (ids, guid) = {
        let mut state = sim.state();
        let ids = ["a", "b", "c", "d", "e"].map(|name| state.add_service_plan(ADMINISTRATOR_ID, name).id);
        state.service_plans.get_mut(&ids[3]).expect("d").external_id = Some("x".to_owned());
        (ids, state.service_plans[&ids[2]].guid.clone())
    };
    let answer = del(&sim, "service-plan", &format!("<id>{}</id><id>7</id>", ids[0]), "");
    assert_eq!(answer, found(&format!("<id>{}</id>", ids[0])) + &missed("Service plan", "<id>7</id>"));
    let answer = del(&sim, "service-plan", "<name>b</name><name>none</name>", "");
    assert_eq!(answer, found("<name>b</name>") + &missed("Service plan", "<name>none</name>"));
    let answer = del(&sim, "service-plan", &format!("<guid>{guid}</guid>"), "");
    assert_eq!(answer, found(&format!("<guid>{guid}</guid>")));
    let answer = del(&sim, "service-plan", "<external-id>x</external-id>", "");
    assert_eq!(answer, found("<external-id>x</external-id>"));
    assert_eq!(sim.state().service_plans.keys().collect::<Vec<_>>(), [&ids[4]]);
}

#[test]
fn plans_are_looked_for_among_those_of_one_owner() {
    let sim = start();
    let (reseller, own, other, last) = {
        let mut state = sim.state();
        let reseller = state.add_reseller("rita").id;
        let own = state.add_service_plan(ADMINISTRATOR_ID, "Basic").id;
        (reseller, own, state.add_service_plan(reseller, "Basic").id, state.add_service_plan(reseller, "Pro").id)
    };
    // Another owner's plan is not there.
    assert_eq!(
        del(&sim, "service-plan", &format!("<id>{other}</id>"), ""),
        missed("Service plan", &format!("<id>{other}</id>")),
    );
    let by_login = "<owner-login>rita</owner-login>";
    assert_eq!(del(&sim, "service-plan", "<name>Basic</name>", by_login), found("<name>Basic</name>"));
    assert!(!sim.state().service_plans.contains_key(&other));

    // Everything is everything of that owner.
    let by_id = format!("<owner-id>{reseller}</owner-id>");
    assert_eq!(del(&sim, "service-plan", "", &by_id), found(&format!("<id>{last}</id>")));
    assert_eq!(del(&sim, "service-plan", "", &by_id), BARE_OK);
    assert_eq!(sim.state().service_plans.keys().collect::<Vec<_>>(), [&own]);

    for nobody in ["<owner-id>7</owner-id>", "<owner-login>none</owner-login>"] {
        assert_eq!(del(&sim, "service-plan", "", nobody), format!("<result>{NO_OWNER}</result>"));
    }
    assert_eq!(del(&sim, "service-plan", "", ""), found(&format!("<id>{own}</id>")));
}

#[test]
fn a_plan_with_followers_is_deleted_with_a_note() {
    let sim = start();
    let plan = {
        let mut state = sim.state();
        let plan = state.add_service_plan(ADMINISTRATOR_ID, "Basic").id;
        state.add_subscription(ADMINISTRATOR_ID, "a.example").plan = Some(plan);
        plan
    };
    let answer = del(&sim, "service-plan", &format!("<id>{plan}</id>"), "");
    let problems = "<problems>Subscriptions that followed this plan and now follow none: 1</problems>";
    assert_eq!(answer, found(&format!("<id>{plan}</id>{problems}")));
    assert!(sim.state().subscriptions.values().all(|subscription| subscription.plan.is_none()));
}

#[test]
fn resellers_are_deleted_with_all_they_had() {
    let sim = start();
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
    let answer = del(&sim, "reseller", &format!("<id>{rita}</id><id>7</id>"), "");
    assert_eq!(answer, met(rita, rita) + &missed("Reseller", "<filter-id>7</filter-id>"));
    {
        let state = sim.state();
        assert_eq!(state.customers.values().map(|c| c.login.as_str()).collect::<Vec<_>>(), ["kim"]);
        assert_eq!(state.subscriptions.values().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["kept.example"]);
        assert!(state.service_plans.is_empty() && state.sessions.is_empty());
    }
    assert_eq!(del(&sim, "reseller", &format!("<guid>{guid}</guid>"), ""), met(&guid, rob));
    assert_eq!(del(&sim, "reseller", "<external-id>x</external-id>", ""), met("x", ruth));
    assert_eq!(del(&sim, "reseller", "<login>rita</login>", ""), missed("Reseller", "<filter-id>rita</filter-id>"));
}

#[test]
fn all_resellers_go_in_both_ways_of_saying_so() {
    let sim = start();
    for everything in ["<all/>", ""] {
        let ids = ["a", "b"].map(|login| sim.state().add_reseller(login).id);
        assert_eq!(del(&sim, "reseller", everything, ""), ids.map(|id| met(id, id)).concat());
        assert!(sim.state().resellers.is_empty());
        assert_eq!(del(&sim, "reseller", everything, ""), BARE_OK);
    }
}

#[test]
fn subscriptions_are_deleted_by_each_filter() {
    let sim = start();
    let customer = {
        let mut state = sim.state();
        let customer = state.add_customer("jo");
        customer.external_id = Some("crm-7".to_owned());
        customer.clone()
    };
    let add = |name: &str| {
        let mut state = sim.state();
        let subscription = state.add_subscription(customer.id, name);
        subscription.external_id = Some(format!("x-{name}"));
        (subscription.id, subscription.guid.clone())
    };
    let none = |value: &str| missed("Subscription", &format!("<filter-id>{value}</filter-id>"));

    let (id, _) = add("a");
    let answer = del(&sim, "webspace", &format!("<id>{id}</id><id>7</id>"), "");
    assert_eq!(answer, met(id, id) + &none("7"));
    let (id, _) = add("a");
    assert_eq!(del(&sim, "webspace", "<name>a</name><name>b</name>", ""), met("a", id) + &none("b"));
    let (id, guid) = add("a");
    assert_eq!(del(&sim, "webspace", &format!("<guid>{guid}</guid>"), ""), met(&guid, id));
    let (id, _) = add("a");
    assert_eq!(del(&sim, "webspace", "<external-id>x-a</external-id>", ""), met("x-a", id));

    for (filter, value) in [
        ("owner-id", customer.id.to_string()),
        ("owner-login", "jo".to_owned()),
        ("owner-guid", customer.guid.clone()),
        ("owner-external-id", "crm-7".to_owned()),
    ] {
        let ((a, _), (b, _)) = (add("a"), add("b"));
        let kept = sim.state().add_subscription(ADMINISTRATOR_ID, "kept").id;
        let answer = del(&sim, "webspace", &format!("<{filter}>{value}</{filter}><{filter}>9</{filter}>"), "");
        let nobody = format!("<result>{NO_OWNER}<filter-id>9</filter-id></result>");
        assert_eq!(answer, met(&value, a) + &met(&value, b) + &nobody);
        assert_eq!(sim.state().subscriptions.keys().collect::<Vec<_>>(), [&kept]);

        // Everything, and then nothing, which this operation says with no result at all.
        assert_eq!(del(&sim, "webspace", "", ""), found(&format!("<id>{kept}</id>")));
        assert_eq!(del(&sim, "webspace", "", ""), "");
    }
}

#[test]
fn a_packet_of_many_operators_is_carried_out_in_its_order() {
    let sim = start();
    let session = sim.state().add_session("admin").id.expose().to_owned();
    let request = format!(
        "<webspace><del><filter><name>none</name></filter></del></webspace>\
         <customer><add><gen_info><pname>Jo</pname><login>jo</login><passwd>s3cret!</passwd></gen_info></add>\
         <del><filter><login>jo</login></filter></del></customer>\
         <session><terminate><session-id>{session}</session-id></terminate></session>\
         <customer><del><filter><login>jo</login></filter></del></customer>"
    );
    let answer = ask(&sim, &request);
    let id: u64 = text(&answer, "id").parse().expect("a number");
    let guid = text(&answer, "guid");
    let expected = format!(
        "<webspace><del>{}</del></webspace>\
         <customer><add><result><status>ok</status><id>{id}</id><guid>{guid}</guid></result></add>\
         <del>{}</del></customer><session><terminate>{BARE_OK}</terminate></session><customer><del>{}</del></customer>",
        missed("Subscription", "<filter-id>none</filter-id>"),
        met("jo", id),
        missed("Customer", "<filter-id>jo</filter-id>"),
    );
    assert_eq!(answer, expected);
}
