//! White space is sent and kept as it is, and collapsed only to check facets.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{same, strict, violations};
use expected::request::Label;

#[test]
fn values_are_kept_as_they_are() {
    let label = Label::new("  a\tb\r\n c ", " ab\n").line("x\ny");
    let xml = "<label><text>  a\tb&#13;\n c </text><code> ab\n</code><line>x\ny</line></label>";
    same("label", &label, xml);
}

/// A line end in the file is a line feed to every XML reader; only as a reference is `\r` itself.
#[test]
fn line_ends_are_those_of_xml() {
    let label = strict::<Label>("label", "<label><text>a\r\nb\rc&#13;</text><code/></label>").expect("valid");
    assert_eq!(label.text, "a\nb\nc\r");
}

#[test]
fn facets_see_the_collapsed_value() {
    assert_eq!(violations("label", &Label::new("", "  abc \n")), [""; 0]);
    assert_eq!(violations("label", &Label::new("", "a  b c")).len(), 1);
    let label = strict::<Label>("label", "<label><text/><code/><count> 7 </count></label>").expect("numbers collapse");
    assert_eq!(label.count, Some(7));
}
