//! The effect of an operation depends on its selector and is known before it is sent. A match-all selector has the most
//! severe effect.

use plesk::Effect::{self, Change, ChangeEverything, Delete, DeleteEverything};
use plesk::{Idempotency, Operation};
use plesk::{
    customer, database, db_server, dns, ftp_user, locale, log_rotation, mail, php_handler, protected_dir, reseller,
    reseller_plan, secret_key, server, service_plan, service_plan_addon, site, site_alias, subdomain, webspace,
};

/// Checks the effects of a match-all value and of one that selects single objects, and the most severe effect of their
/// type.
#[track_caller]
fn assert_effects<Op: Operation>(everything: Op, chosen: Op, most_severe: Effect, expected: Effect) {
    assert_eq!(Op::EFFECT, most_severe);
    assert_eq!((everything.effect(), everything.idempotency()), (most_severe, Idempotency::NotIdempotent));
    assert_eq!(chosen.effect(), expected);
}

#[track_caller]
fn assert_deletes<Op: Operation>(everything: Op, chosen: Op) {
    assert_effects(everything, chosen, DeleteEverything, Delete);
}

#[track_caller]
fn assert_changes<Op: Operation>(everything: Op, chosen: Op) {
    assert_effects(everything, chosen, ChangeEverything, Change);
}

#[test]
fn effects_of_everything_are_more_severe() {
    assert!(DeleteEverything > Delete && DeleteEverything > ChangeEverything && ChangeEverything > Change);
}

#[test]
fn effects_on_accounts_and_subscriptions() {
    use customer::{ConvertToReseller, Filter};
    assert_deletes(customer::Del::new(Filter::Everything), customer::Del::new(Filter::login("a")));
    assert_changes(ConvertToReseller::new(Filter::Everything), ConvertToReseller::new(Filter::login("a")));
    assert_deletes(webspace::Del::new(webspace::Filter::Everything), webspace::Del::new(webspace::Filter::owner_id(1)));
    let of_reseller = |filter| reseller::Del::new(filter);
    assert_deletes(of_reseller(reseller::Filter::Everything), of_reseller(reseller::Filter::id(1)));
    assert_deletes(of_reseller(reseller::Filter::EverythingByEmptyFilter), of_reseller(reseller::Filter::login("a")));
}

#[test]
fn effects_on_plans() {
    let owner = || service_plan::Owner::owner_id(12);
    let of_plan = service_plan::Del::new;
    assert_deletes(of_plan(service_plan::Filter::Everything), of_plan(service_plan::Filter::id(1)));
    assert_deletes(
        of_plan(service_plan::Filter::Everything).owner(owner()),
        of_plan(service_plan::Filter::id(1)).owner(owner()),
    );
    use service_plan_addon::Filter as Addon;
    assert_deletes(
        service_plan_addon::Del::new(Addon::Everything),
        service_plan_addon::Del::new(Addon::name("Backup")),
    );
    use reseller_plan::Filter;
    assert_deletes(reseller_plan::Del::new(Filter::Everything), reseller_plan::Del::new(Filter::name("Ten")));
}

#[test]
fn effects_on_sites() {
    assert_deletes(site::Del::new(site::Filter::Everything), site::Del::new(site::Filter::name("see.example")));
    use site_alias::Filter as Alias;
    assert_deletes(site_alias::Delete::new(Alias::Everything), site_alias::Delete::new(Alias::site_id(3)));
    use subdomain::Filter;
    assert_deletes(subdomain::Del::new(Filter::Everything), subdomain::Del::new(Filter::id(3)));
    use protected_dir::{Filter as Dir, UserFilter};
    assert_deletes(protected_dir::Delete::new(Dir::Everything), protected_dir::Delete::new(Dir::site_id(3)));
    let users = protected_dir::DeleteUser::new;
    assert_deletes(users(UserFilter::Everything), users(UserFilter::pd_id(3)));
    use ftp_user::Filter as Ftp;
    assert_deletes(ftp_user::Del::new(Ftp::Everything), ftp_user::Del::new(Ftp::name("ottilie")));
}

/// `AllOfSite` selects all accounts of one site: not all accounts, but more than one.
#[test]
fn effects_on_mail_accounts() {
    let remove = |names| mail::Remove::new(mail::Filter::new(7, names));
    assert_deletes(remove(mail::Accounts::AllOfSite), remove(mail::Accounts::names(["info", "jobs"])));
    let prefs = |filter| mail::SetPrefs::new(filter, plesk::common::MailPreferences::new());
    assert_changes(prefs(mail::SiteFilter::Everything), prefs(mail::SiteFilter::site_id(7)));
}

#[test]
fn effects_on_databases() {
    use database::{Filter, UserFilter};
    assert_deletes(database::DelDb::new(Filter::Everything), database::DelDb::new(Filter::webspace_id(7)));
    assert_deletes(database::DelDbUser::new(UserFilter::Everything), database::DelDbUser::new(UserFilter::db_id(7)));
    use db_server::{Filter as Servers, FilterIds};
    let servers = db_server::Del::new;
    assert_deletes(servers(Servers::Everything), servers(Servers::Ids(FilterIds::new([1, 2]))));
    assert_deletes(servers(Servers::Everything), servers(Servers::dsn("db.example")));
}

/// Without a filter, the operation changes the server's template, from which all new zones are created.
#[test]
fn effects_on_zones() {
    use dns::{RecordFilter, Scope, TemplateFilter, ZoneFilter};
    assert_deletes(dns::DelRec::new(RecordFilter::Everything), dns::DelRec::new(RecordFilter::id(7)));
    let one = || Scope::Filter(ZoneFilter::site_id(7));
    assert_changes(dns::Disable::new(Scope::Template), dns::Disable::new(one()));
    assert_changes(dns::Enable::new(Scope::Template), dns::Enable::new(one()));
    assert_changes(dns::Set::new(Scope::Template, dns::Soa::new()), dns::Set::new(one(), dns::Soa::new()));
    let sync = dns::SyncWithTemplate::new;
    assert_changes(sync(TemplateFilter::Everything), sync(TemplateFilter::used_ip("192.0.2.7")));
}

/// There are two ways to select everything, and each is a variant of its own.
#[test]
fn effects_on_keys() {
    use server::{AdditionalKeyFilter, Scope};
    let one = || Scope::Filter(AdditionalKeyFilter::name("antivirus"));
    let remove = server::RemoveAdditionalKey::new;
    assert_deletes(remove(Scope::Everything), remove(one()));
    assert_deletes(remove(Scope::Filter(AdditionalKeyFilter::Everything)), remove(one()));
    let renew = server::RenewAdditionalKey::new;
    assert_changes(renew(Scope::Everything), renew(one()));
    use secret_key::{Delete as DeleteKey, Filter};
    assert_deletes(DeleteKey::new(Filter::Everything), DeleteKey::new(Filter::key("af0b")));
}

#[test]
fn effects_of_switches() {
    use log_rotation::Filter as Logs;
    assert_changes(log_rotation::Disable::new(Logs::Everything), log_rotation::Disable::new(Logs::site_id(7)));
    use php_handler::Filter as Handlers;
    assert_changes(php_handler::Disable::new(Handlers::Everything), php_handler::Disable::new(Handlers::id("fpm-8")));
    use locale::Filter as Languages;
    assert_changes(locale::Disable::new(Languages::Everything), locale::Disable::new(Languages::id("de-DE")));
}

/// A request may be repeated only if it can never select a different object later.
#[test]
fn idempotency_requires_a_stable_key() {
    let by_id = site::Del::new(site::Filter::id(7));
    assert_eq!(by_id.idempotency(), Idempotency::IdempotentDelete);
    assert_eq!(site::Del::new(site::Filter::name("see.example")).idempotency(), Idempotency::NotIdempotent);
    assert_eq!(dns::DelRec::new(dns::RecordFilter::site_id(7)).idempotency(), Idempotency::NotIdempotent);
    assert_eq!(
        mail::Remove::new(mail::Filter::new(7, mail::Accounts::name("info"))).idempotency(),
        Idempotency::NotIdempotent
    );
    assert_eq!(database::SetDefaultUser::IDEMPOTENCY, Idempotency::Idempotent);
    assert_eq!(server::Reboot::IDEMPOTENCY, Idempotency::NotIdempotent);
    assert_eq!(server::CleanMailQueue::IDEMPOTENCY, Idempotency::NotIdempotent);
    assert_eq!(webspace::SetTraffic::IDEMPOTENCY, Idempotency::NotIdempotent);
}
