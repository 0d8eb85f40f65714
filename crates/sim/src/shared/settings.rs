//! Changes and reads limits, permissions and other settings of plans, subscriptions and resellers.

use std::collections::BTreeMap;

use plesk_protocol::common::{
    DomainLimits, DomainPerformance, DomainPerms, HostingProperty, Limit, Permission, PhpSettings, PhpSettingsSetting,
};
use plesk_protocol::customer::Perms;
use plesk_protocol::reseller::{Limits, ResourcePolicy};
use plesk_protocol::server::IpType;
use plesk_wire::packet::Secret;

use super::build::build;
use super::descriptors;
use crate::refusal::Refusal;
use crate::state::{ResellerPlan, ResellerSettings, Settings};

/// The PHP setting that confines the scripts of a subscription to its own directories, and its default.
const OPEN_BASEDIR: (&str, &str) = ("open_basedir", "{WEBSPACEROOT}{/}{:}{TMP}{/}");

/// Converts a map of values by name to a list of the protocol.
macro_rules! list_items {
    ($map:expr => $item:ident { $name:ident, $value:ident }) => {
        $map.iter()
            .map(|(name, value)| {
                build(|item: &mut $item| {
                    item.$name.clone_from(name);
                    item.$value = value.clone().into();
                })
            })
            .collect()
    };
}

/// The parts of a request that change [`Settings`]. A part that is `None` stays as it is.
#[derive(Clone, Default)]
pub(crate) struct SettingsUpdate {
    pub(crate) limits: Option<DomainLimits>,
    pub(crate) permissions: Option<DomainPerms>,
    pub(crate) performance: Option<DomainPerformance>,
    pub(crate) php: Option<PhpSettings>,
}

/// Moves the parts that change [`Settings`] out of a request.
macro_rules! take_settings {
    ($request:expr) => {
        $crate::shared::settings::SettingsUpdate {
            limits: $request.limits.take(),
            permissions: $request.permissions.take(),
            performance: $request.performance.take(),
            php: $request.php_settings.take(),
        }
    };
}
pub(crate) use take_settings;

impl SettingsUpdate {
    /// Returns `true` if the request sets nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.limits.is_none() && self.permissions.is_none() && self.performance.is_none() && self.php.is_none()
    }
}

impl Settings {
    /// Applies an update.
    pub(crate) fn apply(&mut self, update: &SettingsUpdate) -> Result<(), Refusal> {
        if let Some(limits) = &update.limits {
            self.overuse = limits.overuse.clone().or(self.overuse.take());
            if limits.all_to_zero.is_some() {
                self.limits.extend(descriptors::LIMITS.iter().map(|property| (property.name.to_owned(), 0)));
                self.limits.values_mut().for_each(|value| *value = 0);
            }
            set_limits(&mut self.limits, &limits.limit)?;
        }
        if let Some(permissions) = &update.permissions {
            if permissions.revoke_all.is_some() {
                let all = descriptors::PERMISSIONS.iter().map(|property| (property.name.to_owned(), false));
                self.permissions.extend(all);
                self.permissions.values_mut().for_each(|value| *value = false);
            }
            set_permissions(&mut self.permissions, &permissions.permission);
        }
        if let Some(performance) = &update.performance {
            self.performance.bandwidth = performance.bandwidth.or(self.performance.bandwidth);
            self.performance.max_connections = performance.max_connections.or(self.performance.max_connections);
        }
        let php = update.php.iter().flat_map(|php| &php.setting);
        self.php.extend(php.map(|setting| (setting.name.clone(), setting.value.expose().to_owned())));
        Ok(())
    }

    /// Returns the limits, as `get` reports them.
    pub(crate) fn limits(&self) -> DomainLimits {
        build(|limits: &mut DomainLimits| {
            limits.overuse.clone_from(&self.overuse);
            limits.limit = list_items!(self.limits => Limit { name, value });
        })
    }

    /// Returns the limits of a subscription, as `get` reports them: those that were never set have their default.
    pub(crate) fn limits_of_subscription(&self) -> DomainLimits {
        let mut all = descriptors::default_limits();
        all.extend(self.limits.clone());
        build(|limits: &mut DomainLimits| {
            limits.overuse.clone_from(&self.overuse);
            limits.limit = list_limits(&all);
        })
    }

    /// Returns the PHP settings of a subscription, as `get` reports them: they contain `open_basedir`.
    pub(crate) fn php_of_subscription(&self) -> PhpSettings {
        let mut all = BTreeMap::from([(OPEN_BASEDIR.0.to_owned(), OPEN_BASEDIR.1.to_owned())]);
        all.extend(self.php.clone());
        build(|php: &mut PhpSettings| php.setting = list_items!(all => PhpSettingsSetting { name, value }))
    }

    /// Returns the permissions, as `get` reports them.
    pub(crate) fn permissions(&self) -> DomainPerms {
        build(|permissions: &mut DomainPerms| {
            permissions.permission = list_items!(self.permissions => Permission { name, value });
        })
    }

    /// Returns the PHP settings, as `get` reports them.
    pub(crate) fn php(&self) -> PhpSettings {
        build(|php: &mut PhpSettings| php.setting = list_items!(self.php => PhpSettingsSetting { name, value }))
    }
}

impl ResellerSettings {
    /// Applies the limits and permissions of a request. They lock the settings: later changes of the plan
    /// no longer apply.
    pub(crate) fn apply(&mut self, limits: Option<&Limits>, permissions: Option<&Perms>) -> Result<(), Refusal> {
        self.locked |= self.plan.is_some() && (limits.is_some() || permissions.is_some());
        if let Some(limits) = limits {
            if let Some(policy) = &limits.resource_policy {
                self.oversell = policy.oversell.or(self.oversell);
                self.overuse = policy.overuse.clone().or(self.overuse.take());
            }
            set_limits(&mut self.limits, &limits.limit)?;
        }
        if let Some(permissions) = permissions {
            set_permissions(&mut self.permissions, &permissions.permission);
        }
        Ok(())
    }

    /// Assigns a plan and copies what it provides. Settings of the reseller itself are overwritten. Permissions that
    /// the plan does not name have their defaults.
    pub(crate) fn follow_plan(&mut self, plan: &ResellerPlan) {
        self.plan = Some(plan.id);
        self.locked = false;
        self.oversell = plan.oversell;
        self.overuse.clone_from(&plan.overuse);
        self.limits.clone_from(&plan.limits);
        self.permissions = descriptors::default_permissions();
        self.permissions.extend(plan.permissions.clone());
        self.applications.clone_from(&plan.applications);
        for address in &plan.ip_pool {
            self.ip_pool.entry(*address).or_insert(IpType::Shared);
        }
    }

    /// Returns the limits, as `get` reports them.
    pub(crate) fn limits(&self) -> Limits {
        build(|limits: &mut Limits| {
            if self.oversell.is_some() || self.overuse.is_some() {
                limits.resource_policy = Some(build(|policy: &mut ResourcePolicy| {
                    policy.oversell = self.oversell;
                    policy.overuse.clone_from(&self.overuse);
                }));
            }
            limits.limit = list_items!(self.limits => Limit { name, value });
        })
    }

    /// Returns the permissions. The protocol has no empty list, so none are `None`.
    pub(crate) fn permissions(&self) -> Option<Perms> {
        let permissions: Vec<Permission> = list_items!(self.permissions => Permission { name, value });
        (!permissions.is_empty()).then(|| build(|perms: &mut Perms| perms.permission = permissions))
    }
}

/// Returns limits as a list of the protocol.
pub(crate) fn list_limits(limits: &BTreeMap<String, i64>) -> Vec<Limit> {
    list_items!(limits => Limit { name, value })
}

/// Returns permissions as a list of the protocol.
pub(crate) fn list_permissions(permissions: &BTreeMap<String, bool>) -> Vec<Permission> {
    list_items!(permissions => Permission { name, value })
}

/// Returns the properties of web hosting as a list of the protocol.
pub(crate) fn list_properties(properties: &BTreeMap<String, Secret>) -> Vec<HostingProperty> {
    list_items!(properties => HostingProperty { name, value })
}

/// Adds the properties of web hosting that a request sets; they replace those of the same name.
pub(crate) fn set_properties(into: &mut BTreeMap<String, Secret>, properties: &[HostingProperty]) {
    into.extend(properties.iter().map(|property| (property.name.clone(), property.value.clone())));
}

pub(crate) fn set_limits(into: &mut BTreeMap<String, i64>, limits: &[Limit]) -> Result<(), Refusal> {
    for limit in limits {
        if limit.value < -1 {
            return Err(Refusal::invalid_value(&format!(
                "The limit '{}' is {}; it must be -1 (unlimited) or more",
                limit.name, limit.value
            )));
        }
        into.insert(limit.name.clone(), limit.value);
    }
    Ok(())
}

pub(crate) fn set_permissions(into: &mut BTreeMap<String, bool>, permissions: &[Permission]) {
    into.extend(permissions.iter().map(|permission| (permission.name.clone(), permission.value)));
}
