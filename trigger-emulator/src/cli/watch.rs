//! Files that are read again when they change.

use std::path::Path;
use std::thread;
use std::time::Duration;

use super::output::Output;
use super::source::{Content, Contents, Sources};
use crate::config::SetUp;
use crate::engine::Changes;

/// How often one looks.
const PERIOD: Duration = Duration::from_millis(500);

const NOT_USED: &str = "nothing of it is used; what was read before is still in force";

/// Looks after the files until the process ends.
pub(super) fn watch(sources: &Sources, contents: Contents, set_up: &SetUp, output: &Output) {
    let mut watched = Watched::new(contents);
    loop {
        thread::sleep(PERIOD);
        if let Some(contents) = watched.look(sources.read()) {
            for line in read_again(sources, &mut watched, &contents, set_up) {
                output.tell(&line);
            }
        }
    }
}

/// What the files had when one looked, and what of it is in force.
struct Watched {
    last: Contents,
    /// What was told of last, good or bad.
    judged: Contents,
    in_force: Contents,
}

impl Watched {
    fn new(contents: Contents) -> Self {
        Self { last: contents.clone(), judged: contents.clone(), in_force: contents }
    }

    /// What is to be judged: something else than last time, that stays as it is. An editor may be
    /// half through with it otherwise.
    fn look(&mut self, now: Contents) -> Option<Contents> {
        if now != self.last {
            self.last = now;
            return None;
        }
        if now == self.judged {
            return None;
        }
        self.judged = now.clone();
        Some(now)
    }
}

/// Sets up what the files say now, if all of it can be used: what to tell.
fn read_again(
    sources: &Sources,
    watched: &mut Watched,
    now: &Contents,
    set_up: &SetUp,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut wanted = now.clone();
    let Contents { config, schemas } = &watched.in_force;
    keep(&mut wanted.config, config.as_ref(), sources.config.as_deref(), &mut lines);
    keep(&mut wanted.schemas, schemas.as_ref(), sources.schemas(), &mut lines);
    if wanted == watched.in_force {
        if lines.is_empty() {
            lines.push("the files are again as what is in force".to_owned());
        }
        return lines;
    }
    match sources.judge(&wanted) {
        Ok(judged) if judged.config.as_ref().is_some_and(|it| set_up.would_let_all_in(it)) => {
            let path = sources.config.as_deref().unwrap_or(Path::new("")).display();
            lines.push(format!(
                "{path}: no app is listed any more, and any id and secret would be good"
            ));
            lines.push(format!("{NOT_USED}; start the emulator anew to have it so"));
        }
        Ok(judged) => {
            let schemas_changed = wanted.schemas != watched.in_force.schemas;
            let config_changed = wanted.config != watched.in_force.config;
            watched.in_force = wanted;
            let count = judged.triggers.len();
            let changes = set_up.apply(schemas_changed.then_some(judged.triggers), judged.config);
            if let (true, Some(path)) = (schemas_changed, sources.schemas()) {
                lines.push(format!("{}: read again: {}", path.display(), some(count, "trigger")));
            }
            if let (true, Some(path)) = (config_changed, &sources.config) {
                lines.push(format!("{}: read again: {}", path.display(), words(changes)));
            }
        }
        Err(error) => {
            lines.extend(error.to_string().lines().map(str::to_owned));
            lines.push(NOT_USED.to_owned());
        }
    }
    lines
}

/// A file that is gone keeps in force what it said.
fn keep<T: Clone>(
    wanted: &mut Option<Content<T>>,
    in_force: Option<&Content<T>>,
    path: Option<&Path>,
    lines: &mut Vec<String>,
) {
    if let (Some(Content::Gone), Some(path)) = (&wanted, path) {
        *wanted = in_force.cloned();
        lines.push(format!("{}: it is gone; what it said is still in force", path.display()));
    }
}

fn words(changes: Changes) -> String {
    let Changes { added, changed, ended } = changes;
    let told = [(changed, "changed"), (added, "added"), (ended, "ended")];
    let mut told = told.into_iter().filter(|(count, _)| *count > 0);
    let Some((count, what)) = told.next() else {
        return "no automation changed".to_owned();
    };
    let first = format!("{} {what}", some(count, "automation"));
    told.fold(first, |text, (count, what)| format!("{text}, {count} {what}"))
}

/// "1 trigger", "2 triggers".
fn some(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(config: Content<String>) -> Contents {
        Contents { config: Some(config), schemas: None }
    }

    fn is(text: &str) -> Contents {
        contents(Content::Is(text.to_owned()))
    }

    /// An editor empties a file or takes it away before it writes it anew.
    #[test]
    fn what_does_not_stay_is_not_judged() {
        let mut watched = Watched::new(is("old"));
        for (now, judged) in [
            (is("old"), None),
            (is(""), None),
            (contents(Content::Gone), None),
            (is("ne"), None),
            (is("new"), None),
            (is("new"), Some(is("new"))),
            (is("new"), None),
            (contents(Content::Gone), None),
            (is("new"), None),
            (is("new"), None),
        ] {
            assert_eq!(watched.look(now), judged);
        }
    }

    #[test]
    fn changes_are_counted() {
        for (changed, added, ended, told) in [
            (0, 0, 0, "no automation changed"),
            (2, 1, 0, "2 automations changed, 1 added"),
            (0, 1, 2, "1 automation added, 2 ended"),
        ] {
            assert_eq!(words(Changes { added, changed, ended }), told);
        }
    }
}
