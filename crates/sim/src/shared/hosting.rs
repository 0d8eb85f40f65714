//! Reports hosting, and reads that of sites.

use std::collections::BTreeMap;
use std::net::IpAddr;

use plesk_protocol::common;
use plesk_wire::packet::Secret;
use plesk_wire::xml::Any;

use super::build::build;
use super::descriptors::default_hosting;
use super::settings::list_properties;
use crate::state::{Domain, Hosting, Subscription};

/// The folder that contains the folders of all subscriptions.
const VHOSTS: &str = "/var/www/vhosts";

/// Returns the hosting of a site, as `get` reports it. The system user is that of the subscription; the
/// document root is a full path.
pub(crate) fn read_site_hosting(domain: Domain<'_>, webspace: &Subscription) -> common::Hosting {
    report_hosting(domain.hosting(), &webspace.ip_addresses, |own| site_properties(domain, webspace, own))
}

/// Returns hosting on these IP addresses, as `get` reports it. `properties` returns the properties to report, given
/// those that were set.
pub(crate) fn report_hosting(
    hosting: &Hosting,
    addresses: &[IpAddr],
    properties: impl FnOnce(&BTreeMap<String, Secret>) -> BTreeMap<String, Secret>,
) -> common::Hosting {
    let addresses = || addresses.iter().map(IpAddr::to_string).collect();
    match hosting {
        Hosting::None => common::Hosting::None(Any::empty()),
        Hosting::Physical(own) => common::Hosting::VrtHst(build(|hosting: &mut common::HostingVrtHst| {
            hosting.property = list_properties(&properties(own));
            hosting.ip_address = addresses();
        })),
        Hosting::StandardForwarding { url, code } => {
            common::Hosting::StdFwd(build(|hosting: &mut common::HostingStdFwd| {
                hosting.dest_url = url.into();
                hosting.http_code = *code;
                hosting.ip_address = addresses();
            }))
        }
        Hosting::FrameForwarding { url } => common::Hosting::FrmFwd(build(|hosting: &mut common::HostingFrmFwd| {
            hosting.dest_url = url.into();
            hosting.ip_address = addresses();
        })),
    }
}

/// Returns the properties of web hosting: those of the site, then those of the subscription, then defaults.
pub(crate) fn site_properties(
    domain: Domain<'_>,
    webspace: &Subscription,
    own: &BTreeMap<String, Secret>,
) -> BTreeMap<String, Secret> {
    let mut properties = default_hosting();
    if let Hosting::Physical(shared) = &webspace.hosting {
        properties.extend(shared.clone());
        properties.remove("www_root");
    }
    properties.extend(own.clone());
    let default_root = match domain {
        Domain::Main(_) => "httpdocs",
        Domain::Site(site) => &site.name,
    };
    let root = properties.get("www_root").map_or(default_root, Secret::expose);
    let root = if root.starts_with('/') { root.to_owned() } else { format!("{VHOSTS}/{}/{root}", webspace.name) };
    properties.insert("www_root".to_owned(), root.into());
    properties
}
