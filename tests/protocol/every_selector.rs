//! The rules for selectors, checked on the emitted code of all operators. A match-all selector is an explicit variant with
//! a name of its own. It never results from leaving something out, from a default, or from a filter that could not be
//! read.

use std::collections::{BTreeMap, BTreeSet};

use plesk_wire::xml::{Content, Limits, ReadErrorKind, Reader, Strictness};

use crate::support::{Item, emitted, reachable};

/// Every selector with its match-all variants: those that are written as nothing at all, or as `<all/>`.
const MATCH_ALL: &[(&str, &[&str])] = &[
    ("aps::GetDownloadStatusFilter", &["Everything"]),
    ("aps::GetPackagesList", &["Everything"]),
    ("aps::GetPackagesListFilter", &["Everything"]),
    ("aps::SetPackagePropertiesFilter", &["Everything"]),
    ("certificate::Filter", &[]),
    ("customer::Filter", &["Everything"]),
    ("database::DbFilter", &["Everything"]),
    ("database::Filter", &["Everything"]),
    ("database::UserFilter", &["Everything"]),
    ("db_server::Filter", &["Everything"]),
    ("db_server::GetDefaultFilter", &["Everything"]),
    ("db_server::GetFilter", &["Everything"]),
    ("db_server::GetLocalFilter", &["Everything"]),
    ("dns::RecordFilter", &["Everything"]),
    ("dns::Scope", &["Template"]),
    ("dns::TemplateFilter", &["Everything"]),
    ("dns::Zone", &["Template"]),
    ("dns::ZoneFilter", &[]),
    ("extension::Filter", &[]),
    ("extension::GetScope", &["Everything"]),
    ("ftp_user::Filter", &["Everything"]),
    ("locale::Filter", &["Everything"]),
    ("locale::GetMessageFilter", &[]),
    ("log_rotation::Filter", &["Everything"]),
    ("mail::Accounts", &["AllOfSite"]),
    ("mail::SiteFilter", &["Everything"]),
    ("php_handler::Filter", &["Everything"]),
    ("protected_dir::Filter", &["Everything"]),
    ("protected_dir::GetPdLocationDescriptorScope", &["Everything"]),
    ("protected_dir::LocationFilter", &["Everything"]),
    ("protected_dir::UserFilter", &["Everything"]),
    ("reseller::Filter", &["EverythingByEmptyFilter", "Everything"]),
    ("reseller_plan::Filter", &["Everything"]),
    ("secret_key::Filter", &["Everything"]),
    ("server::AdditionalKeyFilter", &["Everything"]),
    ("server::GetKeyScope", &["Main"]),
    ("server::KeyFilter", &["EmptyFilter", "Everything"]),
    ("server::Scope", &["Everything"]),
    ("service_plan::Filter", &["Everything"]),
    ("service_plan_addon::Filter", &["Everything"]),
    ("site::Filter", &["Everything"]),
    ("site_alias::Filter", &["Everything"]),
    ("subdomain::Filter", &["Everything"]),
    ("ui::Filter", &[]),
    ("webspace::Filter", &["Everything"]),
];

/// Returns the variants of an enum that are written as nothing at all, or as `<all/>`.
fn match_all_variants(item: &Item) -> Vec<String> {
    let is_match_all = |variant: &String| {
        let attribute = &item.attributes[variant];
        attribute == "#[xml(empty)]" || attribute.contains("=\"all\"")
    };
    item.parts.iter().map(|(variant, _)| variant).filter(|variant| is_match_all(variant)).cloned().collect()
}

fn selectors(items: &BTreeMap<String, Item>) -> BTreeMap<String, Vec<String>> {
    let enums = items.values().filter(|item| item.is_enum && item.head.contains("Choice"));
    enums
        .map(|item| (item, match_all_variants(item)))
        .filter(|(item, match_all)| !match_all.is_empty() || item.denies_unknown())
        .map(|(item, match_all)| (item.path(), match_all))
        .collect()
}

/// A new selector, or a new way to select everything, needs a row in the table, and a review.
#[test]
fn match_all_variants_are_listed() {
    let table: BTreeMap<_, Vec<_>> = MATCH_ALL
        .iter()
        .map(|(path, match_all)| ((*path).to_owned(), match_all.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(selectors(&emitted()), table);
}

/// Every other variant has a value or a non-empty list, or its element is meaningful by itself.
#[test]
fn other_variants_require_a_value() {
    let items = emitted();
    let mut variants = 0;
    for (path, match_all) in MATCH_ALL {
        for (variant, ty) in items[*path].parts.iter().filter(|(variant, _)| !match_all.contains(&variant.as_str())) {
            let has_value = !ty.is_empty() && !ty.starts_with("Option") && !ty.starts_with("Vec");
            let is_element = items[*path].attributes[variant].starts_with("#[xml(flag=");
            assert!(has_value || is_element, "{path}::{variant}");
            variants += 1;
        }
    }
    assert!(variants > 100, "{variants} variants");
}

/// A request cannot be created without its selector.
#[test]
fn selector_is_a_required_argument() {
    let items = emitted();
    let mut fields = 0;
    for item in items.values().filter(|item| !item.is_enum) {
        for (field, ty) in &item.parts {
            let is_selector =
                item.paths_in(ty).iter().any(|path| MATCH_ALL.iter().any(|(selector, _)| selector == path));
            // Types that only appear in replies have no constructor.
            let Some((_, new)) = item.code.split_once("pub fn new").filter(|_| is_selector) else { continue };
            assert!(!ty.contains('<'), "{} may leave out {field}: {ty}", item.path());
            let (parameters, _) = new.split_once(") -> Self").unwrap();
            let parameter = format!("{field}: {ty}");
            assert!(parameters.contains(&parameter), "{}::new({parameters}) does not take {parameter}", item.path());
            fields += 1;
        }
    }
    assert!(fields > 130, "{fields} fields");
}

/// In a filter that is not a selector, nothing may be left out implicitly.
#[test]
fn filter_struct_has_no_optional_fields() {
    let items = emitted();
    let mut filters = BTreeSet::new();
    for item in items.values() {
        for (_, ty) in item.parts.iter().filter(|(field, _)| field == "filter" || field == "Filter") {
            let [path] = item.paths_in(ty).try_into().unwrap_or_else(|paths| panic!("{}: {paths:?}", item.path()));
            let filter = items.get(&path).unwrap_or_else(|| panic!("{}: {path} is no type of ours", item.path()));
            assert_eq!(*ty, filter.name, "{} may leave out its filter", item.path());
            if !filter.is_enum {
                filters.insert(path);
            } else {
                assert!(MATCH_ALL.iter().any(|(selector, _)| *selector == path), "{path} is not in the table");
            }
        }
    }
    for path in &filters {
        let (_, new) = items[path].code.split_once("pub fn new").unwrap();
        let (parameters, _) = new.split_once(") -> Self").unwrap();
        for (field, ty) in &items[path].parts {
            assert!(parameters.contains(&format!("{field}: ")), "{path} may be without {field}");
            assert!(!ty.starts_with("Vec") || parameters.contains("IntoNonEmpty<"), "{field} of {path} may be empty");
        }
    }
    assert!(filters.len() > 10, "{filters:?}");
}

/// Without defaults, `..Default::default()` cannot create a selector.
#[test]
fn no_type_implements_default() {
    for item in emitted().values() {
        assert!(!item.code.contains("impl Default for"), "{}", item.path());
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/src");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let derives = text.lines().filter(|line| line.trim_start().starts_with("#[derive("));
        assert_eq!(derives.filter(|line| line.contains("Default")).count(), 0, "{}", path.display());
    }
}

/// If an operation can change or delete everything, its `EFFECT` says so, and `effect()` distinguishes each match-all
/// variant from the others.
#[test]
fn match_all_variant_has_the_most_severe_effect() {
    let items = emitted();
    let (mut by_selector, mut others) = (0, 0);
    for item in items.values().filter(|item| item.operation().is_some()) {
        let by_value = item.operation_value("effect").unwrap();
        // The first arm has the most severe effect.
        let effect = by_value.split_once("=>").map_or(by_value, |(_, arms)| arms.split(',').next().unwrap());
        if !["Change", "Delete", "ChangeEverything", "DeleteEverything"].contains(&effect) {
            continue;
        }
        // The selectors in the request, but not in a list, and not in its values, replies or settings.
        let inside = reachable(&items, item.parts.iter().flat_map(|(_, ty)| item.paths_in(ty)), |inner| {
            MATCH_ALL.iter().any(|(path, _)| *path == inner.path()) || inner.name.ends_with("Filter")
        });
        let match_all: Vec<_> = MATCH_ALL
            .iter()
            .filter(|(path, _)| inside.contains(*path))
            .flat_map(|(path, variants)| variants.iter().map(move |variant| (path, variant)))
            .collect();
        let everything = effect.ends_with("Everything");
        // These have no selector: they empty something that a server has once, or their effect is unknown.
        if ["event_log::Get", "extension::Call", "server::CleanMailQueue"].contains(&item.path().as_str()) {
            assert_eq!((effect, match_all.len()), ("DeleteEverything", 0));
            continue;
        }
        assert_eq!(everything, !match_all.is_empty(), "{} is {effect}: {match_all:?}", item.path());
        if !everything {
            others += 1;
            continue;
        }
        by_selector += 1;
        for (path, variant) in match_all {
            let name = path.split("::").last().unwrap();
            assert!(by_value.contains(&format!("{name}::{variant}")), "{}: {name}::{variant}\n{by_value}", item.path());
        }
    }
    assert!(by_selector > 80 && others > 40, "{by_selector} operations with a selector, {others} without");
}

/// Checks that an element with the content `inside` is readable, and no longer with additional unknown content.
fn assert_denies_unknown<T: Content>(path: &str, inside: &str) {
    let read = |inside: &str, strictness| {
        let xml = format!("<x>{inside}</x>");
        Reader::new(xml.as_bytes(), strictness, Limits::DEFAULT).unwrap().document::<T>("x").map(drop)
    };
    for strictness in [Strictness::Strict, Strictness::Lenient] {
        assert_eq!(read(inside, strictness), Ok(()), "{path}: {inside}");
        for unknown in ["<novelty>5</novelty>", "<p:id xmlns:p='u'>5</p:id>", "<Id>5</Id>", "5"] {
            for xml in [format!("{inside}{unknown}"), format!("{unknown}{inside}")] {
                let error = read(&xml, strictness).expect_err(&format!("{path} reads {xml} as {inside}"));
                let is_unexpected =
                    matches!(error.kind(), ReadErrorKind::Unexpected { .. } | ReadErrorKind::UnexpectedText);
                assert!(is_unexpected, "{path}: {xml}: {error}");
            }
        }
    }
}

macro_rules! deny_unknown {
    ($($module:ident :: $name:ident: $($inside:literal),+;)*) => {
        const DENY_UNKNOWN: &[&str] = &[$(concat!(stringify!($module), "::", stringify!($name))),*];

        #[test]
        fn unknown_content_in_a_selector_is_an_error() {
            $($(assert_denies_unknown::<plesk::$module::$name>(
                concat!(stringify!($module), "::", stringify!($name)),
                $inside,
            );)+)*
        }
    };
}

// Every element that is a selector, or that contains a selector without an element of its own, with valid contents.
deny_unknown! {
    aps::GetDownloadStatusFilter: "", "<task-id>5</task-id>";
    aps::GetPackagesList: "<all/>", "<filter/>";
    aps::GetPackagesListFilter: "", "<package-id>5</package-id>";
    aps::SetPackagePropertiesFilter: "", "<package-id>5</package-id>";
    certificate::Filter: "<domain-id>5</domain-id>";
    customer::Filter: "", "<id>5</id>", "<login>a</login><login>b</login>";
    database::DbFilter: "", "<db-id>5</db-id>";
    database::Filter: "", "<webspace-id>5</webspace-id>";
    database::UserFilter: "", "<id>5</id>";
    db_server::Filter: "", "<id>5</id><dsn>a</dsn>", "<dsn>a</dsn>";
    db_server::GetDefaultFilter: "", "<type>mysql</type>";
    db_server::GetFilter: "", "<id>5</id>";
    db_server::GetLocalFilter: "", "<type>mysql</type>";
    dns::AddRec: "<type>A</type><host>www</host><value>192.0.2.7</value>";
    dns::Disable: "", "<filter><site-id>5</site-id></filter>";
    dns::Enable: "", "<filter><site-id>5</site-id></filter>";
    dns::Get: "", "<filter><site-id>5</site-id></filter><soa/>";
    dns::RecordFilter: "", "<site-id>5</site-id>";
    dns::Set: "<soa/>", "<filter><site-id>5</site-id></filter><soa/>";
    dns::TemplateFilter: "", "<used-ip>192.0.2.7</used-ip>";
    dns::ZoneFilter: "<site-id>5</site-id>";
    extension::Filter: "<id>a</id>";
    extension::Get: "", "<filter><id>a</id></filter>";
    ftp_user::Filter: "", "<name>a</name>";
    locale::Filter: "", "<id>de-DE</id>";
    locale::GetMessageFilter: "<key>a</key>";
    log_rotation::Filter: "", "<site-id>5</site-id>";
    mail::Filter: "<site-id>5</site-id>", "<site-id>5</site-id><name>info</name>";
    mail::GetInfoFilter: "<site-id>5</site-id>", "<site-id>5</site-id><name>info</name>";
    mail::SiteFilter: "", "<site-id>5</site-id>";
    php_handler::Filter: "", "<id>a</id>";
    protected_dir::Filter: "", "<id>5</id>";
    protected_dir::GetPdLocationDescriptor: "", "<filter/>";
    protected_dir::LocationFilter: "", "<site-id>5</site-id>";
    protected_dir::UserFilter: "", "<pd-id>5</pd-id>";
    reseller::Filter: "", "<all/>", "<id>5</id>";
    reseller_plan::Filter: "<all/>", "<id>5</id>";
    secret_key::Filter: "", "<key>a</key>";
    server::AdditionalKeyFilter: "", "<name>a</name>";
    server::GetAdditionalKey: "", "<filter/>";
    server::GetKey: "", "<filter/>";
    server::KeyFilter: "", "<all/>", "<name>a</name>";
    server::RemoveAdditionalKey: "", "<filter/>";
    server::RenewAdditionalKey: "", "<filter/>";
    service_plan::Filter: "", "<id>5</id>";
    service_plan_addon::Filter: "", "<id>5</id>";
    site::Filter: "", "<id>5</id>";
    site_alias::Filter: "", "<id>5</id>";
    subdomain::Filter: "", "<id>5</id>";
    ui::Filter: "<custombutton-id>5</custombutton-id>";
    webspace::Filter: "", "<id>5</id>";
}

#[test]
fn list_of_types_that_deny_unknown_content_is_complete() {
    let expected: BTreeSet<_> = emitted().values().filter(|item| item.denies_unknown()).map(Item::path).collect();
    assert_eq!(DENY_UNKNOWN.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>(), expected);
    // Selectors without an element of their own are contained in such an element.
    let items = emitted();
    for (path, _) in MATCH_ALL.iter().filter(|(path, _)| !items[*path].denies_unknown()) {
        let containers: Vec<_> = items
            .values()
            .filter(|item| {
                item.code.contains("pub fn new(")
                    && item.parts.iter().any(|(_, ty)| item.paths_in(ty).contains(&(*path).to_owned()))
            })
            .collect();
        assert!(
            !containers.is_empty() && containers.iter().all(|item| item.denies_unknown()),
            "{path} in {containers:?}"
        );
    }
}
