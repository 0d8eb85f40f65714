//! Both clients behind one face.

use std::sync::{LazyLock, Once};

use plesk::{
    Batch, BatchResponse, ClientBuilder, Error, File, Operation, Outcomes, ProtocolVersion, RawPacket, RawResponse,
    Uploaded,
};
use tokio::runtime::Runtime;
use tracing_subscriber::filter::LevelFilter;

/// The asynchronous client.
pub(crate) type Async = plesk::Client;

/// The blocking client.
pub(crate) type Blocking = plesk::blocking::Client;

/// A client under test.
pub(crate) trait Subject: plesk::Build + Clone + std::fmt::Debug + Send + Sync + 'static {
    fn builder(url: &str) -> ClientBuilder<Self>;

    fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error>;

    fn send_batch(&self, batch: Batch) -> Result<BatchResponse, Error>;

    fn send_raw(&self, packet: impl Into<RawPacket>) -> Result<RawResponse, Error>;

    fn upload(&self, files: &[File]) -> Result<Outcomes<Uploaded>, Error>;

    fn dry_run(&self, batch: &Batch) -> Result<String, Error>;

    fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error>;
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

/// Runs a future of the asynchronous client in the thread of the test.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.block_on(future)
}

/// Set for a run of the suite that is read: everything is traced and printed.
pub(crate) const TRACED_SUITE: &str = "PLESK_TEST_TRACED_SUITE";

/// Begins to trace, where that is asked for.
fn trace() {
    static TRACING: Once = Once::new();
    if std::env::var_os(TRACED_SUITE).is_some() {
        TRACING.call_once(|| {
            tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(std::io::stdout).init();
        });
    }
}

impl Subject for Async {
    fn builder(url: &str) -> ClientBuilder<Self> {
        trace();
        Self::builder(url)
    }

    fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error> {
        wait(self.send(operation))
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

    fn dry_run(&self, batch: &Batch) -> Result<String, Error> {
        self.dry_run(batch)
    }

    fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error> {
        wait(self.protocols())
    }
}

impl Subject for Blocking {
    fn builder(url: &str) -> ClientBuilder<Self> {
        trace();
        Self::builder(url)
    }

    fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error> {
        self.send(operation)
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

    fn dry_run(&self, batch: &Batch) -> Result<String, Error> {
        self.dry_run(batch)
    }

    fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error> {
        self.protocols()
    }
}
