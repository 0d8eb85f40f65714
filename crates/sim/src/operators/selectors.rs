//! How packets name objects, brought down to [`Filter`] and [`Key`].

use plesk_protocol::{customer, reseller, service_plan, webspace};

use super::filter::{Filter, Key};
use super::not_modelled;
use crate::refusal::Refusal;

/// A filter of the protocol.
pub(super) trait Selects {
    fn selected(self) -> Result<Filter, Refusal>;
}

/// An element of the protocol that names one object.
pub(super) trait Names {
    fn named(self) -> Result<(Key, String), Refusal>;
}

macro_rules! filters {
    ($($filter:ty {
        $($everything:ident)|+ => Everything,
        $($of:ident($key:ident): $($alternative:ident)|+,)*
    })*) => {$(
        impl Selects for $filter {
            fn selected(self) -> Result<Filter, Refusal> {
                Ok(match self {
                    $(Self::$everything)|+ => Filter::Everything,
                    $($(Self::$alternative(values) => {
                        Filter::$of(Key::$key, values.into_vec().into_iter().map(|value| value.to_string()).collect())
                    })+)*
                    other => return Err(not_modelled(&other)),
                })
            }
        }
    )*};
}

filters! {
    customer::Filter {
        Everything => Everything,
        Values(Id): Id,
        Values(Name): Login,
        Values(Guid): Guid,
        Values(ExternalId): ExternalId,
        Owners(Id): OwnerId,
        Owners(Name): OwnerLogin,
    }
    reseller::Filter {
        Everything | EverythingByEmptyFilter => Everything,
        Values(Id): Id,
        Values(Name): Login,
        Values(Guid): Guid,
        Values(ExternalId): ExternalId,
    }
    service_plan::Filter {
        Everything => Everything,
        Values(Id): Id,
        Values(Name): Name,
        Values(Guid): Guid,
        Values(ExternalId): ExternalId,
    }
    webspace::Filter {
        Everything => Everything,
        Values(Id): Id,
        Values(Name): Name,
        Values(Guid): Guid,
        Values(ExternalId): ExternalId,
        Owners(Id): OwnerId,
        Owners(Name): OwnerLogin,
        Owners(Guid): OwnerGuid,
        Owners(ExternalId): OwnerExternalId,
    }
}

macro_rules! names {
    ($($choice:ty { $($alternative:ident => $key:ident,)* })*) => {$(
        impl Names for $choice {
            fn named(self) -> Result<(Key, String), Refusal> {
                Ok(match self {
                    $(Self::$alternative(value) => (Key::$key, value.to_string()),)*
                    other => return Err(not_modelled(&other)),
                })
            }
        }
    )*};
}

names! {
    customer::AddGenInfoOwner { OwnerId => Id, OwnerLogin => Name, OwnerExternalId => ExternalId, }
    service_plan::Owner { OwnerId => Id, OwnerLogin => Name, }
    service_plan::Owners { OwnerId => Id, OwnerLogin => Name, }
    reseller::AddPlan { PlanId => Id, PlanName => Name, PlanGuid => Guid, PlanExternalId => ExternalId, }
    reseller::SwitchSubscriptionPlan { PlanGuid => Guid, PlanExternalId => ExternalId, }
    reseller::Reseller { ResellerId => Id, ExternalId => ExternalId, }
    webspace::AddPlan { PlanId => Id, PlanName => Name, PlanGuid => Guid, PlanExternalId => ExternalId, }
    webspace::SwitchSubscriptionPlan { PlanGuid => Guid, PlanExternalId => ExternalId, }
    webspace::Plan { PlanGuid => Guid, PlanExternalId => ExternalId, }
}
