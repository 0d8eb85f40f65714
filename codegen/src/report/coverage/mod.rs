//! Writes `COVERAGE.md`: the parts of the protocol that the emitted crate has, and those that it represents loosely.

mod conversions;
mod loose;
mod markdown;
mod protocol;
mod sources;
mod uses;

use crate::config::Config;
use crate::model::Model;
use crate::passes::conversions::Conversion;
use crate::passes::features::Features;
use crate::passes::names::Names;
use loose::LooseTypes;
use sources::Sources;
use uses::SimpleTypeUses;

/// Returns the document without a header.
pub(crate) fn document(
    model: &Model,
    names: &Names,
    features: &Features,
    conversions: &[Conversion],
    config: &Config,
) -> String {
    let sources = Sources { model, names };
    let uses = SimpleTypeUses::of(model);
    let sections = [
        format!("# Coverage of the {}, protocol {}", config.title, model.protocol),
        sources.totals(&uses),
        sources.operations(features),
        sources.left_out(),
        conversions::section(model, names, conversions),
        LooseTypes { sources, uses: &uses }.sections(),
        loose::secrets(model),
    ];
    let sections: Vec<&str> = sections.iter().map(|section| section.trim_end()).filter(|s| !s.is_empty()).collect();
    sections.join("\n\n") + "\n"
}
