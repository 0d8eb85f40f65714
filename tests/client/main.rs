//! Both clients, over plain and TLS connections: against servers of raw bytes, which misbehave in
//! every way, and against the simulated Plesk.

#[macro_use]
mod support;

mod exchange;
mod faults;
mod http;
mod limits;
mod panel;
mod raw;
mod retry;
mod secrets;
mod tls;
mod traces;
mod trouble;
mod upload;
