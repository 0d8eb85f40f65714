//! Damaged documents, the same on every run.

/// A small random number generator (xorshift).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Damages a document at one or two places.
pub(super) fn damage(xml: &str, random: &mut Random) -> Vec<u8> {
    const FRAGMENTS: [&str; 26] = [
        "<",
        ">",
        "/",
        "&",
        ";",
        "'",
        "\"",
        "=",
        " ",
        "\n",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "--",
        "<?",
        "?>",
        "<a>",
        "</a>",
        "<a/>",
        "&#",
        "x",
        "\u{e9}",
        "\u{FEFF}",
        "xmlns='u'",
        "\0",
    ];
    let mut bytes = xml.as_bytes().to_vec();
    for _ in 0..=random.below(2) {
        let at = random.below(bytes.len());
        match random.below(4) {
            0 => drop(bytes.remove(at)),
            1 => bytes.insert(at, bytes[at]),
            2 => {
                let other = random.below(bytes.len());
                bytes.swap(at, other);
            }
            _ => {
                let fragment = FRAGMENTS[random.below(FRAGMENTS.len())];
                bytes.splice(at..at, fragment.bytes());
            }
        }
    }
    bytes
}
