//! The results: lines of JSON, and a page with a table and a plot.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::stopwatch::Ratio;

/// What was measured, and what is aimed at.
pub struct Measurement {
    /// What was measured.
    pub name: String,
    /// What it is compared with.
    pub yardstick: &'static str,
    /// The result.
    pub ratio: Ratio,
    /// The aim.
    pub target: Target,
}

/// The aim of a measurement.
#[derive(Clone, Copy)]
pub enum Target {
    /// The ratio is a cost.
    AtMost(f64),
    /// The ratio says how many times faster we are.
    AtLeast(f64),
}

impl Measurement {
    /// Returns `true` if the target is met.
    pub fn is_met(&self) -> bool {
        match self.target {
            Target::AtMost(target) => self.ratio.median <= target,
            Target::AtLeast(target) => self.ratio.median >= target,
        }
    }

    /// Returns the measurement as an object.
    pub fn to_json(&self) -> Value {
        let Ratio { median, low, high, .. } = self.ratio;
        json!({
            "name": self.name,
            "yardstick": self.yardstick,
            "ratio": rounded(median),
            "low": rounded(low),
            "high": rounded(high),
            "target": self.target.to_string(),
            "met": self.is_met(),
        })
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AtMost(target) => write!(f, "≤ {target}"),
            Self::AtLeast(target) => write!(f, "≥ {target}"),
        }
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Returns the page: method, machine and table.
pub fn page(measurements: &[Measurement], machine: &str, rounds: usize) -> String {
    let mut page = format!(
        "# Performance\n\n\
         Written by `cargo xtask bench`; do not edit. The code is in `bench/`.\n\n\
         ## Method\n\n\
         The documents come from the generator of samples: every optional part of the schema is present, and\n\
         some texts are empty. Values are compared before anything is timed. Each task and its yardstick take turns in\n\
         {rounds} rounds. The table has the median of the ratios of the rounds, and their quartiles. Of\n\
         hostile documents, the least time counts. Validation and lenient reading are on. \"≤\" is a cost: our time divided by\n\
         that of the yardstick. \"≥\" says how many times faster we are. Where the yardstick is a unit, the result has it.\n\
         The clients send small packets over one connection; the difference of the medians counts. What a first build costs\n\
         is measured by `cargo xtask bench --only build-cost` alone. Instructions are counted by\n\
         `cargo xtask bench --counts`; the counts are in `bench/instruction-counts.json`.\n\n\
         Machine: {machine}.\n\n\
         ![Each result relative to its target](performance.svg)\n\n\
         ## Results\n\n\
         | what | yardstick | result | quartiles | target | met |\n|---|---|---|---|---|---|\n"
    );
    for it in measurements {
        let Ratio { median, low, high, .. } = it.ratio;
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            page,
            "| {} | {} | {median:.2} | {low:.2}–{high:.2} | {} | {} |",
            it.name,
            it.yardstick,
            it.target,
            if it.is_met() { "yes" } else { "no" }
        );
    }
    page
}

/// Returns the plot: a bar for each measurement. A bar that ends before the line meets its target.
pub fn plot(measurements: &[Measurement]) -> String {
    const ROW: usize = 22;
    const LEFT: usize = 330;
    /// The length of a bar that just meets its target.
    const UNIT: f64 = 200.0;
    let (width, height) = (LEFT + 2 * UNIT as usize + 60, ROW * measurements.len() + 40);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n"
    );
    for (row, it) in measurements.iter().enumerate() {
        let share = match it.target {
            Target::AtMost(target) => it.ratio.median / target,
            Target::AtLeast(target) => target / it.ratio.median,
        };
        let (y, length) = (30 + row * ROW, (share * UNIT).min(2.0 * UNIT));
        let color = if it.is_met() { "#3b7d4f" } else { "#b5542c" };
        let name = it.name.replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{name}</text>\
             <rect x=\"{LEFT}\" y=\"{y}\" width=\"{length:.0}\" height=\"16\" fill=\"{color}\"/>\
             <text x=\"{:.0}\" y=\"{}\">{:.2} ({})</text>",
            LEFT - 8,
            y + 12,
            LEFT as f64 + length + 4.0,
            y + 12,
            it.ratio.median,
            it.target,
        );
    }
    let line = LEFT as f64 + UNIT;
    let _ = writeln!(
        svg,
        "<line x1=\"{line}\" y1=\"22\" x2=\"{line}\" y2=\"{height}\" stroke=\"black\" stroke-dasharray=\"4 3\"/>\
         <text x=\"{line}\" y=\"16\" text-anchor=\"middle\">target</text>\n</svg>"
    );
    svg
}
