//! Results that report which object they belong to, and the data that they carry.

use plesk_protocol::common;
use plesk_wire::packet::Outcome;
use plesk_wire::xml::Content;

use super::query::Key;
use crate::refusal::Refusal;

/// The object that a result reports on.
#[derive(Clone)]
pub(crate) struct Subject {
    /// The key in the filter that selected the object. `None` if the filter selected everything.
    pub(crate) key: Option<Key>,
    /// The ID of the object. `None` if no object was found.
    pub(crate) id: Option<u64>,
}

/// The body of a result that reports on one object.
pub(crate) trait ResultBody: Content {
    /// The data that a successful result carries.
    type Data;

    fn set_subject(&mut self, subject: Subject);

    fn set_data(&mut self, data: Self::Data);
}

/// Implements [`ResultBody`] for results whose data is in one field, or that have no data.
///
/// Most results repeat the key of the filter as `filter-id`, next to the ID. For others, a closure
/// before the types sets the subject.
macro_rules! impl_result_body {
    (@data) => {
        ()
    };
    (@data $data:ty) => {
        $data
    };
    ($($result:ty $({ $field:ident: $data:ty })?)+) => {
        $crate::shared::results::impl_result_body! {
            |result, subject| {
                result.filter_id = subject.key.map(|key| key.value);
                result.id = subject.id.map(Into::into);
            };
            $($result $({ $field: $data })?)+
        }
    };
    ($set_subject:expr; $($result:ty $({ $field:ident: $data:ty })?)+) => {$(
        impl $crate::shared::results::ResultBody for $result {
            type Data = $crate::shared::results::impl_result_body!(@data $($data)?);

            fn set_subject(&mut self, subject: $crate::shared::results::Subject) {
                let set_subject: fn(&mut Self, $crate::shared::results::Subject) = $set_subject;
                set_subject(self, subject);
            }

            fn set_data(&mut self, _data: Self::Data) {
                $(self.$field = _data.into();)?
            }
        }
    )+};
}
pub(crate) use impl_result_body;

impl_result_body! { common::Matched }

/// Returns the result for one subject. `Ok(None)` is a success without data.
pub(crate) fn build_outcome<B: ResultBody>(subject: Subject, data: Result<Option<B::Data>, Refusal>) -> Outcome<B> {
    let mut body = B::placeholder();
    body.set_subject(subject);
    match data {
        Ok(data) => {
            if let Some(data) = data {
                body.set_data(data);
            }
            Outcome::ok(body)
        }
        Err(refusal) => refusal.into_outcome(body),
    }
}
