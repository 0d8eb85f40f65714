//! The hosting of subscriptions, and the IP addresses that it stands at.

use std::collections::BTreeMap;
use std::net::IpAddr;

use plesk_protocol::{common, webspace};
use plesk_wire::packet::{ErrorCode, Secret};
use plesk_wire::xml::Any;

use super::settings::{properties, put_properties};
use super::{descriptors, make, not_modelled};
use crate::refusal::Refusal;
use crate::state::{Hosting, State, Subscription};

/// The properties that `hosting-basic` returns.
const BASIC: &[&str] = &["ftp_login", "ftp_quota", "ssl", "php"];

/// Gives the subscription the hosting that a request asks for.
pub(super) fn change(state: &State, subscription: &mut Subscription, asked: webspace::Hosting) -> Result<(), Refusal> {
    use webspace::Hosting as H;
    let (hosting, addresses) = match asked {
        H::VrtHst(asked) => {
            // Properties that are not sent stay as they are; another kind of hosting had none.
            let mut properties = match &subscription.hosting {
                Hosting::Physical(properties) => properties.clone(),
                _ => BTreeMap::new(),
            };
            put_properties(&mut properties, &asked.property);
            check_user(state, subscription.id, &properties)?;
            (Hosting::Physical(properties), asked.ip_address)
        }
        H::StdFwd(asked) => {
            (Hosting::StandardForwarding { url: asked.dest_url.into(), code: asked.http_code }, asked.ip_address)
        }
        H::FrmFwd(asked) => (Hosting::FrameForwarding { url: asked.dest_url.into() }, asked.ip_address),
        H::None(_) => (Hosting::None, Vec::new()),
        other => return Err(not_modelled(&other)),
    };
    change_addresses(state, subscription, &addresses)?;
    subscription.hosting = hosting;
    Ok(())
}

/// Whether a request asks for something else than the plan gives.
pub(super) fn departs(asked: &webspace::Hosting, plan: &BTreeMap<String, Secret>) -> bool {
    match asked {
        webspace::Hosting::VrtHst(asked) => {
            asked.property.iter().any(|own| plan.get(&own.name).is_some_and(|given| *given != own.value))
        }
        _ => true,
    }
}

/// Web hosting needs a system user, whose name no other subscription has.
fn check_user(state: &State, id: u64, properties: &BTreeMap<String, Secret>) -> Result<(), Refusal> {
    let value = |name: &str| properties.get(name).map(Secret::expose).filter(|value| !value.is_empty());
    let login = value("ftp_login").ok_or_else(|| Refusal::invalid("Web hosting needs the property ftp_login"))?;
    if value("ftp_password").is_none() {
        return Err(Refusal::invalid("Web hosting needs the property ftp_password"));
    }
    let taken = state.subscriptions.values().filter(|other| other.id != id).any(|other| match &other.hosting {
        Hosting::Physical(properties) => properties.get("ftp_login").is_some_and(|other| other.expose() == login),
        _ => false,
    });
    if taken { Err(Refusal::taken(&format!("The system user '{login}'"))) } else { Ok(()) }
}

/// Moves the subscription to other addresses, if any are given.
pub(super) fn change_addresses(
    state: &State,
    subscription: &mut Subscription,
    texts: &[String],
) -> Result<(), Refusal> {
    let addresses = texts.iter().map(|text| address(state, text)).collect::<Result<Vec<_>, _>>()?;
    let v4 = addresses.iter().filter(|address| address.is_ipv4()).count();
    if v4 > 1 || addresses.len() - v4 > 1 {
        return Err(Refusal::invalid("A subscription has at most one IPv4 address and one IPv6 address"));
    }
    if !addresses.is_empty() {
        subscription.ip_addresses = addresses;
    }
    Ok(())
}

/// An IP address of the server.
pub(super) fn address(state: &State, text: &str) -> Result<IpAddr, Refusal> {
    let address = text.trim().parse().map_err(|_| Refusal::invalid(&format!("'{text}' is not an IP address")))?;
    if !state.ip_addresses.contains(&address) {
        return Err(Refusal::new(ErrorCode::IP_NOT_FOUND, format!("The server has no IP address {address}")));
    }
    Ok(address)
}

/// The hosting as `get` returns it: what was never set has the value of a new subscription.
pub(super) fn read(subscription: &Subscription, basic: bool) -> common::Hosting {
    let addresses = || subscription.ip_addresses.iter().map(ToString::to_string).collect();
    match &subscription.hosting {
        Hosting::None => common::Hosting::None(Any::empty()),
        Hosting::Physical(set) => {
            let mut all: BTreeMap<String, Secret> = descriptors::hosting_defaults();
            all.extend(set.clone());
            all.retain(|name, _| !basic || BASIC.contains(&name.as_str()));
            common::Hosting::VrtHst(make(|hosting: &mut common::HostingVrtHst| {
                hosting.property = properties(&all);
                hosting.ip_address = addresses();
            }))
        }
        Hosting::StandardForwarding { url, code } => {
            common::Hosting::StdFwd(make(|hosting: &mut common::HostingStdFwd| {
                hosting.dest_url = url.into();
                hosting.http_code = *code;
                hosting.ip_address = addresses();
            }))
        }
        Hosting::FrameForwarding { url } => common::Hosting::FrmFwd(make(|hosting: &mut common::HostingFrmFwd| {
            hosting.dest_url = url.into();
            hosting.ip_address = addresses();
        })),
    }
}
