//! The selectors of every operator.
//!
//! The protocol treats an empty or absent selector as "all objects", or as something less obvious. Each of these cases
//! gets a name here.

use super::{selector, selector_or, selector_or_all, selector_with_all};
use crate::config::Selector;

/// The stable keys: the server never assigns an ID or a GUID twice. A login or a name can be reused by another object as
/// soon as the first one is gone.
pub(super) const STABLE_KEYS: &[&str] = &["id", "guid"];

pub(super) const SELECTORS: &[Selector] = &[
    // aps
    selector_or_all("APSPackageDownloadStatusInputType/filter", "All downloads."),
    selector_with_all("APSPackagesListInputType"),
    selector_or_all(
        "APSPackagesListInputType/filter",
        "All packages, asked for by an empty filter instead of `<all/>`.",
    ),
    selector_or_all("APSSetPackagesPropertiesInputType/filter", "All packages."),
    // certificate
    selector("certificateFilterType"),
    // customer
    selector_or_all("clientSelectionFilterType", "All customers that the caller can see."),
    // database
    selector_or_all("DatabaseFilterType", "All databases that the caller can see."),
    selector_or_all("DatabaseDBFilterType", "All databases that the caller can see."),
    selector_or_all("DatabaseUserFilterType", "All database users that the caller can see."),
    // db_server
    selector_or_all("DatabaseServerFilterType", "All database servers."),
    selector_or_all("DBServerTypeRequest/get/filter", "All database servers."),
    selector_or_all("DBServerTypeRequest/get-default/filter", "The default servers of all types."),
    selector_or_all("DBServerTypeRequest/get-local/filter", "The local servers of all types."),
    // dns
    selector_or_all("dnsIpSelectionFilterType", "The zones on all IP addresses."),
    selector_or_all("dnsSelectionFilterType", "All records of all zones that the caller can see, or of the template."),
    selector("simpleFilterType"),
    selector_or("dnsRecord/(site)", "Template", "The server's template of DNS zones."),
    selector_or("DNSInputType/get/(filter)", "Template", "The server's template of DNS zones."),
    selector_or("DNSInputType/set/(filter)", "Template", "The server's template of DNS zones."),
    selector_or("DNSInputType/enable/(filter)", "Template", "The server's template of DNS zones."),
    selector_or("DNSInputType/disable/(filter)", "Template", "The server's template of DNS zones."),
    // ftp-user
    selector_or_all("FtpUserFilterType", "All FTP users that the caller can see."),
    // locale
    selector_or_all("LocaleFilter", "All languages."),
    selector("LocaleGetMessageFilter"),
    // log-rotation
    selector_or_all("logRotationFilterType", "All sites that the caller can see."),
    // mail
    selector_or("GetInfoAdvancedFilter/(name)", "AllOfSite", "All mail accounts of the site."),
    selector_or("mailFilterType/(name)", "AllOfSite", "All mail accounts of the site."),
    selector_or_all("MailTypeRequest/set_prefs/filter", "All sites that the caller can see."),
    selector_or_all("MailTypeRequest/get_prefs/filter", "All sites that the caller can see."),
    // protected-dir
    selector_or_all("ProtectedDirFilter", "All protected directories that the caller can see."),
    selector_or_all("ProtectedDirUserFilter", "The users of all protected directories that the caller can see."),
    selector_or_all(
        "ProtectedDirGetLocationDescriptor/filter",
        "All sites that the caller can see, asked for by an empty filter.",
    ),
    selector_or_all("ProtectedDirGetLocationDescriptor/(filter)", "All sites that the caller can see."),
    // reseller
    Selector {
        path: "ResellerSelectionFilter",
        empty: Some(("EverythingByEmptyFilter", "All resellers, asked for by an empty filter instead of `<all/>`.")),
        everything: &[("all", "Everything")],
    },
    // reseller-plan
    selector_with_all("ResellerTemplateFilterType"),
    // secret_key
    selector_or_all("SecretKeyInputType/get_info/filter", "All secret keys."),
    selector_or_all("SecretKeyInputType/delete/filter", "All secret keys."),
    // server
    Selector {
        path: "GetKeyFilter",
        empty: Some(("EmptyFilter", "What an empty filter selects is not known.")),
        everything: &[("all", "Everything")],
    },
    selector_or("GetKeyType/(filter)", "Main", "The main licence key."),
    selector_or_all("GetAdditionalKeysFilter", "All additional licence keys, asked for by an empty filter."),
    selector_or_all("GetAdditionalKeyType/(filter)", "All additional licence keys."),
    selector_or_all("RemoveAdditionalKeyType/(filter)", "All additional licence keys."),
    selector_or_all("RenewAdditionalKeyType/(filter)", "All additional licence keys."),
    // service-plan
    selector_or_all(
        "DomainTemplateFilterType",
        "All service plans of the owner, or of the caller if no owner is given.",
    ),
    // service-plan-addon
    selector_or_all(
        "DomainAddonTemplateFilterType",
        "All add-on plans of the owner, or of the caller if no owner is given.",
    ),
    // site
    selector_or_all("siteFilterType", "All sites that the caller can see; for descriptors, that of the server."),
    // site-alias
    selector_or_all("domainAliasFilterType", "All site aliases that the caller can see."),
    // subdomain
    selector_or_all("SubdomainFilterType", "All subdomains that the caller can see."),
    // ui
    selector("customButtonFilter"),
    // webspace
    selector_or_all(
        "domainFilterType",
        "All subscriptions that the caller can see; for descriptors, that of the server.",
    ),
];
