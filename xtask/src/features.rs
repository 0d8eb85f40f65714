//! The `[features]` of the emitted crate and of `plesk`, which has the same: kept by `cargo xtask regenerate`.

use std::fs;
use std::path::{Path, PathBuf};

use plesk_codegen::Feature;
use toml_edit::{Array, DocumentMut, Item, Table, TomlError, Value, value};

use crate::root;

/// The feature that has all others. What stands in `default` is written by hand.
const ALL: &str = "full";
/// How the features of `plesk` name those of the emitted crate.
const EMITTED: &str = "plesk-protocol/";

/// Features and their values, as a manifest lists them.
type Features = Vec<(String, Vec<String>)>;

/// Brings both manifests up to date, or only says which are not.
pub(crate) fn refresh(features: &[Feature], dry: bool) -> Result<Vec<PathBuf>, String> {
    if let Some(taken) = features.iter().find(|feature| [ALL, "default"].contains(&&*feature.name)) {
        return Err(format!("an operator's feature would be called `{}`, which has a meaning already", taken.name));
    }
    let emitted = |feature: &Feature| feature.implies.clone();
    let passed_on = |feature: &Feature| vec![format!("{EMITTED}{}", feature.name)];
    let manifests = [
        update(&root().join("generated/Cargo.toml"), &table(features, emitted), |_| true, dry)?,
        update(&root().join("Cargo.toml"), &table(features, passed_on), passes_on, dry)?,
    ];
    Ok(manifests.into_iter().flatten().collect())
}

/// The text of a new manifest with the features.
pub(crate) fn of_new(manifest: &str, features: &[Feature]) -> Result<String, String> {
    with_features(manifest, &table(features, |feature| feature.implies.clone()), |_| true)
}

/// The names of the operators' features, and what each implies, as the emitted crate's manifest has them.
pub(crate) fn read() -> Result<Vec<Feature>, String> {
    let path = root().join("generated/Cargo.toml");
    let manifest: DocumentMut = read_file(&path)?.parse().map_err(|e: TomlError| format!("{}: {e}", path.display()))?;
    let features = manifest["features"].as_table().into_iter().flatten();
    let operators = features.filter(|(name, _)| ![ALL, "default"].contains(name));
    Ok(operators.map(|(name, item)| Feature { name: name.to_owned(), implies: strings(item) }).collect())
}

/// The features and their values.
fn table(features: &[Feature], values: impl Fn(&Feature) -> Vec<String>) -> Features {
    let all = (ALL.to_owned(), features.iter().map(|feature| feature.name.clone()).collect());
    let each = features.iter().map(|feature| (feature.name.clone(), values(feature)));
    std::iter::once(all).chain(each).collect()
}

/// Whether a feature is there to pass one on to the emitted crate.
fn passes_on(values: &[String]) -> bool {
    !values.is_empty() && values.iter().all(|value| value.starts_with(EMITTED))
}

/// Brings the features of a manifest up to date; its path, if that changes it.
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

/// The manifest with these features. Features that are not `ours` stay, and so does everything else.
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
            return Err(format!("the feature `{name}` is there already; rename it"));
        }
    }
    Ok(manifest.to_string())
}

/// The array, an item a line if it is long.
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
        table(&all, |feature| vec![format!("{EMITTED}{}", feature.name)])
    }

    #[test]
    fn the_features_follow_and_all_else_stays() {
        let text = with_features(MANIFEST, &features(), passes_on).unwrap();
        let expected = MANIFEST
            .replace("full = [\"gone\", \"mail\"]\n", "full = [\"dns\", \"mail\"]\n")
            .replace("gone = [\"plesk-protocol/gone\"]\n", "dns = [\"plesk-protocol/dns\"]\n");
        assert_eq!(text, expected);
        assert_eq!(with_features(&text, &features(), passes_on).unwrap(), text);
    }

    #[test]
    fn an_operator_called_like_a_feature_of_another_kind_is_refused() {
        let manifest = MANIFEST.replace("blocking", "dns");
        let message = with_features(&manifest, &features(), passes_on).unwrap_err();
        assert!(message.contains("`dns`"), "{message}");
    }

    #[test]
    fn a_manifest_without_features_gets_them_with_all_by_default() {
        let text = with_features("[package]\nname = \"p\"\n", &features(), |_| true).unwrap();
        assert!(text.contains("[features]\ndefault = [\"full\"]\nfull = [\"dns\", \"mail\"]\n"), "{text}");
    }
}
