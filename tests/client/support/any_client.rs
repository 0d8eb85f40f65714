//! Both clients behind one trait.

use std::sync::{LazyLock, Once};

use plesk::customer::AddGenInfo;
use plesk::shortcuts::FoundCustomer;
use plesk::{
    Batch, BatchResponse, ClientBuilder, Error, Fault, File, Operation, OutcomeBody, Outcomes, ProtocolVersion,
    RawPacket, RawResponse, Uploaded,
};
use tokio::runtime::Runtime;
use tracing_subscriber::filter::LevelFilter;

use super::FakeTransport;

/// The asynchronous client.
pub(crate) type Async = plesk::Client;

/// The blocking client.
pub(crate) type Blocking = plesk::blocking::Client;

/// The outcomes of `send_each`.
pub(crate) type EachOutcome<T, B> = Box<dyn Iterator<Item = Result<Result<T, Fault<B>>, Error>> + Send>;

/// The methods of both clients, all of them blocking.
pub(crate) trait AnyClient:
    plesk::Build + plesk::BuildWith<FakeTransport> + Clone + std::fmt::Debug + Send + Sync + 'static
{
    fn builder(url: &str) -> ClientBuilder<Self>;

    fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error>;

    fn send_each<Op, T, B>(&self, operation: Op) -> Result<EachOutcome<T, B>, Error>
    where
        Op: Operation<Answer = Outcomes<T, B>> + 'static,
        T: Send + 'static,
        B: OutcomeBody<T> + Send + 'static;

    fn send_batch(&self, batch: Batch) -> Result<BatchResponse, Error>;

    fn send_raw(&self, packet: impl Into<RawPacket>) -> Result<RawResponse, Error>;

    fn upload(&self, files: &[File]) -> Result<Outcomes<Uploaded>, Error>;

    fn find_or_create_customer(&self, account: AddGenInfo) -> Result<FoundCustomer, Error>;

    fn dry_run(&self, batch: &Batch) -> Result<String, Error>;

    fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error>;
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

/// Runs a future of the asynchronous client on the thread of the test.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.block_on(future)
}

/// The environment variable that makes the suite trace everything to its standard output.
pub(crate) const TRACED_SUITE: &str = "PLESK_TEST_TRACED_SUITE";

/// Enables tracing if the environment variable is set.
fn init_tracing() {
    static TRACING: Once = Once::new();
    if std::env::var_os(TRACED_SUITE).is_some() {
        TRACING.call_once(|| {
            tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(std::io::stdout).init();
        });
    }
}

impl AnyClient for Async {
    fn builder(url: &str) -> ClientBuilder<Self> {
        init_tracing();
        Self::builder(url)
    }

    fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error> {
        wait(self.send(operation))
    }

    fn send_each<Op, T, B>(&self, operation: Op) -> Result<EachOutcome<T, B>, Error>
    where
        Op: Operation<Answer = Outcomes<T, B>> + 'static,
        T: Send + 'static,
        B: OutcomeBody<T> + Send + 'static,
    {
        let mut outcomes = self.send_each(operation)?;
        Ok(Box::new(std::iter::from_fn(move || wait(outcomes.next()))))
    }

    fn send_batch(&self, batch: Batch) -> Result<BatchResponse, Error> {
        wait(self.send_batch(batch))
    }

    fn send_raw(&self, packet: impl Into<RawPacket>) -> Result<RawResponse, Error> {
        wait(self.send_raw(packet))
    }

    fn upload(&self, files: &[File]) -> Result<Outcomes<Uploaded>, Error> {
        wait(self.upload(files))
    }

    fn find_or_create_customer(&self, account: AddGenInfo) -> Result<FoundCustomer, Error> {
        wait(self.find_or_create_customer(account))
    }

    fn dry_run(&self, batch: &Batch) -> Result<String, Error> {
        self.dry_run(batch)
    }

    fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error> {
        wait(self.protocols())
    }
}

impl AnyClient for Blocking {
    fn builder(url: &str) -> ClientBuilder<Self> {
        init_tracing();
        Self::builder(url)
    }

    fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error> {
        self.send(operation)
    }

    fn send_each<Op, T, B>(&self, operation: Op) -> Result<EachOutcome<T, B>, Error>
    where
        Op: Operation<Answer = Outcomes<T, B>> + 'static,
        T: Send + 'static,
        B: OutcomeBody<T> + Send + 'static,
    {
        Ok(Box::new(self.send_each(operation)?))
    }

    fn send_batch(&self, batch: Batch) -> Result<BatchResponse, Error> {
        self.send_batch(batch)
    }

    fn send_raw(&self, packet: impl Into<RawPacket>) -> Result<RawResponse, Error> {
        self.send_raw(packet)
    }

    fn upload(&self, files: &[File]) -> Result<Outcomes<Uploaded>, Error> {
        self.upload(files)
    }

    fn find_or_create_customer(&self, account: AddGenInfo) -> Result<FoundCustomer, Error> {
        self.find_or_create_customer(account)
    }

    fn dry_run(&self, batch: &Batch) -> Result<String, Error> {
        self.dry_run(batch)
    }

    fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error> {
        self.protocols()
    }
}
