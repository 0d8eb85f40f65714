//! A migration: copies a customer and the domains of the customer's subscriptions to another server. Servers tell no
//! passwords, so the customer gets a new one.

use plesk::{Client, Error, customer, shortcuts, webspace};

/// Copies a customer. Returns the number of copied subscriptions.
pub(crate) async fn customer(from: &Client, to: &Client, login: &str, password: &str) -> Result<usize, Error> {
    let found = from.send_ok(shortcuts::customer(login)).await?.info;
    let (account, left_out) = customer::AddGenInfo::from_lossy(&found, password);
    println!("not copied: {left_out}");
    let owner = to.find_or_create_customer(account).await?;
    let status = customer::SetGenInfo::new().status(found.status);
    let values = customer::SetValues::new().gen_info(status);
    to.send(customer::Set::new(customer::Filter::id(owner.id), values)).await?.all_ok()?;

    let filter = webspace::Filter::owner_login(login);
    let spaces = from.send(webspace::Get::new(filter, webspace::Dataset::new().gen_info())).await?.all_ok()?;
    let mut copied = 0;
    for space in spaces.into_iter().filter_map(|space| space.data?.gen_info) {
        let setup = webspace::AddGenSetup::new().name(space.name).owner_id(owner.id).ip_address("192.0.2.1");
        to.send_ok(webspace::Add::new(setup.htype("none"))).await?;
        copied += 1;
    }
    Ok(copied)
}
