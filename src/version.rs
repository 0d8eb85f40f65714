//! Parses and compares protocol versions.

use std::fmt;
use std::str::FromStr;

/// A version of the protocol, such as `1.6.9.1`. Versions compare number by number.
///
/// Servers list their versions in no particular order, so the newest is the maximum, not the last:
///
/// ```
/// use plesk::ProtocolVersion;
///
/// let versions = ["1.5.0.0", "1.6.10.0", "1.6.9.1"].map(|text| text.parse::<ProtocolVersion>());
/// let newest = versions.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().max();
/// assert_eq!(newest.unwrap().to_string(), "1.6.10.0");
/// # Ok::<(), plesk::NotAVersion>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProtocolVersion([u32; 4]);

#[cfg(all(feature = "_client", feature = "server"))]
impl ProtocolVersion {
    /// Parses `texts` and returns the versions, oldest first. Texts that are not versions are dropped.
    pub(crate) fn parse_sorted(texts: Vec<String>) -> Vec<Self> {
        let mut versions: Vec<Self> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        versions.sort_unstable();
        versions
    }
}

/// The error of parsing a [`ProtocolVersion`].
///
/// ```
/// assert_eq!("latest".parse::<plesk::ProtocolVersion>(), Err(plesk::NotAVersion));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAVersion;

impl FromStr for ProtocolVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let mut parts = text.trim().split('.');
        let mut version = [0; 4];
        for part in &mut version {
            *part = parts.next().and_then(parse_number).ok_or(NotAVersion)?;
        }
        if parts.next().is_none() { Ok(Self(version)) } else { Err(NotAVersion) }
    }
}

/// Parses digits only: `u32::from_str` would also accept `+1`.
fn parse_number(part: &str) -> Option<u32> {
    if part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse().ok() } else { None }
}

impl fmt::Display for ProtocolVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([a, b, c, d]) = self;
        write!(f, "{a}.{b}.{c}.{d}")
    }
}

impl From<ProtocolVersion> for String {
    fn from(version: ProtocolVersion) -> Self {
        version.to_string()
    }
}

impl fmt::Display for NotAVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a protocol version like 1.6.9.1")
    }
}

impl std::error::Error for NotAVersion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_accepts_exactly_four_numbers() {
        assert_eq!(" 1.6.9.1\n".parse::<ProtocolVersion>().map(String::from), Ok("1.6.9.1".to_owned()));
        for text in ["", "1.6.9", "1.6.9.1.0", "1.6..1", "1.6.9.-1", "1.6.9.+1", "latest", "1.6.9.99999999999"] {
            assert_eq!(text.parse::<ProtocolVersion>(), Err(NotAVersion), "{text}");
        }
    }

    #[test]
    fn versions_compare_number_by_number() {
        let version = |text: &str| text.parse::<ProtocolVersion>().unwrap();
        assert!(version("1.6.10.0") > version("1.6.9.1"));
        assert!(version("1.4.1.2") < version("1.4.2.0"));
    }
}
