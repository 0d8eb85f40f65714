//! Operator `webspace`: subscriptions.

mod data;
mod hosting;
mod traffic;
mod update;

use plesk_protocol::common::{ButtonData, ObjectDescriptor, Traffic};
use plesk_protocol::webspace::{
    AddPlan, AddSubscriptionResult, CformButtonsListResult, DbServersListResult, DbServersRequest, DbServersResponse,
    Filter, GetLimitDescriptorResult, GetPermissionDescriptorResult, GetPhysicalHostingDescriptorResult, GetResult,
    GetResultData, GetTrafficResult, Plan, PlanItemResult, RemoveSubscriptionResult, Request, Requests, Response,
    Responses, SwitchSubscriptionPlan, SwitchSubscriptionResult, SyncSubscriptionResult,
};
use plesk_wire::packet::{EachReply, Outcome};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::buttons::{Button, build_buttons};
use crate::shared::descriptors::{self, describe};
use crate::shared::plans::{find_addon, find_service_plan, follow_plan, lock_settings};
use crate::shared::query::{IntoKey, impl_into_filter, impl_into_key};
use crate::shared::reply::single_reply;
use crate::shared::resources::{Edit, find_db_servers};
use crate::shared::results::{ResultBody, impl_result_body};
use crate::shared::scope::Scope;
use crate::state::{State, Subscription};

const SUBSCRIPTIONS: Scope<Subscription> = Scope {
    name: "Subscription",
    objects: |state| &state.subscriptions,
    objects_mut: |state| &mut state.subscriptions,
    owner: None,
};

/// The buttons of a subscription.
const BUTTONS: &[Button] = &[
    Button { code: "web", label: "Websites & Domains", path: "/smb/web/view/id/{}" },
    Button { code: "mail", label: "Mail", path: "/smb/email-address/list/id/{}" },
    Button { code: "files", label: "File Manager", path: "/smb/file-manager/list/id/{}" },
];

impl_into_filter! {
    Filter {
        Everything => Everything,
        Id => Keys(Id),
        Name => Keys(Name),
        Guid => Keys(Guid),
        ExternalId => Keys(ExternalId),
        OwnerId => OwnerKeys(Id),
        OwnerLogin => OwnerKeys(Name),
        OwnerGuid => OwnerKeys(Guid),
        OwnerExternalId => OwnerKeys(ExternalId),
    }
}

impl_into_key! {
    AddPlan { PlanId => Id, PlanName => Name, PlanGuid => Guid, PlanExternalId => ExternalId, }
    SwitchSubscriptionPlan { PlanGuid => Guid, PlanExternalId => ExternalId, }
    Plan { PlanGuid => Guid, PlanExternalId => ExternalId, }
}

impl_result_body! {
    GetResult { data: GetResultData }
    CformButtonsListResult { button: Vec<ButtonData> }
    GetTrafficResult { traffic: Vec<Traffic> }
    GetLimitDescriptorResult { descriptor: ObjectDescriptor }
    GetPermissionDescriptorResult { descriptor: ObjectDescriptor }
    GetPhysicalHostingDescriptorResult { descriptor: ObjectDescriptor }
    SwitchSubscriptionResult { problems: Option<String> }
    SyncSubscriptionResult { problems: Option<String> }
    AddSubscriptionResult
    RemoveSubscriptionResult
    PlanItemResult { item: String }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(add) => R::Add(single_reply(update::create(state, add))),
        Request::Get(get) => R::Get(
            SUBSCRIPTIONS
                .read_each(state, get.filter, |state, subscription| data::read(state, subscription, &get.dataset))?,
        ),
        Request::Set(set) => R::Set(SUBSCRIPTIONS.edit_each(state, set.filter, |state, subscription| {
            update::set(state, subscription, set.values.clone())
        })?),
        Request::Del(del) => R::Del(SUBSCRIPTIONS.for_each(state, del.filter, |state, id| {
            state.require_provider()?;
            state.delete_subscription(id);
            Ok(())
        })?),
        Request::CformButtonsList(list) => {
            R::CformButtonsList(SUBSCRIPTIONS.read_each(state, list.filter, |_, subscription| {
                build_buttons(BUTTONS, subscription.id, subscription.status == 0)
            })?)
        }
        Request::GetTraffic(get) => {
            let filter = get.filter.clone();
            R::GetTraffic(SUBSCRIPTIONS.read_each(state, filter, |_, subscription| traffic::read(subscription, &get))?)
        }
        Request::SetTraffic(set) => R::SetTraffic(single_reply(traffic::set(state, &set))),
        Request::GetLimitDescriptor(get) => {
            R::GetLimitDescriptor(describe_each(state, get.filter, descriptors::LIMITS)?)
        }
        Request::GetPermissionDescriptor(get) => {
            R::GetPermissionDescriptor(describe_each(state, get.filter, descriptors::PERMISSIONS)?)
        }
        Request::GetPhysicalHostingDescriptor(get) => {
            R::GetPhysicalHostingDescriptor(describe_each(state, get.filter, descriptors::HOSTING)?)
        }
        Request::SwitchSubscription(switch) => {
            R::SwitchSubscription(SUBSCRIPTIONS.edit_each(state, switch.filter, |state, subscription| {
                switch_plan(state, subscription, &switch.plan)
            })?)
        }
        Request::SyncSubscription(sync) => {
            R::SyncSubscription(SUBSCRIPTIONS.edit_each(state, sync.filter, |state, subscription| {
                let plan = subscription.plan.and_then(|plan| state.service_plans.get(&plan));
                Ok(plan.and_then(|plan| follow_plan(subscription, plan)))
            })?)
        }
        Request::AddSubscription(add) => {
            R::AddSubscription(SUBSCRIPTIONS.edit_each(state, add.filter, |state, subscription| {
                let addon = find_addon(state, subscription, &add.plan.clone().into_key()?)?;
                subscription.addons.insert(addon.id);
                Ok(())
            })?)
        }
        Request::RemoveSubscription(remove) => {
            R::RemoveSubscription(SUBSCRIPTIONS.edit_each(state, remove.filter, |state, subscription| {
                let addon = find_addon(state, subscription, &remove.plan.clone().into_key()?)?;
                if subscription.addons.remove(&addon.id) { Ok(()) } else { Err(Refusal::not_found("Add-on plan")) }
            })?)
        }
        Request::AddPackage(add) => R::AddPackage(edit_locking(state, add.filter, |state, subscription| {
            subscription.settings.applications.edit(Edit::Add, &add.package, &state.applications)
        })?),
        Request::RemovePackage(remove) => {
            R::RemovePackage(edit_locking(state, remove.filter, |state, subscription| {
                subscription.settings.applications.edit(Edit::Remove, &remove.package, &state.applications)
            })?)
        }
        Request::AddPlanItem(add) => R::AddPlanItem(edit_locking(state, add.filter, |state, subscription| {
            subscription.settings.edit_plan_item(Edit::Add, &add.plan_item.name, &state.plan_items)
        })?),
        Request::RemovePlanItem(remove) => {
            R::RemovePlanItem(edit_locking(state, remove.filter, |state, subscription| {
                subscription.settings.edit_plan_item(Edit::Remove, &remove.plan_item.name, &state.plan_items)
            })?)
        }
        Request::EnableApsFilter(enable) => {
            R::EnableApsFilter(edit_locking(state, enable.filter, |_, subscription| {
                subscription.settings.applications.only_listed = true;
                Ok(())
            })?)
        }
        Request::DisableApsFilter(disable) => {
            R::DisableApsFilter(edit_locking(state, disable.filter, |_, subscription| {
                subscription.settings.applications.only_listed = false;
                Ok(())
            })?)
        }
        Request::GetChanged(get) => R::GetChanged(single_reply(Ok(traffic::list_changed(state, &get)))),
        Request::DbServers(request) => R::DbServers(db_servers(state, request)?),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Changes settings that a plan provides, and locks the subscription, so that later changes of the plan
/// no longer apply.
fn edit_locking<B: ResultBody, const MIN: usize>(
    state: &mut State,
    filter: Filter,
    edit: impl Fn(&State, &mut Subscription) -> Result<B::Data, Refusal>,
) -> Result<EachReply<B, MIN>, Refusal> {
    SUBSCRIPTIONS.edit_each(state, filter, |state, subscription| {
        let data = edit(state, subscription)?;
        lock_settings(subscription);
        Ok(data)
    })
}

/// Describes settings: once for each subscription, or once for the server if the filter is empty.
fn describe_each<B>(
    state: &mut State,
    filter: Filter,
    properties: &[descriptors::Property],
) -> Result<EachReply<B, 0>, Refusal>
where
    B: ResultBody<Data = ObjectDescriptor>,
{
    if matches!(filter, Filter::Everything) {
        let result = build(|result: &mut B| result.set_data(describe(&[properties])));
        return Ok(vec![Outcome::ok(result)].into());
    }
    SUBSCRIPTIONS.read_each(state, filter, |_, _| describe(&[properties]))
}

/// Assigns another plan of its provider to a subscription, or none.
fn switch_plan(
    state: &State,
    subscription: &mut Subscription,
    plan: &SwitchSubscriptionPlan,
) -> Result<Option<String>, Refusal> {
    if let SwitchSubscriptionPlan::NoPlan(_) = plan {
        // The settings stay as they are.
        subscription.plan = None;
        subscription.addons.clear();
        subscription.locked = false;
        return Ok(None);
    }
    let provider = state.provider_of(subscription.owner);
    Ok(follow_plan(subscription, find_service_plan(state, provider, &plan.clone().into_key()?)?))
}

fn db_servers(state: &mut State, request: DbServersRequest) -> Result<DbServersResponse, Refusal> {
    use DbServersResponse as R;
    let edit = |state: &State, subscription: &mut Subscription, direction, servers: &[_]| {
        subscription.settings.edit_db_servers(direction, &find_db_servers(state, servers)?)
    };
    Ok(match request {
        DbServersRequest::Add(add) => R::Add(edit_locking(state, add.filter, |state, subscription| {
            edit(state, subscription, Edit::Add, &add.db_server)
        })?),
        DbServersRequest::Remove(remove) => R::Remove(edit_locking(state, remove.filter, |state, subscription| {
            edit(state, subscription, Edit::Remove, &remove.db_server)
        })?),
        DbServersRequest::List(list) => R::List(single_reply(list_db_servers(state, list.filter))),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn list_db_servers(state: &State, filter: Filter) -> Result<DbServersListResult, Refusal> {
    let subscription = SUBSCRIPTIONS.get(state, SUBSCRIPTIONS.select_one(state, filter)?)?;
    Ok(build(|result: &mut DbServersListResult| {
        result.id = Some(subscription.id.into());
        result.db_server = subscription.settings.list_db_servers(state);
    }))
}
