#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| plesk_fuzz::decode::<plesk_protocol::request::Packet>(bytes));
