//! Operator `site-alias`: further names of sites.

use plesk_protocol::site_alias::{
    AliasInfo, AliasResult, Create, Filter, GetResult, GetSupportedServicesResult, Pref, Rename, RenameAlias, Request,
    Requests, Response, Responses, Settings,
};
use plesk_wire::packet::EachReply;

use crate::refusal::Refusal;
use crate::shared::build::{build, merge};
use crate::shared::domains::{find_domain, find_domain_named};
use crate::shared::limits::require_within_limit;
use crate::shared::query::{Key, KeyKind};
use crate::shared::reply::single_reply;
use crate::shared::results::{ResultBody, impl_result_body};
use crate::shared::scope::reply_to_keys;
use crate::state::{IndexKey, SiteAlias, State};

/// The services that can use an alias on this server.
const SERVICES: [&str; 3] = ["web", "mail", "seo-redirect"];

impl_result_body! {
    GetResult { info: AliasInfo }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Create(request) => R::Create(single_reply(create(state, request))),
        Request::Get(get) => R::Get(for_each(state, get.filter, |state, id| Ok(read(&state.site_aliases[&id])))),
        Request::Set(set) => R::Set(for_each(state, set.filter, |state, id| {
            apply(state, id, set.settings.clone());
            Ok(())
        })),
        Request::Delete(delete) => R::Delete(for_each(state, delete.filter, |state, id| {
            state.delete_site_alias(id);
            Ok(())
        })),
        Request::Rename(request) => R::Rename(single_reply(rename(state, &request))),
        Request::GetSupportedServices(_) => {
            R::GetSupportedServices(single_reply(Ok(build(|result: &mut GetSupportedServicesResult| {
                result.service = SERVICES.map(str::to_owned).into();
            }))))
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

fn not_found() -> Refusal {
    Refusal::not_found("Site alias")
}

/// Returns the ID of an alias that the sender of the packet may change.
fn find(state: &State, id: u64) -> Result<u64, Refusal> {
    let alias = state.site_aliases.get(&id).ok_or_else(not_found)?;
    state.require_access_to_domain(alias.site).map(|()| id)
}

fn find_by_name(state: &State, name: &str) -> Result<u64, Refusal> {
    let alias = state.site_aliases.lookup_first(IndexKey::Name(&name.trim().to_ascii_lowercase()));
    find(state, alias.ok_or_else(not_found)?.id)
}

/// Runs `act` on each alias that the filter selects.
fn for_each<B: ResultBody>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
) -> EachReply<B> {
    let key = |id: u64| Some(Key::new(KeyKind::Id, id.to_string()));
    let of_site = |site: Result<u64, Refusal>| Ok(state.site_aliases.lookup_ids(IndexKey::Parent(site?)));
    let selected = match filter {
        Filter::Id(ids) => ids.iter().map(|id| (key(id.get()), find(state, id.get()).map(|id| vec![id]))).collect(),
        Filter::Name(names) => {
            names.iter().map(|name| (Some(Key::name(name)), find_by_name(state, name).map(|id| vec![id]))).collect()
        }
        Filter::SiteId(ids) => ids.iter().map(|id| (key(id.get()), of_site(find_domain(state, id.get())))).collect(),
        Filter::SiteName(names) => {
            names.iter().map(|name| (Some(Key::name(name)), of_site(find_domain_named(state, name)))).collect()
        }
        _ => {
            let visible = state.site_aliases.keys().copied().filter(|id| find(state, *id).is_ok());
            vec![(None, Ok(visible.collect()))]
        }
    };
    reply_to_keys(selected, |id| act(state, id))
}

fn create(state: &mut State, create: Create) -> Result<AliasResult, Refusal> {
    let site = find_domain(state, create.site_id.get())?;
    let name = check_name(state, &create.name)?;
    let subscription = state.domain(site).map_or(site, |domain| domain.subscription());
    let used = || {
        let sites = state.sites.lookup_ids(IndexKey::Subscription(subscription)).into_iter().chain([subscription]);
        sites.map(|site| state.site_aliases.lookup_ids(IndexKey::Parent(site)).len()).sum()
    };
    require_within_limit(state, subscription, "max_dom_aliases", used)?;
    let id = state.next_id();
    let mut pref = Pref::new();
    (pref.web, pref.mail, pref.seo_redirect) = (Some(true), Some(true), Some(true));
    let alias = SiteAlias { id, site, name, status: 0, pref, manage_dns: false };
    state.site_aliases.insert(id, alias);
    let mut settings = Settings::new();
    (settings.status, settings.pref) = (create.status, create.pref);
    // An alias has a DNS zone unless the request says that it has none.
    settings.manage_dns = Some(create.manage_dns.unwrap_or(true));
    apply(state, id, settings);
    Ok(build(|result: &mut AliasResult| result.id = Some(id.into())))
}

/// Returns the name in lower case, if no domain or alias has it.
fn check_name(state: &State, name: &str) -> Result<String, Refusal> {
    let name = name.trim().to_ascii_lowercase();
    if name.is_empty() {
        return Err(Refusal::invalid_value("The name of the site alias is empty"));
    }
    if state.domain_name_exists(&name) {
        return Err(Refusal::already_exists(&format!("The domain '{name}'")));
    }
    Ok(name)
}

/// Changes the settings of an alias that were sent.
fn apply(state: &mut State, id: u64, settings: Settings) {
    let Some(alias) = state.site_aliases.get_mut(&id) else { return };
    alias.status = settings.status.unwrap_or(alias.status);
    if let Some(pref) = settings.pref {
        merge!(alias.pref, pref; web mail seo_redirect icp_status icp_permit);
    }
    let managed = alias.manage_dns;
    alias.manage_dns = settings.manage_dns.unwrap_or(managed);
    match (managed, alias.manage_dns) {
        (false, true) => state.add_zone(id),
        (true, false) => state.delete_zone(id),
        _ => {}
    }
}

fn read(alias: &SiteAlias) -> AliasInfo {
    build(|info: &mut AliasInfo| {
        info.status = Some(alias.status);
        info.pref = Some(alias.pref.clone());
        info.manage_dns = Some(alias.manage_dns);
        info.site_id = alias.site.into();
        info.name.clone_from(&alias.name);
        info.ascii_name = Some(alias.name.clone());
    })
}

/// Renames an alias. Its zone gets the records of the template for the new name.
fn rename(state: &mut State, rename: &Rename) -> Result<(), Refusal> {
    let id = match &rename.alias {
        RenameAlias::Id(id) => find(state, id.get())?,
        RenameAlias::Name(name) => find_by_name(state, name)?,
        other => return Err(Refusal::not_modeled(other)),
    };
    let name = check_name(state, &rename.new_name.to_text().unwrap_or_default())?;
    if let Some(alias) = state.site_aliases.get_mut(&id) {
        alias.name = name;
    }
    if state.dns.zones.contains_key(&id) {
        state.add_zone(id);
    }
    Ok(())
}
