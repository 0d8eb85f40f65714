//! What differs between two models: operators, operations, types, elements, attributes, facets and listed values, each
//! with what it means for the wire and for the emitted crate.
//!
//! The models are walked side by side (`operations`, `walk`), members being paired by their names, and by what they hold
//! where that is evidence enough for a new name (`pairing`, `likeness`). What becomes of the emitted crate is not guessed
//! from that, but read from what is emitted of both models (`surface`), and goes to the change that explains it (`api`).

mod api;
mod attributes;
mod change;
mod claims;
mod contents;
mod differences;
mod draft;
mod likeness;
mod markdown;
mod operations;
mod pairing;
mod reach;
mod simple;
mod surface;
mod text;
mod walk;
mod words;

pub use change::{Api, Change, ChangeKind, Diff, Direction, Subject, Verdict, Wire};

use std::collections::BTreeSet;
use std::mem::discriminant;

use crate::config::Config;
use crate::model::Model;
use draft::{Draft, Side};
use reach::Reach;
use surface::Surface;
use walk::Walk;

/// What is said of the emitted crate where the types of one side cannot be named.
const UNKNOWN: &str = "not known, as the types cannot be named";

/// What of `old` is otherwise in `new`. Each is a model and the configuration that it was read with.
pub fn diff((old, old_config): (&Model, &Config), (new, new_config): (&Model, &Config)) -> Diff {
    let mut walk = operations::walk(old, new);
    let mut unnamed = Vec::new();
    let mut surface = |model: &Model, config: &Config, which| {
        Surface::of(model, config)
            .map_err(|e| unnamed.extend(e.0.iter().map(|problem| format!("the {which} schemas: {problem}"))))
            .ok()
    };
    let surfaces = (surface(old, old_config, "old"), surface(new, new_config, "new"));
    let apis = match &surfaces {
        (Some(old), Some(new)) => api::attribute(&mut walk, old, new, [old_config, new_config]),
        // Nobody knows, so the worst is supposed.
        _ => vec![Api { verdict: Verdict::Major, effects: vec![UNKNOWN.to_owned()] }; walk.drafts.len()],
    };
    let reaches = [Reach::of(old), Reach::of(new)];
    let mut changes: Vec<Change> =
        walk.drafts.iter().zip(apis).map(|(draft, api)| change(draft, api, &walk, &reaches)).collect();
    changes.sort_by(|a, b| a.operator.cmp(&b.operator));
    let worst = changes.iter().map(|change| change.api.verdict).max().unwrap_or_default();
    Diff {
        old: old.protocol.clone(),
        new: new.protocol.clone(),
        verdict: if unnamed.is_empty() { worst } else { Verdict::Major },
        changes,
        documentation: walk.documentation.into_iter().collect(),
        unnamed,
    }
}

fn change(draft: &Draft, api: Api, walk: &Walk<'_>, [old, new]: &[Reach<'_>; 2]) -> Change {
    let place = draft.place().map(|(side, spot)| match side {
        Side::Old => (old.place(spot), spot.schema(walk.old)),
        Side::New => (new.place(spot), spot.schema(walk.new)),
    });
    let (place, schema) = place.unzip();
    let (mut operations, mut operators) =
        place.as_ref().map(|it| (it.operations.clone(), it.operators.clone())).unwrap_or_default();
    // One change of a schema may be of several types of the model; what else the change names is not where it stands.
    let like = |spot: &draft::Spot| draft.place().is_some_and(|(_, first)| discriminant(first) == discriminant(spot));
    let newest = draft.place().map(|(side, _)| *side);
    for (side, spot) in draft.spots.iter().filter(|(side, spot)| newest == Some(*side) && like(spot)) {
        let more = if *side == Side::Old { old.place(spot) } else { new.place(spot) };
        operations.extend(more.operations);
        operators.extend(more.operators);
    }
    for list in [&mut operations, &mut operators] {
        let mut seen = BTreeSet::new();
        list.retain(|name| seen.insert(name.clone()));
    }
    Change {
        operator: if operators.len() == 1 { operators.pop() } else { None },
        operations,
        direction: place.as_ref().map_or(Direction::Both, |place| place.direction),
        place: place.map(|place| place.place).unwrap_or_default(),
        schema: schema.unwrap_or_default(),
        subject: draft.subject,
        kind: draft.kind,
        old: draft.old.clone(),
        new: draft.new.clone(),
        wire: draft.wire,
        api,
    }
}
