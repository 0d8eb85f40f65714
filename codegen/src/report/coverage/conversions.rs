//! The conversions from answers to requests.

use super::markdown::table;
use crate::model::Model;
use crate::passes::conversions::{Conversion, MemberMapping};
use crate::passes::names::Names;

/// Lists every conversion, with what it may leave out.
pub(super) fn section(model: &Model, names: &Names, conversions: &[Conversion]) -> String {
    let code = |text: &str| format!("`{text}`");
    let list = |elements: &[String]| elements.iter().map(|element| code(element)).collect::<Vec<_>>().join(", ");
    let row = |conversion: &Conversion| {
        let members = model.types[conversion.to].members().iter().filter(|member| !member.is_silent());
        let given = members.zip(&conversion.mappings).filter(|(_, mapping)| **mapping == MemberMapping::Given);
        let given: Vec<String> = given.map(|(member, _)| member.name.clone()).collect();
        vec![
            code(&names.types[conversion.from].to_string()),
            code(&names.types[conversion.to].to_string()),
            if conversion.is_lossy() { "`from_lossy`" } else { "`From`" }.to_owned(),
            list(&given),
            list(&conversion.left_out),
        ]
    };
    let rows: Vec<_> = conversions.iter().map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    let table = table(&["Answer", "Request", "Function", "Arguments", "May leave out"], rows);
    format!(
        "## Conversions\n\nWhat one operation returns becomes what another one takes. `from_lossy` also returns what it left out.\n\n{table}"
    )
}
