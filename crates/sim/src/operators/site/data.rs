//! Reads the data of sites for `get`.

use plesk_protocol::common::Traffic;
use plesk_protocol::site::{Dataset, DiskUsageDatabases, GenInfo, GetResultData, GetResultDiskUsage, GetTraffic, Stat};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::hosting::read_site_hosting;
use crate::shared::statistics::{self, count, day_of};
use crate::state::{Domain, IndexKey, State, Subscription};

/// Returns the parts that the dataset requests.
pub(super) fn read(state: &State, id: u64, dataset: &Dataset) -> Result<GetResultData, Refusal> {
    let domain = state.domain(id).ok_or_else(|| Refusal::not_found("Site"))?;
    let webspace = state.subscriptions.get(&domain.subscription()).ok_or_else(|| Refusal::not_found("Subscription"))?;
    Ok(build(|data: &mut GetResultData| {
        data.gen_info = dataset.gen_info.then(|| read_general_info(domain, webspace));
        data.hosting = dataset.hosting.then(|| read_site_hosting(domain, webspace));
        data.stat = dataset.stat.then(|| read_statistics(state, domain));
        data.prefs = dataset.prefs.then(|| match domain {
            Domain::Main(subscription) => subscription.prefs.clone(),
            Domain::Site(site) => site.prefs.clone(),
        });
        data.disk_usage = dataset.disk_usage.then(|| read_disk_usage(domain));
        data.performance = dataset.performance.as_ref().map(|_| match domain {
            Domain::Main(subscription) => subscription.settings.performance.clone(),
            Domain::Site(site) => site.performance.clone(),
        });
    }))
}

/// Returns the status of a site; 0 is active.
pub(super) fn status(state: &State, id: u64) -> i64 {
    match state.domain(id) {
        Some(Domain::Main(subscription)) => subscription.status,
        Some(Domain::Site(site)) => site.status,
        None => 0,
    }
}

fn read_general_info(domain: Domain<'_>, webspace: &Subscription) -> GenInfo {
    let (mailboxes, maillists) = mail_sizes(domain);
    build(|info: &mut GenInfo| {
        info.name = domain.name().into();
        domain.name().clone_into(&mut info.ascii_name);
        info.real_size = u64::try_from(mailboxes.saturating_add(maillists)).unwrap_or(0);
        info.dns_ip_address = webspace.ip_addresses.iter().map(ToString::to_string).collect();
        info.htype = domain.hosting().kind();
        domain.guid().clone_into(&mut info.guid);
        info.webspace_guid.clone_from(&webspace.guid);
        info.webspace_id = webspace.id.into();
        match domain {
            Domain::Main(subscription) => {
                info.cr_date = subscription.cr_date.clone();
                info.status = subscription.status;
                info.description = Some(subscription.description.clone());
            }
            Domain::Site(site) => {
                info.cr_date = site.cr_date.clone();
                info.status = site.status;
                info.description = Some(site.description.clone());
                info.turn_off_action.clone_from(&site.turn_off_action);
            }
        }
    })
}

fn read_statistics(state: &State, domain: Domain<'_>) -> Stat {
    let subdomains = state.sites.lookup_ids(IndexKey::Parent(domain.id())).len();
    let traffic = traffic_of(domain);
    build(|stat: &mut Stat| {
        stat.traffic = statistics::sum_this_month(traffic);
        stat.traffic_previous_day = statistics::sum_yesterday(traffic);
        stat.subdomains = count(subdomains);
        let accounts = || state.mail_accounts_of(domain.id());
        stat.mailboxes = count(accounts().filter(|account| account.mailbox).count());
        stat.mail_redirects = count(accounts().filter(|account| account.forwarding).count());
        stat.autoresponders = count(accounts().filter(|account| account.autoresponder.enabled == Some(true)).count());
    })
}

fn read_disk_usage(domain: Domain<'_>) -> GetResultDiskUsage {
    let (mailboxes, maillists) = mail_sizes(domain);
    build(|usage: &mut GetResultDiskUsage| {
        usage.databases = DiskUsageDatabases::Dbases(0);
        usage.mailboxes = mailboxes;
        usage.mailing_lists = maillists;
    })
}

/// Returns the disk space of the mailboxes and of the mailing lists, in bytes.
fn mail_sizes(domain: Domain<'_>) -> (i64, i64) {
    match domain {
        Domain::Main(subscription) => (subscription.mailboxes_size, subscription.maillists_size),
        Domain::Site(site) => (site.mailboxes_size, site.maillists_size),
    }
}

fn traffic_of(domain: Domain<'_>) -> &[Traffic] {
    match domain {
        Domain::Main(subscription) => &subscription.traffic,
        Domain::Site(site) => &site.traffic,
    }
}

/// Returns the traffic of the requested days.
pub(super) fn read_traffic(state: &State, id: u64, get: &GetTraffic) -> Vec<Traffic> {
    let (since, to) = (get.since_date.as_ref().map(day_of), get.to_date.as_ref().map(day_of));
    let in_range = |traffic: &&Traffic| {
        let day = day_of(&traffic.date);
        since.is_none_or(|since| since <= day) && to.is_none_or(|to| day <= to)
    };
    state.domain(id).map(traffic_of).unwrap_or_default().iter().filter(in_range).cloned().collect()
}
