//! Operator `service-plan`.

use plesk_protocol::service_plan::{
    Add, AddResult, DbServersList, DbServersListResult, DbServersRequest, DbServersResponse, Duplicate,
    DuplicateResult, Owner, Owners, Request, Requests, Response, Responses,
};
use plesk_wire::packet::EachReply;

use super::about::About;
use super::filter::{Scope, find, refused};
use super::resources::{self, Edit};
use super::selectors::{Names, Selects};
use super::service_plan_data as data;
use super::{descriptors, make, not_modelled, plans, single};
use crate::random;
use crate::refusal::Refusal;
use crate::state::{ADMINISTRATOR_ID, ApplicationList, ServicePlan, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| one(state, request)).collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

fn one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(add) => R::Add(single(create(state, add).map(Some))),
        Request::Get(get) => R::Get(read(state, get.owners, get.filter, data::read)?),
        Request::Del(del) => match owner(state, del.owner) {
            Err(refusal) => R::Del(refused(refusal)),
            Ok(owner) => R::Del(of(Some(owner)).each(state, del.filter, |state, id| {
                let followers = state.delete_service_plan(id);
                let problems = || format!("Subscriptions that followed this plan and follow none now: {followers}");
                Ok((followers > 0).then(problems))
            })?),
        },
        Request::Set(mut set) => {
            let (filter, owner) = (set.filter.clone(), set.owner.take());
            let changes = data::Changes::from(set);
            R::Set(edit(state, owner, filter, |state, plan| data::change(state, plan, changes.clone()))?)
        }
        Request::AddPackage(add) => R::AddPackage(edit(state, add.owner, add.filter, |state, plan| {
            plan.settings.applications.edit(Edit::Add, &add.package, &state.applications)
        })?),
        Request::RemovePackage(remove) => R::RemovePackage(edit(state, remove.owner, remove.filter, |state, plan| {
            plan.settings.applications.edit(Edit::Remove, &remove.package, &state.applications)
        })?),
        Request::EnableApsFilter(enable) => R::EnableApsFilter(edit(state, enable.owner, enable.filter, |_, plan| {
            // The protocol has it that the list starts anew.
            plan.settings.applications = ApplicationList { only_listed: true, ..ApplicationList::default() };
            Ok(())
        })?),
        Request::DisableApsFilter(disable) => {
            R::DisableApsFilter(edit(state, disable.owner, disable.filter, |_, plan| {
                plan.settings.applications.only_listed = false;
                Ok(())
            })?)
        }
        Request::AddPlanItem(add) => R::AddPlanItem(edit(state, add.owner, add.filter, |state, plan| {
            plan.settings.edit_plan_item(Edit::Add, &add.plan_item.name, &state.plan_items)
        })?),
        Request::RemovePlanItem(remove) => {
            R::RemovePlanItem(edit(state, remove.owner, remove.filter, |state, plan| {
                plan.settings.edit_plan_item(Edit::Remove, &remove.plan_item.name, &state.plan_items)
            })?)
        }
        Request::GetLimitDescriptor(get) => R::GetLimitDescriptor(read(state, get.owners, get.filter, |_, _| {
            descriptors::describe(&[descriptors::LIMITS])
        })?),
        Request::GetPermissionDescriptor(get) => {
            R::GetPermissionDescriptor(read(state, get.owners, get.filter, |_, _| {
                descriptors::describe(&[descriptors::PERMISSIONS])
            })?)
        }
        Request::GetPhysicalHostingDescriptor(get) => {
            R::GetPhysicalHostingDescriptor(read(state, get.owners, get.filter, |_, _| {
                descriptors::describe(&[descriptors::HOSTING])
            })?)
        }
        Request::DbServers(request) => R::DbServers(db_servers(state, request)?),
        Request::Duplicate(request) => R::Duplicate(single(duplicate(state, request).map(Some))),
        other => return Err(not_modelled(&other)),
    })
}

/// The plans of one owner, or of all.
fn of(owner: Option<u64>) -> Scope<ServicePlan> {
    Scope {
        name: "Service plan",
        objects: |state| &state.service_plans,
        objects_mut: |state| &mut state.service_plans,
        owner,
    }
}

/// The ID of the administrator or reseller whose plans are meant.
fn owner(state: &State, owner: Option<impl Names>) -> Result<u64, Refusal> {
    match owner {
        None => Ok(ADMINISTRATOR_ID),
        Some(owner) => Ok(find(state.providers(), &owner.named()?).ok_or_else(Refusal::no_owner)?.id),
    }
}

/// Reads from the plans of one owner, or of all.
fn read<B: About>(
    state: &mut State,
    owners: Option<Owners>,
    filter: impl Selects,
    read: impl Fn(&State, &ServicePlan) -> B::Data,
) -> Result<EachReply<B>, Refusal> {
    let owner = match owners {
        Some(Owners::OwnerAll) => None,
        owners => match owner(state, owners) {
            Ok(owner) => Some(owner),
            Err(refusal) => return Ok(refused(refusal)),
        },
    };
    of(owner).read_each(state, filter, read)
}

/// Changes plans of one owner, and with them the subscriptions that follow them.
fn edit<B: About>(
    state: &mut State,
    whose: Option<Owner>,
    filter: impl Selects,
    edit: impl Fn(&State, &mut ServicePlan) -> Result<B::Data, Refusal>,
) -> Result<EachReply<B>, Refusal> {
    let plans = match owner(state, whose) {
        Ok(owner) => of(Some(owner)),
        Err(refusal) => return Ok(refused(refusal)),
    };
    plans.each(state, filter, |state, id| {
        let done = plans.edit(state, id, &edit)?;
        plans::spread(state, id);
        Ok(done)
    })
}

fn create(state: &mut State, mut add: Add) -> Result<AddResult, Refusal> {
    let owner = owner(state, add.owner.take())?;
    let mut plan = ServicePlan::new(0, owner, "");
    data::change(state, &mut plan, add.into())?;
    let (id, guid) = insert(state, plan);
    Ok(make(|result: &mut AddResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

fn duplicate(state: &mut State, request: Duplicate) -> Result<DuplicateResult, Refusal> {
    let plans = of(Some(owner(state, request.owner)?));
    let original = plans.single(state, request.filter)?;
    // What identifies a plan is not copied.
    let mut copy =
        ServicePlan { id: 0, external_id: None, guid: random::guid(), ..plans.get(state, original)?.clone() };
    data::change(state, &mut copy, data::Changes::name(request.duplicate_name))?;
    let (id, guid) = insert(state, copy);
    Ok(make(|result: &mut DuplicateResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

/// Gives a plan its ID.
fn insert(state: &mut State, plan: ServicePlan) -> (u64, String) {
    let new = state.add_service_plan(plan.owner, &plan.name);
    *new = ServicePlan { id: new.id, ..plan };
    (new.id, new.guid.clone())
}

fn db_servers(state: &mut State, request: DbServersRequest) -> Result<DbServersResponse, Refusal> {
    use DbServersResponse as R;
    let change = |state: &State, plan: &mut ServicePlan, change, servers: &[_]| {
        plan.settings.edit_db_servers(change, &resources::db_servers(state, servers)?)
    };
    Ok(match request {
        DbServersRequest::Add(add) => {
            R::Add(edit(state, None, add.filter, |state, plan| change(state, plan, Edit::Add, &add.db_server))?)
        }
        DbServersRequest::Remove(remove) => R::Remove(edit(state, None, remove.filter, |state, plan| {
            change(state, plan, Edit::Remove, &remove.db_server)
        })?),
        DbServersRequest::List(list) => R::List(single(listed_db_servers(state, list))),
        other => return Err(not_modelled(&other)),
    })
}

fn listed_db_servers(state: &State, list: DbServersList) -> Result<DbServersListResult, Refusal> {
    let plans = of(Some(ADMINISTRATOR_ID));
    let plan = plans.get(state, plans.single(state, list.filter)?)?;
    Ok(make(|result: &mut DbServersListResult| {
        result.id = Some(plan.id.into());
        result.db_server = plan.settings.db_servers(state);
    }))
}
