//! How domains handle mail.

use plesk_protocol::common::{
    MailMode, MailPreferences, MailProvider, MailValues, NonexistentUser, WebspaceMailPreferences,
};
use plesk_protocol::mail::{GetPrefsResult, SetPrefs, SetPrefsResult, SiteFilter};
use plesk_wire::packet::EachReply;
use plesk_wire::xml::Any;

use crate::refusal::Refusal;
use crate::shared::build::{build, merge};
use crate::shared::domains::find_domain;
use crate::shared::plans::merge_mail_mode;
use crate::shared::reply::each_reply;
use crate::state::{Domain, State};

/// Turns the mail service of a site on or off.
pub(super) fn set_enabled(state: &mut State, site: u64, enabled: bool) -> Result<(), Refusal> {
    find_domain(state, site)?;
    let mode = MailMode::MailValues(build(|values: &mut MailValues| values.mailservice = Some(enabled)));
    change(state, site, mode)
}

/// Changes the settings of the sites that the filter selects.
pub(super) fn set(state: &mut State, set: SetPrefs) -> EachReply<SetPrefsResult> {
    each_reply(select(state, set.filter).into_iter().map(|site| {
        let site = site?;
        if let Some(mode) = set.prefs.mail_mode.clone() {
            change(state, site, mode)?;
        }
        Ok(build(|result: &mut SetPrefsResult| result.site_id = Some(site.into())))
    }))
}

/// Reads the settings of the sites that the filter selects.
pub(super) fn get(state: &State, filter: SiteFilter) -> EachReply<Option<GetPrefsResult>> {
    each_reply(select(state, filter).into_iter().map(|site| {
        let site = site?;
        Ok(Some(build(|result: &mut GetPrefsResult| {
            result.site_id = site.into();
            result.prefs = build(|prefs: &mut MailPreferences| prefs.mail_mode = Some(read(state, site)));
        })))
    }))
}

/// Returns the sites that a filter selects.
fn select(state: &State, filter: SiteFilter) -> Vec<Result<u64, Refusal>> {
    match filter {
        SiteFilter::SiteId(ids) => ids.iter().map(|id| find_domain(state, id.get())).collect(),
        _ => state.visible_domains().into_iter().map(Ok).collect(),
    }
}

fn change(state: &mut State, site: u64, mode: MailMode) -> Result<(), Refusal> {
    let mail = match state.subscriptions.get_mut(&site) {
        Some(subscription) => &mut subscription.mail,
        None => &mut state.sites.get_mut(&site).ok_or_else(|| Refusal::not_found("Site"))?.mail,
    };
    merge_mail_mode(mail, mode);
    Ok(())
}

/// Returns the settings of a site. Those that were never set have their default.
fn read(state: &State, site: u64) -> MailMode {
    let mail: Option<&WebspaceMailPreferences> = match state.domain(site) {
        Some(Domain::Main(subscription)) => Some(&subscription.mail),
        Some(Domain::Site(site)) => Some(&site.mail),
        None => None,
    };
    let mut values = build(|values: &mut MailValues| {
        values.nonexistent_user = Some(NonexistentUser::Reject(Any::empty()));
        values.webmail = Some("roundcube".to_owned());
        values.spam_protect_sign = Some(true);
        values.greylisting = Some(true);
        values.mailservice = Some(true);
        values.mail_provider = Some(MailProvider::Local(Any::empty()));
    });
    match mail.and_then(|mail| mail.mail_mode.clone()) {
        None => MailMode::MailValues(values),
        Some(MailMode::MailValues(own)) => {
            merge!(values, own; nonexistent_user webmail spam_protect_sign greylisting mailservice mail_provider
                webmail_certificate);
            values.ip_address = own.ip_address;
            MailMode::MailValues(values)
        }
        Some(other) => other,
    }
}
