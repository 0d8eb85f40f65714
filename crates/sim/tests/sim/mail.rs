//! The operator `mail`.

use crate::support::{BARE_OK, error_result, ok_result, run, start, text};
use plesk_sim::Sim;

fn site(sim: &Sim) -> u64 {
    sim.state().add_subscription(1, "a.example").id
}

fn create(sim: &Sim, site: u64, mailname: &str) -> String {
    let filter = format!("<filter><site-id>{site}</site-id><mailname>{mailname}</mailname></filter>");
    run(sim, "mail", "create", &filter)
}

fn get_info(sim: &Sim, site: u64, names: &[&str], parts: &str) -> String {
    run(sim, "mail", "get_info", &format!("<filter><site-id>{site}</site-id>{}</filter>{parts}", tags(names)))
}

fn update(sim: &Sim, site: u64, operation: &str, mailname: &str) -> String {
    let reply = run(
        sim,
        "mail",
        "update",
        &format!(
            "<{operation}><filter><site-id>{site}</site-id><mailname>{mailname}</mailname></filter></{operation}>"
        ),
    );
    let inner = reply.strip_prefix(&format!("<{operation}>"));
    inner.and_then(|rest| rest.strip_suffix(&format!("</{operation}>"))).unwrap_or_else(|| panic!("{reply}")).to_owned()
}

fn tags(names: &[&str]) -> String {
    names.iter().map(|name| format!("<name>{name}</name>")).collect()
}

fn ok_named(name: &str) -> String {
    ok_result(&format!("<mailname><name>{name}</name></mailname>"))
}

fn error_named(code: u32, text: &str, name: &str) -> String {
    error_result(code, text, &format!("<mailname><name>{name}</name></mailname>"))
}

fn unknown_site() -> String {
    error_result(1015, "Domain does not exist.", "")
}

#[test]
fn create_stores_all_values_that_get_info_returns() {
    let sim = start();
    let site = site(&sim);
    let forwarding =
        "<forwarding><enabled>true</enabled><address>x@b.example</address><address>y@b.example</address></forwarding>";
    let autoresponder = "<autoresponder><enabled>true</enabled><subject>Away</subject>\
        <content_type>text/plain</content_type><charset>UTF-8</charset><text>Back soon</text>\
        <attachment><file-name>a.txt</file-name></attachment><forward>z@b.example</forward>\
        <end_date>2030-01-31</end_date></autoresponder>";
    let reply = create(
        &sim,
        site,
        &format!(
            "<name>Jo</name><cp-access>true</cp-access><mailbox><enabled>true</enabled><quota>1024</quota></mailbox>\
             {forwarding}<alias>john</alias><alias>info</alias>{autoresponder}\
             <password><value>s3cret!</value><type>plain</type></password><antivir>inout</antivir>\
             <outgoing-messages-mbox-limit>7</outgoing-messages-mbox-limit><description>mine</description>"
        ),
    );
    let id: u64 = text(&reply, "id").parse().expect("a number");
    assert_eq!(reply, ok_result(&format!("<mailname><id>{id}</id><name>Jo</name></mailname>")));
    assert_eq!(sim.state().mail_accounts[&id].password.expose(), "s3cret!");

    let end = "<antivir>inout</antivir><outgoing-messages-mbox-limit>7</outgoing-messages-mbox-limit>\
        <description>mine</description>";
    for (parts, data) in [
        ("", ""),
        ("<mailbox/>", "<mailbox><enabled>true</enabled><quota>1024</quota></mailbox>"),
        ("<mailbox/><mailbox-usage/>", "<mailbox><enabled>true</enabled><quota>1024</quota><usage>0</usage></mailbox>"),
        ("<forwarding/>", forwarding),
        ("<aliases/>", "<alias>john</alias><alias>info</alias>"),
        ("<autoresponder/>", autoresponder),
    ] {
        let expected = ok_result(&format!("<mailname><id>{id}</id><name>jo</name>{data}{end}</mailname>"));
        assert_eq!(get_info(&sim, site, &["jo"], parts), expected, "{parts}");
        assert_eq!(get_info(&sim, site, &[], parts), expected, "{parts}");
    }
}

#[test]
fn get_info_without_accounts_returns_no_mailname() {
    let sim = start();
    let site = site(&sim);
    assert_eq!(get_info(&sim, site, &[], "<mailbox/>"), BARE_OK);
    assert_eq!(get_info(&sim, site, &["none"], ""), error_result(1013, "The mail name 'none' does not exist", ""));
    assert_eq!(get_info(&sim, 7, &[], ""), unknown_site());
}

#[test]
fn create_rejects_invalid_accounts() {
    let sim = start();
    let site = site(&sim);
    create(&sim, site, "<name>jo</name><alias>john</alias>");
    let password = |value: &str| format!("<name>kim</name><password><value>{value}</value></password>");
    for (mailname, code) in [
        ("<name>jo</name>".to_owned(), "1007"),
        ("<name>JO</name>".to_owned(), "1007"),
        ("<name>john</name>".to_owned(), "1007"),
        ("<name>kim</name><alias>jo</alias>".to_owned(), "1007"),
        ("<name>not a name</name>".to_owned(), "1019"),
        ("<name/>".to_owned(), "1019"),
        (password("weak"), "1019"),
    ] {
        let reply = create(&sim, site, &mailname);
        assert_eq!(text(&reply, "errcode"), code, "{mailname}");
        assert!(reply.contains("<mailname><name>") || reply.contains("<mailname><name/>"), "{reply}");
    }
    assert_eq!(text(&create(&sim, 7, "<name>jo</name>"), "errcode"), "1015");
    assert_eq!(sim.state().mail_accounts.len(), 1);
    // Another site may have the same name.
    let other = sim.state().add_subscription(1, "b.example").id;
    assert_eq!(text(&create(&sim, other, "<name>jo</name>"), "status"), "ok");
}

#[test]
fn update_add_and_remove_edit_lists() {
    let sim = start();
    let site = site(&sim);
    create(&sim, site, "<name>jo</name>");
    let lists = |items: &[&str], enabled: &str| {
        let addresses: String = items.iter().map(|item| format!("<address>{item}@b.example</address>")).collect();
        let aliases: String = items.iter().map(|item| format!("<alias>{item}</alias>")).collect();
        format!("<name>jo</name><forwarding>{enabled}{addresses}</forwarding>{aliases}")
    };
    assert_eq!(update(&sim, site, "add", &lists(&["x", "y"], "<enabled>true</enabled>")), ok_named("jo"));
    // What the account has already is not added again.
    assert_eq!(update(&sim, site, "add", &lists(&["y", "z"], "")), ok_named("jo"));
    assert_eq!(update(&sim, site, "remove", &lists(&["x", "none"], "")), ok_named("jo"));
    let reply = get_info(&sim, site, &["jo"], "<forwarding/><aliases/>");
    let expected = "<forwarding><enabled>true</enabled><address>y@b.example</address><address>z@b.example</address>\
        </forwarding><alias>y</alias><alias>z</alias>";
    assert!(reply.contains(expected), "{reply}");
    assert_eq!(
        update(&sim, site, "add", "<name>none</name>"),
        error_named(1013, "The mail name 'none' does not exist", "none")
    );
}

#[test]
fn update_set_replaces_what_was_sent() {
    let sim = start();
    let site = site(&sim);
    let id = create(&sim, site, "<name>jo</name><mailbox><enabled>true</enabled></mailbox><alias>x</alias>");
    let id: u64 = text(&id, "id").parse().expect("a number");
    create(&sim, site, "<name>kim</name>");
    let set = |mailname: &str| update(&sim, site, "set", mailname);
    let values = "<name>jo</name><mailbox><quota>5</quota></mailbox><alias>y</alias>\
        <password><value>n3wpass!</value></password><description>new</description>";
    assert_eq!(set(values), ok_named("jo"));
    {
        let state = sim.state();
        let account = &state.mail_accounts[&id];
        assert_eq!((account.mailbox, account.quota, account.aliases.as_slice()), (true, 5, &["y".to_owned()][..]));
        assert_eq!((account.password.expose(), account.description.as_deref()), ("n3wpass!", Some("new")));
    }
    // An account that the request identifies by its ID may get another name.
    assert_eq!(set(&format!("<id>{id}</id><name>joe</name>")), ok_named("joe"));
    assert_eq!(sim.state().mail_accounts[&id].name, "joe");
    assert_eq!(text(&set(&format!("<id>{id}</id><name>kim</name>")), "errcode"), "1007");
    assert_eq!(text(&set("<id>7</id><name>x</name>"), "errcode"), "1013");
    assert_eq!(text(&set("<name>joe</name><password><value>weak</value></password>"), "errcode"), "1019");
}

#[test]
fn rename_and_remove_report_unknown_names() {
    let sim = start();
    let site = site(&sim);
    create(&sim, site, "<name>jo</name>");
    create(&sim, site, "<name>kim</name>");
    let rename = |from: &str, to: &str| {
        let content = format!("<site-id>{site}</site-id><name>{from}</name><new-name>{to}</new-name>");
        run(&sim, "mail", "rename", &content)
    };
    assert_eq!(rename("jo", "joe"), BARE_OK);
    assert_eq!(rename("jo", "joe"), error_result(1013, "The mail name 'jo' does not exist", ""));
    assert_eq!(rename("joe", "kim"), error_result(1007, "The mail name 'kim' already exists", ""));

    let remove = |names: &[&str]| {
        run(&sim, "mail", "remove", &format!("<filter><site-id>{site}</site-id>{}</filter>", tags(names)))
    };
    let unknown = error_named(1013, "The mail name 'jo' does not exist", "jo");
    assert_eq!(remove(&["joe", "jo"]), ok_named("joe") + &unknown);
    assert_eq!(remove(&[]), ok_named("kim"));
    assert_eq!(remove(&[]), BARE_OK);
}

#[test]
fn prefs_are_set_and_read_by_site() {
    let sim = start();
    let main = site(&sim);
    let addon = sim.state().add_site(main, "b.example").id;
    let prefs = |service: &str| {
        format!(
            "<prefs><nonexistent-user><reject/></nonexistent-user><webmail>roundcube</webmail>\
             <spam-protect-sign>true</spam-protect-sign><greylisting>true</greylisting>\
             <mailservice>{service}</mailservice><mail-provider><local/></mail-provider></prefs>"
        )
    };
    let get = |filter: &str| run(&sim, "mail", "get_prefs", &format!("<filter>{filter}</filter>"));
    let result = |site: u64, prefs: &str| ok_result(&format!("<site-id>{site}</site-id>{prefs}"));
    assert_eq!(get(""), result(main, &prefs("true")) + &result(addon, &prefs("true")));

    assert_eq!(run(&sim, "mail", "disable", &format!("<site-id>{addon}</site-id>")), BARE_OK);
    let by_id = format!("<site-id>{addon}</site-id>");
    assert_eq!(get(&by_id), result(addon, &prefs("false")));
    assert_eq!(run(&sim, "mail", "enable", &format!("<site-id>{addon}</site-id>")), BARE_OK);
    assert_eq!(get(&by_id), result(addon, &prefs("true")));
    assert_eq!(run(&sim, "mail", "enable", "<site-id>7</site-id>"), unknown_site());

    let set = "<filter/><prefs><nonexistent-user><forward>x@b.example</forward></nonexistent-user></prefs>";
    let changed = result(main, "") + &result(addon, "");
    assert_eq!(run(&sim, "mail", "set_prefs", set), changed);
    let forward = prefs("true").replace("<reject/>", "<forward>x@b.example</forward>");
    assert_eq!(get(&format!("<site-id>{main}</site-id>")), result(main, &forward));

    let none = format!("<filter><site-id>{main}</site-id></filter><prefs><none/></prefs>");
    assert_eq!(run(&sim, "mail", "set_prefs", &none), result(main, ""));
    assert_eq!(get(&format!("<site-id>{main}</site-id>")), result(main, "<prefs><none/></prefs>"));
    let providers = run(&sim, "mail", "get-available-mail-providers", "");
    assert_eq!(providers, ok_result("<mail-provider><local/></mail-provider>"));
}

#[test]
fn accounts_are_deleted_with_their_site() {
    let sim = start();
    let main = site(&sim);
    let addon = sim.state().add_site(main, "b.example").id;
    create(&sim, main, "<name>jo</name>");
    create(&sim, addon, "<name>jo</name>");
    run(&sim, "site", "del", &format!("<filter><id>{addon}</id></filter>"));
    assert_eq!(sim.state().mail_accounts.values().map(|account| account.site).collect::<Vec<_>>(), [main]);
    run(&sim, "webspace", "del", &format!("<filter><id>{main}</id></filter>"));
    assert!(sim.state().mail_accounts.is_empty());
}
