//! Operations behind which nothing is simulated: applications, extensions and licenses.

use plesk_sim::ADMINISTRATOR_ID;

use crate::support::{BARE_OK, error_result, not_found, ok_result, run, start, text};

#[test]
fn server_without_applications_lists_none() {
    let sim = start();
    let webspace = sim.state().add_subscription(ADMINISTRATOR_ID, "a.example").id;
    assert_eq!(run(&sim, "aps", "get-packages-list", "<all/>"), BARE_OK);
    assert_eq!(run(&sim, "aps", "get-download-status", "<filter/>"), BARE_OK);
    let of_webspace = format!("<webspace-id>{webspace}</webspace-id>");
    assert_eq!(run(&sim, "aps", "get-packages-list-by-webspace", &of_webspace), BARE_OK);
    let install = format!("<domain-id>{webspace}</domain-id><package><name>wiki</name></package>");
    assert_eq!(run(&sim, "aps", "install", &install), not_found("Application package", ""));

    sim.state().applications.insert("wiki".to_owned());
    let wiki = ok_result("<package><name>wiki</name></package>");
    assert_eq!(run(&sim, "aps", "get-packages-list", "<all/>"), wiki);
    assert_eq!(run(&sim, "aps", "get-packages-list-by-webspace", &of_webspace), wiki);
    assert_eq!(run(&sim, "aps", "install", &install), BARE_OK);
}

#[test]
fn extensions_are_installed_listed_and_removed() {
    let sim = start();
    let unknown = run(&sim, "extension", "call", "<wiki><get/></wiki>");
    assert_eq!(unknown, error_result(1023, "Extension 'wiki' is not installed", ""));
    assert_eq!(run(&sim, "extension", "install", "<url>https://a.example/wiki.zip</url>"), BARE_OK);
    let details = "<details><id>wiki</id><name>wiki</name><version>1.0.0</version><release>1</release>\
                   <active>true</active></details>";
    assert_eq!(run(&sim, "extension", "get", ""), ok_result(details));
    let found = ok_result(&format!("<filter-id>wiki</filter-id>{details}"));
    assert_eq!(run(&sim, "extension", "get", "<filter><id>wiki</id></filter>"), found);
    let silent = run(&sim, "extension", "call", "<wiki><get/></wiki>");
    assert_eq!(silent, error_result(1023, "The extension 'wiki' has no XML API", ""));
    assert_eq!(run(&sim, "extension", "uninstall", "<id>wiki</id>"), BARE_OK);
    assert_eq!(run(&sim, "extension", "uninstall", "<id>wiki</id>"), not_found("Extension", ""));
}

#[test]
fn licenses_agree_with_the_description_of_the_server() {
    let sim = start();
    let key = sim.state().server.license["plesk_key_id"].clone();
    let id = ok_result(&format!("<key-id>{key}</key-id>"));
    assert_eq!(run(&sim, "server", "lic_install", "<activation-code>A</activation-code>"), id);
    assert_eq!(run(&sim, "server", "license-rollback-key", ""), id);
    let update = |key: &str| run(&sim, "server", "lic_update", &format!("<filter><key-id>{key}</key-id></filter>"));
    assert_eq!(update(&key), "<status>ok</status>");
    assert_eq!(
        update("other"),
        "<status>error</status><errcode>1013</errcode><errtext>License key does not exist</errtext>"
    );
    let info = run(&sim, "server", "lic_get_info", "<license>YQ==</license>");
    assert!(info.contains(&format!("<name>plesk_key_id</name><value>{key}</value>")), "{info}");
    let read = run(&sim, "server", "get", "<key/>");
    assert_eq!(text(&info, "content"), text(&read, "content"));

    assert_eq!(run(&sim, "server", "get_additional_key", ""), "");
    let missing = not_found("License key", "<name>x</name>");
    assert_eq!(run(&sim, "server", "get_additional_key", "<filter><name>x</name></filter>"), missing);
    for operation in ["license-retrieve-keys", "reboot", "clean-mail-queue"] {
        assert_eq!(run(&sim, "server", operation, ""), BARE_OK, "{operation}");
    }
    assert_eq!(sim.state().server.uptime, 0);
}

#[test]
fn installed_license_is_that_of_its_content() {
    let sim = start();
    // "simulated license PLSK.7", as another simulated server describes its own.
    let content = "<license>c2ltdWxhdGVkIGxpY2Vuc2UgUExTSy43</license>";
    assert_eq!(run(&sim, "server", "lic_install", content), ok_result("<key-id>PLSK.7</key-id>"));
    assert_eq!(sim.state().server.license["plesk_key_id"], "PLSK.7");
}
