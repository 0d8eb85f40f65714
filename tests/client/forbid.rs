//! Effects that a client forbids.

use plesk::{Batch, ClientBuilder, Effect, Error, RawPacket, customer, session};

use crate::support::{AnyClient, KEY};

const TERMINATE: &str = "<packet><session><terminate><session-id>a66734b</session-id></terminate></session></packet>";

/// Returns a builder for a server that does not exist: whatever the client sends fails with `Error::Connect`.
fn builder<C: AnyClient>() -> ClientBuilder<C> {
    C::builder("https://127.0.0.1:1").secret_key(KEY)
}

fn delete_by_id() -> customer::Del {
    customer::Del::new(customer::Filter::id(7))
}

fn forbid_refuses_the_effect_and_more_severe_ones<C: AnyClient>() {
    let client: C = builder().forbid(Effect::DeleteEverything).build().unwrap();
    let mut batch = Batch::new();
    let _ = batch.push(session::Get::new());
    let _ = batch.push(customer::Del::new(customer::Filter::Everything));
    assert_error!(client.dry_run(&batch).unwrap_err(), Error::Forbidden { .. }, "customer/del", "DeleteEverything");
    assert_error!(client.send_batch(batch).unwrap_err(), Error::Forbidden { .. }, "was not sent");
    assert_error!(client.send(delete_by_id()).unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");
}

fn forbid_twice_uses_the_less_severe_effect<C: AnyClient>() {
    let reader: C = builder().forbid(Effect::DeleteEverything).forbid(Effect::Create).build().unwrap();
    assert_error!(reader.send(delete_by_id()).unwrap_err(), Error::Forbidden { .. }, "effect is Delete");
    assert_error!(reader.send(session::Get::new()).unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");
}

fn forbid_everything_refuses_match_all_selectors<C: AnyClient>() {
    let client: C = builder().forbid_everything().build().unwrap();
    let set = |filter| customer::Set::new(filter, customer::SetValues::new());
    let error = client.send(set(customer::Filter::Everything)).unwrap_err();
    assert_error!(error, Error::Forbidden { .. }, "customer/set", "ChangeEverything");
    assert_error!(client.send(set(customer::Filter::id(7))).unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");
    assert_error!(client.send(delete_by_id()).unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");
}

fn forbid_reads_the_effect_of_raw_packets<C: AnyClient>() {
    let client: C = builder().forbid(Effect::DeleteEverything).build().unwrap();
    assert_error!(client.send_raw(TERMINATE).unwrap_err(), Error::Connect { .. }, "127.0.0.1:1");
    // What is declared does not hide what is there.
    let add = "<add><gen_info><pname>Jo</pname><login>jo</login><passwd>correct horse</passwd></gen_info></add>";
    let everything = format!("<packet><customer>{add}<del><filter/></del></customer></packet>");
    let mail = "<packet><mail><update><remove><filter><site-id>1</site-id><mailname><name>info</name></mailname></filter></remove></update></mail></packet>";
    for (packet, effect) in [(&*everything, Effect::DeleteEverything), (mail, Effect::Change)] {
        for client in [builder::<C>().forbid(effect), builder::<C>().forbid(Effect::Create)] {
            let client = client.build().unwrap();
            for packet in [RawPacket::new(packet), RawPacket::new(packet).effect(Effect::Read)] {
                for packet in [packet.clone(), packet.effect(Effect::Read).unchecked()] {
                    let error = client.send_raw(packet).unwrap_err();
                    assert!(
                        matches!(error, Error::Forbidden { effect: Some(found), .. } if found == effect),
                        "{error}"
                    );
                }
            }
        }
    }
    let error = builder::<C>().forbid_everything().build().unwrap().send_raw(&*everything).unwrap_err();
    assert_error!(error, Error::Forbidden { .. }, "the raw packet", "DeleteEverything");
}

fn forbid_refuses_unchecked_packets_without_a_declared_effect<C: AnyClient>() {
    let client: C = builder().forbid(Effect::DeleteEverything).build().unwrap();
    let unknown = RawPacket::new("<packet><session><get/></session><new-operator><purge/></new-operator></packet>");
    let error = client.send_raw(unknown.clone().unchecked()).unwrap_err();
    assert_error!(error, Error::Forbidden { effect: None, .. }, "unknown", "RawPacket::effect");
    assert_error!(client.send_raw(unknown.effect(Effect::Delete)).unwrap_err(), Error::Invalid(_), "new-operator");
    let error = client.send_raw(RawPacket::new(TERMINATE).effect(Effect::Delete)).unwrap_err();
    assert_error!(error, Error::Connect { .. }, "127.0.0.1:1");
    let error = client.send_raw(RawPacket::new(TERMINATE).effect(Effect::DeleteEverything)).unwrap_err();
    assert_error!(error, Error::Forbidden { effect: Some(Effect::DeleteEverything), .. }, "the raw packet");
}

test_with_both_clients!(
    forbid_refuses_the_effect_and_more_severe_ones,
    forbid_twice_uses_the_less_severe_effect,
    forbid_everything_refuses_match_all_selectors,
    forbid_reads_the_effect_of_raw_packets,
    forbid_refuses_unchecked_packets_without_a_declared_effect,
);
