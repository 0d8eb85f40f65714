//! Places of the schemas that need care: selectors, elements without a type, secrets.

use crate::config::Selector;
use crate::model::Untyped;

const NOTHING: &[(&str, &str)] = &[];

/// Types that say which objects an operation touches.
pub(super) const SELECTORS: &[Selector] = &[
    Selector {
        path: "clientSelectionFilterType",
        empty: Some(("Everything", "All customers that the caller can see.")),
        everything: NOTHING,
    },
    Selector {
        path: "DomainTemplateFilterType",
        empty: Some(("Everything", "All service plans of the owner, or of the caller if no owner is given.")),
        everything: NOTHING,
    },
    Selector {
        path: "domainFilterType",
        empty: Some(("Everything", "All subscriptions that the caller can see.")),
        everything: NOTHING,
    },
    Selector {
        path: "ResellerSelectionFilter",
        empty: Some(("EverythingByEmptyFilter", "All resellers, asked for by an empty filter instead of `<all/>`.")),
        everything: &[("all", "Everything")],
    },
];

/// The criteria of filters that no other object can ever meet: the server does not give an ID or a GUID twice. A login
/// or a name can be taken by another object as soon as the first is gone.
pub(super) const LASTING: &[&str] = &["id", "guid"];

/// How elements without a type are used.
pub(super) const UNTYPED: &[(&str, Untyped)] = &[
    ("clientDatasetType/gen_info", Untyped::Flag),
    ("clientDatasetType/stat", Untyped::Flag),
    ("packet/request-settings/setting/name", Untyped::Text),
    ("packet/request-settings/setting/value", Untyped::Text),
];

/// Elements whose text must not be shown.
pub(super) const SECRETS: &[&str] = &["Session/id", "passwd", "password", "session-id"];
