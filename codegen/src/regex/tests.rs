use ::regex::Regex;

use super::translate;

/// Translates, compiles, and tries texts that match and texts that do not.
#[track_caller]
fn matches(xsd: &str, yes: &[&str], no: &[&str]) {
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
fn refused(xsd: &str, problem: &str) {
    match translate(xsd) {
        Ok(translated) => panic!("{xsd} became {translated}"),
        Err(message) => assert!(message.contains(problem), "{message}"),
    }
}

#[test]
fn what_no_reader_could_compile() {
    let problem = translate("((a{1,1000}){1,1000}){1,1000}").expect_err("too large");
    assert!(problem.contains("too large to be compiled"), "{problem}");
}

#[test]
fn the_patterns_of_plesk() {
    matches(
        r"[\-\+\p{L}\p{N}\._]*@([\p{L}\p{N}][\-\p{L}\p{N}]*\.)*[\p{L}\p{N}][\-\p{L}\p{N}]*\.?",
        &["jo@example.com", "@x", "a-+_.b@ü.de.", "٣@x"],
        &["jo", "jo@", "jo@-x", "jo@a..b", "jo doe@x", "jo@x\n", "a%b@x"],
    );
    matches(
        r"[0-9a-zA-Z]{1}[\-a-zA-Z0-9_.]{0,16}",
        &["j", "j-o_.", "a2345678901234567"],
        &["", "-j", "ü", "a23456789012345678"],
    );
    matches(r"[/0-9a-zA-Z_\-]+", &["/a-b_c/", "-"], &["", "a b", "\\"]);
    matches(r"[\-]?[0-9]+", &["-1", "01"], &["--1", "", "+1", "١"]);
    matches(
        r"([01]?\p{Nd}{1,2}|2([0-4]\p{Nd}|5[0-5]))(\.([01]?\p{Nd}{1,2}|2([0-4]\p{Nd}|5[0-5]))){3}",
        &["1.2.3.4", "255.249.199.0", "١.2.3.4"],
        &["256.1.1.1", "1.2.3", "1.2.3.4.5"],
    );
}

#[test]
fn the_whole_text_matches() {
    matches("a|b", &["a", "b"], &["", "ab", "xa", "a\n", "\na"]);
    matches("", &[""], &["a", "\n"]);
    matches("a||b", &["a", "", "b"], &["ab"]);
    matches("(a|)b", &["ab", "b"], &["a"]);
}

#[test]
fn anchors_and_other_signs_are_characters() {
    matches("^a$", &["^a$"], &["a"]);
    matches("a&b-c~d#e!", &["a&b-c~d#e!"], &[]);
    matches(r"\^\.\\\?\*\+\{\}\(\)\[\]\|\-", &[r"^.\?*+{}()[]|-"], &[]);
    matches(r"\n\r\t", &["\n\r\t"], &["nrt"]);
    matches("a b", &["a b"], &["ab"]);
}

#[test]
fn a_dot_is_no_line_end() {
    matches(".", &["a", " ", "\t", "\u{85}", "\u{2028}", "😀"], &["", "\n", "\r", "ab"]);
    matches("[.]", &["."], &["a"]);
}

#[test]
fn quantifiers() {
    matches("a{2}", &["aa"], &["a", "aaa"]);
    matches("a{2,}", &["aa", "aaaa"], &["a"]);
    matches("a{0,2}b?", &["", "a", "aab"], &["aaa"]);
    matches("(ab)+c*", &["abab", "abcc"], &["c", "aba"]);
    matches("a{0}", &[""], &["a"]);
    for lazy in ["a*?", "a+?", "a??", "a{1}?"] {
        refused(lazy, "the quantifier ?");
    }
    refused("a++", "the quantifier +");
    refused("*a", "the quantifier *");
    refused("(+a)", "the quantifier +");
    refused("a|{2}", "the quantifier {");
    refused("a{,2}", "number");
    refused("a{3,2}", "no number meets");
    refused("a{99999999999}", "too large");
    refused("a{2", "not closed");
    refused("a{2,3", "not closed");
    refused("a{x}", "number");
}

#[test]
fn escapes_that_name_classes() {
    matches(r"\d+", &["5", "٣"], &["", "a", "½"]);
    matches(r"\D", &["a", "½"], &["5", "٣"]);
    matches(r"\s+", &[" \t\n\r"], &["\u{a0}", "\u{b}"]);
    matches(r"\S", &["a", "\u{a0}"], &[" "]);
    matches(r"\w", &["a", "é", "٣", "$", "+", "€", "\u{300}"], &["_", "-", " ", "\u{a0}", "\u{7}"]);
    matches(r"\W", &["_", "-", " "], &["a", "$"]);
    matches(r"\i\c*", &["a", "_", ":b-1.2·", "é", "日本"], &["", "1", "-a", "·a", "a b", "😀", "×"]);
    matches(r"\I", &["1", "-", " "], &["a", ":"]);
    matches(r"\C", &[" ", "×", "/"], &["a", "1", "-", "."]);
    matches(r"[\i-[:]][\c-[:]]*", &["a", "_1-"], &[":", "a:b", "1"]);
    matches(r"[\S\n]+", &["a\n"], &["a b"]);
    matches(r"[^\S]", &[" "], &["a"]);
    matches(r"[^\W\d]", &["a"], &["_", "1"]);
    matches(r"[^\I]", &["a"], &["1"]);
}

#[test]
fn categories_and_blocks() {
    matches(r"\p{Lu}\P{Lu}", &["Éé", "A1"], &["éé", "AA"]);
    matches(r"[\p{L}\p{Nd}]+", &["aé5"], &["a-"]);
    matches(r"[^\P{L}]", &["a"], &["1"]);
    matches(r"\p{Sc}\p{Zs}\p{Pd}\p{Cc}", &["€ -\u{7}", "$\u{a0}–\t"], &["a -\t"]);
    matches(r"\p{IsBasicLatin}+", &["az \t~"], &["é"]);
    matches(r"\P{IsBasicLatin}", &["é"], &["a"]);
    matches(r"[a\P{IsLatin-1Supplement}]", &["a", "Ā"], &["é"]);
    for property in ["LC", "Cs", "lu", "Latin", "Greek", "Any", "", "^L", "L&"] {
        refused(&format!(r"\p{{{property}}}"), "neither a category nor a block");
    }
    refused(r"\p{IsKlingon}", "IsKlingon");
    refused(r"\pL", "without a property in braces");
    refused(r"\p{L", "without its }");
}

#[test]
fn every_category_and_block_compiles() {
    for category in
        "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn"
            .split(' ')
    {
        matches(&format!(r"\p{{{category}}}|\P{{{category}}}"), &["a", "1", "$"], &[]);
    }
    for (name, first, last) in super::classes::BLOCKS {
        let ends = [*first, *last].map(|point| char::from_u32(point).unwrap_or_default().to_string());
        matches(&format!(r"\p{{Is{name}}}"), &[&ends[0], &ends[1]], &[]);
    }
}

#[test]
fn subtraction() {
    matches("[a-z-[aeiou]]", &["b", "z"], &["a", "-", "B"]);
    matches("[^a-z-[AEIOU]]", &["B", "1", "-"], &["a", "A"]);
    matches("[a-z-[^aeiou]]", &["a", "u"], &["b", "A"]);
    matches("[a-z-[b-y-[i]]]+", &["aiz"], &["b", "y"]);
    matches(r"[\p{L}-[\p{Lu}]]", &["é"], &["É", "1"]);
    matches("[a--[b]]", &["a", "-"], &["b"]);
    matches("[--[a]]", &["-"], &["a"]);
    refused("[a-z-[b]c]", "does not end its class");
    refused("[a-z-[b]", "does not end its class");
    refused("[-[a]]", "not escaped");
    refused("[a-z[b]]", "not escaped");
}

#[test]
fn signs_in_classes() {
    matches("[&&a]", &["&", "a"], &["b"]);
    matches("[a&&b]", &["a", "&", "b"], &["c"]);
    matches("[~~a]+", &["~a"], &["b"]);
    matches("[$^#]+", &["$^#"], &["a"]);
    matches("[^^]", &["a"], &["^"]);
    matches("[(){}|*+?]+", &["(){}|*+?"], &["a"]);
    matches(r"[\[\]\\\-]+", &[r"[]\-"], &["a"]);
    matches("[-a]", &["-", "a"], &["b"]);
    matches("[a-]", &["-", "a"], &["b"]);
    matches("[^-a]", &["b"], &["-", "a"]);
    matches("[-]", &["-"], &["a"]);
}

#[test]
fn ranges() {
    matches(r"[\--\]]", &["-", "A", "]"], &["+"]);
    matches(r"[!-~]+", &["!&-[]^~"], &[" ", "é"]);
    matches(r"[\t-\r]", &["\n"], &[" "]);
    refused("[z-a]", "wrong order");
    refused("[a-c-e]", "within a character class");
    refused(r"[\d-z]", "within a character class");
    refused("[--z]", "within a character class");
    refused("[a--]", "end of a range");
    refused(r"[a-\d]", "ends with a class");
    refused("[a-", "without its ]");
    refused("[a", "without its ]");
    refused("[]", "empty");
    refused("[^]", "empty");
    refused("[]a]", "empty");
}

#[test]
fn what_xml_schema_does_not_know() {
    refused("(?i)a", "(?");
    refused("(?:a)", "(?");
    refused("(?=a)", "(?");
    for escape in ['$', 'b', 'B', 'A', 'z', 'x', 'u', '1', '/', '"', 'e', '_', 'é'] {
        refused(&format!("a\\{escape}"), "which XML Schema does not know");
        refused(&format!("[\\{escape}]"), "which XML Schema does not know");
    }
    refused("a)", "without its (");
    refused("(a", "without its )");
    refused("a]", "not escaped");
    refused("a}", "not escaped");
    refused("a\\", "single");
}

#[test]
fn nesting_is_limited_and_the_limit_compiles() {
    let nested = |depth: usize| {
        let class = format!("{}[b]{}", "[^a-".repeat(depth), "]".repeat(depth));
        format!("{}{class}{}", "(".repeat(depth), ")".repeat(depth))
    };
    matches(&nested(50), &[], &[]);
    refused(&nested(51), "too deep");
    refused(&"(".repeat(1_000_000), "too deep");
    refused(&"[a-".repeat(1_000_000), "too deep");
}
