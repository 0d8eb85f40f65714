//! Resources of the server.

/// A database server.
#[derive(Clone, Debug, PartialEq)]
pub struct DbServer {
    /// The ID.
    pub id: u64,
    /// `mysql`, `postgresql` or `mssql`.
    pub kind: String,
    /// The host.
    pub host: String,
    /// The port.
    pub port: u16,
}
