//! The known limits, permissions and hosting settings: the usual ones of a Plesk on Linux.
//!
//! A real server has more of them, depending on its components and extensions.

use std::collections::BTreeMap;

use plesk_protocol::common::{ObjectDescriptor, PropertyDescriptor};
use plesk_wire::packet::Secret;
use plesk_wire::xml::Any;

use super::build::build;

/// A setting that an object can have.
pub(crate) struct Property {
    pub(crate) name: &'static str,
    r#type: &'static str,
    default: &'static str,
    label: &'static str,
}

macro_rules! properties {
    ($($(#[$doc:meta])* $list:ident: $($name:literal $type:literal = $default:literal, $label:literal;)*)*) => {$(
        $(#[$doc])*
        pub(crate) const $list: &[Property] =
            &[$(Property { name: $name, r#type: $type, default: $default, label: $label },)*];
    )*};
}

properties! {
    /// Limits of service plans and subscriptions.
    LIMITS:
        "disk_space" "bytes" = "-1", "Disk space";
        "max_traffic" "bytes" = "-1", "Traffic per month";
        "max_site" "integer" = "-1", "Domains";
        "max_subdom" "integer" = "-1", "Subdomains";
        "max_dom_aliases" "integer" = "-1", "Domain aliases";
        "max_box" "integer" = "-1", "Mailboxes";
        "mbox_quota" "bytes" = "-1", "Mailbox size";
        "max_db" "integer" = "-1", "Databases";
        "max_subftp_users" "integer" = "-1", "Additional FTP accounts";
        "expiration" "date" = "-1", "Expiration date";
    /// Limits that only resellers have, in addition to [`LIMITS`].
    RESELLER_LIMITS:
        "max_cl" "integer" = "-1", "Customers";
        "max_dom" "integer" = "-1", "Domains of all customers";
    /// Permissions of service plans and subscriptions.
    PERMISSIONS:
        "create_domains" "boolean" = "true", "Domain management";
        "manage_phosting" "boolean" = "false", "Hosting management";
        "manage_subdomains" "boolean" = "true", "Subdomain management";
        "manage_dns" "boolean" = "false", "DNS zone management";
        "manage_php_settings" "boolean" = "false", "PHP settings management";
        "manage_sh_access" "boolean" = "false", "Management of access over SSH";
        "manage_crontab" "boolean" = "false", "Scheduler management";
        "manage_log" "boolean" = "true", "Log rotation management";
        "remote_access_interface" "boolean" = "false", "Ability to use remote API";
    /// Permissions that only resellers have, in addition to [`PERMISSIONS`].
    RESELLER_PERMISSIONS:
        "create_clients" "boolean" = "true", "Customer account creation";
        "allow_oversell" "boolean" = "false", "Setting of overselling policy";
    /// Settings of web hosting.
    HOSTING:
        "ftp_login" "string" = "", "User name";
        "ftp_password" "string" = "", "Password";
        "ftp_quota" "bytes" = "-1", "Hard disk quota";
        "ssl" "boolean" = "true", "SSL/TLS support";
        "php" "boolean" = "true", "PHP support";
        "cgi" "boolean" = "false", "CGI support";
        "shell" "string" = "/bin/false", "Access over SSH";
        "webstat" "string" = "awstats", "Web statistics";
}

/// Returns the descriptor of the settings in these lists.
pub(crate) fn describe(lists: &[&[Property]]) -> ObjectDescriptor {
    let properties = lists.iter().copied().flatten().map(|property| {
        build(|described: &mut PropertyDescriptor| {
            described.name = property.name.to_owned();
            described.r#type = property.r#type.to_owned();
            described.default_value = Some(Any::text(property.default));
            described.writable_by = vec!["admin".to_owned(), "reseller".to_owned()];
            described.label = Some(property.label.to_owned());
        })
    });
    build(|descriptor: &mut ObjectDescriptor| descriptor.property = properties.collect())
}

/// Returns the settings of web hosting for which nothing was set.
pub(crate) fn default_hosting() -> BTreeMap<String, Secret> {
    HOSTING.iter().map(|property| (property.name.to_owned(), property.default.into())).collect()
}

/// Returns the limits of a subscription for which nothing was set.
pub(crate) fn default_limits() -> BTreeMap<String, i64> {
    LIMITS.iter().map(|property| (property.name.to_owned(), property.default.parse().unwrap_or(-1))).collect()
}

/// Returns the permissions of a new reseller.
pub(crate) fn default_permissions() -> BTreeMap<String, bool> {
    let all = PERMISSIONS.iter().chain(RESELLER_PERMISSIONS);
    all.map(|property| (property.name.to_owned(), property.default == "true")).collect()
}
