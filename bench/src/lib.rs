//! Documents to measure with, and the yardsticks: other people's libraries, used as their documentation advises.

pub mod documents;
pub mod hostile;
#[cfg(libxml2)]
pub mod libxml2;
pub mod records;
pub mod report;
pub mod stopwatch;
