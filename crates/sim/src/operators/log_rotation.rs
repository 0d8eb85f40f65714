//! Operator `log-rotation`: how the log files of sites are rotated.

use plesk_protocol::common::Matched;
use plesk_protocol::log_rotation::{
    Condition, ConditionLogBytime, Filter, GetResult, GetStatusResult, Request, Requests, Response, Responses, Settings,
};
use plesk_wire::packet::EachReply;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::{find_domain, find_domain_named};
use crate::shared::query::{Key, KeyKind};
use crate::shared::results::{ResultBody, impl_result_body};
use crate::shared::scope::{Selection, find_account, reply_to_keys};
use crate::state::{IndexKey, LogRotation, State};

impl_result_body! {
    GetResult { settings: Settings }
    GetStatusResult { enabled: bool }
}

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::Set(set) => R::Set(for_each(state, set.filter, |state, site| {
            check(&set.settings)?;
            change(state, site, |rotation| rotation.settings = merge(&rotation.settings, &set.settings));
            Ok(())
        })),
        Request::Get(get) => R::Get(for_each(state, get.filter, |state, site| Ok(state.log_rotation(site).settings))),
        Request::Enable(enable) => R::Enable(switch(state, enable.filter, true)),
        Request::Disable(disable) => R::Disable(switch(state, disable.filter, false)),
        Request::GetStatus(get) => {
            R::GetStatus(for_each(state, get.filter, |state, site| Ok(state.log_rotation(site).enabled)))
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Runs `act` on each site that the filter selects.
fn for_each<B: ResultBody>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, u64) -> Result<B::Data, Refusal>,
) -> EachReply<B> {
    let site = |kind, value: String, found: Result<u64, Refusal>| -> Selection {
        (Some(Key::new(kind, value)), found.map(|id| vec![id]))
    };
    let owner = |key: Key| -> Selection {
        let sites = sites_of(state, &key);
        (Some(key), sites)
    };
    let selected = match filter {
        Filter::SiteId(ids) => {
            ids.iter().map(|id| site(KeyKind::Id, id.to_string(), find_domain(state, id.get()))).collect()
        }
        Filter::SiteName(names) => {
            names.iter().map(|name| site(KeyKind::Name, name.clone(), find_domain_named(state, name))).collect()
        }
        Filter::OwnerId(ids) => ids.iter().map(|id| owner(Key::new(KeyKind::Id, id.to_string()))).collect(),
        Filter::OwnerLogin(logins) => logins.iter().map(|login| owner(Key::name(login))).collect(),
        _ => {
            vec![(None, Ok(state.visible_domains()))]
        }
    };
    reply_to_keys(selected, |site| act(state, site))
}

/// Returns the sites in the subscriptions of an account.
fn sites_of(state: &State, owner: &Key) -> Result<Vec<u64>, Refusal> {
    let owner = find_account(state, owner).ok_or_else(Refusal::owner_not_found)?.id;
    state.require_access(owner)?;
    let sites = state.subscriptions_of(owner).flat_map(|subscription| {
        let sites = state.sites.lookup_ids(IndexKey::Subscription(subscription.id));
        std::iter::once(subscription.id).chain(sites)
    });
    Ok(sites.collect())
}

fn change(state: &mut State, site: u64, change: impl FnOnce(&mut LogRotation)) {
    change(state.log_rotations.entry(site).or_default());
}

fn switch(state: &mut State, filter: Filter, enabled: bool) -> EachReply<Matched> {
    for_each(state, filter, |state, site| {
        change(state, site, |rotation| rotation.enabled = enabled);
        Ok(())
    })
}

fn check(settings: &Settings) -> Result<(), Refusal> {
    match &settings.log_condition {
        Condition::LogBysize(size) if *size < 1 => {
            Err(Refusal::invalid_value("The size at which log files are rotated is less than 1 KB"))
        }
        Condition::LogBytime(ConditionLogBytime::Other(period)) => {
            let text = format!("The period of log rotation is '{period}'; it must be Daily, Weekly or Monthly");
            Err(Refusal::invalid_value(&text))
        }
        _ if settings.log_max_num_files.is_some_and(|files| files < 1) => {
            Err(Refusal::invalid_value("The number of log files is less than 1"))
        }
        _ => Ok(()),
    }
}

/// Returns the settings after a change. Those that were not sent stay.
fn merge(old: &Settings, new: &Settings) -> Settings {
    let mut merged = new.clone();
    merged.log_max_num_files = new.log_max_num_files.or(old.log_max_num_files);
    merged.log_compress = new.log_compress.or(old.log_compress);
    merged.log_email = new.log_email.clone().or_else(|| old.log_email.clone());
    merged
}
