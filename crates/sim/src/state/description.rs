//! The description of the server: what it is called, what it runs on, and how it is configured.
//!
//! A simulator has no hardware and no services. Everything that operations report about them comes from
//! this one description, so that all answers agree. A test may change any of it.

use super::stored;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use plesk_protocol::server::{Certificates, Mode, Prefs, SrvState};
use plesk_wire::packet::Secret;
use plesk_wire::xml::Content;

use crate::random;

/// The size of a unit in which memory and disk space are described, in bytes.
const GIB: u64 = 1 << 30;

/// What the server is, what it runs on, and how it is configured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerDescription {
    /// The full host name.
    pub name: String,
    /// The GUID.
    pub guid: String,
    /// The ID in your own system, for example in billing.
    pub external_id: Option<String>,
    /// The view of the panel that the administrator uses.
    #[serde(with = "stored::text")]
    pub mode: Mode,
    /// The version of Plesk, such as `18.0.70`.
    pub plesk_version: String,
    /// The build of Plesk.
    pub plesk_build: String,
    /// The operating system.
    pub os: String,
    /// The version of the operating system.
    pub os_version: String,
    /// The release of the kernel.
    pub os_release: String,
    /// The processor.
    pub cpu: String,
    /// The seconds since the server started.
    pub uptime: u32,
    /// The average load of the last 1, 5 and 15 minutes.
    pub load: [f64; 3],
    /// The memory.
    pub memory: Space,
    /// The swap space.
    pub swap: Space,
    /// The disks, by device.
    pub disks: BTreeMap<String, Space>,
    /// The network interfaces.
    pub interfaces: Vec<String>,
    /// The login shells: name and path.
    pub shells: Vec<(String, String)>,
    /// The installed components: name and version. One is named `psa`, which is Plesk itself.
    pub components: BTreeMap<String, String>,
    /// The services, by ID.
    pub services: BTreeMap<String, Service>,
    /// The PHP handlers, by ID.
    pub php_handlers: BTreeMap<String, PhpHandler>,
    /// The languages of the panel, by code such as `en-US`.
    pub locales: BTreeMap<String, Locale>,
    /// The properties of the license.
    pub license: BTreeMap<String, String>,
    /// The settings of the server.
    #[serde(with = "stored::xml")]
    pub prefs: Prefs,
    /// The minutes after which an idle session ends.
    pub login_timeout: i64,
    /// `true` if the administrator receives announcements.
    pub send_announce: bool,
    /// `true` if the administrator may have several sessions at once.
    pub multiple_sessions: bool,
    /// The certificates that protect the panel and the mail server.
    #[serde(with = "stored::xml_option")]
    pub certificates: Option<Certificates>,
    /// The settings that isolate sites from each other: names and permitted values.
    pub site_isolation: BTreeMap<String, Vec<String>>,
    /// `true` if updates of Plesk are installed automatically.
    pub automatic_updates: bool,
    /// The address of the billing system that the panel is connected to.
    pub billing_url: Option<String>,
    /// Values that clients store under a name of their choice.
    #[serde(with = "stored::text_map")]
    pub misc: BTreeMap<String, Secret>,
    /// Further accounts of the administrator, by login. They cannot log in to the API.
    pub admin_aliases: BTreeMap<String, AdminAlias>,
    /// Domain names that nobody may add, in order of addition.
    pub restricted_domains: Vec<String>,
    /// `true` if [`restricted_domains`](Self::restricted_domains) is in force.
    pub domain_restriction: bool,
}

/// Memory or disk space, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// All of it.
    pub total: u64,
    /// The part that is used.
    pub used: u64,
}

/// A service of the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The name for people.
    pub title: String,
    /// Running, stopped, or not installed.
    #[serde(with = "stored::text")]
    pub state: SrvState,
}

/// A PHP interpreter that sites can use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhpHandler {
    /// The name for people.
    pub display_name: String,
    /// The full version, such as `8.3.12`.
    pub full_version: String,
    /// The version without the last part, such as `8.3`.
    pub version: String,
    /// How it is run: `fpm`, `fastcgi` or `cgi`.
    pub kind: String,
    /// The program that serves requests.
    pub path: String,
    /// The program for the command line.
    pub cli_path: String,
    /// The configuration file.
    pub ini: String,
    /// `true` if an administrator registered it; `false` if Plesk ships it.
    pub custom: bool,
    /// `true` if sites may use it.
    pub enabled: bool,
}

/// A further account of the administrator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminAlias {
    /// The password.
    #[serde(with = "stored::text")]
    pub password: Secret,
    /// The mail address.
    pub email: String,
    /// The name of the person.
    pub contact: String,
    /// A note.
    pub comment: String,
    /// `true` if it may be used.
    pub enabled: bool,
}

/// A language of the panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Locale {
    /// The language, in itself.
    pub language: String,
    /// The country, in the language.
    pub country: String,
    /// `true` if accounts may choose it.
    pub enabled: bool,
}

impl Space {
    /// Returns the part that is free, in bytes.
    pub fn free(self) -> u64 {
        self.total.saturating_sub(self.used)
    }
}

impl ServerDescription {
    /// Returns the description of a usual server on Linux. Only the IDs are random.
    pub(crate) fn new() -> Self {
        let text = |text: &str| text.to_owned();
        let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| (text(name), text(value))).collect();
        Self {
            name: text("plesk.example"),
            guid: random::guid(),
            external_id: None,
            mode: Mode::Standard,
            plesk_version: text("18.0.70"),
            plesk_build: text("1800250612.10"),
            os: text("Debian"),
            os_version: text("12"),
            os_release: text("6.1.0-37-amd64"),
            cpu: text("Simulated CPU"),
            uptime: 86_400,
            load: [0.25, 0.5, 0.5],
            memory: Space { total: 8 * GIB, used: 3 * GIB },
            swap: Space { total: 2 * GIB, used: GIB / 4 },
            disks: BTreeMap::from([(text("/dev/vda1"), Space { total: 160 * GIB, used: 20 * GIB })]),
            interfaces: vec![text("eth0")],
            shells: vec![(text("/bin/false"), text("/bin/false")), (text("/bin/bash"), text("/bin/bash"))],
            components: pairs(&[
                ("psa", "18.0.70"),
                ("apache", "2.4.62"),
                ("bind", "9.18.33"),
                ("dovecot", "2.4.1"),
                ("mysql", "10.11.11"),
                ("nginx", "1.26.3"),
                ("postfix", "3.7.11"),
                ("proftpd", "1.3.8"),
            ]),
            services: default_services(),
            php_handlers: default_php_handlers(),
            locales: BTreeMap::from([
                (text("de-DE"), Locale { language: text("Deutsch"), country: text("Deutschland"), enabled: true }),
                (text("en-US"), Locale { language: text("English"), country: text("United States"), enabled: true }),
                (text("fr-FR"), Locale { language: text("Français"), country: text("France"), enabled: true }),
            ]),
            license: pairs(&[
                ("plesk_key_id", &format!("PLSK.{:08}", random::number() % 100_000_000)),
                ("lim_date", "20991231"),
                ("lim_cl", "-1"),
                ("lim_dom", "-1"),
                ("can-manage-customers", "1"),
                ("can-manage-resellers", "1"),
                ("can-manage-accounts", "1"),
            ]),
            prefs: default_prefs(),
            login_timeout: 30,
            send_announce: false,
            multiple_sessions: true,
            certificates: None,
            site_isolation: ["php", "cgi", "ssi", "webstat"]
                .map(|name| (text(name), vec![text("true"), text("false")]))
                .into(),
            automatic_updates: true,
            billing_url: None,
            misc: BTreeMap::new(),
            admin_aliases: BTreeMap::new(),
            restricted_domains: Vec::new(),
            domain_restriction: false,
        }
    }
}

/// Returns the services, all of which run.
fn default_services() -> BTreeMap<String, Service> {
    [
        ("web", "Web Server (Apache)"),
        ("nginx", "Reverse Proxy Server (nginx)"),
        ("smtp", "SMTP Server (Postfix)"),
        ("mail", "IMAP/POP3 Server (Dovecot)"),
        ("dns", "DNS Server (BIND)"),
        ("mysql", "MySQL"),
    ]
    .into_iter()
    .map(|(id, title)| (id.to_owned(), Service { title: title.to_owned(), state: SrvState::Running }))
    .collect()
}

/// Returns two versions of PHP, each as FPM and FastCGI. The older one is disabled.
fn default_php_handlers() -> BTreeMap<String, PhpHandler> {
    let versions = [("8.1", "8.1.33", false), ("8.3", "8.3.23", true)];
    let kinds = [("fpm", "FPM"), ("fastcgi", "FastCGI")];
    let handlers = versions.into_iter().flat_map(|(version, full, enabled)| {
        kinds.into_iter().map(move |(kind, label)| {
            let root = format!("/opt/plesk/php/{version}");
            let program = if kind == "fpm" { "sbin/php-fpm" } else { "bin/php-cgi" };
            let handler = PhpHandler {
                display_name: format!("{full} {label}"),
                full_version: full.to_owned(),
                version: version.to_owned(),
                kind: kind.to_owned(),
                path: format!("{root}/{program}"),
                cli_path: format!("{root}/bin/php"),
                ini: format!("{root}/etc/php.ini"),
                custom: false,
                enabled,
            };
            (format!("plesk-php{}-{kind}", version.replace('.', "")), handler)
        })
    });
    handlers.collect()
}

/// Returns the settings of a server that nobody configured.
fn default_prefs() -> Prefs {
    let mut prefs = Prefs::placeholder();
    prefs.stat_ttl = Some(3);
    prefs.include_remote_databases = Some(true);
    prefs.traffic_accounting = Some(3);
    prefs.restart_apache_interval = Some(0);
    prefs.apache_pipelog = Some(false);
    prefs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_description_is_consistent() {
        let server = ServerDescription::new();
        assert_eq!(server.components["psa"], server.plesk_version);
        for handler in server.php_handlers.values() {
            assert!(handler.full_version.starts_with(&handler.version), "{handler:?}");
        }
        assert!(server.php_handlers.values().any(|handler| handler.enabled));
        for space in server.disks.values().chain([&server.memory, &server.swap]) {
            assert_eq!(space.free() + space.used, space.total);
        }
    }
}
