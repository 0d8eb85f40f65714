//! Advice: what to do about an issue.

use crate::xml::datatypes::value_error::ValueError;
use crate::xml::names::{one_of, one_of_alternatives, split_alternatives};
use crate::xml::text::is_white_space;
use crate::xml::violations::issue::{AllowedContent, Issue, Reason, Subject};

/// Returns advice about `issue`, if there is any beyond the problem itself.
pub(super) fn advice(issue: &Issue, subject: &Subject<'_>) -> Option<String> {
    match issue {
        Issue::Value { error, optional, .. } => value_advice(*error, *optional, subject),
        Issue::Blank => Some("give the name or ID of the object".to_owned()),
        Issue::Unexpected { reason, .. } => element_advice(reason, subject.element),
        Issue::Missing { missing, .. } if split_alternatives(missing).count() > 1 => Some("add one of them".to_owned()),
        Issue::Missing { .. } | Issue::MissingAttribute(_) => Some("add it".to_owned()),
        Issue::UnexpectedAttribute { .. } | Issue::NotNillable => Some("remove it".to_owned()),
        Issue::Namespace { .. } => Some("remove xmlns".to_owned()),
        Issue::Text(AllowedContent::Nothing) => Some(format!("write <{}/>", subject.element)),
        _ => None,
    }
}

fn value_advice(error: ValueError, optional: bool, subject: &Subject<'_>) -> Option<String> {
    let holder = if subject.attribute.is_some() { "attribute" } else { "element" };
    let value = subject.value?.trim_matches(is_white_space);
    if value.is_empty() {
        return Some(match optional {
            true => format!("leave the {holder} out if it has no value"),
            false => format!("the {holder} needs a value"),
        });
    }
    match error {
        ValueError::InvalidLexical("boolean") => Some("write true or false".to_owned()),
        ValueError::InvalidLexical("integer") => Some("write digits only".to_owned()),
        ValueError::InvalidLexical("date") => Some("write it as YYYY-MM-DD".to_owned()),
        ValueError::InvalidLexical("dateTime") => Some("write it as YYYY-MM-DDThh:mm:ss".to_owned()),
        ValueError::NotInEnumeration(values) if !subject.secret => {
            // Short values, such as `in` and `on`, are similar by chance.
            let is_close = |known: &&&str| known.len() > 2 || value.eq_ignore_ascii_case(known);
            let similar = most_similar(value, values);
            similar.filter(|known| is_close(&known)).map(|value| format!("did you mean '{value}'?"))
        }
        _ => None,
    }
}

fn element_advice(reason: &Reason, element: &str) -> Option<String> {
    Some(match reason {
        Reason::Unknown(known) => match most_similar(element, known) {
            Some(name) => format!("did you mean <{name}>?"),
            None if known.is_empty() => return None,
            None => format!("expected {}", one_of(known.iter().copied())),
        },
        Reason::TooMany(1) => "only one is allowed".to_owned(),
        Reason::TooMany(max) => format!("at most {max} are allowed"),
        Reason::Excluded(other) => format!("cannot be combined with <{other}>; keep one"),
        Reason::TooEarly(required) => format!("{} must come before it", one_of_alternatives(required)),
        Reason::TooLate(other) => format!("move it before <{other}>"),
        Reason::Unclear => return None,
    })
}

/// Returns the known name that is most similar to `name`, if one is similar enough.
fn most_similar<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    // A name of a very different length is not similar, and need not be compared.
    let candidates = known.iter().filter(|known| name.len().abs_diff(known.len()) <= 2);
    let scored = candidates.map(|known| (edit_distance(&fold(name), &fold(known)), *known));
    let similar = scored.filter(|(distance, known)| *distance <= 2 && distance * 2 <= known.len());
    similar.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Removes the differences that do not count: letter case, and how words are joined.
fn fold(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}

/// Returns the Levenshtein distance: how many characters must be inserted, removed or replaced.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::most_similar;

    #[test]
    fn most_similar_finds_misspelled_names_only() {
        let known = ["login", "owner-id", "id", "pname", "email"];
        for (name, expected) in [
            ("Login", Some("login")),
            ("owner_id", Some("owner-id")),
            ("pnam", Some("pname")),
            ("e-mail", Some("email")),
            ("lgoin", Some("login")),
            ("ids", Some("id")),
            ("phone", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(most_similar(name, &known), expected, "{name}");
        }
        assert_eq!(most_similar(&"l".repeat(1_000_000), &known), None);
    }
}
