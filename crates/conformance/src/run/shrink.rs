//! Shrinks a packet on which our verdict and that of libxml2 differ.

use super::case::{Case, Failure};
use crate::libxml2::{self, Verdict};
use crate::packet::Document;
use crate::under_test::{Checked, check_and_write_back};

/// Returns `true` if the difference between the verdicts on a case is expected, given our verdict.
type IsExpected<'a> = &'a dyn Fn(&Case, &Checked) -> bool;

/// Removes parts from the packet while the verdicts differ unexpectedly. Returns the rest with both verdicts.
pub(super) fn shrink(mut case: Case, is_expected: IsExpected<'_>) -> Failure {
    let accepted = check_and_write_back(case.direction, case.document.to_xml().as_bytes()).is_ok();
    while let Some(smaller) = reduce(&case, accepted, is_expected) {
        case.document = smaller;
    }
    let packet = case.document.to_xml();
    let ours = check_and_write_back(case.direction, packet.as_bytes())
        .map_or_else(|violations| violations.to_string(), |_| "valid".to_owned());
    let verdict = libxml2::verdicts(case.direction, &[packet]).and_then(|mut verdicts| verdicts.pop());
    let theirs = match verdict {
        Some(Verdict { valid: true, .. }) => "valid".to_owned(),
        Some(Verdict { messages, .. }) => messages.join("\n"),
        None => String::new(),
    };
    let reason = if accepted { "only we accept the packet" } else { "only libxml2 accepts the packet" }.to_owned();
    Failure { case, reason, ours, theirs }
}

/// Returns the smallest document that is one step smaller than that of the case and shows the same difference.
fn reduce(case: &Case, accepted: bool, is_expected: IsExpected<'_>) -> Option<Document> {
    let check = |document: &Document| check_and_write_back(case.direction, document.to_xml().as_bytes());
    let reductions = case.document.reductions();
    let mut candidates: Vec<Document> =
        reductions.into_iter().filter(|document| check(document).is_ok() == accepted).collect();
    candidates.sort_by_key(|document| document.to_xml().len());
    let packets: Vec<String> = candidates.iter().map(Document::to_xml).collect();
    let verdicts = libxml2::verdicts(case.direction, &packets)?;
    let differing = candidates.into_iter().zip(verdicts).filter(|(_, theirs)| theirs.valid != accepted);
    differing.map(|(document, _)| document).find(|document| {
        let candidate = Case { document: document.clone(), ..case.clone() };
        !is_expected(&candidate, &check(document))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Direction;
    use crate::coverage::GoalCounts;
    use crate::protocol;
    use crate::samples::{Generator, Strategy};

    #[test]
    fn shrink_keeps_only_what_makes_the_difference() {
        if libxml2::version().is_none() {
            return;
        }
        let protocol = protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
        let mut generator = Generator::new(&protocol, Direction::Request, Strategy::Maximal);
        let add = protocol.model.operations.iter().find(|it| it.operator == "customer" && it.path == ["add"]);
        let root = generator.packet(add.map(|add| add.request), &mut GoalCounts::default());
        let document =
            Document { prolog: "<!DOCTYPE packet>\n<!-- a -->".to_owned(), root, epilog: "<!-- b -->".to_owned() };
        let case = Case { number: 0, direction: Direction::Request, document, mutations: Vec::new() };
        let failure = shrink(case, &|_, _| false);
        assert_eq!(failure.reason, "only libxml2 accepts the packet");
        assert_eq!(failure.case.document.prolog, "<!DOCTYPE packet>\n<!-- a -->");
        assert_eq!(
            failure.case.document.root.to_xml(),
            "<packet><customer><add><gen_info><pname/><login/><passwd/></gen_info></add></customer></packet>"
        );
        assert_eq!(failure.case.document.epilog, "");
        assert_eq!(failure.theirs, "valid");
        assert!(failure.ours.contains("document type declaration"), "{}", failure.ours);
    }
}
