//! The selectors of the operators that only 1.6.6.0 has.

use super::super::{selector, selector_or, selector_or_all, selector_with_all};
use crate::config::Selector;

pub(super) const SELECTORS: &[Selector] = &[
    // backup-manager
    selector_or(
        "BackupSetRemoteStorageInput/(choice)",
        "NoOwner",
        "Nobody is named: whose settings these are then is not known.",
    ),
    // maillist
    selector("MaillistFilterType"),
    selector("MaillistSimpleFilterType"),
    selector("MaillistToggleFilterType"),
    // plan-item
    selector_with_all("PlanItemFilterType"),
    // role
    selector_with_all("RoleSelectionFilter"),
    selector("RoleSelectionPermissionFilter"),
    // service-node
    selector_or_all("serviceNodeFilterType", "All service nodes."),
    // spamfilter
    selector("SpamassassinFilterType"),
    selector_or_all("SpamPatternFilterType", "All patterns of the list."),
    selector_or_all("SpamFilterGetPatternsInputType/(filter)", "All spam filters that the caller can see."),
    // sso
    selector_or_all("SSOGetRelayFilter", "All branded identity providers."),
    selector_or_all("SSODelRelayFilter", "All branded identity providers."),
    // user
    selector_with_all("UserSelectionFilter"),
    // webuser
    selector("WebUserFilter"),
    selector("WebUserOwnFilter"),
    // wp-instance
    selector("WpInstanceFilter"),
];
