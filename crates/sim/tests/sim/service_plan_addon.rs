//! The operator `service-plan-addon`.

use plesk_sim::{ADMINISTRATOR_ID, Sim};

use crate::support::{BARE_OK, error_result, not_found, ok_result, run, start, text};

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "service-plan-addon", operation, &format!("<filter>{filter}</filter>{rest}"))
}

fn add(sim: &Sim, content: &str) -> String {
    run(sim, "service-plan-addon", "add", content)
}

#[test]
fn add_returns_an_addon_that_get_finds_by_each_key() {
    let sim = start();
    let content = "<name>Mail</name><limits><limit><name>max_box</name><value>5</value></limit></limits>\
                   <external-id>m-1</external-id>";
    let reply = add(&sim, content);
    let (id, guid) = (text(&reply, "id"), text(&reply, "guid"));
    assert_eq!(reply, ok_result(&format!("<id>{id}</id><guid>{guid}</guid>")));

    let addon = format!(
        "<id>{id}</id><name>Mail</name><guid>{guid}</guid><external-id>m-1</external-id>\
         <owner-id>1</owner-id><owner-login>admin</owner-login>\
         <limits><limit><name>max_box</name><value>5</value></limit></limits><hosting><none/></hosting><performance/>\
         <packages/><permissions/><php-settings/>"
    );
    let keys = [format!("<id>{id}</id>"), format!("<guid>{guid}</guid>")];
    for filter in ["", "<name>Mail</name>", "<external-id>m-1</external-id>", &keys[0], &keys[1]] {
        assert_eq!(select(&sim, "get", filter, ""), ok_result(&addon), "{filter}");
    }
    assert_eq!(select(&sim, "get", "<id>7</id>", ""), not_found("Add-on plan", "<id>7</id>"));
}

#[test]
fn add_rejects_a_name_that_is_taken_or_empty() {
    let sim = start();
    add(&sim, "<name>Mail</name>");
    assert_eq!(add(&sim, "<name>Mail</name>"), error_result(1007, "The plan 'Mail' already exists", ""));
    assert_eq!(add(&sim, "<name> </name>"), error_result(1019, "The name of the plan is empty", ""));
    // A plan and an add-on may have the same name.
    assert_eq!(text(&add(&sim, "<name>Unlimited</name>"), "status"), "ok");
}

#[test]
fn set_changes_only_what_was_sent() {
    let sim = start();
    add(&sim, "<name>Mail</name><limits><limit><name>max_box</name><value>5</value></limit></limits>");
    let change = "<hosting><property><name>php</name><value>true</value></property></hosting><name>More</name>";
    assert_eq!(select(&sim, "set", "<name>Mail</name>", change), ok_result("<name>Mail</name>"));
    let addon = select(&sim, "get", "<name>More</name>", "");
    let hosting = "<hosting><vrt_hst><property><name>php</name><value>true</value></property></vrt_hst></hosting>";
    assert!(addon.contains(hosting) && addon.contains("<name>max_box</name><value>5</value>"), "{addon}");
}

#[test]
fn del_refuses_an_addon_in_use() {
    let sim = start();
    let (used, free) = {
        let mut state = sim.state();
        let used = state.add_service_plan_addon(ADMINISTRATOR_ID, "Used").id;
        state.add_subscription(ADMINISTRATOR_ID, "a.example").addons.insert(used);
        (used, state.add_service_plan_addon(ADMINISTRATOR_ID, "Free").id)
    };
    let text = "The plan 'Used' is used by 1 subscriptions; switch them to another plan first";
    let expected = error_result(1023, text, &format!("<id>{used}</id>")) + &ok_result(&format!("<id>{free}</id>"));
    assert_eq!(select(&sim, "del", &format!("<id>{used}</id><id>{free}</id>"), ""), expected);
    assert_eq!(sim.state().service_plan_addons.keys().collect::<Vec<_>>(), [&used]);
}

#[test]
fn duplicate_copies_an_addon_under_new_keys() {
    let sim = start();
    add(&sim, "<name>Mail</name><external-id>m</external-id>");
    let copy = select(&sim, "duplicate", "<name>Mail</name>", "<duplicate-name>Copy</duplicate-name>");
    let read = select(&sim, "get", "<name>Copy</name>", "");
    assert!(read.contains(&format!("<id>{}</id>", text(&copy, "id"))) && !read.contains("external-id"), "{read}");
    sim.state().service_plan_addons.clear();
    assert_eq!(select(&sim, "get", "", ""), BARE_OK);
}
