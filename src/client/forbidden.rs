//! What a client refuses to send.

use plesk_wire::packet::Effect;

/// The effects that a client forbids.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Forbidden {
    /// The least grave effect that is forbidden with all that are graver.
    pub(super) from: Option<Effect>,
    /// Whether to touch everything in the scope of a selector is forbidden.
    pub(super) everything: bool,
}

impl Forbidden {
    /// Whether anything is forbidden.
    pub(crate) fn any(self) -> bool {
        self.everything || self.from.is_some()
    }

    pub(crate) fn covers(self, effect: Effect) -> bool {
        let of_everything = matches!(effect, Effect::ChangeEverything | Effect::DeleteEverything);
        self.everything && of_everything || self.from.is_some_and(|from| effect >= from)
    }
}
