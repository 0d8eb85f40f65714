//! Small schemas that a generator easily gets wrong: those of `codegen/tests/corpus`, and random ones.
//!
//! All that are accepted are emitted as modules of one crate, which must compile without a warning. Its program reads
//! documents of each. Our verdicts must be those of libxml2.

mod documents;
mod random_schemas;

use std::fs;
use std::path::{Path, PathBuf};

use plesk_codegen::config::Config;
use plesk_codegen::{Schemas, read};
use plesk_conformance::emitted::{Module, OurVerdict, verdicts};
use plesk_conformance::libxml2;
use tempfile::TempDir;

/// The number of random schemas.
const RANDOM: usize = 300;

/// Documents of the corpus on which libxml2 disagrees with XML Schema, which the names of the documents follow.
///
/// It compares the text of an element with a fixed value as it is written.
const LIBXML2_DIFFERS: &[(&str, &str)] = &[("fixed_boolean", "valid0"), ("fixed_elem", "valid1")];

/// Documents of the corpus on which we disagree on purpose: `xsi:type` could only change how a document is read, and
/// wildcards take elements of any namespace.
const WE_DIFFER: &[(&str, &str)] = &[("any_local", "invalid1"), ("xsi_nil_false", "valid0")];

/// A message of libxml2 about a rule that it takes too literally.
const FIXED_AS_WRITTEN: &str = "does not match the fixed value constraint";

/// A document, and where it comes from.
struct Document {
    name: String,
    root: String,
    text: String,
    /// The verdict that it deserves, if that is known.
    is_valid: Option<bool>,
}

/// Schemas with documents.
struct Sample {
    name: String,
    directory: PathBuf,
    roots: Vec<String>,
    documents: Vec<Document>,
}

fn config() -> Config {
    Config {
        title: "Corpus",
        runtime: "plesk_wire",
        roots: ("request", "response"),
        noise: &["Type"],
        ..Config::default()
    }
}

fn schemas(directory: &Path) -> Schemas<'_> {
    Schemas { directory, protocol: "1", request: "request.xsd", response: "request.xsd" }
}

/// Returns the names of the root elements, or the reason why the schemas cannot be emitted.
fn roots(directory: &Path) -> Result<Vec<String>, String> {
    let out = TempDir::new().expect("a directory");
    plesk_codegen::generate(&schemas(directory), &config(), out.path(), true).map_err(|error| error.to_string())?;
    let model = read(&schemas(directory), &config()).map_err(|error| error.to_string())?.model;
    Ok(model.roots.into_iter().map(|root| root.name).collect())
}

/// Returns the accepted schemas of the corpus.
fn corpus() -> Vec<Sample> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codegen/tests/corpus");
    let mut entries: Vec<PathBuf> =
        fs::read_dir(directory).expect("the corpus").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for directory in entries {
        // Which schemas are refused, and why, is tested where the corpus is.
        let Ok(roots) = roots(&directory) else { continue };
        let name = directory.file_name().expect("a name").to_string_lossy().into_owned();
        let mut documents = Vec::new();
        for entry in fs::read_dir(&directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "xml") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a document");
            let root = text[1..].split([' ', '>', '/']).next().unwrap_or_default().to_owned();
            let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let is_valid = Some(stem.starts_with("valid"));
            documents.push(Document { name: stem, root, text, is_valid });
        }
        found.push(Sample { name, directory, roots, documents });
    }
    found
}

/// Returns random schemas that are accepted, in directories in `folder`.
fn random(folder: &Path) -> Vec<Sample> {
    let mut rng = fastrand::Rng::with_seed(7);
    let mut found = Vec::new();
    let mut refused = 0;
    while found.len() < RANDOM {
        let name = format!("random_{}", found.len());
        let directory = folder.join(&name);
        fs::create_dir_all(&directory).expect("a directory");
        let file = directory.join("request.xsd");
        fs::write(&file, random_schemas::schema(&mut rng)).expect("a schema");
        // The automaton of libxml2 takes some nested repetitions for ambiguous.
        if libxml2::compiles(&file) == Some(false) {
            continue;
        }
        match roots(&directory) {
            Ok(roots) => {
                let documents = documents::of(&schemas(&directory), config(), &mut rng);
                found.push(Sample { name, directory, roots, documents });
            }
            Err(_) => refused += 1,
        }
    }
    // Otherwise the rest would not be a random choice any more.
    assert!(refused < RANDOM, "{refused} random schemas were refused");
    found
}

#[test]
fn accepted_schemas_compile_and_have_the_verdicts_of_libxml2() {
    // They stay there, so that a failure can be looked at.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random_schemas");
    let samples: Vec<Sample> = corpus().into_iter().chain(random(&folder)).collect();
    let modules: Vec<Module<'_>> = samples
        .iter()
        .map(|sample| Module {
            name: &sample.name,
            schemas: schemas(&sample.directory),
            roots: &sample.roots,
            documents: sample.documents.iter().map(|it| (it.root.as_str(), it.text.as_str())).collect(),
        })
        .collect();
    let ours = verdicts("corpus", &modules, &config()).unwrap_or_else(|error| panic!("{error}"));

    let mut wrong = Vec::new();
    let mut counts = [0, 0];
    for (sample, ours) in samples.iter().zip(&ours) {
        let texts: Vec<&str> = sample.documents.iter().map(|document| document.text.as_str()).collect();
        let theirs = libxml2::verdicts_with_schema(&sample.directory.join("request.xsd"), &texts);
        let written: Vec<&str> = ours.iter().map(|ours| ours.written.as_deref().unwrap_or("<none/>")).collect();
        let written_back = libxml2::verdicts_with_schema(&sample.directory.join("request.xsd"), &written);
        for (at, (document, OurVerdict { is_valid, message, written })) in sample.documents.iter().zip(ours).enumerate()
        {
            let is_listed = |list: &[(&str, &str)]| list.contains(&(sample.name.as_str(), document.name.as_str()));
            let theirs = theirs.as_ref().map(|verdicts| &verdicts[at]);
            let again = written_back.as_ref().map(|verdicts| &verdicts[at]);
            let expected = if is_listed(LIBXML2_DIFFERS) { None } else { theirs.map(|verdict| verdict.valid) };
            let expected = document.is_valid.or(expected);
            let only_fixed = theirs.is_some_and(|verdict| {
                !verdict.messages.is_empty()
                    && verdict.messages.iter().all(|message| message.contains(FIXED_AS_WRITTEN))
            });
            let on_purpose = is_listed(WE_DIFFER) || (only_fixed && *is_valid);
            let mut report = |what: &str| {
                let theirs = theirs.map(|verdict| verdict.messages.join("; "));
                wrong.push(format!(
                    "{} {}: {what}\n  {}\n  ours: {message}\n  libxml2: {theirs:?}\n  written: {written:?}\n  {again:?}",
                    sample.name, document.name, document.text
                ));
            };
            counts[usize::from(*is_valid)] += 1;
            if expected.is_some_and(|expected| expected != *is_valid) && !on_purpose {
                report("another verdict");
            }
            let agrees = theirs.is_none_or(|verdict| document.is_valid.is_none_or(|valid| valid == verdict.valid));
            if !agrees && !is_listed(LIBXML2_DIFFERS) {
                report("the name is wrong");
            }
            let is_compared = *is_valid && !on_purpose && !is_listed(LIBXML2_DIFFERS);
            if is_compared && again.is_some_and(|verdict| !verdict.valid) {
                report("what is written back is not valid");
            }
            if message.starts_with("bug") {
                report("our readers disagree");
            }
        }
    }
    let first = &wrong[..wrong.len().min(20)];
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), first.join("\n"));
    assert!(counts.iter().all(|count| *count > RANDOM), "too few documents: {counts:?}");
}
