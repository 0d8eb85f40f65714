//! Schemas that are not this project's: the specimens of every operation are valid for libxml2 with these schemas, and the
//! crate that is generated from them reads each, finds it valid and writes it back.

mod build;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use plesk_codegen::{Schemas, plesk};

use crate::coverage::{describe, points};
use crate::protocol::{ENTRIES, Protocol, entry};
use crate::specimen::{Specimen, suite};
use crate::{Direction, canonical::canonical, reference};

/// What came of the specimens of one direction.
#[derive(Clone, Debug)]
pub struct Report {
    /// Who sends them.
    pub direction: Direction,
    /// How many operations have specimens.
    pub operations: usize,
    /// How many specimens there are.
    pub specimens: usize,
    /// How many of them libxml2 finds valid; `None` if it is not installed.
    pub valid: Option<usize>,
    /// How many the generated crate reads, finds valid and writes back as they were.
    pub written_back: usize,
    /// How many of those written back libxml2 finds valid; `None` if it is not installed.
    pub valid_again: Option<usize>,
    /// How much of the model there is to reach.
    pub points: usize,
    /// What was not reached of it, in words.
    pub missed: Vec<String>,
    /// What is wrong, in words.
    pub troubles: Vec<String>,
}

/// Makes the specimens of the schemas in `directory`, and holds them against libxml2 and against the crate that is
/// generated from these schemas, which is built in a folder of `target/`. Returns how long that build took, too.
///
/// # Errors
/// If the schemas are refused, or what is generated from them does not compile.
pub fn run(directory: &Path, protocol: &str) -> Result<(Vec<Report>, Duration), String> {
    let [request, response] = ENTRIES;
    let schemas = Schemas { directory, protocol, request, response };
    let config = plesk::config(protocol);
    let model = Protocol::of(&schemas, config.clone()).map_err(|problems| problems.to_string())?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/conformance").join(protocol);
    let packets = folder.join("packets");
    let _ = fs::remove_dir_all(&packets);
    let suites: Vec<_> = Direction::BOTH.map(|direction| (direction, suite(&model, direction))).into();
    for (direction, (specimens, _)) in &suites {
        let folder = folder_of(&packets, *direction);
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for (at, specimen) in specimens.iter().enumerate() {
            let path = folder.join(format!("{at}.xml"));
            fs::write(&path, specimen.packet.to_xml()).map_err(|e| format!("{}: {e}", path.display()))?;
        }
    }
    let start = Instant::now();
    build::write_back(&schemas, &config, &folder, &packets)?;
    let elapsed = start.elapsed();
    let reports = suites.iter().map(|(direction, (specimens, reached))| {
        let mut report = held(directory, *direction, specimens, &folder_of(&packets, *direction));
        let all = points(&model, *direction);
        report.points = all.len();
        report.missed = reached.missed(&all).iter().map(|(_, point)| describe(&model, *point)).collect();
        report.troubles.extend(without_specimen(&model, specimens));
        report
    });
    Ok((reports.collect(), elapsed))
}

fn folder_of(packets: &Path, direction: Direction) -> PathBuf {
    packets.join(match direction {
        Direction::Request => "request",
        Direction::Answer => "answer",
    })
}

/// Holds the specimens of one direction, which the program has written back in `folder`.
fn held(schemas: &Path, direction: Direction, specimens: &[Specimen], folder: &Path) -> Report {
    let mut troubles = Vec::new();
    let mut written = Vec::new();
    for (at, specimen) in specimens.iter().enumerate() {
        let xml = specimen.packet.to_xml();
        match fs::read_to_string(folder.join(format!("{at}.written"))) {
            Ok(text) if canonical(&text) == canonical(&xml) => written.push((specimen, text)),
            Ok(text) => troubles.push(format!("{}: written back otherwise\n{xml}\n{text}", specimen.name)),
            Err(_) => {
                let problem = fs::read_to_string(folder.join(format!("{at}.problem")));
                let problem = problem.unwrap_or_else(|e| format!("nothing was written: {e}"));
                troubles.push(format!("{}: {problem}\n{xml}", specimen.name));
            }
        }
    }
    let entry = schemas.join(entry(direction));
    let packets: Vec<_> = specimens.iter().map(|specimen| (specimen, specimen.packet.to_xml())).collect();
    let mut valid = |packets: &[(&Specimen, String)], which: &str| {
        let texts: Vec<&String> = packets.iter().map(|(_, text)| text).collect();
        let verdicts = reference::verdicts_of(&entry, &texts)?;
        for ((specimen, text), verdict) in packets.iter().zip(&verdicts).filter(|(_, verdict)| !verdict.valid) {
            troubles.push(format!("{}{which}: libxml2: {}\n{text}", specimen.name, verdict.messages.join("\n")));
        }
        Some(verdicts.iter().filter(|verdict| verdict.valid).count())
    };
    Report {
        direction,
        operations: operations(specimens).len(),
        specimens: specimens.len(),
        valid: valid(&packets, ""),
        written_back: written.len(),
        valid_again: valid(&written, ", written back"),
        points: 0,
        missed: Vec::new(),
        troubles,
    }
}

/// The operations that specimens are of.
fn operations(specimens: &[Specimen]) -> BTreeSet<&str> {
    let names = specimens.iter().filter_map(|specimen| specimen.name.split_once(", "));
    names.map(|(name, _)| name).filter(|name| *name != "packet").collect()
}

/// The operations that no specimen is of.
fn without_specimen(protocol: &Protocol, specimens: &[Specimen]) -> Vec<String> {
    let found = operations(specimens);
    let names = protocol.model.operations.iter().map(|it| format!("{} {}", it.operator, it.path.join("/")));
    names.filter(|name| !found.contains(name.as_str())).map(|name| format!("{name}: no specimen")).collect()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::protocol::schemas;
    use crate::tree::Element;

    /// What the program wrote counts only if it is the packet, and valid.
    #[test]
    fn what_is_not_written_back_as_it_was_is_told() {
        let folder = TempDir::new().unwrap();
        let specimen = |name: &str, root: &str| Specimen {
            name: format!("{name}, minimal 1"),
            direction: Direction::Request,
            packet: Element::new(root),
        };
        let specimens = [specimen("ip get", "a"), specimen("ip add", "b"), specimen("ip del", "c")];
        fs::write(folder.path().join("0.written"), "<a/>").unwrap();
        fs::write(folder.path().join("1.written"), "<a/>").unwrap();
        fs::write(folder.path().join("2.problem"), "check: too bad").unwrap();
        let report = held(&schemas(), Direction::Request, &specimens, folder.path());
        assert_eq!((report.operations, report.specimens, report.written_back), (3, 3, 1));
        let told = |words: &str| report.troubles.iter().filter(|trouble| trouble.contains(words)).count();
        assert_eq!((told("ip add, minimal 1: written back otherwise"), told("check: too bad")), (1, 1));
        if reference::version().is_some() {
            assert_eq!((report.valid, report.valid_again), (Some(0), Some(0)));
            assert_eq!(told("libxml2: "), 4, "{:#?}", report.troubles);
        }
    }
}
