//! Finds a customer by login, or creates the account.
//!
//! [`Search`] decides on the steps, so that both clients take the same.

use plesk_protocol::customer::{Add, AddGenInfo, AddResult, Get, GetGenInfo};
use plesk_wire::packet::{Fault, Id};

use super::{Found, FoundObject, One, customer};
use crate::error::Error;

/// The customer that [`Client::find_or_create_customer`](crate::Client::find_or_create_customer) found or created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FoundCustomer {
    /// The ID of the customer.
    pub id: Id,
    /// `true` if the call created the account, `false` if it existed.
    pub is_new: bool,
}

/// The next step of a search.
enum Step {
    Get(One<Get, Found>),
    Add(Box<Add>),
    Done(FoundCustomer),
}

/// The progress of a search.
struct Search {
    account: AddGenInfo,
    /// The fault of the creation, if the account may exist by now.
    refused: Option<Fault>,
}

impl Search {
    fn new(account: AddGenInfo) -> Self {
        Self { account, refused: None }
    }

    fn look(&self) -> Step {
        Step::Get(customer(self.account.login.as_str()))
    }

    /// Decides after the answer to a `get`.
    fn after_get(&mut self, answer: Result<FoundObject<GetGenInfo>, Fault>) -> Result<Step, Error> {
        match (answer, self.refused.take()) {
            (Ok(found), _) => Ok(Step::Done(FoundCustomer { id: found.id, is_new: false })),
            (Err(fault), None) if fault.is_not_found() => Ok(Step::Add(Box::new(Add::new(self.account.clone())))),
            // The account does not exist, or belongs to somebody else: the creation was refused for a reason.
            (Err(fault), Some(refused)) if fault.is_not_found() => Err(refused.into()),
            (Err(fault), _) => Err(fault.into()),
        }
    }

    /// Decides after the answer to an `add`. Somebody else may have created the account since the `get`.
    fn after_add<B>(&mut self, answer: Result<AddResult, Fault<B>>) -> Result<Step, Error> {
        match answer {
            Ok(added) => Ok(Step::Done(FoundCustomer { id: added.id, is_new: true })),
            Err(fault) if fault.may_already_exist() => {
                self.refused = Some(fault.erase());
                Ok(self.look())
            }
            Err(fault) => Err(fault.into()),
        }
    }
}

/// Emits the method of a client. `$($await)*` is `.await` in an asynchronous one.
macro_rules! find_or_create {
    ($client:ty, [$($asynchronous:ident)?], [$($await:tt)*], $example:literal) => {
        impl $client {
            /// Returns the customer with the login of `account`, whose account is created if there is none.
            ///
            /// If somebody else creates the account at the same time, that one is returned. An existing account stays as it
            /// is, whatever `account` says.
            ///
            #[doc = $example]
            ///
            /// # Errors
            /// [`Error::Fault`] if the server refused to create the account, also because a customer has it that the caller
            /// must not see; and the errors of [`send`](Self::send).
            pub $($asynchronous)? fn find_or_create_customer(&self, account: AddGenInfo) -> Result<FoundCustomer, Error> {
                let mut search = Search::new(account);
                let mut step = search.look();
                loop {
                    step = match step {
                        Step::Get(get) => search.after_get(self.send(get)$($await)*?)?,
                        Step::Add(add) => search.after_add(self.send(*add)$($await)*?)?,
                        Step::Done(found) => return Ok(found),
                    };
                }
            }
        }
    };
}

#[cfg(feature = "async")]
find_or_create!(
    crate::Client,
    [async],
    [.await],
    "```no_run
# async fn example(client: plesk::Client, password: &str) -> Result<(), plesk::Error> {
use plesk::customer;

let account = customer::AddGenInfo::new(\"Jo Doe\", \"jo\", password);
let found = client.find_or_create_customer(account).await?;
println!(\"customer {}, {}\", found.id, if found.is_new { \"new\" } else { \"known\" });
# Ok(())
# }
```"
);

#[cfg(feature = "blocking")]
find_or_create!(
    crate::blocking::Client,
    [],
    [],
    "```no_run
# fn example(client: plesk::blocking::Client, password: &str) -> Result<(), plesk::Error> {
use plesk::customer;

let account = customer::AddGenInfo::new(\"Jo Doe\", \"jo\", password);
let found = client.find_or_create_customer(account)?;
println!(\"customer {}, {}\", found.id, if found.is_new { \"new\" } else { \"known\" });
# Ok(())
# }
```"
);
