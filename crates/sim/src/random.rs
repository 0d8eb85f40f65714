//! Random values, so that no test can rely on a fixed one.

use std::hash::{BuildHasher, RandomState};

use crate::environment;

/// Returns a random number: the next one of the moment that this thread has entered.
pub(crate) fn number() -> u64 {
    environment::random().unwrap_or_else(from_system)
}

/// Returns a random number that no seed determines.
///
/// The standard library seeds every `RandomState` from the system. That is random enough for a server
/// that runs on loopback during a test.
pub(crate) fn from_system() -> u64 {
    RandomState::new().hash_one(())
}

/// Returns 32 random hexadecimal digits.
pub(crate) fn token() -> String {
    format!("{:016x}{:016x}", number(), number())
}

/// Returns a random GUID, formatted as a UUID of version 4.
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
    fn guid_is_a_new_uuid_each_time() {
        let guid = guid();
        let lengths: Vec<usize> = guid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{guid}");
        assert_eq!(&guid[14..15], "4", "{guid}");
        assert!("89ab".contains(&guid[19..20]), "{guid}");
        assert_ne!(guid, super::guid());
    }

    #[test]
    fn token_differs_each_time() {
        assert_eq!(token().len(), 32);
        assert_ne!(token(), token());
    }
}
