//! A folder as it is in a revision of git.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use super::manifest::{self, Manifest};
use super::read::{Limit, check_size, key_of, record};
use super::{Baseline, BaselineError, Fault, Origin};
use crate::text::decoded;

/// The folder at `path`, seen from `place`, in a revision; empty if the revision does not have it.
/// `name` is the folder in messages.
pub(super) fn read(
    revision: &str,
    path: &Path,
    place: &Path,
    name: &str,
) -> Result<Baseline, BaselineError> {
    let subject = format!("{name} at {revision}");
    let git = Git { revision, place, subject: &subject };
    let commit = git.commit()?;
    let folder = format!("{}/", path.display());
    let list = git.text(&["ls-tree", "-z", "--long", &commit, "--", &folder])?;
    let files = git.files(&list)?;
    git.check_sizes(&files)?;
    let texts = git.contents(&files)?;
    let manifest = git.manifest(&files, &texts)?;
    let mut baseline = Baseline::new(subject.clone());
    for (file, text) in files.iter().zip(&texts) {
        let Some(key) = file.key else { continue };
        let mut snapshot = record(text, key).map_err(|fault| git.failed(file, fault))?;
        manifest.tell(&mut snapshot);
        baseline.push(Origin::new(&git.shown(file), &place.join(file.path), text), snapshot);
    }
    Ok(baseline)
}

struct Git<'a> {
    revision: &'a str,
    place: &'a Path,
    /// What is read, for messages.
    subject: &'a str,
}

/// A file of a revision.
struct Entry<'a> {
    /// The trigger that it is called by.
    key: Option<&'a str>,
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
        Some(Self { key: None, id, bytes: bytes.parse().ok()?, path })
    }

    fn name(&self) -> &'a str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    fn is_manifest(&self) -> bool {
        self.name() == manifest::FILE
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

    fn shown(&self, file: &Entry<'_>) -> String {
        format!("{}:{}", self.revision, file.path)
    }

    fn failed(&self, file: &Entry<'_>, fault: Fault) -> BaselineError {
        BaselineError::of_record(&self.shown(file), fault)
    }

    /// The files of a list that are read.
    fn files<'l>(&self, list: &'l str) -> Result<Vec<Entry<'l>>, BaselineError> {
        let mut files = Vec::new();
        for mut file in list.split('\0').filter_map(Entry::parse) {
            file.key = key_of(file.name()).map_err(|fault| self.failed(&file, fault))?;
            if file.key.is_some() || file.is_manifest() {
                files.push(file);
            }
        }
        Ok(files)
    }

    fn check_sizes(&self, files: &[Entry<'_>]) -> Result<(), BaselineError> {
        for file in files {
            let limit = if file.is_manifest() { Limit::Folder } else { Limit::File };
            check_size(file.bytes, limit).map_err(|fault| self.failed(file, fault))?;
        }
        let records = files.iter().filter(|file| !file.is_manifest());
        check_size(records.map(|file| file.bytes).sum(), Limit::Folder)
            .map_err(|fault| BaselineError::of_record(self.subject, fault))
    }

    fn manifest(&self, files: &[Entry<'_>], texts: &[String]) -> Result<Manifest, BaselineError> {
        let mut files = files.iter().zip(texts);
        match files.find(|(file, _)| file.is_manifest()) {
            Some((file, text)) => Manifest::parse(text, &self.shown(file)),
            None => Ok(Manifest::default()),
        }
    }

    /// What stands in the files, from one process for all of them.
    fn contents(&self, files: &[Entry<'_>]) -> Result<Vec<String>, BaselineError> {
        let ids: Vec<_> = files.iter().flat_map(|file| [file.id, "\n"]).collect();
        let output =
            self.fed(&["cat-file", "--batch"], ids.concat()).map_err(BaselineError::NoGit)?;
        if !output.status.success() {
            return Err(self.refused(&output));
        }
        let mut rest = output.stdout.as_slice();
        files.iter().map(|file| self.content(file, &mut rest)).collect()
    }

    /// The next content: a line that tells of it, as many bytes as it has, and the end of a line.
    fn content(&self, file: &Entry<'_>, rest: &mut &[u8]) -> Result<String, BaselineError> {
        let broken = |words: String| BaselineError::Git { what: self.shown(file), words };
        let length = usize::try_from(file.bytes).map_err(|error| broken(error.to_string()))?;
        let start = rest.iter().position(|byte| *byte == b'\n').map(|end| end + 1);
        let content = start.and_then(|start| rest.get(start..start + length));
        let Some((start, content)) = start.zip(content) else {
            return Err(broken(String::from_utf8_lossy(rest).trim().to_owned()));
        };
        *rest = rest.get(start + length + 1..).unwrap_or_default();
        let text = decoded(content).map_err(|error| self.failed(file, error.into()))?;
        Ok(text.to_owned())
    }

    fn text(&self, words: &[&str]) -> Result<String, BaselineError> {
        let output = self.run(words)?;
        if !output.status.success() {
            return Err(self.refused(&output));
        }
        String::from_utf8(output.stdout).map_err(|error| BaselineError::Git {
            what: self.subject.to_owned(),
            words: error.to_string(),
        })
    }

    fn run(&self, words: &[&str]) -> Result<Output, BaselineError> {
        self.command(words).output().map_err(BaselineError::NoGit)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.place).args(words);
        command
    }

    /// What git says to a text on its standard input.
    fn fed(&self, words: &[&str], text: String) -> io::Result<Output> {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let input = child.stdin.take();
        // Git answers before it has read everything, and waits for a reader.
        let writer = thread::spawn(move || input.map(|mut it| it.write_all(text.as_bytes())));
        let output = child.wait_with_output();
        // A git that did not read everything says why in its output.
        let _ = writer.join();
        output
    }

    fn refused(&self, output: &Output) -> BaselineError {
        let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        BaselineError::Git { what: self.subject.to_owned(), words }
    }
}
