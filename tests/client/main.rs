//! The client against a server of raw bytes, written by hand.

mod exchange;
mod server;
mod traces;
mod trouble;
