//! What an operation does to the server.

/// What an operation does to the server; the greatest of a packet's is the packet's.
///
/// The scope of a selector is what an empty one stands for, for example all customers that the caller
/// can see; the selector's `Everything` says which it is. Availability is not part of an effect: a
/// reboot is a change.
///
/// ```
/// use plesk_wire::packet::Effect;
///
/// // From the least grave to the gravest.
/// assert!(Effect::Read < Effect::Change && Effect::Delete < Effect::DeleteEverything);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// Nothing is changed.
    Read,
    /// Something new comes to be.
    Create,
    /// Chosen objects are changed.
    Change,
    /// Everything in the scope of the selector is changed.
    ChangeEverything,
    /// Chosen objects are deleted.
    Delete,
    /// Everything in the scope of the selector is deleted, or something that a server has but once,
    /// such as its mail queue; or what is done cannot be known.
    DeleteEverything,
}

/// Whether an operation may be sent again when its answer was lost, so that the server may or may
/// not have carried it out; the greatest of a packet's is the packet's.
///
/// ```
/// use plesk_wire::packet::Idempotency;
///
/// let packet = [Idempotency::Idempotent, Idempotency::NotIdempotent].into_iter().max();
/// assert_eq!(packet, Some(Idempotency::NotIdempotent));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Idempotency {
    /// Sending it again does no harm: it reads, or sets what it names to the same again.
    Idempotent,
    /// Sending it again does no harm, but what it deletes may be gone already: error 1013 then
    /// means success.
    IdempotentDelete,
    /// Sending it again may create a second object, or delete one that was created since.
    NotIdempotent,
}
