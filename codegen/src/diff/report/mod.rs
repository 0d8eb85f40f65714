//! Renders a comparison: as text for terminals, and as Markdown for changelogs and reviews.

mod markdown;
mod summary;
mod text;
