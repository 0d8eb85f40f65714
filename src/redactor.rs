//! Removes the client's credentials from text that the server sent.

use std::fmt;

/// The client's credentials, in every spelling in which a server may repeat them.
#[derive(Clone, Default)]
pub(crate) struct Redactor(Vec<String>);

impl Redactor {
    /// Creates a redactor for `secrets`: as they are, and as HTML pages and URLs escape them.
    #[cfg(feature = "_client")]
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forms: Vec<String> = Vec::new();
        for secret in secrets.into_iter().filter(|secret| !secret.is_empty()) {
            let collapsed = secret.split_whitespace().collect::<Vec<_>>().join(" ");
            let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let url: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            let url_with_spaces = url.replace('+', "%20");
            forms.extend([secret.to_owned(), collapsed, url, url_with_spaces]);
            // Programs differ in whether and how they escape quotation marks and apostrophes.
            for quote in ["\"", "&quot;", "&#34;", "&#x22;"] {
                let quoted = html.replace('"', quote);
                let apostrophes = ["'", "&#39;", "&#039;", "&#x27;", "&apos;"];
                forms.extend(apostrophes.map(|apostrophe| quoted.replace('\'', apostrophe)));
            }
        }
        // The longest first: a shorter form may be part of a longer one.
        forms.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        Self(forms)
    }

    /// Returns the length of the longest form of a secret, in bytes.
    pub(crate) fn max_len(&self) -> usize {
        self.0.first().map_or(0, String::len)
    }

    /// Returns `text` with `***` in place of every secret.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
    }
}

/// Shows none of the secrets.
impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(***)")
    }
}

#[cfg(all(test, feature = "_client"))]
mod tests {
    use super::*;

    #[test]
    fn redact_replaces_secrets_in_every_escaped_form() {
        let redactor = Redactor::new(["R&D <'1'>", "key", ""]);
        for text in ["R&D <'1'>", "R&amp;D &lt;'1'&gt;", "R&amp;D &lt;&#039;1&#039;&gt;", "R%26D%20%3C%271%27%3E"] {
            assert_eq!(redactor.redact(&format!("got {text}, key!")), "got ***, ***!");
        }
        let with_quotes = Redactor::new(["a\"b'c"]);
        for text in ["a&quot;b'c", "a\"b&apos;c", "a&#34;b&#39;c", "a&quot;b&#x27;c", "a&quot;b&#039;c"] {
            assert_eq!(with_quotes.redact(text), "***");
        }
        assert_eq!(format!("{redactor:?}"), "Redactor(***)");
    }
}
