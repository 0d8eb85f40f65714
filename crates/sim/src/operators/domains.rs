//! The domains of an account.

use plesk_protocol::common::{DomainList, DomainListDomain};

use super::make;
use crate::state::State;

/// The domains of these accounts: the main one of each subscription, the only one that there is
/// here.
pub(super) fn of(state: &State, owners: &[u64]) -> DomainList {
    let subscriptions = owners.iter().flat_map(|owner| state.subscriptions_of(*owner));
    let domains = subscriptions.map(|subscription| {
        make(|domain: &mut DomainListDomain| {
            domain.id = subscription.id.into();
            domain.name = subscription.name.clone();
            domain.ascii_name = subscription.name.clone();
            domain.r#type = "domain".to_owned();
            domain.main = true;
            domain.guid = subscription.guid.clone();
            domain.external_id = subscription.external_id.clone().unwrap_or_default();
        })
    });
    make(|list: &mut DomainList| list.domain = domains.collect())
}
