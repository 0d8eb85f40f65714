//! Operator `ui`: custom buttons, branding themes, and the navigation of the panel.

mod navigation;

use plesk_protocol::common::Matched;
use plesk_protocol::ui::{
    BrandingInputFilter, ButtonOwner, CreateCustombutton, CreateCustombuttonResult, DeleteCustombuttonResult, Filter,
    GetCustombuttonResult, GetNavigationResult, Request, Requests, Response, Responses, UrlComponents,
};
use plesk_wire::packet::{EachReply, Outcome};
use plesk_wire::xml::{Any, Content};

use crate::refusal::Refusal;
use crate::shared::build::build;
use crate::shared::query::Key;
use crate::shared::reply::single_reply;
use crate::shared::scope::find_account;
use crate::state::{ADMINISTRATOR_ID, CustomButton, IndexKey, State};

pub(super) fn run(state: &mut State, requests: Requests) -> Result<Responses, Refusal> {
    let items = requests.items.into_iter().map(|request| run_one(state, request)).collect::<Result<_, _>>()?;
    Ok(build(|responses: &mut Responses| responses.items = items))
}

fn run_one(state: &mut State, request: Request) -> Result<Response, Refusal> {
    use Response as R;
    Ok(match request {
        Request::CreateCustombutton(create) => {
            R::CreateCustombutton(single_reply(self::create(state, create).map(Some)))
        }
        Request::GetCustombutton(get) => R::GetCustombutton(for_each(state, get.filter, |state, id| {
            let button = &state.custom_buttons[&id];
            Some(build(|result: &mut GetCustombuttonResult| {
                result.id = id.into();
                result.owner = owner_of(state, button);
                result.properties = button.properties.clone();
                result.url_components = button.url_components.clone();
            }))
        })),
        Request::DeleteCustombutton(delete) => R::DeleteCustombutton(for_each(state, delete.filter, |state, id| {
            state.custom_buttons.remove(&id);
            build(|result: &mut DeleteCustombuttonResult| result.id = Some(id.into()))
        })),
        Request::GetNavigation(_) => R::GetNavigation(single_reply(
            state
                .require_administrator()
                .map(|()| Some(build(|result: &mut GetNavigationResult| result.navigation = navigation::encode()))),
        )),
        Request::BrandingThemeInstall(install) => {
            R::BrandingThemeInstall(for_each_vendor(state, install.filter, |state, id| {
                state.branding_themes.insert(id, install.path.clone());
                Ok(())
            }))
        }
        Request::BrandingThemeUninstall(uninstall) => {
            R::BrandingThemeUninstall(for_each_vendor(state, uninstall.filter, |state, id| {
                let theme = state.branding_themes.remove(&id);
                theme.map(|_| ()).ok_or_else(|| Refusal::not_found("Branding theme"))
            }))
        }
        other => return Err(Refusal::not_modeled(&other)),
    })
}

/// Returns the ID of the account that the element names.
fn find_owner(state: &State, owner: &ButtonOwner) -> Result<u64, Refusal> {
    let id = match owner {
        ButtonOwner::Admin(_) => Some(ADMINISTRATOR_ID),
        ButtonOwner::CustomerId(id) => Some(id.get()).filter(|id| state.customers.contains_key(id)),
        ButtonOwner::ResellerId(id) => Some(id.get()).filter(|id| state.resellers.contains_key(id)),
        other => return Err(Refusal::not_modeled(other)),
    };
    let id = id.ok_or_else(Refusal::owner_not_found)?;
    state.require_access(id).map(|()| id)
}

/// Returns the element that names the owner of a button.
fn owner_of(state: &State, button: &CustomButton) -> ButtonOwner {
    match button.owner {
        ADMINISTRATOR_ID => ButtonOwner::Admin(Any::empty()),
        id if state.resellers.contains_key(&id) => ButtonOwner::ResellerId(id.into()),
        id => ButtonOwner::CustomerId(id.into()),
    }
}

fn create(state: &mut State, create: CreateCustombutton) -> Result<CreateCustombuttonResult, Refusal> {
    let owner = find_owner(state, &create.owner)?;
    let id = state.next_id();
    let url_components = create.url_components.unwrap_or_else(UrlComponents::placeholder);
    state.custom_buttons.insert(id, CustomButton { id, owner, properties: create.properties, url_components });
    Ok(build(|result: &mut CreateCustombuttonResult| result.id = id.into()))
}

/// Runs `act` on each button that the filter selects.
fn for_each<B: Content>(
    state: &mut State,
    filter: Filter,
    mut act: impl FnMut(&mut State, u64) -> B,
) -> EachReply<B, 0> {
    let find = |id: u64| {
        let button = state.custom_buttons.get(&id).ok_or_else(|| Refusal::not_found("Custom button"))?;
        state.require_access(button.owner).map(|()| id)
    };
    let selected: Vec<Result<u64, Refusal>> = match filter {
        Filter::CustombuttonId(ids) => ids.iter().map(|id| find(id.get())).collect(),
        Filter::Owner(owners) => owners
            .iter()
            .flat_map(|owner| match find_owner(state, owner) {
                Ok(owner) => state.custom_buttons.lookup_ids(IndexKey::Owner(owner)).into_iter().map(Ok).collect(),
                Err(refusal) => vec![Err(refusal)],
            })
            .collect(),
        _ => Vec::new(),
    };
    let results = selected.into_iter().map(|selected| match selected {
        // The filter may name a button twice.
        Ok(id) if state.custom_buttons.contains_key(&id) => Outcome::ok(act(state, id)),
        Ok(_) => Refusal::not_found("Custom button").into_outcome(B::placeholder()),
        Err(refusal) => refusal.into_outcome(B::placeholder()),
    });
    results.collect()
}

/// Runs `act` on the account of each login.
fn for_each_vendor(
    state: &mut State,
    filter: BrandingInputFilter,
    mut act: impl FnMut(&mut State, u64) -> Result<(), Refusal>,
) -> EachReply<Matched> {
    let results = filter.vendor_login.into_iter().map(|login| {
        let account = find_account(state, &Key::name(&login)).map(|account| account.id);
        let done = account.ok_or_else(|| Refusal::not_found(&format!("The user '{login}'"))).and_then(|id| {
            state.require_access(id)?;
            act(state, id)
        });
        let body = build(|matched: &mut Matched| {
            matched.filter_id = Some(login);
            matched.id = account.map(Into::into);
        });
        match done {
            Ok(()) => Outcome::ok(body),
            Err(refusal) => refusal.into_outcome(body),
        }
    });
    results.collect()
}
