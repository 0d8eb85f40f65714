//! Changes the settings of the server: the administrator, services, stored values and forbidden domains.

use plesk_protocol::server::{
    Admin, AdminAliasFilter, AdminAliasInfo, DomainRestrictionListReply, DomainRestrictionRename, InitialSetup,
    InitialSetupResult, MiscProperty, Mode, ServicesManagementResult, Set, SrvMan, SrvOp, SrvState,
};
use plesk_wire::packet::{EachReply, Secret};
use plesk_wire::xml::Content;

use crate::refusal::Refusal;
use crate::shared::build::{build, merge};
use crate::shared::reply::each_reply;
use crate::state::{AdminAlias, IndexKey, State};

/// The shortest password that is accepted, in characters.
const MIN_PASSWORD_LENGTH: usize = 5;

/// Changes the settings that were sent. If one of them is refused, none is changed.
pub(super) fn set(state: &mut State, set: Set) -> Result<(), Refusal> {
    state.require_administrator()?;
    if let Some(password) = &set.password {
        check_password(password)?;
    }
    let timeout = set.session_setup.and_then(|setup| setup.login_timeout);
    if timeout.is_some_and(|minutes| minutes < 1) {
        return Err(Refusal::invalid_value("The login timeout is less than one minute"));
    }

    if let Some(admin) = set.admin {
        set_administrator(state, admin);
    }
    if let Some(password) = set.password {
        state.administrator.password = password;
    }
    let server = &mut state.server;
    if let Some(prefs) = set.prefs {
        merge!(server.prefs, prefs; max_connections max_connections_per_ip outgoing_email_mode
            outgoing_email_mode_explicit_ipv4 outgoing_email_mode_explicit_ipv6 outgoing_antispam
            outgoing_messages_mbox_limit outgoing_messages_domain_limit outgoing_messages_subscription_limit
            enable_sendmail report_period notification_period stat_ttl include_remote_databases traffic_accounting
            restart_apache_interval apache_pipelog ftp_over_ssl mail_notifications smtp_use_default_settings
            smtp_host smtp_port smtp_login smtp_password smtp_tls smtp_allow_users aps_force_updates
            aps_suggest_updates preview_protection waf_rule_engine waf_rule_set);
    }
    server.login_timeout = timeout.unwrap_or(server.login_timeout);
    server.external_id = set.external_id.or(server.external_id.take());
    if let Some(mode) = set.mode {
        server.mode = Mode::from(mode.as_str());
    }
    server.certificates = set.certificates.or(server.certificates.take());
    Ok(())
}

fn check_password(password: &Secret) -> Result<(), Refusal> {
    if password.expose().chars().count() < MIN_PASSWORD_LENGTH {
        let text = format!("The password has fewer than {MIN_PASSWORD_LENGTH} characters");
        return Err(Refusal::invalid_value(&text));
    }
    Ok(())
}

/// Changes the contact data of the administrator.
fn set_administrator(state: &mut State, admin: Admin) {
    let Some(profile) = admin.profile else { return };
    let account = &mut state.administrator;
    account.pname = profile.admin_pname;
    account.email = profile.admin_email.to_string();
    for (own, sent) in [
        (&mut account.cname, profile.admin_cname),
        (&mut account.phone, profile.admin_phone),
        (&mut account.fax, profile.admin_fax),
        (&mut account.address, profile.admin_address),
        (&mut account.city, profile.admin_city),
        (&mut account.state, profile.admin_state),
        (&mut account.pcode, profile.admin_pcode),
        (&mut account.country, profile.admin_country),
        (&mut account.locale, profile.admin_locale),
    ] {
        if let Some(sent) = sent {
            *own = sent;
        }
    }
    let server = &mut state.server;
    server.send_announce = profile.send_announce.unwrap_or(server.send_announce);
    server.multiple_sessions = profile.admin_multiple_sessions.unwrap_or(server.multiple_sessions);
}

/// Sets the administrator and the name of the server, as a new server requires it.
pub(super) fn set_up(state: &mut State, setup: InitialSetup) -> Result<InitialSetupResult, Refusal> {
    state.require_administrator()?;
    check_password(&setup.password)?;
    set_administrator(state, setup.admin);
    state.administrator.password = setup.password;
    state.server.name = setup.server_name.unwrap_or_else(|| state.server.name.clone());
    Ok(build(|result: &mut InitialSetupResult| result.server_name = Some(state.server.name.clone())))
}

/// Starts, stops or restarts a service.
pub(super) fn manage_service(state: &mut State, request: &SrvMan) -> Result<ServicesManagementResult, Refusal> {
    state.require_administrator()?;
    let missing = || Refusal::not_found(&format!("The service '{}'", request.id));
    let service = state.server.services.get_mut(&request.id).ok_or_else(missing)?;
    service.state = match &request.operation {
        SrvOp::Stop => SrvState::Stopped,
        SrvOp::Start | SrvOp::Restart => SrvState::Running,
        other => return Err(Refusal::invalid_value(&format!("The operation '{other}' is unknown"))),
    };
    Ok(build(|result: &mut ServicesManagementResult| result.id = Some(request.id.clone())))
}

/// What an operation does with a stored value.
pub(super) enum MiscOperation {
    Set(Secret),
    Get,
    Delete,
}

/// Sets, reads or deletes values that clients store under a name of their choice. `result` builds each result.
pub(super) fn edit_misc<B: Content, const MIN: usize>(
    state: &mut State,
    properties: impl IntoIterator<Item = (String, MiscOperation)>,
    result: impl Fn(MiscProperty) -> B,
) -> EachReply<B, MIN> {
    each_reply(properties.into_iter().map(|(name, operation)| {
        state.require_administrator()?;
        let values = &mut state.server.misc;
        let missing = || Refusal::not_found(&format!("The property '{name}'"));
        let value = match operation {
            MiscOperation::Set(value) => {
                values.insert(name.clone(), value.clone());
                value
            }
            MiscOperation::Get => values.get(&name).ok_or_else(missing)?.clone(),
            MiscOperation::Delete => values.remove(&name).ok_or_else(missing)?,
        };
        Ok(result(build(|property: &mut MiscProperty| {
            property.name = name;
            property.value = Some(value);
        })))
    }))
}

/// Forbids a domain name.
pub(super) fn restrict_domain(state: &mut State, name: &str) -> Result<(), Refusal> {
    state.require_administrator()?;
    let name = name.trim().to_ascii_lowercase();
    if name.is_empty() {
        return Err(Refusal::invalid_value("The domain name is empty"));
    }
    if state.server.restricted_domains.contains(&name) {
        return Err(Refusal::already_exists(&format!("The domain name '{name}'")));
    }
    state.server.restricted_domains.push(name);
    Ok(())
}

/// Permits a domain name again.
pub(super) fn permit_domain(state: &mut State, name: &str) -> Result<(), Refusal> {
    state.require_administrator()?;
    let position = find_restricted(state, name)?;
    state.server.restricted_domains.remove(position);
    Ok(())
}

/// Replaces a forbidden domain name by another one.
pub(super) fn rename_restricted(state: &mut State, rename: &DomainRestrictionRename) -> Result<(), Refusal> {
    state.require_administrator()?;
    let position = find_restricted(state, &rename.name)?;
    let name = rename.new_name.trim().to_ascii_lowercase();
    if name.is_empty() {
        return Err(Refusal::invalid_value("The domain name is empty"));
    }
    state.server.restricted_domains[position] = name;
    Ok(())
}

fn find_restricted(state: &State, name: &str) -> Result<usize, Refusal> {
    let mut names = state.server.restricted_domains.iter();
    let position = names.position(|other| other.eq_ignore_ascii_case(name.trim()));
    position.ok_or_else(|| Refusal::not_found(&format!("The domain name '{name}'")))
}

/// Returns the forbidden domain names.
pub(super) fn list_restricted(state: &State) -> DomainRestrictionListReply {
    build(|answer: &mut DomainRestrictionListReply| {
        answer.enable = i64::from(state.server.domain_restriction);
        answer.name.clone_from(&state.server.restricted_domains);
    })
}

/// Makes the list of forbidden domain names effective, or not.
pub(super) fn enable_restriction(state: &mut State, enabled: bool) -> Result<(), Refusal> {
    state.require_administrator()?;
    state.server.domain_restriction = enabled;
    Ok(())
}

/// Adds a further account of the administrator.
pub(super) fn add_alias(state: &mut State, data: AdminAliasInfo) -> Result<(), Refusal> {
    state.require_administrator()?;
    let login = data.login.clone().unwrap_or_default();
    if login.trim().is_empty() {
        return Err(Refusal::invalid_value("The login of the administrator alias is empty"));
    }
    if state.server.admin_aliases.contains_key(&login) || state.lookup_account(IndexKey::Name(&login)).is_some() {
        return Err(Refusal::already_exists(&format!("The login '{login}'")));
    }
    let password = data.password.clone().ok_or_else(|| Refusal::invalid_value("The password is missing"))?;
    check_password(&password)?;
    let email = data.email.as_ref().map(ToString::to_string).unwrap_or_default();
    let alias = AdminAlias { password, email, contact: String::new(), comment: String::new(), enabled: true };
    state.server.admin_aliases.insert(login, apply_alias(alias, data));
    Ok(())
}

/// Changes further accounts of the administrator. If one of them does not exist, none is changed.
pub(super) fn set_alias(state: &mut State, filter: &AdminAliasFilter, data: &AdminAliasInfo) -> Result<(), Refusal> {
    state.require_administrator()?;
    check_aliases(state, filter)?;
    if let Some(password) = &data.password {
        check_password(password)?;
    }
    if data.login.as_ref().is_some_and(|login| !filter.login.contains(login)) {
        return Err(Refusal::invalid_value("The login of an administrator alias cannot be changed"));
    }
    for login in &filter.login {
        if let Some(alias) = state.server.admin_aliases.remove(login) {
            state.server.admin_aliases.insert(login.clone(), apply_alias(alias, data.clone()));
        }
    }
    Ok(())
}

/// Deletes further accounts of the administrator. If one of them does not exist, none is deleted.
pub(super) fn delete_alias(state: &mut State, filter: &AdminAliasFilter) -> Result<(), Refusal> {
    state.require_administrator()?;
    check_aliases(state, filter)?;
    state.server.admin_aliases.retain(|login, _| !filter.login.contains(login));
    Ok(())
}

fn check_aliases(state: &State, filter: &AdminAliasFilter) -> Result<(), Refusal> {
    let missing = filter.login.iter().find(|login| !state.server.admin_aliases.contains_key(*login));
    missing.map_or(Ok(()), |login| Err(Refusal::not_found(&format!("The administrator alias '{login}'"))))
}

fn apply_alias(mut alias: AdminAlias, data: AdminAliasInfo) -> AdminAlias {
    alias.password = data.password.unwrap_or(alias.password);
    alias.email = data.email.map_or(alias.email, |email| email.to_string());
    alias.contact = data.contact.unwrap_or(alias.contact);
    alias.comment = data.comment.unwrap_or(alias.comment);
    alias.enabled = data.status.unwrap_or(alias.enabled);
    alias
}
