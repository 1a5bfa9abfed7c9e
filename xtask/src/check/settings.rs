//! `[workspace.metadata.triggers.check]` in the workspace's `Cargo.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use trigger_dialect::{RULES, Rule};

use super::verdict::Verdict;
use crate::selection::nearest;

/// Where the settings stand.
const FILE: &str = "Cargo.toml";
const PATH: [&str; 4] = ["workspace", "metadata", TRIGGERS, CHECK];
const TRIGGERS: &str = "triggers";
const CHECK: &str = "check";

/// What the workspace says of some rules.
#[derive(Debug, Default)]
pub(super) struct Settings {
    rules: BTreeMap<&'static str, Setting>,
}

/// What the workspace says of a rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) verdict: Verdict,
    pub(super) reason: String,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Settings {
    /// The settings of the workspace in this folder; none if it has no `Cargo.toml`.
    pub(super) fn read(root: &Path) -> Result<Self, SettingsError> {
        match fs::read_to_string(root.join(FILE)) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(SettingsError::Read(source)),
        }
    }

    fn parse(text: &str) -> Result<Self, SettingsError> {
        let mistake = |at, words| SettingsError::Mistake { line: line(text, at), words };
        let root = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            mistake(at, error.message().to_owned())
        })?;
        let mut table = root.get_ref();
        for name in PATH {
            match table.get(name).map(Spanned::get_ref) {
                Some(DeValue::Table(inner)) => table = inner,
                Some(_) => return Err(mistake(0, format!("`{}` is a table", PATH.join(".")))),
                None => return Ok(Self::default()),
            }
            if name == TRIGGERS {
                known(table).map_err(|(at, words)| mistake(at, words))?;
            }
        }
        let mut settings = Self::default();
        for (name, value) in table {
            let at = name.span().start;
            let rule = rule(name.get_ref()).map_err(|words| mistake(at, words))?;
            let setting = Setting::parse(rule, value).map_err(|words| mistake(at, words))?;
            settings.rules.insert(rule.id, setting);
        }
        Ok(settings)
    }

    /// What becomes of an edit under a rule, and the reason if the workspace gives one.
    pub(super) fn of(&self, rule: Rule) -> (Verdict, Option<&str>) {
        match self.rules.get(rule.id) {
            Some(setting) => (setting.verdict, Some(&setting.reason)),
            None => (Verdict::of(rule), None),
        }
    }
}

/// Nothing but the settings of `check`: of a misspelled one nothing would be followed.
fn known(triggers: &DeTable<'_>) -> Result<(), (usize, String)> {
    let Some(key) = triggers.keys().find(|key| key.get_ref() != CHECK) else { return Ok(()) };
    let (at, key) = (key.span().start, key.get_ref());
    let hint = nearest(&[CHECK], key).map(|near| format!("; did you mean `{near}`?"));
    let hint = hint.unwrap_or_else(|| format!(", only `{CHECK}`"));
    Err((at, format!("`workspace.metadata.{TRIGGERS}` has no key `{key}`{hint}")))
}

/// The rule of edits with this id.
fn rule(id: &str) -> Result<Rule, String> {
    let of_edits = || RULES.iter().filter(|rule| rule.change().is_some());
    match Rule::find(id) {
        Some(rule) if rule.change().is_some() && rule.id == id => Ok(rule),
        Some(rule) if rule.change().is_none() => {
            Err(format!("`{id}` is a rule of schemas, and this is about rules of edits"))
        }
        _ => {
            let ids: Vec<_> = of_edits().map(|rule| rule.id).collect();
            let hint = nearest(&ids, &id.to_uppercase());
            let hint = hint.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
            Err(format!("no rule has the id `{id}`; {hint}`cargo xtask rules` lists all"))
        }
    }
}

impl Setting {
    /// `{ level = "allow", reason = "…" }`
    fn parse(rule: Rule, value: &Value<'_>) -> Result<Self, String> {
        const KEYS: [&str; 2] = ["level", "reason"];
        let id = rule.id;
        let DeValue::Table(table) = value.get_ref() else {
            return Err(format!("`{id}` is a table: {{ level = \"allow\", reason = \"…\" }}"));
        };
        if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.get_ref().as_ref())) {
            let key = key.get_ref();
            let hint = nearest(&KEYS, key).map(|near| format!("; did you mean `{near}`?"));
            let hint = hint.unwrap_or_else(|| ", only `level` and `reason`".to_owned());
            return Err(format!("`{id}` has no key `{key}`{hint}"));
        }
        let text = |key: &str| match table.get(key).map(Spanned::get_ref) {
            Some(DeValue::String(text)) => Some(text.trim().to_owned()),
            _ => None,
        };
        let level = text("level").unwrap_or_default();
        let known = Verdict::NAMES.iter().find(|(name, _)| *name == level);
        let Some((_, verdict)) = known else {
            return Err(format!("the level of `{id}` is \"allow\", \"warn\" or \"deny\""));
        };
        match text("reason").filter(|reason| !reason.is_empty()) {
            Some(reason) => Ok(Self { verdict: *verdict, reason }),
            None => Err(format!("`{id}` says no reason, which whoever reads it needs")),
        }
    }
}

/// The line of a place in a text, from 1.
fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Why the settings cannot be followed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The file could not be read.
    #[error("could not read {FILE}")]
    Read(#[source] io::Error),
    /// Something in it is wrong.
    #[error("{FILE}:{line}: {words}\nIn [{}] stand rules of edits, such as `T117 = {{ level = \"warn\", reason = \"…\" }}`.", PATH.join("."))]
    Mistake {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        words: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(rules: &str) -> Result<Settings, String> {
        let text = format!("[workspace]\n\n[workspace.metadata.triggers.check]\n{rules}\n");
        Settings::parse(&text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_rule_gets_the_level_that_is_written() {
        let settings = parsed(r#"T117 = { level = "warn", reason = "no site reads it" }"#).unwrap();
        assert_eq!(
            settings.of(Rule::PROPERTY_MADE_OPTIONAL),
            (Verdict::Warn, Some("no site reads it"))
        );
        assert_eq!(settings.of(Rule::PROPERTY_REMOVED), (Verdict::Deny, None));
        assert_eq!(settings.of(Rule::TITLE_CHANGED), (Verdict::Allow, None));
    }

    #[test]
    fn no_settings_are_none() {
        for text in ["", "[workspace]\n", "[workspace.metadata.triggers]\n"] {
            assert!(Settings::parse(text).expect("no settings").rules.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_table_beside_that_of_the_check_is_told() {
        for (name, hint) in [("chek", "; did you mean `check`?"), ("export", ", only `check`")] {
            for beside in ["", "[workspace.metadata.triggers.check]\n"] {
                let text = format!("{beside}\n[workspace.metadata.triggers.{name}]\n");
                let error = Settings::parse(&text).expect_err(name).to_string();
                let line = text.lines().count();
                let words = format!("`workspace.metadata.triggers` has no key `{name}`{hint}\n");
                assert!(error.starts_with(&format!("Cargo.toml:{line}: {words}")), "{error}");
            }
        }
    }

    #[test]
    fn mistakes_are_told_with_their_line_and_mend() {
        for (rules, words) in [
            (
                r#"T1100 = { level = "allow", reason = "x" }"#,
                "no rule has the id `T1100`; did you mean `T110`?",
            ),
            (r#"t117 = { level = "allow", reason = "x" }"#, "`t117`; did you mean `T117`?"),
            (r#"T024 = { level = "allow", reason = "x" }"#, "`T024` is a rule of schemas"),
            (r#"T117 = { level = "alow", reason = "x" }"#, "\"allow\", \"warn\" or \"deny\""),
            (r#"T117 = { level = "allow" }"#, "says no reason"),
            (r#"T117 = { level = "allow", reason = " " }"#, "says no reason"),
            (r#"T117 = { level = "allow", reson = "x" }"#, "did you mean `reason`?"),
            (r#"T117 = "allow""#, "is a table"),
            ("T117 = {", ""),
        ] {
            let error = parsed(rules).expect_err(rules);
            let is_told = error.starts_with("Cargo.toml:4: ") && error.contains(words);
            assert!(is_told, "{rules}: {error}");
        }
    }
}
