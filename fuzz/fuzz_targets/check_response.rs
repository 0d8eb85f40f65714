#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| plesk_fuzz::check::<plesk_protocol::response::Packet>(bytes));
