//! The effects that a client refuses to send.

use plesk_wire::packet::Effect;

/// The effects that a client forbids.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Forbidden {
    /// This effect is forbidden, and all that are more severe.
    pub(super) from: Option<Effect>,
    /// Whether match-all selectors are forbidden in changes and deletions.
    pub(super) everything: bool,
}

impl Forbidden {
    /// Returns `true` if nothing is forbidden.
    pub(crate) fn is_empty(self) -> bool {
        !self.everything && self.from.is_none()
    }

    /// Returns `true` if `effect` is forbidden.
    pub(crate) fn includes(self, effect: Effect) -> bool {
        let of_everything = matches!(effect, Effect::ChangeEverything | Effect::DeleteEverything);
        self.everything && of_everything || self.from.is_some_and(|from| effect >= from)
    }
}
