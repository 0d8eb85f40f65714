//! The IP addresses that a reseller can assign to customers.

use std::collections::BTreeMap;
use std::net::IpAddr;

use plesk_protocol::reseller::{
    IpPool, IpPoolIp, IppoolAddIp, IppoolAddIpResult, IppoolDelIp, IppoolDelIpResult, IppoolSetIp, IppoolSetIpResult,
    Object, Reseller,
};
use plesk_protocol::server::IpType;
use plesk_wire::packet::{EachReply, Outcome};
use plesk_wire::xml::Content;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::query::{IntoKey, impl_into_key};
use crate::shared::reply::refused_reply;
use crate::shared::scope::lookup_all;
use crate::state::{ResellerSettings, State};

impl_into_key! {
    Reseller { ResellerId => Id, ExternalId => ExternalId, }
}

pub(super) fn add(state: &mut State, add: IppoolAddIp) -> Result<EachReply<IppoolAddIpResult>, Refusal> {
    let available = state.ip_addresses.clone();
    let addresses = add.ip.into_iter().map(|ip| (ip.ip_address, ip.ip_type.unwrap_or(IpType::Shared)));
    edit_each(state, add.reseller, addresses.collect(), |pool, address, kind| {
        // Adding an address twice is no error: the pool is the same.
        let found = available.contains(&address);
        if found {
            pool.insert(address, kind);
        }
        found
    })
}

pub(super) fn delete(state: &mut State, del: IppoolDelIp) -> Result<EachReply<IppoolDelIpResult>, Refusal> {
    let addresses = del.ip_address.into_iter().map(|address| (address, ()));
    edit_each(state, del.reseller, addresses.collect(), |pool, address, ()| pool.remove(&address).is_some())
}

pub(super) fn set(state: &mut State, set: IppoolSetIp) -> Result<EachReply<IppoolSetIpResult>, Refusal> {
    let addresses = set.filter.ip_address.into_iter().map(|address| (address, set.values.ip_type.clone()));
    edit_each(state, set.reseller, addresses.collect(), |pool, address, kind| {
        pool.get_mut(&address).map(|old| *old = kind).is_some()
    })
}

/// Returns the pool, as `get` reports it.
pub(super) fn read(settings: &ResellerSettings) -> IpPool {
    let addresses = settings.ip_pool.iter().map(|(address, kind)| {
        build(|ip: &mut IpPoolIp| {
            ip.ip_address = address.to_string();
            ip.ip_type.clone_from(kind);
        })
    });
    build(|pool: &mut IpPool| pool.ip = addresses.collect())
}

/// The body of a result that reports on an IP address or on the reseller.
trait PoolResult: Content {
    fn set_object(&mut self, object: Object);
}

macro_rules! impl_pool_result {
    ($($result:ty)*) => {$(
        impl PoolResult for $result {
            fn set_object(&mut self, object: Object) {
                self.object = Some(object);
            }
        }
    )*};
}

impl_pool_result! { IppoolAddIpResult IppoolDelIpResult IppoolSetIpResult }

/// Runs `edit` on the pool for each address, and returns one `result` for each. `edit` returns `false`
/// if the address does not exist.
fn edit_each<D, B: PoolResult>(
    state: &mut State,
    reseller: Reseller,
    addresses: Vec<(String, D)>,
    mut edit: impl FnMut(&mut BTreeMap<IpAddr, IpType>, IpAddr, D) -> bool,
) -> Result<EachReply<B>, Refusal> {
    if let Err(refusal) = state.require_administrator() {
        return Ok(refused_reply(refusal));
    }
    let key = reseller.clone().into_key()?;
    let id = lookup_all(&state.resellers, &key).first().map(|reseller| reseller.id);
    let Some(account) = id.and_then(|id| state.resellers.get_mut(&id)) else {
        let body = build(|body: &mut B| {
            if let Reseller::ResellerId(id) = reseller {
                body.set_object(Object::ResellerId(id));
            }
        });
        return Ok(vec![Refusal::not_found("Reseller").into_outcome(body)].into());
    };
    let results = addresses.into_iter().map(|(text, data)| {
        let address = text.trim().parse().ok();
        let found = address.is_some_and(|address| edit(&mut account.reseller.ip_pool, address, data));
        let body = build(|body: &mut B| body.set_object(Object::IpAddress(text)));
        if found { Outcome::ok(body) } else { Refusal::not_found("IP address").into_outcome(body) }
    });
    Ok(results.collect())
}
