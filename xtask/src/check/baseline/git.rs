//! A folder as it is in a revision of git.

use std::path::Path;
use std::process::{Command, Output};

use super::read::{MAX_KILOBYTES, check_size, key_of, record};
use super::{Baseline, BaselineError};

/// The folder at `path`, seen from `place`, in a revision; empty if the revision does not have it.
pub(super) fn read(revision: &str, path: &Path, place: &Path) -> Result<Baseline, BaselineError> {
    let git = Git { revision, place };
    let commit = git.commit()?;
    let folder = format!("{}/", path.display());
    let list = git.text(&["ls-tree", "-z", "--long", &commit, "--", &folder])?;
    let mut baseline = Baseline::new(format!("{} at {revision}", path.display()));
    for entry in list.split('\0').filter_map(Entry::parse) {
        let file = entry.path.rsplit('/').next().unwrap_or(entry.path);
        let Some(key) = key_of(file) else { continue };
        let name = format!("{revision}:{}", entry.path);
        check_size(entry.bytes, &name, MAX_KILOBYTES)?;
        let text = git.text(&["cat-file", "blob", entry.id])?;
        baseline.push(name.clone(), record(&text, &name, key)?);
    }
    Ok(baseline)
}

struct Git<'a> {
    revision: &'a str,
    place: &'a Path,
}

/// A file of a revision.
struct Entry<'a> {
    id: &'a str,
    bytes: u64,
    path: &'a str,
}

impl<'a> Entry<'a> {
    /// `100644 blob ID SIZE<tab>PATH`; `None` for folders, links and the like.
    fn parse(line: &'a str) -> Option<Self> {
        let (data, path) = line.split_once('\t')?;
        let mut words = data.split_ascii_whitespace();
        let (mode, _, id, bytes) = (words.next()?, words.next()?, words.next()?, words.next()?);
        mode.starts_with("100").then_some(())?;
        Some(Self { id, bytes: bytes.parse().ok()?, path })
    }
}

impl Git<'_> {
    /// The id of the revision's commit.
    fn commit(&self) -> Result<String, BaselineError> {
        let commit = format!("{}^{{commit}}", self.revision);
        // Without the mark a revision could be an option.
        let words = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
        let output = self.run(&words)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        let shallow = self.run(&["rev-parse", "--is-shallow-repository"])?;
        if !shallow.status.success() {
            return Err(self.refused(&shallow));
        }
        let revision = self.revision.to_owned();
        if shallow.stdout.starts_with(b"true") {
            return Err(BaselineError::Shallow { revision });
        }
        Err(BaselineError::UnknownRevision { revision })
    }

    fn text(&self, words: &[&str]) -> Result<String, BaselineError> {
        let output = self.run(words)?;
        if !output.status.success() {
            return Err(self.refused(&output));
        }
        String::from_utf8(output.stdout).map_err(|error| BaselineError::Git {
            revision: self.revision.to_owned(),
            words: error.to_string(),
        })
    }

    fn run(&self, words: &[&str]) -> Result<Output, BaselineError> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.place).args(words).output().map_err(BaselineError::NoGit)
    }

    fn refused(&self, output: &Output) -> BaselineError {
        let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        BaselineError::Git { revision: self.revision.to_owned(), words }
    }
}
