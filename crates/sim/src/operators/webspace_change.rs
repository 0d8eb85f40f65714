//! Making and changing subscriptions.

use plesk_protocol::common::{DomainPrefs, HostingType, WebspaceMailPreferences};
use plesk_protocol::webspace::{Add, AddGenSetupItem, AddResult, Hosting as AskedHosting, SetGenSetupItem, SetValues};
use plesk_wire::xml::Any;

use super::filter::{Key, find};
use super::selectors::Names;
use super::settings::{self, changes};
use super::{hosting, make, merge, not_modelled, plans};
use crate::refusal::Refusal;
use crate::state::{ADMINISTRATOR_ID, Hosting, State, Subscription};
use crate::{clock, random};

/// The statuses that a subscription can be given.
const STATUSES: [i64; 4] = [0, 16, 32, 64];

/// What a packet says of a subscription; what it leaves out stays as it is.
#[derive(Clone, Default)]
struct Changes {
    general: Vec<General>,
    hosting: Option<AskedHosting>,
    settings: settings::Changes,
    prefs: Option<DomainPrefs>,
    mail: Option<WebspaceMailPreferences>,
}

/// One element of `gen_setup`, of `add` or `set`.
#[derive(Clone)]
enum General {
    Name(String),
    Owner(Key, String),
    IpAddress(String),
    Status(i64),
    NewGuid,
    ExternalId(String),
    Description(String),
    AdminDescription(String),
    ResellerDescription(String),
}

/// Makes a subscription.
pub(super) fn create(state: &mut State, mut add: Add) -> Result<AddResult, Refusal> {
    let mut kind = None;
    let mut changes = Changes {
        settings: changes!(add),
        hosting: add.hosting,
        prefs: add.prefs,
        mail: add.mail,
        general: Vec::new(),
    };
    for item in add.gen_setup.item {
        match item {
            AddGenSetupItem::Htype(asked) => kind = Some(asked),
            item => changes.general.push(General::of_add(item)?),
        }
    }
    if !changes.general.iter().any(|item| matches!(item, General::Name(_))) {
        return Err(Refusal::invalid("The subscription has no name"));
    }

    // It is made here first and put among the others when nothing is wrong with it. ID 0 is nobody's.
    let addresses = state.ip_addresses.first().copied().into_iter().collect();
    let mut subscription = Subscription::new(0, ADMINISTRATOR_ID, "", addresses);
    general(state, &mut subscription, std::mem::take(&mut changes.general))?;
    if let Some(plan) = add.plan {
        let plan = plans::of_provider(state, state.provider_of(subscription.owner), &plan.named()?)?;
        subscription.hosting = plan.hosting.clone().map_or(Hosting::None, Hosting::Physical);
        plans::follow(&mut subscription, plan);
    }
    if kind == Some(HostingType::None) && changes.hosting.is_none() {
        subscription.hosting = Hosting::None;
    }
    apply(state, &mut subscription, changes)?;
    if kind.is_some_and(|kind| kind != subscription.hosting.kind()) {
        return Err(Refusal::invalid("The kind of hosting in htype is not that of the hosting"));
    }

    let new = state.add_subscription(subscription.owner, &subscription.name);
    *new = Subscription { id: new.id, ..subscription };
    Ok(make(|result: &mut AddResult| {
        result.id = Some(new.id.into());
        result.guid = Some(new.guid.clone());
    }))
}

/// Changes a subscription as `set` says.
pub(super) fn change(state: &State, subscription: &mut Subscription, mut values: SetValues) -> Result<(), Refusal> {
    let items = values.gen_setup.take().map(|setup| setup.item).unwrap_or_default();
    let items = items.into_iter().map(General::of_set).collect::<Result<_, _>>()?;
    general(state, subscription, items)?;
    if let Some(usage) = &values.disk_usage {
        subscription.mailboxes_size = bytes(&usage.mailboxes)?.unwrap_or(subscription.mailboxes_size);
        subscription.maillists_size = bytes(&usage.maillists)?.unwrap_or(subscription.maillists_size);
        subscription.usage_changed = clock::now();
    }
    let changes = Changes {
        settings: changes!(values),
        hosting: values.hosting,
        prefs: values.prefs,
        mail: values.mail,
        general: Vec::new(),
    };
    apply(state, subscription, changes)
}

/// A number of bytes in an element to which the protocol gives no type.
fn bytes(element: &Option<Any>) -> Result<Option<i64>, Refusal> {
    let Some(any) = element else { return Ok(None) };
    let number = any.to_text().and_then(|text| text.trim().parse().ok()).filter(|bytes| *bytes >= 0);
    number.map(Some).ok_or_else(|| Refusal::invalid(&format!("'{}' is not a number of bytes", any.as_xml())))
}

/// Changes everything but general data. Settings that a plan would give make the subscription
/// stand for itself from now on.
fn apply(state: &State, subscription: &mut Subscription, changes: Changes) -> Result<(), Refusal> {
    if changes.settings.any() || changes.mail.is_some() {
        lock(subscription);
    }
    subscription.settings.change(&changes.settings)?;
    if let Some(asked) = changes.hosting {
        let plan = subscription.plan.and_then(|plan| state.service_plans.get(&plan));
        if plan.and_then(|plan| plan.hosting.as_ref()).is_some_and(|plan| hosting::departs(&asked, plan)) {
            lock(subscription);
        }
        hosting::change(state, subscription, asked)?;
    }
    if let Some(prefs) = changes.prefs {
        merge!(subscription.prefs, prefs; www stat_ttl outgoing_messages_domain_limit icp_status icp_permit);
    }
    if let Some(mut mail) = changes.mail {
        if let Some(mode) = mail.mail_mode.take() {
            plans::put_mail_mode(&mut subscription.mail, mode);
        }
        merge!(subscription.mail, mail; outgoing_messages_mbox_limit outgoing_messages_domain_limit
            outgoing_messages_subscription_limit outgoing_messages_enable_sendmail outgoing_messages_overlimit_percent);
    }
    Ok(())
}

/// Keeps the settings of a subscription apart from those of its plan.
pub(super) fn lock(subscription: &mut Subscription) {
    subscription.locked = subscription.plan.is_some();
}

fn general(state: &State, subscription: &mut Subscription, items: Vec<General>) -> Result<(), Refusal> {
    let mut addresses = Vec::new();
    for item in items {
        match item {
            General::Name(name) => {
                let name = name.trim().to_ascii_lowercase();
                if state.subscriptions.values().any(|other| other.name == name && other.id != subscription.id) {
                    return Err(Refusal::taken(&format!("The domain '{name}'")));
                }
                subscription.name = name;
            }
            General::Owner(key, value) => {
                let owner = find(state.accounts(), &(key, value)).ok_or_else(Refusal::no_owner)?.id;
                if state.provider_of(owner) != state.provider_of(subscription.owner) {
                    // The plans are the old provider's.
                    subscription.plan = None;
                    subscription.addons.clear();
                    subscription.locked = false;
                }
                subscription.owner = owner;
            }
            General::IpAddress(address) => addresses.push(address),
            General::Status(status) if STATUSES.contains(&status) => subscription.status = status,
            General::Status(status) => {
                return Err(Refusal::invalid(&format!("The status is {status}; it can be 0, 16, 32 or 64")));
            }
            General::NewGuid => subscription.guid = random::guid(),
            General::ExternalId(id) => {
                let mut others = state.subscriptions.values().filter(|other| other.id != subscription.id);
                if others.any(|other| other.external_id.as_ref() == Some(&id)) {
                    return Err(Refusal::taken(&format!("The external ID '{id}'")));
                }
                subscription.external_id = Some(id);
            }
            General::Description(text) => subscription.description = text,
            General::AdminDescription(text) => subscription.admin_description = text,
            General::ResellerDescription(text) => subscription.reseller_description = text,
        }
    }
    hosting::change_addresses(state, subscription, &addresses)
}

impl General {
    fn of_add(item: AddGenSetupItem) -> Result<Self, Refusal> {
        use AddGenSetupItem as I;
        Ok(match item {
            I::Name(name) => Self::Name(name.into()),
            I::OwnerId(id) => Self::Owner(Key::Id, id.to_string()),
            I::OwnerLogin(login) => Self::Owner(Key::Name, login),
            I::OwnerGuid(guid) => Self::Owner(Key::Guid, guid),
            I::OwnerExternalId(id) => Self::Owner(Key::ExternalId, id),
            I::IpAddress(address) => Self::IpAddress(address),
            I::Status(status) => {
                let number = status.trim().parse();
                Self::Status(number.map_err(|_| Refusal::invalid(&format!("The status '{status}' is not a number")))?)
            }
            I::ExternalId(id) => Self::ExternalId(id),
            I::Description(text) => Self::Description(text),
            I::AdminDescription(text) => Self::AdminDescription(text),
            I::ResellerDescription(text) => Self::ResellerDescription(text),
            other => return Err(not_modelled(&other)),
        })
    }

    fn of_set(item: SetGenSetupItem) -> Result<Self, Refusal> {
        use SetGenSetupItem as I;
        Ok(match item {
            I::Name(name) => Self::Name(name.into()),
            I::OwnerId(id) => Self::Owner(Key::Id, id.to_string()),
            I::OwnerLogin(login) => Self::Owner(Key::Name, login),
            I::OwnerGuid(guid) => Self::Owner(Key::Guid, guid),
            I::OwnerExternalId(id) => Self::Owner(Key::ExternalId, id),
            I::AdminAsVendor => Self::Owner(Key::Id, ADMINISTRATOR_ID.to_string()),
            I::IpAddress(address) => Self::IpAddress(address),
            I::Status(status) => Self::Status(status),
            I::Guid => Self::NewGuid,
            I::ExternalId(id) => Self::ExternalId(id),
            I::Description(text) => Self::Description(text),
            I::AdminDescription(text) => Self::AdminDescription(text),
            I::ResellerDescription(text) => Self::ResellerDescription(text),
            other => return Err(not_modelled(&other)),
        })
    }
}
