//! Packets without a client: one program writes a packet, something else carries it, and the program reads the answer.

use plesk::{Batch, CodecOptions, Error, Handle, Packet, customer};

/// Returns the packet that asks for a customer, with the handle of its only operation.
pub(crate) fn request() -> Result<(Packet, Handle<customer::Get>), Error> {
    let mut batch = Batch::new();
    let get = batch.push(customer::Get::new(customer::Filter::login("jo"), customer::Dataset::new().gen_info()));
    Ok((Packet::new(&batch, &CodecOptions::new())?, get))
}

/// Returns the e-mail addresses in a response to the packet.
pub(crate) fn read(packet: &Packet, get: Handle<customer::Get>, response: &[u8]) -> Result<Vec<String>, Error> {
    let found = packet.read(response)?.take(get)?.all_ok()?;
    Ok(found.into_iter().filter_map(|found| Some(found.data?.gen_info?.email)).collect())
}
