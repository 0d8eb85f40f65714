//! Validates, changes and reads the general data of accounts, which customers and resellers have
//! alike.

use plesk_protocol::{customer, reseller};
use plesk_wire::packet::{ErrorCode, Secret};

use super::scope::Scope;
use crate::random;
use crate::refusal::Refusal;
use crate::state::{Account, IndexKey, State};

/// The shortest password that is accepted, in characters.
const MIN_PASSWORD_LENGTH: usize = 5;

/// The values that a request sets. A field that is `None` stays as it is.
pub(crate) struct AccountUpdate {
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
    /// `true` if the account gets a new GUID.
    new_guid: bool,
}

macro_rules! impl_from {
    ($($info:ty, new_guid: $new_guid:expr;)*) => {$(
        impl From<$info> for AccountUpdate {
            fn from(info: $info) -> Self {
                let new_guid: fn(&$info) -> bool = $new_guid;
                let new_guid = new_guid(&info);
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
                    new_guid,
                }
            }
        }
    )*};
}

impl_from! {
    customer::AddGenInfo, new_guid: |_| false;
    customer::SetGenInfo, new_guid: |info| info.guid;
    reseller::AddGenInfo, new_guid: |_| false;
    reseller::SetGenInfo, new_guid: |info| info.guid;
}

/// Returns a new account with these values. The caller sets its ID and owner.
///
/// `duplicate_login` is the error code for a login that is taken, because it depends on the operator.
pub(crate) fn new_account(
    state: &State,
    update: AccountUpdate,
    duplicate_login: ErrorCode,
) -> Result<Account, Refusal> {
    let mut account = Account::new(0, "");
    validate(state, &account, &update, duplicate_login)?;
    apply(&mut account, update);
    Ok(account)
}

/// Changes an account with `update` and then `more`. If either is refused, the account stays as it
/// was.
pub(crate) fn change_account(
    accounts: &Scope<Account>,
    state: &mut State,
    id: u64,
    update: Option<AccountUpdate>,
    more: impl FnOnce(&mut Account) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let old_login = accounts.get(state, id)?.login.clone();
    let new_login = accounts.edit(state, id, |state, account| {
        if let Some(update) = update {
            validate(state, account, &update, ErrorCode::ALREADY_EXISTS)?;
            apply(account, update);
        }
        more(account)?;
        Ok(account.login.clone())
    })?;
    if new_login != old_login {
        for session in state.sessions.lookup_ids(IndexKey::Name(&old_login)) {
            if let Some(session) = state.sessions.get_mut(&session) {
                session.login.clone_from(&new_login);
            }
        }
    }
    Ok(())
}

fn validate(
    state: &State,
    account: &Account,
    update: &AccountUpdate,
    duplicate_login: ErrorCode,
) -> Result<(), Refusal> {
    if let Some(login) = &update.login {
        if login.trim().is_empty() {
            return Err(Refusal::invalid_value("The login is empty"));
        }
        if state.lookup_accounts(IndexKey::Name(login)).iter().any(|other| other.id != account.id) {
            return Err(Refusal::new(duplicate_login, format!("The login '{login}' already exists")));
        }
    }
    if update.pname.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Refusal::invalid_value("The contact name is empty"));
    }
    if update.passwd.as_ref().is_some_and(|password| password.expose().chars().count() < MIN_PASSWORD_LENGTH) {
        return Err(Refusal::invalid_value(&format!("The password has fewer than {MIN_PASSWORD_LENGTH} characters")));
    }
    match update.status {
        None | Some(0 | 16) => Ok(()),
        Some(_) => Err(Refusal::invalid_value("The status can only be set to 0 or 16")),
    }
}

fn apply(account: &mut Account, update: AccountUpdate) {
    macro_rules! apply_fields {
        ($($from:ident => $into:ident,)*) => {$(
            if let Some(value) = update.$from {
                account.$into = value.into();
            }
        )*};
    }
    apply_fields! {
        login => login, passwd => password, pname => pname, cname => cname, status => status, phone => phone,
        fax => fax, email => email, address => address, city => city, state => state, pcode => pcode,
        country => country, locale => locale, description => description, external_id => external_id,
    }
    if update.new_guid {
        account.guid = random::guid();
    }
}

/// Copies the general data that customers and resellers both return.
macro_rules! copy_general_info {
    ($account:ident => $info:ident) => {
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
pub(crate) use copy_general_info;
