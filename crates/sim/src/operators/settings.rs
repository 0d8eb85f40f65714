//! Limits, permissions and the like: what a plan gives, and what a subscription or reseller has.

use std::collections::BTreeMap;

use plesk_protocol::common::{
    DomainLimits, DomainPerformance, DomainPerms, HostingProperty, Limit, Permission, PhpSettings, PhpSettingsSetting,
};
use plesk_protocol::customer::Perms;
use plesk_protocol::reseller::{Limits, LimitsResourcePolicy};
use plesk_wire::packet::Secret;

use super::{descriptors, make};
use crate::refusal::Refusal;
use crate::state::{ResellerPlan, ResellerSettings, Settings};

/// Values by name, as the protocol lists them.
macro_rules! listed {
    ($map:expr => $item:ident { $name:ident, $value:ident }) => {
        $map.iter()
            .map(|(name, value)| {
                make(|item: &mut $item| {
                    item.$name.clone_from(name);
                    item.$value = value.clone().into();
                })
            })
            .collect()
    };
}

/// The parts of a request that change [`Settings`].
#[derive(Clone, Default)]
pub(super) struct Changes {
    pub(super) limits: Option<DomainLimits>,
    pub(super) permissions: Option<DomainPerms>,
    pub(super) performance: Option<DomainPerformance>,
    pub(super) php: Option<PhpSettings>,
}

/// Takes the parts that change [`Settings`] out of a request.
macro_rules! changes {
    ($request:expr) => {
        $crate::operators::settings::Changes {
            limits: $request.limits.take(),
            permissions: $request.permissions.take(),
            performance: $request.performance.take(),
            php: $request.php_settings.take(),
        }
    };
}
pub(super) use changes;

impl Changes {
    /// Whether there are any.
    pub(super) fn any(&self) -> bool {
        self.limits.is_some() || self.permissions.is_some() || self.performance.is_some() || self.php.is_some()
    }
}

impl Settings {
    pub(super) fn change(&mut self, changes: &Changes) -> Result<(), Refusal> {
        if let Some(limits) = &changes.limits {
            self.overuse = limits.overuse.clone().or(self.overuse.take());
            if limits.all_to_zero.is_some() {
                self.limits.extend(descriptors::LIMITS.iter().map(|property| (property.name.to_owned(), 0)));
                self.limits.values_mut().for_each(|value| *value = 0);
            }
            put_limits(&mut self.limits, &limits.limit)?;
        }
        if let Some(permissions) = &changes.permissions {
            if permissions.revoke_all.is_some() {
                let all = descriptors::PERMISSIONS.iter().map(|property| (property.name.to_owned(), false));
                self.permissions.extend(all);
                self.permissions.values_mut().for_each(|value| *value = false);
            }
            put_permissions(&mut self.permissions, &permissions.permission);
        }
        if let Some(performance) = &changes.performance {
            self.performance.bandwidth = performance.bandwidth.or(self.performance.bandwidth);
            self.performance.max_connections = performance.max_connections.or(self.performance.max_connections);
        }
        let php = changes.php.iter().flat_map(|php| &php.setting);
        self.php.extend(php.map(|setting| (setting.name.clone(), setting.value.expose().to_owned())));
        Ok(())
    }

    pub(super) fn limits(&self) -> DomainLimits {
        make(|limits: &mut DomainLimits| {
            limits.overuse.clone_from(&self.overuse);
            limits.limit = listed!(self.limits => Limit { name, value });
        })
    }

    pub(super) fn permissions(&self) -> DomainPerms {
        make(|permissions: &mut DomainPerms| {
            permissions.permission = listed!(self.permissions => Permission { name, value });
        })
    }

    pub(super) fn php(&self) -> PhpSettings {
        make(|php: &mut PhpSettings| php.setting = listed!(self.php => PhpSettingsSetting { name, value }))
    }
}

impl ResellerSettings {
    /// Changes what is sent; what differs from the plan then is kept apart from it.
    pub(super) fn change(&mut self, limits: Option<&Limits>, permissions: Option<&Perms>) -> Result<(), Refusal> {
        self.locked |= self.plan.is_some() && (limits.is_some() || permissions.is_some());
        if let Some(limits) = limits {
            if let Some(policy) = &limits.resource_policy {
                self.oversell = policy.oversell.or(self.oversell);
                self.overuse = policy.overuse.clone().or(self.overuse.take());
            }
            put_limits(&mut self.limits, &limits.limit)?;
        }
        if let Some(permissions) = permissions {
            put_permissions(&mut self.permissions, &permissions.permission);
        }
        Ok(())
    }

    /// Takes over what a plan gives; what was set before is lost.
    pub(super) fn follow(&mut self, plan: &ResellerPlan) {
        self.plan = Some(plan.id);
        self.locked = false;
        self.oversell = plan.oversell;
        self.overuse.clone_from(&plan.overuse);
        self.limits.clone_from(&plan.limits);
        self.permissions.clone_from(&plan.permissions);
    }

    pub(super) fn limits(&self) -> Limits {
        make(|limits: &mut Limits| {
            if self.oversell.is_some() || self.overuse.is_some() {
                limits.resource_policy = Some(make(|policy: &mut LimitsResourcePolicy| {
                    policy.oversell = self.oversell;
                    policy.overuse.clone_from(&self.overuse);
                }));
            }
            limits.limit = listed!(self.limits => Limit { name, value });
        })
    }

    /// The permissions; the protocol has no empty list of them.
    pub(super) fn permissions(&self) -> Option<Perms> {
        let permissions: Vec<Permission> = listed!(self.permissions => Permission { name, value });
        (!permissions.is_empty()).then(|| make(|perms: &mut Perms| perms.permission = permissions))
    }
}

/// The properties of web hosting as the protocol lists them.
pub(super) fn properties(properties: &BTreeMap<String, Secret>) -> Vec<HostingProperty> {
    listed!(properties => HostingProperty { name, value })
}

/// Overlays properties of web hosting with those of a request.
pub(super) fn put_properties(into: &mut BTreeMap<String, Secret>, properties: &[HostingProperty]) {
    into.extend(properties.iter().map(|property| (property.name.clone(), property.value.clone())));
}

fn put_limits(into: &mut BTreeMap<String, i64>, limits: &[Limit]) -> Result<(), Refusal> {
    for limit in limits {
        if limit.value < -1 {
            let problem =
                format!("The limit '{}' is {}; it can be -1, which is unlimited, or more", limit.name, limit.value);
            return Err(Refusal::invalid(&problem));
        }
        into.insert(limit.name.clone(), limit.value);
    }
    Ok(())
}

fn put_permissions(into: &mut BTreeMap<String, bool>, permissions: &[Permission]) {
    into.extend(permissions.iter().map(|permission| (permission.name.clone(), permission.value)));
}
