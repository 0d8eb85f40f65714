//! Which plans subscriptions follow, and what they take over from them.

use plesk_protocol::common::{
    MailMode, MailValues, NonexistentUser, PlanOutputInfo, SubscriptionsList, SubscriptionsListSubscription,
    WebspaceMailPreferences,
};
use plesk_protocol::service_plan::{MailPreferences, MailPreferencesNonexistentUser};

use super::filter::{Key, find};
use super::{make, merge};
use crate::refusal::Refusal;
use crate::state::{Hosting, ServicePlan, State, Subscription};

/// A service plan of one administrator or reseller.
pub(super) fn of_provider<'s>(
    state: &'s State,
    provider: u64,
    named: &(Key, String),
) -> Result<&'s ServicePlan, Refusal> {
    let plans = state.service_plans.values().filter(|plan| plan.owner == provider);
    find(plans, named).ok_or_else(|| Refusal::not_found("Service plan"))
}

/// An add-on plan that a subscription can have.
pub(super) fn addon_for<'s>(
    state: &'s State,
    subscription: &Subscription,
    named: &(Key, String),
) -> Result<&'s ServicePlan, Refusal> {
    let provider = state.provider_of(subscription.owner);
    let addons = state.service_plan_addons.values().filter(|plan| plan.owner == provider);
    find(addons, named).ok_or_else(|| Refusal::not_found("Add-on plan"))
}

/// Lets the subscription follow the plan. Its own settings are lost; returns what could not be
/// made to agree.
pub(super) fn follow(subscription: &mut Subscription, plan: &ServicePlan) -> Option<String> {
    subscription.plan = Some(plan.id);
    subscription.locked = false;
    subscription.settings = plan.settings.clone();
    if let Some(mail) = &plan.mail {
        put_mail(&mut subscription.mail, mail.clone());
    }
    match (&mut subscription.hosting, &plan.hosting) {
        // The system user is in no plan, and stays.
        (Hosting::Physical(own), Some(properties)) => own.extend(properties.clone()),
        (Hosting::Physical(_), None) => {
            return Some("The plan has no hosting; the subscription keeps that which it has".to_owned());
        }
        _ => {}
    }
    None
}

/// Lets all who follow the plan take over what it gives now, unless they have settings of their own.
pub(super) fn spread(state: &mut State, plan: u64) {
    let Some(plan) = state.service_plans.get(&plan) else { return };
    let followers = state.subscriptions.values_mut().filter(|follower| follower.plan == Some(plan.id));
    for follower in followers.filter(|follower| !follower.locked) {
        follow(follower, plan);
    }
}

/// The plans of a subscription, as `get` returns them.
pub(super) fn read(state: &State, subscription: &Subscription) -> SubscriptionsList {
    let plan = subscription.plan.and_then(|plan| state.service_plans.get(&plan));
    let addons = subscription.addons.iter().filter_map(|addon| state.service_plan_addons.get(addon));
    list(subscription.locked, plan.into_iter().chain(addons).map(|plan| (&plan.guid, &plan.external_id)))
}

/// A list of plans, each with its GUID and its ID in another system.
pub(super) fn list<'p>(
    locked: bool,
    plans: impl IntoIterator<Item = (&'p String, &'p Option<String>)>,
) -> SubscriptionsList {
    let plans = plans.into_iter().map(|(guid, external_id)| {
        make(|plan: &mut PlanOutputInfo| {
            plan.plan_guid.clone_from(guid);
            plan.plan_external_id.clone_from(external_id);
        })
    });
    let plans: Vec<_> = plans.collect();
    let subscription = (!plans.is_empty()).then(|| {
        make(|subscription: &mut SubscriptionsListSubscription| {
            subscription.locked = locked.to_string();
            subscription.synchronized = "true".to_owned();
            subscription.plan = plans;
        })
    });
    make(|list: &mut SubscriptionsList| list.subscription = subscription)
}

/// Puts the mail preferences of a plan into those of a subscription, whose type is another.
fn put_mail(into: &mut WebspaceMailPreferences, mail: MailPreferences) {
    use MailPreferencesNonexistentUser as User;
    let values = make(|values: &mut MailValues| {
        values.nonexistent_user = match mail.nonexistent_user {
            Some(User::Bounce(text)) => Some(NonexistentUser::Bounce(text)),
            Some(User::Forward(address)) => Some(NonexistentUser::Forward(address)),
            Some(User::Reject(any)) => Some(NonexistentUser::Reject(any)),
            _ => None,
        };
        values.webmail = mail.webmail;
        values.mailservice = mail.mailservice;
    });
    put_mail_mode(into, MailMode::MailValues(values));
    merge!(into, mail; outgoing_messages_mbox_limit outgoing_messages_domain_limit
        outgoing_messages_subscription_limit outgoing_messages_enable_sendmail outgoing_messages_overlimit_percent);
}

/// Changes how mail is handled. Values that were not sent stay as they are.
pub(super) fn put_mail_mode(into: &mut WebspaceMailPreferences, mode: MailMode) {
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
