//! Translates regular expressions of XML Schema 1.0 (Part 2, appendix F) into the syntax of the `regex` crate.
//!
//! The two syntaxes look alike, but the same text can mean different things. An XSD pattern always matches the whole
//! text; `^` and `$` are ordinary characters; `.` excludes carriage returns; `\w` includes symbols; and `[a-z-[aeiou]]`
//! is a subtraction. So every construct is parsed by the grammar of appendix F and written again. Whatever that grammar
//! lacks (lazy quantifiers, `(?`, `\$`, `\b`) is an error and is never passed on.

mod classes;

use std::iter::Peekable;
use std::str::Chars;

/// The maximum nesting of groups, and of subtractions within them. `regex` accepts both together.
const MAX_DEPTH: usize = 50;

/// Translates an XSD pattern to one of the `regex` crate that matches the same whole texts.
///
/// # Errors
/// Returns a message about the construct that appendix F does not allow, or that cannot be translated.
pub(crate) fn translate(xsd: &str) -> Result<String, String> {
    let mut translator = Translator { rest: xsd.chars().peekable(), out: String::new() };
    translator.translate_expression().map_err(|problem| format!("the pattern '{xsd}' {problem}"))?;
    let regex = format!("^(?:{})$", translator.out);
    // Readers compile the expression the same way. If they could not, they would reject every value.
    match ::regex::Regex::new(&regex) {
        Ok(_) => Ok(regex),
        Err(_) => Err(format!("the pattern '{xsd}' is too large to be compiled, because its repetitions multiply")),
    }
}

/// Returns the index of the character at which `translate` fails; `None` for a valid pattern.
pub(crate) fn error_index(xsd: &str) -> Option<usize> {
    let mut translator = Translator { rest: xsd.chars().peekable(), out: String::new() };
    translator.translate_expression().err()?;
    let read = xsd.chars().count() - translator.rest.count();
    Some(read.saturating_sub(1))
}

/// The second half of an error message, which begins with the pattern.
type Message = String;

struct Translator<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
}

/// The meaning of an escape.
enum Escape {
    /// One character.
    Char(char),
    /// A set of characters, as an item of a class in the syntax of `regex`.
    Class(String),
}

impl Translator<'_> {
    /// Translates `regExp`, `branch`, `piece` and `atom` (productions 1 to 3 and 9), without recursion.
    fn translate_expression(&mut self) -> Result<(), Message> {
        let mut depth = 0_usize;
        // `true` after something that can have a quantifier.
        let mut atom = false;
        while let Some(c) = self.rest.next() {
            match c {
                '(' => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return Err("nests groups too deeply".to_owned());
                    }
                    if self.rest.peek() == Some(&'?') {
                        return Err("has a group that begins with (?, which XML Schema does not have".to_owned());
                    }
                    self.out.push_str("(?:");
                }
                ')' => {
                    depth = depth.checked_sub(1).ok_or("has a ) without its (")?;
                    self.out.push(')');
                }
                '|' => self.out.push('|'),
                '?' | '*' | '+' | '{' if !atom => {
                    return Err(format!("has the quantifier {c} after nothing, or after another quantifier"));
                }
                '{' => self.translate_quantifier()?,
                '?' | '*' | '+' => self.out.push(c),
                '.' => self.out.push_str(r"[^\n\r]"),
                '[' => self.translate_class()?,
                '\\' => match self.read_escape()? {
                    Escape::Char(c) => push_literal(&mut self.out, c),
                    // Most items of a class are not valid expressions outside of one.
                    Escape::Class(item) => self.out.push_str(&format!("[{item}]")),
                },
                ']' | '}' => return Err(format!(r"has an unescaped {c}; write \{c}")),
                c => push_literal(&mut self.out, c),
            }
            atom = !matches!(c, '(' | '|' | '?' | '*' | '+' | '{');
        }
        if depth > 0 {
            return Err("has a ( without its )".to_owned());
        }
        Ok(())
    }

    /// Translates the rest of `{2}`, `{2,}` or `{2,3}` (productions 4 to 8).
    fn translate_quantifier(&mut self) -> Result<(), Message> {
        let min = self.read_number()?;
        self.out.push_str(&format!("{{{min}"));
        if self.rest.next_if_eq(&',').is_some() {
            self.out.push(',');
            if self.rest.peek() != Some(&'}') {
                let max = self.read_number()?;
                if max < min {
                    return Err(format!("has the quantifier {{{min},{max}}}, whose minimum exceeds its maximum"));
                }
                self.out.push_str(&max.to_string());
            }
        }
        if self.rest.next() != Some('}') {
            return Err("has a quantifier that is not closed by }".to_owned());
        }
        self.out.push('}');
        Ok(())
    }

    /// Reads a number of repetitions, which `regex` limits to 32 bits.
    fn read_number(&mut self) -> Result<u32, Message> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().map_err(|_| format!("has a quantifier with {digits:?}; expected a number below 2^32"))
    }

    /// Translates the rest of a character class expression (productions 11 to 21) after its `[`.
    ///
    /// `[a-c-[b]]` becomes `[[a-c]--[b]]`. The left class gets brackets of its own: in `regex` a `^` would negate the
    /// difference, while in XSD it negates the left side only.
    fn translate_class(&mut self) -> Result<(), Message> {
        let mut open = 0_usize;
        loop {
            let negative = self.rest.next_if_eq(&'^').is_some();
            let (items, subtracts) = self.read_class_items()?;
            let group = if negative { format!("[^{items}]") } else { format!("[{items}]") };
            if !subtracts {
                self.out.push_str(&group);
                break;
            }
            self.out.push_str(&format!("[{group}--"));
            open += 1;
            if open > MAX_DEPTH {
                return Err("nests class subtractions too deeply".to_owned());
            }
        }
        for _ in 0..open {
            if self.rest.next() != Some(']') {
                return Err("has a class subtraction that does not end its class".to_owned());
            }
            self.out.push(']');
        }
        Ok(())
    }

    /// Reads the items of a class (production 14). Returns them and `true` if a subtraction follows.
    fn read_class_items(&mut self) -> Result<(String, bool), Message> {
        let mut items = String::new();
        loop {
            let first = items.is_empty();
            let c = self.rest.next().ok_or("has a [ without its ]")?;
            let start = match c {
                ']' if first => return Err("has an empty character class".to_owned()),
                ']' => return Ok((items, false)),
                '[' => return Err(r"has an unescaped [ in a character class; write \[".to_owned()),
                '-' if !first && self.rest.next_if_eq(&'[').is_some() => return Ok((items, true)),
                // A hyphen at the beginning or the end of a group is an ordinary character (appendix F.1).
                '-' if self.at_group_end() || (first && !self.at_range()) => {
                    push_literal(&mut items, '-');
                    continue;
                }
                '-' => return Err(r"has an unescaped - within a character class; write \-".to_owned()),
                '\\' => match self.read_escape()? {
                    Escape::Char(c) => c,
                    Escape::Class(item) => {
                        items.push_str(&item);
                        continue;
                    }
                },
                c => c,
            };
            push_literal(&mut items, start);
            if self.at_range() {
                self.rest.next();
                let end = self.read_range_end()?;
                if end < start {
                    return Err(format!("has the range {start}-{end}, which is in the wrong order"));
                }
                items.push('-');
                push_literal(&mut items, end);
            }
        }
    }

    /// Returns `true` if a group of items ends here, with its class or before a subtraction.
    fn at_group_end(&self) -> bool {
        let mut ahead = self.rest.clone();
        match ahead.next() {
            Some(']') => true,
            Some('-') => ahead.next() == Some('['),
            _ => false,
        }
    }

    /// Returns `true` if the next character is a `-` that forms a range.
    fn at_range(&self) -> bool {
        let mut ahead = Self { rest: self.rest.clone(), out: String::new() };
        ahead.rest.next() == Some('-') && ahead.rest.peek() != Some(&'[') && !ahead.at_group_end()
    }

    /// Reads the end of a range (production 20): not a class, and a hyphen only if it is escaped.
    fn read_range_end(&mut self) -> Result<char, Message> {
        match self.rest.next() {
            None => Err("has a [ without its ]".to_owned()),
            Some('-') => Err(r"has an unescaped - at the end of a range; write \-".to_owned()),
            Some('\\') => match self.read_escape()? {
                Escape::Char(c) => Ok(c),
                Escape::Class(_) => Err("has a range that ends with a class escape".to_owned()),
            },
            Some(c) => Ok(c),
        }
    }

    /// Reads the rest of an escape (productions 23 to 37) after its `\`.
    fn read_escape(&mut self) -> Result<Escape, Message> {
        let c = self.rest.next().ok_or(r"ends with a single \")?;
        Ok(match c {
            'n' => Escape::Char('\n'),
            'r' => Escape::Char('\r'),
            't' => Escape::Char('\t'),
            '\\' | '|' | '.' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '[' | ']' | '^' => Escape::Char(c),
            'p' | 'P' => Escape::Class(self.read_property(c == 'P')?),
            _ => {
                let class = classes::multi_character_escape(c)
                    .ok_or_else(|| format!(r"has the escape \{c}, which XML Schema does not have"))?;
                Escape::Class(class)
            }
        })
    }

    /// Reads the rest of `\p{Lu}` or `\P{IsGreek}` (productions 25 to 36).
    fn read_property(&mut self, negative: bool) -> Result<String, Message> {
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
        Err(format!("has the property {name:?}, which is neither a category nor a block that classes.rs lists"))
    }
}

/// Writes a literal character, both outside and inside of classes.
fn push_literal(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str(r"\n"),
        '\r' => out.push_str(r"\r"),
        '\t' => out.push_str(r"\t"),
        // Characters with a meaning in `regex`. In classes, `&&`, `--` and `~~` are operators.
        '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '#' | '&' | '-' | '~' => {
            out.push('\\');
            out.push(c);
        }
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests;
