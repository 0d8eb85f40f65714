//! The options of a reader.

/// How a document is compared with the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Accepts only what the schema allows, in its order, as a validating server does.
    Strict,
    /// Skips and counts unknown elements and attributes, and accepts elements in any order. What is
    /// required is still required. For responses of servers newer than the schemas.
    Lenient,
}

/// The limits of a reader. It refuses every document that exceeds them, valid or not.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// The size of the document, in bytes.
    pub size: usize,
    /// The depth of nested elements.
    pub depth: usize,
    /// The number of attributes of one element, and of namespaces declared at once.
    pub attributes: usize,
    /// The memory for the parsed data, in bytes: the items of lists at their size in memory, and
    /// texts. The nine bytes of `<result/>` may become a struct of a kilobyte.
    pub memory: usize,
}

impl Limits {
    /// 64 MiB, 128 levels, 64 attributes, 512 MiB of memory.
    pub const DEFAULT: Self = Self { size: 64 << 20, depth: 128, attributes: 64, memory: 512 << 20 };
}
