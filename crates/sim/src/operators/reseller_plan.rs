//! Operator `reseller-plan`: plans that resellers follow.

use std::net::IpAddr;

use plesk_protocol::reseller::{Limits, ResourcePolicy};
use plesk_protocol::reseller_plan::{
    ApplicationPackages, Duplicate, Filter, Get, GetLimitDescriptorResult, GetPermissionDescriptorResult, GetResult,
    IpPool, PlanResult, Request, Requests, Response, Responses,
};
use plesk_protocol::{common, customer};
use plesk_wire::packet::{EachReply, ErrorCode};
use plesk_wire::xml::Content;

use crate::random;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::descriptors::{LIMITS, PERMISSIONS, RESELLER_LIMITS, RESELLER_PERMISSIONS, describe};
use crate::shared::plans::{check_unique, find_reseller_plan};
use crate::shared::query::{Key, impl_into_filter};
use crate::shared::reply::{each_reply, single_reply};
use crate::shared::resources::Edit;
use crate::shared::results::{ResultBody, Subject};
use crate::shared::scope::Scope;
use crate::shared::settings::{list_limits, list_permissions, set_limits, set_permissions};
use crate::state::{ApplicationList, IndexKey, ResellerPlan, State};

const PLANS: Scope<ResellerPlan> = Scope {
    name: "Reseller plan",
    objects: |state| &state.reseller_plans,
    objects_mut: |state| &mut state.reseller_plans,
    owner: None,
};

impl_into_filter! {
    Filter {
        Everything => Everything,
        Id => Keys(Id),
        Name => Keys(Name),
        Guid => Keys(Guid),
        ExternalId => Keys(ExternalId),
    }
}

/// A result identifies the plan by all its keys. Only the result for a plan that does not exist repeats the key
/// of the filter.
macro_rules! impl_result_body {
    ($($result:ty)*) => {$(
        impl ResultBody for $result {
            type Data = Self;

            fn set_subject(&mut self, subject: Subject) {
                use crate::shared::query::KeyKind;
                self.id = subject.id.map(Into::into);
                match subject.key {
                    Some(Key { kind: KeyKind::Name, value }) => self.name = Some(value),
                    Some(Key { kind: KeyKind::Guid, value }) => self.guid = Some(value),
                    Some(Key { kind: KeyKind::ExternalId, value }) => self.external_id = Some(value),
                    Some(Key { kind: KeyKind::Id, value }) => {
                        self.id = value.parse::<u64>().ok().map(Into::into);
                    }
                    None => {}
                }
            }

            fn set_data(&mut self, data: Self) {
                *self = data;
            }
        }
    )*};
}

impl_result_body! { GetResult PlanResult }

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(add) => {
            let update = Update {
                name: Some(add.name),
                external_id: add.external_id,
                limits: add.limits,
                permissions: add.permissions,
                ip_pool: add.ip_pool,
            };
            R::Add(single_reply(create(state, update)))
        }
        Request::Get(get) => R::Get(PLANS.read_each(state, get.filter.clone(), |_, plan| read(plan, &get))?),
        Request::Del(del) => R::Del(PLANS.for_each(state, del.filter, delete)?),
        Request::Set(set) => R::Set(PLANS.for_each(state, set.filter.clone(), |state, id| {
            let set = set.clone();
            let update = Update {
                name: set.name,
                external_id: set.external_id,
                limits: set.limits,
                permissions: set.permissions,
                ip_pool: set.ip_pool,
            };
            change(state, id, update)
        })?),
        Request::AddPackage(add) => R::AddPackage(edit_applications(state, add.filter, |state, list| {
            list.edit(Edit::Add, &add.package, &state.applications)
        })?),
        Request::RemovePackage(remove) => R::RemovePackage(edit_applications(state, remove.filter, |state, list| {
            list.edit(Edit::Remove, &remove.package, &state.applications)
        })?),
        Request::GetLimitDescriptor(_) => {
            R::GetLimitDescriptor(descriptor(state, |result: &mut GetLimitDescriptorResult| {
                result.descriptor = Some(describe(&[LIMITS, RESELLER_LIMITS]));
            }))
        }
        Request::GetPermissionDescriptor(_) => {
            R::GetPermissionDescriptor(descriptor(state, |result: &mut GetPermissionDescriptorResult| {
                result.descriptor = Some(describe(&[PERMISSIONS, RESELLER_PERMISSIONS]));
            }))
        }
        Request::EnableApsFilter(enable) => R::EnableApsFilter(edit_applications(state, enable.filter, |_, list| {
            list.restrict_to_new_list();
            Ok(())
        })?),
        Request::DisableApsFilter(disable) => {
            R::DisableApsFilter(edit_applications(state, disable.filter, |_, list| {
                list.only_listed = false;
                Ok(())
            })?)
        }
        Request::Duplicate(request) => R::Duplicate(single_reply(duplicate(state, request))),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Returns the one descriptor that applies to all plans.
fn descriptor<B: Content>(state: &State, fill: impl FnOnce(&mut B)) -> EachReply<B, 0> {
    each_reply([state.require_administrator().map(|()| build(fill))])
}

/// Changes the application list of each plan that the filter selects.
fn edit_applications(
    state: &mut State,
    filter: Filter,
    edit: impl Fn(&State, &mut ApplicationList) -> Result<(), Refusal>,
) -> Result<EachReply<common::Matched>, Refusal> {
    PLANS.edit_each(state, filter, |state, plan| edit(state, &mut plan.applications))
}

/// The values that a request sets. A field that is `None` stays as it is.
#[derive(Default)]
struct Update {
    name: Option<String>,
    external_id: Option<String>,
    limits: Option<Limits>,
    permissions: Option<customer::Perms>,
    ip_pool: Option<IpPool>,
}

fn create(state: &mut State, update: Update) -> Result<PlanResult, Refusal> {
    state.require_administrator()?;
    let mut plan = ResellerPlan::new(0, "");
    apply(state, &mut plan, update)?;
    Ok(insert(state, plan))
}

/// Adds a plan under a new ID.
fn insert(state: &mut State, plan: ResellerPlan) -> PlanResult {
    let new = state.add_reseller_plan(&plan.name);
    *new = ResellerPlan { id: new.id, ..plan };
    identify(new)
}

fn duplicate(state: &mut State, request: Duplicate) -> Result<PlanResult, Refusal> {
    state.require_administrator()?;
    let original = find_reseller_plan(state, &Key::name(request.name))?.clone();
    // The copy gets keys of its own.
    let mut copy = ResellerPlan { id: 0, external_id: None, guid: random::guid(), ..original };
    apply(state, &mut copy, Update { name: Some(request.duplicate_name), ..Update::default() })?;
    Ok(insert(state, copy))
}

/// Changes a plan, and the resellers that follow it and have no settings of their own.
fn change(state: &mut State, id: u64, update: Update) -> Result<PlanResult, Refusal> {
    PLANS.edit(state, id, |state, plan| apply(state, plan, update))?;
    let plan = PLANS.get(state, id)?.clone();
    for reseller in state.resellers.lookup_ids(IndexKey::Plan(id)) {
        if let Some(reseller) = state.resellers.get_mut(&reseller)
            && !reseller.reseller.locked
        {
            reseller.reseller.follow_plan(&plan);
        }
    }
    Ok(identify(&plan))
}

/// Deletes a plan, unless resellers follow it.
fn delete(state: &mut State, id: u64) -> Result<PlanResult, Refusal> {
    let plan = PLANS.get(state, id)?;
    let followers = state.resellers.lookup_ids(IndexKey::Plan(id)).len();
    if followers > 0 {
        let name = &plan.name;
        let text = format!("The plan '{name}' is used by {followers} resellers; switch them to another plan first");
        return Err(Refusal::operation_failed(text));
    }
    let result = identify(plan);
    state.reseller_plans.remove(&id);
    Ok(result)
}

fn apply(state: &State, plan: &mut ResellerPlan, update: Update) -> Result<(), Refusal> {
    check_unique(&state.reseller_plans, plan, update.name.as_deref(), update.external_id.as_deref())?;
    plan.name = update.name.unwrap_or(std::mem::take(&mut plan.name));
    plan.external_id = update.external_id.or(plan.external_id.take());
    if let Some(limits) = update.limits {
        if let Some(policy) = limits.resource_policy {
            plan.oversell = policy.oversell.or(plan.oversell);
            plan.overuse = policy.overuse.or(plan.overuse.take());
        }
        set_limits(&mut plan.limits, &limits.limit)?;
    }
    if let Some(permissions) = update.permissions {
        set_permissions(&mut plan.permissions, &permissions.permission);
    }
    if let Some(pool) = update.ip_pool {
        plan.ip_pool = pool.ip_address.iter().map(|text| parse_address(state, text)).collect::<Result<_, _>>()?;
        plan.exclusive_ips = (pool.allocate_ip.unwrap_or_default(), pool.allocate_ipv6.unwrap_or_default());
    }
    Ok(())
}

/// Parses an IP address, which must be one of the server.
fn parse_address(state: &State, text: &str) -> Result<IpAddr, Refusal> {
    let address = text.trim().parse().ok().filter(|address| state.ip_addresses.contains(address));
    address.ok_or_else(|| Refusal::new(ErrorCode::IP_NOT_FOUND, format!("The server has no IP address {text}")))
}

/// Returns the keys of a plan.
fn identify(plan: &ResellerPlan) -> PlanResult {
    build(|result: &mut PlanResult| {
        result.id = Some(plan.id.into());
        result.name = Some(plan.name.clone());
        result.guid = Some(plan.guid.clone());
        result.external_id.clone_from(&plan.external_id);
    })
}

/// Returns a plan, as `get` reports it: its keys, and the parts that the request names.
fn read(plan: &ResellerPlan, get: &Get) -> GetResult {
    build(|result: &mut GetResult| {
        result.id = Some(plan.id.into());
        result.name = Some(plan.name.clone());
        result.guid = Some(plan.guid.clone());
        result.external_id.clone_from(&plan.external_id);
        result.limits = get.limits.then(|| {
            build(|limits: &mut Limits| {
                limits.resource_policy = (plan.oversell.is_some() || plan.overuse.is_some()).then(|| {
                    build(|policy: &mut ResourcePolicy| {
                        policy.oversell = plan.oversell;
                        policy.overuse.clone_from(&plan.overuse);
                    })
                });
                limits.limit = list_limits(&plan.limits);
            })
        });
        result.permissions = (get.permissions && !plan.permissions.is_empty()).then(|| {
            build(|permissions: &mut customer::Perms| permissions.permission = list_permissions(&plan.permissions))
        });
        result.ip_pool = get.ip_pool.then(|| {
            build(|pool: &mut IpPool| {
                pool.ip_address = plan.ip_pool.iter().map(ToString::to_string).collect();
                (pool.allocate_ip, pool.allocate_ipv6) = (Some(plan.exclusive_ips.0), Some(plan.exclusive_ips.1));
            })
        });
        if get.packages {
            result.aps_filter = Some(plan.applications.only_listed);
            result.packages =
                Some(build(|packages: &mut ApplicationPackages| packages.package = plan.applications.packages()));
        }
    })
}
