//! The buttons that the panel shows for an object.

use plesk_protocol::common::{ButtonData, ButtonDataType};

use super::build::build;

/// A button that leads to a page of the panel.
pub(crate) struct Button {
    pub(crate) code: &'static str,
    pub(crate) label: &'static str,
    /// The path of the page; `{}` is replaced by the ID of the object.
    pub(crate) path: &'static str,
}

/// Returns the buttons of one object. The buttons of a disabled object are disabled.
pub(crate) fn build_buttons(buttons: &[Button], id: u64, enabled: bool) -> Vec<ButtonData> {
    let button = |button: &Button| {
        build(|data: &mut ButtonData| {
            data.code = button.code.to_owned();
            data.r#type = ButtonDataType::LinkButton;
            data.name = button.label.to_owned();
            data.name_id = format!("button.{}", button.code);
            data.group_name = "Tools".to_owned();
            data.group_name_id = "group.tools".to_owned();
            data.href = button.path.replace("{}", &id.to_string());
            data.enabled = enabled;
        })
    };
    buttons.iter().map(button).collect()
}
