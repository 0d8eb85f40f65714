//! Operator `virtdir`: virtual directories of sites.

use plesk_protocol::virtdir::{GetResult, Parent, Path, Properties, Request, Requests, Response, Responses};
use plesk_wire::packet::EachReply;

use crate::refusal::Refusal;
use crate::shared::build::{build, merge};
use crate::shared::domains::find_domain;
use crate::shared::reply::{each_reply, single_reply};
use crate::state::{IndexKey, State, VirtualDir};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Create(create) => {
            R::Create(single_reply(self::create(state, &create.parent, &create.name, create.properties)))
        }
        Request::Update(update) => {
            R::Update(single_reply(self::update(state, &update.parent, &update.name, update.properties)))
        }
        Request::Remove(remove) => R::Remove(single_reply(find(state, &remove.parent, &remove.name).map(|id| {
            state.virtual_dirs.remove(&id);
        }))),
        Request::Get(get) => R::Get(read(state, &get.parent, &get.name)),
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Returns the ID of the site, which may be a subdomain.
fn find_site(state: &State, parent: &Parent) -> Result<u64, Refusal> {
    match parent {
        Parent::SiteId(id) | Parent::SubdomainId(id) => find_domain(state, id.get()),
        other => Err(Refusal::not_modeled(other)),
    }
}

/// Returns the path without slashes at its ends.
fn normalize(name: &Path) -> &str {
    name.as_str().trim().trim_matches('/')
}

/// Returns the ID of the virtual directory with this path.
fn find(state: &State, parent: &Parent, name: &Path) -> Result<u64, Refusal> {
    let key = IndexKey::NameIn(find_site(state, parent)?, normalize(name));
    let found = state.virtual_dirs.lookup_first(key);
    found.map(|directory| directory.id).ok_or_else(|| Refusal::not_found("Virtual directory"))
}

fn create(state: &mut State, parent: &Parent, name: &Path, properties: Properties) -> Result<(), Refusal> {
    let site = find_site(state, parent)?;
    let name = normalize(name);
    if name.is_empty() {
        return Err(Refusal::invalid_value("The name of the virtual directory is empty"));
    }
    if state.virtual_dirs.lookup_first(IndexKey::NameIn(site, name)).is_some() {
        return Err(Refusal::already_exists(&format!("The virtual directory '{name}'")));
    }
    let id = state.next_id();
    state.virtual_dirs.insert(id, VirtualDir { id, site, name: name.to_owned(), properties });
    Ok(())
}

/// Changes the properties that were sent; a list that was sent replaces the whole list.
fn update(state: &mut State, parent: &Parent, name: &Path, sent: Properties) -> Result<(), Refusal> {
    let id = find(state, parent, name)?;
    let Some(directory) = state.virtual_dirs.get_mut(&id) else { return Ok(()) };
    let own = &mut directory.properties;
    merge!(own, sent; real_path access_source access_read access_write dir_browsing log_visits application execute_perm
        default_doc access_anonymous access_windows require_ssl asp_buffering_limit asp_max_request_entity_allowed
        asp_enabled_server_debug asp_enabled_client_debug is_deny_by_concurrent_requests max_concurrent_requests
        is_deny_by_request_rate max_requests request_interval);
    let lists =
        [(&mut own.ip_allow, sent.ip_allow), (&mut own.ip_deny, sent.ip_deny), (&mut own.mime_type, sent.mime_type)];
    for (own, sent) in lists {
        if !sent.is_empty() {
            *own = sent;
        }
    }
    Ok(())
}

fn read(state: &State, parent: &Parent, name: &Path) -> EachReply<GetResult> {
    each_reply([find(state, parent, name).map(|id| {
        build(|result: &mut GetResult| {
            result.filter_id = Some(name.as_str().to_owned());
            result.id = Some(id.into());
            result.properties = Some(state.virtual_dirs[&id].properties.clone());
        })
    })])
}
