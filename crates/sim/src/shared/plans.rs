//! Assigns plans to subscriptions, and copies what a plan provides.

use plesk_protocol::common::{
    MailMode, MailValues, NonexistentUser, PlanOutputInfo, SubscriptionPlans, SubscriptionsList,
    WebspaceMailPreferences,
};
use plesk_protocol::service_plan::{self, MailPreferences};

use super::build::{build, merge};
use super::query::{IntoKey, Key};
use super::scope::{Selectable, find_provider, lookup_all};
use crate::refusal::Refusal;
use crate::state::{Hosting, IndexKey, ResellerPlan, ServicePlan, State, Subscription, Table};

/// Implements the results of an operator of plans, which repeat the key under the name that it has in the filter:
/// `into_object`, and the result of `get`. That one identifies a plan by its data; only the result for a plan that
/// does not exist repeats the key.
macro_rules! impl_plan_results {
    ($object:ident, $get_result:ident) => {
        impl $crate::shared::results::ResultBody for $get_result {
            type Data = Self;

            fn set_subject(&mut self, subject: $crate::shared::results::Subject) {
                match into_object(subject) {
                    Some($object::Id(id)) => self.id = Some(id),
                    Some($object::Name(name)) => self.name = Some(name),
                    Some($object::Guid(guid)) => self.guid = Some(guid),
                    Some($object::ExternalId(id)) => self.external_id = Some(id),
                    _ => {}
                }
            }

            fn set_data(&mut self, plan: Self) {
                *self = plan;
            }
        }

        fn into_object(subject: $crate::shared::results::Subject) -> Option<$object> {
            use $crate::shared::query::{Key, KeyKind};
            Some(match (subject.key, subject.id) {
                (Some(Key { kind: KeyKind::Name, value }), _) => $object::Name(value),
                (Some(Key { kind: KeyKind::Guid, value }), _) => $object::Guid(value),
                (Some(Key { kind: KeyKind::ExternalId, value }), _) => $object::ExternalId(value),
                (Some(Key { kind: KeyKind::Id, value }), None) => $object::Id(value.parse::<u64>().ok()?.into()),
                (_, id) => $object::Id(id?.into()),
            })
        }
    };
}
pub(crate) use impl_plan_results;

/// Returns a service plan of one provider: the administrator or a reseller.
pub(crate) fn find_service_plan<'s>(state: &'s State, provider: u64, key: &Key) -> Result<&'s ServicePlan, Refusal> {
    let plans = lookup_all(&state.service_plans, key);
    plans.into_iter().find(|plan| plan.owner == provider).ok_or_else(|| Refusal::not_found("Service plan"))
}

/// Returns the ID of the administrator or reseller who owns the plans of a request: the requested one, or the
/// sender of the packet.
pub(crate) fn find_plan_owner(state: &State, owner: Option<impl IntoKey>) -> Result<u64, Refusal> {
    state.require_provider()?;
    let owner = match owner {
        None => None,
        Some(owner) => Some(find_provider(state, &owner.into_key()?).ok_or_else(Refusal::owner_not_found)?.id),
    };
    state.owner_or_caller(owner)
}

/// Checks that a plan may have a name and an external ID: no other plan of its owner has them.
pub(crate) fn check_unique<T: Selectable>(
    plans: &Table<T>,
    plan: &T,
    name: Option<&str>,
    external_id: Option<&str>,
) -> Result<(), Refusal> {
    let is_taken = |key: IndexKey<'_>| {
        plans.lookup(key).into_iter().any(|other| other.id() != plan.id() && other.owner() == plan.owner())
    };
    if let Some(name) = name {
        if name.trim().is_empty() {
            return Err(Refusal::invalid_value("The name of the plan is empty"));
        }
        if is_taken(IndexKey::Name(name)) {
            return Err(Refusal::already_exists(&format!("The plan '{name}'")));
        }
    }
    if let Some(id) = external_id
        && is_taken(IndexKey::ExternalId(id))
    {
        return Err(Refusal::already_exists(&format!("The external ID '{id}'")));
    }
    Ok(())
}

/// Deletes a service plan or an add-on plan, unless subscriptions use it.
pub(crate) fn delete_unused_plan(state: &mut State, id: u64) -> Result<(), Refusal> {
    let plan = state.service_plans.get(&id).or_else(|| state.service_plan_addons.get(&id));
    let name = plan.map(|plan| plan.name.clone()).unwrap_or_default();
    match state.subscriptions.lookup_ids(IndexKey::Plan(id)).len() {
        0 => {
            state.delete_service_plan(id);
            Ok(())
        }
        users => Err(Refusal::operation_failed(format!(
            "The plan '{name}' is used by {users} subscriptions; switch them to another plan first"
        ))),
    }
}

/// Returns an add-on plan of the provider of a subscription.
pub(crate) fn find_addon<'s>(
    state: &'s State,
    subscription: &Subscription,
    key: &Key,
) -> Result<&'s ServicePlan, Refusal> {
    let provider = state.provider_of(subscription.owner);
    let addons = lookup_all(&state.service_plan_addons, key);
    addons.into_iter().find(|plan| plan.owner == provider).ok_or_else(|| Refusal::not_found("Add-on plan"))
}

/// Returns a reseller plan.
pub(crate) fn find_reseller_plan<'s>(state: &'s State, key: &Key) -> Result<&'s ResellerPlan, Refusal> {
    lookup_all(&state.reseller_plans, key).into_iter().next().ok_or_else(|| Refusal::not_found("Reseller plan"))
}

/// Assigns a plan to a subscription and copies what the plan provides. Settings of its own are
/// overwritten. Returns a text about conflicts that remain, if there are any.
pub(crate) fn follow_plan(subscription: &mut Subscription, plan: &ServicePlan) -> Option<String> {
    subscription.plan = Some(plan.id);
    subscription.locked = false;
    subscription.settings = plan.settings.clone();
    if let Some(mail) = &plan.mail {
        merge_plan_mail(&mut subscription.mail, mail.clone());
    }
    match (&mut subscription.hosting, &plan.hosting) {
        // No plan contains the system user, so it stays.
        (Hosting::Physical(own), Some(properties)) => own.extend(properties.clone()),
        (Hosting::Physical(_), None) => {
            return Some("The plan has no hosting; the subscription keeps its own".to_owned());
        }
        _ => {}
    }
    None
}

/// Separates the settings of a subscription from its plan: later changes of the plan no longer apply.
pub(crate) fn lock_settings(subscription: &mut Subscription) {
    subscription.locked = subscription.plan.is_some();
}

/// Copies what a plan provides to all subscriptions that follow it and are not locked.
pub(crate) fn sync_followers(state: &mut State, plan: u64) {
    let Some(plan) = state.service_plans.get(&plan) else { return };
    for follower in state.subscriptions.lookup_ids(IndexKey::Plan(plan.id)) {
        if let Some(follower) = state.subscriptions.get_mut(&follower)
            && follower.plan == Some(plan.id)
            && !follower.locked
        {
            follow_plan(follower, plan);
        }
    }
}

/// Returns the plan and the add-ons of a subscription, as `get` reports them.
pub(crate) fn subscription_plans(state: &State, subscription: &Subscription) -> SubscriptionsList {
    let plan = subscription.plan.and_then(|plan| state.service_plans.get(&plan));
    let addons = subscription.addons.iter().filter_map(|addon| state.service_plan_addons.get(addon));
    list_plans(subscription.locked, plan.into_iter().chain(addons).map(|plan| (&plan.guid, &plan.external_id)))
}

/// Returns a list of plans, given the GUID and the external ID of each.
pub(crate) fn list_plans<'p>(
    locked: bool,
    plans: impl IntoIterator<Item = (&'p String, &'p Option<String>)>,
) -> SubscriptionsList {
    let plans = plans.into_iter().map(|(guid, external_id)| {
        build(|plan: &mut PlanOutputInfo| {
            plan.plan_guid.clone_from(guid);
            plan.plan_external_id.clone_from(external_id);
        })
    });
    let plans: Vec<_> = plans.collect();
    let subscription = (!plans.is_empty()).then(|| {
        build(|subscription: &mut SubscriptionPlans| {
            subscription.locked = locked.to_string();
            subscription.synchronized = "true".to_owned();
            subscription.plan = plans;
        })
    });
    build(|list: &mut SubscriptionsList| list.subscription = subscription)
}

/// Merges the mail preferences of a plan into those of a subscription, which have a different type.
fn merge_plan_mail(into: &mut WebspaceMailPreferences, mail: MailPreferences) {
    use service_plan::NonexistentUser as User;
    let values = build(|values: &mut MailValues| {
        values.nonexistent_user = match mail.nonexistent_user {
            Some(User::Bounce(text)) => Some(NonexistentUser::Bounce(text)),
            Some(User::Forward(address)) => Some(NonexistentUser::Forward(address)),
            Some(User::Reject(any)) => Some(NonexistentUser::Reject(any)),
            _ => None,
        };
        values.webmail = mail.webmail;
        values.mailservice = mail.mailservice;
    });
    merge_mail_mode(into, MailMode::MailValues(values));
    merge!(into, mail; outgoing_messages_mbox_limit outgoing_messages_domain_limit
        outgoing_messages_subscription_limit outgoing_messages_enable_sendmail outgoing_messages_overlimit_percent);
}

/// Changes how mail is handled. Values that were not sent stay, unless the mode changes.
pub(crate) fn merge_mail_mode(into: &mut WebspaceMailPreferences, mode: MailMode) {
    match (&mut into.mail_mode, mode) {
        (Some(MailMode::MailValues(old)), MailMode::MailValues(new)) => {
            merge!(old, new; nonexistent_user webmail spam_protect_sign greylisting mailservice mail_provider
                webmail_certificate);
            if !new.ip_address.is_empty() {
                old.ip_address = new.ip_address;
            }
        }
        (old, mode) => *old = Some(mode),
    }
}
