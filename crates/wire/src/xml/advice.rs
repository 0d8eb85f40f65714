//! What to do about a fault.

use super::issue::{Holds, Issue, Subject, Why, listed, names, one_of};
use super::{ValueError, text};

/// What to do about `fault`, if anything can be said that the problem does not say.
pub(super) fn of(fault: &Issue, subject: &Subject<'_>) -> Option<String> {
    match fault {
        Issue::Value { broken, optional, .. } => value(*broken, *optional, subject),
        Issue::Unexpected { why, .. } => element(why, subject.element),
        Issue::Missing { due, .. } if names(due).count() > 1 => Some("add one of them".to_owned()),
        Issue::Missing { .. } | Issue::MissingAttribute(_) => Some("add it".to_owned()),
        Issue::UnexpectedAttribute { .. } | Issue::NotNillable => Some("leave it out".to_owned()),
        Issue::Namespace { .. } => Some("leave xmlns out".to_owned()),
        Issue::Text(Holds::Nothing) => Some(format!("write <{}/>", subject.element)),
        _ => None,
    }
}

fn value(broken: ValueError, optional: bool, subject: &Subject<'_>) -> Option<String> {
    let what = if subject.attribute.is_some() { "attribute" } else { "element" };
    let value = subject.value?.trim_matches(text::is_space);
    if value.is_empty() {
        return Some(match optional {
            true => format!("leave the {what} out if it has no value"),
            false => format!("the {what} needs a value"),
        });
    }
    match broken {
        ValueError::InvalidLexical("boolean") => Some("write true or false".to_owned()),
        ValueError::InvalidLexical("integer") => Some("write digits only".to_owned()),
        ValueError::InvalidLexical("date") => Some("write it as YYYY-MM-DD".to_owned()),
        ValueError::InvalidLexical("dateTime") => Some("write it as YYYY-MM-DDThh:mm:ss".to_owned()),
        ValueError::NotInEnumeration(values) if !subject.secret => {
            nearest(value, values).map(|value| format!("did you mean '{value}'?"))
        }
        _ => None,
    }
}

fn element(why: &Why, found: &str) -> Option<String> {
    Some(match why {
        Why::Unknown(known) => match nearest(found, known) {
            Some(name) => format!("did you mean <{name}>?"),
            None if known.is_empty() => return None,
            None => format!("here may stand {}", listed(known)),
        },
        Why::TooMany(1) => "only one is allowed".to_owned(),
        Why::TooMany(max) => format!("at most {max} are allowed"),
        Why::Excluded(other) => format!("it excludes <{other}>: keep one of the two"),
        Why::TooEarly(due) => format!("{} must come before it", one_of(names(due))),
        Why::TooLate(other) => format!("put it before <{other}>"),
        Why::Unclear => return None,
    })
}

/// The one of `known` that `name` is most likely meant to be, if it looks like one.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    // A name that is far longer is none of them, and need not be compared.
    let candidates = known.iter().filter(|known| name.len().abs_diff(known.len()) <= 2);
    let scored = candidates.map(|known| (distance(&plain(name), &plain(known)), *known));
    let alike = scored.filter(|(distance, known)| *distance <= 2 && distance * 2 <= known.len());
    alike.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Names differ in case and in how their words are joined.
fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}

/// How many letters must be put in, left out or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
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
    use super::nearest;

    #[test]
    fn the_nearest_name() {
        let known = ["login", "owner-id", "id", "pname", "email"];
        for (name, meant) in [
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
            assert_eq!(nearest(name, &known), meant, "{name}");
        }
        assert_eq!(nearest(&"l".repeat(1_000_000), &known), None);
    }
}
