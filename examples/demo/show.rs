//! Prints the packets that were sent over the socket, and validates them against the schemas.

use std::error::Error;
use std::fmt::Debug;

use plesk_protocol::{request, response};
use plesk_sim::Sim;
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator};
use quick_xml::events::Event;

/// Prints the exchanges of a simulated server.
pub(crate) struct Show<'a> {
    sim: &'a Sim,
    shown: usize,
}

impl<'a> Show<'a> {
    pub(crate) fn new(sim: &'a Sim) -> Self {
        Self { sim, shown: 0 }
    }

    pub(crate) fn step(&mut self, title: &str) {
        println!("\n=== {title}");
    }

    /// Prints the last exchange and its typed answer.
    ///
    /// # Errors
    /// If there was no new exchange, or if one of its packets is invalid.
    pub(crate) fn exchange(&mut self, answer: &impl Debug) -> Result<(), Box<dyn Error>> {
        let exchanges = self.sim.exchanges();
        let exchange = exchanges.last().filter(|_| exchanges.len() > self.shown).ok_or("nothing was sent")?;
        self.shown = exchanges.len();
        check::<request::Packet>(exchange.request()).map_err(|e| format!("the request is invalid: {e}"))?;
        check::<response::Packet>(exchange.response()).map_err(|e| format!("the response is invalid: {e}"))?;
        println!("\n--> {} bytes, valid", exchange.request().len());
        println!("{}", indent(exchange.request())?);
        println!("<-- HTTP {}, {} bytes, valid", exchange.status(), exchange.response().len());
        println!("{}", indent(exchange.response())?);
        println!("answer: {answer:?}");
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<(), Box<dyn Error>> {
        println!("\n{} exchanges, every request and response valid.", self.shown);
        Ok(())
    }
}

/// Validates a packet against the schemas.
///
/// # Errors
/// If the schemas do not allow it.
fn check<P: Content>(packet: &[u8]) -> Result<(), Box<dyn Error>> {
    let packet: P = Reader::new(packet, Strictness::Strict, Limits::DEFAULT)?.document("packet")?;
    Validator::check("packet", &packet)?;
    Ok(())
}

/// Returns the packet with every element on its own line. Texts are not changed.
fn indent(xml: &[u8]) -> Result<String, Box<dyn Error>> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut writer = quick_xml::Writer::new(Vec::new());
    let (mut depth, mut after_end, mut in_text) = (0, false, false);
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Eof => break,
            Event::Text(text) if !in_text && text.trim_ascii().is_empty() => continue,
            Event::End(_) => {
                depth -= 1;
                if after_end {
                    new_line(&mut writer, depth);
                }
            }
            Event::Start(_) | Event::Empty(_) => new_line(&mut writer, depth),
            _ => {}
        }
        in_text = matches!(event, Event::Text(_) | Event::GeneralRef(_) | Event::CData(_));
        after_end = matches!(event, Event::End(_) | Event::Empty(_));
        depth += usize::from(matches!(event, Event::Start(_)));
        writer.write_event(event)?;
    }
    Ok(String::from_utf8(writer.into_inner())?)
}

/// Starts a new line, indented by `depth`.
fn new_line(writer: &mut quick_xml::Writer<Vec<u8>>, depth: usize) {
    let out = writer.get_mut();
    if !out.is_empty() {
        out.push(b'\n');
    }
    out.extend(std::iter::repeat_n(b' ', depth * 2));
}
