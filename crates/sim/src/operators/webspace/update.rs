//! Creates and changes subscriptions.

use plesk_protocol::common::{DomainPrefs, HostingType, WebspaceMailPreferences};
use plesk_protocol::webspace::{Add, AddGenSetupItem, AddResult, Hosting as HostingUpdate, SetGenSetupItem, SetValues};
use plesk_wire::xml::Any;

use super::hosting;
use crate::refusal::Refusal;
use crate::shared::build::{build, merge};
use crate::shared::plans::{find_service_plan, follow_plan, lock_settings, merge_mail_mode};
use crate::shared::query::{IntoKey, Key, KeyKind};
use crate::shared::scope::find_account;
use crate::shared::settings::{SettingsUpdate, take_settings};
use crate::state::{ADMINISTRATOR_ID, Hosting, IndexKey, State, Subscription};
use crate::{clock, random};

/// The statuses that can be set.
const STATUSES: [i64; 4] = [0, 16, 32, 64];

/// The values that a request sets, except for general data. A field that is `None` stays as it is.
struct SubscriptionUpdate {
    hosting: Option<HostingUpdate>,
    settings: SettingsUpdate,
    prefs: Option<DomainPrefs>,
    mail: Option<WebspaceMailPreferences>,
}

/// A change of general data: one element of `gen_setup` in `add` or `set`.
enum GeneralUpdate {
    Name(String),
    Owner(Key),
    IpAddress(String),
    Status(i64),
    NewGuid,
    ExternalId(String),
    Description(String),
    AdminDescription(String),
    ResellerDescription(String),
}

/// Creates a subscription.
pub(super) fn create(state: &mut State, mut add: Add) -> Result<AddResult, Refusal> {
    state.require_provider()?;
    let settings = take_settings!(add);
    let mut hosting_type = None;
    let mut general = Vec::new();
    for item in add.gen_setup.item {
        match item {
            AddGenSetupItem::Htype(requested) => hosting_type = Some(requested),
            item => general.push(GeneralUpdate::from_add(item)?),
        }
    }
    if !general.iter().any(|item| matches!(item, GeneralUpdate::Name(_))) {
        return Err(Refusal::invalid_value("The subscription has no name"));
    }

    // The subscription is added to the state only after every check. Until then its ID is 0, which no
    // object has.
    let addresses = state.ip_addresses.first().copied().into_iter().collect();
    let mut subscription = Subscription::new(0, state.caller, "", addresses);
    apply_general(state, &mut subscription, general)?;
    if let Some(plan) = add.plan {
        let plan = find_service_plan(state, state.provider_of(subscription.owner), &plan.into_key()?)?;
        subscription.hosting = plan.hosting.clone().map_or(Hosting::None, Hosting::Physical);
        follow_plan(&mut subscription, plan);
    }
    if hosting_type == Some(HostingType::None) && add.hosting.is_none() {
        subscription.hosting = Hosting::None;
    }
    let update = SubscriptionUpdate { settings, hosting: add.hosting, prefs: add.prefs, mail: add.mail };
    apply(state, &mut subscription, update)?;
    if hosting_type.is_some_and(|requested| requested != subscription.hosting.kind()) {
        return Err(Refusal::invalid_value("The hosting type in htype differs from that of the hosting"));
    }

    let new = state.add_subscription(subscription.owner, &subscription.name);
    let id = new.id;
    *new = Subscription { id, ..subscription };
    let guid = new.guid.clone();
    // The records depend on the addresses, which were set only now.
    state.add_zone(id);
    Ok(build(|result: &mut AddResult| {
        result.id = Some(id.into());
        result.guid = Some(guid);
    }))
}

/// Applies the values of `set` to a subscription.
pub(super) fn set(state: &State, subscription: &mut Subscription, mut values: SetValues) -> Result<(), Refusal> {
    let items = values.gen_setup.take().map(|setup| setup.item).unwrap_or_default();
    let general = items.into_iter().map(GeneralUpdate::from_set).collect::<Result<_, _>>()?;
    apply_general(state, subscription, general)?;
    if let Some(usage) = &values.disk_usage {
        subscription.mailboxes_size = parse_bytes(&usage.mailboxes)?.unwrap_or(subscription.mailboxes_size);
        subscription.maillists_size = parse_bytes(&usage.mailing_lists)?.unwrap_or(subscription.maillists_size);
        subscription.usage_changed = clock::now();
    }
    let settings = take_settings!(values);
    let update = SubscriptionUpdate { settings, hosting: values.hosting, prefs: values.prefs, mail: values.mail };
    apply(state, subscription, update)
}

/// Parses a number of bytes from an element that has no type in the schema.
fn parse_bytes(element: &Option<Any>) -> Result<Option<i64>, Refusal> {
    let Some(any) = element else { return Ok(None) };
    let number = any.to_text().and_then(|text| text.trim().parse().ok()).filter(|bytes| *bytes >= 0);
    number.map(Some).ok_or_else(|| Refusal::invalid_value(&format!("'{}' is not a number of bytes", any.as_xml())))
}

/// Applies everything except general data. Settings that a plan provides lock the subscription.
fn apply(state: &State, subscription: &mut Subscription, update: SubscriptionUpdate) -> Result<(), Refusal> {
    if !update.settings.is_empty() || update.mail.is_some() {
        lock_settings(subscription);
    }
    subscription.settings.apply(&update.settings)?;
    if let Some(requested) = update.hosting {
        let plan = subscription.plan.and_then(|plan| state.service_plans.get(&plan));
        if plan.and_then(|plan| plan.hosting.as_ref()).is_some_and(|plan| hosting::differs_from_plan(&requested, plan))
        {
            lock_settings(subscription);
        }
        hosting::change(state, subscription, requested)?;
    }
    if let Some(prefs) = update.prefs {
        merge!(subscription.prefs, prefs; www stat_ttl outgoing_messages_domain_limit icp_status icp_permit);
    }
    if let Some(mut mail) = update.mail {
        if let Some(mode) = mail.mail_mode.take() {
            merge_mail_mode(&mut subscription.mail, mode);
        }
        merge!(subscription.mail, mail; outgoing_messages_mbox_limit outgoing_messages_domain_limit
            outgoing_messages_subscription_limit outgoing_messages_enable_sendmail outgoing_messages_overlimit_percent);
    }
    Ok(())
}

/// Applies changes of general data.
fn apply_general(state: &State, subscription: &mut Subscription, items: Vec<GeneralUpdate>) -> Result<(), Refusal> {
    let mut addresses = Vec::new();
    for item in items {
        match item {
            GeneralUpdate::Name(name) => {
                let name = name.trim().to_ascii_lowercase();
                if name != subscription.name && state.domain_name_exists(&name) {
                    return Err(Refusal::already_exists(&format!("The domain '{name}'")));
                }
                subscription.name = name;
            }
            GeneralUpdate::Owner(key) => {
                let owner = find_account(state, &key).ok_or_else(Refusal::owner_not_found)?.id;
                state.require_provider()?;
                state.require_access(owner)?;
                if state.provider_of(owner) != state.provider_of(subscription.owner) {
                    // The plans belong to the previous provider.
                    subscription.plan = None;
                    subscription.addons.clear();
                    subscription.locked = false;
                }
                subscription.owner = owner;
            }
            GeneralUpdate::IpAddress(address) => addresses.push(address),
            GeneralUpdate::Status(status) if STATUSES.contains(&status) => subscription.status = status,
            GeneralUpdate::Status(status) => {
                return Err(Refusal::invalid_value(&format!("The status is {status}; it must be 0, 16, 32 or 64")));
            }
            GeneralUpdate::NewGuid => subscription.guid = random::guid(),
            GeneralUpdate::ExternalId(id) => {
                let taken = state.subscriptions.lookup_ids(IndexKey::ExternalId(&id));
                if taken.iter().any(|other| *other != subscription.id) {
                    return Err(Refusal::already_exists(&format!("The external ID '{id}'")));
                }
                subscription.external_id = Some(id);
            }
            GeneralUpdate::Description(text) => subscription.description = text,
            GeneralUpdate::AdminDescription(text) => subscription.admin_description = text,
            GeneralUpdate::ResellerDescription(text) => subscription.reseller_description = text,
        }
    }
    hosting::change_addresses(state, subscription, &addresses)
}

impl GeneralUpdate {
    fn from_add(item: AddGenSetupItem) -> Result<Self, Refusal> {
        use AddGenSetupItem as I;
        Ok(match item {
            I::Name(name) => Self::Name(name.into()),
            I::OwnerId(id) => Self::Owner(Key::new(KeyKind::Id, id.to_string())),
            I::OwnerLogin(login) => Self::Owner(Key::name(login)),
            I::OwnerGuid(guid) => Self::Owner(Key::new(KeyKind::Guid, guid)),
            I::OwnerExternalId(id) => Self::Owner(Key::new(KeyKind::ExternalId, id)),
            I::IpAddress(address) => Self::IpAddress(address),
            I::Status(status) => {
                let number = status.trim().parse();
                Self::Status(
                    number.map_err(|_| Refusal::invalid_value(&format!("The status '{status}' is not a number")))?,
                )
            }
            I::ExternalId(id) => Self::ExternalId(id),
            I::Description(text) => Self::Description(text),
            I::AdminDescription(text) => Self::AdminDescription(text),
            I::ResellerDescription(text) => Self::ResellerDescription(text),
            other => return Err(Refusal::not_modeled(&other)),
        })
    }

    fn from_set(item: SetGenSetupItem) -> Result<Self, Refusal> {
        use SetGenSetupItem as I;
        Ok(match item {
            I::Name(name) => Self::Name(name.into()),
            I::OwnerId(id) => Self::Owner(Key::new(KeyKind::Id, id.to_string())),
            I::OwnerLogin(login) => Self::Owner(Key::name(login)),
            I::OwnerGuid(guid) => Self::Owner(Key::new(KeyKind::Guid, guid)),
            I::OwnerExternalId(id) => Self::Owner(Key::new(KeyKind::ExternalId, id)),
            I::AdminAsVendor => Self::Owner(Key::new(KeyKind::Id, ADMINISTRATOR_ID.to_string())),
            I::IpAddress(address) => Self::IpAddress(address),
            I::Status(status) => Self::Status(status),
            I::Guid => Self::NewGuid,
            I::ExternalId(id) => Self::ExternalId(id),
            I::Description(text) => Self::Description(text),
            I::AdminDescription(text) => Self::AdminDescription(text),
            I::ResellerDescription(text) => Self::ResellerDescription(text),
            other => return Err(Refusal::not_modeled(&other)),
        })
    }
}
