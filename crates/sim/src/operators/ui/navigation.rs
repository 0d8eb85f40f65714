//! The navigation of the panel, in the format that the protocol has for it: an array that PHP serialized, in Base64.

use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// A value that PHP can serialize.
enum Value {
    Text(&'static str),
    /// An array with keys.
    Map(Vec<(&'static str, Value)>),
}

impl Value {
    /// Appends the value as PHP serializes it. Lengths are counted in bytes.
    fn write(&self, into: &mut String) {
        match self {
            Self::Text(text) => _ = write!(into, "s:{}:\"{text}\";", text.len()),
            Self::Map(entries) => {
                _ = write!(into, "a:{}:{{", entries.len());
                for (key, value) in entries {
                    Self::Text(key).write(into);
                    value.write(into);
                }
                into.push('}');
            }
        }
    }
}

/// Returns a group of pages: its name, and the name and link of each page.
fn group(name: &'static str, pages: &[(&'static str, &'static str, &'static str)]) -> Value {
    let pages = pages
        .iter()
        .map(|(id, name, link)| (*id, Value::Map(vec![("name", Value::Text(name)), ("link", Value::Text(link))])));
    Value::Map(vec![("name", Value::Text(name)), ("nodes", Value::Map(pages.collect()))])
}

/// Returns the navigation of the administrator.
pub(super) fn encode() -> String {
    let navigation = Value::Map(vec![
        ("general", group("General", &[("home", "Home", "/admin/home"), ("profile", "Profile", "/admin/my-profile")])),
        (
            "hosting",
            group(
                "Hosting Services",
                &[
                    ("customers", "Customers", "/admin/customer/list"),
                    ("resellers", "Resellers", "/admin/reseller/list"),
                    ("domains", "Domains", "/admin/domain/list"),
                    ("subscriptions", "Subscriptions", "/admin/subscription/list"),
                    ("plans", "Service Plans", "/admin/customer-service-plan/list"),
                ],
            ),
        ),
        ("server", group("Server Management", &[("settings", "Tools & Settings", "/admin/server/tools")])),
    ]);
    let mut text = String::new();
    navigation.write(&mut text);
    BASE64_STANDARD.encode(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_is_serialized_as_php_does_it() {
        let value = Value::Map(vec![("é", Value::Text("b")), ("c", Value::Map(Vec::new()))]);
        let mut text = String::new();
        value.write(&mut text);
        assert_eq!(text, "a:2:{s:2:\"é\";s:1:\"b\";s:1:\"c\";a:0:{}}");
    }
}
