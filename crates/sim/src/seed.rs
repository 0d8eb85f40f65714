//! Reads a description of a server's objects, in TOML, and adds them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::shared::plans::{find_service_plan, follow_plan};
use crate::shared::query::Key;
use crate::state::{ADMINISTRATOR_ID, Account, IndexKey, State};

/// The objects of a server. They refer to each other by login and name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Seed {
    /// `true` if limits bind.
    #[serde(default)]
    enforce_limits: bool,
    #[serde(default)]
    resellers: Vec<AccountSeed>,
    #[serde(default)]
    plans: Vec<PlanSeed>,
    #[serde(default)]
    customers: Vec<AccountSeed>,
    #[serde(default)]
    subscriptions: Vec<SubscriptionSeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AccountSeed {
    login: String,
    password: Option<String>,
    /// The contact person.
    name: Option<String>,
    company: Option<String>,
    email: Option<String>,
    external_id: Option<String>,
    /// The login of the reseller who owns a customer.
    owner: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PlanSeed {
    name: String,
    /// The login of the reseller who sells the plan.
    owner: Option<String>,
    external_id: Option<String>,
    #[serde(default)]
    limits: BTreeMap<String, i64>,
    #[serde(default)]
    permissions: BTreeMap<String, bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SubscriptionSeed {
    name: String,
    /// The login of the account that owns it.
    owner: Option<String>,
    /// The name of a plan of its provider.
    plan: Option<String>,
    external_id: Option<String>,
}

/// Adds the objects that the text describes. An empty text describes none.
///
/// # Errors
/// A text that names the mistake in the description. Some objects may have been added then.
pub(crate) fn add(state: &mut State, text: &str) -> Result<(), String> {
    let seed: Seed = toml::from_str(text).map_err(|error| format!("the seed is not valid: {error}"))?;
    state.enforce_limits = seed.enforce_limits;
    for account in seed.resellers {
        check_new_login(state, &account.login)?;
        if account.owner.is_some() {
            return Err(format!("the seed gives the reseller '{}' an owner; resellers have none", account.login));
        }
        let reseller = state.add_reseller(&account.login);
        fill(reseller, account);
    }
    for plan in seed.plans {
        let owner = find_provider(state, plan.owner.as_deref())?;
        if find_service_plan(state, owner, &Key::name(&plan.name)).is_ok() {
            return Err(format!("the seed describes the plan '{}' twice", plan.name));
        }
        let new = state.add_service_plan(owner, &plan.name);
        new.external_id = plan.external_id;
        new.settings.limits = plan.limits;
        new.settings.permissions = plan.permissions;
    }
    for account in seed.customers {
        check_new_login(state, &account.login)?;
        let owner = find_provider(state, account.owner.as_deref())?;
        let customer = state.add_customer(&account.login);
        customer.owner = owner;
        fill(customer, account);
    }
    for subscription in seed.subscriptions {
        add_subscription(state, subscription)?;
    }
    Ok(())
}

fn check_new_login(state: &State, login: &str) -> Result<(), String> {
    match state.lookup_account(IndexKey::Name(login)) {
        Some(_) => Err(format!("the seed describes a second account with the login '{login}'")),
        None => Ok(()),
    }
}

/// Returns the ID of the administrator, or of the reseller with this login.
fn find_provider(state: &State, login: Option<&str>) -> Result<u64, String> {
    let Some(login) = login else { return Ok(ADMINISTRATOR_ID) };
    let provider = state.lookup_provider(IndexKey::Name(login));
    provider
        .map(|provider| provider.id)
        .ok_or_else(|| format!("the seed names the reseller '{login}', which it does not describe"))
}

fn fill(account: &mut Account, seed: AccountSeed) {
    if let Some(password) = seed.password {
        account.password = password.into();
    }
    account.pname = seed.name.unwrap_or_else(|| seed.login.clone());
    account.cname = seed.company.unwrap_or_default();
    account.email = seed.email.unwrap_or_default();
    account.external_id = seed.external_id;
}

fn add_subscription(state: &mut State, seed: SubscriptionSeed) -> Result<(), String> {
    let name = seed.name.to_ascii_lowercase();
    if state.subscriptions.lookup_first(IndexKey::Name(&name)).is_some() {
        return Err(format!("the seed describes the subscription '{name}' twice"));
    }
    let owner = match &seed.owner {
        None => ADMINISTRATOR_ID,
        Some(login) => {
            let owner = state.lookup_account(IndexKey::Name(login));
            owner.ok_or_else(|| format!("the seed names the account '{login}', which it does not describe"))?.id
        }
    };
    let plan = match &seed.plan {
        None => None,
        Some(plan) => {
            let found = find_service_plan(state, state.provider_of(owner), &Key::name(plan));
            Some(found.map_err(|_| format!("the provider of '{name}' has no plan '{plan}' in the seed"))?.clone())
        }
    };
    let subscription = state.add_subscription(owner, &name);
    subscription.external_id = seed.external_id;
    if let Some(plan) = plan {
        follow_plan(subscription, &plan);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn add_connects_objects_by_name() {
        let mut state = State::new();
        let text = r#"
            resellers = [{ login = "rita", password = "s3cret!", company = "Rita Ltd" }]
            plans = [{ name = "Pro", owner = "rita", limits = { max_box = 5 } }]
            customers = [{ login = "kim", owner = "rita", external-id = "k-1" }]
            subscriptions = [{ name = "Kim.example", owner = "kim", plan = "Pro" }]
        "#;
        add(&mut state, text).expect("a valid seed");
        let reseller = state.resellers.values().next().expect("a reseller");
        assert_eq!((reseller.password.expose(), reseller.cname.as_str()), ("s3cret!", "Rita Ltd"));
        let customer = state.customers.values().next().expect("a customer");
        assert_eq!((customer.owner, customer.external_id.as_deref()), (reseller.id, Some("k-1")));
        let subscription = state.subscriptions.values().next().expect("a subscription");
        assert_eq!((subscription.owner, subscription.name.as_str()), (customer.id, "kim.example"));
        assert_eq!(subscription.settings.limits["max_box"], 5);
    }

    #[test]
    fn examples_and_readme_are_valid_seeds() {
        let readme = include_str!("../README.md");
        let (_, rest) = readme.split_once("```toml\n").expect("an example");
        let (example, _) = rest.split_once("```").expect("an end");
        for text in [example, include_str!("examples.toml")] {
            let mut state = State::new();
            add(&mut state, text).expect("a valid seed");
            assert!(!state.subscriptions.is_empty());
        }
    }

    #[test]
    fn add_names_what_is_wrong() {
        for (text, expected) in [
            ("customers = 1", "the seed is not valid"),
            ("[[customers]]\nlogin = 'a'\nshoe-size = 1", "shoe-size"),
            ("customers = [{ login = 'a' }, { login = 'a' }]", "second account with the login 'a'"),
            ("customers = [{ login = 'a', owner = 'b' }]", "reseller 'b'"),
            ("resellers = [{ login = 'a', owner = 'b' }]", "gives the reseller 'a' an owner"),
            ("plans = [{ name = 'a' }, { name = 'a' }]", "plan 'a' twice"),
            ("subscriptions = [{ name = 'a' }, { name = 'A' }]", "subscription 'a' twice"),
            ("subscriptions = [{ name = 'a', owner = 'b' }]", "account 'b'"),
            ("subscriptions = [{ name = 'a', plan = 'b' }]", "no plan 'b'"),
        ] {
            let error = add(&mut State::new(), text).expect_err(text);
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
