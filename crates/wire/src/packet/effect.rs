//! The effect of an operation on the server, and whether it may be repeated.

use std::any::Any;

/// The effect of an operation on a server. The effect of a packet is the most severe one of its
/// operations.
///
/// The scope of a selector is the set of objects that an empty selector chooses, for example all
/// customers that the caller can see. The selector's `Everything` documents it. Availability is not part
/// of an effect: a reboot is a change.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::Effect;
///
/// // Ordered by severity.
/// assert!(Effect::Read < Effect::Change && Effect::Delete < Effect::DeleteEverything);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Creates an object.
    Create,
    /// Changes the selected objects.
    Change,
    /// Changes everything in the scope of the selector.
    ChangeEverything,
    /// Deletes the selected objects.
    Delete,
    /// Deletes everything in the scope of the selector, or something that a server has only once, such
    /// as its mail queue. Also the effect of anything whose effect cannot be known.
    DeleteEverything,
}

impl Effect {
    /// Returns the effect as the note of an operation; see [`Content`](crate::xml::Content).
    #[doc(hidden)]
    pub fn as_note(self) -> &'static dyn Any {
        match self {
            Self::Read => &Self::Read,
            Self::Create => &Self::Create,
            Self::Change => &Self::Change,
            Self::ChangeEverything => &Self::ChangeEverything,
            Self::Delete => &Self::Delete,
            Self::DeleteEverything => &Self::DeleteEverything,
        }
    }

    /// Returns the greatest of `effects`, for constants.
    #[doc(hidden)]
    pub const fn greatest(effects: &[Self]) -> Self {
        let (mut greatest, mut at) = (Self::Read, 0);
        while at < effects.len() {
            if effects[at] as u8 > greatest as u8 {
                greatest = effects[at];
            }
            at += 1;
        }
        greatest
    }
}

/// The idempotency of an operation: can it be sent again after its answer was lost? The server may or
/// may not have carried it out. The idempotency of a packet is the strictest one of its operations.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::Idempotency;
///
/// let packet = [Idempotency::Idempotent, Idempotency::NotIdempotent].into_iter().max();
/// assert_eq!(packet, Some(Idempotency::NotIdempotent));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Idempotency {
    /// The operation is idempotent: it reads, or sets the same values again.
    Idempotent,
    /// The operation is idempotent, but the object that it deletes may be gone already. Error 1013 then
    /// means success.
    IdempotentDelete,
    /// Sending the operation again may create a second object, or delete one that was created in the
    /// meantime.
    NotIdempotent,
}

impl Idempotency {
    /// Returns the greatest of `values`, for constants.
    #[doc(hidden)]
    pub const fn greatest(values: &[Self]) -> Self {
        let (mut greatest, mut at) = (Self::Idempotent, 0);
        while at < values.len() {
            if values[at] as u8 > greatest as u8 {
                greatest = values[at];
            }
            at += 1;
        }
        greatest
    }
}
