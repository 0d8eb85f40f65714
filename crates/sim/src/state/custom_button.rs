//! Buttons that link from the panel to other pages.

use super::stored;
use plesk_protocol::ui::{ButtonProperties, UrlComponents};
use serde::{Deserialize, Serialize};

use super::table::{IndexKey, Record};

/// A button that links from the panel to another page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomButton {
    /// The ID.
    pub id: u64,
    /// The ID of the account that owns it.
    pub owner: u64,
    /// Where it is shown, what it says, and where it leads.
    #[serde(with = "stored::xml")]
    pub properties: ButtonProperties,
    /// What is appended to its URL.
    #[serde(with = "stored::xml")]
    pub url_components: UrlComponents,
}

impl Record for CustomButton {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Owner(self.owner));
    }
}
