//! Runs the samples through libxml2 and the generated crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use plesk_codegen::{Schemas, plesk};

use super::build;
use super::report::Report;
use crate::coverage::{all_goals, describe};
use crate::packet::canonicalize;
use crate::protocol::{ENTRY_POINTS, Protocol, entry_point};
use crate::samples::{Sample, samples};
use crate::{Direction, libxml2};

/// Generates samples from the schemas in `directory`, and runs them through libxml2 and through the crate that is
/// generated from the same schemas with this layer of the configuration. Also returns how long the build of that crate took, which is in `target/`.
///
/// # Errors
/// If the schemas are refused, or the crate that is generated from them does not compile.
pub fn run(directory: &Path, protocol: &str, layer: Option<&str>) -> Result<(Vec<Report>, Duration), String> {
    let [request, response] = ENTRY_POINTS;
    let schemas = Schemas { directory, protocol, request, response };
    let config = match layer {
        Some(name) => plesk::config_with_layer(name).ok_or_else(|| format!("there is no layer {name}"))?,
        None => plesk::config(protocol),
    };
    let model = Protocol::read(&schemas, config.clone()).map_err(|problems| problems.to_string())?;
    let build_directory =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/conformance").join(layer.unwrap_or(protocol));
    let packets = build_directory.join("packets");
    let _ = fs::remove_dir_all(&packets);
    let suites: Vec<_> = Direction::BOTH.map(|direction| (direction, samples(&model, direction))).into();
    for (direction, (samples, _)) in &suites {
        let folder = subdirectory(&packets, *direction);
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for (number, sample) in samples.iter().enumerate() {
            let path = folder.join(format!("{number}.xml"));
            fs::write(&path, sample.packet.to_xml()).map_err(|e| format!("{}: {e}", path.display()))?;
        }
    }
    let start = Instant::now();
    build::write_back(&schemas, &config, &build_directory, &packets)?;
    let elapsed = start.elapsed();
    let reports = suites.iter().map(|(direction, (samples, counts))| {
        let mut report = compare(directory, *direction, samples, &subdirectory(&packets, *direction));
        let goals = all_goals(&model, *direction);
        report.goals = goals.len();
        report.missed = counts.missed(&goals).iter().map(|(_, goal)| describe(&model, *goal)).collect();
        report.failures.extend(operations_without_sample(&model, samples));
        report
    });
    Ok((reports.collect(), elapsed))
}

fn subdirectory(packets: &Path, direction: Direction) -> PathBuf {
    // The names that `program.rs` expects.
    packets.join(match direction {
        Direction::Request => "request",
        Direction::Response => "response",
    })
}

/// Compares the samples of one direction with what the program wrote back into `folder`, and validates both.
fn compare(schemas: &Path, direction: Direction, samples: &[Sample], folder: &Path) -> Report {
    let mut failures = Vec::new();
    let mut written = Vec::new();
    for (number, sample) in samples.iter().enumerate() {
        let xml = sample.packet.to_xml();
        match fs::read_to_string(folder.join(format!("{number}.written"))) {
            Ok(text) if canonicalize(&text) == canonicalize(&xml) => written.push((sample, text)),
            Ok(text) => failures.push(format!("{}: written back differently\n{xml}\n{text}", sample.name)),
            Err(_) => {
                let message = fs::read_to_string(folder.join(format!("{number}.error")));
                let message = message.unwrap_or_else(|e| format!("nothing was written: {e}"));
                failures.push(format!("{}: {message}\n{xml}", sample.name));
            }
        }
    }
    let schema = schemas.join(entry_point(direction));
    let packets: Vec<_> = samples.iter().map(|sample| (sample, sample.packet.to_xml())).collect();
    let mut count_valid = |packets: &[(&Sample, String)], form: &str| {
        let texts: Vec<&String> = packets.iter().map(|(_, text)| text).collect();
        let verdicts = libxml2::verdicts_with_schema(&schema, &texts)?;
        for ((sample, text), verdict) in packets.iter().zip(&verdicts).filter(|(_, verdict)| !verdict.valid) {
            failures.push(format!("{}{form}: libxml2: {}\n{text}", sample.name, verdict.messages.join("\n")));
        }
        Some(verdicts.iter().filter(|verdict| verdict.valid).count())
    };
    Report {
        direction,
        operations: operations(samples).len(),
        samples: samples.len(),
        valid: count_valid(&packets, ""),
        written_back: written.len(),
        valid_as_written_back: count_valid(&written, ", written back"),
        goals: 0,
        missed: Vec::new(),
        failures,
    }
}

/// Returns the names of the operations that have samples.
fn operations(samples: &[Sample]) -> BTreeSet<&str> {
    let names = samples.iter().filter_map(|sample| sample.name.split_once(", "));
    names.map(|(name, _)| name).filter(|name| *name != "packet").collect()
}

/// Returns a failure for each operation without a sample.
fn operations_without_sample(protocol: &Protocol, samples: &[Sample]) -> Vec<String> {
    let found = operations(samples);
    let names = protocol.model.operations.iter().map(|it| format!("{} {}", it.operator, it.path.join("/")));
    names.filter(|name| !found.contains(name.as_str())).map(|name| format!("{name}: no sample")).collect()
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::packet::Element;
    use crate::protocol::schema_directory;

    #[test]
    fn compare_reports_packets_that_are_changed_refused_or_invalid() {
        let folder = TempDir::new().unwrap();
        let sample = |name: &str, root: &str| Sample {
            name: format!("{name}, minimal 1"),
            direction: Direction::Request,
            packet: Element::new(root),
        };
        let samples = [sample("ip get", "a"), sample("ip add", "b"), sample("ip del", "c")];
        fs::write(folder.path().join("0.written"), "<a/>").unwrap();
        fs::write(folder.path().join("1.written"), "<a/>").unwrap();
        fs::write(folder.path().join("2.error"), "check: invalid").unwrap();
        let report = compare(&schema_directory(), Direction::Request, &samples, folder.path());
        assert_eq!((report.operations, report.samples, report.written_back), (3, 3, 1));
        let count = |text: &str| report.failures.iter().filter(|failure| failure.contains(text)).count();
        assert_eq!((count("ip add, minimal 1: written back differently"), count("check: invalid")), (1, 1));
        if libxml2::version().is_some() {
            assert_eq!((report.valid, report.valid_as_written_back), (Some(0), Some(0)));
            assert_eq!(count("libxml2: "), 4, "{:#?}", report.failures);
        }
    }
}
