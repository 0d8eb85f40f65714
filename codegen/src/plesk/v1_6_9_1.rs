//! What holds for 1.6.9.1 only: for our own files, and for what older versions do not have.

use super::conversions::all;
use super::{Layer, call, does, or_all, some, to};
use crate::config::{Conversion, OperationClass, Rename, Selector};
use crate::model::{Class, Target, Untyped};

pub(super) static LAYER: Layer = Layer {
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
    answers_only: &[],
    operations: OPERATIONS,
    conversions: CONVERSIONS,
};

const CONVERSIONS: &[Conversion] = &[all("mailnameGetInfoType/forwarding", "mailnameUpdateType/forwarding")];

/// Files that only our own set is divided into.
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
    call("certificateType/content", "CertificateContent"),
    call("ExtensionSelectionFilter", "Filter"),
    call("ExtensionInputType/get/(filter)", "scope"),
    call("certificate/(choice)", "pool"),
    call("certificateType/(choice)", "pool"),
    call("DomainTemplateResultFilterType", "Matched"),
];

const SELECTORS: &[Selector] = &[
    some("ExtensionSelectionFilter"),
    or_all("ExtensionInputType/get/(filter)", "All installed extensions."),
    or_all("PhpHandlerFilter", "All PHP handlers."),
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
    to("certificate", "update", Class::Set, Target::Named(&["name"])),
    does("customer", "get-domain-list", Class::Read),
    does("database", "assign-to-subscription", Class::Set),
    does("database", "set-custom-host", Class::Set),
    does("extension", "install", Class::Create),
    to("extension", "uninstall", Class::Delete, Target::Named(&["id"])),
    // What an extension does with it is not known.
    to("extension", "call", Class::Delete, Target::Server),
    does("extension", "get", Class::Read),
    does("php-handler", "get", Class::Read),
    does("php-handler", "enable", Class::Set),
    does("php-handler", "disable", Class::Set),
    does("php-handler", "get-usage", Class::Read),
    does("reseller", "get-domain-list", Class::Read),
];
