use ::regex::Regex;

use super::translate;

/// Translates and compiles the pattern; then tries texts that match and texts that do not.
#[track_caller]
fn assert_matches(xsd: &str, yes: &[&str], no: &[&str]) {
    let translated = translate(xsd).unwrap_or_else(|problem| panic!("{problem}"));
    let regex = Regex::new(&translated).unwrap_or_else(|problem| panic!("{xsd}: {problem}"));
    for text in yes {
        assert!(regex.is_match(text), "{xsd} as {translated} matches {text:?}");
    }
    for text in no {
        assert!(!regex.is_match(text), "{xsd} as {translated} does not match {text:?}");
    }
}

#[track_caller]
fn assert_rejected(xsd: &str, problem: &str) {
    match translate(xsd) {
        Ok(translated) => panic!("{xsd} became {translated}"),
        Err(message) => assert!(message.contains(problem), "{message}"),
    }
}

#[test]
fn pattern_too_large_to_compile_is_rejected() {
    let problem = translate("((a{1,1000}){1,1000}){1,1000}").expect_err("too large");
    assert!(problem.contains("too large to be compiled"), "{problem}");
}

#[test]
fn plesk_patterns_match_their_values() {
    assert_matches(
        r"[\-\+\p{L}\p{N}\._]*@([\p{L}\p{N}][\-\p{L}\p{N}]*\.)*[\p{L}\p{N}][\-\p{L}\p{N}]*\.?",
        &["jo@example.com", "@x", "a-+_.b@ü.de.", "٣@x"],
        &["jo", "jo@", "jo@-x", "jo@a..b", "jo doe@x", "jo@x\n", "a%b@x"],
    );
    assert_matches(
        r"[0-9a-zA-Z]{1}[\-a-zA-Z0-9_.]{0,16}",
        &["j", "j-o_.", "a2345678901234567"],
        &["", "-j", "ü", "a23456789012345678"],
    );
    assert_matches(r"[/0-9a-zA-Z_\-]+", &["/a-b_c/", "-"], &["", "a b", "\\"]);
    assert_matches(r"[\-]?[0-9]+", &["-1", "01"], &["--1", "", "+1", "١"]);
    assert_matches(
        r"([01]?\p{Nd}{1,2}|2([0-4]\p{Nd}|5[0-5]))(\.([01]?\p{Nd}{1,2}|2([0-4]\p{Nd}|5[0-5]))){3}",
        &["1.2.3.4", "255.249.199.0", "١.2.3.4"],
        &["256.1.1.1", "1.2.3", "1.2.3.4.5"],
    );
}

#[test]
fn pattern_always_matches_the_whole_text() {
    assert_matches("a|b", &["a", "b"], &["", "ab", "xa", "a\n", "\na"]);
    assert_matches("", &[""], &["a", "\n"]);
    assert_matches("a||b", &["a", "", "b"], &["ab"]);
    assert_matches("(a|)b", &["ab", "b"], &["a"]);
}

#[test]
fn anchors_and_operators_of_regex_are_literal() {
    assert_matches("^a$", &["^a$"], &["a"]);
    assert_matches("a&b-c~d#e!", &["a&b-c~d#e!"], &[]);
    assert_matches(r"\^\.\\\?\*\+\{\}\(\)\[\]\|\-", &[r"^.\?*+{}()[]|-"], &[]);
    assert_matches(r"\n\r\t", &["\n\r\t"], &["nrt"]);
    assert_matches("a b", &["a b"], &["ab"]);
}

#[test]
fn dot_excludes_line_ends() {
    assert_matches(".", &["a", " ", "\t", "\u{85}", "\u{2028}", "😀"], &["", "\n", "\r", "ab"]);
    assert_matches("[.]", &["."], &["a"]);
}

#[test]
fn quantifiers_are_translated_and_lazy_ones_rejected() {
    assert_matches("a{2}", &["aa"], &["a", "aaa"]);
    assert_matches("a{2,}", &["aa", "aaaa"], &["a"]);
    assert_matches("a{0,2}b?", &["", "a", "aab"], &["aaa"]);
    assert_matches("(ab)+c*", &["abab", "abcc"], &["c", "aba"]);
    assert_matches("a{0}", &[""], &["a"]);
    for lazy in ["a*?", "a+?", "a??", "a{1}?"] {
        assert_rejected(lazy, "the quantifier ?");
    }
    assert_rejected("a++", "the quantifier +");
    assert_rejected("*a", "the quantifier *");
    assert_rejected("(+a)", "the quantifier +");
    assert_rejected("a|{2}", "the quantifier {");
    assert_rejected("a{,2}", "number");
    assert_rejected("a{3,2}", "whose minimum exceeds its maximum");
    assert_rejected("a{99999999999}", "expected a number below 2^32");
    assert_rejected("a{2", "not closed");
    assert_rejected("a{2,3", "not closed");
    assert_rejected("a{x}", "number");
}

#[test]
fn class_escapes_have_the_meaning_of_xml_schema() {
    assert_matches(r"\d+", &["5", "٣"], &["", "a", "½"]);
    assert_matches(r"\D", &["a", "½"], &["5", "٣"]);
    assert_matches(r"\s+", &[" \t\n\r"], &["\u{a0}", "\u{b}"]);
    assert_matches(r"\S", &["a", "\u{a0}"], &[" "]);
    assert_matches(r"\w", &["a", "é", "٣", "$", "+", "€", "\u{300}"], &["_", "-", " ", "\u{a0}", "\u{7}"]);
    assert_matches(r"\W", &["_", "-", " "], &["a", "$"]);
    assert_matches(r"\i\c*", &["a", "_", ":b-1.2·", "é", "日本"], &["", "1", "-a", "·a", "a b", "😀", "×"]);
    assert_matches(r"\I", &["1", "-", " "], &["a", ":"]);
    assert_matches(r"\C", &[" ", "×", "/"], &["a", "1", "-", "."]);
    assert_matches(r"[\i-[:]][\c-[:]]*", &["a", "_1-"], &[":", "a:b", "1"]);
    assert_matches(r"[\S\n]+", &["a\n"], &["a b"]);
    assert_matches(r"[^\S]", &[" "], &["a"]);
    assert_matches(r"[^\W\d]", &["a"], &["_", "1"]);
    assert_matches(r"[^\I]", &["a"], &["1"]);
}

#[test]
fn categories_and_blocks_are_translated() {
    assert_matches(r"\p{Lu}\P{Lu}", &["Éé", "A1"], &["éé", "AA"]);
    assert_matches(r"[\p{L}\p{Nd}]+", &["aé5"], &["a-"]);
    assert_matches(r"[^\P{L}]", &["a"], &["1"]);
    assert_matches(r"\p{Sc}\p{Zs}\p{Pd}\p{Cc}", &["€ -\u{7}", "$\u{a0}–\t"], &["a -\t"]);
    assert_matches(r"\p{IsBasicLatin}+", &["az \t~"], &["é"]);
    assert_matches(r"\P{IsBasicLatin}", &["é"], &["a"]);
    assert_matches(r"[a\P{IsLatin-1Supplement}]", &["a", "Ā"], &["é"]);
    for property in ["LC", "Cs", "lu", "Latin", "Greek", "Any", "", "^L", "L&"] {
        assert_rejected(&format!(r"\p{{{property}}}"), "neither a category nor a block");
    }
    assert_rejected(r"\p{IsKlingon}", "IsKlingon");
    assert_rejected(r"\pL", "without a property in braces");
    assert_rejected(r"\p{L", "without its }");
}

#[test]
fn all_categories_and_blocks_compile() {
    for category in
        "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn"
            .split(' ')
    {
        assert_matches(&format!(r"\p{{{category}}}|\P{{{category}}}"), &["a", "1", "$"], &[]);
    }
    for (name, first, last) in super::classes::BLOCKS {
        let ends = [*first, *last].map(|point| char::from_u32(point).unwrap_or_default().to_string());
        assert_matches(&format!(r"\p{{Is{name}}}"), &[&ends[0], &ends[1]], &[]);
    }
}

#[test]
fn class_subtraction_is_translated() {
    assert_matches("[a-z-[aeiou]]", &["b", "z"], &["a", "-", "B"]);
    assert_matches("[^a-z-[AEIOU]]", &["B", "1", "-"], &["a", "A"]);
    assert_matches("[a-z-[^aeiou]]", &["a", "u"], &["b", "A"]);
    assert_matches("[a-z-[b-y-[i]]]+", &["aiz"], &["b", "y"]);
    assert_matches(r"[\p{L}-[\p{Lu}]]", &["é"], &["É", "1"]);
    assert_matches("[a--[b]]", &["a", "-"], &["b"]);
    assert_matches("[--[a]]", &["-"], &["a"]);
    assert_rejected("[a-z-[b]c]", "does not end its class");
    assert_rejected("[a-z-[b]", "does not end its class");
    assert_rejected("[-[a]]", "unescaped [");
    assert_rejected("[a-z[b]]", "unescaped [");
}

#[test]
fn operators_of_regex_are_literal_in_classes() {
    assert_matches("[&&a]", &["&", "a"], &["b"]);
    assert_matches("[a&&b]", &["a", "&", "b"], &["c"]);
    assert_matches("[~~a]+", &["~a"], &["b"]);
    assert_matches("[$^#]+", &["$^#"], &["a"]);
    assert_matches("[^^]", &["a"], &["^"]);
    assert_matches("[(){}|*+?]+", &["(){}|*+?"], &["a"]);
    assert_matches(r"[\[\]\\\-]+", &[r"[]\-"], &["a"]);
    assert_matches("[-a]", &["-", "a"], &["b"]);
    assert_matches("[a-]", &["-", "a"], &["b"]);
    assert_matches("[^-a]", &["b"], &["-", "a"]);
    assert_matches("[-]", &["-"], &["a"]);
}

#[test]
fn ranges_are_translated_and_invalid_ones_rejected() {
    assert_matches(r"[\--\]]", &["-", "A", "]"], &["+"]);
    assert_matches(r"[!-~]+", &["!&-[]^~"], &[" ", "é"]);
    assert_matches(r"[\t-\r]", &["\n"], &[" "]);
    assert_rejected("[z-a]", "wrong order");
    assert_rejected("[a-c-e]", "within a character class");
    assert_rejected(r"[\d-z]", "within a character class");
    assert_rejected("[--z]", "within a character class");
    assert_rejected("[a--]", "end of a range");
    assert_rejected(r"[a-\d]", "ends with a class escape");
    assert_rejected("[a-", "without its ]");
    assert_rejected("[a", "without its ]");
    assert_rejected("[]", "empty");
    assert_rejected("[^]", "empty");
    assert_rejected("[]a]", "empty");
}

#[test]
fn syntax_that_xml_schema_lacks_is_rejected() {
    assert_rejected("(?i)a", "(?");
    assert_rejected("(?:a)", "(?");
    assert_rejected("(?=a)", "(?");
    for escape in ['$', 'b', 'B', 'A', 'z', 'x', 'u', '1', '/', '"', 'e', '_', 'é'] {
        assert_rejected(&format!("a\\{escape}"), "which XML Schema does not have");
        assert_rejected(&format!("[\\{escape}]"), "which XML Schema does not have");
    }
    assert_rejected("a)", "without its (");
    assert_rejected("(a", "without its )");
    assert_rejected("a]", "unescaped ]");
    assert_rejected("a}", "unescaped }");
    assert_rejected("a\\", "single");
}

#[test]
fn nesting_at_the_limit_compiles_and_beyond_is_rejected() {
    let nested = |depth: usize| {
        let class = format!("{}[b]{}", "[^a-".repeat(depth), "]".repeat(depth));
        format!("{}{class}{}", "(".repeat(depth), ")".repeat(depth))
    };
    assert_matches(&nested(50), &[], &[]);
    assert_rejected(&nested(51), "too deeply");
    assert_rejected(&"(".repeat(1_000_000), "too deeply");
    assert_rejected(&"[a-".repeat(1_000_000), "too deeply");
}
