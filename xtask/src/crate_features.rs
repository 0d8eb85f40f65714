//! The operators' features in the manifests of `plesk-protocol` and `plesk`, kept up to date by `regenerate`.

use std::fs;
use std::path::{Path, PathBuf};

use plesk_codegen::{ANY_FEATURE, Feature};
use toml_edit::{Array, DocumentMut, Item, Table, TomlError, Value, value};

use crate::workspace::root;

/// The feature that enables all others. `default` is written by hand.
const ALL: &str = "full";
/// The feature of `plesk-protocol` that is written by hand.
const SERDE: &str = "serde";
/// The prefix with which features of `plesk` enable those of `plesk-protocol`.
const PREFIX: &str = "plesk-protocol/";

/// The features that are not those of operators.
const RESERVED: [&str; 4] = [ALL, ANY_FEATURE, "default", SERDE];

/// Features and the features that each enables, in the order of the manifest.
type Features = Vec<(String, Vec<String>)>;

/// Brings both manifests up to date, or writes nothing if `dry`. Returns those that differed.
pub(crate) fn refresh(features: &[Feature], dry: bool) -> Result<Vec<PathBuf>, String> {
    if let Some(taken) = features.iter().find(|feature| RESERVED.contains(&&*feature.name)) {
        return Err(format!("the feature of an operator would be called `{}`, which is a reserved name", taken.name));
    }
    let forwarded = |feature: &Feature| vec![format!("{PREFIX}{}", feature.name)];
    let manifests = [
        update(&root().join("generated/Cargo.toml"), &emitted_table(features), is_emitted, dry)?,
        update(&root().join("Cargo.toml"), &table(features, forwarded), is_forwarding, dry)?,
    ];
    Ok(manifests.into_iter().flatten().collect())
}

/// Adds the features of operators to a manifest without any.
pub(crate) fn add_to(manifest: &str, features: &[Feature]) -> Result<String, String> {
    with_features(manifest, &emitted_table(features), is_emitted)
}

/// Reads the operators' features from the manifest of `plesk-protocol`.
pub(crate) fn read() -> Result<Vec<Feature>, String> {
    let path = root().join("generated/Cargo.toml");
    let manifest: DocumentMut = read_file(&path)?.parse().map_err(|e: TomlError| format!("{}: {e}", path.display()))?;
    let features = manifest["features"].as_table().into_iter().flatten();
    let operators = features.filter(|(name, _)| !RESERVED.contains(name));
    let implied = |item| strings(item).into_iter().filter(|name| name != ANY_FEATURE).collect();
    Ok(operators.map(|(name, item)| Feature { name: name.to_owned(), implies: implied(item) }).collect())
}

/// Returns the features for the manifest of `plesk-protocol`: each operator's also enables the internal one.
fn emitted_table(features: &[Feature]) -> Features {
    let with_any = |feature: &Feature| [ANY_FEATURE.to_owned()].into_iter().chain(feature.implies.clone()).collect();
    let mut table = table(features, with_any);
    if !features.is_empty() {
        table.push((ANY_FEATURE.to_owned(), Vec::new()));
    }
    table
}

/// Returns the features for a manifest, with the one that enables all first.
fn table(features: &[Feature], values: impl Fn(&Feature) -> Vec<String>) -> Features {
    let all = (ALL.to_owned(), features.iter().map(|feature| feature.name.clone()).collect());
    let each = features.iter().map(|feature| (feature.name.clone(), values(feature)));
    std::iter::once(all).chain(each).collect()
}

/// Returns `true` if a feature only enables features of `plesk-protocol`.
fn is_forwarding(values: &[String]) -> bool {
    !values.is_empty() && values.iter().all(|value| value.starts_with(PREFIX))
}

/// Returns `true` if a feature enables no feature of another crate.
fn is_emitted(values: &[String]) -> bool {
    values.iter().all(|value| !value.contains('/'))
}

/// Brings the features of a manifest up to date. Returns its path if they differed.
fn update(
    path: &Path,
    features: &Features,
    ours: impl Fn(&[String]) -> bool,
    dry: bool,
) -> Result<Option<PathBuf>, String> {
    let fail = |e: String| format!("{}: {e}", path.display());
    let old = read_file(path)?;
    let text = with_features(&old, features, ours).map_err(fail)?;
    if text == old {
        return Ok(None);
    }
    if !dry {
        fs::write(path, text).map_err(|e| fail(e.to_string()))?;
    }
    Ok(Some(path.to_owned()))
}

/// Replaces the features that are `ours`. All other features and everything else stay as they are.
fn with_features(manifest: &str, features: &Features, ours: impl Fn(&[String]) -> bool) -> Result<String, String> {
    let mut manifest: DocumentMut = manifest.parse().map_err(|e: TomlError| e.to_string())?;
    let table = manifest.entry("features").or_insert(Item::Table(Table::new()));
    let table = table.as_table_mut().ok_or("`features` is not a table")?;
    table.retain(|name, item| name == "default" || name != ALL && !ours(&strings(item)));
    if !table.contains_key("default") {
        table["default"] = value(Array::from_iter([ALL]));
    }
    for (name, values) in features {
        if table.insert(name, value(wrapped(name, values))).is_some() {
            return Err(format!("the manifest already has a feature `{name}`; rename it"));
        }
    }
    Ok(manifest.to_string())
}

/// Returns the values as an array, with one item on each line if it is long.
fn wrapped(name: &str, values: &[String]) -> Array {
    let mut array = Array::from_iter(values);
    if name.len() + array.to_string().len() > 110 {
        array.iter_mut().for_each(|item| item.decor_mut().set_prefix("\n    "));
        array.set_trailing_comma(true);
        array.set_trailing("\n");
    }
    array
}

fn strings(item: &Item) -> Vec<String> {
    item.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn read_file(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURES: [&str; 2] = ["dns", "mail"];
    const MANIFEST: &str = "\
[package]
name = \"plesk\" # its name

# Kept.
[features]
blocking = [\"dep:tokio\"]
default = [\"mail\"] # chosen
full = [\"gone\", \"mail\"]
gone = [\"plesk-protocol/gone\"]
mail = [\"plesk-protocol/mail\"]

[dependencies]
tokio = { version = \"1\", optional = true }
";

    fn features() -> Features {
        let all = FEATURES.map(|name| Feature { name: name.to_owned(), implies: Vec::new() });
        table(&all, |feature| vec![format!("{PREFIX}{}", feature.name)])
    }

    #[test]
    fn update_replaces_operator_features_and_keeps_everything_else() {
        let text = with_features(MANIFEST, &features(), is_forwarding).unwrap();
        let expected = MANIFEST
            .replace("full = [\"gone\", \"mail\"]\n", "full = [\"dns\", \"mail\"]\n")
            .replace("gone = [\"plesk-protocol/gone\"]\n", "dns = [\"plesk-protocol/dns\"]\n");
        assert_eq!(text, expected);
        assert_eq!(with_features(&text, &features(), is_forwarding).unwrap(), text);
    }

    #[test]
    fn update_with_operator_named_like_another_feature_fails() {
        let manifest = MANIFEST.replace("blocking", "dns");
        let message = with_features(&manifest, &features(), is_forwarding).unwrap_err();
        assert!(message.contains("`dns`"), "{message}");
    }

    #[test]
    fn update_of_manifest_without_features_adds_them_and_default() {
        let text = with_features("[package]\nname = \"p\"\n", &features(), |_| true).unwrap();
        assert!(text.contains("[features]\ndefault = [\"full\"]\nfull = [\"dns\", \"mail\"]\n"), "{text}");
    }

    #[test]
    fn features_of_the_emitted_crate_enable_the_internal_one() {
        let dns = Feature { name: "dns".to_owned(), implies: vec!["mail".to_owned()] };
        let table = emitted_table(&[dns]);
        let table: Vec<_> = table.iter().map(|(name, values)| (&**name, values.join(" "))).collect();
        let expected = [("full", "dns"), ("dns", "_any mail"), ("_any", "")];
        assert_eq!(table, expected.map(|(name, values)| (name, values.to_owned())));
        assert!(emitted_table(&[]).iter().all(|(name, _)| name != ANY_FEATURE));
    }
}
