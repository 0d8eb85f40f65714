//! The secrets that only 1.6.6.0 has.

use crate::config::Setting;

pub(super) const SECRETS: &[&str] = &["access-key", "poa-api-password"];

pub(super) const SETTINGS: &[Setting] = &[
    // The properties of service nodes are not documented, so none may be shown.
    Setting { path: "serviceNodeSettings/property", name: "name", value: "value", shown: &[] },
];
