//! Tests of the protocol: what is sent, what is read and what is rejected, according to the schemas and the
//! documentation. The packets are written by hand, with our own values.

mod support;

mod bare_results;
mod blank_selectors;
mod checks;
mod compile_time;
mod complaints;
mod conversions;
mod customer_add;
mod customer_change;
mod customer_del;
mod customer_get;
mod customer_get_domain_list;
mod defaults;
mod doc_examples;
mod effects;
mod every_selector;
mod fuzz;
mod ids_and_names;
mod invalid_packets;
mod leniency;
mod memory;
mod packets;
mod panel;
mod reseller_del;
mod round_trip;
mod selectors;
mod service_plan_del;
mod session_get;
mod session_terminate;
mod validation;
mod verdicts;
mod webspace_del;
