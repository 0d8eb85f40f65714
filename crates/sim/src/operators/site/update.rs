//! Creates and changes sites.

use std::collections::BTreeMap;

use plesk_protocol::common::{HostingType, MailMode, MailValues};
use plesk_protocol::site::{
    Add, AddGenSetupWebspace, AddResult, GenSetupParentSite, Hosting as HostingUpdate, SetTraffic, SetValues,
};
use plesk_wire::xml::Any;

use crate::clock;
use crate::random;
use crate::refusal::Refusal;
use crate::shared::build::{build, merge};
use crate::shared::limits::{count_subdomains, require_within_limit};
use crate::shared::plans::merge_mail_mode;
use crate::shared::query::{IntoKey, Key, impl_into_key};
use crate::shared::scope::lookup_all;
use crate::shared::settings::set_properties;
use crate::shared::statistics::{MailTraffic, set_mail_traffic};
use crate::state::{Hosting, IndexKey, State};

/// The statuses that can be set.
const STATUSES: [i64; 4] = [0, 16, 32, 64];

impl_into_key! {
    AddGenSetupWebspace { WebspaceName => Name, WebspaceId => Id, WebspaceGuid => Guid, }
    GenSetupParentSite { ParentSiteName => Name, ParentSiteId => Id, ParentSiteGuid => Guid, }
}

/// Creates a site in a subscription.
pub(super) fn create(state: &mut State, add: Add) -> Result<AddResult, Refusal> {
    let setup = add.gen_setup;
    let parent = match setup.parent_site {
        None => None,
        Some(key) => Some(find_parent(state, &key.into_key()?)?),
    };
    let webspace = match (setup.webspace, parent) {
        (Some(key), _) => {
            let webspace = lookup_all(&state.subscriptions, &key.into_key()?).first().map(|webspace| webspace.id);
            webspace.ok_or_else(|| Refusal::not_found("Subscription"))?
        }
        (None, Some((_, webspace))) => webspace,
        (None, None) => return Err(Refusal::invalid_value("The site has neither a subscription nor a parent site")),
    };
    state.require_access_to_domain(webspace)?;
    let limit = if parent.is_some() { "max_subdom" } else { "max_site" };
    let used = || {
        let subdomains = count_subdomains(state, webspace);
        // The main domain is a site too.
        let sites = || state.sites.lookup_ids(IndexKey::Subscription(webspace)).len() - subdomains + 1;
        if parent.is_some() { subdomains } else { sites() }
    };
    require_within_limit(state, webspace, limit, used)?;
    let name = check_name(state, &setup.name.to_string())?;
    let status = setup.status.as_deref().map(parse_status).transpose()?.unwrap_or(0);
    let hosting = match add.hosting {
        Some(requested) => change_hosting(&Hosting::None, requested)?,
        None if setup.htype == Some(HostingType::VrtHst) => Hosting::Physical(BTreeMap::new()),
        None => Hosting::None,
    };
    if setup.htype.is_some_and(|requested| requested != hosting.kind()) {
        return Err(Refusal::invalid_value("The hosting type in htype differs from that of the hosting"));
    }

    let site = state.add_site(webspace, &name);
    site.parent = parent.map(|(parent, _)| parent);
    (site.status, site.hosting) = (status, hosting);
    site.description = setup.description.unwrap_or_default();
    if let Some(prefs) = add.prefs {
        site.prefs = prefs;
    }
    if let Some(mail) = add.mail {
        let values = build(|values: &mut MailValues| values.mailservice = mail.mailservice);
        merge_mail_mode(&mut site.mail, MailMode::MailValues(values));
    }
    if let Some(performance) = add.performance {
        site.performance = performance;
    }
    Ok(build(|result: &mut AddResult| {
        result.id = Some(site.id.into());
        result.guid = Some(site.guid.clone());
    }))
}

/// Returns the ID of a parent site, and that of its subscription.
fn find_parent(state: &State, key: &Key) -> Result<(u64, u64), Refusal> {
    let found = super::find(state, key).and_then(|id| state.domain(id));
    found.map(|domain| (domain.id(), domain.subscription())).ok_or_else(|| Refusal::not_found("Parent site"))
}

/// Returns the name of a new site in ASCII and lower case, if no other domain has it.
fn check_name(state: &State, name: &str) -> Result<String, Refusal> {
    let name = name.trim().to_ascii_lowercase();
    if state.domain_name_exists(&name) {
        return Err(Refusal::already_exists(&format!("The domain '{name}'")));
    }
    if state.server.domain_restriction && state.server.restricted_domains.contains(&name) {
        return Err(Refusal::invalid_value(&format!("The domain name '{name}' is not permitted on this server")));
    }
    Ok(name)
}

fn parse_status(text: &str) -> Result<i64, Refusal> {
    let status = text.trim().parse().ok().filter(|status| STATUSES.contains(status));
    status.ok_or_else(|| Refusal::invalid_value(&format!("The status is '{text}'; it must be 0, 16, 32 or 64")))
}

/// Returns the hosting after a change. Properties that were not sent stay.
fn change_hosting(current: &Hosting, requested: HostingUpdate) -> Result<Hosting, Refusal> {
    Ok(match requested {
        HostingUpdate::VrtHst(requested) => {
            let mut properties = match current {
                Hosting::Physical(properties) => properties.clone(),
                _ => BTreeMap::new(),
            };
            set_properties(&mut properties, &requested.property);
            Hosting::Physical(properties)
        }
        HostingUpdate::StdFwd(requested) => {
            Hosting::StandardForwarding { url: requested.dest_url.into(), code: requested.http_code }
        }
        HostingUpdate::FrmFwd(requested) => Hosting::FrameForwarding { url: requested.dest_url.into() },
        HostingUpdate::None(_) => Hosting::None,
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Applies the values of `set` to a site. If one of them is refused, none is applied.
pub(super) fn set(state: &mut State, id: u64, values: SetValues) -> Result<(), Refusal> {
    let domain = state.domain(id).ok_or_else(|| Refusal::not_found("Site"))?;
    let (old_name, current) = (domain.name().to_owned(), domain.hosting().clone());
    let setup = values.gen_setup;
    let new_name = setup.as_ref().and_then(|setup| setup.name.as_ref()).map(ToString::to_string);
    let new_name = match new_name.filter(|name| !name.trim().eq_ignore_ascii_case(&old_name)) {
        None => None,
        Some(name) => Some(check_name(state, &name)?),
    };
    if let Some(status) = setup.as_ref().and_then(|setup| setup.status) {
        parse_status(&status.to_string())?;
    }
    let hosting = values.hosting.map(|requested| change_hosting(&current, requested)).transpose()?;
    let usage = values.disk_usage;
    let mailboxes = parse_bytes(usage.as_ref().and_then(|usage| usage.mailboxes.as_ref()))?;
    let maillists = parse_bytes(usage.as_ref().and_then(|usage| usage.mailing_lists.as_ref()))?;

    if let Some(name) = new_name {
        state.rename_domain(id, &name);
    }
    // Subscriptions and sites have these fields alike, but for the performance.
    macro_rules! apply {
        ($target:expr, $performance:expr) => {{
            if let Some(setup) = &setup {
                $target.status = setup.status.unwrap_or($target.status);
                if setup.guid {
                    $target.guid = random::guid();
                }
                if let Some(text) = &setup.description {
                    $target.description.clone_from(text);
                }
            }
            if let Some(hosting) = hosting {
                $target.hosting = hosting;
            }
            if let Some(prefs) = values.prefs {
                merge!($target.prefs, prefs;
                    www stat_ttl outgoing_messages_domain_limit icp_status icp_permit);
            }
            if let Some(performance) = values.performance {
                merge!($performance, performance; bandwidth max_connections);
            }
            $target.mailboxes_size = mailboxes.unwrap_or($target.mailboxes_size);
            $target.maillists_size = maillists.unwrap_or($target.maillists_size);
        }};
    }
    if let Some(subscription) = state.subscriptions.get_mut(&id) {
        apply!(subscription, subscription.settings.performance);
    } else if let Some(site) = state.sites.get_mut(&id) {
        if let Some(action) = setup.as_ref().and_then(|setup| setup.turn_off_action.clone()) {
            site.turn_off_action = Some(action);
        }
        apply!(site, site.performance);
    }
    Ok(())
}

/// Parses a number of bytes from an element that has no type in the schema.
fn parse_bytes(element: Option<&Any>) -> Result<Option<i64>, Refusal> {
    let Some(any) = element else { return Ok(None) };
    let number = any.to_text().and_then(|text| text.trim().parse().ok()).filter(|bytes| *bytes >= 0);
    number.map(Some).ok_or_else(|| Refusal::invalid_value(&format!("'{}' is not a number of bytes", any.as_xml())))
}

/// Sets the mail traffic of a day. It replaces what was set before for that day.
pub(super) fn set_traffic(state: &mut State, set: &SetTraffic) -> Result<(), Refusal> {
    let id = Some(set.dom_id.get()).filter(|id| state.domain(*id).is_some());
    let id = id.ok_or_else(|| Refusal::not_found("Site"))?;
    state.require_access_to_domain(id)?;
    let SetTraffic { smtp_in, smtp_out, pop3_imap_in, pop3_imap_out, .. } = *set;
    let mail = MailTraffic { smtp_in, smtp_out, pop3_imap_in, pop3_imap_out };
    let days = match state.subscriptions.get_mut(&id) {
        Some(subscription) => &mut subscription.traffic,
        None => &mut state.sites.get_mut(&id).ok_or_else(|| Refusal::not_found("Site"))?.traffic,
    };
    set_mail_traffic(days, &set.date, &mail)?;
    if let Some(subscription) = state.subscriptions.get_mut(&id) {
        subscription.usage_changed = clock::now();
    }
    Ok(())
}
