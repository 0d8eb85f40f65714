//! What the reader remembers of an element, or group, while it reads the members.

/// What is known of the members of the element, or group, that is being read.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// The required members read so far, a bit each, by their place among the required ones.
    seen: u128,
    /// The same for the places beyond those bits.
    seen_beyond: Vec<usize>,
    /// The place after the required member that was asked for last.
    next: usize,
    /// The optional groups, in the order of the schema: passes go on where the last one ended.
    pub(super) groups: Vec<Scope>,
    /// The place of the next optional group.
    pub(super) next_group: usize,
    /// Whether this pass has read anything.
    pub(super) progress: bool,
    /// The first required member that this pass did not find.
    pub(super) missing: Option<&'static str>,
    /// Where it was looked for.
    pub(super) missed_at: usize,
    /// What might have stood there, if the reader checks.
    pub(super) expected: Vec<&'static str>,
    /// Whether the content is known to be wrong: nothing more is said of it than of its values.
    pub(super) faulty: bool,
    /// Whether the members may stand in any order.
    pub(super) any_order: bool,
    /// Whether text was found where none may stand.
    pub(super) has_text: bool,
    /// What may stand in the element, if unknown elements must be told from the end of a group.
    pub(super) known: &'static [&'static str],
}

impl Scope {
    pub(super) fn of(known: &'static [&'static str]) -> Self {
        Self { known, ..Self::default() }
    }

    pub(super) fn begin_pass(&mut self) {
        self.next = 0;
        self.next_group = 0;
        self.progress = false;
        self.missing = None;
    }

    /// Goes on to the next required member; says whether it was read before.
    #[inline]
    pub(super) fn next_is_read(&mut self) -> bool {
        let place = self.next;
        self.next += 1;
        if place < 128 { self.seen & (1 << place) != 0 } else { self.seen_beyond.contains(&place) }
    }

    /// Notes that the required member that was asked for last is read.
    #[inline]
    pub(super) fn read(&mut self) {
        let place = self.next - 1;
        if place < 128 {
            self.seen |= 1 << place;
        } else {
            self.seen_beyond.push(place);
        }
    }
}
