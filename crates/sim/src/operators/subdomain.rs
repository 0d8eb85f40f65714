//! Operator `subdomain`: the sites below another domain, as older clients see them.

use std::collections::BTreeMap;

use plesk_protocol::subdomain::{
    Add, AddResult, Filter, GetResult, Object, Property, Rename, Request, Requests, Response, Responses,
};
use plesk_wire::packet::{EachReply, ErrorCode, Secret};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::hosting::site_properties;
use crate::shared::limits::{count_subdomains, require_within_limit};
use crate::shared::query::{Key, KeyKind};
use crate::shared::reply::single_reply;
use crate::shared::results::{ResultBody, impl_result_body};
use crate::shared::scope::reply_to_keys;
use crate::state::{Domain, Hosting, IndexKey, State};

/// Error 1034: the domain has no web hosting. The protocol documents it for this operator alone.
const NO_WEB_HOSTING: ErrorCode = ErrorCode(1034);

impl_result_body! {
    GetResult { data: Object }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(request) => R::Add(single_reply(add(state, request))),
        Request::Get(get) => R::Get(for_each(state, get.filter, |state, id| read(state, id))),
        Request::Del(del) => R::Del(for_each(state, del.filter, |state, id| {
            state.delete_site(id);
            Ok(())
        })),
        Request::Set(set) => R::Set(for_each(state, set.filter, |state, id| {
            set_properties(state, id, &set.property);
            Ok(())
        })),
        Request::Rename(request) => R::Rename(single_reply(rename(state, &request))),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn not_found() -> Refusal {
    Refusal::not_found("Subdomain")
}

/// Returns the ID of a subdomain that the sender of the packet may change.
fn find(state: &State, id: u64) -> Result<u64, Refusal> {
    state.sites.get(&id).filter(|site| site.parent.is_some()).ok_or_else(not_found)?;
    state.require_access_to_domain(id).map(|()| id)
}

/// Runs `act` on each subdomain that the filter selects.
fn for_each<B: ResultBody>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
) -> EachReply<B> {
    let named = |name: &str| find(state, state.domain_named(name).ok_or_else(not_found)?.id()).map(|id| vec![id]);
    let below = |parent: &str| Ok(state.sites.lookup_ids(IndexKey::Parent(find_parent(state, parent)?)));
    let selected = match filter {
        Filter::Id(ids) => {
            let key = |id: u64| Some(Key::new(KeyKind::Id, id.to_string()));
            ids.iter().map(|id| (key(id.get()), find(state, id.get()).map(|id| vec![id]))).collect()
        }
        Filter::Name(names) => names.iter().map(|name| (Some(Key::name(name)), named(name))).collect(),
        Filter::ParentName(names) => {
            let names = names.iter().map(|name| name.to_text().unwrap_or_default());
            names.map(|name| (Some(Key::name(name.clone())), below(&name))).collect()
        }
        _ => {
            let visible = state.sites.keys().copied().filter(|id| find(state, *id).is_ok());
            vec![(None, Ok(visible.collect()))]
        }
    };
    reply_to_keys(selected, |id| act(state, id))
}

/// Returns the ID of the domain with this name.
fn find_parent(state: &State, name: &str) -> Result<u64, Refusal> {
    let id = state.domain_named(name).ok_or_else(|| Refusal::not_found("Parent domain"))?.id();
    state.require_access_to_domain(id).map(|()| id)
}

fn add(state: &mut State, add: Add) -> Result<AddResult, Refusal> {
    let parent = find_parent(state, &add.parent)?;
    let domain = state.domain(parent).ok_or_else(not_found)?;
    if !matches!(domain.hosting(), Hosting::Physical(_)) {
        return Err(Refusal::new(NO_WEB_HOSTING, "The domain has no web hosting"));
    }
    let (subscription, suffix) = (domain.subscription(), format!(".{}", domain.name()));
    require_within_limit(state, subscription, "max_subdom", || count_subdomains(state, subscription))?;
    let name = full_name(state, &add.name, &suffix)?;
    let site = state.add_site(subscription, &name);
    site.parent = Some(parent);
    let home = add.home.map(|home| ("www_root".to_owned(), home.trim_start_matches('/').into()));
    site.hosting = Hosting::Physical(home.into_iter().collect::<BTreeMap<String, Secret>>());
    let id = site.id;
    set_properties(state, id, &add.property);
    Ok(build(|result: &mut AddResult| result.id = Some(id.into())))
}

/// Returns the full name of a subdomain. Clients send the part before the parent, or the full name.
fn full_name(state: &State, name: &str, suffix: &str) -> Result<String, Refusal> {
    let name = name.trim().to_ascii_lowercase();
    let start = name.strip_suffix(suffix).unwrap_or(&name);
    if start.is_empty() {
        return Err(Refusal::invalid_value("The name of the subdomain is empty"));
    }
    let name = format!("{start}{suffix}");
    if state.domain_name_exists(&name) {
        return Err(Refusal::already_exists(&format!("The subdomain '{name}'")));
    }
    Ok(name)
}

/// Sets the hosting properties that were sent.
fn set_properties(state: &mut State, id: u64, properties: &[Property]) {
    if let Some(site) = state.sites.get_mut(&id) {
        let mut all = match &site.hosting {
            Hosting::Physical(own) => own.clone(),
            _ => BTreeMap::new(),
        };
        all.extend(properties.iter().map(|property| (property.name.clone(), property.value.clone())));
        site.hosting = Hosting::Physical(all);
    }
}

fn read(state: &State, id: u64) -> Result<Object, Refusal> {
    let site = state.sites.get(&id).ok_or_else(not_found)?;
    let parent = site.parent.and_then(|parent| state.domain(parent)).ok_or_else(not_found)?;
    let webspace = state.subscriptions.get(&site.subscription).ok_or_else(not_found)?;
    let properties = match &site.hosting {
        Hosting::Physical(own) => site_properties(Domain::Site(site), webspace, own),
        _ => BTreeMap::new(),
    };
    Ok(build(|object: &mut Object| {
        parent.name().clone_into(&mut object.parent);
        object.name.clone_from(&site.name);
        object.property = properties
            .into_iter()
            .map(|(name, value)| {
                build(|property: &mut Property| {
                    property.name = name;
                    property.value = value;
                })
            })
            .collect();
    }))
}

fn rename(state: &mut State, rename: &Rename) -> Result<(), Refusal> {
    let id = find(state, rename.id.get())?;
    let parent = state.sites.get(&id).and_then(|site| state.domain(site.parent?)).ok_or_else(not_found)?;
    let suffix = format!(".{}", parent.name());
    let name = full_name(state, &rename.name.to_text().unwrap_or_default(), &suffix)?;
    state.rename_domain(id, &name);
    Ok(())
}
