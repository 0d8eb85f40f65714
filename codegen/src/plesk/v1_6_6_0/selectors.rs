//! What says which objects an operation touches, in the operators that only 1.6.6.0 has.

use super::super::{or, or_all, or_says_all, some};
use crate::config::Selector;

pub(super) const SELECTORS: &[Selector] = &[
    // backup-manager
    or(
        "BackupSetRemoteStorageInput/(choice)",
        "NoOwner",
        "Nobody is named: whose settings these are then is not known.",
    ),
    // maillist
    some("MaillistFilterType"),
    some("MaillistSimpleFilterType"),
    some("MaillistToggleFilterType"),
    // plan-item
    or_says_all("PlanItemFilterType"),
    // role
    or_says_all("RoleSelectionFilter"),
    some("RoleSelectionPermissionFilter"),
    // service-node
    or_all("serviceNodeFilterType", "All service nodes."),
    // spamfilter
    some("SpamassassinFilterType"),
    or_all("SpamPatternFilterType", "All patterns of the list."),
    or_all("SpamFilterGetPatternsInputType/(filter)", "All spam filters that the caller can see."),
    // sso
    or_all("SSOGetRelayFilter", "All branded identity providers."),
    or_all("SSODelRelayFilter", "All branded identity providers."),
    // user
    or_says_all("UserSelectionFilter"),
    // webuser
    some("WebUserFilter"),
    some("WebUserOwnFilter"),
    // wp-instance
    some("WpInstanceFilter"),
];
