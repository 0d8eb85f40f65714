//! Tests of both clients, over plain and TLS connections: with servers of raw bytes that misbehave in every
//! way, and with the simulated Plesk.

#[macro_use]
mod support;

mod compression;
mod errors;
mod exchange;
mod fault_injection;
mod forbid;
mod http;
mod inspect;
mod limits;
mod masking;
mod proxies;
mod raw;
mod retry;
mod secrets;
mod send_each;
mod send_each_memory;
mod shortcuts;
mod simulated_panel;
mod time;
mod tls;
mod traces;
mod upload;
