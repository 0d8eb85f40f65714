//! The rules for selectors, in the emitted code of all operators: what means everything, or nothing in particular, has a
//! name of its own that is loud; it is never left out, never a default, and never what remains of a filter that could
//! not be read.

use std::collections::{BTreeMap, BTreeSet};

use plesk_wire::xml::{Content, Limits, Reader, Strictness};

use crate::support::{Item, emitted, reachable};

/// Each selector with its variants that are written as nothing at all, or as `<all/>`.
const LOUD: &[(&str, &[&str])] = &[
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
    ("protected_dir::GetPdLocationDescriptorScopeFilter", &["Everything"]),
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

/// The variants of an enum that are written as nothing at all, or as `<all/>`.
fn loud_variants(item: &Item) -> Vec<String> {
    let loud = |variant: &String| {
        let attribute = &item.attributes[variant];
        attribute == "#[xml(empty)]" || attribute.contains("=\"all\"")
    };
    item.parts.iter().map(|(variant, _)| variant).filter(|variant| loud(variant)).cloned().collect()
}

fn selectors(items: &BTreeMap<String, Item>) -> BTreeMap<String, Vec<String>> {
    let enums = items.values().filter(|item| item.is_enum && item.head.contains("Choice"));
    enums
        .map(|item| (item, loud_variants(item)))
        .filter(|(item, loud)| !loud.is_empty() || item.is_exact())
        .map(|(item, loud)| (item.path(), loud))
        .collect()
}

/// A new selector, or a new way to say everything, needs a row here, and a look at it.
#[test]
fn what_means_everything_has_a_loud_name() {
    let table: BTreeMap<_, Vec<_>> = LOUD
        .iter()
        .map(|(path, loud)| ((*path).to_owned(), loud.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(selectors(&emitted()), table);
}

/// Every other variant holds something, a value or a list that is not empty; or its element says by itself what it is.
#[test]
fn quiet_variants_hold_something() {
    let items = emitted();
    let mut quiet = 0;
    for (path, loud) in LOUD {
        for (variant, held) in items[*path].parts.iter().filter(|(variant, _)| !loud.contains(&variant.as_str())) {
            let holds = !held.is_empty() && !held.starts_with("Option") && !held.starts_with("Vec");
            let is_element = items[*path].attributes[variant].starts_with("#[xml(flag=");
            assert!(holds || is_element, "{path}::{variant}");
            quiet += 1;
        }
    }
    assert!(quiet > 100, "{quiet} variants");
}

/// Whoever makes a request has to give its selector.
#[test]
fn a_selector_is_a_required_argument() {
    let items = emitted();
    let mut fields = 0;
    for item in items.values().filter(|item| !item.is_enum) {
        for (field, ty) in &item.parts {
            let holds = item.paths_in(ty).iter().any(|path| LOUD.iter().any(|(selector, _)| selector == path));
            // What only answers hold cannot be made.
            let Some((_, new)) = item.code.split_once("pub fn new(").filter(|_| holds) else { continue };
            assert!(!ty.contains('<'), "{} may leave out {field}: {ty}", item.path());
            let (parameters, _) = new.split_once(") -> Self").unwrap();
            let parameter = format!("{field}: {ty}");
            assert!(parameters.contains(&parameter), "{}::new({parameters}) does not take {parameter}", item.path());
            fields += 1;
        }
    }
    assert!(fields > 130, "{fields} fields");
}

/// In a filter that is no selector nothing may be absent in silence.
#[test]
fn filters_that_are_no_selectors_name_something() {
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
                assert!(LOUD.iter().any(|(selector, _)| *selector == path), "{path} is not in the table");
            }
        }
    }
    for path in &filters {
        let (_, new) = items[path].code.split_once("pub fn new(").unwrap();
        let (parameters, _) = new.split_once(") -> Self").unwrap();
        for (field, ty) in &items[path].parts {
            assert!(parameters.contains(&format!("{field}: ")), "{path} may be without {field}");
            assert!(!ty.starts_with("Vec") || parameters.contains("IntoNonEmpty<"), "{field} of {path} may be empty");
        }
    }
    assert!(filters.len() > 10, "{filters:?}");
}

/// No type has a default, so that none comes about by `..Default::default()`.
#[test]
fn nothing_has_a_default() {
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

/// An operation that changes or deletes, and can be told to do so to everything, says that this is what it may do; and
/// its effect tells each of the loud variants from the others.
#[test]
fn everything_is_the_gravest_effect_of_every_operation() {
    let items = emitted();
    let (mut by_selector, mut others) = (0, 0);
    for item in items.values().filter(|item| item.operation().is_some()) {
        let effect = item.code.split_once("const EFFECT: Effect = Effect::").unwrap().1.split(';').next().unwrap();
        if !["Change", "Delete", "ChangeEverything", "DeleteEverything"].contains(&effect) {
            continue;
        }
        // What the request holds, but not in a list, and not its values, answers or settings.
        let inside = reachable(&items, item.parts.iter().flat_map(|(_, ty)| item.paths_in(ty)), |inner| {
            LOUD.iter().any(|(path, _)| *path == inner.path()) || inner.name.ends_with("Filter")
        });
        let loud: Vec<_> = LOUD
            .iter()
            .filter(|(path, _)| inside.contains(*path))
            .flat_map(|(path, variants)| variants.iter().map(move |variant| (path, variant)))
            .collect();
        let everything = effect.ends_with("Everything");
        // These empty what a server has once, or do what is not known, and choose nothing.
        if ["event_log::Get", "extension::Call", "server::CleanMailQueue"].contains(&item.path().as_str()) {
            assert_eq!((effect, loud.len()), ("DeleteEverything", 0));
            continue;
        }
        assert_eq!(everything, !loud.is_empty(), "{} is {effect}: {loud:?}", item.path());
        if !everything {
            others += 1;
            continue;
        }
        by_selector += 1;
        let (_, by_value) = item.code.split_once("fn effect(&self)").unwrap_or_else(|| panic!("{}", item.path()));
        let (by_value, _) = by_value.split_once("\n    }").unwrap();
        for (path, variant) in loud {
            let name = path.split("::").last().unwrap();
            assert!(by_value.contains(&format!("{name}::{variant}")), "{}: {name}::{variant}\n{by_value}", item.path());
        }
    }
    assert!(by_selector > 80 && others > 40, "{by_selector} operations with a selector, {others} without");
}

/// Reads the element `name`, and what is read when something that no schema knows stands in it as well.
fn assert_refuses_the_unknown<T: Content>(path: &str, inside: &str) {
    let read = |inside: &str, strictness| {
        let xml = format!("<x>{inside}</x>");
        Reader::new(xml.as_bytes(), strictness, Limits::DEFAULT).unwrap().document::<T>("x").map(drop)
    };
    for strictness in [Strictness::Strict, Strictness::Lenient] {
        assert_eq!(read(inside, strictness), Ok(()), "{path}: {inside}");
        for unknown in ["<novelty>5</novelty>", "<p:id xmlns:p='u'>5</p:id>", "<Id>5</Id>", "5"] {
            for xml in [format!("{inside}{unknown}"), format!("{unknown}{inside}")] {
                assert!(read(&xml, strictness).is_err(), "{path} reads {xml} as {inside}");
            }
        }
    }
}

macro_rules! exact {
    ($($module:ident :: $name:ident: $($inside:literal),+;)*) => {
        const DENY_UNKNOWN: &[&str] = &[$(concat!(stringify!($module), "::", stringify!($name))),*];

        #[test]
        fn what_cannot_be_read_never_becomes_everything() {
            $($(assert_refuses_the_unknown::<plesk::$module::$name>(
                concat!(stringify!($module), "::", stringify!($name)),
                $inside,
            );)+)*
        }
    };
}

// Each element that is a selector, or that a selector stands in without an element of its own, with what it can hold.
exact! {
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
    protected_dir::GetPdLocationDescriptorScopeFilter: "", "<site-id>5</site-id>";
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
fn the_list_of_exact_types_is_complete() {
    let exact: BTreeSet<_> = emitted().values().filter(|item| item.is_exact()).map(Item::path).collect();
    assert_eq!(DENY_UNKNOWN.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>(), exact);
    // The selectors without an element of their own stand in such an element.
    let items = emitted();
    for (path, _) in LOUD.iter().filter(|(path, _)| !items[*path].is_exact()) {
        let around: Vec<_> = items
            .values()
            .filter(|item| {
                item.code.contains("pub fn new(")
                    && item.parts.iter().any(|(_, ty)| item.paths_in(ty).contains(&(*path).to_owned()))
            })
            .collect();
        assert!(!around.is_empty() && around.iter().all(|item| item.is_exact()), "{path} in {around:?}");
    }
}
