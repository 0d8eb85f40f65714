//! `cargo xtask new-layer`: writes the skeleton of the configuration for a new set of schema files.
//!
//! What the generator knows is filled in: the entries that the schemas have nothing for, and the modules of files that were
//! split or renamed. What only a person can decide is a question in a comment.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use plesk_codegen::diff::{MovedFile, moved_files};
use plesk_codegen::error::{Error, Problem};
use plesk_codegen::plesk;

use crate::lock::WriteLock;
use crate::schema_manifest::Manifest;
use crate::schema_set::{SchemaSet, parse_protocol};
use crate::workspace::{relative_to_root, root};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The name of the layer: the version of the schemas, or a name of its own for files of a version that has a layer
    name: String,
    /// The directory of the schema files
    #[arg(long, value_name = "DIR")]
    schemas: PathBuf,
    /// Their protocol version
    #[arg(long, value_name = "V", value_parser = parse_protocol)]
    protocol: String,
}

/// Writes the file of the layer and lists it.
pub(crate) fn new_layer(arguments: &Arguments) -> Result<bool, String> {
    let Arguments { name, schemas, protocol } = arguments;
    let module = module_name(name)?;
    let _lock = WriteLock::acquire()?;
    let manifest = Manifest::read()?;
    let folder = root().join("codegen/src/plesk");
    let path = folder.join(format!("{module}.rs"));
    if plesk::layers().any(|known| known == name) || path.exists() || folder.join(&module).exists() {
        return Err(format!("there is a layer {name} already; choose another name"));
    }
    let new = SchemaSet::new(&manifest, schemas.clone(), protocol.clone());
    let problems = match new.generate_nothing() {
        Ok(()) => Vec::new(),
        Err(Error(problems)) => problems,
    };
    let old = SchemaSet::own(&manifest, &manifest.current)?;
    let moved = match (old.try_read(), new.try_read()) {
        (Ok(old_model), Ok(new_model)) => {
            moved_files((&old_model.model, &old.config()), (&new_model.model, &new.config()))
        }
        _ => Vec::new(),
    };
    let on = module_name(plesk::layer_name(protocol))?;
    let (text, questions) = layer(name, schemas.display(), &on, &problems, &moved);
    let list = folder.join("mod.rs");
    let listed = fs::read_to_string(&list)
        .map_err(|e| format!("{}: {e}", list.display()))
        .and_then(|text| add_to_list(&text, name, &module).ok_or_else(|| format!("{}: no `LAYERS`", list.display())))?;
    for (path, text) in [(&path, text), (&list, listed)] {
        fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("  written: {}", relative_to_root(path).display());
    }
    let use_layer = if plesk::layer_name(name) == name { String::new() } else { format!(" --layer {name}") };
    println!(
        "{questions} questions are left in it as comments; answer them, run `cargo fmt`, then `cargo xtask regenerate \
         --schemas {} --protocol {protocol}{use_layer} --out OUT`",
        schemas.display()
    );
    Ok(true)
}

/// Returns the name of the Rust module of a layer.
fn module_name(layer: &str) -> Result<String, String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    if !layer.starts_with(|c: char| c.is_ascii_alphanumeric()) || !layer.chars().all(is_allowed) {
        return Err(format!(
            "{layer:?} cannot be the name of a layer; expected letters, digits, dots, hyphens and underscores"
        ));
    }
    let name = layer.to_lowercase().replace(['.', '-'], "_");
    Ok(if name.starts_with(|c: char| c.is_ascii_digit()) { format!("v{name}") } else { name })
}

/// Returns the text of the layer, and the number of questions in it.
fn layer(
    name: &str,
    schemas: impl std::fmt::Display,
    on: &str,
    problems: &[Problem],
    moved: &[MovedFile],
) -> (String, usize) {
    let is_stale = |problem: &&Problem| {
        problem.message.starts_with("matches nothing") || problem.message.starts_with("there is no type")
    };
    let part = |problem: &Problem| problem.file.trim_start_matches("configuration, ").to_owned();
    let lacks: String = (problems.iter().filter(is_stale))
        .map(|problem| format!("        ({:?}, {:?}),\n", part(problem), problem.construct))
        .collect();
    let modules: String =
        moved.iter().map(|MovedFile { file, module, .. }| format!("        ({file:?}, {module:?}),\n")).collect();
    let is_unlisted = |problem: &&&Problem| problem.message == "the operation is not listed";
    let open: Vec<&Problem> = problems.iter().filter(|problem| !is_stale(problem)).collect();
    let operations: String = (open.iter().filter(is_unlisted))
        .map(|problem| {
            let (operator, operation) = problem.construct.split_once(' ').unwrap_or((&problem.construct, ""));
            format!("        // Question: which class and target? operation({operator:?}, {operation:?}, Class::…),\n")
        })
        .collect();
    let others: String = (open.iter().filter(|problem| !is_unlisted(problem)))
        .map(|problem| format!("// Question: {}\n", problem.to_string().replace('\n', " ")))
        .collect();
    let list = |entries: &str| if entries.is_empty() { "&[]".to_owned() } else { format!("&[\n{entries}    ]") };
    let text = format!(
        "//! The layer {name}.

use super::Layer;

{others}pub(super) static LAYER: Layer = Layer {{
    on: Some(&super::{on}::LAYER),
    lacks: {},
    modules: {},
    prefixes: &[],
    selectors: &[],
    untyped: &[],
    secrets: &[],
    settings: &[],
    ambiguous: &[],
    newtypes: &[],
    renames: &[],
    nested: &[],
    replies_only: &[],
    operations: {},
    conversions: &[],
}};
",
        list(&lacks),
        list(&modules),
        list(&operations)
    );
    println!("{name}: {} entries of `{on}` match nothing in {schemas}", lacks.lines().count());
    (text, open.len())
}

/// Returns `codegen/src/plesk/mod.rs` with the layer; `None` if it has no list of layers.
fn add_to_list(text: &str, name: &str, module: &str) -> Option<String> {
    let modules = text.find("\nuse ")?;
    let (declared, rest) = text.split_at(modules);
    let start = rest.find("const LAYERS:")?;
    let end = start + rest[start..].find("];")?;
    let (before, after) = rest.split_at(end);
    let entry = format!(", ({name:?}, &{module}::LAYER)");
    Some(format!("{}\nmod {module};\n{before}{entry}{after}", declared.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layer_lists_what_is_known_and_asks_the_rest() {
        let stale = Problem::new("configuration, secrets", "hash", "matches nothing in the schemas");
        let unlisted = Problem::new("configuration, operations", "ship sail", "the operation is not listed");
        let other = Problem::new("ship.xsd", "Ship/crew", "the element has no type");
        let moved = MovedFile { file: "ship_types".to_owned(), module: "ship".to_owned(), types: 2 };
        let (text, questions) = layer("1.7", "new", "v1_6_9_1", &[stale, unlisted, other], &[moved]);
        assert_eq!(questions, 2);
        for expected in [
            "on: Some(&super::v1_6_9_1::LAYER)",
            "(\"secrets\", \"hash\"),",
            "(\"ship_types\", \"ship\"),",
            "operation(\"ship\", \"sail\", Class::…)",
            "// Question: ship.xsd: Ship/crew: the element has no type",
        ] {
            assert!(text.contains(expected), "no {expected} in {text}");
        }
    }

    #[test]
    fn layer_is_added_to_the_list() {
        let text = "mod a;\nmod b;\n\nuse x;\nconst LAYERS: &[L] = &[(\"1\", &a::LAYER)];\n";
        let expected = "mod a;\nmod b;\nmod v2_0;\n\nuse x;\nconst LAYERS: &[L] = &[(\"1\", &a::LAYER), (\"2.0\", &v2_0::LAYER)];\n";
        assert_eq!(add_to_list(text, "2.0", "v2_0").as_deref(), Some(expected));
        assert_eq!(module_name("2.0").as_deref(), Ok("v2_0"));
        assert!(module_name("../x").is_err());
    }
}
