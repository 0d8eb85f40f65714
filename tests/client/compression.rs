//! Compressed responses.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use plesk::{Error, session};

use crate::support::{AnyClient, KEY, Scheme, TERMINATED, packet, response_with, serve};

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn compressed_response_is_decompressed<C: AnyClient>(scheme: Scheme) {
    let body = gzip(packet(TERMINATED).as_bytes());
    // Even if a proxy dropped the header.
    for encoding in ["Content-Encoding: gzip\r\n", "Content-Encoding: x-gzip\r\n", ""] {
        let server = serve(scheme, response_with(encoding, &body));
        server.client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
        assert!(server.request().to_ascii_lowercase().contains("\r\naccept-encoding: gzip\r\n"));
    }
    // A client without a limit does it too.
    let server = serve(scheme, response_with("", &body));
    let client = server.builder::<C>().max_response_size(usize::MAX).build().unwrap();
    client.send(session::Terminate::new("x")).unwrap().unwrap();
    // An uncompressed body is read, whatever the header says.
    let server = serve(scheme, response_with("Content-Encoding: br\r\n", packet(TERMINATED).as_bytes()));
    server.client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
}

fn response_that_cannot_be_decompressed_is_encoding_error<C: AnyClient>(scheme: Scheme) {
    let whole = gzip(packet(TERMINATED).as_bytes());
    let error_after =
        |response: Vec<u8>| serve(scheme, response).client::<C>().send(session::Terminate::new("x")).unwrap_err();
    let cut = response_with("Content-Encoding: gzip\r\n", &whole[..whole.len() - 9]);
    // The same error as for an uncompressed body that breaks off, because it may be retried.
    assert_error!(error_after(cut), Error::Truncated { .. }, "broke off");
    let wrong = response_with("Content-Encoding: gzip\r\n", &[&whole[..10], &[0xFF; 30]].concat());
    assert_error!(error_after(wrong), Error::Encoding { source: Some(_), .. }, "gzip", "cannot be decompressed");
    let other = response_with("Content-Encoding: br\r\n", b"\x0b\x02\x80");
    assert_error!(error_after(other), Error::Encoding { source: None, .. }, "(br)", "only gzip");
    let error = error_after(response_with(&format!("Content-Encoding: {KEY}\r\n"), b"packed"));
    assert_error!(&error, Error::Encoding { source: None, .. }, "(***)");
    assert!(!format!("{error:?}").contains(KEY), "{error:?}");
}

/// A proxy or a server may append bytes to a body that is whole.
fn bytes_after_a_compressed_response_are_ignored<C: AnyClient>(scheme: Scheme) {
    let body = gzip(packet(TERMINATED).as_bytes());
    for after in [&b"\0\0\0\0"[..], b"garbage", b"\x1f\x8b", &gzip(b""), &gzip(b"<packet/>")] {
        let server = serve(scheme, response_with("Content-Encoding: gzip\r\n", &[&body, after].concat()));
        server.client::<C>().send(session::Terminate::new("x")).unwrap().unwrap();
    }
}

/// A few kilobytes that decompress to eight megabytes take no more than the limit.
fn size_limit_applies_to_the_decompressed_response<C: AnyClient>(scheme: Scheme) {
    let server = serve(scheme, response_with("Content-Encoding: gzip\r\n", &gzip(&vec![b' '; 8 << 20])));
    let client = server.builder::<C>().max_response_size(1 << 20).build().unwrap();
    let error = client.send(session::Terminate::new("x")).unwrap_err();
    assert_error!(error, Error::TooLarge { limit: 1_048_576, .. }, "max_response_size");
}

test_over_http_and_https!(
    compressed_response_is_decompressed,
    response_that_cannot_be_decompressed_is_encoding_error,
    bytes_after_a_compressed_response_are_ignored,
    size_limit_applies_to_the_decompressed_response,
);
