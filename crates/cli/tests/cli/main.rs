//! Runs the built command as users and scripts do.

mod advice;
mod command;
mod completions;
mod help;
mod mistakes;
mod pipes;
mod secrets;
mod support;
mod tasks;
mod terminal;
mod twenty_tasks;
