//! Making a packet small on whose validity we and libxml2 differ.

use plesk_wire::xml::Violations;

use crate::document::Document;
use crate::reference::{self, Verdict};
use crate::run::{Case, Fault};
use crate::verdict;

/// Whether a difference is meant, by the case and our verdict.
type Meant<'a> = &'a dyn Fn(&Case, &Result<Vec<u8>, Violations>) -> bool;

/// The case with a packet from which nothing can be taken without the difference going away, and both verdicts.
pub(crate) fn shrunk(mut case: Case, is_meant: Meant<'_>) -> Fault {
    let accepted = verdict::check(case.direction, case.document.to_xml().as_bytes()).is_ok();
    while let Some(smaller) = step(&case, accepted, is_meant) {
        case.document = smaller;
    }
    let packet = case.document.to_xml();
    let ours = verdict::check(case.direction, packet.as_bytes())
        .map_or_else(|violations| violations.to_string(), |_| "valid".to_owned());
    let verdict = reference::verdicts(case.direction, &[packet]).and_then(|mut verdicts| verdicts.pop());
    let theirs = match verdict {
        Some(Verdict { valid: true, .. }) => "valid".to_owned(),
        Some(Verdict { messages, .. }) => messages.join("\n"),
        None => String::new(),
    };
    let what = if accepted { "only we accept" } else { "only libxml2 accepts" }.to_owned();
    Fault { case, what, ours, theirs }
}

/// The smallest document that lacks one thing of the case's and shows the same difference.
fn step(case: &Case, accepted: bool, is_meant: Meant<'_>) -> Option<Document> {
    let ours = |document: &Document| verdict::check(case.direction, document.to_xml().as_bytes());
    let smaller = case.document.smaller();
    let mut candidates: Vec<Document> =
        smaller.into_iter().filter(|document| ours(document).is_ok() == accepted).collect();
    candidates.sort_by_key(|document| document.to_xml().len());
    let packets: Vec<String> = candidates.iter().map(Document::to_xml).collect();
    let verdicts = reference::verdicts(case.direction, &packets)?;
    let differing = candidates.into_iter().zip(verdicts).filter(|(_, theirs)| theirs.valid != accepted);
    differing.map(|(document, _)| document).find(|document| {
        let candidate = Case { document: document.clone(), ..case.clone() };
        !is_meant(&candidate, &ours(document))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Direction;
    use crate::coverage::Reached;
    use crate::protocol::Protocol;
    use crate::specimen::{Generator, Style};

    #[test]
    fn nothing_is_left_but_what_makes_the_difference() {
        if reference::version().is_none() {
            return;
        }
        let protocol = Protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
        let mut generator = Generator::new(&protocol, Direction::Request, Style::Maximal);
        let add = protocol.model.operations.iter().find(|it| it.operator == "customer" && it.path == ["add"]);
        let root = generator.packet(add.map(|add| add.request), &mut Reached::default());
        let document =
            Document { prolog: "<!DOCTYPE packet>\n<!-- a -->".to_owned(), root, epilog: "<!-- b -->".to_owned() };
        let case = Case { number: 0, direction: Direction::Request, document, mutations: Vec::new() };
        let fault = shrunk(case, &|_, _| false);
        assert_eq!(fault.what, "only libxml2 accepts");
        assert_eq!(fault.case.document.prolog, "<!DOCTYPE packet>\n<!-- a -->");
        assert_eq!(
            fault.case.document.root.to_xml(),
            "<packet><customer><add><gen_info><pname/><login/><passwd/></gen_info></add></customer></packet>"
        );
        assert_eq!(fault.case.document.epilog, "");
        assert_eq!(fault.theirs, "valid");
        assert!(fault.ours.contains("document type declaration"), "{}", fault.ours);
    }
}
