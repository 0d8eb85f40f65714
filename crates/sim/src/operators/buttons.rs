//! The buttons that the panel shows for an object.

use plesk_protocol::common::{ButtonData, ButtonDataType};

use super::make;

/// A button: its code, what stands on it, and the page behind it, in which `{}` is the ID.
pub(super) type Button = (&'static str, &'static str, &'static str);

/// Buttons of a reseller's home page.
pub(super) const RESELLER: &[Button] = &[
    ("customers", "Customers", "/admin/customer/list/reseller-id/{}"),
    ("domains", "Domains", "/admin/domain/list/reseller-id/{}"),
];

/// Buttons of a subscription.
pub(super) const SUBSCRIPTION: &[Button] = &[
    ("web", "Websites & Domains", "/smb/web/view/id/{}"),
    ("mail", "Mail", "/smb/email-address/list/id/{}"),
    ("files", "File Manager", "/smb/file-manager/list/id/{}"),
];

/// The buttons of one object; those of a disabled one do nothing.
pub(super) fn of(buttons: &[Button], id: u64, enabled: bool) -> Vec<ButtonData> {
    let button = |&(code, name, href): &Button| {
        make(|button: &mut ButtonData| {
            button.code = code.to_owned();
            button.r#type = ButtonDataType::LinkButton;
            button.name = name.to_owned();
            button.name_id = format!("button.{code}");
            button.group_name = "Tools".to_owned();
            button.group_name_id = "group.tools".to_owned();
            button.href = href.replace("{}", &id.to_string());
            button.enabled = enabled;
        })
    };
    buttons.iter().map(button).collect()
}
