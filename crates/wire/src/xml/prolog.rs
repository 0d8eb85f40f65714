//! What stands before and after the root element.

use super::Reader;
use super::error::Result;
use super::text;

impl Reader<'_> {
    /// Passes `<?xml … ?>`; with `utf8`, the encoding that it names must be one that UTF-8 covers.
    pub(super) fn declaration(&mut self, utf8: bool) -> Result<()> {
        let Some(after) = self.doc.strip_prefix("<?xml").filter(|after| after.starts_with(text::is_space)) else {
            return Ok(());
        };
        let attributes = after.split_once("?>").map(|(inside, _)| (inside.len(), text::attributes(inside, 3)));
        let Some((length, Ok(attributes))) = attributes else {
            return Err(self.malformed("a bad XML declaration"));
        };
        let mut attributes = attributes.iter().map(|(name, value)| (*name, &**value)).peekable();
        let mut value_of = |due| attributes.next_if(|(name, _)| *name == due).map(|(_, value)| value);
        let (version, encoding, standalone) = (value_of("version"), value_of("encoding"), value_of("standalone"));
        if attributes.next().is_some() || standalone.is_some_and(|value| !matches!(value, "yes" | "no")) {
            return Err(self.malformed("a bad XML declaration"));
        }
        // libxml2 wants no digit after the dot.
        let minor = version.and_then(|version| version.strip_prefix("1."));
        if !minor.is_some_and(|minor| minor.bytes().all(|b| b.is_ascii_digit())) {
            return Err(self.malformed("an XML declaration without a version 1.x"));
        }
        if let Some(name) = encoding.filter(|_| utf8) {
            let is_one_of = |known: &[&str]| known.iter().any(|known| name.eq_ignore_ascii_case(known));
            if is_one_of(&["us-ascii", "ascii"]) {
                if !self.doc.is_ascii() {
                    return Err(self.malformed("declared to be ASCII, which it is not"));
                }
            } else if !is_one_of(&["utf-8", "utf8"]) {
                let name = name.chars().take(40).collect::<String>();
                return Err(self.malformed(format!("the encoding {name} is not supported; use UTF-8")));
            }
        }
        self.pos = "<?xml".len() + length + "?>".len();
        Ok(())
    }

    /// Moves to the start tag of the root element: only comments, processing instructions and
    /// white space may stand before it.
    pub(super) fn seek_root(&mut self) -> Result<()> {
        self.asides()?;
        match self.rest() {
            [b'<', b'/', ..] => Err(self.malformed("an end tag without a start tag")),
            [b'<', b'!', ..] => self.markup().and(Err(self.malformed("CDATA outside the root element"))),
            [b'<', _, ..] => Ok(()),
            [] => Err(self.malformed("no element at all")),
            _ => Err(self.malformed("text before the root element")),
        }
    }

    /// Checks that nothing but comments, processing instructions and white space follows the root
    /// element.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.asides()?;
        if self.rest().is_empty() {
            return Ok(());
        }
        Err(self.malformed("something follows the end of the root element"))
    }

    fn asides(&mut self) -> Result<()> {
        loop {
            let rest = &self.doc[self.pos..];
            self.pos += rest.len() - rest.trim_start_matches(text::is_space).len();
            if !self.rest().starts_with(b"<!--") && !self.rest().starts_with(b"<?") {
                return Ok(());
            }
            self.markup()?;
        }
    }
}
