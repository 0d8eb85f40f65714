//! The reference: what libxml2, with which the server validates, says about a packet.

use std::collections::HashSet;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, io, process};

/// The direction of a packet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Direction {
    Request,
    Answer,
}

impl Direction {
    fn schema(self) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(plesk::PROTOCOL);
        folder.join(match self {
            Self::Request => "agent_input.xsd",
            Self::Answer => "agent_output.xsd",
        })
    }
}

/// Whether libxml2 finds each of `packets` valid; `None` if xmllint is not installed.
pub(crate) fn libxml2_verdicts(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<Vec<bool>> {
    let output = libxml2_output(direction, packets)?;
    let valid: HashSet<_> = output.lines().filter_map(|line| line.strip_suffix(" validates")).collect();
    Some((0..packets.len()).map(|at| valid.contains(&*format!("{at}.xml"))).collect())
}

/// What libxml2 says of each of `packets`: line and words.
pub(crate) fn libxml2_words(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<Vec<Vec<(u32, String)>>> {
    let output = libxml2_output(direction, packets)?;
    let mut words = vec![Vec::new(); packets.len()];
    for line in output.lines() {
        let Some((place, said)) = line.split_once("Schemas validity error : ") else { continue };
        let mut place = place.split(':');
        let at: usize = place.next().and_then(|name| name.strip_suffix(".xml")?.parse().ok()).expect("a file");
        let line = place.next().and_then(|line| line.parse().ok()).expect("a line");
        words[at].push((line, said.to_owned()));
    }
    Some(words)
}

/// What xmllint prints for `packets`, the files `0.xml`, `1.xml` and so on.
fn libxml2_output(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<String> {
    let folder = Folder::new();
    let mut names = Vec::new();
    for packet in packets {
        names.push(format!("{}.xml", names.len()));
        fs::write(folder.0.join(names.last().unwrap()), packet).unwrap();
    }
    let run = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(direction.schema())
        .args(&names)
        .current_dir(&folder.0)
        .stdout(Stdio::null())
        .output();
    let output = match run {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            skipped();
            return None;
        }
        run => String::from_utf8_lossy(&run.unwrap().stderr).into_owned(),
    };
    assert!(!output.contains("failed to compile"), "{output}");
    Some(output)
}

/// Checks that libxml2 finds `packet` valid, or invalid, if it can be asked.
#[track_caller]
pub(crate) fn assert_libxml2(direction: Direction, packet: &str, valid: bool) {
    if let Some(verdicts) = libxml2_verdicts(direction, &[packet]) {
        assert_eq!(verdicts, [valid], "libxml2 on the {direction:?} {packet}");
    }
}

/// Says once, past the capture of the test harness, that the reference is missing.
fn skipped() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = writeln!(io::stderr(), "SKIPPED: xmllint is not installed, so no packet was held against libxml2");
    });
}

/// A folder that goes when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("plesk-protocol-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
