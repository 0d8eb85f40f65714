//! Limits, which bind only if a setting asks for it, and the defaults of a new subscription.

use plesk_sim::{ADMINISTRATOR_ID, Sim};

use crate::support::{error_result, run, start, text};

fn start_with_limits(enforce: bool) -> (Sim, u64) {
    let seed = format!("enforce-limits = {enforce}");
    let sim = Sim::builder().plain_http().seed(seed).start().expect("the server starts");
    let webspace = {
        let mut state = sim.state();
        let webspace = state.add_subscription(ADMINISTRATOR_ID, "a.example");
        for name in ["max_site", "max_subdom", "max_dom_aliases", "max_db", "max_box", "max_subftp_users"] {
            webspace.settings.limits.insert(name.to_owned(), 1);
        }
        webspace.hosting = plesk_sim::Hosting::Physical(Default::default());
        webspace.id
    };
    (sim, webspace)
}

/// Adds one object of each kind that has a limit. Returns the limit, and the reply.
fn add_each(sim: &Sim, webspace: u64, number: u32) -> Vec<(&'static str, String)> {
    let site = format!("<site-id>{webspace}</site-id>");
    let name = format!("x{number}");
    let site_add = format!("<gen_setup><name>{name}.example</name><webspace-id>{webspace}</webspace-id></gen_setup>");
    let mail = format!("{site}<mailname><name>{name}</name><mailbox><enabled>true</enabled></mailbox></mailname>");
    vec![
        ("max_site", run(sim, "site", "add", &site_add)),
        ("max_subdom", run(sim, "subdomain", "add", &format!("<parent>a.example</parent><name>{name}</name>"))),
        ("max_dom_aliases", run(sim, "site-alias", "create", &format!("{site}<name>alias-{name}.example</name>"))),
        (
            "max_db",
            run(
                sim,
                "database",
                "add-db",
                &format!("<webspace-id>{webspace}</webspace-id><name>{name}</name><type>mysql</type>"),
            ),
        ),
        ("max_box", run(sim, "mail", "create", &format!("<filter>{mail}</filter>"))),
        (
            "max_subftp_users",
            run(
                sim,
                "ftp-user",
                "add",
                &format!("<name>{name}</name><password>s3cret!</password><webspace-id>{webspace}</webspace-id>"),
            ),
        ),
    ]
}

#[test]
fn limits_bind_only_if_the_seed_says_so() {
    let (sim, webspace) = start_with_limits(false);
    for number in 0..3 {
        for (limit, reply) in add_each(&sim, webspace, number) {
            assert_eq!(text(&reply, "status"), "ok", "{limit}: {reply}");
        }
    }
    let (sim, webspace) = start_with_limits(true);
    let refused =
        |limit: &str| format!("<errcode>1024</errcode><errtext>The limit {limit} of the subscription is reached: 1");
    for (limit, reply) in add_each(&sim, webspace, 0) {
        // The main domain counts as a site.
        if limit == "max_site" {
            assert!(reply.contains(&refused(limit)), "{reply}");
        } else {
            assert_eq!(text(&reply, "status"), "ok", "{limit}: {reply}");
        }
    }
    for (limit, reply) in add_each(&sim, webspace, 1) {
        assert!(reply.contains(&refused(limit)), "{limit}: {reply}");
    }
}

#[test]
fn limits_of_a_reseller_bind_too() {
    let sim = start();
    {
        let mut state = sim.state();
        state.enforce_limits = true;
        state.add_reseller("rita").reseller.limits.insert("max_cl".to_owned(), 1);
    }
    let add = |login: &str| {
        let info =
            format!("<pname>P</pname><login>{login}</login><passwd>s3cret!</passwd><owner-login>rita</owner-login>");
        run(&sim, "customer", "add", &format!("<gen_info>{info}</gen_info>"))
    };
    assert_eq!(text(&add("jo"), "status"), "ok");
    assert_eq!(add("kim"), error_result(1024, "The limit max_cl of the reseller is reached: 1", ""));
}

#[test]
fn new_subscription_has_limits_and_php_settings() {
    let sim = start();
    let add = "<gen_setup><name>a.example</name><ip_address>192.0.2.1</ip_address></gen_setup>";
    assert_eq!(text(&run(&sim, "webspace", "add", add), "status"), "ok");
    let dataset = "<filter><name>a.example</name></filter><dataset><limits/><php-settings/></dataset>";
    let reply = run(&sim, "webspace", "get", dataset);
    let basedir =
        "<php-settings><setting><name>open_basedir</name><value>{WEBSPACEROOT}{/}{:}{TMP}{/}</value></setting>";
    assert!(
        reply.contains("<limit><name>disk_space</name><value>-1</value></limit>") && reply.contains(basedir),
        "{reply}"
    );
}
