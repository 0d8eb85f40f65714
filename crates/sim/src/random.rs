//! Values that differ from run to run, so that no test can rely on one.

use std::hash::{BuildHasher, RandomState};

/// A number that cannot be foretold. The standard library seeds every `RandomState` from the
/// system; for a server that lives on loopback while a test runs that is random enough.
pub(crate) fn number() -> u64 {
    RandomState::new().hash_one(())
}

/// 32 hexadecimal digits.
pub(crate) fn token() -> String {
    format!("{:016x}{:016x}", number(), number())
}

/// A GUID, in the form of a random UUID (version 4).
pub(crate) fn guid() -> String {
    let (high, low) = (number(), number());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_has_the_form_of_a_uuid_and_is_new_each_time() {
        let guid = guid();
        let lengths: Vec<usize> = guid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{guid}");
        assert_eq!(&guid[14..15], "4", "{guid}");
        assert!("89ab".contains(&guid[19..20]), "{guid}");
        assert_ne!(guid, super::guid());
    }

    #[test]
    fn tokens_differ() {
        assert_eq!(token().len(), 32);
        assert_ne!(token(), token());
    }
}
