//! Lists the domains of accounts.

use plesk_protocol::common::{DomainList, DomainListDomain, DomainListDomainType};

use super::build::build;
use crate::state::State;

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
