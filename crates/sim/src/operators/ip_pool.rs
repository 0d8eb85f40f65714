//! The IP addresses that a reseller hands out.

use std::collections::BTreeMap;
use std::net::IpAddr;

use plesk_protocol::reseller::{
    IpPool, IpPoolIp, IppoolAddIp, IppoolAddIpResult, IppoolDelIp, IppoolDelIpResult, IppoolSetIp, IppoolSetIpResult,
    Object, Reseller,
};
use plesk_protocol::server::IpType;
use plesk_wire::packet::{EachReply, Outcome};
use plesk_wire::xml::Content;

use super::filter::find;
use super::make;
use super::selectors::Names;
use crate::refusal::Refusal;
use crate::state::{ResellerSettings, State};

pub(super) fn add(state: &mut State, add: IppoolAddIp) -> Result<EachReply<IppoolAddIpResult>, Refusal> {
    let server = state.ip_addresses.clone();
    let addresses = add.ip.into_iter().map(|ip| (ip.ip_address, ip.ip_type.unwrap_or(IpType::Shared)));
    each(state, add.reseller, addresses.collect(), |pool, address, kind| {
        // An address that is there already is no error: the outcome is the same.
        let there = server.contains(&address);
        if there {
            pool.insert(address, kind);
        }
        there
    })
}

pub(super) fn del(state: &mut State, del: IppoolDelIp) -> Result<EachReply<IppoolDelIpResult>, Refusal> {
    let addresses = del.ip_address.into_iter().map(|address| (address, ()));
    each(state, del.reseller, addresses.collect(), |pool, address, ()| pool.remove(&address).is_some())
}

pub(super) fn set(state: &mut State, set: IppoolSetIp) -> Result<EachReply<IppoolSetIpResult>, Refusal> {
    let addresses = set.filter.ip_address.into_iter().map(|address| (address, set.values.ip_type.clone()));
    each(state, set.reseller, addresses.collect(), |pool, address, kind| {
        pool.get_mut(&address).map(|old| *old = kind).is_some()
    })
}

/// The pool, as `get` returns it.
pub(super) fn read(settings: &ResellerSettings) -> IpPool {
    let addresses = settings.ip_pool.iter().map(|(address, kind)| {
        make(|ip: &mut IpPoolIp| {
            ip.ip_address = address.to_string();
            ip.ip_type.clone_from(kind);
        })
    });
    make(|pool: &mut IpPool| pool.ip = addresses.collect())
}

/// A result that has room for what it is about.
trait AboutAddress: Content {
    fn about(&mut self, object: Object);
}

macro_rules! about_address {
    ($($result:ty)*) => {$(
        impl AboutAddress for $result {
            fn about(&mut self, object: Object) {
                self.object = Some(object);
            }
        }
    )*};
}

about_address! { IppoolAddIpResult IppoolDelIpResult IppoolSetIpResult }

/// Does one thing with each address; `act` says whether it could.
fn each<D, B: AboutAddress>(
    state: &mut State,
    reseller: Reseller,
    addresses: Vec<(String, D)>,
    mut act: impl FnMut(&mut BTreeMap<IpAddr, IpType>, IpAddr, D) -> bool,
) -> Result<EachReply<B>, Refusal> {
    let named = reseller.clone().named()?;
    let Some(reseller) =
        find(state.resellers.values(), &named).map(|reseller| reseller.id).and_then(|id| state.resellers.get_mut(&id))
    else {
        let body = make(|body: &mut B| {
            if let Reseller::ResellerId(id) = reseller {
                body.about(Object::ResellerId(id));
            }
        });
        return Ok(vec![Refusal::not_found("Reseller").into_outcome(body)].into());
    };
    let results = addresses.into_iter().map(|(text, data)| {
        let address = text.trim().parse().ok();
        let done = address.is_some_and(|address| act(&mut reseller.reseller.ip_pool, address, data));
        let body = make(|body: &mut B| body.about(Object::IpAddress(text)));
        if done { Outcome::ok(body) } else { Refusal::not_found("IP address").into_outcome(body) }
    });
    Ok(results.collect())
}
