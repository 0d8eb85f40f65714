//! A module of a billing system: creates, suspends, changes and terminates what a customer has ordered. Plans have the IDs
//! of the billing system.

use plesk::common::HostingProperty;
use plesk::{Client, Error, customer, shortcuts, webspace};

/// An order of a customer.
pub(crate) struct Order<'a> {
    pub(crate) login: &'a str,
    pub(crate) name: &'a str,
    pub(crate) password: &'a str,
    pub(crate) domain: &'a str,
}

/// Creates the customer, unless there is one, and a subscription with hosting on a plan.
pub(crate) async fn create(client: &Client, order: &Order<'_>, plan: &str) -> Result<(), Error> {
    let account = customer::AddGenInfo::new(order.name, order.login, order.password);
    let owner = client.find_or_create_customer(account).await?;
    let ftp_login = order.domain.replace('.', "_");
    let user = [("ftp_login", ftp_login.as_str()), ("ftp_password", order.password)];
    let space = webspace::PhysicalHosting::new().property(user.map(|(name, value)| HostingProperty::new(name, value)));
    let setup =
        webspace::AddGenSetup::new().name(order.domain).owner_id(owner.id).htype("vrt_hst").ip_address("192.0.2.1");
    let subscription = webspace::Add::new(setup)
        .hosting(webspace::Hosting::VrtHst(space))
        .plan(webspace::AddPlan::plan_external_id(plan));
    client.send_ok(subscription).await?;
    Ok(())
}

/// Suspends the customer, or ends the suspension.
pub(crate) async fn suspend(client: &Client, login: &str, suspended: bool) -> Result<(), Error> {
    let set = if suspended { shortcuts::suspend_customer(login) } else { shortcuts::resume_customer(login) };
    client.send_ok(set).await?;
    Ok(())
}

/// Moves a subscription to another plan.
pub(crate) async fn change_plan(client: &Client, domain: &str, plan: &str) -> Result<(), Error> {
    let plan = webspace::SwitchSubscriptionPlan::plan_external_id(plan);
    client.send(webspace::SwitchSubscription::new(webspace::Filter::name(domain), plan)).await?.all_ok()?;
    Ok(())
}

/// Deletes the customer with everything that the customer owns.
pub(crate) async fn terminate(client: &Client, login: &str) -> Result<(), Error> {
    client.send(customer::Del::new(customer::Filter::login(login))).await?.all_ok()?;
    Ok(())
}
