//! Changes and reads the data of service plans.

use plesk_protocol::service_plan::{
    Add, AddHostingType, GetResult, GetResultHosting, GetResultPackages, GetResultPlanItems, LogRotation,
    MailPreferences, PhysicalHosting, PlanItemsItem, Preferences, Set, VrtHst, WebServerSettings,
};

use crate::refusal::Refusal;
use crate::shared::build::{build, merge};
use crate::shared::plans::check_unique;
use crate::shared::settings::{SettingsUpdate, list_properties, set_properties, take_settings};
use crate::state::{ServicePlan, State};

/// The values that a request sets. A field that is `None` stays as it is.
#[derive(Clone, Default)]
pub(super) struct PlanUpdate {
    name: Option<String>,
    external_id: Option<String>,
    hosting: Option<PhysicalHosting>,
    settings: SettingsUpdate,
    mail: Option<MailPreferences>,
    log_rotation: Option<LogRotation>,
    preferences: Option<Preferences>,
    web_server: Option<WebServerSettings>,
}

impl PlanUpdate {
    /// Returns an update that sets only the name.
    pub(super) fn name(name: String) -> Self {
        Self { name: Some(name), ..Self::default() }
    }
}

impl From<Add> for PlanUpdate {
    fn from(mut add: Add) -> Self {
        let none = add.hosting_type == Some(AddHostingType::None);
        Self {
            hosting: if none { Some(PhysicalHosting::None) } else { add.hosting.take().map(PhysicalHosting::VrtHst) },
            settings: take_settings!(add),
            name: Some(add.name),
            external_id: add.external_id,
            mail: add.mail,
            log_rotation: add.log_rotation,
            preferences: add.preferences,
            web_server: add.web_server_settings,
        }
    }
}

impl From<Set> for PlanUpdate {
    fn from(mut set: Set) -> Self {
        Self {
            settings: take_settings!(set),
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

/// Applies an update to a plan.
pub(super) fn apply(state: &State, plan: &mut ServicePlan, update: PlanUpdate) -> Result<(), Refusal> {
    check_unique(&state.service_plans, plan, update.name.as_deref(), update.external_id.as_deref())?;
    plan.name = update.name.unwrap_or(std::mem::take(&mut plan.name));
    plan.external_id = update.external_id.or(plan.external_id.take());
    match update.hosting {
        Some(PhysicalHosting::VrtHst(hosting)) => {
            set_properties(plan.hosting.get_or_insert_default(), &hosting.property);
        }
        Some(_) => plan.hosting = None,
        None => {}
    }
    plan.settings.apply(&update.settings)?;
    if let Some(mail) = update.mail {
        merge!(plan.mail.get_or_insert_with(MailPreferences::new), mail; nonexistent_user webmail mailing_lists mailservice
            outgoing_messages_mbox_limit outgoing_messages_domain_limit outgoing_messages_subscription_limit
            outgoing_messages_enable_sendmail outgoing_messages_overlimit_percent);
    }
    if let Some(preferences) = update.preferences {
        merge!(plan.preferences.get_or_insert_with(Preferences::new), preferences;
            stat mailing_lists mailservice dns_zone_type);
    }
    if let Some(web_server) = update.web_server {
        merge!(plan.web_server.get_or_insert_with(WebServerSettings::new), web_server;
            additional additional_ssl additional_nginx restrict_follow_sym_links nginx_proxy_mode);
    }
    plan.log_rotation = update.log_rotation.or(plan.log_rotation.take());
    Ok(())
}

/// Returns a plan, as `get` reports it.
pub(super) fn read(state: &State, plan: &ServicePlan) -> GetResult {
    let owner = state.provider(plan.owner);
    let settings = &plan.settings;
    build(|result: &mut GetResult| {
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
                GetResultHosting::VrtHst(build(|vrt_hst: &mut VrtHst| vrt_hst.property = list_properties(hosting)))
            }
        });
        result.performance = Some(settings.performance.clone());
        result.permissions = Some(settings.permissions());
        result.plan_items = Some(build(|items: &mut GetResultPlanItems| {
            let item = |name: &String| build(|item: &mut PlanItemsItem| item.name.clone_from(name));
            items.item = settings.plan_items.iter().map(item).collect();
        }));
        result.aps_filter = Some(settings.applications.only_listed);
        result.packages =
            Some(build(|packages: &mut GetResultPackages| packages.package = settings.applications.packages()));
        result.php_settings = Some(settings.php());
        result.web_server_settings.clone_from(&plan.web_server);
    })
}
