//! How well each operation of the protocol is simulated.
//!
//! A test compares this list with the schemas, and sends each operation to the dispatch next to it.

/// How well an operation is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// It reads and changes the state, as the protocol documents it.
    Modeled,
    /// Its answer is consistent, but nothing behind it is simulated.
    Plausible,
}

impl Coverage {
    /// Returns the word for it: `modeled` or `plausible`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Modeled => "modeled",
            Self::Plausible => "plausible",
        }
    }
}

/// An operation of the protocol, and how well it is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationCoverage {
    /// The element of the operator, such as `customer`.
    pub operator: &'static str,
    /// The path of elements below it, such as `update/add`.
    pub operation: &'static str,
    /// How well it is simulated.
    pub coverage: Coverage,
}

/// The operations of one operator.
struct Operator {
    name: &'static str,
    modeled: &'static [&'static str],
    plausible: &'static [&'static str],
}

/// Returns all operations of the protocol, by operator, and how well each is simulated.
pub fn coverage() -> Vec<OperationCoverage> {
    let operations = OPERATORS.iter().flat_map(|operator| {
        let lists = [(operator.modeled, Coverage::Modeled), (operator.plausible, Coverage::Plausible)];
        lists.into_iter().flat_map(|(operations, coverage)| {
            let operator = operator.name;
            operations.iter().map(move |operation| OperationCoverage { operator, operation, coverage })
        })
    });
    operations.collect()
}

const OPERATORS: &[Operator] = &[
    Operator {
        name: "aps",
        modeled: &[],
        plausible: &[
            "download-package",
            "get-download-status",
            "import-package",
            "get-packages-list",
            "install",
            "import-config",
            "set-package-properties",
            "get-packages-list-by-reseller",
            "get-packages-list-by-webspace",
        ],
    },
    Operator { name: "certificate", modeled: &["install", "update", "remove", "generate", "get-pool"], plausible: &[] },
    Operator {
        name: "customer",
        modeled: &["add", "get", "del", "set", "convert-to-reseller", "change-owner", "get-domain-list"],
        plausible: &[],
    },
    Operator {
        name: "database",
        modeled: &[
            "add-db",
            "del-db",
            "get-db",
            "assign-to-subscription",
            "set-default-user",
            "get-default-user",
            "add-db-user",
            "del-db-user",
            "get-db-users",
            "set-db-user",
            "set-custom-host",
        ],
        plausible: &[],
    },
    Operator {
        name: "db_server",
        modeled: &["add", "set", "del", "set-default", "get-default", "get", "get-supported-types", "get-local"],
        plausible: &[],
    },
    Operator {
        name: "dns",
        modeled: &[
            "sync-with-template",
            "add_rec",
            "get_rec",
            "del_rec",
            "get_acl",
            "add_to_acl",
            "remove_from_acl",
            "set",
            "get",
            "switch",
            "add_master_server",
            "get_master_server",
            "del_master_server",
            "enable",
            "disable",
            "enable-remote-dns",
            "disable-remote-dns",
            "get-status-remote-dns",
            "set-recursion",
            "get-recursion",
            "get-supported-recursion",
        ],
        plausible: &[],
    },
    Operator { name: "event_log", modeled: &["get", "get_events", "get-last-id"], plausible: &[] },
    Operator { name: "extension", modeled: &["call", "get"], plausible: &["install", "uninstall"] },
    Operator { name: "ftp-user", modeled: &["add", "set", "del", "get"], plausible: &[] },
    Operator { name: "ip", modeled: &["add", "get", "set", "del"], plausible: &[] },
    Operator { name: "locale", modeled: &["get", "enable", "disable"], plausible: &["get-message"] },
    Operator { name: "log-rotation", modeled: &["set", "get", "enable", "disable", "get-status"], plausible: &[] },
    Operator {
        name: "mail",
        modeled: &[
            "create",
            "update/add",
            "update/remove",
            "update/set",
            "get_info",
            "remove",
            "enable",
            "disable",
            "set_prefs",
            "get_prefs",
            "rename",
            "get-available-mail-providers",
        ],
        plausible: &[],
    },
    Operator { name: "php-handler", modeled: &["get", "enable", "disable", "get-usage"], plausible: &[] },
    Operator {
        name: "protected-dir",
        modeled: &[
            "add",
            "delete",
            "set",
            "get",
            "add-user",
            "set-user",
            "delete-user",
            "get-user",
            "get-pd-location-descriptor",
        ],
        plausible: &[],
    },
    Operator {
        name: "reseller",
        modeled: &[
            "add",
            "set",
            "get",
            "del",
            "ippool-add-ip",
            "ippool-del-ip",
            "ippool-set-ip",
            "cform-buttons-list",
            "get-limit-descriptor",
            "get-permission-descriptor",
            "convert-to-customer",
            "switch-subscription",
            "sync-subscription",
            "add-package",
            "remove-package",
            "enable-aps-filter",
            "disable-aps-filter",
            "get-domain-list",
        ],
        plausible: &[],
    },
    Operator {
        name: "reseller-plan",
        modeled: &[
            "add",
            "get",
            "del",
            "set",
            "add-package",
            "remove-package",
            "get-limit-descriptor",
            "get-permission-descriptor",
            "enable-aps-filter",
            "disable-aps-filter",
            "duplicate",
        ],
        plausible: &[],
    },
    Operator { name: "secret_key", modeled: &["create", "get_info", "delete"], plausible: &[] },
    Operator {
        name: "server",
        modeled: &[
            "get_protos",
            "get",
            "create_session",
            "set",
            "srv_man",
            "initial_setup",
            "set_misc",
            "get_misc",
            "del_misc",
            "add-admin-alias",
            "set-admin-alias",
            "del-admin-alias",
            "domain-restriction-add",
            "domain-restriction-remove",
            "domain-restriction-list",
            "domain-restriction-rename",
            "domain-restriction-enable",
            "domain-restriction-disable",
        ],
        plausible: &[
            "lic_install",
            "lic_update",
            "get_additional_key",
            "remove_additional_key",
            "renew_additional_key",
            "set-ppb-connection",
            "reboot",
            "license-rollback-key",
            "license-retrieve-keys",
            "lic_get_info",
            "clean-mail-queue",
        ],
    },
    Operator {
        name: "service-plan",
        modeled: &[
            "add",
            "get",
            "del",
            "set",
            "add-package",
            "remove-package",
            "enable-aps-filter",
            "disable-aps-filter",
            "add-plan-item",
            "remove-plan-item",
            "get-limit-descriptor",
            "get-permission-descriptor",
            "get-physical-hosting-descriptor",
            "db-servers/add",
            "db-servers/remove",
            "db-servers/list",
            "duplicate",
        ],
        plausible: &[],
    },
    Operator {
        name: "service-plan-addon",
        modeled: &[
            "add",
            "get",
            "del",
            "set",
            "add-package",
            "remove-package",
            "get-limit-descriptor",
            "get-permission-descriptor",
            "get-physical-hosting-descriptor",
            "duplicate",
        ],
        plausible: &[],
    },
    Operator { name: "session", modeled: &["get", "terminate"], plausible: &[] },
    Operator {
        name: "site",
        modeled: &[
            "add",
            "get",
            "set",
            "del",
            "cform_buttons_list",
            "get_traffic",
            "set_traffic",
            "get-physical-hosting-descriptor",
        ],
        plausible: &[],
    },
    Operator {
        name: "site-alias",
        modeled: &["create", "get", "set", "delete", "rename", "get-supported-services"],
        plausible: &[],
    },
    Operator { name: "subdomain", modeled: &["add", "get", "del", "set", "rename"], plausible: &[] },
    Operator {
        name: "ui",
        modeled: &["create-custombutton", "get-custombutton", "delete-custombutton"],
        plausible: &["get-navigation", "branding-theme-install", "branding-theme-uninstall"],
    },
    Operator { name: "virtdir", modeled: &["create", "update", "remove", "get"], plausible: &[] },
    Operator {
        name: "webspace",
        modeled: &[
            "add",
            "get",
            "set",
            "del",
            "cform_buttons_list",
            "get_traffic",
            "set_traffic",
            "get-limit-descriptor",
            "get-permission-descriptor",
            "get-physical-hosting-descriptor",
            "switch-subscription",
            "sync-subscription",
            "add-subscription",
            "remove-subscription",
            "add-package",
            "remove-package",
            "add-plan-item",
            "remove-plan-item",
            "enable-aps-filter",
            "disable-aps-filter",
            "get-changed",
            "db-servers/add",
            "db-servers/remove",
            "db-servers/list",
        ],
        plausible: &[],
    },
];
