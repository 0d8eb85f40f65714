//! White space is sent and kept as it is, and collapsed only to check facets.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, strict, violations};
use expected::request::Label;

#[test]
fn white_space_is_kept() {
    let label = Label::new("  a\tb\r\n c ", " ab\n").line("x\ny");
    let xml = "<label><text>  a\tb&#13;\n c </text><code> ab\n</code><line>x\ny</line></label>";
    assert_round_trip("label", &label, xml);
}

/// XML readers see any line end as a line feed; only a reference gives `\r` itself.
#[test]
fn line_ends_are_normalized() {
    let label = strict::<Label>("label", "<label><text>a\r\nb\rc&#13;</text><code/></label>").expect("valid");
    assert_eq!(label.text, "a\nb\nc\r");
}

#[test]
fn facets_apply_to_the_collapsed_value() {
    assert_eq!(violations("label", &Label::new("", "  abc \n")), [""; 0]);
    assert_eq!(violations("label", &Label::new("", "a  b c")).len(), 1);
    let label = strict::<Label>("label", "<label><text/><code/><count> 7 </count></label>").expect("numbers collapse");
    assert_eq!(label.count, Some(7));
}
