//! Uses the code emitted for each row of the mapping table: compiles it, and writes, reads and validates values.
//! `tests/golden_files.rs` compares the emitted files with the generator.

// Emitted code is a library; the tests use parts of it.
#![allow(dead_code, unreachable_pub)]

mod support;

mod all;
mod ambiguous;
mod attribute;
mod both_directions;
mod bounded;
mod choice;
mod conversion;
mod default;
mod emptiable_choice;
mod enumeration;
mod extension;
mod facets;
mod flag;
mod integers;
mod name_twice;
mod names;
mod nested_operations;
mod nillable;
mod optional_selector;
mod order;
mod recursion;
mod repeated_branch;
mod repeated_choice;
mod repeated_group;
mod replies;
mod results;
mod selector_in_filter;
mod sequence;
mod sequence_selector;
mod settings;
mod shared_parts;
mod single_branch;
mod targets;
mod union;
mod untyped;
mod white_space;
mod wildcard;
