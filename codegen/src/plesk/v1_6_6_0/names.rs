//! Names that only the files of 1.6.6.0 need.

use super::super::call;
use crate::config::Rename;

/// Files whose module is not their own name: an operator's files go to the operator's module.
pub(super) const MODULES: &[(&str, &str)] = &[
    ("backup", "backup_manager"),
    ("bl_upgrade", "business_logic_upgrade"),
    ("database_input", "database"),
    ("database_output", "database"),
    ("event_log_input", "event_log"),
    ("event_log_output", "event_log"),
    ("event_log_types", "event_log"),
    ("migration_input", "migration"),
    ("migration_output", "migration"),
    ("plesk_migration", "migration"),
    ("plesk_secretkeys", "secret_key"),
    ("wpinstance", "wp_instance"),
];

/// What type names begin with that their module says already.
pub(super) const PREFIXES: &[(&str, &[&str])] = &[
    ("backup_manager", &["Backup"]),
    ("maillist", &["Maillist", "Mailist"]),
    ("migration", &["MigrationOutput", "Migration"]),
    ("plan_item", &["PlanItem"]),
    ("role", &["Role"]),
    ("service_node", &["ServiceNode", "serviceNode"]),
    ("sitebuilder", &["siteBuilder"]),
    ("smb", &["SMB"]),
    ("spamfilter", &["SpamFilter", "Spamassassin", "Spam"]),
    ("sso", &["SSO"]),
    ("updater", &["Updater", "Autoinstaller"]),
    ("user", &["User"]),
    ("webmail", &["Webmail"]),
    ("webuser", &["WebUser", "Webuser"]),
    ("wp_instance", &["WpInstance"]),
];

pub(super) const RENAMES: &[Rename] = &[
    // Rust or the emitted code has the name already.
    call("MappedDbServer/new#1", "new-server"),
    call("MappedIp/new#1", "new-address"),
    call("PlanItemResultType", "ItemResult"),
    call("WebmailResult", "ServiceResult"),
    call("ZoneType", "ZoneKind"),
    // A choice that says for what, beside the list that says which.
    call("SpamFilterGetPatternsInputType/(filter)", "scope"),
    // Alternatives without a common word in their names: what they choose between.
    call("BackupClientInput/(choice)", "destination"),
    call("BackupDomainInput/(choice)", "destination"),
    call("BackupResellerInput/(choice)", "destination"),
    call("BackupServerInput/(choice)", "destination"),
    call("BackupDownloadFileInput/(choice)", "owner"),
    call("BackupGetBackupStatusInput/(choice)", "scope"),
    call("BackupGetBackupStatusOutput/result/task/(choice)", "owner"),
    call("BackupGetRemoteStorageSettingsInput/(choice)", "owner"),
    call("BackupImportFileInput/(choice)", "owner"),
    call("BackupRemoveFileInput/(choice)", "owner"),
    call("BackupSetRemoteStorageInput/(choice)", "owner"),
    call("CertificateActionRequest/install/(choice)", "pool"),
    call("MigrationOutputGetStatusResultType/(choice)", "state"),
    call("ServiceNodeInput/add/(choice)", "access"),
    call("ServiceNodeInput/set/values/(choice)", "access"),
    call("SpamFilterAddPatternInputType/(choice)", "owner"),
    call("SpamFilterDelPatternInputType/(choice)", "owner"),
    call("SpamFilterGetOutputType/result/(group)/(choice)", "state"),
    call("SpamFilterSetInputType/(choice)", "state"),
    // Elements that stand together: what they are about.
    call("ErrorType/(group)", "with-object"),
    call("MaillistGetListOutputType/result/(group)", "list"),
    call("PlanItemOutputType/get/result/(group)", "item"),
    call("PlanItemOutputType/get/result/(group)/(group)", "button"),
    call("SpamFilterGetOutputType/result/(group)", "settings"),
    call("WebUserGetOutputType/result/(group)", "user"),
    call("serviceNodeTestRemoveOutput/(group)", "operation"),
    // Schema names that are misspelt.
    call("SSOBrangingRecord", "BrandingRecord"),
];
