//! Which objects the account that sent a packet may see and change.

use super::account::ADMINISTRATOR_ID;
use super::objects::State;
use super::table::IndexKey;
use crate::authentication::Caller;
use crate::refusal::Refusal;

impl State {
    /// Notes who sent the packet that is carried out next.
    pub(crate) fn set_caller(&mut self, caller: Caller) {
        (self.caller, self.caller_address) = (caller.account, caller.address);
    }

    /// Refuses the operation unless the administrator sent the packet.
    pub(crate) fn require_administrator(&self) -> Result<(), Refusal> {
        if self.caller == ADMINISTRATOR_ID { Ok(()) } else { Err(Refusal::permission_denied()) }
    }

    /// Refuses the operation unless the sender of the packet may see and change the objects of this account.
    pub(crate) fn require_access(&self, owner: u64) -> Result<(), Refusal> {
        if self.may_access(owner) { Ok(()) } else { Err(Refusal::permission_denied()) }
    }

    /// Refuses the operation unless the administrator or a reseller sent the packet.
    pub(crate) fn require_provider(&self) -> Result<(), Refusal> {
        if self.customers.contains_key(&self.caller) { Err(Refusal::permission_denied()) } else { Ok(()) }
    }

    /// Returns the owner of an object that the packet creates: the requested one, which the sender must
    /// have access to, or the sender.
    pub(crate) fn owner_or_caller(&self, requested: Option<u64>) -> Result<u64, Refusal> {
        let owner = requested.unwrap_or(self.caller);
        self.require_access(owner).map(|()| owner)
    }

    /// Returns the IDs of the sender of the packet and of its customers.
    pub(crate) fn caller_and_customers(&self) -> impl Iterator<Item = u64> {
        std::iter::once(self.caller).chain(self.customers_of(self.caller))
    }

    /// Returns the IDs of the domains that the sender of the packet may see and change: main domains first.
    pub(crate) fn visible_domains(&self) -> Vec<u64> {
        if self.caller == ADMINISTRATOR_ID {
            return self.domains().map(|domain| domain.id()).collect();
        }
        let subscriptions =
            self.caller_and_customers().flat_map(|owner| self.subscriptions.lookup_ids(IndexKey::Owner(owner)));
        let mut ids: Vec<u64> = subscriptions.collect();
        ids.sort_unstable();
        let mut sites: Vec<u64> =
            ids.iter().flat_map(|id| self.sites.lookup_ids(IndexKey::Subscription(*id))).collect();
        sites.sort_unstable();
        ids.extend(sites);
        ids
    }

    /// Returns `true` if the sender of the packet may see and change the objects of this account: the
    /// administrator those of everyone, a reseller its own and those of its customers, a customer its own.
    pub(crate) fn may_access(&self, owner: u64) -> bool {
        self.caller == ADMINISTRATOR_ID || self.caller == owner || self.provider_of(owner) == self.caller
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn may_access_follows_the_hierarchy_of_accounts() {
        let mut state = State::new();
        let (reseller, other) = (state.add_reseller("rita").id, state.add_reseller("rob").id);
        let customer = state.add_customer("jo").id;
        let direct = state.add_customer("al").id;
        state.customers.get_mut(&customer).expect("jo").owner = reseller;
        for (caller, expected) in [
            (ADMINISTRATOR_ID, [true; 5]),
            (reseller, [false, true, false, true, false]),
            (other, [false, false, true, false, false]),
            (customer, [false, false, false, true, false]),
            (direct, [false, false, false, false, true]),
        ] {
            state.caller = caller;
            let owners = [ADMINISTRATOR_ID, reseller, other, customer, direct];
            assert_eq!(owners.map(|owner| state.may_access(owner)), expected, "{caller}");
            assert_eq!(state.require_administrator().is_ok(), caller == ADMINISTRATOR_ID);
        }
    }
}
