//! The emulator as a program of its own.

fn main() -> std::process::ExitCode {
    trigger_emulator::cli::main()
}
