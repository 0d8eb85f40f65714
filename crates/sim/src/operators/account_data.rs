//! The general data of accounts: checking, changing and reading it, alike for customers and
//! resellers.

use plesk_protocol::{customer, reseller};
use plesk_wire::packet::{ErrorCode, Secret};

use super::filter::Scope;
use super::make;
use crate::random;
use crate::refusal::Refusal;
use crate::state::{Account, State};

/// The shortest password that is accepted.
const PASSWORD_LENGTH: usize = 5;

/// What a packet says of an account; what it leaves out stays as it is.
pub(super) struct Changes {
    login: Option<String>,
    passwd: Option<Secret>,
    pname: Option<String>,
    cname: Option<String>,
    status: Option<i64>,
    phone: Option<String>,
    fax: Option<String>,
    email: Option<String>,
    address: Option<String>,
    city: Option<String>,
    state: Option<String>,
    pcode: Option<String>,
    country: Option<String>,
    locale: Option<String>,
    description: Option<String>,
    external_id: Option<String>,
    /// Whether it is to get a new GUID.
    guid: bool,
}

macro_rules! changes {
    ($($info:ty, guid: $guid:expr;)*) => {$(
        impl From<$info> for Changes {
            fn from(info: $info) -> Self {
                let guid: fn(&$info) -> bool = $guid;
                let guid = guid(&info);
                Self {
                    login: info.login.into(),
                    passwd: info.passwd.into(),
                    pname: info.pname.into(),
                    cname: info.cname,
                    status: info.status,
                    phone: info.phone,
                    fax: info.fax,
                    email: info.email,
                    address: info.address,
                    city: info.city,
                    state: info.state,
                    pcode: info.pcode,
                    country: info.country,
                    locale: info.locale,
                    description: info.description,
                    external_id: info.external_id,
                    guid,
                }
            }
        }
    )*};
}

changes! {
    customer::AddGenInfo, guid: |_| false;
    customer::SetGenInfo, guid: |info| info.guid;
    reseller::AddGenInfo, guid: |_| false;
    reseller::SetGenInfo, guid: |info| info.guid;
}

/// An account with this data, its ID and owner still to be given. What is wrong with a login that
/// is taken depends on the operator.
pub(super) fn new_account(state: &State, changes: Changes, taken: ErrorCode) -> Result<Account, Refusal> {
    let mut account = Account::new(0, "");
    check(state, &account, &changes, taken)?;
    apply(&mut account, changes);
    Ok(account)
}

/// Changes an account as `changes` and then `more` say, or nothing of it if either is refused.
pub(super) fn change(
    accounts: &Scope<Account>,
    state: &mut State,
    id: u64,
    changes: Option<Changes>,
    more: impl FnOnce(&mut Account) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let old = accounts.get(state, id)?.login.clone();
    let new = accounts.edit(state, id, |state, account| {
        if let Some(changes) = changes {
            check(state, account, &changes, ErrorCode::ALREADY_EXISTS)?;
            apply(account, changes);
        }
        more(account)?;
        Ok(account.login.clone())
    })?;
    for session in state.sessions.iter_mut().filter(|session| session.login == old) {
        session.login.clone_from(&new);
    }
    Ok(())
}

fn check(state: &State, account: &Account, changes: &Changes, taken: ErrorCode) -> Result<(), Refusal> {
    if let Some(login) = &changes.login {
        if login.trim().is_empty() {
            return Err(Refusal::invalid("The login is empty"));
        }
        if state.accounts().any(|other| other.login == *login && other.id != account.id) {
            return Err(Refusal::new(taken, format!("The login '{login}' exists already")));
        }
    }
    if changes.pname.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Refusal::invalid("The contact name is empty"));
    }
    if changes.passwd.as_ref().is_some_and(|password| password.expose().chars().count() < PASSWORD_LENGTH) {
        return Err(Refusal::invalid(&format!("The password has fewer than {PASSWORD_LENGTH} characters")));
    }
    match changes.status {
        None | Some(0 | 16) => Ok(()),
        Some(_) => Err(Refusal::invalid("The status can only be set to 0 or 16")),
    }
}

fn apply(account: &mut Account, changes: Changes) {
    macro_rules! put {
        ($($field:ident => $into:ident,)*) => {$(
            if let Some(value) = changes.$field {
                account.$into = value.into();
            }
        )*};
    }
    put! {
        login => login, passwd => password, pname => pname, cname => cname, status => status, phone => phone,
        fax => fax, email => email, address => address, city => city, state => state, pcode => pcode,
        country => country, locale => locale, description => description, external_id => external_id,
    }
    if changes.guid {
        account.guid = random::guid();
    }
}

/// Copies what both operators return of an account.
macro_rules! general {
    ($info:ident from $account:ident) => {
        $info.cr_date = $account.cr_date.clone();
        $info.cname.clone_from(&$account.cname);
        $info.pname.clone_from(&$account.pname);
        $info.login.clone_from(&$account.login);
        $info.status = $account.status;
        $info.phone.clone_from(&$account.phone);
        $info.fax.clone_from(&$account.fax);
        $info.email.clone_from(&$account.email);
        $info.address.clone_from(&$account.address);
        $info.city.clone_from(&$account.city);
        $info.state.clone_from(&$account.state);
        $info.pcode.clone_from(&$account.pcode);
        $info.country.clone_from(&$account.country);
        $info.locale.clone_from(&$account.locale);
        $info.password = Some($account.password.clone());
        $info.password_type = Some("plain".to_owned());
        $info.guid = Some($account.guid.clone());
        $info.external_id.clone_from(&$account.external_id);
        $info.description = Some($account.description.clone());
    };
}

pub(super) fn customer(state: &State, account: &Account) -> customer::GetGenInfo {
    let owner = state.providers().find(|provider| provider.id == account.owner);
    make(|info: &mut customer::GetGenInfo| {
        general!(info from account);
        info.owner_id = i64::try_from(account.owner).ok();
        info.owner_login = owner.map(|owner| owner.login.clone());
        info.vendor_guid = owner.map(|owner| owner.guid.clone());
    })
}

pub(super) fn reseller(account: &Account) -> reseller::GetGenInfo {
    make(|info: &mut reseller::GetGenInfo| {
        general!(info from account);
        info.power_user = Some(account.reseller.power_user);
    })
}
