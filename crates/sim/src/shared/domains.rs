//! Finds domains and subscriptions, and lists those of accounts.

use plesk_protocol::common::{DomainList, DomainListDomain, DomainListDomainType};

use plesk_wire::packet::ErrorCode;

use super::build::build;
use crate::refusal::Refusal;
use crate::state::{IndexKey, State};

/// Returns the ID of a domain that the sender of the packet may see and change.
pub(crate) fn find_domain(state: &State, id: u64) -> Result<u64, Refusal> {
    if state.domain(id).is_none() {
        return Err(domain_not_found());
    }
    state.require_access_to_domain(id).map(|()| id)
}

/// Returns the ID of the domain with this name, if the sender of the packet may see and change it.
pub(crate) fn find_domain_named(state: &State, name: &str) -> Result<u64, Refusal> {
    find_domain(state, state.domain_named(name).ok_or_else(domain_not_found)?.id())
}

/// A domain does not exist. The wording is that of Plesk, and clients compare it.
pub(crate) fn domain_not_found() -> Refusal {
    Refusal::new(ErrorCode::OWNER_NOT_FOUND, "Domain does not exist.")
}

/// Returns the ID of a subscription that the sender of the packet may change.
pub(crate) fn find_subscription(state: &State, id: u64) -> Result<u64, Refusal> {
    let subscription = state.subscriptions.get(&id).ok_or_else(|| Refusal::not_found("Subscription"))?;
    state.require_access(subscription.owner).map(|()| id)
}

/// Returns the ID of the subscription with this main domain, if the sender of the packet may change it.
pub(crate) fn find_subscription_named(state: &State, name: &str) -> Result<u64, Refusal> {
    let subscription = state.subscriptions.lookup_first(IndexKey::Name(&name.trim().to_ascii_lowercase()));
    find_subscription(state, subscription.ok_or_else(|| Refusal::not_found("Subscription"))?.id)
}

/// Returns the domains of these accounts: the main domain of each subscription, because no others
/// are modeled.
pub(crate) fn list_domains(state: &State, owners: &[u64]) -> DomainList {
    let subscriptions = owners.iter().flat_map(|owner| state.subscriptions_of(*owner));
    let domains = subscriptions.map(|subscription| {
        build(|domain: &mut DomainListDomain| {
            domain.id = subscription.id.into();
            domain.name = subscription.name.clone();
            domain.ascii_name = subscription.name.clone();
            domain.r#type = DomainListDomainType::Domain;
            domain.main = true;
            domain.guid = subscription.guid.clone();
            domain.external_id = subscription.external_id.clone().unwrap_or_default();
        })
    });
    build(|list: &mut DomainList| list.domain = domains.collect())
}
