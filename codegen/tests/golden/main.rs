//! Uses what is emitted for each row of the mapping table: it compiles, is written, read strictly and
//! leniently, and validated. `tests/golden_files.rs` holds the emitted files against the generator.

// Emitted code is a library's, of which a test uses a part.
#![allow(dead_code, unreachable_pub)]

mod support;

mod all;
mod attribute;
mod both_directions;
mod bounded;
mod choice;
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
mod recursion;
mod repeated_branch;
mod repeated_choice;
mod repeated_group;
mod results;
mod sequence;
mod single_branch;
mod union;
mod untyped;
mod white_space;
mod wildcard;
