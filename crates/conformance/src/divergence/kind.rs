//! The kinds of expected divergence, each with its reason.

/// A reason why our verdict and that of libxml2 differ on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Divergence {
    /// We refuse document type declarations. They define entities, which allow attacks, and no packet needs one.
    Doctype,
    /// We refuse packets that are deeper or larger, or have more attributes, than any of the protocol, as a protection
    /// from malicious input.
    Limit,
    /// We refuse integers beyond 64 bits. The schemas bound some integers on one side only, but servers could not store
    /// larger ones.
    WideInteger,
    /// We accept white space around numbers, dates and times, because it collapses before the checks (XML Schema Part 2,
    /// section 4.3.6). We accept a plus sign or `-0` in a non-negative integer (section 3.3.20.1). libxml2 refuses both in
    /// most types with bounds.
    WhiteSpaceOrSign,
    /// We refuse characters in Base64 other than its alphabet and single spaces (XML Schema Part 2, section 3.2.16).
    /// libxml2 ignores them.
    LooseBase64,
    /// The content of some replies does not determine which of two members an element belongs to. We give it to the first.
    /// libxml2 may then find nothing left for the second, and refuses.
    AmbiguousContent,
    /// We accept elements of any namespace for a wildcard that asks for none. No element of the protocol has a namespace,
    /// and lenient readers keep every element that they find.
    WildcardNamespace,
    /// In free content, libxml2 validates an element that has the name of a declared one (lax processing). Declared
    /// elements have no meaning there, so we do not.
    DeclaredElement,
    /// The entry points declare the element `descriptor` in addition to `packet`, so libxml2 accepts it as a root. We do
    /// not, because servers only take packets.
    OtherRoot,
    /// `\p{L}` and the like follow the current Unicode (XML Schema Part 2, section F.1.1). The tables of libxml2 are old.
    OldUnicode,
}
