//! Compares the files emitted for each row of the mapping table with the expected ones.
//!
//! The rows are the directories of `tests/golden`: `request.xsd`, sometimes `response.xsd` and included files, and
//! `expected`, which `tests/golden/main.rs` compiles and uses. After an intended change of the generator,
//! `UPDATE_GOLDEN=1 cargo test -p plesk-codegen --test golden_files` rewrites the expected files; read the difference.

#[path = "common/config.rs"]
mod config;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use plesk_codegen::config::{Config, Conversion, OperationClass, Rename, Selector, Setting};
use plesk_codegen::model::{Class, Target, Untyped};
use plesk_codegen::{Schemas, generate};

use config::{packets, plain};

const fn rename(path: &'static str, name: &'static str) -> Rename {
    Rename { path, name }
}

const fn operation(operator: &'static str, operation: &'static str, class: Class) -> OperationClass {
    operation_on(operator, operation, class, Target::Selected)
}

const fn operation_on(operator: &'static str, operation: &'static str, class: Class, target: Target) -> OperationClass {
    OperationClass { operator, operation, class, target }
}

/// Returns a selector whose empty form selects `scope`, and is named `variant`.
const fn selector_or(path: &'static str, variant: &'static str, scope: &'static str) -> Selector {
    Selector { path, empty: Some((variant, scope)), everything: &[] }
}

const COLOUR_NAMES: &[Rename] = &[rename("ColourType=*", "Rainbow")];
const ROUTE_NAMES: &[Rename] = &[rename("route/port#2", "destination")];
const LIBRARY: &[OperationClass] = &[
    operation("library", "open", Class::Create),
    operation("library", "stock/add", Class::Create),
    operation("library", "stock/list", Class::Read),
];
const SHIP: &[OperationClass] = &[
    operation("ship", "add", Class::Create),
    operation("ship", "get", Class::Read),
    operation("ship", "del", Class::Delete),
    operation("ship", "set", Class::Set),
    operation("ship", "build", Class::Create),
    operation("ship", "sink", Class::Delete),
    operation("ship", "tow", Class::Change),
    operation("ship", "ping", Class::Read),
    operation("ship", "count", Class::Read),
];
const LAMP: &[OperationClass] = &[operation("lamp", "dim", Class::Set), operation("lamp", "off", Class::Set)];
const LAMPS: &[Selector] = &[
    Selector { path: "LampFilterType", empty: None, everything: &[] },
    selector_or("LampRequestType/dim/(filter)", "Harbour", "All lamps of the harbour."),
    selector_or("LampRequestType/off/(filter)", "Harbour", "All lamps of the harbour."),
];
const LAMP_NAMES: &[Rename] =
    &[rename("LampRequestType/dim/(filter)", "scope"), rename("LampRequestType/off/(filter)", "scope")];
const BERTH: &[OperationClass] = &[operation("berth", "clear", Class::Delete)];
const BERTHS: &[Selector] = &[selector_or("BerthFilterType/(name)", "AllOfPier", "All berths of the pier.")];
const BERTH_NAMES: &[Rename] = &[rename("BerthFilterType/(name)", "names")];
const BUOY: &[OperationClass] = &[operation("buoy", "remove", Class::Delete)];
const BUOYS: &[Selector] = &[selector_or("BuoyFilterType", "Everything", "All buoys.")];
const BUOY_NAMES: &[Rename] = &[rename("BuoyFilterType/(group)", "ids")];
const LIGHT: &[OperationClass] = &[operation_on("light", "set", Class::Set, Target::Server)];
const BOAT: &[OperationClass] = &[
    operation("boat", "moor", Class::Create),
    operation("boat", "sell", Class::Create),
    operation("boat", "lend", Class::Create),
];
const GULL: &[OperationClass] = &[
    operation("gull", "ring", Class::Create),
    operation("gull", "feed", Class::Create),
    operation("gull", "count", Class::Read),
    operation("gull", "list", Class::Read),
    operation("gull", "watch", Class::Read),
];
const DOCK: &[OperationClass] = &[
    operation_on("dock", "rename", Class::Change, Target::Named(&["name"])),
    operation_on("dock", "drain", Class::Delete, Target::StableId(&["id"])),
    operation_on("dock", "paint", Class::Set, Target::StableId(&["id"])),
    operation("dock", "flood", Class::Set),
    operation_on("dock", "light", Class::Set, Target::Named(&["lamp/id"])),
    operation_on("dock", "open", Class::Set, Target::Server),
    operation_on("dock", "sweep", Class::Delete, Target::Server),
];

const CREW: &[Conversion] = &[
    Conversion { from: "CrewInfoType", to: "CrewChangeType", without: &["status"], given: &["name"] },
    Conversion { from: "CabinInfoType", to: "CabinChangeType", without: &[], given: &[] },
    Conversion { from: "WatchInfoType", to: "WatchChangeType", without: &[], given: &[] },
];
const DOCKS: &[Selector] = &[Selector { path: "DockFilterType", empty: None, everything: &[] }];

/// The rows: name and configuration.
fn rows() -> Vec<(&'static str, Config)> {
    vec![
        ("all", plain()),
        ("ambiguous", Config { ambiguous: vec!["report"], ..plain() }),
        ("attribute", plain()),
        ("both_directions", Config { modules: vec![("request", "books"), ("response", "books")], ..plain() }),
        ("bounded", plain()),
        ("choice", plain()),
        (
            "conversion",
            Config {
                modules: vec![("request", "crew"), ("response", "crew"), ("shared", "common")],
                secrets: vec!["password"],
                conversions: CREW.to_vec(),
                settings: vec![Setting { path: "BadgeType", name: "name", value: "value", shown: &["colour"] }],
                ..plain()
            },
        ),
        ("default", plain()),
        (
            "emptiable_choice",
            Config {
                selectors: vec![Selector {
                    path: "ContainerFilterType",
                    empty: Some(("EverythingOnBoard", "All containers of the ship.")),
                    everything: &[("whole-ship", "Everything")],
                }],
                ..plain()
            },
        ),
        ("enumeration", Config { renames: COLOUR_NAMES.to_vec(), ..plain() }),
        ("extension", plain()),
        ("facets", Config { newtypes: vec![("IdType", "MemberId")], ..plain() }),
        ("flag", plain()),
        ("integers", plain()),
        ("name_twice", Config { renames: ROUTE_NAMES.to_vec(), ..plain() }),
        (
            "names",
            Config {
                modules: vec![("request", "port")],
                roots: ("login", "response"),
                prefixes: vec![("port", &["port"])],
                noise: &["Type", "Input"],
                secrets: vec!["pass-word"],
                newtypes: vec![("BadgeType", "Badge")],
                wrappers: &["data"],
                abbreviations: &[("qty", "quantity")],
                renames: vec![rename("CargoType/data/container/paperwork", "Papers")],
                ..plain()
            },
        ),
        ("nested_operations", Config { nested: vec![("library", "stock")], operations: LIBRARY.to_vec(), ..packets() }),
        ("nillable", plain()),
        (
            "optional_selector",
            Config { operations: LAMP.to_vec(), selectors: LAMPS.to_vec(), renames: LAMP_NAMES.to_vec(), ..packets() },
        ),
        // Configured only with what any schema needs: the title, and the module of each file.
        (
            "order",
            Config {
                title: "Order of goods",
                runtime: "plesk_wire",
                roots: ("order", "order"),
                modules: vec![("request", "order")],
                noise: &["Type"],
                ..Config::default()
            },
        ),
        ("recursion", plain()),
        ("repeated_branch", plain()),
        ("repeated_choice", plain()),
        ("repeated_group", plain()),
        ("replies", Config { operations: GULL.to_vec(), ..packets() }),
        (
            "results",
            Config {
                operations: SHIP.to_vec(),
                selectors: vec![Selector {
                    path: "ShipFilterType",
                    empty: Some(("Everything", "All ships.")),
                    everything: &[],
                }],
                ..packets()
            },
        ),
        (
            "selector_in_filter",
            Config {
                operations: BERTH.to_vec(),
                selectors: BERTHS.to_vec(),
                renames: BERTH_NAMES.to_vec(),
                ..packets()
            },
        ),
        ("sequence", plain()),
        (
            "sequence_selector",
            Config { operations: BUOY.to_vec(), selectors: BUOYS.to_vec(), renames: BUOY_NAMES.to_vec(), ..packets() },
        ),
        (
            "settings",
            Config {
                operations: LIGHT.to_vec(),
                settings: vec![Setting {
                    path: "SettingType",
                    name: "name",
                    value: "value",
                    shown: &["colour", "height"],
                }],
                ..packets()
            },
        ),
        ("shared_parts", Config { operations: BOAT.to_vec(), ..packets() }),
        (
            "single_branch",
            Config { selectors: vec![Selector { path: "BooksFilterType", empty: None, everything: &[] }], ..plain() },
        ),
        ("targets", Config { operations: DOCK.to_vec(), selectors: DOCKS.to_vec(), ..packets() }),
        ("union", plain()),
        (
            "untyped",
            Config {
                untyped: vec![
                    ("query/summary", Untyped::Flag),
                    ("query/title", Untyped::Text),
                    ("query/extra", Untyped::Raw),
                    ("query/note", Untyped::Text),
                ],
                ..plain()
            },
        ),
        ("white_space", plain()),
        ("wildcard", plain()),
    ]
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

#[test]
fn emitted_files_are_as_expected() {
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    let mut stale = Vec::new();
    for (row, config) in rows() {
        let directory = directory().join(row);
        let response = if directory.join("response.xsd").is_file() { "response.xsd" } else { "request.xsd" };
        let schemas = Schemas { directory: &directory, protocol: "1", request: "request.xsd", response };
        let config = Config { root: Some(format!("crate::{row}::expected").leak()), ..config };
        match generate(&schemas, &config, &directory.join("expected"), !update) {
            Err(error) => stale.push(format!("{row}: {error}")),
            Ok(summary) if update || summary.changes.is_empty() => {}
            Ok(summary) => stale.push(format!("{row}: {:#?}", summary.changes)),
        }
    }
    assert!(stale.is_empty(), "not as expected; see the head of this file\n{}", stale.join("\n"));
}

/// A row that is not generated or not used would prove nothing.
#[test]
fn every_row_is_generated_and_used() {
    let entries = fs::read_dir(directory()).expect("the directory of rows").map(|entry| entry.expect("a row"));
    let found: BTreeSet<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let generated: BTreeSet<String> = rows().into_iter().map(|(row, _)| row.to_owned()).collect();
    assert_eq!(found, generated);
    let users = fs::read_to_string(directory().join("main.rs")).expect("main.rs");
    for row in found {
        assert!(users.contains(&format!("\nmod {row};\n")), "main.rs does not use {row}");
    }
}
