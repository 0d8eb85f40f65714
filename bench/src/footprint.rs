//! The memory that decoding takes, as the program `memory` measures it.

use std::path::PathBuf;
use std::process::Command;

/// What decoding a document takes.
pub struct Footprint {
    /// The size of the document.
    pub document: f64,
    /// The most memory that was in use, with the document.
    pub peak: f64,
    /// The number of allocations.
    pub allocated: f64,
    /// The number of texts in the document that are not empty.
    pub texts: f64,
}

impl Footprint {
    /// Measures in another program, which counts allocations.
    ///
    /// # Errors
    /// What the program says, if it fails.
    pub fn of(operator: &str, operation: &str, count: usize) -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let program: PathBuf = program.with_file_name(format!("memory{}", std::env::consts::EXE_SUFFIX));
        let output = Command::new(&program)
            .args([operator, operation, &count.to_string()])
            .output()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let numbers: Result<Vec<f64>, _> =
            String::from_utf8_lossy(&output.stdout).split_whitespace().map(str::parse).collect();
        match numbers.as_deref() {
            Ok(&[document, peak, allocated, texts]) => Ok(Self { document, peak, allocated, texts }),
            _ => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}
