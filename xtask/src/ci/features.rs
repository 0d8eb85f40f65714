//! Builds single Cargo features, as all of them together hide a missing dependency between two.

use crate::cargo::cargo;
use crate::crate_features;

/// Builds features alone. Returns `true` if all builds succeed.
///
/// - `plesk-protocol` with each of five features, from the one that implies least to the one that implies most; with
///   `all`, with each feature
/// - `plesk` without a client, with the first feature and with `full`; with the blocking client and the first feature, without
///   and with serde; with `all`, also with the last feature
pub(super) fn check(all: bool) -> Result<bool, String> {
    let mut features = crate_features::read()?;
    features.sort_by_key(|feature| feature.implies.len());
    let names: Vec<&str> = features.iter().map(|feature| feature.name.as_str()).collect();
    let last = names.len().saturating_sub(1);
    // The smallest build that has a client.
    let blocking = names.first().map(|name| format!("blocking,{name}")).unwrap_or_default();
    let mut builds: Vec<(&str, &str)> = names.first().map(|name| ("plesk", *name)).into_iter().collect();
    builds.push(("plesk", &blocking));
    let with_serde = format!("{blocking},serde");
    builds.push(("plesk", &with_serde));
    builds.push(("plesk", "full"));
    if all {
        builds.extend(names.iter().map(|name| ("plesk-protocol", *name)));
        builds.extend(names.last().map(|name| ("plesk", *name)));
    } else {
        builds.extend((0..5).filter_map(|at| names.get(at * last / 4)).map(|name| ("plesk-protocol", *name)));
        builds.dedup();
    }
    let mut passed = true;
    for (package, features) in builds {
        // Warnings are denied in this crate only, so that no other crate is compiled again.
        let build = ["rustc", "--quiet", "--package", package, "--lib", "--profile", "check"];
        let options = ["--no-default-features", "--features", features, "--", "-D", "warnings"];
        passed &= cargo(&[&build[..], &options].concat(), &[])?;
    }
    Ok(passed)
}
