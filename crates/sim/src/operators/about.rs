//! Results that say which object they are about, and what else they carry.

use plesk_protocol::common::{self, ButtonData, DomainList, ObjectDescriptor, Traffic};
use plesk_protocol::{customer, reseller, service_plan, webspace};
use plesk_wire::xml::Content;

use super::filter::Key;

/// The object that a result is about.
#[derive(Clone)]
pub(super) struct Subject {
    /// What kind of value the filter had.
    pub(super) key: Key,
    /// The value of the filter, unless the filter was for everything.
    pub(super) value: Option<String>,
    /// The object, if there is one.
    pub(super) id: Option<u64>,
}

impl Subject {
    /// An object that was met because all were meant.
    pub(super) fn everything(id: u64) -> Self {
        Self { key: Key::Id, value: None, id: Some(id) }
    }
}

/// A result that has room for its subject.
pub(super) trait About: Content {
    /// What it tells of its subject on success.
    type Data;

    fn about(&mut self, subject: Subject);

    fn carry(&mut self, data: Self::Data);
}

/// The type of the data of a result, which may have none.
macro_rules! data {
    () => {
        ()
    };
    ($data:ty) => {
        $data
    };
}

/// Implements [`About`] for results whose data is in one field, or that have none.
macro_rules! about {
    ($about:expr; $($result:ty $({ $field:ident: $data:ty })?)*) => {$(
        impl About for $result {
            type Data = data!($($data)?);

            fn about(&mut self, subject: Subject) {
                let about: fn(&mut Self, Subject) = $about;
                about(self, subject);
            }

            fn carry(&mut self, _data: Self::Data) {
                $(self.$field = _data.into();)?
            }
        }
    )*};
}

// Most results repeat the value of the filter as `filter-id`, beside the ID.
about! {
    |result, subject| {
        result.filter_id = subject.value;
        result.id = subject.id.map(Into::into);
    };

    common::Matched
    customer::GetResult { data: customer::Data }
    customer::GetDomainListResult { domains: DomainList }
    reseller::GetResult { data: reseller::Data }
    reseller::CformButtonsListResult { button: Vec<ButtonData> }
    reseller::GetLimitDescriptorResult { descriptor: ObjectDescriptor }
    reseller::GetPermissionDescriptorResult { descriptor: ObjectDescriptor }
    reseller::SwitchSubscriptionResult
    reseller::SyncSubscriptionResult
    reseller::GetDomainListResult { domains: DomainList }
    service_plan::Matched
    webspace::GetResult { data: webspace::GetResultData }
    webspace::CformButtonsListResult { button: Vec<ButtonData> }
    webspace::GetTrafficResult { traffic: Vec<Traffic> }
    webspace::GetLimitDescriptorResult { descriptor: ObjectDescriptor }
    webspace::GetPermissionDescriptorResult { descriptor: ObjectDescriptor }
    webspace::GetPhysicalHostingDescriptorResult { descriptor: ObjectDescriptor }
    webspace::SwitchSubscriptionResult { problems: Option<String> }
    webspace::SyncSubscriptionResult { problems: Option<String> }
    webspace::AddSubscriptionResult
    webspace::RemoveSubscriptionResult
    webspace::PlanItemResult { item: String }
}

// Those of service plans repeat it under the name that it had in the filter.
about! {
    |result, subject| result.object = object(subject);

    service_plan::DelResult { problems: Option<String> }
    service_plan::SetResult
    service_plan::PlanItemResult { item: String }
    service_plan::Descriptor { descriptor: ObjectDescriptor }
}

fn object(subject: Subject) -> Option<service_plan::Object> {
    use service_plan::Object;
    Some(match (subject.key, subject.value, subject.id) {
        (Key::Name, Some(name), _) => Object::Name(name),
        (Key::Guid, Some(guid), _) => Object::Guid(guid),
        (Key::ExternalId, Some(id), _) => Object::ExternalId(id),
        (Key::Id, Some(id), None) => Object::Id(id.parse::<u64>().ok()?.into()),
        (_, _, id) => Object::Id(id?.into()),
    })
}

/// `get` of service plans says what a plan is called in the plan itself; only of a plan that is
/// not there it repeats the value.
impl About for service_plan::GetResult {
    type Data = Self;

    fn about(&mut self, subject: Subject) {
        use service_plan::Object;
        match object(subject) {
            Some(Object::Id(id)) => self.id = Some(id),
            Some(Object::Name(name)) => self.name = Some(name),
            Some(Object::Guid(guid)) => self.guid = Some(guid),
            Some(Object::ExternalId(id)) => self.external_id = Some(id),
            _ => {}
        }
    }

    fn carry(&mut self, plan: Self) {
        *self = plan;
    }
}
