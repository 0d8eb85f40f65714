//! The layer for 1.6.9.1: for our own schema files, and for what older versions lack.

use super::conversions::conversion;
use super::{Layer, operation, operation_on, rename, selector, selector_or_all};
use crate::config::{Conversion, OperationClass, Rename, Selector};
use crate::model::{Class, Target, Untyped};

pub(super) static LAYER: Layer = Layer {
    on: None,
    lacks: &[],
    modules: OWN_FILES,
    prefixes: &[("extension", &["Extension"]), ("php_handler", &["PhpHandler"])],
    selectors: SELECTORS,
    untyped: UNTYPED,
    secrets: &[],
    settings: &[],
    ambiguous: &["ExtensionOutputType/call/result"],
    newtypes: &[],
    renames: RENAMES,
    nested: &[],
    replies_only: &[],
    operations: OPERATIONS,
    conversions: CONVERSIONS,
};

const CONVERSIONS: &[Conversion] = &[conversion("mailnameGetInfoType/forwarding", "mailnameUpdateType/forwarding")];

/// Files that only our own schemas have.
const OWN_FILES: &[(&str, &str)] = &[
    ("aps_types", "aps"),
    ("domain_list", "common"),
    ("extension_input", "extension"),
    ("extension_output", "extension"),
    ("plesk_mail", "common"),
    ("plesk_reseller", "reseller"),
    ("server_types", "server"),
    ("site_input", "site"),
    ("site_output", "site"),
];

const RENAMES: &[Rename] = &[
    rename("certificateType/content", "CertificateContent"),
    rename("ExtensionSelectionFilter", "Filter"),
    rename("ExtensionInputType/get/(filter)", "scope"),
    rename("certificate/(choice)", "pool"),
    rename("certificateType/(choice)", "pool"),
    rename("DomainTemplateResultFilterType", "Matched"),
    rename("PhpHandlerOutputResult/result/(group)", "handler"),
];

const SELECTORS: &[Selector] = &[
    selector("ExtensionSelectionFilter"),
    selector_or_all("ExtensionInputType/get/(filter)", "All installed extensions."),
    selector_or_all("PhpHandlerFilter", "All PHP handlers."),
];

const UNTYPED: &[(&str, Untyped)] = &[
    ("certificate/admin", Untyped::Flag),
    ("certificateType/admin", Untyped::Flag),
    ("domainDatasetType/aps-filter", Untyped::Flag),
    ("domainDatasetType/packages", Untyped::Flag),
    ("packet/business-logic-upgrade", Untyped::Raw),
    ("ResponsePacketType/business-logic-upgrade", Untyped::Raw),
];

const OPERATIONS: &[OperationClass] = &[
    operation_on("certificate", "update", Class::Set, Target::Named(&["name"])),
    operation("customer", "get-domain-list", Class::Read),
    operation("database", "assign-to-subscription", Class::Set),
    operation("database", "set-custom-host", Class::Set),
    operation("extension", "install", Class::Create),
    operation_on("extension", "uninstall", Class::Delete, Target::Named(&["id"])),
    // What the extension does is unknown, so this is the most severe class.
    operation_on("extension", "call", Class::Delete, Target::Server),
    operation("extension", "get", Class::Read),
    operation("php-handler", "get", Class::Read),
    operation("php-handler", "enable", Class::Set),
    operation("php-handler", "disable", Class::Set),
    operation("php-handler", "get-usage", Class::Read),
    operation("reseller", "get-domain-list", Class::Read),
];
