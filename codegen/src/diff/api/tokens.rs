//! Renders tokens as text, and replaces the paths in it.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// Returns tokens in the usual spelling: `Vec<String>` instead of `Vec < String >`.
pub(super) fn text(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    write(tokens.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let [open, close] = match group.delimiter() {
                    Delimiter::Parenthesis => ["(", ")"],
                    Delimiter::Brace => ["{", "}"],
                    Delimiter::Bracket => ["[", "]"],
                    Delimiter::None => ["", ""],
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' => text.push_str(", "),
                sign => text.push(sign),
            },
            word => {
                if text.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
}

/// Replaces the paths of known types in a text of `module` by paths from the crate root.
pub(super) fn with_absolute_paths(text: &str, module: &str, known: &BTreeSet<String>) -> String {
    replace_paths(text, |path| {
        let in_module = |module: &str| Some(format!("{module}::{path}")).filter(|path| known.contains(path));
        let parent = module.rsplit_once("::").map(|(parent, _)| parent);
        let from_super = path.strip_prefix("super::").map(|path| format!("{}::{path}", parent.unwrap_or_default()));
        let from_crate = path.strip_prefix("crate::").map(str::to_owned);
        in_module(module)
            .or_else(|| in_module(parent?))
            .or(from_super.or(from_crate).filter(|path| known.contains(path)))
    })
}

/// Replaces each path in a text for which `replacement` returns another one.
pub(super) fn replace_paths(text: &str, replacement: impl Fn(&str) -> Option<String>) -> String {
    let is_path_char = |c: char| c.is_alphanumeric() || c == '_' || c == '#';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !is_path_char(first) {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let mut end = 0;
        loop {
            end += rest[end..].find(|c: char| !is_path_char(c)).unwrap_or(rest.len() - end);
            // A single colon is that of an argument.
            match rest[end..].strip_prefix("::") {
                Some(further) if further.starts_with(is_path_char) => end += 2,
                _ => break,
            }
        }
        let (path, after) = rest.split_at(end);
        out.push_str(&replacement(path).unwrap_or_else(|| path.to_owned()));
        rest = after;
    }
    out
}
