//! Finds schema files whose types would move to another module, because a file was split or renamed.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::model::{Model, Origin};
use crate::passes::names::module_of;

/// A new schema file with types that were in another module before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedFile {
    /// The name of the file without `.xsd`, as `modules` of the configuration lists it.
    pub file: String,
    /// The module that most of the types were in.
    pub module: String,
    /// The number of these types.
    pub types: usize,
}

/// Returns the files that only `new` has, and that have types which `old` has in another module. Each model comes with the
/// configuration that it was read with.
pub fn moved_files((old, old_config): (&Model, &Config), (new, new_config): (&Model, &Config)) -> Vec<MovedFile> {
    let old_files: BTreeSet<&str> = named_types(old).map(|origin| origin.file.as_str()).collect();
    let old_modules: BTreeMap<&str, String> =
        named_types(old).map(|origin| (origin.path.as_str(), module_of(&origin.file, old_config))).collect();
    let mut found: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for origin in named_types(new).filter(|origin| !old_files.contains(origin.file.as_str())) {
        let Some(module) = old_modules.get(origin.path.as_str()) else { continue };
        if *module != module_of(&origin.file, new_config) {
            found.entry(&origin.file).or_default().entry(module).or_default().insert(&origin.path);
        }
    }
    let most = |(file, modules): (&str, BTreeMap<&str, BTreeSet<&str>>)| {
        let (module, types) = modules.into_iter().max_by_key(|(_, types)| types.len())?;
        let file = file.trim_end_matches(".xsd").to_owned();
        Some(MovedFile { file, module: module.to_owned(), types: types.len() })
    };
    found.into_iter().filter_map(most).collect()
}

/// Returns the declarations of the named types in schema files.
fn named_types(model: &Model) -> impl Iterator<Item = &Origin> {
    let complex = model.types.iter().map(|ty| &ty.origin);
    let simple = model.simples.iter().map(|simple| &simple.origin);
    complex.chain(simple).filter(|origin| !origin.file.is_empty() && origin.type_name.as_ref() == Some(&origin.path))
}
