//! Compares names.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

/// The normalized similarity from which one name can be the new form of another.
const MIN_SIMILARITY: f64 = 0.6;

/// Returns `true` if most letters of two names agree, or if one only has further words.
pub(in crate::diff) fn are_similar(old: &str, new: &str) -> bool {
    let (old, new) = (old.to_snake_case(), new.to_snake_case());
    let [old_words, new_words] = [&old, &new].map(|name| name.split('_').collect::<BTreeSet<_>>());
    strsim::normalized_levenshtein(&old, &new) >= MIN_SIMILARITY
        || old_words.is_subset(&new_words)
        || new_words.is_subset(&old_words)
}
