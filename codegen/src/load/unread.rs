//! What could not be read: declarations, files, and files that are not known.
//!
//! A declaration that was not found may be in there. So problems that may only follow from that are not reported.

/// The parts of a schema set that could not be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unread {
    /// The texts of these parts.
    texts: Vec<String>,
    /// `true` if a part has no text, such as a missing file. It may declare anything.
    has_unknown: bool,
}

impl Unread {
    /// Adds a part with this text.
    pub(super) fn add(&mut self, text: &str) {
        self.texts.push(text.to_owned());
    }

    /// Adds a part whose text is not known.
    pub(super) fn add_unknown(&mut self) {
        self.has_unknown = true;
    }

    /// Adds the parts of the other direction.
    pub(crate) fn extend(&mut self, other: Self) {
        self.texts.extend(other.texts);
        self.has_unknown |= other.has_unknown;
    }

    /// Returns `true` if everything could be read.
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty() && !self.has_unknown
    }

    /// Returns `true` if `name` may be declared in a part that could not be read.
    pub(crate) fn may_declare(&self, name: &str) -> bool {
        self.has_unknown || self.texts.iter().any(|text| contains_quoted(text, name))
    }
}

/// Returns `true` if the text contains `name` in quotes, like the value of an attribute.
pub(crate) fn contains_quoted(text: &str, name: &str) -> bool {
    let mut found = text.match_indices(name);
    found.any(|(at, _)| {
        let quote = text[..at].trim_end().chars().next_back();
        matches!(quote, Some('"' | '\'')) && text[at + name.len()..].trim_start().chars().next() == quote
    })
}

/// Returns the values of all attributes `schemaLocation` in a text that is not well-formed.
pub(crate) fn included_names(text: &str) -> Vec<String> {
    let after = text.split("schemaLocation").skip(1);
    let value = |rest: &str| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some(rest[1..].split_once(quote)?.0.trim().trim_start_matches("./").to_owned())
    };
    after.filter_map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_name_is_found_with_spaces_and_either_quote() {
        for text in [r#"name="A""#, "name='A'", "name=' A '"] {
            assert!(contains_quoted(text, "A"), "{text}");
        }
        for text in [r#"name="AB""#, "A", r#"name="A'"#] {
            assert!(!contains_quoted(text, "A"), "{text}");
        }
    }

    #[test]
    fn included_names_are_found_in_damaged_text() {
        let text = r#"<xs:include schemaLocation="./a.xsd"/><xs:include schemaLocation = 'b.xsd' <xs:schemaLocation"#;
        assert_eq!(included_names(text), ["a.xsd", "b.xsd"]);
    }
}
