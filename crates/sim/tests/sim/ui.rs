//! The operator `ui`.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use plesk_sim::Sim;

use crate::support::{error_result, not_found, ok_result, run, start, text};

const PROPERTIES: &str = "<properties><sort_key>1</sort_key><public>true</public><internal>false</internal>\
                          <noframe>false</noframe><place>admin</place><url>http://a.example</url><text>A</text></properties>";

fn create(sim: &Sim, owner: &str) -> String {
    run(sim, "ui", "create-custombutton", &format!("<owner>{owner}</owner>{PROPERTIES}"))
}

#[test]
fn custom_buttons_are_created_found_and_deleted() {
    let sim = start();
    let jo = sim.state().add_customer("jo").id;
    let id = text(&create(&sim, "<admin/>"), "id").to_owned();
    let owner = format!("<customer-id>{jo}</customer-id>");
    let other = text(&create(&sim, &owner), "id").to_owned();
    assert_eq!(create(&sim, "<reseller-id>7</reseller-id>"), error_result(1015, "Owner does not exist", ""));

    let button =
        |id: &str, owner: &str| ok_result(&format!("<id>{id}</id><owner>{owner}</owner>{PROPERTIES}<url-components/>"));
    let filter = |filter: &str| format!("<filter>{filter}</filter>");
    let by_id = filter(&format!("<custombutton-id>{id}</custombutton-id>"));
    assert_eq!(run(&sim, "ui", "get-custombutton", &by_id), button(&id, "<admin/>"));
    let by_owner = filter(&format!("<owner>{owner}</owner>"));
    assert_eq!(run(&sim, "ui", "get-custombutton", &by_owner), button(&other, &owner));

    assert_eq!(run(&sim, "ui", "delete-custombutton", &by_id), ok_result(&format!("<id>{id}</id>")));
    assert_eq!(run(&sim, "ui", "delete-custombutton", &by_id), not_found("Custom button", ""));
    run(&sim, "customer", "del", &filter(&format!("<id>{jo}</id>")));
    assert!(sim.state().custom_buttons.is_empty());
}

#[test]
fn navigation_is_an_array_that_php_serialized() {
    let sim = start();
    let reply = run(&sim, "ui", "get-navigation", "");
    let array = BASE64_STANDARD.decode(text(&reply, "navigation")).expect("Base64");
    let array = String::from_utf8(array).expect("UTF-8");
    assert!(array.starts_with("a:3:{s:7:\"general\";a:2:{s:4:\"name\";s:7:\"General\";s:5:\"nodes\";a:2:{"), "{array}");
    let hosting = "s:7:\"hosting\";a:2:{s:4:\"name\";s:16:\"Hosting Services\";s:5:\"nodes\";a:5:{s:9:\"customers\";";
    assert!(array.contains(hosting), "{array}");
}

#[test]
fn branding_theme_belongs_to_an_account() {
    let sim = start();
    let rita = sim.state().add_reseller("rita").id;
    let filter = "<filter><vendor-login>rita</vendor-login></filter>";
    let object = format!("<filter-id>rita</filter-id><id>{rita}</id>");
    let install = format!("{filter}<path>/tmp/theme.zip</path>");
    assert_eq!(run(&sim, "ui", "branding-theme-install", &install), ok_result(&object));
    assert_eq!(run(&sim, "ui", "branding-theme-uninstall", filter), ok_result(&object));
    assert_eq!(run(&sim, "ui", "branding-theme-uninstall", filter), not_found("Branding theme", &object));
}
