//! Where our verdict differs from that of libxml2 on purpose.

mod explain;
mod free_content;
mod kind;
mod normalize;
mod types;

pub use explain::expected_divergence;
pub use kind::Divergence;
