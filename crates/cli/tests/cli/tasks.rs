//! Real tasks in a shell: the built command against simulated servers.

use std::process::Stdio;
use std::{fs, path::Path};

use plesk_sim::{Failure, Phase};
use serde_json::Value;

use crate::support::{PASSWORD, Shell, err, out, results, start_server, status};

#[test]
fn customer_with_site_mail_dns_and_database_is_created_and_suspended() {
    let shell = Shell::start();
    let jo = shell.send(&["customer.add", "gen_info.passwd=@env:PW", "gen_info.login=jo", "gen_info.pname=Jo Doe"]);
    shell.send(&["service-plan.add", "name=Basic"]);
    let space = shell.send(&[
        "webspace.add",
        "plan-name=Basic",
        "hosting.vrt_hst.property[1].name=ftp_login",
        "hosting.vrt_hst.property[1].value=jo_example",
        "hosting.vrt_hst.property[2].name=ftp_password",
        "hosting.vrt_hst.property[2].value=@env:PW",
        "hosting.vrt_hst.ip_address=192.0.2.1",
        "gen_setup.ip_address=192.0.2.1",
        "gen_setup.htype=vrt_hst",
        "gen_setup.owner-login=jo",
        "gen_setup.name=example.com",
    ]);
    let site = shell.send(&["site.get", "filter.name=example.com", "dataset.gen_info"]);
    assert_eq!(site["id"], space["id"]);
    let site_id = site["id"].to_string();

    let mailbox = shell.send(&[
        "mail.create",
        &format!("filter.site-id={site_id}"),
        "filter.mailname.name=info",
        "filter.mailname.mailbox.enabled=true",
        "filter.mailname.password.value=@env:PW",
    ]);
    assert_eq!(mailbox["mailname"]["name"], "info");

    let of_site = format!("site-id={site_id}");
    let record = shell.send(&["dns.add_rec", &of_site, "value=token", "host=_acme-challenge", "type=TXT"]);
    let records = shell.send_all(&["dns.get_rec", &format!("filter.site-id={site_id}")]);
    let added = records.iter().find(|it| it["id"] == record["id"]).expect("the record");
    assert_eq!(added["data"]["host"], "_acme-challenge.example.com.");
    shell.send(&["dns.del_rec", &format!("filter.id={}", record["id"])]);

    let webspace = format!("webspace-id={}", space["id"]);
    shell.send(&["database.add-db", "db-server-id=1", "type=mysql", "name=shop", &webspace]);

    shell.send(&["customer.set", "filter.login=jo", "values.gen_info.status=16"]);
    let suspended = shell.send(&["customer.get", "filter.login=jo", "dataset.gen_info"]);
    assert_eq!((&suspended["id"], &suspended["data"]["gen_info"]["status"]), (&jo["id"], &Value::from(16)));

    shell.send(&["webspace.del", "filter.name=example.com"]);
    let gone = shell.run(&["send", "webspace.get", "filter.name=example.com", "dataset.gen_info", "--json"]);
    assert_eq!((status(&gone), &results(&gone)[0]["errcode"]), (1, &Value::from(1013)));
}

#[test]
fn report_of_all_customers_has_one_line_of_json_for_each() {
    let shell = Shell::start();
    for login in ["a", "b", "c"] {
        let login = format!("gen_info.login=customer_{login}");
        shell.send(&["customer.add", "gen_info.pname=X", &login, "gen_info.passwd=@env:PW"]);
    }
    let all = shell.send_all(&["customer.get", "filter", "dataset.gen_info"]);
    let logins: Vec<_> = all.iter().map(|it| it["data"]["gen_info"]["login"].as_str().expect("a login")).collect();
    assert_eq!(logins, ["customer_a", "customer_b", "customer_c"]);
    let table = shell.run(&["send", "customer.get", "filter.login=customer_b", "dataset.gen_info"]);
    assert!(out(&table).contains("customer_b") && !out(&table).contains("customer_a"), "{table:?}");
}

#[test]
fn deletion_of_everything_needs_yes() {
    let shell = Shell::start();
    shell.send(&["customer.add", "gen_info.pname=X", "gen_info.login=jo", "gen_info.passwd=@env:PW"]);
    for arguments in [&["customer.del", "filter"][..], &["customer.del", "filter.owner-login=admin"]] {
        let refused = shell.run(&[&["send"], arguments].concat());
        assert_eq!((status(&refused), out(&refused)), (2, ""));
        assert!(err(&refused).contains("nothing was sent") && err(&refused).contains("--yes"), "{refused:?}");
    }
    assert_eq!(shell.send_all(&["customer.get", "filter", "dataset.gen_info"]).len(), 1);
    assert_eq!(shell.send_all(&["customer.del", "filter", "--yes"]).len(), 1);
    assert!(shell.sim.state().customers.is_empty());
}

#[test]
fn exit_status_tells_refused_from_unknown() {
    let shell = Shell::start();
    let refused = shell.run(&["send", "customer.del", "filter.login=nobody"]);
    assert_eq!(status(&refused), 1);
    assert!(out(&refused).contains("1013") && out(&refused).contains("nobody"), "{refused:?}");

    let mut unreachable = shell.command(&["send", "customer.get", "filter", "dataset.gen_info", "--retries", "1"]);
    let unreachable = unreachable.env("PLESK_SERVER", "https://127.0.0.1:1").output().expect("the command runs");
    assert_eq!((status(&unreachable), out(&unreachable)), (2, ""));

    for (wrong, advice) in [
        (&["custmer.del", "filter.id=1"][..], "did you mean `customer.del`?"),
        (&["customer.del", "filter.idd=1"], "did you mean `id`?"),
        (&["customer.del", "filter.id=x"], "filter.id: 'x' is not an integer"),
        (&["customer.add", "gen_info.login=jo"], "pname"),
    ] {
        let output = shell.run(&[&["send"], wrong].concat());
        assert_eq!((status(&output), out(&output)), (2, ""), "{wrong:?}");
        assert!(err(&output).contains(advice), "{wrong:?}: {}", err(&output));
    }
    let silent = shell.command_without_server(&["send", "session.get"]).output().expect("the command runs");
    assert_eq!(status(&silent), 2);
    assert!(err(&silent).contains("plesk login"), "{silent:?}");
}

/// The first attempt deletes the customer, and its answer is lost.
#[test]
fn deletion_by_id_is_tried_again_and_succeeds() {
    let shell = Shell::start();
    let id = shell.sim.state().add_customer("jo").id;
    shell.sim.inject(Failure::disconnect(Phase::AfterWork).on_operation("customer", "del"));
    let deleted = shell.run(&["send", "customer.del", &format!("filter.id={id}")]);
    assert_eq!(status(&deleted), 0, "{deleted:?}");
    assert!(shell.sim.state().customers.is_empty());

    shell.sim.state().add_customer("jo");
    shell.sim.inject(Failure::disconnect(Phase::AfterWork).on_operation("customer", "del"));
    // A customer with this login may have been added in the meantime.
    let unknown = shell.run(&["send", "customer.del", "filter.login=jo"]);
    assert_eq!((status(&unknown), out(&unknown)), (2, ""));
    assert!(err(&unknown).contains("may have executed the packet"), "{unknown:?}");
}

#[test]
fn request_comes_from_json_or_a_packet_too() {
    let shell = Shell::start();
    let json = r#"{"gen_info": {"passwd": "Secret-Word-17", "login": "jo", "pname": "Jo"}}"#;
    shell.write("jo.json", json);
    let jo = shell.send(&["customer.add", "--json-request", "jo.json"]);
    let packet = format!("<packet><customer><del><filter><id>{}</id></filter></del></customer></packet>", jo["id"]);
    shell.write("del.xml", &packet);
    let deleted = shell.send(&["--xml", "del.xml"]);
    assert_eq!(deleted["id"], jo["id"]);
    let answer = shell.run(&["send", "session.get", "--xml-answer"]);
    assert!(out(&answer).contains("<status>ok</status>"), "{answer:?}");
}

#[test]
fn dry_run_shows_the_packet_without_secrets_and_sends_nothing() {
    let shell = Shell::start();
    let arguments = ["customer.add", "gen_info.passwd=@env:PW", "gen_info.login=jo", "gen_info.pname=J", "--dry-run"];
    let shown = shell.run(&[&["send"], &arguments[..]].concat());
    assert_eq!(status(&shown), 0);
    assert!(out(&shown).contains("<passwd>***</passwd>"), "{shown:?}");
    let order = ["<pname>", "<login>", "<passwd>"].map(|name| out(&shown).find(name).expect("an element"));
    assert!(order.is_sorted(), "{shown:?}");
    assert!(shell.sim.exchanges().is_empty());
}

#[test]
fn many_servers_answer_with_their_names_although_one_is_down() {
    let shell = Shell::start();
    let second = start_server();
    shell.write("ca-2.pem", second.certificate_pem());
    let profile = |name: &str, url: &str, key: &str, ca: &str| {
        format!("[profile.{name}]\nurl = \"{url}\"\nca = \"{ca}\"\nsecret-key-command = \"echo {key}\"\n")
    };
    let config = [
        profile("down", "https://127.0.0.1:1", "x", "ca.pem"),
        profile("first", shell.sim.url(), shell.sim.secret_key(), "ca.pem"),
        profile("second", second.url(), second.secret_key(), "ca-2.pem"),
    ];
    shell.write("config.toml", &config.concat());
    let run = |arguments: &[&str]| shell.command_without_server(arguments).output().expect("the command runs");
    let all = run(&["send", "server.get", "gen_info", "--all", "--json", "--retries", "1"]);
    assert_eq!(status(&all), 2);
    assert!(err(&all).contains("down: "), "{all:?}");
    let servers: Vec<_> = results(&all).iter().map(|it| it["server"].clone()).collect();
    assert_eq!(servers, ["first", "second"]);
    let two = run(&["send", "server.get", "gen_info", "--profile", "first,second", "--json"]);
    assert_eq!((status(&two), results(&two).len()), (0, 2));
    let unknown = run(&["send", "server.get", "gen_info", "--profile", "frist"]);
    assert!(status(&unknown) == 2 && err(&unknown).contains("did you mean `first`?"), "{unknown:?}");
}

#[cfg(unix)]
#[test]
fn login_stores_a_profile_that_only_the_user_can_read() {
    use std::os::unix::fs::PermissionsExt;

    let shell = Shell::start();
    let login = shell.command(&["login", "panel"]).output().expect("the command runs");
    assert_eq!(status(&login), 0, "{login:?}");
    let mode = |path: &Path| fs::metadata(path).expect("the file").permissions().mode() & 0o777;
    assert_eq!(mode(&shell.config()), 0o600);
    assert!(!out(&login).contains(shell.sim.secret_key()) && !err(&login).contains(shell.sim.secret_key()));
    let run = || shell.command_without_server(&["send", "session.get"]).output().expect("the command runs");
    assert_eq!(status(&run()), 0);
    fs::set_permissions(shell.config(), fs::Permissions::from_mode(0o644)).expect("a mode");
    let refused = run();
    assert!(status(&refused) == 2 && err(&refused).contains("chmod 600"), "{refused:?}");
}

/// The secrets of the request, of the answer and of the connection.
#[test]
fn no_output_has_a_secret_unless_asked_for() {
    let shell = Shell::start();
    shell.send(&["customer.add", "gen_info.pname=X", "gen_info.login=jo", "gen_info.passwd=@env:PW"]);
    let mut shown = String::new();
    for form in [&[][..], &["--json"], &["--xml-answer"]] {
        for arguments in [
            &["send", "customer.get", "filter", "dataset.gen_info"][..],
            &["send", "secret_key.create", "ip_address=127.0.0.1"],
            &["send", "customer.add", "gen_info.pname=X", "gen_info.login=jo", "gen_info.passwd=@env:PW"],
            &["send", "customer.set", "filter.login=jo", "values.gen_info.passwd=@env:PW"],
        ] {
            let output = shell.run(&[arguments, form].concat());
            shown.push_str(out(&output));
            shown.push_str(err(&output));
        }
    }
    assert!(shown.len() > 2_000 && shown.contains("***"), "{shown}");
    assert!(!shown.contains(PASSWORD) && !shown.contains(shell.sim.secret_key()), "{shown}");
    let key = shell.send(&["secret_key.create", "ip_address=127.0.0.1", "--show-secrets"]);
    assert_eq!(key["key"].as_str().expect("a key").len(), 36);
}

#[test]
fn simulated_server_prints_how_to_reach_it() {
    use std::io::{BufRead, BufReader};

    let shell = Shell::start();
    let mut sim =
        shell.command_without_server(&["sim"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
    let mut line = String::new();
    BufReader::new(sim.stdout.take().expect("output")).read_line(&mut line).expect("a line");
    let mut command = shell.command_without_server(&["send", "server.get_protos", "--json"]);
    for word in line.trim().strip_prefix("export ").expect("an export").split(' ') {
        let (name, value) = word.split_once('=').expect("a variable");
        command.env(name, value);
    }
    let answer = command.output().expect("the command runs");
    sim.kill().expect("killed");
    sim.wait().expect("ended");
    assert_eq!(status(&answer), 0, "{answer:?}");
    assert!(out(&answer).contains("1.6.9.1"), "{answer:?}");
}
