//! What differs between two models: operators, operations, types, elements, attributes, facets and listed values, each
//! with what it means for the wire and for the emitted crate.
//!
//! The models are walked side by side (`operations`, `walk`), members being paired by their names, and by what they hold
//! where that is evidence enough for a new name (`pairing`, `likeness`). What becomes of the emitted crate is not guessed
//! from that, but read from what is emitted of both models (`surface`), and goes to the change that explains it (`api`).

mod api;
mod change;
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

use crate::config::Config;
use crate::model::Model;
use draft::{Draft, Side};
use reach::Reach;
use surface::Surface;
use walk::Walk;

/// What of `old` is otherwise in `new`, where both are generated with this configuration.
pub fn diff(old: &Model, new: &Model, config: &Config) -> Diff {
    let mut walk = operations::walk(old, new);
    let mut unnamed = Vec::new();
    let mut surface = |model: &Model, which| {
        Surface::of(model, config)
            .map_err(|e| unnamed.extend(e.0.iter().map(|problem| format!("the {which} schemas: {problem}"))))
            .ok()
    };
    let surfaces = (surface(old, "old"), surface(new, "new"));
    let apis = match &surfaces {
        (Some(old), Some(new)) => api::attribute(&mut walk, old, new, config),
        // Nobody knows, so the worst is supposed.
        _ => walk.drafts.iter().map(|_| Api { verdict: Verdict::Major, effects: Vec::new() }).collect(),
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
    // One change of a schema may be of several types of the model.
    for (side, spot) in &draft.spots {
        let more = match side {
            Side::Old if draft.spots.iter().any(|(side, _)| *side == Side::New) => continue,
            Side::Old => old.place(spot),
            Side::New => new.place(spot),
        };
        operations.extend(more.operations.into_iter().filter(|it| !operations.contains(it)).collect::<Vec<_>>());
        operators.extend(more.operators.into_iter().filter(|it| !operators.contains(it)).collect::<Vec<_>>());
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
