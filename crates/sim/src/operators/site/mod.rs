//! Operator `site`: the main domains of subscriptions, and their additional domains and subdomains.

mod data;
mod update;

use plesk_protocol::common::{ButtonData, ObjectDescriptor, Traffic};
use plesk_protocol::site::{
    CformButtonsListResult, Filter, GetPhysicalHostingDescriptorResult, GetResult, GetResultData, GetTrafficResult,
    Request, Requests, Response, Responses, SetTrafficResult,
};
use plesk_wire::packet::{EachReply, ErrorCode, Outcome};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::buttons::{Button, build_buttons};
use crate::shared::descriptors::{self, describe};
use crate::shared::query::{Key, KeyKind};
use crate::shared::reply::single_reply;
use crate::shared::results::{ResultBody, Subject, build_outcome, impl_result_body};
use crate::state::{IndexKey, State};

/// The buttons of a site.
const BUTTONS: &[Button] = &[
    Button { code: "web", label: "Websites & Domains", path: "/smb/web/view/id/{}" },
    Button { code: "dns", label: "DNS Settings", path: "/smb/dns-zone/records-list/id/{}" },
];

impl_result_body! {
    GetResult { data: GetResultData }
    CformButtonsListResult { button: Vec<ButtonData> }
    GetTrafficResult { traffic: Vec<Traffic> }
    GetPhysicalHostingDescriptorResult { descriptor: ObjectDescriptor }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Add(add) => R::Add(single_reply(update::create(state, add))),
        Request::Get(get) => R::Get(for_each(state, get.filter, |state, id| data::read(state, id, &get.dataset))?),
        Request::Set(set) => {
            R::Set(for_each(state, set.filter, |state, id| update::set(state, id, set.values.clone()))?)
        }
        Request::Del(del) => R::Del(for_each(state, del.filter, |state, id| {
            if state.subscriptions.contains_key(&id) {
                let text = "This is the main domain of a subscription; delete the subscription instead";
                return Err(Refusal::new(ErrorCode::OPERATION_FAILED, text));
            }
            state.delete_site(id);
            Ok(())
        })?),
        Request::CformButtonsList(list) => R::CformButtonsList(for_each(state, list.filter, |state, id| {
            Ok(build_buttons(BUTTONS, id, data::status(state, id) == 0))
        })?),
        Request::GetTraffic(get) => {
            R::GetTraffic(for_each(state, get.filter.clone(), |state, id| Ok(data::read_traffic(state, id, &get)))?)
        }
        Request::SetTraffic(set) => R::SetTraffic(single_reply(
            update::set_traffic(state, &set)
                .map(|()| build(|result: &mut SetTrafficResult| result.id = Some(set.dom_id))),
        )),
        Request::GetPhysicalHostingDescriptor(get) => {
            if matches!(get.filter, Filter::Everything) {
                // An empty filter requests the descriptor of the server.
                let result = build(|result: &mut GetPhysicalHostingDescriptorResult| {
                    result.set_data(describe(&[descriptors::HOSTING]));
                });
                return Ok(R::GetPhysicalHostingDescriptor(vec![Outcome::ok(result)].into()));
            }
            R::GetPhysicalHostingDescriptor(for_each(state, get.filter, |_, _| Ok(describe(&[descriptors::HOSTING])))?)
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// How a key of the filter selects sites.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// The key identifies the site itself.
    Own,
    /// The key identifies the subscription, whose additional sites are selected.
    Webspace,
    /// The key identifies the site whose subdomains are selected.
    ParentSite,
}

/// Runs `act` on each site that the filter selects, and returns one `result` for each. An empty filter
/// selects all additional sites, but no main domains.
///
/// If nothing is selected, the reply is one `ok` without a subject.
fn for_each<B: ResultBody, const MIN: usize>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
) -> Result<EachReply<B, MIN>, Refusal> {
    let mut results = Vec::new();
    match into_keys(filter)? {
        None => {
            let visible = state.visible_domains();
            for id in visible.into_iter().filter(|id| state.sites.contains_key(id)).collect::<Vec<_>>() {
                results.push(build_outcome(Subject { key: None, id: Some(id) }, act(state, id).map(Some)));
            }
        }
        Some((relation, keys)) => {
            for key in keys {
                let subject = |id| Subject { key: Some(key.clone()), id };
                match select(state, relation, &key) {
                    Err(refusal) => results.push(build_outcome(subject(None), Err(refusal))),
                    Ok(ids) if ids.is_empty() => results.push(build_outcome(subject(None), Ok(None))),
                    Ok(ids) => {
                        for id in ids {
                            results.push(build_outcome(subject(Some(id)), act(state, id).map(Some)));
                        }
                    }
                }
            }
        }
    }
    if results.is_empty() {
        results.push(Outcome::ok(B::placeholder()));
    }
    Ok(results.into())
}

/// Returns the keys of a filter and what they identify, or `None` for an empty filter.
fn into_keys(filter: Filter) -> Result<Option<(Relation, Vec<Key>)>, Refusal> {
    use Filter as F;
    fn keys<T: ToString>(kind: KeyKind, values: impl IntoIterator<Item = T>) -> Vec<Key> {
        values.into_iter().map(|value| Key::new(kind, value.to_string())).collect()
    }
    Ok(Some(match filter {
        F::Everything => return Ok(None),
        F::Id(ids) => (Relation::Own, keys(KeyKind::Id, ids)),
        F::Name(names) => (Relation::Own, keys(KeyKind::Name, names)),
        F::Guid(guids) => (Relation::Own, keys(KeyKind::Guid, guids)),
        F::ParentId(ids) => (Relation::Webspace, keys(KeyKind::Id, ids)),
        F::ParentName(names) => (Relation::Webspace, keys(KeyKind::Name, names)),
        F::ParentGuid(guids) => (Relation::Webspace, keys(KeyKind::Guid, guids)),
        F::ParentSiteId(ids) => (Relation::ParentSite, keys(KeyKind::Id, ids)),
        F::ParentSiteName(names) => (Relation::ParentSite, keys(KeyKind::Name, names)),
        F::ParentSiteGuid(guids) => (Relation::ParentSite, keys(KeyKind::Guid, guids)),
        other => return Err(Refusal::not_modeled(&other)),
    }))
}

/// Returns the IDs of the sites that a key selects. A parent may have none, or not exist.
fn select(state: &State, relation: Relation, key: &Key) -> Result<Vec<u64>, Refusal> {
    let Some(id) = find(state, key) else {
        return if relation == Relation::Own { Err(Refusal::not_found("Site")) } else { Ok(Vec::new()) };
    };
    state.require_access_to_domain(id)?;
    Ok(match relation {
        Relation::Own => vec![id],
        Relation::Webspace => state.sites.lookup_ids(IndexKey::Subscription(id)),
        Relation::ParentSite => state.sites.lookup_ids(IndexKey::Parent(id)),
    })
}

/// Returns the ID of the domain that the key identifies.
fn find(state: &State, key: &Key) -> Option<u64> {
    let domain = match key.kind {
        KeyKind::Id => state.domain(key.value.parse().ok()?),
        KeyKind::Name => state.domain_named(&key.value),
        KeyKind::Guid => state.lookup_domain(IndexKey::Guid(&key.value)),
        KeyKind::ExternalId => None,
    };
    domain.map(|domain| domain.id())
}
