//! Arranges what the formatter breaks over too many lines: attributes of the derives, statics and imports.
//!
//! `prettyplease` breaks lines at 89 characters, and an attribute after every word.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The length up to which a line is not broken.
const WIDTH: usize = 120;
/// The beginnings of attributes with items of our own.
const ATTRIBUTES: [&str; 2] = ["#[xml(", "#[operation("];
/// The beginnings of items that are put on one line if they fit.
const ONE_LINE: [&str; 3] = ["pub(crate) static ", "static ", "use "];

/// Returns `text`, which is formatted Rust, with these items on as few lines as are readable.
pub(crate) fn arrange(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let start = line.trim_start();
        let indent = &line[..line.len() - start.len()];
        if ATTRIBUTES.iter().any(|attribute| start.starts_with(attribute)) {
            let mut attribute = start.to_owned();
            while attribute.parse::<TokenStream>().is_err() {
                let Some(line) = lines.next() else { break };
                attribute.push('\n');
                attribute.push_str(line);
            }
            out.push_str(&arrange_attribute(&attribute, indent));
        } else if ONE_LINE.iter().any(|item| start.starts_with(item)) && !line.ends_with(';') {
            let mut item = vec![line];
            while item.last().is_some_and(|line| !line.ends_with(';')) {
                let Some(line) = lines.next() else { break };
                item.push(line);
            }
            let joined = join(&item);
            out.push_str(&if indent.len() + joined.len() <= WIDTH {
                format!("{indent}{joined}")
            } else {
                item.join("\n")
            });
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// Joins the lines of an item.
fn join(lines: &[&str]) -> String {
    let mut out = String::new();
    for line in lines.iter().map(|line| line.trim()) {
        if line.starts_with([')', ']', '}']) && out.ends_with(',') {
            out.pop();
        } else if !out.is_empty() && !out.ends_with(['(', '[', '{']) && !line.starts_with([')', ']', '}']) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Returns an attribute on one line, or with one item on each.
fn arrange_attribute(attribute: &str, indent: &str) -> String {
    let Some((name, items)) = parse(attribute) else { return format!("{indent}{attribute}") };
    let one_line = format!("{indent}#[{name}({})]", items.join(", "));
    if one_line.len() <= WIDTH {
        return one_line;
    }
    let items: String = items.iter().map(|item| format!("{indent}    {item},\n")).collect();
    format!("{indent}#[{name}(\n{items}{indent})]")
}

/// Returns the name and the items of an attribute.
fn parse(attribute: &str) -> Option<(String, Vec<String>)> {
    let tokens: Vec<TokenTree> = attribute.parse::<TokenStream>().ok()?.into_iter().collect();
    let [TokenTree::Punct(_), TokenTree::Group(brackets)] = tokens.as_slice() else { return None };
    let inner: Vec<TokenTree> = brackets.stream().into_iter().collect();
    let [TokenTree::Ident(name), TokenTree::Group(items)] = inner.as_slice() else { return None };
    Some((name.to_string(), items_of(items.stream())))
}

/// Returns the items of an attribute as text: `min = 1`.
pub(crate) fn items_of(tokens: TokenStream) -> Vec<String> {
    let mut texts = Vec::new();
    let mut item = Vec::new();
    // A comma within `<…>` does not separate items.
    let mut depth = 0;
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' && depth == 0 => {
                texts.push(text(&std::mem::take(&mut item)));
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct)
                if punct.as_char() == '>' && !item.last().is_some_and(|last| is_punct(last, '=')) =>
            {
                depth -= 1
            }
            _ => {}
        }
        item.push(token);
    }
    if !item.is_empty() {
        texts.push(text(&item));
    }
    texts
}

/// Returns tokens with the spaces that people write.
fn text(tokens: &[TokenTree]) -> String {
    let mut out = String::new();
    let mut in_closure = false;
    let mut rest = tokens.iter().peekable();
    while let Some(token) = rest.next() {
        match token {
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                out.push_str(&match group.delimiter() {
                    Delimiter::Brace => format!(" {{ {} }}", text(&inner)),
                    Delimiter::Parenthesis => format!("({})", text(&inner)),
                    Delimiter::Bracket => format!("[{}]", text(&inner)),
                    Delimiter::None => text(&inner),
                });
            }
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                let mut next_is = |sign| rest.next_if(|next| is_punct(next, sign)).is_some();
                match sign {
                    ',' => out.push_str(", "),
                    // `prettyplease` puts a space into `=>`.
                    '=' if next_is('>') => out.push_str(" => "),
                    '=' => out.push_str(" = "),
                    '&' if next_is('&') => out.push_str(" && "),
                    '|' if next_is('|') => out.push_str(" || "),
                    '|' if out.ends_with("= ") => {
                        out.push('|');
                        in_closure = true;
                    }
                    '|' if std::mem::take(&mut in_closure) => out.push_str("| "),
                    '|' => out.push_str(" | "),
                    sign => out.push(sign),
                }
            }
            word => {
                if out.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"')) {
                    out.push(' ');
                }
                out.push_str(&word.to_string());
            }
        }
    }
    out
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_fit_on_one_line_or_have_one_item_on_each() {
        let broken = "#[xml(\n    text = \"id\",\n    type = simple::ID,\n    min = 1\n)]\nid: Vec<u64>,\n";
        assert_eq!(arrange(broken), "#[xml(text = \"id\", type = simple::ID, min = 1)]\nid: Vec<u64>,\n");
        let broken = "#[operation(path = \"customer/del\", reply = EachReply < common :: Matched, 0 >, effect = match\nfilter{\
                      Filter::Everything = >DeleteEverything,_=>Delete}, empty_if = |body|body.id.is_none()&&!body.\
                      flag||body.x, idempotency = match filter{Filter::Id(_)|Filter::Guid(_)=>Idempotent,_=>NotIdempotent})]\n";
        let expected = "\
#[operation(
    path = \"customer/del\",
    reply = EachReply<common::Matched, 0>,
    effect = match filter { Filter::Everything => DeleteEverything, _ => Delete },
    empty_if = |body| body.id.is_none() && !body.flag || body.x,
    idempotency = match filter { Filter::Id(_) | Filter::Guid(_) => Idempotent, _ => NotIdempotent },
)]
";
        assert_eq!(arrange(broken), expected);
        assert_eq!(arrange(expected), expected);
    }

    #[test]
    fn short_statics_and_imports_are_on_one_line() {
        let broken =
            "static A: SimpleType = SimpleType::new(\n    \"a\",\n    &[\n        Facet::MaxLength(3),\n    ],\n);\n";
        assert_eq!(arrange(broken), "static A: SimpleType = SimpleType::new(\"a\", &[Facet::MaxLength(3)]);\n");
        assert_eq!(arrange("use a::{\n    b, c,\n};\n"), "use a::{b, c};\n");
        let long = format!("static A: &str = f(\n    \"{}\",\n);\n", "a".repeat(WIDTH));
        assert_eq!(arrange(&long), long);
    }
}
