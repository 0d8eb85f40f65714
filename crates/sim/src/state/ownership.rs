//! Which objects an account owns, and the deletion of an object with everything it owns.

use super::account::{ADMINISTRATOR_ID, Account};
use super::objects::State;
use super::subscription::Subscription;

impl State {
    /// Returns the accounts that can own customers and plans: the administrator and the resellers.
    pub(crate) fn providers(&self) -> impl Iterator<Item = &Account> {
        std::iter::once(&self.administrator).chain(self.resellers.values())
    }

    /// Returns all accounts.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.providers().chain(self.customers.values())
    }

    /// Returns the account with this ID, of any kind.
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
        self.customers.values().filter(|customer| customer.owner == owner).map(|customer| customer.id).collect()
    }

    /// Returns the subscriptions that an account owns itself, not those of its customers.
    pub(crate) fn subscriptions_of(&self, owner: u64) -> impl Iterator<Item = &Subscription> {
        self.subscriptions.values().filter(move |subscription| subscription.owner == owner)
    }

    /// Assigns another plan, or none, to the subscriptions of an account, and removes their add-ons.
    pub(crate) fn assign_plan_to_subscriptions_of(&mut self, owner: u64, plan: Option<u64>) {
        for subscription in self.subscriptions.values_mut().filter(|subscription| subscription.owner == owner) {
            subscription.plan = plan;
            subscription.addons.clear();
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

    /// Deletes the subscriptions, plans and sessions of an account.
    fn delete_owned_objects(&mut self, account: &Account) {
        self.subscriptions.retain(|_, subscription| subscription.owner != account.id);
        self.delete_plans_of(account.id);
        self.sessions.retain(|session| session.login != account.login);
    }

    /// Deletes the service plans and add-on plans of an account.
    pub(crate) fn delete_plans_of(&mut self, owner: u64) {
        let plans = self.service_plans.values().chain(self.service_plan_addons.values());
        let plans: Vec<u64> = plans.filter(|plan| plan.owner == owner).map(|plan| plan.id).collect();
        for plan in plans {
            self.delete_service_plan(plan);
        }
    }

    /// Deletes a service plan or an add-on plan. Returns the number of subscriptions that had it.
    pub(crate) fn delete_service_plan(&mut self, id: u64) -> usize {
        self.service_plans.remove(&id);
        self.service_plan_addons.remove(&id);
        let mut followers = 0;
        for subscription in self.subscriptions.values_mut() {
            let followed = subscription.plan.take_if(|plan| *plan == id).is_some();
            followers += usize::from(subscription.addons.remove(&id) || followed);
        }
        followers
    }
}
