//! The first steps of a hosting company: a plan to sell, a customer who buys it, and a login link.

use plesk::common::{DomainLimits, HostingProperty, Limit};
use plesk::{Client, customer, server, service_plan, session, webspace};

use crate::DemoResult;
use crate::show::Show;

pub(crate) async fn welcome(client: &Client, show: &mut Show<'_>) -> DemoResult {
    show.step("server: the protocol versions that it supports");
    let protocols = client.send(server::GetProtos::new()).await??;
    show.exchange(&protocols)?;

    show.step("service-plan: create one with hosting and limits");
    let limits = DomainLimits::new().limit([Limit::new("disk_space", 10 << 30), Limit::new("max_box", 25)]);
    let hosting = service_plan::VrtHst::new().property([HostingProperty::new("php", "true")]);
    let plan = service_plan::Add::new("Starter").limits(limits).hosting(hosting);
    let plan = client.send(plan).await??;
    show.exchange(&plan)?;

    show.step("customer: create one who buys it");
    let person = customer::AddGenInfo::new("Jo Doe", "jo", "correct horse").email("jo@example.com");
    let customer = client.send(customer::Add::new(person)).await??;
    show.exchange(&customer)?;

    show.step("webspace: create a subscription with hosting on the plan");
    let domain = webspace::AddGenSetup::new().name("example.com").owner_login("jo").htype("vrt_hst");
    let user = [("ftp_login", "jo_example"), ("ftp_password", "battery staple")];
    let space = webspace::PhysicalHosting::new().property(user.map(|(name, value)| HostingProperty::new(name, value)));
    let subscription = webspace::Add::new(domain)
        .hosting(webspace::Hosting::VrtHst(space))
        .plan(webspace::AddPlan::plan_name("Starter"));
    show.exchange(&client.send(subscription).await??)?;

    show.step("webspace: read the result");
    let dataset = webspace::Dataset::new().gen_info().hosting_basic().limits().subscriptions();
    let read = client.send(webspace::Get::new(webspace::Filter::name("example.com"), dataset)).await?;
    show.exchange(&read.all_ok()?)?;

    show.step("server: create a login link and list its session");
    let visitor = server::SessionData::new("203.0.113.7", "");
    let created = client.send(server::CreateSession::new("jo").data(visitor)).await??;
    show.exchange(&created)?;
    show.exchange(&client.send(session::Get::new()).await??)?;

    show.step("service-plan: more disk space for all subscriptions on the plan");
    let limits = DomainLimits::new().limit([Limit::new("disk_space", 20 << 30)]);
    let change = service_plan::Set::new(service_plan::Filter::name("Starter")).limits(limits);
    show.exchange(&client.send(change).await?.all_ok()?)?;
    let dataset = webspace::Dataset::new().limits();
    let read = client.send(webspace::Get::new(webspace::Filter::owner_login("jo"), dataset)).await?;
    show.exchange(&read.all_ok()?)
}
