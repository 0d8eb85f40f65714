//! Operator `ip`: the IP addresses of the server.

use std::net::IpAddr;

use plesk_protocol::ip::{
    Add, AddResult, AddressesIpInfo, DelResult, Filter, GetResult, GetResultAddresses, Request, Requests, Response,
    Responses, Set, SetResult, SetValue,
};
use plesk_protocol::server::IpType;
use plesk_wire::packet::{EachReply, ErrorCode};
use plesk_wire::xml::Content;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::reply::{each_reply, single_reply};
use crate::state::{ADMINISTRATOR_ID, IpDetails, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    Ok(match request {
        Request::Get(_) => Response::Get(each_reply([Ok(list(state))])),
        Request::Add(request) => Response::Add(single_reply(add(state, &request))),
        Request::Set(Set { filter, value, .. }) => Response::Set(for_each(filter, |address| {
            set(state, address, value.as_ref())?;
            Ok(build(|result: &mut SetResult| result.ip_address = Some(address.to_string())))
        })),
        Request::Del(request) => Response::Del(for_each(request.filter, |address| {
            delete(state, address)?;
            Ok(build(|result: &mut DelResult| result.ip_address = Some(address.to_string())))
        })),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Runs `act` on each address of the filter.
fn for_each<B: Content>(filter: Filter, mut act: impl FnMut(IpAddr) -> Result<B, Refusal>) -> EachReply<B> {
    each_reply(filter.ip_address.iter().map(|text| act(text.trim().parse().map_err(|_| unknown(text))?)))
}

fn unknown(address: impl std::fmt::Display) -> Refusal {
    Refusal::new(ErrorCode::IP_NOT_FOUND, format!("The server has no IP address {address}"))
}

/// Returns the addresses that the caller may use, IPv4 first: a client that takes the first one expects IPv4.
fn list(state: &State) -> GetResult {
    let pool = state.resellers.get(&state.caller).map(|reseller| &reseller.reseller.ip_pool);
    let used = |address: &IpAddr| {
        state.subscriptions_of(state.caller).any(|subscription| subscription.ip_addresses.contains(address))
    };
    let visible = |address: &&IpAddr| match pool {
        Some(pool) => pool.contains_key(*address),
        None => state.caller == ADMINISTRATOR_ID || used(address),
    };
    let mut addresses: Vec<IpAddr> = state.ip_addresses.iter().filter(visible).copied().collect();
    addresses.sort_by_key(IpAddr::is_ipv6);
    let info = |address: IpAddr| {
        let details = state.ip_details(address);
        build(|info: &mut AddressesIpInfo| {
            info.ip_address = address.to_string();
            info.netmask = details.netmask.to_string();
            info.r#type = pool.and_then(|pool| pool.get(&address)).cloned().unwrap_or(details.kind);
            info.interface = details.interface;
            info.public_ip_address = details.public.map(|public| public.to_string());
        })
    };
    build(|result: &mut GetResult| {
        result.addresses = Some(build(|list: &mut GetResultAddresses| {
            list.ip_info = addresses.into_iter().map(info).collect();
        }));
    })
}

fn add(state: &mut State, add: &Add) -> Result<AddResult, Refusal> {
    state.require_administrator()?;
    let address = parse(&add.ip_address)?;
    if state.ip_addresses.contains(&address) {
        // The protocol documents 1013, not 1007, for an address that exists.
        return Err(Refusal::new(ErrorCode::NOT_FOUND, format!("The IP address {address} already exists")));
    }
    if !state.server.interfaces.contains(&add.interface) {
        let text = format!("The server has no network interface '{}'", add.interface);
        return Err(Refusal::new(ErrorCode::WRONG_INTERFACE, text));
    }
    let details = IpDetails {
        netmask: parse(&add.netmask)?,
        kind: add.r#type.clone(),
        interface: add.interface.clone(),
        public: add.public_ip_address.as_deref().map(parse).transpose()?,
        certificate: None,
    };
    state.ip_addresses.push(address);
    state.ip_details.insert(address, details);
    Ok(build(|result: &mut AddResult| result.ip_address = Some(address.to_string())))
}

fn set(state: &mut State, address: IpAddr, value: Option<&SetValue>) -> Result<(), Refusal> {
    state.require_administrator()?;
    if !state.ip_addresses.contains(&address) {
        return Err(unknown(address));
    }
    let mut details = state.ip_details(address);
    match value {
        Some(SetValue::Type(kind)) => {
            if *kind == IpType::Exclusive && owners(state, address) > 1 {
                let text = format!("Several accounts use the IP address {address}; it must stay shared");
                return Err(Refusal::new(ErrorCode::IP_OPERATION_FAILED, text));
            }
            details.kind = kind.clone();
        }
        Some(SetValue::CertificateName(name)) => details.certificate = Some(name.clone()),
        Some(SetValue::PublicIpAddress(public)) => details.public = Some(parse(public)?),
        // There is one service node: the server itself.
        _ => {}
    }
    state.ip_details.insert(address, details);
    Ok(())
}

fn delete(state: &mut State, address: IpAddr) -> Result<(), Refusal> {
    state.require_administrator()?;
    if !state.ip_addresses.contains(&address) {
        return Err(unknown(address));
    }
    if owners(state, address) > 0 {
        let text = format!("The IP address {address} is in use");
        return Err(Refusal::new(ErrorCode::IP_OPERATION_FAILED, text));
    }
    state.ip_addresses.retain(|other| *other != address);
    state.ip_details.remove(&address);
    for reseller in state.resellers.values_mut() {
        reseller.reseller.ip_pool.remove(&address);
    }
    Ok(())
}

/// Returns the number of accounts whose subscriptions use an address.
fn owners(state: &State, address: IpAddr) -> usize {
    let users = state.subscriptions.values().filter(|subscription| subscription.ip_addresses.contains(&address));
    users.map(|subscription| subscription.owner).collect::<std::collections::BTreeSet<_>>().len()
}

fn parse(text: &str) -> Result<IpAddr, Refusal> {
    text.trim().parse().map_err(|_| Refusal::invalid_value(&format!("'{text}' is not an IP address")))
}
