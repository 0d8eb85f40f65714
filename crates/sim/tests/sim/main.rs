//! Tests of the simulated Plesk: each sends packets over HTTP and checks the responses and the state.

mod command;
mod customer;
mod every_operation;
mod failures;
mod load;
mod packet;
mod reseller;
mod server;
mod service_plan;
mod session;
mod state_file;
mod subscription_plans;
mod support;
mod transport;
mod webspace;
mod webspace_services;
