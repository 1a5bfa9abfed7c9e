//! This workspace's own commands: those of the library, on the triggers of the example apps.

mod bench;
mod rules_page;

use std::io;
use std::process::ExitCode;

use appointments as _;
use clap::{Parser, Subcommand};
use classes as _;
use events as _;
use invoices as _;

/// Wix Automations triggers: schemas from Rust structs
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: WorkspaceCommand,
}

#[derive(Debug, Subcommand)]
enum WorkspaceCommand {
    #[command(flatten)]
    Library(trigger_xtask::Command),
    /// Measure the limits that this repository holds itself to
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Print the page of rules: `docs/rules.md`
    RulesPage,
}

impl WorkspaceCommand {
    fn run(&self) -> ExitCode {
        match self {
            Self::Library(command) => command.run(),
            Self::Bench(bench) => trigger_xtask::exit_code(bench.run()),
            Self::RulesPage => trigger_xtask::exit_code(rules_page::run(&mut io::stdout())),
        }
    }
}

fn main() -> ExitCode {
    match trigger_xtask::parse::<Arguments>() {
        Ok(arguments) => arguments.command.run(),
        Err(code) => code,
    }
}
