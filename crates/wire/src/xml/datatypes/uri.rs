//! URI references, the literals of `anyURI` (XML Schema Part 2, section 3.2.17).

/// Returns `true` if a text is a URI reference after escaping the characters that URIs forbid, as
/// the section demands.
///
/// Escaping makes every text legal except for misplaced delimiters and a `%` without two hexadecimal
/// digits, so only these are refused. The grammar is that of RFC 3986. Fragments may contain
/// brackets, which XPointer needs and RFC 2732 allowed.
pub(super) fn is_reference(text: &str) -> bool {
    let (rest, fragment) = split(text, '#');
    let (rest, query) = split(rest, '?');
    let hierarchy = match rest.split_once(':') {
        Some((scheme, after)) if is_scheme(scheme) => after,
        // A colon in the first segment of a relative path would look like the end of a scheme
        // (section 4.2).
        Some((segment, _)) if !segment.contains('/') => return false,
        _ => rest,
    };
    let (authority, path) = match hierarchy.strip_prefix("//") {
        Some(after) => after.split_at(after.find('/').unwrap_or(after.len())),
        None => ("", hierarchy),
    };
    is_authority(authority) && is_legal(path, "[]") && is_legal(query, "[]") && is_legal(fragment, "#")
}

/// Splits a text at a delimiter; without one, the second part is empty.
fn split(text: &str, delimiter: char) -> (&str, &str) {
    text.split_once(delimiter).unwrap_or((text, ""))
}

/// Returns `true` for a scheme (RFC 3986, section 3.1).
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// Returns `true` for an authority, `user@host:port` (RFC 3986, section 3.2).
fn is_authority(text: &str) -> bool {
    let (user, host_port) = text.split_once('@').unwrap_or(("", text));
    let (host_is_legal, port) = match host_port.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, "")) => (is_literal(address), ""),
        Some((address, after)) => match after.strip_prefix(':') {
            Some(port) => (is_literal(address), port),
            None => return false,
        },
        None => {
            let (host, port) = split(host_port, ':');
            (is_legal(host, "[]@"), port)
        }
    };
    host_is_legal && is_legal(user, "[]") && port.bytes().all(|b| b.is_ascii_digit())
}

/// Returns `true` if an IP literal has legal characters (RFC 3986, section 3.2.2). The address itself
/// is not checked.
fn is_literal(address: &str) -> bool {
    !address.is_empty()
        && address.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'.' | b'-' | b'_' | b'~'))
}

/// Returns `true` if a part has none of the given delimiters and only complete percent-encodings.
fn is_legal(text: &str, forbidden: &str) -> bool {
    !text.contains(|c| forbidden.contains(c))
        && text.split('%').skip(1).all(|after| after.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2)
}

#[cfg(test)]
mod tests {
    use super::is_reference;

    #[test]
    fn is_reference_accepts_uri_references() {
        for text in [
            "",
            "a",
            "../x",
            "a/b:c",
            "#a",
            "?a?b",
            "mailto:x@y",
            "urn:a:b",
            "http://h",
            "http://u:p@h:80/p?q#f",
            "http://[::1]:80/",
            "//h/",
            "///",
            "a b",
            "http://ü.example/<{|}>",
            "%41",
            "a#[x]",
        ] {
            assert!(is_reference(text), "{text}");
        }
    }

    #[test]
    fn is_reference_rejects_misplaced_delimiters() {
        for text in [
            ":a",
            "1a:b",
            "-a:b",
            "a#b#c",
            "%",
            "%4",
            "%zz",
            "%é",
            "a[b",
            "?[x]",
            "http://[::1",
            "http://[]/",
            "http://[::1]x/",
            "http://[::1]::8/",
            "http://a]b",
            "http://a:8x",
            "http://a@b@c/",
        ] {
            assert!(!is_reference(text), "{text}");
        }
    }
}
