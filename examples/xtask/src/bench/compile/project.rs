//! The generated workspace, and cargo's work on it.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Instant, SystemTime};

use wait4::Wait4;

use super::source::{self, Variant};
use super::{BenchError, Sample};

/// Our own workspace: the sources of `trigger-core` and the `Cargo.lock` to follow.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The generated workspace.
pub(super) struct Project {
    folder: PathBuf,
}

impl Project {
    /// Writes manifests and sources; what was compiled there before is kept.
    pub(super) fn write(folder: &Path) -> Result<Self, BenchError> {
        let ours = Path::new(WORKSPACE);
        for variant in Variant::ALL {
            let package = folder.join(variant.package());
            let manifest = source::manifest(variant, &ours.join("trigger-core"));
            write(&package.join("Cargo.toml"), &manifest)?;
            write(&package.join("src/lib.rs"), &variant.source())?;
        }
        write(&folder.join("Cargo.toml"), &source::workspace_manifest())?;
        let lock = folder.join("Cargo.lock");
        fs::copy(ours.join("Cargo.lock"), &lock)
            .map_err(|source| BenchError::Write { path: lock, source })?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Checks a crate with whatever it depends on; this may download.
    pub(super) fn check_dependencies(&self, variant: Variant) -> Result<(), BenchError> {
        self.cargo_check(variant, &[])?;
        Ok(())
    }

    /// Checks a crate, and nothing else, once more.
    pub(super) fn check(&self, variant: Variant) -> Result<Sample, BenchError> {
        self.touch(variant)?;
        let finished = self.cargo_check(variant, &["--offline"])?;
        let package = variant.package();
        if !finished.output.contains(&format!("Checking {package} ")) {
            return Err(BenchError::NotChecked { package, output: finished.output });
        }
        Ok(finished.sample)
    }

    fn touch(&self, variant: Variant) -> Result<(), BenchError> {
        let path = self.folder.join(variant.package()).join("src/lib.rs");
        fs::File::options()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_modified(SystemTime::now()))
            .map_err(|source| BenchError::Write { path, source })
    }

    fn cargo_check(&self, variant: Variant, options: &[&str]) -> Result<Finished, BenchError> {
        let package = variant.package();
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        command
            .current_dir(&self.folder)
            .args(["check", "--color=never", "--target-dir=target", "--package", package])
            .args(options)
            // So that every check does the whole work, and cargo says so.
            .envs([("CARGO_INCREMENTAL", "0"), ("CARGO_TERM_QUIET", "false")])
            .env("RUSTC_WRAPPER", "");
        let finished = measure(&mut command).map_err(BenchError::Cargo)?;
        if finished.status.success() {
            Ok(finished)
        } else {
            let Finished { status, output, .. } = finished;
            Err(BenchError::Broken { package, status, output })
        }
    }
}

fn write(path: &Path, content: &str) -> Result<(), BenchError> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, content))
        .map_err(|source| BenchError::Write { path: path.to_owned(), source })
}

/// A process that has ended.
struct Finished {
    status: ExitStatus,
    /// What it wrote to the standard error.
    output: String,
    sample: Sample,
}

fn measure(command: &mut Command) -> io::Result<Finished> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut output = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        stderr.read_to_string(&mut output)?;
    }
    // Counts the processes that the child has waited for: cargo's rustc.
    let ended = child.wait4()?;
    let cpu = ended.rusage.utime + ended.rusage.stime;
    Ok(Finished { status: ended.status, output, sample: Sample { cpu, wall: start.elapsed() } })
}
