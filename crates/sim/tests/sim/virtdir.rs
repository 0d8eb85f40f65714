//! The operator `virtdir`.

use plesk_sim::{ADMINISTRATOR_ID, Sim};

use crate::support::{BARE_OK, error_result, not_found, ok_result, run, start};

fn operate(sim: &Sim, operation: &str, site: u64, name: &str, rest: &str) -> String {
    run(sim, "virtdir", operation, &format!("<site-id>{site}</site-id><name>{name}</name>{rest}"))
}

#[test]
fn virtual_directory_is_created_changed_read_and_removed() {
    let sim = start();
    let site = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    let properties = "<properties><real-path>shop</real-path><access-read>true</access-read></properties>";
    assert_eq!(operate(&sim, "create", site, "shop", properties), BARE_OK);
    let again = operate(&sim, "create", site, "shop", properties);
    assert_eq!(again, error_result(1007, "The virtual directory 'shop' already exists", ""));

    let change = "<properties><dir-browsing>true</dir-browsing></properties>";
    assert_eq!(operate(&sim, "update", site, "shop", change), BARE_OK);
    let id = *sim.state().virtual_dirs.keys().next().expect("one");
    let expected = "<properties><real-path>shop</real-path><access-read>true</access-read>\
                    <dir-browsing>true</dir-browsing></properties>";
    let expected = format!("<filter-id>shop</filter-id><id>{id}</id>{expected}");
    assert_eq!(operate(&sim, "get", site, "shop", ""), ok_result(&expected));

    assert_eq!(operate(&sim, "remove", site, "shop", ""), BARE_OK);
    assert_eq!(operate(&sim, "get", site, "shop", ""), not_found("Virtual directory", ""));
    assert_eq!(operate(&sim, "get", 7, "shop", ""), error_result(1015, "Domain does not exist.", ""));
}
