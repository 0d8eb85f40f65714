//! What differs in the public items of two crates.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Verdict;
use super::surface::{Part, Parts, Surface, replace_paths};

/// A difference of the emitted crates.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    /// The type's path on each side, where it is there.
    pub(super) paths: [Option<String>; 2],
    /// What of the type, unless it is the type.
    pub(super) part: Option<Part>,
    pub(super) verdict: Verdict,
    pub(super) words: String,
    /// The arguments of a function that differ, by their names.
    pub(super) arguments: Vec<String>,
}

/// A type that is called otherwise in Rust.
pub(super) struct RenamedType {
    pub(super) old: String,
    pub(super) new: String,
    /// The change that did it, if one did.
    pub(super) cause: Option<usize>,
}

/// All that differs in the public items.
pub(super) fn differences(old: &Surface, new: &Surface, renamed: &[RenamedType]) -> Vec<Difference> {
    let heirs: BTreeMap<&str, &str> = renamed.iter().map(|it| (it.old.as_str(), it.new.as_str())).collect();
    let mut found = Vec::new();
    for (was, is) in &heirs {
        let paths = [Some((*was).to_owned()), Some((*is).to_owned())];
        found.push(Difference::of_type(paths, Verdict::Major, format!("`{was}` becomes `{is}`")));
    }
    for (path, parts) in &old.types {
        let heir = heirs.get(path.as_str()).copied().unwrap_or(path);
        match new.types.get(heir) {
            Some(now) => compare(path, parts, heir, now, &heirs, &mut found),
            None => {
                let paths = [Some(path.clone()), None];
                found.push(Difference::of_type(paths, Verdict::Major, format!("removes `{path}`")));
            }
        }
    }
    for path in new.types.keys() {
        if !old.types.contains_key(path) && !heirs.values().any(|heir| heir == path) {
            let paths = [None, Some(path.clone())];
            found.push(Difference::of_type(paths, Verdict::Minor, format!("adds `{path}`")));
        }
    }
    found.extend(features(old, new));
    found
}

/// What differs in a type.
fn compare(was: &str, old: &Parts, is: &str, new: &Parts, heirs: &BTreeMap<&str, &str>, found: &mut Vec<Difference>) {
    let mut note = |part: &Part, verdict, words, arguments| {
        let paths = [Some(was.to_owned()), Some(is.to_owned())];
        found.push(Difference { paths, part: Some(part.clone()), verdict, words, arguments });
    };
    for (part, text) in old {
        // What a type is called now is told of that type.
        let text = replace_paths(text, |path| heirs.get(path).map(|heir| (*heir).to_owned()));
        match new.get(part) {
            // No program notices.
            None if *part == Part::MustUse => {}
            None if matches!(part, Part::Constant(_)) => note(part, Verdict::Patch, gone(was, part), Vec::new()),
            None => note(part, Verdict::Major, gone(was, part), Vec::new()),
            Some(now) if text == *now => {}
            Some(now) => {
                let verdict = if matches!(part, Part::Constant(_)) { Verdict::Patch } else { Verdict::Major };
                let arguments = if matches!(part, Part::Function(_)) { Arguments::of(&text, now) } else { None };
                let words = changed(is, part, &text, now, arguments.as_ref());
                note(part, verdict, words, arguments.map(|it| it.differ).unwrap_or_default());
            }
        }
    }
    for (part, text) in new.iter().filter(|(part, _)| !old.contains_key(part)) {
        let verdict = if matches!(part, Part::Constant(_)) { Verdict::Patch } else { Verdict::Minor };
        note(part, verdict, came(is, part, text), Vec::new());
    }
}

/// What differs in the arguments of a function.
struct Arguments {
    /// Those that are on one side only, are of another type or stand in another order, by their names.
    differ: Vec<String>,
    words: String,
}

impl Arguments {
    /// What differs, if it is the arguments.
    fn of(old: &str, new: &str) -> Option<Self> {
        let parts = |text: &str| -> Option<(Vec<String>, String)> {
            let (arguments, result) = text.strip_prefix('(')?.rsplit_once(')')?;
            Some((arguments.split(", ").map(str::to_owned).collect(), result.to_owned()))
        };
        let name = |argument: &str| argument.split(": ").next().unwrap_or_default().to_owned();
        let ((old, old_result), (new, new_result)) = (parts(old)?, parts(new)?);
        let names = |arguments: &[String]| -> Vec<String> { arguments.iter().map(|it| name(it)).collect() };
        let (old_names, new_names) = (names(&old), names(&new));
        if old_result != new_result {
            return None;
        }
        let common = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|it| those.contains(it)).cloned().collect()
        };
        let moved = common(&old, &new) != common(&new, &old);
        let differ = old.iter().chain(&new).filter(|it| moved || !(old.contains(it) && new.contains(it)));
        let differ: Vec<String> = differ.map(|it| name(it)).collect();
        let words = if old_names == new_names {
            let retyped = old.iter().zip(&new).filter(|(old, new)| old != new);
            retyped.map(|(old, new)| format!("`{old}` becomes `{new}`")).collect::<Vec<_>>().join(", ")
        } else {
            format!("`({})` becomes `({})`", old_names.join(", "), new_names.join(", "))
        };
        Some(Self { differ, words })
    }
}

fn gone(path: &str, part: &Part) -> String {
    match part {
        Part::Trait(name) => format!("`{path}` is not `{name}` any more"),
        Part::MustUse => format!("`{path}` may go unused"),
        _ => format!("removes {}", named(path, part)),
    }
}

fn came(path: &str, part: &Part, text: &str) -> String {
    match part {
        Part::Trait(name) => format!("`{path}` is `{name}`"),
        Part::MustUse => format!("`{path}` must not go unused"),
        Part::Field(_) => format!("adds {}: `{text}`", named(path, part)),
        _ => format!("adds {}", named(path, part)),
    }
}

fn changed(path: &str, part: &Part, old: &str, new: &str, arguments: Option<&Arguments>) -> String {
    let path = named(path, part);
    match (part, arguments) {
        (_, Some(arguments)) => format!("{path}: {}", arguments.words),
        (Part::Kind, _) => format!("{path} was {old}, is {new}"),
        _ => format!("{path}: `{old}` becomes `{new}`"),
    }
}

/// A part of a type, in words.
fn named(path: &str, part: &Part) -> String {
    let short = path.rsplit("::").next().unwrap_or(path);
    match part {
        Part::Field(name) => format!("the field `{short}::{name}`"),
        Part::Variant(name) => format!("the variant `{short}::{name}`"),
        Part::Function(name) => format!("`{short}::{name}()`"),
        Part::Associated(name) | Part::Constant(name) => format!("`{short}::{name}`"),
        Part::Trait(_) | Part::Kind | Part::MustUse => format!("`{short}`"),
    }
}

/// What features no longer bring, or are no longer there.
fn features(old: &Surface, new: &Surface) -> Vec<Difference> {
    let mut found = Vec::new();
    let modules: BTreeSet<&String> = new.features.values().flatten().collect();
    let mut note = |module: &str, verdict, words| {
        let paths = [Some(format!("{module}::")), None];
        found.push(Difference::of_type(paths, verdict, words));
    };
    for (feature, brought) in &old.features {
        match new.features.get(feature) {
            None => note(&feature.replace('-', "_"), Verdict::Major, format!("removes the feature `{feature}`")),
            Some(now) => {
                for module in brought.iter().filter(|module| !now.contains(*module) && modules.contains(module)) {
                    let words = format!("the feature `{feature}` no longer brings the module `{module}`");
                    note(&feature.replace('-', "_"), Verdict::Major, words);
                }
            }
        }
    }
    for feature in new.features.keys().filter(|feature| !old.features.contains_key(*feature)) {
        note(&feature.replace('-', "_"), Verdict::Minor, format!("adds the feature `{feature}`"));
    }
    found
}

impl Difference {
    fn of_type(paths: [Option<String>; 2], verdict: Verdict, words: String) -> Self {
        Self { paths, part: None, verdict, words, arguments: Vec::new() }
    }

    pub(super) fn is_of(&self, renamed: &RenamedType) -> bool {
        self.paths[0].as_deref() == Some(&renamed.old) && self.paths[1].as_deref() == Some(&renamed.new)
    }
}
