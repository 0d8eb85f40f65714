//! Which objects an account owns, and the deletion of an object with everything it owns.

use super::account::{ADMINISTRATOR_ID, Account};
use super::objects::State;
use super::subscription::Subscription;
use super::table::{IndexKey, Record};

impl State {
    /// Returns the account with this ID, of any kind.
    pub(crate) fn account(&self, id: u64) -> Option<&Account> {
        self.provider(id).or_else(|| self.customers.get(&id))
    }

    /// Returns the administrator or reseller with this ID.
    pub(crate) fn provider(&self, id: u64) -> Option<&Account> {
        if id == ADMINISTRATOR_ID { Some(&self.administrator) } else { self.resellers.get(&id) }
    }

    /// Returns the first account that has this key: the administrator, a reseller or a customer.
    pub(crate) fn lookup_account(&self, key: IndexKey<'_>) -> Option<&Account> {
        self.lookup_provider(key).or_else(|| self.customers.lookup_first(key))
    }

    /// Returns all accounts that have this key.
    pub(crate) fn lookup_accounts(&self, key: IndexKey<'_>) -> Vec<&Account> {
        let administrator = Some(&self.administrator).filter(|administrator| administrator.has_key(key));
        let resellers = self.resellers.lookup(key);
        administrator.into_iter().chain(resellers).chain(self.customers.lookup(key)).collect()
    }

    /// Returns the administrator or the first reseller that has this key.
    pub(crate) fn lookup_provider(&self, key: IndexKey<'_>) -> Option<&Account> {
        if self.administrator.has_key(key) {
            return Some(&self.administrator);
        }
        self.resellers.lookup_first(key)
    }

    /// Returns the account with this ID, of any kind, for a change.
    pub(crate) fn account_mut(&mut self, id: u64) -> Option<&mut Account> {
        if id == ADMINISTRATOR_ID {
            return Some(&mut self.administrator);
        }
        self.resellers.get_mut(&id).or_else(|| self.customers.get_mut(&id))
    }

    /// Returns the ID of the provider of an account: the administrator or reseller whose plans its
    /// subscriptions can follow.
    pub(crate) fn provider_of(&self, account: u64) -> u64 {
        self.customers.get(&account).map_or(account, |customer| customer.owner)
    }

    /// Returns the IDs of the customers of a provider.
    pub(crate) fn customers_of(&self, owner: u64) -> Vec<u64> {
        self.customers.lookup_ids(IndexKey::Owner(owner))
    }

    /// Returns the subscriptions that an account owns itself, not those of its customers.
    pub(crate) fn subscriptions_of(&self, owner: u64) -> impl Iterator<Item = &Subscription> {
        self.subscriptions.lookup(IndexKey::Owner(owner)).into_iter()
    }

    /// Assigns another plan, or none, to the subscriptions of an account, and removes their add-ons.
    pub(crate) fn assign_plan_to_subscriptions_of(&mut self, owner: u64, plan: Option<u64>) {
        for id in self.subscriptions.lookup_ids(IndexKey::Owner(owner)) {
            if let Some(subscription) = self.subscriptions.get_mut(&id) {
                subscription.plan = plan;
                subscription.addons.clear();
            }
        }
    }

    /// Deletes a customer and everything that it owns.
    pub(crate) fn delete_customer(&mut self, id: u64) {
        if let Some(customer) = self.customers.remove(&id) {
            self.delete_owned_objects(&customer);
        }
    }

    /// Deletes a reseller and everything that it owns, including its customers.
    pub(crate) fn delete_reseller(&mut self, id: u64) {
        let Some(reseller) = self.resellers.remove(&id) else { return };
        self.delete_owned_objects(&reseller);
        for customer in self.customers_of(id) {
            self.delete_customer(customer);
        }
    }

    /// Deletes the subscriptions, plans, secret keys, buttons and sessions of an account.
    fn delete_owned_objects(&mut self, account: &Account) {
        for id in self.subscriptions.lookup_ids(IndexKey::Owner(account.id)) {
            self.delete_subscription(id);
        }
        self.secret_keys.retain(|_, key| key.account != account.id);
        self.custom_buttons.remove_all(IndexKey::Owner(account.id));
        self.branding_themes.remove(&account.id);
        self.delete_plans_of(account.id);
        for session in self.sessions.lookup_ids(IndexKey::Name(&account.login)) {
            self.sessions.remove(&session);
        }
    }

    /// Deletes the service plans and add-on plans of an account.
    pub(crate) fn delete_plans_of(&mut self, owner: u64) {
        let plans = self.service_plans.lookup_ids(IndexKey::Owner(owner));
        let addons = self.service_plan_addons.lookup_ids(IndexKey::Owner(owner));
        for plan in plans.into_iter().chain(addons) {
            self.delete_service_plan(plan);
        }
    }

    /// Deletes a service plan or an add-on plan. Subscriptions that had it follow it no longer.
    pub(crate) fn delete_service_plan(&mut self, id: u64) {
        self.service_plans.remove(&id);
        self.service_plan_addons.remove(&id);
        for follower in self.subscriptions.lookup_ids(IndexKey::Plan(id)) {
            let Some(subscription) = self.subscriptions.get_mut(&follower) else { continue };
            subscription.plan.take_if(|plan| *plan == id);
            subscription.addons.remove(&id);
        }
    }
}
