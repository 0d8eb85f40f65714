//! Numbers elements of the same name, for paths in messages.

/// Counts the elements of each name.
#[derive(Default)]
pub(super) struct Ordinals(Vec<(&'static str, usize)>);

impl Ordinals {
    /// Returns the number of the next element `name`, starting at 1.
    pub(super) fn next(&mut self, name: &'static str) -> usize {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.0.push((name, 1));
                1
            }
        }
    }
}

/// Returns the index that a path shows for an operation: 0, which means none, for the first of its name.
pub(super) fn index_from_second(ordinal: usize) -> usize {
    if ordinal > 1 { ordinal } else { 0 }
}
