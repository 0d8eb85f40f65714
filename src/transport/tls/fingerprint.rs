//! SHA-256 fingerprints of certificates.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// The SHA-256 digest of a certificate in DER, printed as by `openssl x509 -fingerprint -sha256`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(crate) fn of(certificate: &[u8]) -> Self {
        Self(Sha256::digest(certificate).into())
    }
}

impl FromStr for Fingerprint {
    type Err = ();

    /// Accepts hexadecimal digits in either case, with or without colons and white space, and the prefix
    /// that openssl prints.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.rsplit('=').next().unwrap_or(text);
        let text: String = text.chars().filter(|c| *c != ':' && !c.is_whitespace()).collect();
        let mut bytes = [0; 32];
        if text.len() != 2 * bytes.len() || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(());
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).map_err(|_| ())?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            let separator = if index > 0 { ":" } else { "" };
            write!(f, "{separator}{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_accepts_the_formats_of_common_tools() {
        let empty = Fingerprint::of(b"");
        let text = "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55";
        assert_eq!(empty.to_string(), text);
        for form in [text.to_owned(), text.replace(':', "").to_lowercase(), format!("sha256 Fingerprint={text}\n")] {
            assert_eq!(form.parse(), Ok(empty));
        }
        for other in ["", "E3:B0", &text[3..], &text.replace('E', "G"), "é".repeat(32).as_str()] {
            assert_eq!(other.parse::<Fingerprint>(), Err(()), "{other}");
        }
    }
}
