//! Reads the data of subscriptions for `get`.

use plesk_protocol::webspace::{
    Dataset, DiskUsageDatabases, GenInfo, GetResultData, GetResultDiskUsage, GetResultLimits, GetResultPackages,
    GetResultPlanItems, PlanItemsItem, ResourceUsage, ResourceUsageItem, Stat,
};
use plesk_wire::xml::Any;

use super::hosting;
use crate::shared::build::build;
use crate::shared::plans::subscription_plans;
use crate::shared::statistics;
use crate::state::{State, Subscription};

/// Returns the parts that the dataset requests.
pub(super) fn read(state: &State, subscription: &Subscription, dataset: &Dataset) -> GetResultData {
    let settings = &subscription.settings;
    build(|data: &mut GetResultData| {
        data.gen_info = dataset.gen_info.then(|| read_general_info(state, subscription));
        data.hosting = dataset.hosting.then(|| hosting::read(subscription, false));
        data.hosting_basic = dataset.hosting_basic.then(|| hosting::read(subscription, true));
        data.limits = dataset.limits.then(|| {
            let limits = settings.limits_of_subscription();
            build(|data: &mut GetResultLimits| {
                data.overuse = limits.overuse;
                data.limit = limits.limit;
            })
        });
        data.stat = dataset.stat.then(|| {
            build(|stat: &mut Stat| {
                stat.traffic = statistics::traffic_this_month(subscription);
                stat.traffic_previous_day = statistics::traffic_yesterday(subscription);
                stat.domains = 1;
                stat.sites = 1;
            })
        });
        data.prefs = dataset.prefs.then(|| subscription.prefs.clone());
        data.disk_usage = dataset.disk_usage.then(|| read_disk_usage(subscription));
        data.performance = dataset.performance.as_ref().map(|_| settings.performance.clone());
        data.subscriptions = dataset.subscriptions.as_ref().map(|_| subscription_plans(state, subscription));
        data.permissions = dataset.permissions.as_ref().map(|_| settings.permissions());
        data.plan_items = dataset.plan_items.as_ref().map(|_| {
            let item = |name: &String| build(|item: &mut PlanItemsItem| item.name.clone_from(name));
            build(|items: &mut GetResultPlanItems| items.item = settings.plan_items.iter().map(item).collect())
        });
        data.php_settings = dataset.php_settings.as_ref().map(|_| settings.php_of_subscription());
        data.resource_usage = dataset.resource_usage.as_ref().map(|_| read_resource_usage(subscription));
        data.mail = dataset.mail.as_ref().map(|_| subscription.mail.clone());
        data.aps_filter = dataset.aps_filter.as_ref().map(|_| settings.applications.only_listed);
        data.packages = dataset
            .packages
            .as_ref()
            .map(|_| build(|packages: &mut GetResultPackages| packages.package = settings.applications.packages()));
    })
}

fn read_general_info(state: &State, subscription: &Subscription) -> GenInfo {
    let owner = state.account(subscription.owner);
    let provider = state.provider_of(subscription.owner);
    let vendor = state.provider(provider);
    build(|info: &mut GenInfo| {
        info.cr_date = subscription.cr_date.clone();
        info.name = (&subscription.name).into();
        info.ascii_name.clone_from(&subscription.name);
        info.status = subscription.status;
        info.real_size = statistics::disk_space(subscription);
        info.owner_id = Some(subscription.owner.into());
        info.owner_login = owner.map(|owner| owner.login.clone());
        info.dns_ip_address = subscription.ip_addresses.iter().map(ToString::to_string).collect();
        info.htype = subscription.hosting.kind();
        info.guid.clone_from(&subscription.guid);
        info.vendor_guid = vendor.map(|vendor| vendor.guid.clone()).unwrap_or_default();
        info.external_id = subscription.external_id.clone().unwrap_or_default();
        info.description = Some(subscription.description.clone());
        info.admin_description = Some(subscription.admin_description.clone());
        info.reseller_description = Some(subscription.reseller_description.clone());
    })
}

/// Returns the used disk space: that of mail, as it was set. Nothing else is modeled.
fn read_disk_usage(subscription: &Subscription) -> GetResultDiskUsage {
    build(|usage: &mut GetResultDiskUsage| {
        usage.databases = DiskUsageDatabases::Dbases(0);
        usage.mailboxes = subscription.mailboxes_size;
        usage.mailing_lists = subscription.maillists_size;
    })
}

/// Returns the usage of the resources that are counted here.
fn read_resource_usage(subscription: &Subscription) -> ResourceUsage {
    let used = [
        ("disk_space", statistics::disk_space(subscription)),
        ("max_traffic", statistics::traffic_this_month(subscription)),
        ("max_site", 1),
    ];
    let resources = used.map(|(name, value)| {
        build(|item: &mut ResourceUsageItem| {
            item.name = Any::text(name);
            item.value = Any::text(&value.to_string());
        })
    });
    build(|usage: &mut ResourceUsage| usage.resource = resources.into())
}
