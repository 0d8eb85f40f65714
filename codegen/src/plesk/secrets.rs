//! The secrets: elements whose text is a secret, and values that are secrets under some names.

use crate::config::Setting;

/// Elements whose text is a secret, by path, or by name in any type.
pub(super) const SECRETS: &[&str] = &[
    "APSSettingInputType/value",
    "CreateSessionResultType/id",
    "KeyPropertyType/value",
    "PVT",
    // What programs on the server print is not known.
    "ResponsePacketType/output",
    "SecretKeyInfo/key",
    "SecretKeyInputType/delete/filter/key",
    "SecretKeyInputType/get_info/filter/key",
    "SecretKeyResponseType/create/result/key",
    "SecretKeyResponseType/delete/result/key",
    "SecretKeyResponseType/get_info/result/key",
    "Session/id",
    "SetMiscFilterProperty/value",
    "activation-code",
    "AdditionalKeyPropertyType/value",
    "additionalKeyType/content",
    "keyType/content",
    "license",
    "mailnameAddType/password/value",
    "mailnameGetInfoType/password/value",
    "mailnameUpdateType/password/value",
    "miscPropertyType/value",
    "passwd",
    "phpSettings/setting/value",
    "password",
    "pvt",
    "remote-access-hash",
    "session-id",
    "smtp_password",
];

/// Hosting properties whose values may be shown. A newer server may have others, whose values may be secrets.
const HOSTING: &[&str] = &[
    "asp",
    "asp_dot_net",
    "cgi",
    "errdocs",
    "fastcgi",
    "ftp_login",
    "ftp_quota",
    "iis_app_pool",
    "managed_runtime_version",
    "perl",
    "php",
    "php_handler_id",
    "php_handler_type",
    "php_served_by_nginx",
    "php_version",
    "python",
    "same_ssl",
    "shell",
    "ssi",
    "ssi_html",
    "ssl",
    "webstat",
    "webstat_protected",
    "write_modify",
    "www_root",
];

pub(super) const SETTINGS: &[Setting] = &[
    Setting { path: "PleskPhysHostingPropertyType", name: "name", value: "value", shown: HOSTING },
    Setting { path: "SubdomainPropertyType", name: "name", value: "value", shown: HOSTING },
];
