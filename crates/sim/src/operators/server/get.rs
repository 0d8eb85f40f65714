//! Reads the datasets of the server.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use plesk_protocol::server::{
    Admin, AdminProfile, Components, ComponentsComponent, DiskspaceStat, DiskspaceStatDevice, Email, GenInfo, Get,
    GetKeyScope, GetResult, GetResultItem, Interfaces, IsolationProperty, Key, KeyFilter, KeyProperty, LoadAvgStat,
    MemStat, ObjectsStat, OtherStat, ServicesState, ServicesStateSrv, SessionSetup, Shell, ShellsList,
    SiteIsolationConfig, Stat, SwapStat, Updates, VersionStat,
};
use plesk_wire::xml::Any;

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::domains::list_domains;
use crate::shared::statistics::count;
use crate::state::{ADMINISTRATOR_ID, ServerDescription, Space, State};

/// Returns the datasets that the request names, in the order of the schema.
pub(super) fn get(state: &State, get: &Get) -> Result<GetResult, Refusal> {
    use GetResultItem as I;
    state.require_administrator()?;
    let server = &state.server;
    let key = get.key.as_ref().map(|key| license(server, &key.scope)).transpose()?.flatten();
    let items = [
        key.map(I::Key),
        get.gen_info.then(|| I::GenInfo(general_info(server))),
        get.components.then(|| I::Components(components(server))),
        get.stat.then(|| I::Stat(statistics(state))),
        get.admin.then(|| I::Admin(administrator(state))),
        get.interfaces
            .then(|| I::Interfaces(build(|list: &mut Interfaces| list.interface.clone_from(&server.interfaces)))),
        get.services_state.then(|| I::ServicesState(services(server))),
        get.prefs.then(|| I::Prefs(server.prefs.clone())),
        get.shells.then(|| I::Shells(shells(server))),
        get.session_setup.then(|| {
            I::SessionSetup(build(|setup: &mut SessionSetup| setup.login_timeout = Some(server.login_timeout)))
        }),
        get.site_isolation_config.then(|| I::SiteIsolationConfig(site_isolation(server))),
        get.updates.then(|| I::Updates(updates(server))),
        get.admin_domain_list.then(|| I::AdminDomainList(list_domains(state, &[ADMINISTRATOR_ID]))),
        // A server whose panel and mail use the default certificate reports none.
        get.certificates.then(|| server.certificates.clone()).flatten().map(I::Certificates),
    ];
    Ok(build(|result: &mut GetResult| result.item = items.into_iter().flatten().collect()))
}

/// Returns the main license if the scope selects it. The server has no additional ones.
fn license(server: &ServerDescription, scope: &GetKeyScope) -> Result<Option<Key>, Refusal> {
    let id = &server.license["plesk_key_id"];
    let selected = match scope {
        GetKeyScope::Filter(KeyFilter::KeyId(ids)) => {
            if ids.iter().any(|requested| requested != id) {
                return Err(Refusal::not_found("License key"));
            }
            true
        }
        GetKeyScope::Filter(KeyFilter::Name(_)) => return Err(Refusal::not_found("License key")),
        GetKeyScope::Filter(KeyFilter::AllAdditional) => false,
        _ => true,
    };
    Ok(selected.then(|| read_license(server)))
}

/// Returns the main license. Its content is not a real license: it says what it is.
pub(super) fn read_license(server: &ServerDescription) -> Key {
    build(|key: &mut Key| {
        key.property = license_properties(server);
        key.content = BASE64_STANDARD.encode(license_content(server)).into();
    })
}

/// Returns the properties of the main license.
pub(super) fn license_properties(server: &ServerDescription) -> Vec<KeyProperty> {
    let property = |(name, value): (&String, &String)| {
        build(|property: &mut KeyProperty| {
            property.name = Any::text(name);
            property.value = value.into();
        })
    };
    server.license.iter().map(property).collect()
}

/// Returns the content of the main license, before it is encoded.
fn license_content(server: &ServerDescription) -> String {
    format!("simulated license {}", server.license["plesk_key_id"])
}

fn general_info(server: &ServerDescription) -> GenInfo {
    build(|info: &mut GenInfo| {
        info.server_name.clone_from(&server.name);
        info.server_guid.clone_from(&server.guid);
        info.external_id.clone_from(&server.external_id);
        info.mode = Some(server.mode.clone());
    })
}

fn components(server: &ServerDescription) -> Components {
    let component = |(name, version): (&String, &String)| {
        build(|component: &mut ComponentsComponent| {
            component.name.clone_from(name);
            component.version.clone_from(version);
        })
    };
    build(|list: &mut Components| list.component = server.components.iter().map(component).collect())
}

fn statistics(state: &State) -> Stat {
    let server = &state.server;
    build(|stat: &mut Stat| {
        stat.objects = count_objects(state);
        stat.version = build(|version: &mut VersionStat| {
            version.plesk_name = "psa".to_owned();
            version.plesk_version.clone_from(&server.plesk_version);
            version.plesk_os.clone_from(&server.os);
            version.plesk_os_version.clone_from(&server.os_version);
            version.plesk_build.clone_from(&server.plesk_build);
            version.os_release.clone_from(&server.os_release);
        });
        stat.other = build(|other: &mut OtherStat| {
            other.cpu.clone_from(&server.cpu);
            other.uptime = server.uptime;
        });
        stat.load_avg = build(|load: &mut LoadAvgStat| [load.l1, load.l5, load.l15] = server.load);
        stat.mem = build(|memory: &mut MemStat| {
            let Space { total, used } = server.memory;
            (memory.total, memory.used, memory.free) = (total, used, server.memory.free());
        });
        stat.swap = build(|swap: &mut SwapStat| {
            let Space { total, used } = server.swap;
            (swap.total, swap.used, swap.free) = (total, used, server.swap.free());
        });
        stat.diskspace = build(|disks: &mut DiskspaceStat| {
            let device = |(name, space): (&String, &Space)| {
                build(|device: &mut DiskspaceStatDevice| {
                    device.name.clone_from(name);
                    (device.total, device.used, device.free) = (space.total, space.used, space.free());
                })
            };
            disks.device = server.disks.iter().map(device).collect();
        });
    })
}

fn count_objects(state: &State) -> ObjectsStat {
    let disabled = |owner: &u64| state.customers.get(owner).is_some_and(|customer| customer.status != 0);
    let active = state.subscriptions.values().filter(|it| it.status == 0 && !disabled(&it.owner)).count()
        + state.sites.values().filter(|site| site.status == 0).count();
    let domains = state.domains().count();
    build(|objects: &mut ObjectsStat| {
        objects.clients = count(state.customers.len());
        objects.domains = count(domains);
        objects.active_domains = count(active);
        let accounts = || state.mail_accounts.values();
        objects.mail_boxes = count(accounts().filter(|account| account.mailbox).count());
        objects.mail_redirects = count(accounts().filter(|account| account.forwarding).count());
        objects.mail_responders = count(accounts().filter(|it| it.autoresponder.enabled == Some(true)).count());
        objects.databases = count(state.databases.len());
        objects.database_users = count(state.database_users.len());
        objects.problem_clients = count(state.customers.values().filter(|customer| customer.status != 0).count());
        objects.problem_domains = count(domains - active);
    })
}

fn administrator(state: &State) -> Admin {
    let account = &state.administrator;
    build(|admin: &mut Admin| {
        admin.profile = Some(build(|profile: &mut AdminProfile| {
            profile.admin_cname = Some(account.cname.clone());
            profile.admin_pname.clone_from(&account.pname);
            profile.admin_phone = Some(account.phone.clone());
            profile.admin_fax = Some(account.fax.clone());
            profile.admin_email = Email::from(&account.email);
            profile.admin_address = Some(account.address.clone());
            profile.admin_city = Some(account.city.clone());
            profile.admin_state = Some(account.state.clone());
            profile.admin_pcode = Some(account.pcode.clone());
            profile.admin_country = Some(account.country.clone());
            profile.send_announce = Some(state.server.send_announce);
            profile.admin_locale = Some(account.locale.clone());
            profile.admin_multiple_sessions = Some(state.server.multiple_sessions);
        }));
    })
}

fn services(server: &ServerDescription) -> ServicesState {
    let service = server.services.iter().map(|(id, service)| {
        build(|item: &mut ServicesStateSrv| {
            item.id.clone_from(id);
            item.title.clone_from(&service.title);
            item.state.clone_from(&service.state);
        })
    });
    build(|list: &mut ServicesState| list.srv = service.collect())
}

fn shells(server: &ServerDescription) -> ShellsList {
    let shell = |(name, path): &(String, String)| {
        build(|shell: &mut Shell| {
            shell.name.clone_from(name);
            shell.path.clone_from(path);
        })
    };
    build(|list: &mut ShellsList| list.shell = server.shells.iter().map(shell).collect())
}

fn site_isolation(server: &ServerDescription) -> SiteIsolationConfig {
    let property = |(name, values): (&String, &Vec<String>)| {
        build(|property: &mut IsolationProperty| {
            property.name.clone_from(name);
            property.value.clone_from(values);
        })
    };
    build(|config: &mut SiteIsolationConfig| config.property = server.site_isolation.iter().map(property).collect())
}

/// Returns the state of updates. None is ever available.
fn updates(server: &ServerDescription) -> Updates {
    build(|updates: &mut Updates| {
        updates.last_installed_update.clone_from(&server.plesk_version);
        updates.install_updates_automatically = server.automatic_updates;
        updates.install_third_party_updates = server.automatic_updates;
        updates.install_system_package_updates_automatically = false;
    })
}
