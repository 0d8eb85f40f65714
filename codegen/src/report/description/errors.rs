//! Finds the error codes that a documentation names.

use std::sync::LazyLock;

use plesk_model::ErrorCode;
use regex::Regex;

/// Returns the error codes in `doc`, in its order.
///
/// The documentation of the schemas has two forms: `Error 1013: no such account.`, and `Errors: 1007 or 1019 (a value is
/// taken), 1013 (no such account).`
pub(super) fn find(doc: &str) -> Vec<ErrorCode> {
    static LIST: LazyLock<Regex> = LazyLock::new(|| regex(r"Errors?:? (\d[^\n]*)"));
    static CODE: LazyLock<Regex> = LazyLock::new(|| regex(r"\b\d{4,5}\b"));
    let mut found: Vec<ErrorCode> = Vec::new();
    for paragraph in doc.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")) {
        let Some(list) = LIST.captures(&paragraph).and_then(|captures| captures.get(1)) else { continue };
        let list = list.as_str();
        let meaning_after = |end: usize| {
            let rest = &list[end..];
            let text = match rest.strip_prefix(':') {
                Some(sentence) => sentence.split_once(". ").map_or(sentence, |(first, _)| first),
                None => rest.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(text, _)| text),
            };
            text.trim().trim_end_matches('.').to_owned()
        };
        for code in CODE.find_iter(list) {
            if let Ok(number) = code.as_str().parse()
                && !found.iter().any(|known| known.code == number)
            {
                found.push(ErrorCode { code: number, meaning: meaning_after(code.end()) });
            }
        }
    }
    found
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn find_reads_both_forms_of_lists() {
        let codes = |doc: &str| -> Vec<(u32, String)> {
            find(doc).into_iter().map(|error| (error.code, error.meaning)).collect()
        };
        assert_eq!(codes("Reads. Error 1013: no such\naccount. More."), [(1013, "no such account".to_owned())]);
        assert_eq!(
            codes("Creates 1000 accounts.\n\nErrors: 1007 or 1019 (a value is taken), 1013 (no such\naccount)."),
            [(1007, "a value is taken"), (1019, "a value is taken"), (1013, "no such account")]
                .map(|(code, meaning)| (code, meaning.to_owned()))
        );
        assert_eq!(codes("Error of a failed download."), []);
    }
}
