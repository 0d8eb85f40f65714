//! The operator `php-handler`.

use crate::support::{BARE_OK, error_result, ok_result, run, start};
use plesk_sim::{Hosting, Sim};

/// Returns the result for the handler of PHP 8.3 as FPM.
fn handler(status: &str) -> String {
    ok_result(&format!(
        "<id>plesk-php83-fpm</id><display-name>8.3.23 FPM</display-name><full-version>8.3.23</full-version>\
         <version>8.3</version><type>fpm</type><path>/opt/plesk/php/8.3/sbin/php-fpm</path>\
         <clipath>/opt/plesk/php/8.3/bin/php</clipath><phpini>/opt/plesk/php/8.3/etc/php.ini</phpini>\
         <custom>false</custom><handler-status>{status}</handler-status>"
    ))
}

fn select(sim: &Sim, operation: &str, ids: &[&str]) -> String {
    let ids: String = ids.iter().map(|id| format!("<id>{id}</id>")).collect();
    run(sim, "php-handler", operation, &format!("<filter>{ids}</filter>"))
}

#[test]
fn get_returns_handlers_in_filter_order() {
    let sim = start();
    let unknown = error_result(1013, "Php handler does not exists", "");
    assert_eq!(select(&sim, "get", &["none", "plesk-php83-fpm"]), unknown + &handler("enabled"));
    let all = select(&sim, "get", &[]);
    assert_eq!(all.matches("<result>").count(), 4);
    assert!(all.contains("<handler-status>disabled</handler-status>"), "{all}");
    assert!(all.contains(&handler("enabled")), "{all}");
}

#[test]
fn disable_and_enable_change_the_status() {
    let sim = start();
    assert_eq!(select(&sim, "disable", &["plesk-php83-fpm"]), handler("disabled"));
    assert_eq!(select(&sim, "get", &["plesk-php83-fpm"]), handler("disabled"));
    assert_eq!(select(&sim, "enable", &["plesk-php83-fpm"]), handler("enabled"));
    assert!(sim.state().server.php_handlers["plesk-php83-fpm"].enabled);
}

#[test]
fn get_usage_lists_the_domains_of_a_handler() {
    let sim = start();
    let (id, site) = {
        let mut state = sim.state();
        let hosting = || Hosting::Physical([("php_handler_id".to_owned(), "plesk-php83-fpm".into())].into());
        let subscription = state.add_subscription(1, "a.example");
        subscription.hosting = hosting();
        let id = subscription.id;
        let site = state.add_site(id, "b.example");
        site.hosting = hosting();
        (id, site.id)
    };
    let domain = |id: u64, name: &str| format!("<domain><id>{id}</id><name>{name}</name></domain>");
    let used = ok_result(&(domain(id, "a.example") + &domain(site, "b.example")));
    assert_eq!(select(&sim, "get-usage", &["plesk-php83-fpm", "plesk-php81-fpm"]), used + BARE_OK);
}
