//! A customer neither changes nor sees what belongs to others, whatever operation it sends and however the operation names it.

use std::collections::{BTreeMap, BTreeSet};

use plesk_conformance::packet::{Element, Node};
use plesk_conformance::samples::samples;
use plesk_conformance::{Direction, protocol};
use plesk_sim::{Hosting, Sim, State};

use crate::support::{PATH, run, send, start, text};

/// The name of every object of others that is not a domain.
const NAME: &str = "shared";
/// The domain of others. The other domains of others end in it.
const DOMAIN: &str = "jo.example";

/// Adds objects of every kind that belong to a reseller, its customer and the administrator.
fn add_objects_of_others(sim: &Sim) {
    let (webspace, database) = {
        let mut state = sim.state();
        let rita = state.add_reseller("rita").id;
        let jo = state.add_customer("jo").id;
        state.customers.get_mut(&jo).expect("jo").owner = rita;
        let subscription = state.add_subscription(jo, DOMAIN);
        subscription.hosting = Hosting::Physical(BTreeMap::new());
        let webspace = subscription.id;
        state.add_site(webspace, &format!("site.{DOMAIN}"));
        state.add_mail_account(webspace, NAME);
        state.add_service_plan(rita, NAME);
        state.add_service_plan_addon(rita, NAME);
        state.add_ftp_user(webspace, NAME);
        (webspace, state.add_database(webspace, 1, NAME).id)
    };
    let id = |reply: &str| text(reply, "id").to_owned();
    run(
        sim,
        "database",
        "add-db-user",
        &format!("<db-id>{database}</db-id><login>{NAME}</login><password>s3cret!x</password>"),
    );
    let of_site = format!("<site-id>{webspace}</site-id>");
    let directory = id(&run(sim, "protected-dir", "add", &format!("{of_site}<name>{NAME}</name>")));
    let user = format!("<pd-id>{directory}</pd-id><login>{NAME}</login><password>s3cret!x</password>");
    run(sim, "protected-dir", "add-user", &user);
    run(sim, "site-alias", "create", &format!("{of_site}<name>alias.{DOMAIN}</name>"));
    run(sim, "subdomain", "add", &format!("<parent>{DOMAIN}</parent><name>sub</name>"));
    run(sim, "virtdir", "create", &format!("{of_site}<name>{NAME}</name><properties/>"));
    let record = "<type>TXT</type><host>host</host><value>value</value>";
    run(sim, "dns", "add_rec", &format!("{of_site}{record}"));
    let state = sim.state();
    let counts = [
        state.sites.len(),
        state.site_aliases.len(),
        state.database_users.len(),
        state.protected_dir_users.len(),
        state.virtual_dirs.len(),
    ];
    assert_eq!(counts, [2, 1, 1, 1, 1], "every request above succeeds");
}

/// Returns the IDs of the objects that the customer may not see.
fn ids_of_others(state: &State, own: u64) -> BTreeSet<u64> {
    let mut ids: BTreeSet<u64> = BTreeSet::from([1]);
    ids.extend(state.customers.keys().filter(|id| **id != own));
    ids.extend(state.resellers.keys());
    ids.extend(state.subscriptions.keys());
    ids.extend(state.sites.keys());
    ids.extend(state.site_aliases.keys());
    ids.extend(state.service_plans.keys());
    ids.extend(state.service_plan_addons.keys());
    ids.extend(state.databases.keys());
    ids.extend(state.database_users.keys());
    ids.extend(state.protected_dirs.keys());
    ids.extend(state.protected_dir_users.keys());
    ids.extend(state.mail_accounts.keys());
    ids.extend(state.ftp_users.keys());
    ids.extend(state.certificates.keys());
    ids
}

/// Replaces the IDs, logins and names in a request, so that they name objects of others.
fn name_objects(element: &mut Element, id: &str, login: &str, name: &str) {
    let is_setting = element.content.iter().any(|node| matches!(node, Node::Element(child) if child.name == "value"));
    for node in &mut element.content {
        let Node::Element(child) = node else { continue };
        let own = child.name.to_lowercase();
        let replacement = match own.as_str() {
            "external-id" => None,
            own if own.ends_with("guid") => None,
            own if own.ends_with("id") => Some(id),
            own if own.ends_with("login") => Some(login),
            // The name next to a value is that of a setting.
            "name" if is_setting => None,
            own if own.ends_with("name") || own == "parent" => Some(name),
            _ => None,
        };
        match (replacement, child.content.as_mut_slice()) {
            (Some(replacement), [Node::Text { text, .. }]) => replacement.clone_into(text),
            _ => name_objects(child, id, login, name),
        }
    }
}

/// Returns the names of the parts of the state that differ, but for what every account may have of its own: secret keys,
/// sessions, buttons, the events that they cause, and its own account.
macro_rules! changed_parts {
    ($before:expr, $after:expr; $($field:ident)*) => {{
        let mut changed = Vec::new();
        $(if $before.$field != $after.$field {
            changed.push(stringify!($field));
        })*
        changed
    }};
}

fn find_changes(before: &State, after: &State, own: u64) -> Vec<&'static str> {
    let mut changed = changed_parts!(before, after;
        administrator resellers subscriptions sites site_aliases service_plans service_plan_addons reseller_plans
        ip_addresses ip_details server dns databases database_users protected_dirs protected_dir_users mail_accounts
        db_servers ftp_users virtual_dirs log_rotations certificates enforce_limits applications plan_items extensions);
    let others =
        |state: &State| -> Vec<_> { state.customers.values().filter(|customer| customer.id != own).cloned().collect() };
    if others(before) != others(after) {
        changed.push("customers");
    }
    changed
}

#[test]
fn customer_changes_and_sees_nothing_of_others_by_any_operation() {
    let protocol = protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
    let (samples, _) = samples(&protocol, Direction::Request);
    let sim = start();
    add_objects_of_others(&sim);
    let (eve, key) = {
        let mut state = sim.state();
        let eve = state.add_customer("eve").id;
        (eve, state.add_secret_key(eve))
    };
    let before = sim.state().clone();
    let ids = ids_of_others(&before, eve);
    assert!(ids.len() >= 15, "{ids:?}");
    let guids: Vec<&str> = [&before.customers[&before.subscriptions.values().next().expect("jo.example").owner].guid]
        .into_iter()
        .chain(before.subscriptions.values().map(|subscription| &subscription.guid))
        .chain(before.resellers.values().map(|reseller| &reseller.guid))
        .map(String::as_str)
        .collect();

    let mut problems = BTreeSet::new();
    for sample in &samples {
        let operation = sample.name.split(',').next().expect("a name");
        let variants = ids.iter().map(|id| (id.to_string(), NAME)).chain([("1".to_owned(), DOMAIN)]);
        for (id, name) in variants {
            let mut packet = sample.packet.clone();
            // Any version is valid by the schema, but the server accepts only those that it knows.
            packet.attributes.retain(|attribute| attribute.name != "version");
            name_objects(&mut packet, &id, "jo", name);
            let request = packet.to_xml();
            let body = send(&sim, &format!("POST {PATH}"), &[("KEY", &key)], request.as_bytes()).body;
            assert!(body.contains("<packet"), "{}: {body}", sample.name);
            if guids.iter().any(|guid| body.contains(guid)) || (body.contains(DOMAIN) && !request.contains(DOMAIN)) {
                problems.insert(format!("{operation} shows objects of others"));
            }
            let mut after = sim.state();
            let changed = find_changes(&before, &after, eve);
            if !changed.is_empty() {
                problems.insert(format!("{operation} changes {}", changed.join(", ")));
                *after = before.clone();
            }
        }
    }
    let problems: Vec<String> = problems.into_iter().collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
