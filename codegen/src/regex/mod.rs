//! Translates regular expressions of XML Schema 1.0 (Part 2, appendix F) into the syntax of the
//! `regex` crate.
//!
//! The two look alike, and where they differ, text that is good in both means different things: an
//! XSD pattern always matches the whole text, `^` and `$` are ordinary characters in it, `.` leaves
//! out carriage returns, `\w` has symbols, and `[a-z-[aeiou]]` is a subtraction. So every construct
//! is read by the grammar of appendix F and written anew; what that grammar does not have (lazy
//! quantifiers, `(?`, `\$`, `\b`) is an error, never passed on.

mod classes;

use std::iter::Peekable;
use std::str::Chars;

/// Groups may nest this deep, and subtractions in them as deep again, which `regex` takes.
const MAX_DEPTH: usize = 50;

/// Translates an XSD pattern to one of the `regex` crate that matches the same whole texts.
///
/// # Errors
/// A sentence that names what appendix F does not allow, or what cannot be translated.
pub(crate) fn translate(xsd: &str) -> Result<String, String> {
    let mut translator = Translator { rest: xsd.chars().peekable(), out: String::new() };
    translator.expression().map_err(|problem| format!("the pattern '{xsd}' {problem}"))?;
    let regex = format!("^(?:{})$", translator.out);
    // A reader compiles it as this does; what it cannot compile would refuse every value.
    match ::regex::Regex::new(&regex) {
        Ok(_) => Ok(regex),
        Err(_) => Err(format!("the pattern '{xsd}' is too large to be compiled, as its repetitions multiply")),
    }
}

/// The character, counted from 0, at which `translate` gives up; `None` for a good pattern.
pub(crate) fn error_index(xsd: &str) -> Option<usize> {
    let mut translator = Translator { rest: xsd.chars().peekable(), out: String::new() };
    translator.expression().err()?;
    let read = xsd.chars().count() - translator.rest.count();
    Some(read.saturating_sub(1))
}

/// The end of a sentence that begins with the pattern.
type Message = String;

struct Translator<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
}

/// What an escape stands for.
enum Escape {
    /// One character.
    Char(char),
    /// A set of characters, as an item of a class in the syntax of `regex`.
    Class(String),
}

impl Translator<'_> {
    /// `regExp`, `branch`, `piece` and `atom` (productions 1 to 3 and 9), without recursion.
    fn expression(&mut self) -> Result<(), Message> {
        let mut depth = 0_usize;
        // Whether there is something that a quantifier could follow.
        let mut atom = false;
        while let Some(c) = self.rest.next() {
            match c {
                '(' => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return Err("nests groups too deep".to_owned());
                    }
                    if self.rest.peek() == Some(&'?') {
                        return Err("has a group that begins with (?, which XML Schema does not know".to_owned());
                    }
                    self.out.push_str("(?:");
                }
                ')' => {
                    depth = depth.checked_sub(1).ok_or("has a ) without its (")?;
                    self.out.push(')');
                }
                '|' => self.out.push('|'),
                '?' | '*' | '+' | '{' if !atom => {
                    return Err(format!("has the quantifier {c} with nothing to repeat, or after another quantifier"));
                }
                '{' => self.quantity()?,
                '?' | '*' | '+' => self.out.push(c),
                '.' => self.out.push_str(r"[^\n\r]"),
                '[' => self.class()?,
                '\\' => match self.escape()? {
                    Escape::Char(c) => push_literal(&mut self.out, c),
                    // Most items of a class are no expressions of their own.
                    Escape::Class(item) => self.out.push_str(&format!("[{item}]")),
                },
                ']' | '}' => return Err(format!(r"has a {c} that is not escaped as \{c}")),
                c => push_literal(&mut self.out, c),
            }
            atom = !matches!(c, '(' | '|' | '?' | '*' | '+' | '{');
        }
        if depth > 0 {
            return Err("has a ( without its )".to_owned());
        }
        Ok(())
    }

    /// The rest of `{2}`, `{2,}` or `{2,3}` (productions 4 to 8).
    fn quantity(&mut self) -> Result<(), Message> {
        let min = self.number()?;
        self.out.push_str(&format!("{{{min}"));
        if self.rest.next_if_eq(&',').is_some() {
            self.out.push(',');
            if self.rest.peek() != Some(&'}') {
                let max = self.number()?;
                if max < min {
                    return Err(format!("has the quantity {{{min},{max}}}, which no number meets"));
                }
                self.out.push_str(&max.to_string());
            }
        }
        if self.rest.next() != Some('}') {
            return Err("has a quantity that is not closed by }".to_owned());
        }
        self.out.push('}');
        Ok(())
    }

    /// A number of repetitions, which `regex` counts in 32 bits.
    fn number(&mut self) -> Result<u32, Message> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().map_err(|_| format!("has a quantity with the number {digits:?}, which is none or too large"))
    }

    /// The rest of a character class expression (productions 11 to 21), its `[` taken already.
    ///
    /// `[a-c-[b]]` becomes `[[a-c]--[b]]`. The class on the left has brackets of its own, since in
    /// `regex` a `^` would negate the difference, while in XSD it negates the left side only.
    fn class(&mut self) -> Result<(), Message> {
        let mut open = 0_usize;
        loop {
            let negative = self.rest.next_if_eq(&'^').is_some();
            let (items, subtracts) = self.group()?;
            let group = if negative { format!("[^{items}]") } else { format!("[{items}]") };
            if !subtracts {
                self.out.push_str(&group);
                break;
            }
            self.out.push_str(&format!("[{group}--"));
            open += 1;
            if open > MAX_DEPTH {
                return Err("nests subtractions of classes too deep".to_owned());
            }
        }
        for _ in 0..open {
            if self.rest.next() != Some(']') {
                return Err("has a subtraction that does not end its class".to_owned());
            }
            self.out.push(']');
        }
        Ok(())
    }

    /// The items of a class (production 14) up to its `]`, or up to the `-[` of a subtraction (true).
    fn group(&mut self) -> Result<(String, bool), Message> {
        let mut items = String::new();
        loop {
            let first = items.is_empty();
            let c = self.rest.next().ok_or("has a [ without its ]")?;
            let start = match c {
                ']' if first => return Err("has an empty character class".to_owned()),
                ']' => return Ok((items, false)),
                '[' => return Err(r"has a [ in a character class that is not escaped as \[".to_owned()),
                '-' if !first && self.rest.next_if_eq(&'[').is_some() => return Ok((items, true)),
                // A hyphen is itself at the beginning and at the end of a group (appendix F.1).
                '-' if self.group_ends() || (first && !self.range_follows()) => {
                    push_literal(&mut items, '-');
                    continue;
                }
                '-' => return Err(r"has a - within a character class that is not escaped as \-".to_owned()),
                '\\' => match self.escape()? {
                    Escape::Char(c) => c,
                    Escape::Class(item) => {
                        items.push_str(&item);
                        continue;
                    }
                },
                c => c,
            };
            push_literal(&mut items, start);
            if self.range_follows() {
                self.rest.next();
                let end = self.range_end()?;
                if end < start {
                    return Err(format!("has the range {start}-{end}, which is in the wrong order"));
                }
                items.push('-');
                push_literal(&mut items, end);
            }
        }
    }

    /// Whether a group of items ends here: with its class, or before a subtraction.
    fn group_ends(&self) -> bool {
        let mut ahead = self.rest.clone();
        match ahead.next() {
            Some(']') => true,
            Some('-') => ahead.next() == Some('['),
            _ => false,
        }
    }

    /// Whether a `-` comes next that makes a range, rather than ending the group or being its end.
    fn range_follows(&self) -> bool {
        let mut ahead = Self { rest: self.rest.clone(), out: String::new() };
        ahead.rest.next() == Some('-') && ahead.rest.peek() != Some(&'[') && !ahead.group_ends()
    }

    /// The character at the end of a range (production 20): not a class, and a hyphen only if it is escaped.
    fn range_end(&mut self) -> Result<char, Message> {
        match self.rest.next() {
            None => Err("has a [ without its ]".to_owned()),
            Some('-') => Err(r"has a - at the end of a range that is not escaped as \-".to_owned()),
            Some('\\') => match self.escape()? {
                Escape::Char(c) => Ok(c),
                Escape::Class(_) => Err("has a range that ends with a class of characters".to_owned()),
            },
            Some(c) => Ok(c),
        }
    }

    /// The rest of an escape (productions 23 to 37), its `\` taken already.
    fn escape(&mut self) -> Result<Escape, Message> {
        let c = self.rest.next().ok_or(r"ends with a single \")?;
        Ok(match c {
            'n' => Escape::Char('\n'),
            'r' => Escape::Char('\r'),
            't' => Escape::Char('\t'),
            '\\' | '|' | '.' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '[' | ']' | '^' => Escape::Char(c),
            'p' | 'P' => Escape::Class(self.property(c == 'P')?),
            _ => {
                let class = classes::multi_character_escape(c)
                    .ok_or_else(|| format!(r"has the escape \{c}, which XML Schema does not know"))?;
                Escape::Class(class)
            }
        })
    }

    /// The rest of `\p{Lu}` or `\P{IsGreek}` (productions 25 to 36).
    fn property(&mut self, negative: bool) -> Result<String, Message> {
        if self.rest.next() != Some('{') {
            return Err(r"has a \p or \P without a property in braces".to_owned());
        }
        let mut name = String::new();
        loop {
            match self.rest.next() {
                Some('}') => break,
                Some(c) => name.push(c),
                None => return Err(r"has a \p{ without its }".to_owned()),
            }
        }
        if classes::is_category(&name) {
            return Ok(format!(r"\{}{{{name}}}", if negative { 'P' } else { 'p' }));
        }
        if let Some((first, last)) = name.strip_prefix("Is").and_then(classes::block) {
            return Ok(format!(r"[{}\x{{{first:X}}}-\x{{{last:X}}}]", if negative { "^" } else { "" }));
        }
        Err(format!("has the property {name:?}, which is neither a category nor a block in the table of classes.rs"))
    }
}

/// Writes a character that stands for itself, both outside and inside of classes.
fn push_literal(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str(r"\n"),
        '\r' => out.push_str(r"\r"),
        '\t' => out.push_str(r"\t"),
        // What means something to `regex`, in classes too: `&&`, `--` and `~~` are operators there.
        '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '#' | '&' | '-' | '~' => {
            out.push('\\');
            out.push(c);
        }
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests;
