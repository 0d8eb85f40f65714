//! The XML declaration, and the markup before and after the root element.

use super::state::Reader;
use crate::xml::error::Result;
use crate::xml::text::{is_white_space, parse_attributes};

impl Reader<'_> {
    /// Reads `<?xml … ?>`. With `utf8`, the declared encoding must be UTF-8 or a subset of it.
    pub(super) fn declaration(&mut self, utf8: bool) -> Result<()> {
        let Some(after) = self.doc.strip_prefix("<?xml").filter(|after| after.starts_with(is_white_space)) else {
            return Ok(());
        };
        let attributes = after.split_once("?>").map(|(inside, _)| (inside.len(), parse_attributes(inside, 3)));
        let Some((length, Ok(attributes))) = attributes else {
            return Err(self.malformed("an invalid XML declaration"));
        };
        let mut attributes = attributes.iter().map(|(name, value)| (*name, &**value)).peekable();
        let mut value_of = |expected| attributes.next_if(|(name, _)| *name == expected).map(|(_, value)| value);
        let (version, encoding, standalone) = (value_of("version"), value_of("encoding"), value_of("standalone"));
        if attributes.next().is_some() || standalone.is_some_and(|value| !matches!(value, "yes" | "no")) {
            return Err(self.malformed("an invalid XML declaration"));
        }
        // Like libxml2, accept no digit after the dot.
        let minor = version.and_then(|version| version.strip_prefix("1."));
        if !minor.is_some_and(|minor| minor.bytes().all(|b| b.is_ascii_digit())) {
            return Err(self.malformed("an XML declaration without version 1.x"));
        }
        if let Some(name) = encoding.filter(|_| utf8) {
            let is_one_of = |known: &[&str]| known.iter().any(|known| name.eq_ignore_ascii_case(known));
            if is_one_of(&["us-ascii", "ascii"]) {
                if !self.doc.is_ascii() {
                    return Err(self.malformed("declared as ASCII, but it contains other characters"));
                }
            } else if !is_one_of(&["utf-8", "utf8"]) {
                let name = name.chars().take(40).collect::<String>();
                return Err(self.malformed(format!("the encoding {name} is not supported; use UTF-8")));
            }
        }
        self.pos = "<?xml".len() + length + "?>".len();
        Ok(())
    }

    /// Moves to the start tag of the root element. Only comments, processing instructions and white
    /// space are allowed before it.
    pub(in crate::xml) fn seek_root(&mut self) -> Result<()> {
        self.skip_miscellaneous()?;
        match self.rest() {
            [b'<', b'/', ..] => Err(self.malformed("an end tag without a start tag")),
            [b'<', b'!', ..] => self.markup().and(Err(self.malformed("CDATA outside the root element"))),
            [b'<', _, ..] => Ok(()),
            [] => Err(self.malformed("no root element")),
            _ => Err(self.malformed("text before the root element")),
        }
    }

    /// Checks that only comments, processing instructions and white space follow the root element.
    pub(in crate::xml) fn finish(&mut self) -> Result<()> {
        self.skip_miscellaneous()?;
        if self.rest().is_empty() {
            return Ok(());
        }
        Err(self.malformed("content after the root element"))
    }

    /// Skips comments, processing instructions and white space (XML 1.0, production `Misc`).
    fn skip_miscellaneous(&mut self) -> Result<()> {
        loop {
            let rest = &self.doc[self.pos..];
            self.pos += rest.len() - rest.trim_start_matches(is_white_space).len();
            if !self.rest().starts_with(b"<!--") && !self.rest().starts_with(b"<?") {
                return Ok(());
            }
            self.markup()?;
        }
    }
}
