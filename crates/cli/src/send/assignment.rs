//! The arguments `PATH=VALUE`: one element or attribute of a request each.

use std::fs;
use std::io::{self, Read};

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// The elements on the way, from the element of the operation. Without any, the argument is about that element.
    pub(crate) steps: Vec<Step>,
    /// The attribute; `None` if the argument is about the element itself.
    pub(crate) attribute: Option<String>,
    pub(crate) value: Value,
}

/// An element on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) name: String,
    /// The number of the element among those of its name, counted from 1.
    pub(crate) index: Option<usize>,
}

/// The value of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// An empty element.
    Empty,
    /// Text that is in the argument itself.
    Literal(String),
    /// Text from somewhere else, where other users of the machine cannot see it.
    Hidden(String),
    /// The content of the element as XML.
    Xml(String),
}

impl Assignment {
    /// Parses an argument, and reads the file, the variable or the input that it names.
    ///
    /// # Errors
    /// A message about what is wrong with the argument, or what cannot be read. It has no value, which may be a secret.
    pub(crate) fn parse(argument: &str) -> Result<Self, String> {
        let (target, value) = match argument.split_once('=') {
            None => (argument, Value::Empty),
            Some((target, value)) => match target.strip_suffix(':') {
                Some(target) => (target, Value::Xml(value.to_owned())),
                None => (target, read_value(value).map_err(|problem| format!("`{target}`: {problem}"))?),
            },
        };
        let (path, attribute) = match target.split_once('@') {
            Some((path, attribute)) => (path, Some(attribute.to_owned())),
            None => (target, None),
        };
        if attribute.is_some() && !matches!(value, Value::Literal(_) | Value::Hidden(_)) {
            return Err(format!("`{target}`: an attribute needs a value, as in PATH@ATTRIBUTE=VALUE"));
        }
        let steps = match path.trim_end_matches('.') {
            "" if path.is_empty() => return Err("an argument has no path before `=`".to_owned()),
            "" => Vec::new(),
            path => path.split('.').map(|step| parse_step(path, step)).collect::<Result<_, _>>()?,
        };
        Ok(Self { steps, attribute, value })
    }

    /// Returns the path as it was written.
    pub(crate) fn path(&self) -> String {
        let step = |step: &Step| match step.index {
            Some(index) => format!("{}[{index}]", step.name),
            None => step.name.clone(),
        };
        let path = self.steps.iter().map(step).collect::<Vec<_>>().join(".");
        match &self.attribute {
            Some(attribute) => format!("{}@{attribute}", if path.is_empty() { "." } else { &path }),
            None if path.is_empty() => ".".to_owned(),
            None => path,
        }
    }
}

fn parse_step(path: &str, step: &str) -> Result<Step, String> {
    let malformed = || format!("`{path}`: `{step}` is not the name of an element, or NAME[NUMBER]");
    let (name, index) = match step.strip_suffix(']') {
        None => (step, None),
        Some(rest) => {
            let (name, number) = rest.split_once('[').ok_or_else(malformed)?;
            let number = number.parse::<usize>().ok().filter(|number| *number > 0);
            (name, Some(number.ok_or_else(|| format!("`{path}`: elements are counted from 1"))?))
        }
    };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    if name.is_empty() || !name.chars().all(is_name) {
        return Err(malformed());
    }
    Ok(Step { name: name.to_owned(), index })
}

fn read_value(value: &str) -> Result<Value, String> {
    if let Some(literal) = value.strip_prefix('=') {
        return Ok(Value::Literal(literal.to_owned()));
    }
    if value == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map_err(|error| format!("cannot read standard input: {error}"))?;
        return Ok(Value::Hidden(without_line_break(text)));
    }
    if let Some(name) = value.strip_prefix("@env:") {
        return match std::env::var(name) {
            Ok(text) => Ok(Value::Hidden(text)),
            Err(_) => Err(format!("the environment variable {name} is not set, or is not Unicode")),
        };
    }
    if let Some(file) = value.strip_prefix('@') {
        let text = fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
        return Ok(Value::Hidden(without_line_break(text)));
    }
    Ok(Value::Literal(value.to_owned()))
}

/// Removes the line break at the end, which editors and `echo` add.
fn without_line_break(mut text: String) -> String {
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Assignment, Step, Value};

    #[test]
    fn parse_reads_paths_indexes_attributes_and_values() {
        let step = |name: &str, index| Step { name: name.to_owned(), index };
        let parse = |text: &str| Assignment::parse(text).map(|it| (it.steps, it.attribute, it.value));
        let literal = |text: &str| Value::Literal(text.to_owned());
        assert_eq!(parse("filter.id=7"), Ok((vec![step("filter", None), step("id", None)], None, literal("7"))));
        assert_eq!(parse("a[2].b=x=y"), Ok((vec![step("a", Some(2)), step("b", None)], None, literal("x=y"))));
        assert_eq!(parse("a==@x"), Ok((vec![step("a", None)], None, literal("@x"))));
        assert_eq!(parse("a"), Ok((vec![step("a", None)], None, Value::Empty)));
        assert_eq!(parse("a:=<b/>"), Ok((vec![step("a", None)], None, Value::Xml("<b/>".to_owned()))));
        assert_eq!(parse("a@xsi:nil=true"), Ok((vec![step("a", None)], Some("xsi:nil".to_owned()), literal("true"))));
        assert_eq!(parse(".=x"), Ok((vec![], None, literal("x"))));
        for wrong in
            ["=x", "a[0]=x", "a[x]=1", "a..b=1", "a@b", "a=@/no/such/file", "a=@env:NO_SUCH_VARIABLE_X", "a b=1"]
        {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        for wrong in ["=hush", "a..b=hush", "a[0]=hush", "a b=hush", "a@=hush"] {
            assert!(!parse(wrong).err().unwrap_or_default().contains("hush"), "{wrong}");
        }
    }
}
