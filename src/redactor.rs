//! Removes secrets from text that the server sent: the client's credentials, and the secrets of a request.

use std::collections::HashMap;
use std::fmt;

/// Texts that no message may show, in every spelling in which a server may repeat them.
#[derive(Clone)]
pub(crate) struct Redactor {
    /// Whether a text starts with this byte. Nearly no byte does, so most positions cost no more than this.
    starts_with: [bool; 256],
    /// The texts by their first bytes, the longest first: a shorter one may be the start of a longer one.
    by_start: HashMap<[u8; START], Vec<String>>,
    /// The texts that are shorter than that. They are removed only as whole words.
    short: Vec<String>,
    longest: usize,
}

impl Default for Redactor {
    fn default() -> Self {
        Self { starts_with: [false; 256], by_start: HashMap::new(), short: Vec::new(), longest: 0 }
    }
}

/// The number of bytes by which texts are found.
const START: usize = 4;

const REDACTED: &str = "***";

impl Redactor {
    /// Creates a redactor for `secrets`: as they are, as HTML pages and URLs escape them, and in Base64.
    #[cfg(feature = "_client")]
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        use base64::Engine;
        use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

        let mut forms: Vec<String> = Vec::new();
        for secret in secrets {
            let html = escape_html(secret);
            let url: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            let url_with_spaces = url.replace('+', "%20");
            forms.extend([secret.to_owned(), collapse(secret), url, url_with_spaces]);
            forms.extend([BASE64_STANDARD_NO_PAD.encode(secret), BASE64_URL_SAFE_NO_PAD.encode(secret)]);
            // Programs differ in whether and how they escape quotation marks and apostrophes.
            for quote in ["\"", "&quot;", "&#34;", "&#x22;"] {
                let quoted = html.replace('"', quote);
                let apostrophes = ["'", "&#39;", "&#039;", "&#x27;", "&apos;"];
                forms.extend(apostrophes.map(|apostrophe| quoted.replace('\'', apostrophe)));
            }
        }
        Self::of_forms(forms)
    }

    /// Creates a redactor for the secrets of a request: as they are, and escaped for XML. There may be thousands, so
    /// other spellings are left out.
    pub(crate) fn of_request(secrets: &[String]) -> Self {
        Self::of_forms(
            secrets.iter().flat_map(|secret| [secret.clone(), collapse(secret), escape_html(secret)]).collect(),
        )
    }

    fn of_forms(mut forms: Vec<String>) -> Self {
        forms.retain(|form| !form.trim().is_empty());
        forms.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        let mut redactor = Self { longest: forms.first().map_or(0, String::len), ..Self::default() };
        for form in forms {
            redactor.starts_with[usize::from(form.as_bytes()[0])] = true;
            match form.as_bytes().first_chunk() {
                Some(start) => redactor.by_start.entry(*start).or_default().push(form),
                None => redactor.short.push(form),
            }
        }
        redactor
    }

    /// Returns the length of the longest form of a secret, in bytes.
    pub(crate) fn max_len(&self) -> usize {
        self.longest
    }

    /// Returns `text` with `***` in place of every secret, also of one that is cut off at the end.
    pub(crate) fn redact(&self, text: &str) -> String {
        let mut redacted = String::with_capacity(text.len());
        let (mut copied, mut at) = (0, 0);
        while at < text.len() {
            let starts = self.starts_with[usize::from(text.as_bytes()[at])];
            match starts.then(|| self.length_at(text, at)).flatten() {
                Some(length) => {
                    redacted.push_str(&text[copied..at]);
                    redacted.push_str(REDACTED);
                    at += length;
                    copied = at;
                }
                None => at += 1,
            }
        }
        redacted.push_str(&text[copied..]);
        redacted
    }

    /// Returns the length of the secret at the byte `at`, if there is one.
    fn length_at(&self, text: &str, at: usize) -> Option<usize> {
        let rest = &text.as_bytes()[at..];
        let long = rest.first_chunk().and_then(|start| self.by_start.get(start)).into_iter().flatten();
        let long = long.map(String::as_bytes);
        let found = long.clone().find(|form| rest.starts_with(form)).map(<[u8]>::len);
        let is_word = |length: usize| {
            let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
            !is_part(at.checked_sub(1).and_then(|before| text.as_bytes().get(before))) && !is_part(rest.get(length))
        };
        let mut short = self.short.iter().map(String::as_bytes);
        let cut_off = || long.clone().any(|form| form.starts_with(rest)).then_some(rest.len());
        found
            .or_else(|| short.find(|form| rest.starts_with(form) && is_word(form.len())).map(<[u8]>::len))
            .or_else(cut_off)
    }
}

/// Replaces each run of white space by a space, as messages do.
fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
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
        for text in ["a&quot;b'c", "a\"b&apos;c", "a&#34;b&#39;c", "a&quot;b&#x27;c", "a&quot;b&#039;c", "YSJiJ2M"] {
            assert_eq!(with_quotes.redact(text), "***");
        }
        assert_eq!(format!("{redactor:?}"), "Redactor(***)");
    }

    #[test]
    fn redact_replaces_the_longest_secret_and_one_that_is_cut_off() {
        let redactor = Redactor::of_request(&["horse".to_owned(), "horseshoe".to_owned(), "a b  c".to_owned()]);
        assert_eq!(redactor.redact("é horseshoes, horse; a b c"), "é ***s, ***; ***");
        assert_eq!(redactor.redact("the horseshoe, hors"), "the ***, ***");
        assert_eq!(redactor.redact("the hor"), "the hor");
    }

    #[test]
    fn redact_replaces_a_short_secret_only_as_a_word() {
        let redactor = Redactor::of_request(&["a".to_owned(), "ok".to_owned()]);
        assert_eq!(redactor.redact("a packet 'a' is ok, booked"), "*** packet '***' is ***, booked");
    }
}
