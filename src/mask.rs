//! Texts of others, without the secrets that we know.

use std::fmt;

/// The credentials that no message may show, whoever repeats them.
#[derive(Clone, Default)]
pub(crate) struct Redactor(Vec<String>);

impl Redactor {
    /// A mask for these, as they are and as pages and URLs write them.
    #[cfg(feature = "_client")]
    pub(crate) fn of<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forms: Vec<String> = Vec::new();
        for secret in secrets.into_iter().filter(|secret| !secret.is_empty()) {
            let collapsed = secret.split_whitespace().collect::<Vec<_>>().join(" ");
            let page = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let url: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            let url_with_spaces = url.replace('+', "%20");
            forms.extend([secret.to_owned(), collapsed, url, url_with_spaces]);
            // Programs differ in whether and how they write quotation marks and apostrophes.
            for quote in ["\"", "&quot;", "&#34;", "&#x22;"] {
                let quoted = page.replace('"', quote);
                let apostrophes = ["'", "&#39;", "&#039;", "&#x27;", "&apos;"];
                forms.extend(apostrophes.map(|apostrophe| quoted.replace('\'', apostrophe)));
            }
        }
        forms.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        Self(forms)
    }

    /// The length of the longest secret, in bytes.
    pub(crate) fn reach(&self) -> usize {
        self.0.first().map_or(0, String::len)
    }

    /// `text` with `***` for every secret.
    pub(crate) fn apply(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
    }
}

/// Shows nothing.
impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(***)")
    }
}

#[cfg(all(test, feature = "_client"))]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_in_every_form() {
        let mask = Redactor::of(["R&D <'1'>", "key", ""]);
        for text in ["R&D <'1'>", "R&amp;D &lt;'1'&gt;", "R&amp;D &lt;&#039;1&#039;&gt;", "R%26D%20%3C%271%27%3E"] {
            assert_eq!(mask.apply(&format!("got {text}, key!")), "got ***, ***!");
        }
        let quoting = Redactor::of(["a\"b'c"]);
        for text in ["a&quot;b'c", "a\"b&apos;c", "a&#34;b&#39;c", "a&quot;b&#x27;c", "a&quot;b&#039;c"] {
            assert_eq!(quoting.apply(text), "***");
        }
        assert_eq!(format!("{mask:?}"), "Redactor(***)");
    }
}
