//! The data of service plans: changing and reading it.

use plesk_protocol::service_plan::{
    Add, GetResult, GetResultHosting, GetResultPackages, GetResultPlanItems, GetResultPlanItemsItem, LogRotation,
    MailPreferences, PhysicalHosting, Preferences, Set, VrtHst, WebServerSettings,
};

use super::settings::{self, changes, properties, put_properties};
use super::{make, merge};
use crate::refusal::Refusal;
use crate::state::{ServicePlan, State};

/// What a packet says of a plan; what it leaves out stays as it is.
#[derive(Clone, Default)]
pub(super) struct Changes {
    name: Option<String>,
    external_id: Option<String>,
    hosting: Option<PhysicalHosting>,
    settings: settings::Changes,
    mail: Option<MailPreferences>,
    log_rotation: Option<LogRotation>,
    preferences: Option<Preferences>,
    web_server: Option<WebServerSettings>,
}

impl Changes {
    /// Another name, and nothing else.
    pub(super) fn name(name: String) -> Self {
        Self { name: Some(name), ..Self::default() }
    }
}

impl From<Add> for Changes {
    fn from(mut add: Add) -> Self {
        let none = add.hosting_type.as_deref() == Some("none");
        Self {
            hosting: if none { Some(PhysicalHosting::None) } else { add.hosting.take().map(PhysicalHosting::VrtHst) },
            settings: changes!(add),
            name: Some(add.name),
            external_id: add.external_id,
            mail: add.mail,
            log_rotation: add.log_rotation,
            preferences: add.preferences,
            web_server: add.web_server_settings,
        }
    }
}

impl From<Set> for Changes {
    fn from(mut set: Set) -> Self {
        Self {
            settings: changes!(set),
            name: set.name,
            external_id: set.external_id,
            hosting: set.hosting,
            mail: set.mail,
            log_rotation: set.log_rotation,
            preferences: set.preferences,
            web_server: set.web_server_settings,
        }
    }
}

/// Changes a plan.
pub(super) fn change(state: &State, plan: &mut ServicePlan, changes: Changes) -> Result<(), Refusal> {
    let others = || state.service_plans.values().filter(|other| other.id != plan.id && other.owner == plan.owner);
    if let Some(name) = changes.name {
        if name.trim().is_empty() {
            return Err(Refusal::invalid("The name of the plan is empty"));
        }
        if others().any(|other| other.name == name) {
            return Err(Refusal::taken(&format!("The plan '{name}'")));
        }
        plan.name = name;
    }
    if let Some(id) = changes.external_id {
        if others().any(|other| other.external_id.as_ref() == Some(&id)) {
            return Err(Refusal::taken(&format!("The external ID '{id}'")));
        }
        plan.external_id = Some(id);
    }
    match changes.hosting {
        Some(PhysicalHosting::VrtHst(hosting)) => {
            put_properties(plan.hosting.get_or_insert_default(), &hosting.property);
        }
        Some(_) => plan.hosting = None,
        None => {}
    }
    plan.settings.change(&changes.settings)?;
    if let Some(mail) = changes.mail {
        merge!(plan.mail.get_or_insert_with(MailPreferences::new), mail; nonexistent_user webmail maillists mailservice
            outgoing_messages_mbox_limit outgoing_messages_domain_limit outgoing_messages_subscription_limit
            outgoing_messages_enable_sendmail outgoing_messages_overlimit_percent);
    }
    if let Some(preferences) = changes.preferences {
        merge!(plan.preferences.get_or_insert_with(Preferences::new), preferences;
            stat maillists mailservice dns_zone_type);
    }
    if let Some(web_server) = changes.web_server {
        merge!(plan.web_server.get_or_insert_with(WebServerSettings::new), web_server;
            additional additional_ssl additional_nginx restrict_follow_sym_links nginx_proxy_mode);
    }
    plan.log_rotation = changes.log_rotation.or(plan.log_rotation.take());
    Ok(())
}

/// A plan as `get` returns it.
pub(super) fn read(state: &State, plan: &ServicePlan) -> GetResult {
    let owner = state.providers().find(|provider| provider.id == plan.owner);
    let settings = &plan.settings;
    make(|result: &mut GetResult| {
        result.id = Some(plan.id.into());
        result.name = Some(plan.name.clone());
        result.guid = Some(plan.guid.clone());
        result.external_id.clone_from(&plan.external_id);
        result.owner_id = Some(plan.owner.into());
        result.owner_login = owner.map(|owner| owner.login.clone());
        result.mail.clone_from(&plan.mail);
        result.limits = Some(settings.limits());
        result.log_rotation.clone_from(&plan.log_rotation);
        result.preferences.clone_from(&plan.preferences);
        result.hosting = Some(match &plan.hosting {
            None => GetResultHosting::None,
            Some(hosting) => {
                GetResultHosting::VrtHst(make(|vrt_hst: &mut VrtHst| vrt_hst.property = properties(hosting)))
            }
        });
        result.performance = Some(settings.performance.clone());
        result.permissions = Some(settings.permissions());
        result.plan_items = Some(make(|items: &mut GetResultPlanItems| {
            let item = |name: &String| make(|item: &mut GetResultPlanItemsItem| item.name.clone_from(name));
            items.item = settings.plan_items.iter().map(item).collect();
        }));
        result.aps_filter = Some(settings.applications.only_listed);
        result.packages =
            Some(make(|packages: &mut GetResultPackages| packages.package = settings.applications.packages()));
        result.php_settings = Some(settings.php());
        result.web_server_settings.clone_from(&plan.web_server);
    })
}
