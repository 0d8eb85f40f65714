//! Secret keys, which authenticate requests instead of login and password.

use serde::{Deserialize, Serialize};
use std::net::IpAddr;

use super::objects::State;
use crate::random;

/// A secret key of the API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecretKey {
    /// The addresses from which requests may come; none if they may come from anywhere.
    pub addresses: Vec<IpAddr>,
    /// A note about the key.
    pub description: String,
    /// The ID of the account on whose behalf requests are carried out.
    pub account: u64,
}

impl State {
    /// Adds a secret key of an account that is accepted from everywhere. Returns the key.
    pub fn add_secret_key(&mut self, account: u64) -> String {
        let key = random::guid();
        let added = SecretKey { addresses: Vec::new(), description: String::new(), account };
        self.secret_keys.insert(key.clone(), added);
        key
    }
}

impl SecretKey {
    /// Returns `true` if the key may be used from this address.
    pub fn accepts(&self, address: IpAddr) -> bool {
        self.addresses.is_empty() || self.addresses.contains(&address)
    }
}
