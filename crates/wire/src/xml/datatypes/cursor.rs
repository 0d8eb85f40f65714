//! A cursor that reads a literal from left to right.

/// The rest of a literal.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a str);

impl<'a> Cursor<'a> {
    /// Consumes `c` if it comes next; returns `true` if it did.
    pub(super) fn eat(&mut self, c: char) -> bool {
        match self.0.strip_prefix(c) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// Consumes `c`, which must come next.
    pub(super) fn expect(&mut self, c: char) -> Option<()> {
        self.eat(c).then_some(())
    }

    /// Consumes ASCII digits, none or more.
    pub(super) fn digits(&mut self) -> &'a str {
        let end = self.0.bytes().take_while(u8::is_ascii_digit).count();
        // Only ASCII was counted, so `end` is a character boundary.
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        digits
    }

    /// Consumes two ASCII digits and returns their number.
    pub(super) fn two_digits(&mut self) -> Option<u8> {
        let (digits, rest) = self.0.split_at_checked(2)?;
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }

    /// Consumes `.` and the digits that must follow it, if a `.` comes next. Returns the digits
    /// without trailing zeros.
    pub(super) fn fraction(&mut self) -> Option<&'a str> {
        if !self.eat('.') {
            return Some("");
        }
        let digits = self.digits();
        (!digits.is_empty()).then(|| digits.trim_end_matches('0'))
    }
}
