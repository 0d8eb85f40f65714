//! Creates, reads, changes and removes mail accounts.

use plesk_protocol::mail::{
    Accounts, AutoresponderInfo, ContentType, CreateFilter, CreateResult, CreateResultMailname, Filter, GetInfo,
    GetInfoResult, MailnameInfo, MailnameInfoForwarding, MailnameInfoMailbox, MailnameUpdate, MailnameUpdateAccess,
    MailnameUpdateAdd, NewMailname, Rename, UpdateAddFilter, UpdateSetFilter,
};
use plesk_wire::packet::{EachReply, Outcome, Secret};

use crate::refusal::Refusal;
use crate::shared::build::{build, merge};
use crate::shared::domains::find_domain;
use crate::shared::limits::require_within_limit;
use crate::shared::reply::each_reply;
use crate::state::{IndexKey, MailAccount, State};

/// The shortest password that is accepted, in characters.
const MIN_PASSWORD_LENGTH: usize = 5;

/// Whether a list is extended or shortened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    Add,
    Remove,
}

/// Merges the automatic reply of a request, whose types have the same fields.
macro_rules! merge_autoresponder {
    ($into:expr, $from:expr) => {{
        let (into, from): (&mut AutoresponderInfo, _) = ($into, $from);
        let content_type = from.content_type.map(|value| ContentType::from(value.as_str()));
        into.content_type = content_type.or(into.content_type.take());
        merge!(into, from; enabled subject charset text forward end_date);
    }};
}

/// Creates the accounts of a request on one site.
pub(super) fn create(state: &mut State, filter: CreateFilter) -> EachReply<Option<CreateResult>> {
    let site = filter.site_id.get();
    let results = filter.mailname.into_iter().map(|new| {
        let name = new.name.clone();
        let created = create_one(state, site, new);
        let body = |id: Option<u64>| {
            Some(build(|result: &mut CreateResult| {
                result.mailname = build(|mailname: &mut CreateResultMailname| {
                    mailname.id = id.map(Into::into);
                    mailname.name = name;
                });
            }))
        };
        match created {
            Ok(id) => Outcome::ok(body(Some(id))),
            Err(refusal) => refusal.into_outcome(body(None)),
        }
    });
    results.collect()
}

fn create_one(state: &mut State, site: u64, new: NewMailname) -> Result<u64, Refusal> {
    find_domain(state, site)?;
    let mut account = MailAccount::new(0, site, &check_name(state, site, 0, &new.name)?);
    for alias in &new.alias {
        account.aliases.push(check_name(state, site, 0, alias)?);
    }
    if let Some(password) = new.password {
        account.password = check_password(password.value)?;
    }
    if let Some(mailbox) = new.mailbox {
        (account.mailbox, account.quota) = (mailbox.enabled, mailbox.quota.unwrap_or(account.quota));
    }
    if let Some(forwarding) = new.forwarding {
        (account.forwarding, account.forwarding_addresses) = (forwarding.enabled, forwarding.address);
    }
    if let Some(autoresponder) = new.autoresponder {
        account.autoresponder.attachment.clone_from(&autoresponder.attachment);
        merge_autoresponder!(&mut account.autoresponder, autoresponder);
    }
    account.cp_access = new.cp_access.unwrap_or_default();
    account.antivirus = new.antivir;
    account.outgoing_limit = new.outgoing_messages_mbox_limit;
    account.description = new.description;

    if account.mailbox {
        let subscription = state.domain(site).map_or(site, |domain| domain.subscription());
        let used = || {
            let sites = state.sites.lookup_ids(IndexKey::Subscription(subscription)).into_iter().chain([subscription]);
            sites.map(|site| state.mail_accounts_of(site).filter(|account| account.mailbox).count()).sum()
        };
        require_within_limit(state, subscription, "max_box", used)?;
    }
    let id = state.next_id();
    state.mail_accounts.insert(id, MailAccount { id, ..account });
    Ok(id)
}

/// Returns a name in lower case, if no other account of the site has it.
fn check_name(state: &State, site: u64, own: u64, name: &str) -> Result<String, Refusal> {
    let name = name.trim().to_ascii_lowercase();
    let valid = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte);
    if name.is_empty() || !name.bytes().all(valid) {
        return Err(Refusal::invalid_value(&format!("'{name}' is not a valid mail name")));
    }
    if state.mail_accounts.lookup_ids(IndexKey::NameIn(site, &name)).iter().any(|id| *id != own) {
        return Err(Refusal::already_exists(&format!("The mail name '{name}'")));
    }
    Ok(name)
}

fn check_password(password: Secret) -> Result<Secret, Refusal> {
    if password.expose().chars().count() < MIN_PASSWORD_LENGTH {
        let text = format!("The password has fewer than {MIN_PASSWORD_LENGTH} characters");
        return Err(Refusal::invalid_value(&text));
    }
    Ok(password)
}

/// Returns the ID of the account with this name. An alias is not a name.
fn find(state: &State, site: u64, name: &str) -> Result<u64, Refusal> {
    find_domain(state, site)?;
    let own = name.trim().to_ascii_lowercase();
    let accounts = state.mail_accounts.lookup(IndexKey::NameIn(site, &own));
    let account = accounts.into_iter().find(|account| account.name == own);
    account.map(|account| account.id).ok_or_else(|| Refusal::not_found(&format!("The mail name '{name}'")))
}

/// Changes one account. If `change` fails, the account stays as it was.
fn change_one(
    state: &mut State,
    id: u64,
    change: impl FnOnce(&State, &mut MailAccount) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut account = state.mail_accounts.get(&id).ok_or_else(|| Refusal::not_found("The mail name"))?.clone();
    change(state, &mut account)?;
    state.mail_accounts.insert(id, account);
    Ok(())
}

/// The outcome for each account, with its name.
type Outcomes = Vec<(String, Result<(), Refusal>)>;

/// Adds forwarding addresses, aliases and attachments to accounts, or removes them.
pub(super) fn edit_lists(state: &mut State, filter: UpdateAddFilter, edit: Edit) -> Outcomes {
    let site = filter.site_id.get();
    let outcomes = filter.mailname.into_iter().map(|update| {
        let name = update.name.clone();
        let outcome = find(state, site, &name)
            .and_then(|id| change_one(state, id, |state, account| edit_one(state, account, update, edit)));
        (name, outcome)
    });
    outcomes.collect()
}

fn edit_one(state: &State, account: &mut MailAccount, update: MailnameUpdateAdd, edit: Edit) -> Result<(), Refusal> {
    account.cp_access = update.cp_access.unwrap_or(account.cp_access);
    if let Some(forwarding) = update.forwarding {
        account.forwarding = forwarding.enabled.unwrap_or(account.forwarding);
        edit_list(&mut account.forwarding_addresses, forwarding.address, edit);
    }
    let aliases = match edit {
        Edit::Add => {
            let check = |alias: &String| check_name(state, account.site, account.id, alias);
            update.alias.iter().map(check).collect::<Result<_, _>>()?
        }
        Edit::Remove => update.alias,
    };
    edit_list(&mut account.aliases, aliases, edit);
    if let Some(autoresponder) = update.autoresponder {
        edit_list(&mut account.autoresponder.attachment, autoresponder.attachment.clone(), edit);
        merge_autoresponder!(&mut account.autoresponder, autoresponder);
    }
    Ok(())
}

/// Adds the items that the list lacks, or removes items from it.
fn edit_list<T: PartialEq>(list: &mut Vec<T>, items: Vec<T>, edit: Edit) {
    for item in items {
        match edit {
            Edit::Remove => list.retain(|other| *other != item),
            Edit::Add if !list.contains(&item) => list.push(item),
            Edit::Add => {}
        }
    }
}

/// Replaces settings of accounts. Settings that were not sent stay; a list that was sent replaces the whole
/// list.
pub(super) fn set(state: &mut State, filter: UpdateSetFilter) -> Outcomes {
    let site = filter.site_id.get();
    let outcomes = filter.mailname.into_iter().map(|update| {
        let name = update.name.clone();
        let id = match update.id {
            None => find(state, site, &name),
            Some(id) => {
                let own = state.mail_accounts.get(&id.get()).is_some_and(|account| account.site == site);
                let missing = || Refusal::not_found(&format!("The mail name with ID {id}"));
                find_domain(state, site).and_then(|_| own.then(|| id.get()).ok_or_else(missing))
            }
        };
        (name, id.and_then(|id| change_one(state, id, |state, account| set_one(state, account, update))))
    });
    outcomes.collect()
}

fn set_one(state: &State, account: &mut MailAccount, update: MailnameUpdate) -> Result<(), Refusal> {
    // The name differs from that of the account only if the request identifies it by its ID.
    account.name = check_name(state, account.site, account.id, &update.name)?;
    account.cp_access = update.cp_access.unwrap_or(account.cp_access);
    if let Some(mailbox) = update.mailbox {
        account.mailbox = mailbox.enabled.unwrap_or(account.mailbox);
        account.quota = mailbox.quota.unwrap_or(account.quota);
    }
    if let Some(forwarding) = update.forwarding {
        account.forwarding = forwarding.enabled.unwrap_or(account.forwarding);
        if !forwarding.address.is_empty() {
            account.forwarding_addresses = forwarding.address;
        }
    }
    if !update.alias.is_empty() {
        let check = |alias: &String| check_name(state, account.site, account.id, alias);
        account.aliases = update.alias.iter().map(check).collect::<Result<_, _>>()?;
    }
    if let Some(autoresponder) = update.autoresponder {
        if !autoresponder.attachment.is_empty() {
            account.autoresponder.attachment.clone_from(&autoresponder.attachment);
        }
        merge_autoresponder!(&mut account.autoresponder, autoresponder);
    }
    if let Some(MailnameUpdateAccess::Password(password)) = update.access
        && let Some(value) = password.value
    {
        account.password = check_password(value)?;
    }
    account.antivirus = update.antivir.or(account.antivirus.take());
    account.outgoing_limit = update.outgoing_messages_mbox_limit.or(account.outgoing_limit.take());
    account.description = update.description.or(account.description.take());
    Ok(())
}

/// Reads accounts of a site. A site without accounts is an `ok` without one.
pub(super) fn get_info(state: &State, get: &GetInfo) -> EachReply<GetInfoResult> {
    let site = get.filter.site_id.get();
    let ids = match &get.filter.accounts {
        Accounts::Name(names) => names.iter().map(|name| find(state, site, name)).collect(),
        _ => match find_domain(state, site) {
            Ok(_) => state.mail_accounts_of(site).map(|account| Ok(account.id)).collect(),
            Err(refusal) => vec![Err(refusal)],
        },
    };
    each_reply(ids.into_iter().map(|id| {
        let info = read(&state.mail_accounts[&id?], get);
        Ok(build(|result: &mut GetInfoResult| result.mailname = Some(info)))
    }))
}

/// Returns the parts of an account that the request names, next to its ID and name.
fn read(account: &MailAccount, get: &GetInfo) -> MailnameInfo {
    build(|info: &mut MailnameInfo| {
        info.id = Some(account.id.into());
        info.name.clone_from(&account.name);
        info.mailbox = (get.mailbox || get.mailbox_usage).then(|| {
            build(|mailbox: &mut MailnameInfoMailbox| {
                if get.mailbox {
                    (mailbox.enabled, mailbox.quota) = (Some(account.mailbox), Some(account.quota));
                }
                // No mail ever arrives.
                mailbox.usage = get.mailbox_usage.then_some(0);
            })
        });
        info.forwarding = get.forwarding.then(|| {
            build(|forwarding: &mut MailnameInfoForwarding| {
                forwarding.enabled = Some(account.forwarding);
                forwarding.address.clone_from(&account.forwarding_addresses);
            })
        });
        if get.aliases {
            info.alias.clone_from(&account.aliases);
        }
        info.autoresponder = get.autoresponder.then(|| account.autoresponder.clone());
        info.antivir.clone_from(&account.antivirus);
        info.outgoing_messages_mbox_limit.clone_from(&account.outgoing_limit);
        info.description.clone_from(&account.description);
    })
}

/// Removes accounts of a site: those that are named, or all.
pub(super) fn remove(state: &mut State, filter: Filter) -> Outcomes {
    let site = filter.site_id.get();
    let names = match filter.accounts {
        Accounts::Name(names) => names.into_vec(),
        _ => match find_domain(state, site) {
            Ok(_) => state.mail_accounts_of(site).map(|account| account.name.clone()).collect(),
            Err(refusal) => return vec![(String::new(), Err(refusal))],
        },
    };
    let outcomes = names.into_iter().map(|name| {
        let outcome = find(state, site, &name).map(|id| {
            state.mail_accounts.remove(&id);
        });
        (name, outcome)
    });
    outcomes.collect()
}

/// Renames an account.
pub(super) fn rename(state: &mut State, rename: &Rename) -> Result<(), Refusal> {
    let id = find(state, rename.site_id.get(), &rename.name)?;
    change_one(state, id, |state, account| {
        account.name = check_name(state, account.site, id, &rename.new_name)?;
        Ok(())
    })
}
