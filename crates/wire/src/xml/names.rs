//! Phrases for element names in messages.

/// The greatest number of names in a message.
const MAX_LISTED: usize = 8;

/// Splits `a | b | c`, the form in which a choice names its alternatives.
pub(super) fn split_alternatives(alternatives: &str) -> impl Iterator<Item = &str> {
    alternatives.split(" | ")
}

/// Formats `a | b` as `one of <a>, <b>`.
pub(super) fn one_of_alternatives(alternatives: &str) -> String {
    one_of(split_alternatives(alternatives))
}

/// Formats names as `<a>`, `one of <a>, <b>` or `one of <a>, <b> and 10 more`.
pub(super) fn one_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.collect();
    if let [only] = names[..] {
        return tag(only);
    }
    let listed: Vec<_> = names.iter().take(MAX_LISTED).map(|name| tag(name)).collect();
    match names.len() - listed.len() {
        0 => format!("one of {}", listed.join(", ")),
        more => format!("one of {} and {more} more", listed.join(", ")),
    }
}

/// Formats a name as `<a>`. A description such as "any element" is no name and stays as it is.
fn tag(name: &str) -> String {
    if name.contains(' ') { name.to_owned() } else { format!("<{name}>") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_lists_up_to_eight_names() {
        assert_eq!(one_of_alternatives("id"), "<id>");
        assert_eq!(one_of_alternatives("any element"), "any element");
        assert_eq!(one_of_alternatives("id | login"), "one of <id>, <login>");
        assert_eq!(one_of(["a"; 8].into_iter()).matches("<a>").count(), 8);
        assert!(one_of(["a"; 10].into_iter()).ends_with("<a>, <a> and 2 more"));
    }
}
