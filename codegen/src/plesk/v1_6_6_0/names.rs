//! Names that only the files of 1.6.6.0 need.

use super::super::rename;
use crate::config::Rename;

/// The modules of files that do not have the name of their module. The files of an operator go to its module.
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

/// Prefixes of type names that only repeat the name of the module.
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
    // The name is already used by Rust or by the emitted code.
    rename("MappedDbServer/new#1", "new-server"),
    rename("MappedIp/new#1", "new-address"),
    rename("PlanItemResultType", "ItemResult"),
    rename("WebmailResult", "ServiceResult"),
    rename("ZoneType", "ZoneKind"),
    // A choice for the scope, in addition to the list.
    rename("SpamFilterGetPatternsInputType/(filter)", "scope"),
    // Choices whose alternatives have no common prefix: what they choose between.
    rename("BackupClientInput/(choice)", "destination"),
    rename("BackupDomainInput/(choice)", "destination"),
    rename("BackupResellerInput/(choice)", "destination"),
    rename("BackupServerInput/(choice)", "destination"),
    rename("BackupDownloadFileInput/(choice)", "owner"),
    rename("BackupGetBackupStatusInput/(choice)", "scope"),
    rename("BackupGetBackupStatusOutput/result/task/(choice)", "owner"),
    rename("BackupGetRemoteStorageSettingsInput/(choice)", "owner"),
    rename("BackupImportFileInput/(choice)", "owner"),
    rename("BackupRemoveFileInput/(choice)", "owner"),
    rename("BackupSetRemoteStorageInput/(choice)", "owner"),
    rename("CertificateActionRequest/install/(choice)", "pool"),
    rename("MigrationOutputGetStatusResultType/(choice)", "state"),
    rename("ServiceNodeInput/add/(choice)", "access"),
    rename("ServiceNodeInput/set/values/(choice)", "access"),
    rename("SpamFilterAddPatternInputType/(choice)", "owner"),
    rename("SpamFilterDelPatternInputType/(choice)", "owner"),
    rename("SpamFilterGetOutputType/result/(group)/(choice)", "state"),
    rename("SpamFilterSetInputType/(choice)", "state"),
    // Groups without a common prefix: what their members have in common.
    rename("ErrorType/(group)", "with-object"),
    rename("MaillistGetListOutputType/result/(group)", "list"),
    rename("PlanItemOutputType/get/result/(group)", "item"),
    rename("PlanItemOutputType/get/result/(group)/(group)", "button"),
    rename("SpamFilterGetOutputType/result/(group)", "settings"),
    rename("WebUserGetOutputType/result/(group)", "user"),
    rename("serviceNodeTestRemoveOutput/(group)", "operation"),
    // Schema names that are misspelled.
    rename("SSOBrangingRecord", "BrandingRecord"),
];
