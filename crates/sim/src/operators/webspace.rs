//! Operator `webspace`: subscriptions.

use plesk_protocol::webspace::{
    DbServersListResult, DbServersRequest, DbServersResponse, Filter, Request, Requests, Response, Responses,
    SwitchSubscriptionPlan,
};
use plesk_wire::packet::{EachReply, Outcome};

use super::about::About;
use super::filter::Scope;
use super::resources::{self, Edit};
use super::selectors::Names;
use super::{
    buttons, descriptors, make, not_modelled, plans, single, traffic, webspace_change as change, webspace_data as data,
};
use crate::refusal::Refusal;
use crate::state::{State, Subscription};

const SUBSCRIPTIONS: Scope<Subscription> = Scope {
    name: "Subscription",
    objects: |state| &state.subscriptions,
    objects_mut: |state| &mut state.subscriptions,
    owner: None,
};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| one(state, request)).collect::<Result<_, _>>()?;
    Ok(make(|responses: &mut Responses| responses.items = items))
}

fn one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(add) => R::Add(single(change::create(state, add))),
        Request::Get(get) => {
            R::Get(SUBSCRIPTIONS.read_each(state, get.filter, |state, one| data::read(state, one, &get.dataset))?)
        }
        Request::Set(set) => R::Set(SUBSCRIPTIONS.edit_each(state, set.filter, |state, subscription| {
            change::change(state, subscription, set.values.clone())
        })?),
        Request::Del(del) => R::Del(SUBSCRIPTIONS.each(state, del.filter, |state, id| {
            state.subscriptions.remove(&id);
            Ok(())
        })?),
        Request::CformButtonsList(list) => R::CformButtonsList(SUBSCRIPTIONS.read_each(
            state,
            list.filter,
            |_, one| buttons::of(buttons::SUBSCRIPTION, one.id, one.status == 0),
        )?),
        Request::GetTraffic(get) => {
            let filter = get.filter.clone();
            R::GetTraffic(SUBSCRIPTIONS.read_each(state, filter, |_, one| traffic::read(one, &get))?)
        }
        Request::SetTraffic(set) => R::SetTraffic(single(traffic::enter(state, &set).map(Some))),
        Request::GetLimitDescriptor(get) => R::GetLimitDescriptor(describe(state, get.filter, descriptors::LIMITS)?),
        Request::GetPermissionDescriptor(get) => {
            R::GetPermissionDescriptor(describe(state, get.filter, descriptors::PERMISSIONS)?)
        }
        Request::GetPhysicalHostingDescriptor(get) => {
            R::GetPhysicalHostingDescriptor(describe(state, get.filter, descriptors::HOSTING)?)
        }
        Request::SwitchSubscription(switch) => {
            R::SwitchSubscription(SUBSCRIPTIONS.edit_each(state, switch.filter, |state, subscription| {
                switch_plan(state, subscription, &switch.plan)
            })?)
        }
        Request::SyncSubscription(sync) => {
            R::SyncSubscription(SUBSCRIPTIONS.edit_each(state, sync.filter, |state, subscription| {
                let plan = subscription.plan.and_then(|plan| state.service_plans.get(&plan));
                Ok(plan.and_then(|plan| plans::follow(subscription, plan)))
            })?)
        }
        Request::AddSubscription(add) => {
            R::AddSubscription(SUBSCRIPTIONS.edit_each(state, add.filter, |state, subscription| {
                let addon = plans::addon_for(state, subscription, &add.plan.clone().named()?)?;
                subscription.addons.insert(addon.id);
                Ok(())
            })?)
        }
        Request::RemoveSubscription(remove) => {
            R::RemoveSubscription(SUBSCRIPTIONS.edit_each(state, remove.filter, |state, subscription| {
                let addon = plans::addon_for(state, subscription, &remove.plan.clone().named()?)?;
                if subscription.addons.remove(&addon.id) { Ok(()) } else { Err(Refusal::not_found("Add-on plan")) }
            })?)
        }
        Request::AddPackage(add) => R::AddPackage(customize(state, add.filter, |state, subscription| {
            subscription.settings.applications.edit(Edit::Add, &add.package, &state.applications)
        })?),
        Request::RemovePackage(remove) => R::RemovePackage(customize(state, remove.filter, |state, subscription| {
            subscription.settings.applications.edit(Edit::Remove, &remove.package, &state.applications)
        })?),
        Request::AddPlanItem(add) => R::AddPlanItem(customize(state, add.filter, |state, subscription| {
            subscription.settings.edit_plan_item(Edit::Add, &add.plan_item.name, &state.plan_items)
        })?),
        Request::RemovePlanItem(remove) => {
            R::RemovePlanItem(customize(state, remove.filter, |state, subscription| {
                subscription.settings.edit_plan_item(Edit::Remove, &remove.plan_item.name, &state.plan_items)
            })?)
        }
        Request::EnableApsFilter(enable) => R::EnableApsFilter(customize(state, enable.filter, |_, subscription| {
            subscription.settings.applications.only_listed = true;
            Ok(())
        })?),
        Request::DisableApsFilter(disable) => {
            R::DisableApsFilter(customize(state, disable.filter, |_, subscription| {
                subscription.settings.applications.only_listed = false;
                Ok(())
            })?)
        }
        Request::GetChanged(get) => R::GetChanged(single(Ok(traffic::changed(state, &get)))),
        Request::DbServers(request) => R::DbServers(db_servers(state, request)?),
        other => return Err(not_modelled(&other)),
    })
}

/// Changes what a plan would give, so that the plan no longer gives it.
fn customize<B: About, const MIN: usize>(
    state: &mut State,
    filter: Filter,
    edit: impl Fn(&State, &mut Subscription) -> Result<B::Data, Refusal>,
) -> Result<EachReply<B, MIN>, Refusal> {
    SUBSCRIPTIONS.edit_each(state, filter, |state, subscription| {
        let done = edit(state, subscription)?;
        change::lock(subscription);
        Ok(done)
    })
}

/// Describes settings: for each subscription, or with an empty filter for the whole server.
fn describe<B>(
    state: &mut State,
    filter: Filter,
    properties: &[descriptors::Property],
) -> Result<EachReply<B, 0>, Refusal>
where
    B: About<Data = plesk_protocol::common::ObjectDescriptor>,
{
    if matches!(filter, Filter::Everything) {
        let result = make(|result: &mut B| result.carry(descriptors::describe(&[properties])));
        return Ok(vec![Outcome::ok(result)].into());
    }
    SUBSCRIPTIONS.read_each(state, filter, |_, _| descriptors::describe(&[properties]))
}

/// Lets a subscription follow another plan of its provider, or none.
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
    Ok(plans::follow(subscription, plans::of_provider(state, provider, &plan.clone().named()?)?))
}

fn db_servers(state: &mut State, request: DbServersRequest) -> Result<DbServersResponse, Refusal> {
    use DbServersResponse as R;
    let edit = |state: &State, subscription: &mut Subscription, edit, servers: &[_]| {
        subscription.settings.edit_db_servers(edit, &resources::db_servers(state, servers)?)
    };
    Ok(match request {
        DbServersRequest::Add(add) => R::Add(customize(state, add.filter, |state, subscription| {
            edit(state, subscription, Edit::Add, &add.db_server)
        })?),
        DbServersRequest::Remove(remove) => R::Remove(customize(state, remove.filter, |state, subscription| {
            edit(state, subscription, Edit::Remove, &remove.db_server)
        })?),
        DbServersRequest::List(list) => R::List(single(listed_db_servers(state, list.filter))),
        other => return Err(not_modelled(&other)),
    })
}

fn listed_db_servers(state: &State, filter: Filter) -> Result<DbServersListResult, Refusal> {
    let subscription = SUBSCRIPTIONS.get(state, SUBSCRIPTIONS.single(state, filter)?)?;
    Ok(make(|result: &mut DbServersListResult| {
        result.id = Some(subscription.id.into());
        result.db_server = subscription.settings.db_servers(state);
    }))
}
