//! A blank value in a selector of an operation that changes or deletes is a violation, unless it is allowed.

use plesk::{Batch, CodecOptions, Error, Operation, Packet, customer, reseller, session, site, webspace};

use crate::support::{emitted, reachable};

/// The operations that change or delete something that a server has once.
const OF_THE_SERVER: &[&str] = &[
    "aps::ImportConfig",
    "dns::DisableRemoteDns",
    "dns::EnableRemoteDns",
    "dns::SetRecursion",
    "event_log::Get",
    "extension::Call",
    "server::CleanMailQueue",
    "server::DomainRestrictionDisable",
    "server::DomainRestrictionEnable",
    "server::InitialSetup",
    "server::LicInstall",
    "server::LicenseRetrieveKeys",
    "server::LicenseRollbackKey",
    "server::Reboot",
    "server::Set",
    "server::SetPpbConnection",
];

fn check<Op: Operation + 'static>(operation: Op, path: &str) {
    let mut batch = Batch::new();
    let _ = batch.push(operation);
    let Err(Error::Invalid(violations)) = Packet::new(&batch, &CodecOptions::new()) else {
        panic!("{} accepts a blank value", plesk::OperationPath::of::<Op>())
    };
    let blank = violations.as_slice().iter().find(|violation| violation.rule == "blank").expect("a blank value");
    assert!(blank.path.ends_with(path), "{}", blank.path);
    assert!(blank.to_string().contains("give the name or ID"), "{blank}");
    let allowed = Packet::new(&batch, &CodecOptions::new().allow_blank_selectors(true));
    assert!(!format!("{:?}", allowed.err()).contains("blank"));
}

#[test]
fn blank_value_in_a_selector_is_a_violation() {
    for blank in ["", " ", "\n\t"] {
        check(customer::Del::new(customer::Filter::login(blank)), "customer[1]/del/filter/login[1]");
        check(customer::Del::new(customer::Filter::logins(["jo", blank])), "del/filter/login[2]");
        check(customer::Del::new(customer::Filter::external_id(blank)), "filter/external-id[1]");
        check(customer::Del::new(customer::Filter::guid(blank)), "filter/guid[1]");
        check(customer::Set::new(customer::Filter::login(blank), customer::SetValues::new()), "set/filter/login[1]");
        check(reseller::Del::new(reseller::Filter::login(blank)), "filter/login[1]");
        check(webspace::Del::new(webspace::Filter::name(blank)), "filter/name[1]");
        check(webspace::Del::new(webspace::Filter::owner_login(blank)), "filter/owner-login[1]");
        check(site::Del::new(site::Filter::name(blank)), "filter/name[1]");
        check(session::Terminate::new(blank), "session[1]/terminate/session-id");
    }
}

/// What is read may be blank, and so may values that select nothing.
#[test]
fn blank_value_elsewhere_is_accepted() {
    let mut batch = Batch::new();
    let _ = batch.push(customer::Get::new(customer::Filter::external_id(""), customer::Dataset::new()));
    let _ = batch.push(customer::Set::new(
        customer::Filter::login("jo"),
        customer::SetValues::new().gen_info(customer::SetGenInfo::new().phone("")),
    ));
    Packet::new(&batch, &CodecOptions::new()).unwrap();
}

/// Every operation that changes or deletes has a selector that refuses unknown content, in which no value may be blank;
/// or it names the elements that choose its objects; or it changes something that a server has once.
#[test]
fn every_operation_that_changes_or_deletes_names_its_selectors() {
    let items = emitted();
    let operations = items.values().filter(|item| item.operation_value("path").is_some());
    let changing = operations.filter(|item| {
        let effect = item.operation_value("effect").unwrap_or_default();
        effect.contains("Change") || effect.contains("Delete")
    });
    let mut of_the_server = Vec::new();
    for item in changing.filter(|item| !item.head.contains("targets(")) {
        if !reachable(&items, [item.path()], |_| true).iter().any(|path| items[path].denies_unknown()) {
            of_the_server.push(item.path());
        }
    }
    assert_eq!(of_the_server, OF_THE_SERVER);
}
