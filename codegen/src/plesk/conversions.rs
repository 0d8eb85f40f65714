//! Conversions from the types that `get` returns to those that `set` takes, for programs that read, change and write
//! back, and to those that `add` takes, for migrations.
//!
//! Members are left out if they must not be written back as they were read; the conversion returns which:
//!
//! - the name of an object, because `set` would rename the object;
//! - a status, which is read as a sum of reasons but set as one of two numbers;
//! - `guid`, which in `set` is a flag with an unspecified effect, not a value;
//! - `all-to-zero`, and `revoke-all` of `permissions`, which would be carried out again;
//! - an autoresponder, because its attached files are uploads that may be gone;
//! - the passwords in `choice` and the numbers of `disk_usage`, whose types differ between the two sides;
//! - for a new object: IDs, which mean other objects on another server, and parts of an answer that may lack what a request
//!   requires, such as `mailbox`.
//!
//! Hosting properties are only written back if their values may be shown. The password among them may be read in another
//! form (`ftp_password_type`) than it must be set in.

use crate::config::Conversion;

pub(super) const fn conversion(from: &'static str, to: &'static str) -> Conversion {
    Conversion { from, to, without: &[], given: &[] }
}

const fn conversion_without(from: &'static str, to: &'static str, without: &'static [&'static str]) -> Conversion {
    Conversion { from, to, without, given: &[] }
}

/// Returns a conversion for which the caller passes the required elements `given`.
const fn conversion_given(
    from: &'static str,
    to: &'static str,
    without: &'static [&'static str],
    given: &'static [&'static str],
) -> Conversion {
    Conversion { from, to, without, given }
}

pub(super) const CONVERSIONS: &[Conversion] = &[
    conversion("clientData", "ClientTypeRequest/set/values"),
    conversion_without("clientGetGenInfo", "clientSetGenInfo", &["login", "status", "guid", "external-id"]),
    conversion("DNSGetRecursionOutputType/result", "DNSSetRecursionInputType"),
    conversion_without("FtpUserGetResultType/(group)", "FtpUserSetType", &["name"]),
    conversion("mailnameGetInfoType/mailbox", "mailnameUpdateType/mailbox"),
    conversion_without("mailnameGetInfoType", "mailnameUpdateType", &["autoresponder", "choice"]),
    conversion_without("ProtectedDirGetOutput/result/data", "ProtectedDir", &["name"]),
    conversion("ResellerData", "ResellerSetInput/values"),
    conversion_without("ResellerGetGenInfo", "ResellerSetGenInfo", &["login", "status", "guid", "external-id"]),
    conversion("ipPoolType/ip", "ResellerIpPoolOperation/ip"),
    conversion_without("SiteResponseType/get/result/data", "SiteTypeRequest/set/values", &["disk_usage"]),
    conversion_without("siteGenInfoType", "setSiteGenSetupType", &["name", "status", "guid"]),
    conversion("domainHostingAgentGet", "siteHostingAgentSet"),
    conversion("domainHostingAgentGet", "domainHostingAgentSet"),
    conversion("domainHostingAgentGet/vrt_hst", "siteHostingAgentSet/vrt_hst"),
    conversion("domainHostingAgentGet/vrt_hst", "domainPhHostingSet"),
    conversion("domainHostingAgentGet/std_fwd", "domainHostingAgentSet/std_fwd"),
    conversion("domainHostingAgentGet/frm_fwd", "domainHostingAgentSet/frm_fwd"),
    conversion("domainHostingAgentGet/std_fwd", "domainSFHostingBase"),
    conversion("domainHostingAgentGet/frm_fwd", "domainFFHostingBase"),
    conversion_without("aliasInfoType", "Settings", &["status"]),
    conversion_without(
        "DomainResponseType/get/result/data",
        "DomainTypeRequest/set/values",
        &["disk_usage", "permissions"],
    ),
    conversion_without("DomainResponseType/get/result/data/limits", "domainLimits", &["all-to-zero"]),
    // From `get` to `add`, for migrations.
    conversion_given("clientGetGenInfo", "clientAddGenInfo", &["status"], &["passwd"]),
    conversion_given("ResellerGetGenInfo", "ResellerAddGenInfo", &["status"], &["passwd"]),
    conversion_given("ResellerData", "ResellerAddInput", &[], &["gen-info"]),
    conversion_without("domainGenInfoType", "DomainTypeRequest/add/gen_setup", &["status", "external-id", "owner-id"]),
    conversion_given("DomainResponseType/get/result/data", "DomainTypeRequest/add", &[], &["gen_setup"]),
    conversion_without("siteGenInfoType", "SiteTypeRequest/add/gen_setup", &["status"]),
    conversion_given("SiteResponseType/get/result/data", "SiteTypeRequest/add", &[], &["gen_setup"]),
    conversion("dnsRecord", "dnsRecord"),
    conversion_without("mailnameGetInfoType", "mailnameAddType", &["autoresponder", "mailbox", "forwarding"]),
    conversion_given(
        "DatabaseGetDBOutputType/result/(group)",
        "DatabaseAddDbInputType",
        &["db-server-id"],
        &["webspace-id"],
    ),
    conversion_given("DomainTemplateGetOutputType/result", "DomainTemplateAddInputType", &["hosting"], &["name"]),
];
