//! What `get` returns and `set` takes, for programs that read, change and write back.
//!
//! What must not be written back as it was read is left out: what an object is called, because `set` would rename it; a
//! status, which is read as a sum of reasons and set as one of two numbers; `guid`, a wish in `set` and no value;
//! `all-to-zero`, and `revoke-all` of `permissions`, which would be done once more; an autoresponder, whose attached files
//! are uploads that may be gone. Properties of hosting are written back if their values may be shown:
//! the password among them may be read in another form (`ftp_password_type`) than it is set in. Of other types on both
//! sides are the passwords in `choice` and the numbers of `disk_usage`.

use crate::config::Conversion;

pub(super) const fn all(from: &'static str, to: &'static str) -> Conversion {
    Conversion { from, to, without: &[] }
}

const fn but(from: &'static str, to: &'static str, without: &'static [&'static str]) -> Conversion {
    Conversion { from, to, without }
}

pub(super) const CONVERSIONS: &[Conversion] = &[
    all("clientData", "ClientTypeRequest/set/values"),
    but("clientGetGenInfo", "clientSetGenInfo", &["login", "status", "guid", "external-id"]),
    all("DNSGetRecursionOutputType/result", "DNSSetRecursionInputType"),
    but("FtpUserGetResultType/(group)", "FtpUserSetType", &["name"]),
    all("mailnameGetInfoType/mailbox", "mailnameUpdateType/mailbox"),
    but("mailnameGetInfoType", "mailnameUpdateType", &["autoresponder", "choice"]),
    but("ProtectedDirGetOutput/result/data", "ProtectedDir", &["name"]),
    all("ResellerData", "ResellerSetInput/values"),
    but("ResellerGetGenInfo", "ResellerSetGenInfo", &["login", "status", "guid", "external-id"]),
    all("ipPoolType/ip", "ResellerIpPoolOperation/ip"),
    but("SiteResponseType/get/result/data", "SiteTypeRequest/set/values", &["disk_usage"]),
    but("siteGenInfoType", "setSiteGenSetupType", &["name", "status", "guid"]),
    all("domainHostingAgentGet", "siteHostingAgentSet"),
    all("domainHostingAgentGet", "domainHostingAgentSet"),
    all("domainHostingAgentGet/vrt_hst", "siteHostingAgentSet/vrt_hst"),
    all("domainHostingAgentGet/vrt_hst", "domainPhHostingSet"),
    all("domainHostingAgentGet/std_fwd", "domainHostingAgentSet/std_fwd"),
    all("domainHostingAgentGet/frm_fwd", "domainHostingAgentSet/frm_fwd"),
    all("domainHostingAgentGet/std_fwd", "domainSFHostingBase"),
    all("domainHostingAgentGet/frm_fwd", "domainFFHostingBase"),
    but("aliasInfoType", "Settings", &["status"]),
    but("DomainResponseType/get/result/data", "DomainTypeRequest/set/values", &["disk_usage", "permissions"]),
    but("DomainResponseType/get/result/data/limits", "domainLimits", &["all-to-zero"]),
];
