//! Reading a literal from left to right.

/// What is left of a literal.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a str);

impl<'a> Cursor<'a> {
    /// Takes one character if it comes next.
    pub(super) fn eat(&mut self, c: char) -> bool {
        match self.0.strip_prefix(c) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// Takes one character, which must come next.
    pub(super) fn expect(&mut self, c: char) -> Option<()> {
        self.eat(c).then_some(())
    }

    /// Takes ASCII digits, none or more.
    pub(super) fn digits(&mut self) -> &'a str {
        let end = self.0.bytes().take_while(u8::is_ascii_digit).count();
        // Only ASCII was counted, so `end` is a character boundary.
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        digits
    }

    /// Takes two ASCII digits.
    pub(super) fn two(&mut self) -> Option<u8> {
        let (digits, rest) = self.0.split_at_checked(2)?;
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }

    /// Takes `.` and the digits that must follow it, if a `.` comes next: the digits without zeros
    /// at their end.
    pub(super) fn fraction(&mut self) -> Option<&'a str> {
        if !self.eat('.') {
            return Some("");
        }
        let digits = self.digits();
        (!digits.is_empty()).then(|| digits.trim_end_matches('0'))
    }
}
