//! Compares two models and reports each change, with its impact on documents and on the emitted crate.
//!
//! The stages, each using only those before it:
//!
//! 1. `change`, `raw_change`, `describe`: the data, and schema constructs in words
//! 2. `simple_types`, `matching`: pairs the members of two contents, by name or by structure if the name changed
//! 3. `compare`: walks both models side by side and collects the changes
//! 4. `usage`: finds the operations and the path in a packet that lead to a construct
//! 5. `api`: compares the public items of the two emitted crates, read from the emitted tokens and not guessed
//! 6. `attribution`: assigns each difference of the crates to the change that explains it
//! 7. `report`: text and Markdown
//!
//! `moved_files` finds files that were split or renamed.

mod api;
mod attribution;
mod change;
mod compare;
mod describe;
mod matching;
mod moved_files;
mod raw_change;
mod report;
mod simple_types;
mod usage;

pub use change::{ApiImpact, Change, ChangeKind, Diff, Direction, SemverBump, Subject, WireImpact};
pub use moved_files::{MovedFile, moved_files};

use crate::config::Config;
use crate::model::Model;
use api::PublicApi;
use compare::compare;
use usage::Usages;

/// The impact on the emitted crate if its types cannot be named.
const UNKNOWN_IMPACT: &str = "unknown, because the types cannot be named";

/// Returns the differences between `old` and `new`. Each is a model with the configuration that it was read with.
pub fn diff((old, old_config): (&Model, &Config), (new, new_config): (&Model, &Config)) -> Diff {
    let mut comparison = compare(old, new);
    let mut api_problems = Vec::new();
    let mut public_api = |model: &Model, config: &Config, version| {
        let (api, problems) = match PublicApi::of(model, config) {
            Ok((api, problems)) => (Some(api), problems),
            Err(error) => (None, error.0),
        };
        api_problems.extend(problems.iter().map(|problem| format!("the {version} schemas: {problem}")));
        api
    };
    let impacts = match (public_api(old, old_config, "old"), public_api(new, new_config, "new")) {
        (Some(old), Some(new)) => attribution::attribute(&mut comparison, &old, &new, [old_config, new_config]),
        // Nothing is known, so the worst is assumed.
        _ => {
            let unknown = ApiImpact { bump: SemverBump::Major, differences: vec![UNKNOWN_IMPACT.to_owned()] };
            vec![unknown; comparison.changes.len()]
        }
    };
    let usages = Usages::of(old, new);
    let located = comparison.changes.iter().zip(impacts).map(|(change, impact)| usages.locate(change, impact));
    let mut changes: Vec<Change> = located.collect();
    changes.sort_by(|a, b| a.operator.cmp(&b.operator));
    let largest = changes.iter().map(|change| change.api.bump).max().unwrap_or_default();
    Diff {
        old: old.protocol.clone(),
        new: new.protocol.clone(),
        bump: if api_problems.is_empty() { largest } else { SemverBump::Major },
        changes,
        documentation: comparison.documentation.into_iter().collect(),
        api_problems,
    }
}
