//! Buttons that link from the panel to other pages.

use plesk_protocol::ui::{ButtonProperties, UrlComponents};

use super::table::{IndexKey, Record};

/// A button that links from the panel to another page.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomButton {
    /// The ID.
    pub id: u64,
    /// The ID of the account that owns it.
    pub owner: u64,
    /// Where it is shown, what it says, and where it leads.
    pub properties: ButtonProperties,
    /// What is appended to its URL.
    pub url_components: UrlComponents,
}

impl Record for CustomButton {
    fn visit_keys<'a>(&'a self, visit: &mut dyn FnMut(IndexKey<'a>)) {
        visit(IndexKey::Owner(self.owner));
    }
}
