//! The operator `locale`.

use crate::support::{not_found, ok_result, run, start};
use plesk_sim::Sim;

fn select(sim: &Sim, operation: &str, ids: &[&str]) -> String {
    let ids: String = ids.iter().map(|id| format!("<id>{id}</id>")).collect();
    run(sim, "locale", operation, &format!("<filter>{ids}</filter>"))
}

fn english(key: &str, used: u32, enabled: bool) -> String {
    ok_result(&format!(
        "{key}<id>en-US</id><info><id>en-US</id><lang>English</lang><country>United States</country>\
         <used>{used}</used><enabled>{enabled}</enabled></info>"
    ))
}

#[test]
fn get_returns_languages_with_their_users() {
    let sim = start();
    sim.state().add_customer("jo");
    let key = "<filter-id>en-US</filter-id>";
    let unknown = not_found("Locale", "<filter-id>xx-XX</filter-id><id>xx-XX</id>");
    assert_eq!(select(&sim, "get", &["en-US", "xx-XX"]), english(key, 2, true) + &unknown);
    let all = select(&sim, "get", &[]);
    assert!(all.contains(&english("", 2, true)) && all.matches("<result>").count() == 3, "{all}");
}

#[test]
fn disable_and_enable_switch_languages() {
    let sim = start();
    let key = "<filter-id>en-US</filter-id>";
    let switched = ok_result(&format!("{key}<id>en-US</id>"));
    assert_eq!(select(&sim, "disable", &["en-US"]), switched);
    assert_eq!(select(&sim, "get", &["en-US"]), english(key, 1, false));
    assert_eq!(select(&sim, "enable", &["en-US"]), switched);
    assert!(sim.state().server.locales["en-US"].enabled);
    let unknown = not_found("Locale", "<filter-id>xx-XX</filter-id><id>xx-XX</id>");
    assert_eq!(select(&sim, "enable", &["xx-XX"]), unknown);
}

#[test]
fn get_message_knows_no_texts_of_the_panel() {
    let sim = start();
    let get = |locale: &str| {
        run(&sim, "locale", "get-message", &format!("<filter><key>title</key></filter><id>{locale}</id>"))
    };
    let body = |locale: &str| format!("<filter-id>title</filter-id><id>{locale}</id>");
    assert_eq!(get("en-US"), not_found("Message 'title'", &body("en-US")));
    assert_eq!(get("xx-XX"), not_found("Locale", &body("xx-XX")));
}
