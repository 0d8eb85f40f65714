//! Parses `#[xml(…)]`, and reports what is unknown, doubled or without its value.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Error, Expr, Ident, LitInt, LitStr, Path, Result, Token};

/// The arguments of all `#[xml(…)]` of one item, field or variant.
#[derive(Default)]
pub(crate) struct Arguments {
    items: Vec<Argument>,
}

/// One argument: a word, with a value or without.
struct Argument {
    name: String,
    span: Span,
    value: Option<Value>,
}

enum Value {
    Text(LitStr),
    Number(usize),
    Code(Expr),
}

/// The arguments whose value is a string.
const TEXTS: [&str; 6] = ["text", "element", "flag", "attribute", "group", "default"];
/// The arguments whose value is a number.
const NUMBERS: [&str; 2] = ["min", "max"];
/// The arguments whose value is Rust: a path or an expression.
const CODE: [&str; 3] = ["simple", "crate", "shown_if"];

impl Arguments {
    /// Parses the `xml` attributes among `attributes`; only the words in `allowed` may appear.
    pub(crate) fn parse(attributes: &[Attribute], allowed: &[&str]) -> Result<Self> {
        let mut arguments = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("xml")) {
            attribute.parse_args_with(|input: ParseStream<'_>| {
                while !input.is_empty() {
                    let argument = input.parse::<Argument>()?;
                    arguments.add(argument, allowed)?;
                    if !input.is_empty() {
                        input.parse::<Token![,]>()?;
                    }
                }
                Ok(())
            })?;
        }
        Ok(arguments)
    }

    fn add(&mut self, argument: Argument, allowed: &[&str]) -> Result<()> {
        let name = argument.name.as_str();
        if !allowed.contains(&name) {
            let allowed = allowed.join("`, `");
            return Err(Error::new(argument.span, format!("unknown argument `{name}`; expected one of `{allowed}`")));
        }
        if self.items.iter().any(|other| other.name == name) {
            return Err(Error::new(argument.span, format!("`{name}` is given twice")));
        }
        self.items.push(argument);
        Ok(())
    }

    fn find(&self, name: &str) -> Option<&Argument> {
        self.items.iter().find(|argument| argument.name == name)
    }

    /// Returns `true` if the word is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Returns where the word is.
    pub(crate) fn span(&self, name: &str) -> Option<Span> {
        self.find(name).map(|argument| argument.span)
    }

    /// Returns the string of `name = "…"`.
    pub(crate) fn text(&self, name: &str) -> Option<&LitStr> {
        match self.find(name)?.value.as_ref()? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number of `name = 1`.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        match self.find(name)?.value.as_ref()? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns the expression of `name = path`.
    pub(crate) fn code(&self, name: &str) -> Option<&Expr> {
        match self.find(name)?.value.as_ref()? {
            Value::Code(code) => Some(code),
            _ => None,
        }
    }

    /// Returns an error at the first of `names` that is there: it does not go with `with`.
    pub(crate) fn deny(&self, names: &[&str], with: &str) -> Result<()> {
        match self.items.iter().find(|argument| names.contains(&argument.name.as_str())) {
            Some(argument) => Err(Error::new(argument.span, format!("`{}` does not go with {with}", argument.name))),
            None => Ok(()),
        }
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let word = input.call(Ident::parse_any)?;
        let (name, span) = (word.to_string(), word.span());
        // A group is named only where messages need it.
        let optional = name == "group";
        let wants_value = [TEXTS.as_slice(), &NUMBERS, &CODE].concat().contains(&name.as_str());
        if !input.peek(Token![=]) {
            if wants_value && !optional {
                return Err(Error::new(span, format!("`{name}` needs a value: `{name} = …`")));
            }
            return Ok(Self { name, span, value: None });
        }
        if !wants_value {
            return Err(Error::new(span, format!("`{name}` takes no value")));
        }
        input.parse::<Token![=]>()?;
        let value = if TEXTS.contains(&name.as_str()) {
            Value::Text(input.parse()?)
        } else if NUMBERS.contains(&name.as_str()) {
            Value::Number(input.parse::<LitInt>()?.base10_parse()?)
        } else {
            Value::Code(input.parse()?)
        };
        Ok(Self { name, span, value: Some(value) })
    }
}

/// Returns the path of the runtime crate: that of `crate = …`, or `::plesk_wire`.
pub(crate) fn runtime(arguments: &Arguments) -> Result<Path> {
    match arguments.code("crate") {
        None => Ok(syn::parse_quote!(::plesk_wire)),
        Some(Expr::Path(path)) => Ok(path.path.clone()),
        Some(other) => Err(Error::new_spanned(other, "`crate` takes a path such as `plesk::wire`")),
    }
}
