//! A packet as a tree, for mutations at every element.

/// An element with either text or children.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    /// The text after the name in the start tag.
    pub(crate) attributes: String,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// Parses XML that has only elements, and text only in elements without children.
    pub(crate) fn parse(xml: &str) -> Self {
        let mut open: Vec<Self> = Vec::new();
        for part in xml.split('<').skip(1) {
            let (tag, text) = part.split_once('>').unwrap();
            if tag.starts_with('/') {
                let element = open.pop().unwrap();
                match open.last_mut() {
                    Some(parent) => parent.children.push(element),
                    None => return element,
                }
            } else {
                let (name, attributes) = tag.split_at(tag.find(' ').unwrap_or(tag.len()));
                let [name, attributes, text] = [name, attributes, text].map(str::to_owned);
                open.push(Self { name, attributes, text, children: Vec::new() });
            }
        }
        panic!("no end of {xml}");
    }

    pub(crate) fn write(&self) -> String {
        let children: String = self.children.iter().map(Self::write).collect();
        let Self { name, attributes, text, .. } = self;
        format!("<{name}{attributes}>{text}{children}</{name}>")
    }

    /// Returns the number of elements, including this one.
    fn count(&self) -> usize {
        1 + self.children.iter().map(Self::count).sum::<usize>()
    }

    /// Applies `change` to each element in turn, given its parent and its index there, and returns the resulting trees.
    pub(crate) fn variants(&self, change: impl Fn(&mut Self, usize)) -> Vec<String> {
        (1..self.count())
            .map(|at| {
                let mut tree = self.clone();
                let (parent, child) = tree.parent_of(at).unwrap();
                change(parent, child);
                tree.write()
            })
            .collect()
    }

    /// Returns the parent of the `at`-th element in document order, and the element's index there.
    fn parent_of(&mut self, mut at: usize) -> Option<(&mut Self, usize)> {
        at -= 1;
        for child in 0..self.children.len() {
            if at == 0 {
                return Some((self, child));
            }
            let count = self.children[child].count();
            if at < count {
                return self.children[child].parent_of(at);
            }
            at -= count;
        }
        None
    }
}
