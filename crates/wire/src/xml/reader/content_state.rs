//! The state of one element's content, or of one group, while its members are read.

use super::dyn_content::Ask;

/// The members read so far, and the first one that is missing.
#[derive(Debug, Default)]
pub(super) struct ContentState {
    /// The required members read so far: one bit each, by their place among the required members.
    seen: u128,
    /// The places beyond those bits.
    seen_beyond: Vec<usize>,
    /// The place after the required member that was asked for last.
    next: usize,
    /// The optional groups, in schema order. Each pass continues where the last one ended.
    pub(super) groups: Vec<ContentState>,
    /// The place of the next optional group.
    pub(super) next_group: usize,
    /// `true` if this pass has read a member.
    pub(super) progress: bool,
    /// The first required member that this pass did not find.
    pub(super) missing: Option<&'static str>,
    /// The position where that member was expected.
    pub(super) missing_at: usize,
    /// The elements expected at that position, if the reader checks.
    pub(super) expected: Vec<&'static str>,
    /// `true` if a misplaced element was reported: only values are checked from then on.
    pub(super) reported: bool,
    /// `true` if the members may appear in any order.
    pub(super) any_order: bool,
    /// `true` if text among the elements was reported.
    pub(super) has_text: bool,
    /// The function that asks for every member of the innermost element.
    pub(super) ask: Option<Ask>,
    /// `true` while a group is read, which an unknown element must not end.
    pub(super) skip_unknown: bool,
}

impl ContentState {
    /// Creates the state of the content whose members `ask` asks for.
    pub(super) fn new(ask: Ask) -> Self {
        Self { ask: Some(ask), ..Self::default() }
    }

    /// Creates the state of a group in this content.
    pub(super) fn group(&self) -> Self {
        Self { ask: self.ask, skip_unknown: true, ..Self::default() }
    }

    pub(super) fn begin_pass(&mut self) {
        self.next = 0;
        self.next_group = 0;
        self.progress = false;
        self.missing = None;
    }

    /// Goes on to the next required member. Returns `true` if it was read before.
    #[inline]
    pub(super) fn next_was_read(&mut self) -> bool {
        let place = self.next;
        self.next += 1;
        if place < 128 { self.seen & (1 << place) != 0 } else { self.seen_beyond.contains(&place) }
    }

    /// Marks the required member that was asked for last as read.
    #[inline]
    pub(super) fn mark_read(&mut self) {
        let place = self.next - 1;
        if place < 128 {
            self.seen |= 1 << place;
        } else {
            self.seen_beyond.push(place);
        }
    }

    /// Takes over the missing member of an inner group, unless a member is missing already.
    pub(super) fn inherit_missing(&mut self, inner: &Self) {
        if self.missing.is_none() {
            self.missing = inner.missing;
            self.missing_at = inner.missing_at;
            self.expected.clone_from(&inner.expected);
        }
    }
}
