//! Checks the credentials of a request.

use std::net::{IpAddr, Ipv4Addr};

use plesk_wire::packet::ErrorCode;

use crate::refusal::Refusal;
use crate::state::{ADMINISTRATOR_ID, IndexKey, State};

/// The credentials that the administrator had at the start.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) secret_key: String,
}

/// Who sends a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The ID of the account.
    pub(crate) account: u64,
    /// The address that the packet comes from.
    pub(crate) address: IpAddr,
}

impl Caller {
    /// The administrator on this machine.
    pub(crate) const ADMINISTRATOR: Self = Self { account: ADMINISTRATOR_ID, address: IpAddr::V4(Ipv4Addr::LOCALHOST) };
}

/// The credentials of a request.
#[derive(Clone, Copy)]
pub(crate) enum Authentication<'a> {
    /// `HTTP_AUTH_LOGIN` and `HTTP_AUTH_PASSWD`.
    Password { login: &'a [u8], password: &'a [u8] },
    /// `KEY`.
    Key(&'a [u8]),
    /// No credentials.
    None,
    /// The administrator sends the request, without the network.
    Administrator,
}

impl Authentication<'_> {
    /// Returns the ID of the account that the credentials belong to: the administrator, a reseller or a
    /// customer. `address` is where the request comes from.
    pub(crate) fn check(self, state: &State, address: IpAddr) -> Result<u64, Refusal> {
        match self {
            Self::Password { login, password } => {
                let account = std::str::from_utf8(login).ok().and_then(|it| state.lookup_account(IndexKey::Name(it)));
                match account.filter(|account| account.password.expose().as_bytes() == password) {
                    Some(account) if account.status == 0 => Ok(account.id),
                    Some(_) => Err(Refusal::new(ErrorCode::ACCOUNT_DISABLED, "The account is disabled")),
                    None => {
                        let text = "You have entered incorrect username or password.";
                        Err(Refusal::new(ErrorCode::AUTHENTICATION_FAILED, text))
                    }
                }
            }
            Self::Key(key) => {
                let key = std::str::from_utf8(key).ok().and_then(|key| state.secret_keys.get(key));
                let refused = || Refusal::new(ErrorCode::KEY_REFUSED, "The secret key is not valid");
                let key = key.ok_or_else(refused)?;
                if !key.accepts(address) {
                    let text = format!("The secret key is not valid for requests from {address}");
                    return Err(Refusal::new(ErrorCode::KEY_REFUSED, text));
                }
                Ok(key.account)
            }
            Self::Administrator => Ok(ADMINISTRATOR_ID),
            Self::None => Err(Refusal::new(
                ErrorCode::NO_AUTHENTICATION,
                "The request has no credentials; send HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD, or KEY",
            )),
        }
    }
}
