//! Documents that cost a careless reader more than their size.

/// Returns the documents, about `size` bytes each, with their names.
pub fn documents(size: usize) -> Vec<(&'static str, String)> {
    let inside = |before: &str, unit: &str, after: &str| {
        format!("<packet>{before}{}{after}</packet>", unit.repeat(size / unit.len()))
    };
    let get = |unit: &str| inside("<customer><get>", unit, "</get></customer>");
    let text = |unit: &str| get(&format!("<result><status>ok</status><filter-id>{unit}</filter-id></result>"));
    let gen_info = |unit: &str| {
        inside(
            "<customer><get><result><status>ok</status><data><gen_info>",
            unit,
            "</gen_info></data></result></get></customer>",
        )
    };
    vec![
        ("unknown elements of a packet", inside("", "<zzz/>", "")),
        ("unknown elements of a result", inside("<customer><get><result>", "<zzz/>", "</result></get></customer>")),
        ("unknown elements of a choice", inside("<customer>", "<zzz/>", "</customer>")),
        ("members twice", gen_info("<login/><fax/>")),
        ("empty results", get("<result/>")),
        ("empty operations", inside("<customer>", "<get/>", "</customer>")),
        ("references", text(&"&amp;".repeat(64))),
        ("CDATA sections", text(&"<![CDATA[a]]>".repeat(16))),
        ("comments", inside("", "<!---->", "<customer/>")),
        ("attributes", inside("", r#"<z a="1" b="2" c="3"/>"#, "")),
        ("text among elements", inside("", "a<b/>", "")),
        ("full-width letters", text(&"\u{FF21}".repeat(32))),
        ("one ]]> before plain results", {
            let plain = "<result><status>ok</status><id>1</id></result>";
            inside("<!--]]>--><customer><get>", plain, "</get></customer>")
        }),
        ("nested unknown elements", inside("", "<a><b><c><d/></c></b></a>", "")),
    ]
}
