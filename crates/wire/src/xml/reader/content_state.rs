//! The state of one element's content, or of one group, while its members are read.

use super::dyn_content::Ask;

/// The members read so far, and the first one that is missing.
#[derive(Debug, Default)]
pub(super) struct ContentState {
    /// The required members read so far: one bit each, by their place among the required members.
    seen: u64,
    /// The place after the required member that was asked for last.
    next: usize,
    /// The place of the next optional group.
    next_group: usize,
    /// `true` if this pass has read a member.
    pub(super) progress: bool,
    /// `true` if a misplaced element was reported: only values are checked from then on.
    pub(super) reported: bool,
    /// `true` if the members may appear in any order.
    pub(super) any_order: bool,
    /// `true` if text among the elements was reported.
    pub(super) has_text: bool,
    /// `true` while a group is read, which an unknown element must not end.
    pub(super) skip_unknown: bool,
    /// The first required member that this pass did not find.
    pub(super) missing: Option<&'static str>,
    /// The position where that member was expected.
    pub(super) missing_at: usize,
    /// The function that asks for every member of the innermost element.
    pub(super) ask: Option<Ask>,
    /// What few contents need. A state is created for each element, so it is small.
    rare: Option<Box<Rare>>,
}

/// What few contents need.
#[derive(Debug, Default)]
struct Rare {
    /// The places of the required members beyond the bits of `seen`.
    seen_beyond: Vec<usize>,
    /// The optional groups, in schema order. Each pass continues where the last one ended.
    groups: Vec<ContentState>,
    /// The elements expected where the missing member is, if the reader checks.
    expected: Vec<&'static str>,
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
        match place {
            0..64 => self.seen & (1 << place) != 0,
            _ => self.rare.as_ref().is_some_and(|rare| rare.seen_beyond.contains(&place)),
        }
    }

    /// Marks the required member that was asked for last as read.
    #[inline]
    pub(super) fn mark_read(&mut self) {
        let place = self.next - 1;
        match place {
            0..64 => self.seen |= 1 << place,
            _ => self.rare().seen_beyond.push(place),
        }
    }

    /// Goes on to the next optional group. Returns its place and its state, as the last pass left it.
    pub(super) fn take_next_group(&mut self) -> (usize, Self) {
        let place = self.next_group;
        self.next_group += 1;
        let group = self.rare.as_mut().and_then(|rare| rare.groups.get_mut(place)).map(std::mem::take);
        (place, group.unwrap_or_else(|| self.group()))
    }

    /// Keeps the state of the optional group at `place` for the next pass.
    pub(super) fn keep_group(&mut self, place: usize, group: Self) {
        let groups = &mut self.rare().groups;
        match groups.get_mut(place) {
            Some(kept) => *kept = group,
            None => groups.push(group),
        }
    }

    /// Keeps the elements that are expected where the missing member is.
    pub(super) fn keep_expected(&mut self, expected: &[&'static str]) {
        self.rare().expected = expected.to_vec();
    }

    /// Takes the elements that are expected where the missing member is.
    pub(super) fn take_expected(&mut self) -> Vec<&'static str> {
        self.rare.as_mut().map(|rare| std::mem::take(&mut rare.expected)).unwrap_or_default()
    }

    /// Takes over the missing member of an inner group, unless a member is missing already.
    pub(super) fn inherit_missing(&mut self, inner: &Self) {
        if self.missing.is_none() {
            self.missing = inner.missing;
            self.missing_at = inner.missing_at;
            if let Some(rare) = &inner.rare {
                self.keep_expected(&rare.expected);
            }
        }
    }

    fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }
}
