//! Mailboxes: creates one, lists them, changes a password, deletes one.

use plesk::{Client, Error, mail, shortcuts};

/// Creates a mailbox of 1 GiB.
pub(crate) async fn create(client: &Client, domain: &str, name: &str, password: &str) -> Result<(), Error> {
    let site = client.send_ok(shortcuts::site(domain)).await?;
    let mailbox = mail::NewMailnameMailbox::new(true).quota(1 << 30);
    let account = mail::NewMailname::new(name).mailbox(mailbox).password(password);
    client.send(mail::Create::new(mail::CreateFilter::new(site.id, account))).await?.all_ok()?;
    Ok(())
}

/// Returns the names of all mailboxes of a domain.
pub(crate) async fn list(client: &Client, domain: &str) -> Result<Vec<String>, Error> {
    let site = client.send_ok(shortcuts::site(domain)).await?;
    let filter = mail::GetInfoFilter::new(site.id, mail::Accounts::AllOfSite);
    let found = client.send(mail::GetInfo::new(filter).mailbox()).await?.all_ok()?;
    Ok(found.into_iter().filter_map(|found| found.mailname).map(|account| account.name).collect())
}

/// Changes the password of a mailbox.
pub(crate) async fn set_password(client: &Client, domain: &str, name: &str, password: &str) -> Result<(), Error> {
    let site = client.send_ok(shortcuts::site(domain)).await?;
    let password = mail::ChangedPassword::new().value(password);
    let change = mail::MailnameUpdate::new(name).access(mail::MailnameUpdateAccess::Password(password));
    client.send(mail::UpdateSet::new(mail::UpdateSetFilter::new(site.id, change))).await?.all_ok()?;
    Ok(())
}

/// Deletes a mailbox with its messages.
pub(crate) async fn delete(client: &Client, domain: &str, name: &str) -> Result<(), Error> {
    let site = client.send_ok(shortcuts::site(domain)).await?;
    let filter = mail::Filter::new(site.id, mail::Accounts::name(name));
    client.send(mail::Remove::new(filter)).await?.all_ok()?;
    Ok(())
}
