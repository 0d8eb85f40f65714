//! Which limits, permissions and hosting settings there are: the usual ones of a Plesk on Linux. A
//! real server has more of them, as its components and extensions have it.

use std::collections::BTreeMap;

use plesk_protocol::common::{ObjectDescriptor, PropertyDescriptor};
use plesk_wire::packet::Secret;
use plesk_wire::xml::Any;

use super::make;

/// A setting that an object can have.
pub(super) struct Property {
    pub(super) name: &'static str,
    r#type: &'static str,
    default: &'static str,
    label: &'static str,
}

macro_rules! properties {
    ($($(#[$about:meta])* $list:ident: $($name:literal $type:literal = $default:literal, $label:literal;)*)*) => {$(
        $(#[$about])*
        pub(super) const $list: &[Property] =
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
    /// Limits that resellers have beside those.
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
    /// Permissions that resellers have beside those.
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

/// The settings in these lists, as the protocol describes them.
pub(super) fn describe(lists: &[&[Property]]) -> ObjectDescriptor {
    let properties = lists.iter().copied().flatten().map(|property| {
        make(|described: &mut PropertyDescriptor| {
            described.name = property.name.to_owned();
            described.r#type = property.r#type.to_owned();
            described.default_value = Some(Any::text(property.default));
            described.writable_by = vec!["admin".to_owned(), "reseller".to_owned()];
            described.label = Some(property.label.to_owned());
        })
    });
    make(|descriptor: &mut ObjectDescriptor| descriptor.property = properties.collect())
}

/// The settings of web hosting that was given none.
pub(super) fn hosting_defaults() -> BTreeMap<String, Secret> {
    HOSTING.iter().map(|property| (property.name.to_owned(), property.default.into())).collect()
}
