//! A change that may be asked for again and again. Its tests let the simulated server fail.

use plesk::{Client, Error, shortcuts};

/// Suspends a customer. Returns what was done.
pub(crate) async fn ensure_suspended(client: &Client, login: &str) -> Result<&'static str, Error> {
    match client.send_ok(shortcuts::customer(login)).await {
        Ok(customer) if customer.info.status != 0 => return Ok("was suspended"),
        Err(error) if error.is_not_found() => return Ok("no such customer"),
        found => found?,
    };
    client.send_ok(shortcuts::suspend_customer(login)).await?;
    Ok("suspended")
}
