//! What says which objects an operation touches, in every operator. The protocol takes an empty or absent choice for all
//! objects, or for something else that one would not think of; here each of these has a name.

use super::{or, or_all, or_says_all, some};
use crate::config::Selector;

/// The criteria that no other object can ever meet: the server does not give an ID or a GUID twice. A login or a name
/// can be taken by another object as soon as the first is gone.
pub(super) const STABLE_KEYS: &[&str] = &["id", "guid"];

pub(super) const SELECTORS: &[Selector] = &[
    // aps
    or_all("APSPackageDownloadStatusInputType/filter", "All downloads."),
    or_says_all("APSPackagesListInputType"),
    or_all("APSPackagesListInputType/filter", "All packages, asked for by an empty filter instead of `<all/>`."),
    or_all("APSSetPackagesPropertiesInputType/filter", "All packages."),
    // certificate
    some("certificateFilterType"),
    // customer
    or_all("clientSelectionFilterType", "All customers that the caller can see."),
    // database
    or_all("DatabaseFilterType", "All databases that the caller can see."),
    or_all("DatabaseDBFilterType", "All databases that the caller can see."),
    or_all("DatabaseUserFilterType", "All database users that the caller can see."),
    // db_server
    or_all("DatabaseServerFilterType", "All database servers."),
    or_all("DBServerTypeRequest/get/filter", "All database servers."),
    or_all("DBServerTypeRequest/get-default/filter", "The default servers of all types."),
    or_all("DBServerTypeRequest/get-local/filter", "The local servers of all types."),
    // dns
    or_all("dnsIpSelectionFilterType", "The zones on all IP addresses."),
    or_all("dnsSelectionFilterType", "All records of all zones that the caller can see, or of the template."),
    some("simpleFilterType"),
    or("dnsRecord/(site)", "Template", "The server's template of DNS zones."),
    or("DNSInputType/get/(filter)", "Template", "The server's template of DNS zones."),
    or("DNSInputType/set/(filter)", "Template", "The server's template of DNS zones."),
    or("DNSInputType/enable/(filter)", "Template", "The server's template of DNS zones."),
    or("DNSInputType/disable/(filter)", "Template", "The server's template of DNS zones."),
    // ftp-user
    or_all("FtpUserFilterType", "All FTP users that the caller can see."),
    // locale
    or_all("LocaleFilter", "All languages."),
    some("LocaleGetMessageFilter"),
    // log-rotation
    or_all("logRotationFilterType", "All sites that the caller can see."),
    // mail
    or("GetInfoAdvancedFilter/(name)", "AllOfSite", "All mail accounts of the site."),
    or("mailFilterType/(name)", "AllOfSite", "All mail accounts of the site."),
    or_all("MailTypeRequest/set_prefs/filter", "All sites that the caller can see."),
    or_all("MailTypeRequest/get_prefs/filter", "All sites that the caller can see."),
    // protected-dir
    or_all("ProtectedDirFilter", "All protected directories that the caller can see."),
    or_all("ProtectedDirUserFilter", "The users of all protected directories that the caller can see."),
    or_all(
        "ProtectedDirGetLocationDescriptor/filter",
        "All sites that the caller can see, asked for by an empty filter.",
    ),
    or_all("ProtectedDirGetLocationDescriptor/(filter)", "All sites that the caller can see."),
    // reseller
    Selector {
        path: "ResellerSelectionFilter",
        empty: Some(("EverythingByEmptyFilter", "All resellers, asked for by an empty filter instead of `<all/>`.")),
        everything: &[("all", "Everything")],
    },
    // reseller-plan
    or_says_all("ResellerTemplateFilterType"),
    // secret_key
    or_all("SecretKeyInputType/get_info/filter", "All secret keys."),
    or_all("SecretKeyInputType/delete/filter", "All secret keys."),
    // server
    Selector {
        path: "GetKeyFilter",
        empty: Some(("EmptyFilter", "What an empty filter selects is not known.")),
        everything: &[("all", "Everything")],
    },
    or("GetKeyType/(filter)", "Main", "The main licence key."),
    or_all("GetAdditionalKeysFilter", "All additional licence keys, asked for by an empty filter."),
    or_all("GetAdditionalKeyType/(filter)", "All additional licence keys."),
    or_all("RemoveAdditionalKeyType/(filter)", "All additional licence keys."),
    or_all("RenewAdditionalKeyType/(filter)", "All additional licence keys."),
    // service-plan
    or_all("DomainTemplateFilterType", "All service plans of the owner, or of the caller if no owner is given."),
    // service-plan-addon
    or_all("DomainAddonTemplateFilterType", "All add-on plans of the owner, or of the caller if no owner is given."),
    // site
    or_all("siteFilterType", "All sites that the caller can see; for descriptors, that of the server."),
    // site-alias
    or_all("domainAliasFilterType", "All site aliases that the caller can see."),
    // subdomain
    or_all("SubdomainFilterType", "All subdomains that the caller can see."),
    // ui
    some("customButtonFilter"),
    // webspace
    or_all("domainFilterType", "All subscriptions that the caller can see; for descriptors, that of the server."),
];
