//! What must not be shown of what only 1.6.6.0 has.

use crate::config::Setting;

pub(super) const SECRETS: &[&str] = &["access-key", "poa-api-password"];

pub(super) const SETTINGS: &[Setting] = &[
    // Which properties a service node has is nowhere documented.
    Setting { path: "serviceNodeSettings/property", name: "name", value: "value", shown: &[] },
];
