//! Items of `#[xml(…)]` attributes: `text = "login"`, `choice`.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, LitStr, Path, Result, Token};

/// The items of all `#[xml(…)]` attributes of one type, field or variant, until they are taken.
pub(crate) struct Items {
    items: Vec<Item>,
}

/// `key` or `key = value`.
pub(crate) struct Item {
    pub(crate) key: Ident,
    /// The text of the key. Comparing identifiers is slow.
    pub(crate) word: String,
    /// Everything after `=` up to the next comma.
    value: Option<TokenStream>,
}

impl Items {
    /// Parses the items of `attributes`, whose keys must be in `known`.
    ///
    /// # Errors
    /// An item that is malformed, unknown or given twice.
    pub(crate) fn parse(attributes: &[Attribute], known: &[&str]) -> Result<Self> {
        let mut items: Vec<Item> = Vec::new();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("xml")) {
            let list = attribute.meta.require_list()?;
            for item in parse_items.parse2(list.tokens.clone())? {
                check_key(&item.key, &item.word, known, items.iter().map(|item| item.word.as_str()))?;
                items.push(item);
            }
        }
        Ok(Self { items })
    }

    /// Removes the item `key`, if it is there.
    pub(crate) fn take(&mut self, key: &str) -> Option<Item> {
        let at = self.items.iter().position(|item| item.word == key)?;
        Some(self.items.remove(at))
    }

    /// Removes the item `key`, which has no value, and returns its place.
    pub(crate) fn take_flag(&mut self, key: &str) -> Result<Option<Span>> {
        let Some(item) = self.take(key) else { return Ok(None) };
        item.no_value()?;
        Ok(Some(item.key.span()))
    }

    /// Removes the item `key` and parses its value.
    pub(crate) fn take_value<T: Parse>(&mut self, key: &str) -> Result<Option<T>> {
        self.take(key).map(|item| item.parse()).transpose()
    }

    /// Removes the only item whose key is one of `kinds`.
    ///
    /// # Errors
    /// None of them is there, which is reported at `at`, or more than one.
    pub(crate) fn take_kind(&mut self, kinds: &[&str], at: Span, subject: &str) -> Result<Item> {
        let mut found: Option<Item> = None;
        for kind in kinds {
            let Some(item) = self.take(kind) else { continue };
            if let Some(first) = &found {
                let message = format!("{subject} cannot be both `{}` and `{}`", first.key, item.key);
                return Err(Error::new(item.key.span(), message));
            }
            found = Some(item);
        }
        found.ok_or_else(|| Error::new(at, format!("missing `#[xml(…)]`: {subject} is one of {}", list(kinds))))
    }

    /// Refuses the items that were not taken, as they do not apply to `subject`.
    pub(crate) fn finish(self, subject: &str) -> Result<()> {
        match self.items.first() {
            None => Ok(()),
            Some(item) => Err(Error::new(item.key.span(), format!("`{}` does not apply to {subject}", item.key))),
        }
    }
}

impl Item {
    /// Parses the value.
    pub(crate) fn parse<T: Parse>(&self) -> Result<T> {
        let Some(value) = &self.value else {
            return Err(Error::new(self.key.span(), format!("`{0}` needs a value: `{0} = …`", self.key)));
        };
        syn::parse2(value.clone())
    }

    /// Parses the name of an element or attribute.
    pub(crate) fn name(&self) -> Result<LitStr> {
        let name: LitStr = self.parse()?;
        check_name(&name)?;
        Ok(name)
    }

    /// Refuses a value.
    pub(crate) fn no_value(&self) -> Result<()> {
        match &self.value {
            None => Ok(()),
            Some(value) => Err(Error::new(value.span(), format!("`{}` takes no value", self.key))),
        }
    }
}

/// Returns the path of the crate `plesk_wire` as the `crate` item of a type names it.
pub(crate) fn wire_path(items: &mut Items) -> Result<TokenStream> {
    let path =
        items.take("crate").map(|item| Path::parse_mod_style.parse2(item.value.unwrap_or_default())).transpose()?;
    Ok(path.map_or_else(|| quote::quote!(::plesk_wire), |path| quote::quote!(#path)))
}

/// Returns the path of the runtime for code that is generated for the source at `span`, where its errors belong.
pub(crate) fn located(wire: &TokenStream, span: Span) -> TokenStream {
    wire.clone()
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}

/// Refuses a key that is unknown, or is among those `before`; `word` is its text.
pub(crate) fn check_key<'k>(
    key: &Ident,
    word: &str,
    known: &[&str],
    mut before: impl Iterator<Item = &'k str>,
) -> Result<()> {
    if !known.contains(&word) {
        return Err(Error::new(key.span(), format!("unknown attribute `{key}`; expected one of {}", list(known))));
    }
    if before.any(|before| before == word) {
        return Err(Error::new(key.span(), format!("`{key}` is given twice")));
    }
    Ok(())
}

/// Refuses what is no name of an element or attribute.
fn check_name(name: &LitStr) -> Result<()> {
    let text = name.value();
    let starts = text.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
    if starts && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}')) {
        return Ok(());
    }
    Err(Error::new(name.span(), format!("`{text}` is not the name of an element or attribute")))
}

fn parse_items(input: ParseStream<'_>) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        let key = input.call(Ident::parse_any)?;
        let value = if input.parse::<Option<Token![=]>>()?.is_some() { Some(parse_value(&key, input)?) } else { None };
        items.push(Item { word: key.to_string(), key, value });
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(items)
}

/// Parses all up to the next comma.
pub(crate) fn parse_value(key: &Ident, input: ParseStream<'_>) -> Result<TokenStream> {
    let mut value = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        value.extend([input.parse::<TokenTree>()?]);
    }
    if value.is_empty() {
        return Err(Error::new(key.span(), format!("`{key}` needs a value after `=`")));
    }
    Ok(value)
}

/// `text`, `element` or `flag`
fn list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
