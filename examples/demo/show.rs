//! Shows what crossed the socket, and holds it against the schemas.

use std::error::Error;
use std::fmt::Debug;

use plesk_protocol::{request, response};
use plesk_sim::Sim;
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator};
use quick_xml::events::Event;

pub(crate) struct Show<'a> {
    sim: &'a Sim,
    shown: usize,
}

impl<'a> Show<'a> {
    pub(crate) fn new(sim: &'a Sim) -> Self {
        Self { sim, shown: 0 }
    }

    pub(crate) fn step(&mut self, about: &str) {
        println!("\n=== {about}");
    }

    /// Shows the exchange that has just ended, beside what it came to.
    pub(crate) fn exchange(&mut self, outcome: &impl Debug) -> Result<(), Box<dyn Error>> {
        let exchanges = self.sim.exchanges();
        let exchange = exchanges.last().filter(|_| exchanges.len() > self.shown).ok_or("nothing crossed the socket")?;
        self.shown = exchanges.len();
        check::<request::Packet>(exchange.request()).map_err(|e| format!("the request is not valid: {e}"))?;
        check::<response::Packet>(exchange.response()).map_err(|e| format!("the answer is not valid: {e}"))?;
        println!("\n--> {} bytes, valid", exchange.request().len());
        println!("{}", indented(exchange.request())?);
        println!("<-- HTTP {}, {} bytes, valid", exchange.status(), exchange.response().len());
        println!("{}", indented(exchange.response())?);
        println!("outcome: {outcome:?}");
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<(), Box<dyn Error>> {
        println!("\n{} exchanges, every request and answer valid.", self.shown);
        Ok(())
    }
}

/// Whether the schemas allow the packet.
fn check<P: Content>(packet: &[u8]) -> Result<(), Box<dyn Error>> {
    let packet: P = Reader::new(packet, Strictness::Strict, Limits::DEFAULT)?.document("packet")?;
    Validator::check("packet", &packet)?;
    Ok(())
}

/// The packet with every element on a line of its own; texts stay as they are.
fn indented(xml: &[u8]) -> Result<String, Box<dyn Error>> {
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
                    line(&mut writer, depth);
                }
            }
            Event::Start(_) | Event::Empty(_) => line(&mut writer, depth),
            _ => {}
        }
        in_text = matches!(event, Event::Text(_) | Event::GeneralRef(_) | Event::CData(_));
        after_end = matches!(event, Event::End(_) | Event::Empty(_));
        depth += usize::from(matches!(event, Event::Start(_)));
        writer.write_event(event)?;
    }
    Ok(String::from_utf8(writer.into_inner())?)
}

fn line(writer: &mut quick_xml::Writer<Vec<u8>>, depth: usize) {
    let out = writer.get_mut();
    if !out.is_empty() {
        out.push(b'\n');
    }
    out.extend(std::iter::repeat_n(b' ', depth * 2));
}
