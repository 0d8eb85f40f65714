//! Changes and reads the hosting and the IP addresses of subscriptions.

use std::collections::BTreeMap;
use std::net::IpAddr;

use plesk_protocol::{common, webspace};
use plesk_wire::packet::{ErrorCode, Secret};

use crate::refusal::Refusal;
use crate::shared::descriptors::default_hosting;
use crate::shared::hosting::report_hosting;
use crate::shared::settings::set_properties;
use crate::state::{Hosting, IndexKey, State, Subscription};

/// The names of the properties that `hosting-basic` reports.
const BASIC_PROPERTIES: &[&str] = &["ftp_login", "ftp_quota", "ssl", "php"];

/// Changes the hosting of a subscription as requested.
pub(super) fn change(
    state: &State,
    subscription: &mut Subscription,
    requested: webspace::Hosting,
) -> Result<(), Refusal> {
    use webspace::Hosting as H;
    let (hosting, addresses) = match requested {
        H::VrtHst(requested) => {
            // Properties that were not sent stay. Other kinds of hosting have no properties.
            let mut properties = match &subscription.hosting {
                Hosting::Physical(properties) => properties.clone(),
                _ => BTreeMap::new(),
            };
            set_properties(&mut properties, &requested.property);
            check_system_user(state, subscription.id, &properties)?;
            (Hosting::Physical(properties), requested.ip_address)
        }
        H::StdFwd(requested) => (
            Hosting::StandardForwarding { url: requested.dest_url.into(), code: requested.http_code },
            requested.ip_address,
        ),
        H::FrmFwd(requested) => (Hosting::FrameForwarding { url: requested.dest_url.into() }, requested.ip_address),
        H::None(_) => (Hosting::None, Vec::new()),
        other => return Err(Refusal::not_modeled(&other)),
    };
    change_addresses(state, subscription, &addresses)?;
    subscription.hosting = hosting;
    Ok(())
}

/// Returns `true` if the requested hosting differs from that of the plan.
pub(super) fn differs_from_plan(requested: &webspace::Hosting, plan: &BTreeMap<String, Secret>) -> bool {
    match requested {
        webspace::Hosting::VrtHst(requested) => {
            requested.property.iter().any(|own| plan.get(&own.name).is_some_and(|value| *value != own.value))
        }
        _ => true,
    }
}

/// Checks that web hosting has a system user whose name no other subscription uses.
fn check_system_user(state: &State, id: u64, properties: &BTreeMap<String, Secret>) -> Result<(), Refusal> {
    let value = |name: &str| properties.get(name).map(Secret::expose).filter(|value| !value.is_empty());
    let login = value("ftp_login").ok_or_else(|| Refusal::invalid_value("Web hosting needs the property ftp_login"))?;
    if value("ftp_password").is_none() {
        return Err(Refusal::invalid_value("Web hosting needs the property ftp_password"));
    }
    let taken = state.subscriptions.lookup_ids(IndexKey::SystemUser(login)).into_iter().any(|other| other != id)
        || state.ftp_users.lookup_first(IndexKey::Name(login)).is_some();
    if taken { Err(Refusal::already_exists(&format!("The system user '{login}'"))) } else { Ok(()) }
}

/// Moves the subscription to other IP addresses, if there are any.
pub(super) fn change_addresses(
    state: &State,
    subscription: &mut Subscription,
    texts: &[String],
) -> Result<(), Refusal> {
    let addresses = texts.iter().map(|text| parse_address(state, text)).collect::<Result<Vec<_>, _>>()?;
    let v4 = addresses.iter().filter(|address| address.is_ipv4()).count();
    if v4 > 1 || addresses.len() - v4 > 1 {
        return Err(Refusal::invalid_value("A subscription has at most one IPv4 address and one IPv6 address"));
    }
    if !addresses.is_empty() {
        subscription.ip_addresses = addresses;
    }
    Ok(())
}

/// Parses an IP address, which must be one of the server.
fn parse_address(state: &State, text: &str) -> Result<IpAddr, Refusal> {
    let address = text.trim().parse().map_err(|_| Refusal::invalid_value(&format!("'{text}' is not an IP address")))?;
    if !state.ip_addresses.contains(&address) {
        return Err(Refusal::new(ErrorCode::IP_NOT_FOUND, format!("The server has no IP address {address}")));
    }
    Ok(address)
}

/// Returns the hosting, as `get` reports it. Properties that were never set have their default.
pub(super) fn read(subscription: &Subscription, basic: bool) -> common::Hosting {
    report_hosting(&subscription.hosting, &subscription.ip_addresses, |own| {
        let mut all = default_hosting();
        all.extend(own.clone());
        all.retain(|name, _| !basic || BASIC_PROPERTIES.contains(&name.as_str()));
        all
    })
}
