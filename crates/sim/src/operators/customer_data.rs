//! The data of a customer account: reading, checking and changing it.

use plesk_protocol::customer::{AddGenInfo, Data, Dataset, GetGenInfo, SetGenInfo, Stat};
use plesk_wire::packet::Secret;

use super::make;
use crate::refusal::Refusal;
use crate::state::{Account, State};

/// The shortest password that is accepted.
const PASSWORD_LENGTH: usize = 5;

/// Puts each field that was sent into the account.
macro_rules! take {
    ($from:ident to $account:ident: $($field:ident)*) => {$(
        if let Some(value) = &$from.$field {
            $account.$field.clone_from(value);
        }
    )*};
}

/// An account with the data of `add`, its ID and owner still to be given.
pub(super) fn new_account(info: AddGenInfo) -> Result<Account, Refusal> {
    check_name(&info.pname)?;
    check_password(&info.passwd)?;
    check_status(info.status)?;
    let mut account = Account::new(0, &info.login);
    account.pname = info.pname;
    account.password = info.passwd;
    account.external_id = info.external_id;
    take!(info to account: cname status phone fax email address city state pcode country locale description);
    Ok(account)
}

/// Changes what `set` says, or nothing if any of it is refused.
pub(super) fn change(state: &mut State, id: u64, changes: &SetGenInfo) -> Result<(), Refusal> {
    if let Some(login) = &changes.login {
        check_login(state, login, Some(id))?;
    }
    changes.pname.as_deref().map_or(Ok(()), check_name)?;
    changes.passwd.as_ref().map_or(Ok(()), check_password)?;
    check_status(changes.status)?;

    let Some(account) = state.customers.get_mut(&id) else { return Ok(()) };
    if let Some(login) = &changes.login {
        let old = std::mem::replace(&mut account.login, login.clone());
        for session in state.sessions.iter_mut().filter(|session| session.login == old) {
            session.login.clone_from(login);
        }
    }
    if let Some(password) = &changes.passwd {
        account.password = password.clone();
    }
    if let Some(external_id) = &changes.external_id {
        account.external_id = Some(external_id.clone());
    }
    take!(changes to account: pname cname status phone fax email address city state pcode country locale description);
    Ok(())
}

/// Whether the account `id`, or a new one, may have the login.
pub(super) fn check_login(state: &State, login: &str, id: Option<u64>) -> Result<(), Refusal> {
    if login.trim().is_empty() {
        return Err(Refusal::invalid("The login is empty"));
    }
    if state.accounts().any(|account| account.login == login && Some(account.id) != id) {
        return Err(Refusal::taken(&format!("The login '{login}'")));
    }
    Ok(())
}

fn check_name(name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() { Err(Refusal::invalid("The contact name is empty")) } else { Ok(()) }
}

fn check_password(password: &Secret) -> Result<(), Refusal> {
    if password.expose().chars().count() < PASSWORD_LENGTH {
        return Err(Refusal::invalid(&format!("The password has fewer than {PASSWORD_LENGTH} characters")));
    }
    Ok(())
}

fn check_status(status: Option<i64>) -> Result<(), Refusal> {
    match status {
        None | Some(0 | 16) => Ok(()),
        Some(_) => Err(Refusal::invalid("The status can only be set to 0 or 16")),
    }
}

/// What `get` returns of an account.
pub(super) fn read(state: &State, id: u64, dataset: &Dataset) -> Result<Data, Refusal> {
    let account = state.customers.get(&id).ok_or_else(|| Refusal::not_found("Customer"))?;
    Ok(make(|data: &mut Data| {
        data.gen_info = dataset.gen_info.as_ref().map(|_| general(state, account));
        data.stat = dataset.stat.as_ref().map(|_| statistics(state, account));
    }))
}

fn general(state: &State, account: &Account) -> GetGenInfo {
    let owner = state.providers().find(|provider| provider.id == account.owner);
    make(|info: &mut GetGenInfo| {
        info.cr_date = account.cr_date.clone();
        info.cname.clone_from(&account.cname);
        info.pname.clone_from(&account.pname);
        info.login.clone_from(&account.login);
        info.status = account.status;
        info.phone.clone_from(&account.phone);
        info.fax.clone_from(&account.fax);
        info.email.clone_from(&account.email);
        info.address.clone_from(&account.address);
        info.city.clone_from(&account.city);
        info.state.clone_from(&account.state);
        info.pcode.clone_from(&account.pcode);
        info.country.clone_from(&account.country);
        info.locale.clone_from(&account.locale);
        info.password = Some(account.password.clone());
        info.password_type = Some("plain".to_owned());
        info.guid = Some(account.guid.clone());
        info.owner_id = i64::try_from(account.owner).ok();
        info.owner_login = owner.map(|owner| owner.login.clone());
        info.vendor_guid = owner.map(|owner| owner.guid.clone());
        info.external_id.clone_from(&account.external_id);
        info.description = Some(account.description.clone());
    })
}

/// The statistics of an account: subscriptions are counted, nothing else is there to be counted.
fn statistics(state: &State, account: &Account) -> Stat {
    let subscriptions = state.subscriptions.values().filter(|subscription| subscription.owner == account.id);
    make(|stat: &mut Stat| stat.active_domains = u32::try_from(subscriptions.count()).unwrap_or(u32::MAX))
}
