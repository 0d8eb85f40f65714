//! What resellers and customers may see and change: only their own objects.

use crate::support::{BARE_OK, PATH, assert_valid, error_result, ok_for, send, start, text};
use plesk_sim::Sim;

struct Objects {
    rita: u64,
    /// A customer of the reseller `rita`, and its subscription.
    jo: u64,
    webspace: u64,
    /// A customer of the administrator.
    al: u64,
}

fn setup(sim: &Sim) -> Objects {
    let mut state = sim.state();
    let rita = state.add_reseller("rita").id;
    let (jo, al) = (state.add_customer("jo").id, state.add_customer("al").id);
    state.customers.get_mut(&jo).expect("jo").owner = rita;
    let webspace = state.add_subscription(jo, "jo.example").id;
    state.add_subscription(al, "al.example");
    for account in state.resellers.values_mut() {
        account.password = "s3cret!".into();
    }
    for account in state.customers.values_mut() {
        account.password = "s3cret!".into();
    }
    Objects { rita, jo, webspace, al }
}

/// Sends a packet with one operation as this user. Returns the content of its reply.
fn run_as(sim: &Sim, login: &str, operator: &str, operation: &str, content: &str) -> String {
    let packet = format!("<packet><{operator}><{operation}>{content}</{operation}></{operator}></packet>");
    let headers = [("HTTP_AUTH_LOGIN", login), ("HTTP_AUTH_PASSWD", "s3cret!")];
    let body = send(sim, &format!("POST {PATH}"), &headers, packet.as_bytes()).body;
    assert_valid(&body);
    let start = body.split_once(&format!("<{operation}>")).unwrap_or_else(|| panic!("{body}")).1;
    start.split_once(&format!("</{operation}>")).expect("the end").0.to_owned()
}

fn denied(body: &str) -> String {
    error_result(1006, "Permission denied.", body)
}

fn filter_id(id: u64) -> String {
    format!("<filter><id>{id}</id></filter>")
}

#[test]
fn empty_filter_returns_only_own_objects() {
    let sim = start();
    let objects = setup(&sim);
    let dataset = "<filter/><dataset/>";
    let customer = |id: u64| format!("<result><status>ok</status><id>{id}</id><data/></result>");
    assert_eq!(run_as(&sim, "rita", "customer", "get", dataset), customer(objects.jo));
    assert_eq!(run_as(&sim, "jo", "customer", "get", dataset), customer(objects.jo));
    assert_eq!(run_as(&sim, "rita", "webspace", "get", dataset), customer(objects.webspace));
    let site = format!("<site-id>{}</site-id>", objects.webspace);
    for login in ["rita", "jo"] {
        for (operator, operation) in [("mail", "get_prefs"), ("dns", "get_rec")] {
            let reply = run_as(&sim, login, operator, operation, "<filter/>");
            let found = reply.matches("<site-id>").count();
            assert!(found > 0 && found == reply.matches(&site).count(), "{login} {operator}: {reply}");
        }
        let rotation = run_as(&sim, login, "log-rotation", "get-status", "<filter/>");
        assert_eq!(
            rotation,
            format!("<result><status>ok</status><id>{}</id><enabled>true</enabled></result>", objects.webspace)
        );
    }
    assert_eq!(run_as(&sim, "al", "reseller", "get", dataset), BARE_OK);
}

#[test]
fn objects_of_others_are_denied() {
    let sim = start();
    let objects = setup(&sim);
    let body = |id: u64| denied(&format!("<filter-id>{id}</filter-id>"));
    for (login, id) in [("rita", objects.al), ("jo", objects.al), ("al", objects.jo)] {
        for (operation, rest) in [("get", "<dataset/>"), ("del", ""), ("set", "<values/>")] {
            let reply = run_as(&sim, login, "customer", operation, &(filter_id(id) + rest));
            assert_eq!(reply, body(id), "{login} {operation}");
        }
    }
    let reply = run_as(&sim, "al", "webspace", "del", &filter_id(objects.webspace));
    assert_eq!(reply, body(objects.webspace));
    let owner = format!("<filter><owner-id>{}</owner-id></filter><dataset/>", objects.jo);
    assert_eq!(text(&run_as(&sim, "al", "webspace", "get", &owner), "errcode"), "1006");
    assert_eq!(sim.state().customers.len(), 2);
}

#[test]
fn reseller_creates_and_deletes_its_customers() {
    let sim = start();
    let objects = setup(&sim);
    let person = |login: &str, rest: &str| {
        format!("<gen_info><pname>P</pname><login>{login}</login><passwd>s3cret!</passwd>{rest}</gen_info>")
    };
    let reply = run_as(&sim, "rita", "customer", "add", &person("kim", ""));
    let id: u64 = text(&reply, "id").parse().expect("a number");
    assert_eq!(sim.state().customers[&id].owner, objects.rita);
    assert_eq!(run_as(&sim, "rita", "customer", "del", &filter_id(id)), ok_for(id, id));

    let foreign = person("kim", "<owner-id>1</owner-id>");
    assert_eq!(run_as(&sim, "rita", "customer", "add", &foreign), denied(""));
    assert_eq!(run_as(&sim, "jo", "customer", "add", &person("kim", "")), denied(""));
    let reseller = person("kim", "").replace("gen_info", "gen-info");
    assert_eq!(run_as(&sim, "rita", "reseller", "add", &reseller), denied(""));
}

#[test]
fn customer_changes_its_own_data_but_cannot_delete_itself() {
    let sim = start();
    let objects = setup(&sim);
    let values = "<values><gen_info><city>Ulm</city></gen_info></values>";
    let set = run_as(&sim, "jo", "customer", "set", &(filter_id(objects.jo) + values));
    assert_eq!(set, ok_for(objects.jo, objects.jo));
    let own = format!("<filter-id>{0}</filter-id><id>{0}</id>", objects.jo);
    assert_eq!(run_as(&sim, "jo", "customer", "del", &filter_id(objects.jo)), denied(&own));
    assert_eq!(sim.state().customers[&objects.jo].city, "Ulm");
}
