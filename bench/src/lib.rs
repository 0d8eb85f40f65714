//! Documents to measure with, and the yardsticks: other people's libraries, used as their documentation advises.

pub mod build_cost;
pub mod counts;
pub mod documents;
pub mod exchange;
pub mod footprint;
pub mod hostile;
#[cfg(libxml2)]
pub mod libxml2;
pub mod records;
pub mod regenerate;
pub mod report;
pub mod simulator;
pub mod stopwatch;
