//! The operator `reseller-plan`.

use plesk_sim::Sim;

use crate::support::{BARE_OK, error_result, not_found, ok_result, run, start, text};

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "reseller-plan", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn keys(sim: &Sim, name: &str) -> String {
    let state = sim.state();
    let plan = state.reseller_plans.values().find(|plan| plan.name == name).expect("the plan");
    format!("<id>{}</id><name>{name}</name><guid>{}</guid>", plan.id, plan.guid)
}

#[test]
fn add_stores_what_get_returns() {
    let sim = start();
    let limits = "<limits><resource-policy><oversell>true</oversell></resource-policy>\
                  <limit><name>max_cl</name><value>5</value></limit></limits>";
    let permissions =
        "<permissions><permission><name>create_clients</name><value>true</value></permission></permissions>";
    let pool = "<ip-pool><ip-address>192.0.2.1</ip-address><allocate-ip>2</allocate-ip></ip-pool>";
    let reply = run(&sim, "reseller-plan", "add", &format!("<name>Big</name>{limits}{permissions}{pool}"));
    let keys = keys(&sim, "Big");
    assert_eq!(reply, ok_result(&keys));

    let parts = "<limits/><permissions/><ip-pool/><packages/>";
    let pool = "<ip-pool><ip-address>192.0.2.1</ip-address><allocate-ip>2</allocate-ip>\
                <allocate-ipv6>0</allocate-ipv6></ip-pool>";
    let expected = format!("{keys}{limits}{permissions}{pool}<aps-filter>false</aps-filter><packages/>");
    assert_eq!(select(&sim, "get", "<name>Big</name>", parts), ok_result(&expected));
    assert_eq!(select(&sim, "get", "<all/>", ""), ok_result(&keys));
    assert_eq!(select(&sim, "get", "<name>none</name>", ""), not_found("Reseller plan", "<name>none</name>"));

    let foreign = "<name>Other</name><ip-pool><ip-address>198.51.100.1</ip-address></ip-pool>";
    assert_eq!(text(&run(&sim, "reseller-plan", "add", foreign), "errcode"), "1018");
}

#[test]
fn set_changes_resellers_that_follow_the_plan() {
    let sim = start();
    run(&sim, "reseller-plan", "add", "<name>Big</name>");
    let reseller = "<gen-info><pname>Rita</pname><login>rita</login><passwd>s3cret!</passwd></gen-info>\
                    <plan-name>Big</plan-name>";
    assert_eq!(text(&run(&sim, "reseller", "add", reseller), "status"), "ok");
    let change = "<limits><limit><name>max_cl</name><value>5</value></limit></limits>";
    assert_eq!(select(&sim, "set", "<name>Big</name>", change), ok_result(&keys(&sim, "Big")));
    let state = sim.state();
    assert_eq!(state.resellers.values().next().expect("rita").reseller.limits["max_cl"], 5);
}

#[test]
fn del_refuses_a_plan_in_use() {
    let sim = start();
    {
        let mut state = sim.state();
        let plan = state.add_reseller_plan("Big").id;
        state.add_reseller("rita").reseller.plan = Some(plan);
    }
    let text = "The plan 'Big' is used by 1 resellers; switch them to another plan first";
    let id = *sim.state().reseller_plans.keys().next().expect("the plan");
    let key = format!("<id>{id}</id><name>Big</name>");
    assert_eq!(select(&sim, "del", "<name>Big</name>", ""), error_result(1023, text, &key));
    sim.state().resellers.clear();
    let keys = keys(&sim, "Big");
    assert_eq!(select(&sim, "del", "<name>Big</name>", ""), ok_result(&keys));
    assert_eq!(select(&sim, "del", "<all/>", ""), BARE_OK);
}

#[test]
fn duplicate_copies_a_plan_under_new_keys() {
    let sim = start();
    run(&sim, "reseller-plan", "add", "<name>Big</name><external-id>b</external-id>");
    let reply = run(&sim, "reseller-plan", "duplicate", "<name>Big</name><duplicate-name>Copy</duplicate-name>");
    assert_eq!(reply, ok_result(&keys(&sim, "Copy")));
    let again = run(&sim, "reseller-plan", "duplicate", "<name>Big</name><duplicate-name>Copy</duplicate-name>");
    assert_eq!(again, error_result(1007, "The plan 'Copy' already exists", ""));
}
