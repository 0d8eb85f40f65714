//! Operator `service-plan`.

mod data;

use plesk_protocol::common::ObjectDescriptor;
use plesk_protocol::service_plan::{
    Add, AddResult, DbServersList, DbServersListResult, DbServersRequest, DbServersResponse, DelResult, Descriptor,
    Duplicate, DuplicateResult, Filter, GetResult, Matched, Object, Owner, Owners, PlanItemResult, Request, Requests,
    Response, Responses, SetResult,
};
use plesk_wire::packet::EachReply;

use self::data::PlanUpdate;
use crate::random;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::descriptors::{self, describe};
use crate::shared::plans::{delete_unused_plan, find_plan_owner, impl_plan_results, sync_followers};
use crate::shared::query::{IntoFilter, impl_into_filter, impl_into_key};
use crate::shared::reply::{refused_reply, single_reply};
use crate::shared::resources::{Edit, find_db_servers};
use crate::shared::results::{ResultBody, impl_result_body};
use crate::shared::scope::Scope;
use crate::state::{ADMINISTRATOR_ID, ServicePlan, State};

impl_into_filter! {
    Filter {
        Everything => Everything,
        Id => Keys(Id),
        Name => Keys(Name),
        Guid => Keys(Guid),
        ExternalId => Keys(ExternalId),
    }
}

impl_into_key! {
    Owner { OwnerId => Id, OwnerLogin => Name, }
    Owners { OwnerId => Id, OwnerLogin => Name, }
}

impl_result_body! { Matched }

// These results repeat the key under the name that it has in the filter.
impl_result_body! {
    |result, subject| result.object = into_object(subject);

    DelResult { problems: Option<String> }
    SetResult
    PlanItemResult { item: String }
    Descriptor { descriptor: ObjectDescriptor }
}

impl_plan_results!(Object, GetResult);

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(add) => R::Add(single_reply(create(state, add).map(Some))),
        Request::Get(get) => R::Get(read(state, get.owners, get.filter, data::read)?),
        Request::Del(del) => match find_plan_owner(state, del.owner) {
            Err(refusal) => R::Del(refused_reply(refusal)),
            Ok(owner) => R::Del(
                plans_of(Some(owner))
                    .for_each(state, del.filter, |state, id| delete_unused_plan(state, id).map(|()| None))?,
            ),
        },
        Request::Set(mut set) => {
            let (filter, owner) = (set.filter.clone(), set.owner.take());
            let update = PlanUpdate::from(set);
            R::Set(edit(state, owner, filter, |state, plan| data::apply(state, plan, update.clone()))?)
        }
        Request::AddPackage(add) => R::AddPackage(edit(state, add.owner, add.filter, |state, plan| {
            plan.settings.applications.edit(Edit::Add, &add.package, &state.applications)
        })?),
        Request::RemovePackage(remove) => R::RemovePackage(edit(state, remove.owner, remove.filter, |state, plan| {
            plan.settings.applications.edit(Edit::Remove, &remove.package, &state.applications)
        })?),
        Request::EnableApsFilter(enable) => R::EnableApsFilter(edit(state, enable.owner, enable.filter, |_, plan| {
            plan.settings.applications.restrict_to_new_list();
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
        Request::GetLimitDescriptor(get) => {
            R::GetLimitDescriptor(read(state, get.owners, get.filter, |_, _| describe(&[descriptors::LIMITS]))?)
        }
        Request::GetPermissionDescriptor(get) => {
            R::GetPermissionDescriptor(read(state, get.owners, get.filter, |_, _| {
                describe(&[descriptors::PERMISSIONS])
            })?)
        }
        Request::GetPhysicalHostingDescriptor(get) => {
            R::GetPhysicalHostingDescriptor(read(state, get.owners, get.filter, |_, _| {
                describe(&[descriptors::HOSTING])
            })?)
        }
        Request::DbServers(request) => R::DbServers(db_servers(state, request)?),
        Request::Duplicate(request) => R::Duplicate(single_reply(duplicate(state, request).map(Some))),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Returns the scope of the plans of one owner, or of all.
fn plans_of(owner: Option<u64>) -> Scope<ServicePlan> {
    Scope {
        name: "Service plan",
        objects: |state| &state.service_plans,
        objects_mut: |state| &mut state.service_plans,
        owner,
    }
}

/// Reads from the plans of one owner, or of all.
fn read<B: ResultBody>(
    state: &mut State,
    owners: Option<Owners>,
    filter: impl IntoFilter,
    read: impl Fn(&State, &ServicePlan) -> B::Data,
) -> Result<EachReply<B>, Refusal> {
    let owner = match owners {
        Some(Owners::OwnerAll) => None,
        owners => match find_plan_owner(state, owners) {
            Ok(owner) => Some(owner),
            Err(refusal) => return Ok(refused_reply(refusal)),
        },
    };
    plans_of(owner).read_each(state, filter, read)
}

/// Changes plans of one owner, and the subscriptions that follow them.
fn edit<B: ResultBody>(
    state: &mut State,
    owner: Option<Owner>,
    filter: impl IntoFilter,
    edit: impl Fn(&State, &mut ServicePlan) -> Result<B::Data, Refusal>,
) -> Result<EachReply<B>, Refusal> {
    let plans = match find_plan_owner(state, owner) {
        Ok(owner) => plans_of(Some(owner)),
        Err(refusal) => return Ok(refused_reply(refusal)),
    };
    plans.for_each(state, filter, |state, id| {
        let data = plans.edit(state, id, &edit)?;
        sync_followers(state, id);
        Ok(data)
    })
}

fn create(state: &mut State, mut add: Add) -> Result<AddResult, Refusal> {
    let owner = find_plan_owner(state, add.owner.take())?;
    let mut plan = ServicePlan::new(0, owner, "");
    data::apply(state, &mut plan, add.into())?;
    let (id, guid) = insert(state, plan);
    Ok(build(|result: &mut AddResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

fn duplicate(state: &mut State, request: Duplicate) -> Result<DuplicateResult, Refusal> {
    let plans = plans_of(Some(find_plan_owner(state, request.owner)?));
    let original = plans.select_one(state, request.filter)?;
    // The copy gets keys of its own.
    let mut copy =
        ServicePlan { id: 0, external_id: None, guid: random::guid(), ..plans.get(state, original)?.clone() };
    data::apply(state, &mut copy, PlanUpdate::name(request.duplicate_name))?;
    let (id, guid) = insert(state, copy);
    Ok(build(|result: &mut DuplicateResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

/// Adds a plan under a new ID. Returns its ID and GUID.
fn insert(state: &mut State, plan: ServicePlan) -> (u64, String) {
    let new = state.add_service_plan(plan.owner, &plan.name);
    *new = ServicePlan { id: new.id, ..plan };
    (new.id, new.guid.clone())
}

fn db_servers(state: &mut State, request: DbServersRequest) -> Result<DbServersResponse, Refusal> {
    use DbServersResponse as R;
    let change = |state: &State, plan: &mut ServicePlan, direction, servers: &[_]| {
        plan.settings.edit_db_servers(direction, &find_db_servers(state, servers)?)
    };
    Ok(match request {
        DbServersRequest::Add(add) => {
            R::Add(edit(state, None, add.filter, |state, plan| change(state, plan, Edit::Add, &add.db_server))?)
        }
        DbServersRequest::Remove(remove) => R::Remove(edit(state, None, remove.filter, |state, plan| {
            change(state, plan, Edit::Remove, &remove.db_server)
        })?),
        DbServersRequest::List(list) => R::List(single_reply(list_db_servers(state, list))),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn list_db_servers(state: &State, list: DbServersList) -> Result<DbServersListResult, Refusal> {
    let plans = plans_of(Some(ADMINISTRATOR_ID));
    let plan = plans.get(state, plans.select_one(state, list.filter)?)?;
    Ok(build(|result: &mut DbServersListResult| {
        result.id = Some(plan.id.into());
        result.db_server = plan.settings.list_db_servers(state);
    }))
}
