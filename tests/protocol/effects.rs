//! What an operation does depends on what it is told to touch: everything is the gravest, and is known before sending.

use plesk::Effect::{self, Change, ChangeEverything, Delete, DeleteEverything};
use plesk::{Idempotency, Operation};
use plesk::{
    customer, database, db_server, dns, ftp_user, locale, log_rotation, mail, php_handler, protected_dir, reseller,
    reseller_plan, secret_key, server, service_plan, service_plan_addon, site, site_alias, subdomain, webspace,
};

/// What `everything` and `chosen` do, and the most that any value of their type does.
#[track_caller]
fn assert_effects<Op: Operation>(everything: Op, chosen: Op, gravest: Effect, expected: Effect) {
    assert_eq!(Op::EFFECT, gravest);
    assert_eq!((everything.effect(), everything.idempotency()), (gravest, Idempotency::NotIdempotent));
    assert_eq!(chosen.effect(), expected);
}

#[track_caller]
fn deletes<Op: Operation>(everything: Op, chosen: Op) {
    assert_effects(everything, chosen, DeleteEverything, Delete);
}

#[track_caller]
fn changes<Op: Operation>(everything: Op, chosen: Op) {
    assert_effects(everything, chosen, ChangeEverything, Change);
}

#[test]
fn everything_is_worse_than_something() {
    assert!(DeleteEverything > Delete && DeleteEverything > ChangeEverything && ChangeEverything > Change);
}

#[test]
fn accounts_and_subscriptions() {
    use customer::{ConvertToReseller, Filter};
    deletes(customer::Del::new(Filter::Everything), customer::Del::new(Filter::login("a")));
    changes(ConvertToReseller::new(Filter::Everything), ConvertToReseller::new(Filter::login("a")));
    deletes(webspace::Del::new(webspace::Filter::Everything), webspace::Del::new(webspace::Filter::owner_id(1)));
    let of_reseller = |filter| reseller::Del::new(filter);
    deletes(of_reseller(reseller::Filter::Everything), of_reseller(reseller::Filter::id(1)));
    deletes(of_reseller(reseller::Filter::EverythingByEmptyFilter), of_reseller(reseller::Filter::login("a")));
}

#[test]
fn plans() {
    let owner = || service_plan::Owner::owner_id(12);
    let of_plan = service_plan::Del::new;
    deletes(of_plan(service_plan::Filter::Everything), of_plan(service_plan::Filter::id(1)));
    deletes(
        of_plan(service_plan::Filter::Everything).owner(owner()),
        of_plan(service_plan::Filter::id(1)).owner(owner()),
    );
    use service_plan_addon::Filter as Addon;
    deletes(service_plan_addon::Del::new(Addon::Everything), service_plan_addon::Del::new(Addon::name("Backup")));
    use reseller_plan::Filter;
    deletes(reseller_plan::Del::new(Filter::Everything), reseller_plan::Del::new(Filter::name("Ten")));
}

#[test]
fn sites() {
    deletes(site::Del::new(site::Filter::Everything), site::Del::new(site::Filter::name("see.example")));
    use site_alias::Filter as Alias;
    deletes(site_alias::Delete::new(Alias::Everything), site_alias::Delete::new(Alias::site_id(3)));
    use subdomain::Filter;
    deletes(subdomain::Del::new(Filter::Everything), subdomain::Del::new(Filter::id(3)));
    use protected_dir::{Filter as Dir, UserFilter};
    deletes(protected_dir::Delete::new(Dir::Everything), protected_dir::Delete::new(Dir::site_id(3)));
    let users = protected_dir::DeleteUser::new;
    deletes(users(UserFilter::Everything), users(UserFilter::pd_id(3)));
    use ftp_user::Filter as Ftp;
    deletes(ftp_user::Del::new(Ftp::Everything), ftp_user::Del::new(Ftp::name("ottilie")));
}

/// All accounts of a site is not all accounts, but more than one would think of.
#[test]
fn mail_accounts() {
    let remove = |names| mail::Remove::new(mail::Filter::new(7, names));
    deletes(remove(mail::Accounts::AllOfSite), remove(mail::Accounts::names(["info", "jobs"])));
    let prefs = |filter| mail::SetPrefs::new(filter, plesk::common::MailPreferences::new());
    changes(prefs(mail::SiteFilter::Everything), prefs(mail::SiteFilter::site_id(7)));
}

#[test]
fn databases() {
    use database::{Filter, UserFilter};
    deletes(database::DelDb::new(Filter::Everything), database::DelDb::new(Filter::webspace_id(7)));
    deletes(database::DelDbUser::new(UserFilter::Everything), database::DelDbUser::new(UserFilter::db_id(7)));
    use db_server::{Filter as Servers, FilterIds};
    let servers = db_server::Del::new;
    deletes(servers(Servers::Everything), servers(Servers::Ids(FilterIds::new([1, 2]))));
    deletes(servers(Servers::Everything), servers(Servers::dsn("db.example")));
}

/// Without a filter it is the server's template, from which all new zones come.
#[test]
fn zones() {
    use dns::{RecordFilter, Scope, TemplateFilter, ZoneFilter};
    deletes(dns::DelRec::new(RecordFilter::Everything), dns::DelRec::new(RecordFilter::id(7)));
    let one = || Scope::Filter(ZoneFilter::site_id(7));
    changes(dns::Disable::new(Scope::Template), dns::Disable::new(one()));
    changes(dns::Enable::new(Scope::Template), dns::Enable::new(one()));
    changes(dns::Set::new(Scope::Template, dns::Soa::new()), dns::Set::new(one(), dns::Soa::new()));
    let sync = dns::SyncWithTemplate::new;
    changes(sync(TemplateFilter::Everything), sync(TemplateFilter::used_ip("192.0.2.7")));
}

/// Everything can be asked for in two ways, and both are named.
#[test]
fn keys() {
    use server::{AdditionalKeyFilter, Scope};
    let one = || Scope::Filter(AdditionalKeyFilter::name("antivirus"));
    let remove = server::RemoveAdditionalKey::new;
    deletes(remove(Scope::Everything), remove(one()));
    deletes(remove(Scope::Filter(AdditionalKeyFilter::Everything)), remove(one()));
    let renew = server::RenewAdditionalKey::new;
    changes(renew(Scope::Everything), renew(one()));
    use secret_key::{Delete as DeleteKey, Filter};
    deletes(DeleteKey::new(Filter::Everything), DeleteKey::new(Filter::key("af0b")));
}

#[test]
fn switches() {
    use log_rotation::Filter as Logs;
    changes(log_rotation::Disable::new(Logs::Everything), log_rotation::Disable::new(Logs::site_id(7)));
    use php_handler::Filter as Handlers;
    changes(php_handler::Disable::new(Handlers::Everything), php_handler::Disable::new(Handlers::id("fpm-8")));
    use locale::Filter as Languages;
    changes(locale::Disable::new(Languages::Everything), locale::Disable::new(Languages::id("de-DE")));
}

/// A request may be repeated where the same one can never meet another object.
#[test]
fn what_may_be_repeated() {
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
