//! Names: what the rules need to know, and the ones that no rule finds.

use crate::config::Rename;

/// Files whose module is not their own name: an operator's files go to the operator's module.
pub(super) const MODULES: &[(&str, &str)] = &[
    ("agent_input", "request"),
    ("agent_output", "response"),
    ("client_input", "customer"),
    ("client_output", "customer"),
    ("domain_input", "webspace"),
    ("domain_list", "common"),
    ("domain_output", "webspace"),
    ("domain_template", "service_plan"),
    ("plesk_client", "customer"),
    ("plesk_common", "common"),
];

/// What type names begin with that their module says already.
pub(super) const PREFIXES: &[(&str, &[&str])] = &[
    ("customer", &["client", "Client"]),
    ("reseller", &["Reseller"]),
    ("service_plan", &["DomainTemplate", "DomanTemplate"]),
    ("session", &["Session"]),
    ("webspace", &["domain", "Domain"]),
];

/// What type names end with that says nothing in Rust.
pub(super) const NOISE: &[&str] = &["Type", "Output", "Input", "OutputType", "InputType"];

/// Simple types with a meaning of their own.
pub(super) const NEWTYPES: &[(&str, &str)] = &[("id_type", "Id")];

pub(super) const RENAMES: &[Rename] = &[
    Rename { path: "clientSelectionFilterType", name: "Filter", why: "every operator's filter is its `Filter`" },
    Rename { path: "ResellerSelectionFilter", name: "Filter", why: "every operator's filter is its `Filter`" },
    Rename { path: "resultFilterType", name: "Matched", why: "it tells which object the filter met" },
    Rename {
        path: "ResponsePacketType/(choice)",
        name: "body",
        why: "it is all of the answer but its version and output",
    },
    Rename {
        path: "DomainTemplateResultType/result/(choice)",
        name: "object",
        why: "it names the deleted plan as the request did",
    },
    Rename {
        path: "SessionType",
        name: "Kind",
        why: "nothing is left of the name; it is the kind of the session's user",
    },
];
