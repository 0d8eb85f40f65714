//! Operator `service-plan-addon`: add-ons to service plans.

use plesk_protocol::common::ObjectDescriptor;
use plesk_protocol::service_plan_addon::{
    Add, AddResult, DelResult, Descriptor, Duplicate, DuplicateResult, Filter, GetResult, GetResultHosting,
    GetResultPackages, Object, Owner, Owners, Request, Requests, Response, Responses, Set, SetResult, VrtHst,
};
use plesk_wire::packet::EachReply;

use crate::random;
use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::descriptors::{HOSTING, LIMITS, PERMISSIONS, Property, describe};
use crate::shared::plans::{check_unique, delete_unused_plan, find_plan_owner, impl_plan_results};
use crate::shared::query::{IntoFilter, impl_into_filter, impl_into_key};
use crate::shared::reply::{refused_reply, single_reply};
use crate::shared::resources::Edit;
use crate::shared::results::{ResultBody, impl_result_body};
use crate::shared::scope::Scope;
use crate::shared::settings::{SettingsUpdate, list_properties, set_properties};
use crate::state::{ServicePlan, State};

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

impl_result_body! {
    |result, subject| result.object = into_object(subject);

    DelResult
    SetResult
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
        Request::Get(get) => R::Get(read_each(state, get.owners, get.filter, read)?),
        Request::Del(del) => match find_plan_owner(state, del.owner) {
            Err(refusal) => R::Del(refused_reply(refusal)),
            Ok(owner) => R::Del(addons_of(Some(owner)).for_each(state, del.filter, delete_unused_plan)?),
        },
        Request::Set(mut set) => {
            let (filter, owner) = (set.filter.clone(), set.owner.take());
            R::Set(edit_each(state, owner, filter, |state, addon| apply(state, addon, Update::from(set.clone())))?)
        }
        Request::AddPackage(add) => R::AddPackage(edit_each(state, add.owner, add.filter, |state, addon| {
            addon.settings.applications.edit(Edit::Add, &add.package, &state.applications)
        })?),
        Request::RemovePackage(remove) => {
            R::RemovePackage(edit_each(state, remove.owner, remove.filter, |state, addon| {
                addon.settings.applications.edit(Edit::Remove, &remove.package, &state.applications)
            })?)
        }
        Request::GetLimitDescriptor(get) => {
            R::GetLimitDescriptor(describe_each(state, get.owners, get.filter, LIMITS)?)
        }
        Request::GetPermissionDescriptor(get) => {
            R::GetPermissionDescriptor(describe_each(state, get.owners, get.filter, PERMISSIONS)?)
        }
        Request::GetPhysicalHostingDescriptor(get) => {
            R::GetPhysicalHostingDescriptor(describe_each(state, get.owners, get.filter, HOSTING)?)
        }
        Request::Duplicate(request) => R::Duplicate(single_reply(duplicate(state, request).map(Some))),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Returns the scope of the add-ons of one owner, or of all.
fn addons_of(owner: Option<u64>) -> Scope<ServicePlan> {
    Scope {
        name: "Add-on plan",
        objects: |state| &state.service_plan_addons,
        objects_mut: |state| &mut state.service_plan_addons,
        owner,
    }
}

/// Reads from the add-ons of one owner, or of all.
fn read_each<B: ResultBody>(
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
    addons_of(owner).read_each(state, filter, read)
}

fn describe_each(
    state: &mut State,
    owners: Option<Owners>,
    filter: Filter,
    properties: &[Property],
) -> Result<EachReply<Descriptor>, Refusal> {
    read_each(state, owners, filter, |_, _| describe(&[properties]))
}

/// Changes add-ons of one owner.
fn edit_each<B: ResultBody<Data = ()>>(
    state: &mut State,
    owner: Option<Owner>,
    filter: impl IntoFilter,
    edit: impl Fn(&State, &mut ServicePlan) -> Result<(), Refusal>,
) -> Result<EachReply<B>, Refusal> {
    match find_plan_owner(state, owner) {
        Ok(owner) => addons_of(Some(owner)).edit_each(state, filter, edit),
        Err(refusal) => Ok(refused_reply(refusal)),
    }
}

fn create(state: &mut State, mut add: Add) -> Result<AddResult, Refusal> {
    let owner = find_plan_owner(state, add.owner.take())?;
    let mut addon = ServicePlan { hosting: None, ..ServicePlan::new(0, owner, "") };
    apply(state, &mut addon, Update::from(add))?;
    let (id, guid) = insert(state, addon);
    Ok(build(|result: &mut AddResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

fn duplicate(state: &mut State, request: Duplicate) -> Result<DuplicateResult, Refusal> {
    let addons = addons_of(Some(find_plan_owner(state, request.owner)?));
    let original = addons.select_one(state, request.filter)?;
    // The copy gets keys of its own.
    let mut copy =
        ServicePlan { id: 0, external_id: None, guid: random::guid(), ..addons.get(state, original)?.clone() };
    apply(state, &mut copy, Update { name: Some(request.duplicate_name), ..Update::default() })?;
    let (id, guid) = insert(state, copy);
    Ok(build(|result: &mut DuplicateResult| {
        result.id = id.into();
        result.guid = guid;
    }))
}

/// Adds an add-on under a new ID. Returns its ID and GUID.
fn insert(state: &mut State, addon: ServicePlan) -> (u64, String) {
    let new = state.add_service_plan_addon(addon.owner, &addon.name);
    *new = ServicePlan { id: new.id, ..addon };
    (new.id, new.guid.clone())
}

/// The values that a request sets. A field that is `None` stays as it is.
#[derive(Default)]
struct Update {
    name: Option<String>,
    external_id: Option<String>,
    hosting: Option<VrtHst>,
    settings: SettingsUpdate,
}

macro_rules! impl_from {
    ($($request:ident)*) => {$(
        impl From<$request> for Update {
            fn from(request: $request) -> Self {
                // Unlike those of plans, the limits of add-ons have no policy of overuse.
                let limits = request.limits.map(|limits| {
                    build(|all: &mut plesk_protocol::common::DomainLimits| all.limit = limits.limit)
                });
                Self {
                    name: request.name.into(),
                    external_id: request.external_id,
                    hosting: request.hosting,
                    settings: SettingsUpdate {
                        limits,
                        permissions: request.permissions,
                        performance: request.performance,
                        php: request.php_settings,
                    },
                }
            }
        }
    )*};
}

impl_from! { Add Set }

/// Applies an update to an add-on.
fn apply(state: &State, addon: &mut ServicePlan, update: Update) -> Result<(), Refusal> {
    check_unique(&state.service_plan_addons, addon, update.name.as_deref(), update.external_id.as_deref())?;
    addon.name = update.name.unwrap_or(std::mem::take(&mut addon.name));
    addon.external_id = update.external_id.or(addon.external_id.take());
    if let Some(hosting) = update.hosting {
        set_properties(addon.hosting.get_or_insert_default(), &hosting.property);
    }
    addon.settings.apply(&update.settings)
}

/// Returns an add-on, as `get` reports it.
fn read(state: &State, addon: &ServicePlan) -> GetResult {
    let settings = &addon.settings;
    build(|result: &mut GetResult| {
        result.id = Some(addon.id.into());
        result.name = Some(addon.name.clone());
        result.guid = Some(addon.guid.clone());
        result.external_id.clone_from(&addon.external_id);
        result.owner_id = Some(addon.owner.into());
        result.owner_login = state.provider(addon.owner).map(|owner| owner.login.clone());
        result.limits = Some(build(|limits: &mut plesk_protocol::service_plan_addon::Limits| {
            limits.limit = settings.limits().limit;
        }));
        result.hosting = Some(match &addon.hosting {
            None => GetResultHosting::None,
            Some(hosting) => {
                GetResultHosting::VrtHst(build(|vrt_hst: &mut VrtHst| vrt_hst.property = list_properties(hosting)))
            }
        });
        result.performance = Some(settings.performance.clone());
        result.packages =
            Some(build(|packages: &mut GetResultPackages| packages.package = settings.applications.packages()));
        result.permissions = Some(settings.permissions());
        result.php_settings = Some(settings.php());
    })
}
