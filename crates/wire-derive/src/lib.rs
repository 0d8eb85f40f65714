#![doc = include_str!("../README.md")]

mod alternative;
mod attributes;
mod choice;
mod content;
mod generics;
mod member;
mod operation;
mod serde;
mod shape;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Derives `Content`: how the content of an element is read, written and checked.
///
/// Each field is one member of the content, in the order of the schema. The attribute `#[xml(…)]` names the kind of the
/// member, and the type of the field says how often it occurs. Only the element itself has no name here: it is named by
/// the type that contains it.
///
/// ```
/// use plesk_wire::xml::{Choice, Content, Facet, NonEmpty, Raw, SimpleType, Writer};
///
/// static BRANCH: SimpleType = SimpleType::STRING.restricted("branch", &[Facet::MaxLength(50)]);
///
/// /// `<repository kind="bare"><name>…</name>…</repository>`
/// #[derive(Content)]
/// struct Repository {
///     #[xml(attribute = "kind")]
///     kind: Option<String>,
///     #[xml(text = "name")]
///     name: String,
///     #[xml(text = "depth", default = "0")]
///     depth: Option<i32>,
///     #[xml(text = "branch", type = BRANCH, min = 1, max = 20)]
///     branches: Vec<String>,
///     #[xml(element = "hook")]
///     hooks: Vec<Hook>,
///     #[xml(flag = "deploy")]
///     deploy: bool,
///     #[xml(choice)]
///     owner: Owner,
///     #[xml(wildcard)]
///     other: Vec<Raw>,
/// }
///
/// /// `<hook timeout="30">make deploy</hook>`: text with an attribute.
/// #[derive(Content)]
/// struct Hook {
///     #[xml(attribute = "timeout")]
///     timeout: Option<i32>,
///     #[xml(text_content)]
///     command: String,
/// }
///
/// /// One of `<id>`, several `<login>`, or `<admin/>`.
/// #[derive(Choice)]
/// enum Owner {
///     #[xml(text = "id")]
///     Id(i32),
///     #[xml(text = "login")]
///     Logins(NonEmpty<String>),
///     #[xml(flag = "admin")]
///     Admin,
/// }
///
/// let site = Repository {
///     kind: None,
///     name: "site".to_owned(),
///     depth: None,
///     branches: vec!["main".to_owned()],
///     hooks: vec![Hook { timeout: Some(30), command: "make deploy".to_owned() }],
///     deploy: true,
///     owner: Owner::Admin,
///     other: Vec::new(),
/// };
/// let xml = String::from_utf8(Writer::document("repository", &site))?;
/// assert!(xml.ends_with(
///     "<repository><name>site</name><branch>main</branch><hook timeout=\"30\">make deploy</hook>\
///      <deploy/><admin/></repository>"
/// ));
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
///
/// # Attributes of a field
///
/// Exactly one of these is the kind of the member:
///
/// | `#[xml(…)]` | schema | type of the field |
/// |---|---|---|
/// | `text = "name"` | element with text | `S`, `Option<S>`, `Vec<S>`; `Nillable<S>`, `Option<Nillable<S>>` |
/// | `element = "name"` | element with content | `C`, `Option<C>`, `Vec<C>` |
/// | `flag = "name"` | optional element that is empty | `bool`: whether it is present |
/// | `choice` | `xs:choice` | `E`, `Option<E>`, `Vec<E>`; `E` alone if it has a variant `empty` |
/// | `group` | optional or repeated group of members | `Option<C>`, `Vec<C>` |
/// | `wildcard` | `xs:any` | `Vec<Raw>` |
/// | `attribute = "name"` | attribute of the element | `S`, `Option<S>` |
/// | `text_content` | text of the element itself, which then has no child elements | `S` |
///
/// `S` implements `Scalar`: `String`, `Secret`, `bool`, a number, `Date`, … `C` implements `Content`, and `E`
/// implements `Choice`. `Option` makes a member optional and `Vec` makes it a list; both must be written out, as the
/// derive cannot see through an alias. A required element that is always empty is an `element` of type `()`.
///
/// These go with a kind:
///
/// | `#[xml(…)]` | with | meaning |
/// |---|---|---|
/// | `type = T` | `text`, `attribute`, `text_content` | simple type of the text: the path of a static or constant of type `SimpleType`. Default: the built-in type of the Rust type, such as `xs:int` for `i32` |
/// | `min = 1`, `max = 20` | lists | bounds of the number of items; default: 0 to any number |
/// | `default = "0"` | `text` that is no list | value of the element if it is empty |
/// | `ordered` | `choice` that is a list | the order of the items matters; serde keeps it |
/// | `redact_unless = path` | `text` of type `Secret` | `path(&self)` returns `true` if the value may be shown |
///
/// # Attributes of the type
///
/// | `#[xml(…)]` | meaning |
/// |---|---|
/// | `crate = path` | path of the crate `plesk_wire`, for example `plesk::wire`; default: `::plesk_wire` |
/// | `any_order` | the elements may come in any order (`xs:all`); they are written in the order of the fields |
/// | `deny_unknown` | even a lenient reader refuses unknown content: in a filter it must not become "all objects" |
/// | `transparent` | the content is that of the only field, which has no attribute |
///
/// # Content that is a choice
///
/// On an enum that derives `Choice`, this derive makes the choice the whole content of an element:
///
/// ```
/// use plesk_wire::xml::{Choice, Content, NonEmpty};
///
/// #[derive(Choice, Content)]
/// #[xml(deny_unknown)]
/// enum Filter {
///     #[xml(empty)]
///     Everything,
///     #[xml(text = "name")]
///     Name(NonEmpty<String>),
/// }
/// ```
///
/// # Generic types
///
/// A type parameter is content: the implementation requires `Content` of it. `min` and `max` may name a const
/// parameter. Lifetimes are refused, as a value is read, not borrowed; so are choices and groups in a generic type.
#[proc_macro_derive(Content, attributes(xml))]
pub fn derive_content(input: TokenStream) -> TokenStream {
    expand(content::expand, parse_macro_input!(input))
}

/// Derives `Choice`: how one of several alternatives is read, written and checked.
///
/// Each variant is one alternative, in the order of the schema.
///
/// ```
/// use plesk_wire::xml::{Choice, Content, NonEmpty};
///
/// #[derive(Choice)]
/// enum Key {
///     #[xml(text = "name")]
///     Names(NonEmpty<String>),
///     #[xml(element = "range")]
///     Range(Range),
///     #[xml(group)]
///     Pair(Pair),
///     #[xml(flag = "all")]
///     All,
/// }
///
/// #[derive(Content)]
/// struct Range {
///     #[xml(text = "from")]
///     from: String,
/// }
///
/// /// `<host>` and `<port>`, without an element around them.
/// #[derive(Content)]
/// struct Pair {
///     #[xml(text = "host")]
///     host: String,
///     #[xml(text = "port")]
///     port: Option<String>,
/// }
///
/// assert_eq!(Key::alternatives(), "name | range | host | all");
/// ```
///
/// # Attributes of a variant
///
/// | `#[xml(…)]` | schema | payload of the variant |
/// |---|---|---|
/// | `text = "name"` | element with text | `S`, `NonEmpty<S>`, `Nillable<S>` |
/// | `element = "name"` | element with content | `C`, `NonEmpty<C>` |
/// | `flag = "name"` | empty element | none |
/// | `choice` | `xs:choice` without an element of its own | `E`, `NonEmpty<E>` |
/// | `group` | `xs:sequence` without an element of its own | `C`, `NonEmpty<C>` |
/// | `wildcard` | `xs:any` | `NonEmpty<Raw>` |
/// | `empty` | no element at all | none |
///
/// `NonEmpty` makes an alternative a list, with the bounds `min` (default: 1) and `max`; a `choice` can be `ordered`. `#[xml(crate = path)]` on the
/// type is the same as for [`Content`](derive@Content).
#[proc_macro_derive(Choice, attributes(xml))]
pub fn derive_choice(input: TokenStream) -> TokenStream {
    expand(choice::expand, parse_macro_input!(input))
}

/// Derives `Operation`: the place of a request in a packet, its effect, and how its answer is read.
///
/// The type itself is the content of the request, so it also implements `Content`.
///
/// ```
/// use plesk_wire::packet::{EachReply, Effect, Idempotency, Operation, Outcomes};
/// use plesk_wire::xml::{Choice, Content, NonEmpty};
///
/// #[derive(Content, Operation)]
/// #[operation(
///     path = "repository/remove",
///     reply = EachReply<Removed>,
///     effect = match filter { Filter::Everything => DeleteEverything, _ => Delete },
///     idempotency = match filter { Filter::Guid(_) => IdempotentDelete, _ => NotIdempotent },
/// )]
/// struct Remove {
///     #[xml(element = "filter")]
///     filter: Filter,
/// }
///
/// /// Data of a result of `remove`.
/// #[derive(Content)]
/// struct Removed {
///     #[xml(text = "name")]
///     name: Option<String>,
/// }
///
/// #[derive(Choice, Content)]
/// #[xml(deny_unknown)]
/// enum Filter {
///     #[xml(empty)]
///     Everything,
///     #[xml(text = "name")]
///     Name(NonEmpty<String>),
///     #[xml(text = "guid")]
///     Guid(NonEmpty<String>),
/// }
///
/// let remove = Remove { filter: Filter::Name(NonEmpty::one("site".to_owned())) };
/// assert_eq!((Remove::OPERATOR, Remove::PATH), ("repository", &["remove"][..]));
/// assert_eq!((Remove::EFFECT, remove.effect()), (Effect::DeleteEverything, Effect::Delete));
/// assert_eq!(remove.idempotency(), Idempotency::NotIdempotent);
/// let _: fn(EachReply<Removed>) -> Outcomes<Removed> = Remove::answer;
/// ```
///
/// # Attributes
///
/// | `#[operation(…)]` | meaning |
/// |---|---|
/// | `path = "operator/operation"` | elements of the operator and of the operation; more, if it is nested. Required |
/// | `reply = T` | type of the operation's element in the response. Required |
/// | `effect = E` | variant of `Effect`, or a `match` on a field. Required |
/// | `idempotency = I` | variant of `Idempotency`, or a `match` on a field; default: `Idempotent` for the effect `Read`, else `NotIdempotent` |
/// | `complete` | a success without data is a fault: the answer has `D` where the reply has `Option<D>` |
/// | `empty_if = closure` | a success whose body fulfills this found nothing; it is no item of the answer |
/// | `repeats` | the server may answer one request with several elements, whose lists are joined |
/// | `repeats(a, b)` | the same, with the lists of a reply type of your own |
/// | `may_be_empty` | the element of the reply may be without results though the schema requires one |
/// | `result = field` | field of a reply type of your own that contains the result or results |
/// | `answer = T` | type of the answer that `result` is turned into: `Outcomes<B>` or `Result<B, Fault<B>>` |
///
/// The answer follows from the reply:
///
/// | reply | answer |
/// |---|---|
/// | `SingleReply<B>` | `Result<B, Fault<B>>` |
/// | `SingleReply<Option<D>>` with `complete` | `Result<D, Fault<Option<D>>>` |
/// | `EachReply<B>`, `EachReply<B, MIN>` | `Outcomes<B>`; `may_be_empty` unless `MIN` is 0 |
/// | `EachReply<Option<D>>` with `complete` | `Outcomes<D, Option<D>>` |
/// | any other type | the reply itself, unless `answer` and `result` are given |
///
/// A `match` names a field of the request, `match filter { … }`, or a field within it, `match filter.accounts { … }`.
/// Its patterns are paths in scope, and its values are variants. The constants `EFFECT` and `IDEMPOTENCY` are then the
/// most severe of the values. Where a value is `IdempotentDelete`, a repeated request counts "not found" as success.
///
/// `#[xml(crate = path)]` on the type is the same as for [`Content`](derive@Content).
#[proc_macro_derive(Operation, attributes(operation, xml))]
pub fn derive_operation(input: TokenStream) -> TokenStream {
    expand(operation::expand, parse_macro_input!(input))
}

/// Returns the expansion of `input`, or its errors at their places.
fn expand(expand: impl Fn(&DeriveInput) -> syn::Result<proc_macro2::TokenStream>, input: DeriveInput) -> TokenStream {
    expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
