//! The operator `log-rotation`.

use plesk_sim::{ADMINISTRATOR_ID, Sim};

use crate::support::{error_result, ok_for, ok_result, run, start};

const DEFAULT: &str = "<settings><log-condition><log-bysize>10240</log-bysize></log-condition>\
                       <log-max-num-files>10</log-max-num-files><log-compress>true</log-compress></settings>";

fn select(sim: &Sim, operation: &str, filter: &str, rest: &str) -> String {
    run(sim, "log-rotation", operation, &format!("<filter>{filter}</filter>{rest}"))
}

#[test]
fn settings_are_read_and_changed_by_site() {
    let sim = start();
    let site = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    assert_eq!(select(&sim, "get", "", ""), ok_result(&format!("<id>{site}</id>{DEFAULT}")));
    let change = "<settings><log-condition><log-bytime>Daily</log-bytime></log-condition>\
                  <log-email>jo@a.example</log-email></settings>";
    let by_name = "<site-name>a.example</site-name>";
    assert_eq!(select(&sim, "set", by_name, change), ok_for("a.example", site));
    let expected = "<settings><log-condition><log-bytime>Daily</log-bytime></log-condition>\
                    <log-max-num-files>10</log-max-num-files><log-compress>true</log-compress>\
                    <log-email>jo@a.example</log-email></settings>";
    let found = format!("<filter-id>a.example</filter-id><id>{site}</id>{expected}");
    assert_eq!(select(&sim, "get", by_name, ""), ok_result(&found));
    let missing = error_result(1015, "Domain does not exist.", "<filter-id>7</filter-id>");
    assert_eq!(select(&sim, "get", "<site-id>7</site-id>", ""), missing);
}

#[test]
fn rotation_is_switched_for_all_sites_of_an_owner() {
    let sim = start();
    let (jo, site, other) = {
        let mut state = sim.state();
        let jo = state.add_customer("jo").id;
        let site = state.add_subscription(jo, "a.example").id;
        (jo, site, state.add_subscription(ADMINISTRATOR_ID, "b.example").id)
    };
    assert_eq!(select(&sim, "disable", &format!("<owner-id>{jo}</owner-id>"), ""), ok_for(jo, site));
    let status = |id: u64, enabled: bool| ok_result(&format!("<id>{id}</id><enabled>{enabled}</enabled>"));
    assert_eq!(select(&sim, "get-status", "", ""), status(site, false) + &status(other, true));
    assert_eq!(select(&sim, "enable", "<owner-login>jo</owner-login>", ""), ok_for("jo", site));
    assert_eq!(select(&sim, "get-status", "", ""), status(site, true) + &status(other, true));
}
