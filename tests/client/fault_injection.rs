//! Ten thousand faults at random points of an exchange, and what the server executed in the end.
//!
//! A transport without a network injects a fault exactly before or after the simulated Plesk does its work.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use plesk::{Batch, Error, ErrorCode, Idempotency, Operation, RetryPolicy, customer, session, webspace};
use plesk_sim::Sim;

use crate::support::{AnyClient, Attempt, FakeTransport, connect_error, no_response_error};

/// The number of faults that each client has to survive.
const FAULTS: usize = 10_000;

/// The fault that is injected into one attempt.
#[derive(Clone, Copy)]
enum Fault {
    /// No connection could be made.
    NotConnected,
    /// The request was lost. The client cannot distinguish this from a lost response.
    RequestLost,
    /// The packet was executed, and the response was lost.
    ResponseLost,
    /// The packet was executed, and the timeout passed.
    Timeout,
    /// The packet was executed, and the connection broke in the middle of the response.
    Truncated,
    /// The packet was executed, and the response is cut off, but looks like a whole body.
    Cut,
    /// A proxy responded in place of the server, before or after the packet was executed.
    BadGateway { executed: bool },
    /// No fault.
    None,
}

/// A simulated Plesk behind an unreliable connection.
struct UnreliableServer {
    sim: Sim,
    random: Mutex<u64>,
    faults: Mutex<usize>,
    /// The number of packets that were executed since the last reset.
    executed: Mutex<usize>,
}

impl UnreliableServer {
    fn new(seed: u64) -> Self {
        let sim = Sim::builder().plain_http().start().expect("a simulated server");
        Self { sim, random: Mutex::new(seed), faults: Mutex::default(), executed: Mutex::default() }
    }

    /// Returns a pseudo-random number below `bound`. Xorshift: every run has the same faults, so that a
    /// failure can be reproduced.
    fn random(&self, bound: u64) -> u64 {
        let mut random = self.random.lock().unwrap();
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        *random % bound
    }

    fn random_fault(&self) -> Fault {
        match self.random(12) {
            0 => Fault::NotConnected,
            1 => Fault::RequestLost,
            2 | 3 => Fault::ResponseLost,
            4 => Fault::Timeout,
            5 | 6 => Fault::Truncated,
            7 => Fault::Cut,
            8 => Fault::BadGateway { executed: false },
            9 => Fault::BadGateway { executed: true },
            _ => Fault::None,
        }
    }

    fn execute(&self, packet: &[u8]) -> Vec<u8> {
        *self.executed.lock().unwrap() += 1;
        self.sim.respond(packet)
    }

    fn exchange(&self, packet: &[u8]) -> Result<http::Response<Vec<u8>>, Error> {
        let host = String::from("panel.example:8443");
        let fault = self.random_fault();
        *self.faults.lock().unwrap() += usize::from(!matches!(fault, Fault::None));
        match fault {
            Fault::NotConnected => Err(connect_error()),
            Fault::RequestLost => Err(no_response_error()),
            Fault::ResponseLost => {
                self.execute(packet);
                Err(no_response_error())
            }
            Fault::Timeout => {
                self.execute(packet);
                Err(Error::Timeout { host, after: Duration::from_secs(1), source: "injected".into() })
            }
            Fault::Truncated => {
                let received = self.random(self.execute(packet).len() as u64) as usize;
                Err(Error::Truncated { host, received, source: "injected".into() })
            }
            Fault::Cut => {
                let mut body = self.execute(packet);
                body.truncate(self.random(body.len() as u64) as usize);
                Ok(http::Response::new(body))
            }
            Fault::BadGateway { executed } => {
                if executed {
                    self.execute(packet);
                }
                let mut response = http::Response::new(b"<h1>Bad Gateway</h1>".to_vec());
                *response.status_mut() = http::StatusCode::BAD_GATEWAY;
                Ok(response)
            }
            Fault::None => Ok(http::Response::new(self.execute(packet))),
        }
    }

    /// Calls `send` and checks that the server executes at most one packet and creates at most one customer.
    /// Returns how many packets it executed.
    #[track_caller]
    fn assert_executed_at_most_once(&self, send: impl FnOnce()) -> usize {
        *self.executed.lock().unwrap() = 0;
        let customers = self.sim.state().customers.len();
        send();
        let executed = *self.executed.lock().unwrap();
        assert!(executed <= 1, "executed {executed} times");
        assert!(self.sim.state().customers.len() <= customers + 1);
        executed
    }

    /// Sends an operation that is not idempotent and checks that it is executed at most once.
    #[track_caller]
    fn assert_sent_once<C: AnyClient, Op: Operation + 'static>(&self, client: &C, operation: Op) -> usize {
        assert_eq!(operation.idempotency(), Idempotency::NotIdempotent);
        self.assert_executed_at_most_once(|| drop(client.send(operation)))
    }
}

/// Sends operations of every kind until enough faults were injected, and checks what the server executed.
fn random_faults_never_repeat_a_create_or_an_unsafe_delete<C: AnyClient>() {
    let server = Arc::new(UnreliableServer::new(0x9E37_79B9_7F4A_7C15));
    let behind = server.clone();
    let transport = FakeTransport::new(move |_, packet| Attempt::new(behind.exchange(packet)));
    let policy = RetryPolicy::attempts(6).pauses(Duration::ZERO, Duration::ZERO);
    let builder = C::builder("https://panel.example:8443").secret_key(server.sim.secret_key()).retry(policy);
    let client = builder.build_with(transport).unwrap();
    let (mut round, mut executed_once, mut repeated_deletes, mut reads) = (0, 0, 0, 0);
    while *server.faults.lock().unwrap() < FAULTS {
        round += 1;
        let login = format!("customer-{round}");
        let add = |login: &str| customer::Add::new(customer::AddGenInfo::new("Jo", login, "correct horse"));
        let id = server.sim.state().add_customer(&format!("seed-{round}")).id;
        let delete_by_id = || customer::Del::new(customer::Filter::id(id));
        match server.random(6) {
            0 => executed_once += server.assert_sent_once(&client, add(&login)),
            1 => {
                let delete = customer::Del::new(customer::Filter::login(format!("seed-{round}")));
                executed_once += server.assert_sent_once(&client, delete);
            }
            2 => {
                let delete = webspace::Del::new(webspace::Filter::owner_login(&login));
                executed_once += server.assert_sent_once(&client, delete);
            }
            3 => {
                // A create makes the whole packet not idempotent.
                let mut batch = Batch::new();
                let _ = (batch.push(delete_by_id()), batch.push(add(&login)));
                assert_eq!(batch.idempotency(), Idempotency::NotIdempotent);
                executed_once += server.assert_executed_at_most_once(|| drop(client.send_batch(batch)));
            }
            4 => {
                let mut batch = Batch::new();
                let del = batch.push(delete_by_id());
                if let Ok(response) = client.send_batch(batch) {
                    let attempts = response.attempts();
                    let outcomes = response.take(del).unwrap();
                    let was_gone = outcomes.as_slice()[0].errcode == Some(ErrorCode::NOT_FOUND);
                    repeated_deletes += usize::from(was_gone);
                    // The deletion succeeds, whichever attempt executed it; "gone" needs an earlier attempt.
                    assert!(outcomes.all_ok().is_ok() && (attempts > 1 || !was_gone));
                    assert!(!server.sim.state().customers.contains_key(&id));
                }
            }
            _ => reads += usize::from(client.send(session::Get::new()).is_ok_and(|answer| answer.is_ok())),
        }
        server.sim.state().customers.clear();
    }
    assert!(executed_once > 1000, "{executed_once} packets that are not idempotent were executed");
    assert!(repeated_deletes > 100, "{repeated_deletes} deletions were repeated");
    assert!(reads > 100, "{reads} reads succeeded");
}

test_with_both_clients!(random_faults_never_repeat_a_create_or_an_unsafe_delete);
