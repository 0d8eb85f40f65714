//! Reads verdicts from the output of xmllint.

use std::collections::HashMap;

/// The verdict of libxml2 on a packet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the packet is valid.
    pub valid: bool,
    /// What is wrong with the packet, one message each; empty if it is valid.
    pub messages: Vec<String>,
}

/// Reads the verdict on each of `files`, which are called `0.xml`, `1.xml` and so on.
///
/// A message continues on further lines if it quotes a value that has line breaks.
pub(super) fn parse_verdicts(output: &str, files: &[String]) -> Vec<Verdict> {
    let mut found: HashMap<&str, Verdict> = HashMap::new();
    let mut current = None;
    for line in output.lines() {
        if let Some(number) = line.strip_suffix(".xml validates").filter(|number| is_number(number)) {
            found.insert(number, Verdict { valid: true, messages: Vec::new() });
        } else if line.ends_with(".xml fails to validate") {
            current = None;
        } else if let Some((number, message)) = line.split_once(".xml:").filter(|(number, _)| is_number(number)) {
            found.entry(number).or_default().messages.push(message.to_owned());
            current = Some(number).filter(|_| message.contains("validity error"));
        } else if let Some(message) = current.and_then(|number| found.get_mut(number)?.messages.last_mut()) {
            message.push('\n');
            message.push_str(line);
        }
    }
    files.iter().map(|file| found.remove(file.trim_end_matches(".xml")).unwrap_or_default()).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
