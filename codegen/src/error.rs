//! What stops a generation: every problem found, each with its place.

use std::fmt;

/// A problem with the schemas or with the configuration of the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, by its name within the schema directory, or the part of the configuration.
    pub file: String,
    /// The construct within the file: a type, and the elements on the way into it.
    pub construct: String,
    /// What is wrong, and what to do about it.
    pub message: String,
}

impl Problem {
    /// A problem with `construct` in `file`.
    pub fn new(file: impl Into<String>, construct: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), construct: construct.into(), message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.construct.is_empty() {
            write!(f, "{}: {}", self.file, self.message)
        } else {
            write!(f, "{}: {}: {}", self.file, self.construct, self.message)
        }
    }
}

/// Everything that stopped a generation; nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(pub Vec<Problem>);

/// What both of two steps gave, or the problems of both, each once.
pub(crate) fn both<A, B>(a: Result<A, Error>, b: Result<B, Error>) -> Result<(A, B), Error> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(error), Ok(_)) | (Ok(_), Err(error)) => Err(error),
        (Err(Error(mut problems)), Err(Error(others))) => {
            let more: Vec<Problem> = others.into_iter().filter(|problem| !problems.contains(problem)).collect();
            problems.extend(more);
            Err(Error(problems))
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
