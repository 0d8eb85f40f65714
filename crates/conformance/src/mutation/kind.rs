//! The kinds of mutation.

use super::mutator::Mutator;
use super::{markup, structure, value};

macro_rules! mutations {
    ($($(#[$doc:meta])* $kind:ident => $apply:expr,)*) => {
        /// A kind of mutation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Mutation {
            $($(#[$doc])* $kind,)*
        }

        impl Mutation {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Applies the mutation at a random position. Returns `true` if there was one, and something changed.
            pub fn apply(self, mutator: &mut Mutator<'_>) -> bool {
                match self {
                    $(Self::$kind => $apply(mutator),)*
                }
            }
        }
    };
}

mutations! {
    /// Removes an element.
    Remove => structure::remove,
    /// Duplicates an element.
    Duplicate => structure::duplicate,
    /// Swaps two siblings.
    Swap => structure::swap,
    /// Reorders the children of an `xs:all`.
    Shuffle => structure::shuffle,
    /// Renames an element.
    Rename => structure::rename,
    /// Inserts an element, which the type may or may not declare.
    Insert => structure::insert,
    /// Moves an element into another one.
    Move => structure::relocate,
    /// Wraps an element in another one.
    Wrap => structure::wrap,
    /// Replaces an element by its content.
    Unwrap => structure::unwrap,
    /// Empties an element that has children.
    Empty => structure::empty,
    /// Replaces an element by a copy of another one.
    Replace => structure::replace,
    /// Empties a value.
    EmptyValue => value::empty,
    /// Replaces a value by one at a bound of its type, or next to one.
    BoundaryValue => value::boundary,
    /// Replaces a value by one of another type.
    OtherTypeValue => value::other_type,
    /// Replaces a value by another spelling of the same value.
    EquivalentValue => value::equivalent,
    /// Adds white space around a value or inside of it.
    WhiteSpaceInValue => value::add_white_space,
    /// Replaces, removes or inserts one character of a value.
    Typo => value::typo,
    /// Inserts a text between elements or into a value.
    InsertText => markup::insert_text,
    /// Inserts an element into a value.
    InsertElementIntoValue => markup::insert_element_into_value,
    /// Adds an attribute that is not declared.
    InsertAttribute => markup::insert_attribute,
    /// Removes, duplicates or renames an attribute.
    DamageAttribute => markup::damage_attribute,
    /// Inserts a comment.
    InsertComment => markup::insert_comment,
    /// Inserts a processing instruction.
    InsertInstruction => markup::insert_instruction,
    /// Writes a value as CDATA, or inserts CDATA.
    InsertCData => markup::insert_cdata,
    /// Inserts a reference to a character or an entity.
    InsertReference => markup::insert_reference,
    /// Puts an element into a namespace, or declares one.
    Namespace => markup::change_namespace,
    /// Adds `xsi:nil` to an element.
    Nil => markup::set_nil,
    /// Adds something unusual before or after the root element.
    PrologAndEpilog => markup::set_prolog_and_epilog,
    /// Makes the document not well-formed.
    NotWellFormed => markup::damage_syntax,
}
