//! Ten jobs of a hosting company, each in a file of its own, as short as they are with this crate.
//!
//! `cargo run --example jobs` runs them with a simulated Plesk; `cargo test --example jobs` tests what they do. The tenth
//! job, a new version of the protocol, is a few commands: see CONTRIBUTING.md.

mod acme;
mod billing;
mod check;
mod handler;
mod idempotent;
mod mailboxes;
mod migrate;
mod offline;
mod report;
#[cfg(test)]
mod tests;

use plesk::{Client, service_plan};
use plesk_sim::Sim;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (old, new) = (Sim::start()?, Sim::start()?);
    let (client, target) = (connect(&old)?, connect(&new)?);
    client.send_ok(service_plan::Add::new("Basic").external_id("basic")).await?;

    let order = billing::Order { login: "jo", name: "Jo Doe", password: "correct horse", domain: "example.com" };
    billing::create(&client, &order, "basic").await?;
    acme::present(&client, order.domain, "gfj9Xq-Rg85nM").await?;
    println!("{} challenge removed", acme::clean_up(&client, order.domain, "gfj9Xq-Rg85nM").await?);
    mailboxes::create(&client, order.domain, "info", "battery staple").await?;
    mailboxes::set_password(&client, order.domain, "info", "correct horse").await?;
    println!("mailboxes: {}", mailboxes::list(&client, order.domain).await?.join(", "));
    for line in report::report(&[client.clone(), target.clone()]).await {
        println!("{line}");
    }
    println!("migrated: {}", migrate::customer(&client, &target, order.login, "correct horse").await?);
    println!("{:?}", handler::site(&client, "example.net").await);
    println!("{}", idempotent::ensure_suspended(&client, order.login).await?);
    println!("{}", check::check("<packet><customer><del/></customer></packet>"));
    let (packet, get) = offline::request()?;
    println!("{} bytes; {}", packet.as_bytes().len(), offline::read(&packet, get, b"<html/>").unwrap_err());
    mailboxes::delete(&client, order.domain, "info").await?;
    client.send_ok(service_plan::Add::new("More").external_id("more")).await?;
    billing::change_plan(&client, order.domain, "more").await?;
    billing::suspend(&client, order.login, false).await?;
    billing::terminate(&client, order.login).await?;
    Ok(())
}

/// Returns a client of a simulated server.
fn connect(sim: &Sim) -> Result<Client, plesk::Error> {
    Client::builder(sim.url()).secret_key(sim.secret_key()).root_certificate(sim.certificate_pem()).build()
}
