//! How the log files of sites are rotated.

use super::stored;
use plesk_protocol::log_rotation::{Condition, Settings};
use serde::{Deserialize, Serialize};

use super::objects::State;

/// How the log files of a site are rotated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogRotation {
    /// `true` if they are.
    pub enabled: bool,
    /// When they are, and how many are kept.
    #[serde(with = "stored::xml")]
    pub settings: Settings,
}

/// The size at which a log file of a new site is rotated, in KB.
const SIZE: i64 = 10_240;

impl Default for LogRotation {
    /// Returns the rotation of a new site.
    fn default() -> Self {
        let mut settings = Settings::new(Condition::LogBysize(SIZE));
        (settings.log_max_num_files, settings.log_compress) = (Some(10), Some(true));
        Self { enabled: true, settings }
    }
}

impl State {
    /// Returns how the log files of a site are rotated.
    pub(crate) fn log_rotation(&self, site: u64) -> LogRotation {
        self.log_rotations.get(&site).cloned().unwrap_or_default()
    }
}
