//! Tables and values of the file, and what is wrong with them.

use jiff::Span;
use jiff::tz::TimeZone;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::local::LocalUrl;
use crate::trigger::TriggerDefinition;
use crate::words::{mend, quoted, unknown_trigger};

/// The longest name of an automation or an action, in characters.
const MAX_NAME: usize = 100;

/// A table of the file.
#[derive(Clone, Copy)]
pub(super) struct Table<'t> {
    /// Where its header stands.
    pub(super) at: usize,
    pub(super) entries: &'t DeTable<'t>,
}

/// A value of the file.
pub(super) type Entry<'t> = &'t Spanned<DeValue<'t>>;

/// Reads, and collects what is wrong.
pub(super) struct Reader<'d> {
    triggers: &'d [TriggerDefinition],
    mistakes: Vec<(usize, String)>,
}

impl<'t> Table<'t> {
    pub(super) fn root(entries: &'t DeTable<'t>) -> Self {
        Self { at: 0, entries }
    }

    pub(super) fn get(&self, key: &str) -> Option<Entry<'t>> {
        self.entries.get(key)
    }
}

impl<'d> Reader<'d> {
    pub(super) fn new(triggers: &'d [TriggerDefinition]) -> Self {
        Self { triggers, mistakes: Vec::new() }
    }

    pub(super) fn into_mistakes(self) -> Vec<(usize, String)> {
        self.mistakes
    }

    pub(super) fn wrong(&mut self, at: usize, words: impl Into<String>) {
        self.mistakes.push((at, words.into()));
    }

    /// A value is of another kind. It is not quoted: it may be a secret.
    fn wrong_kind(&mut self, value: Entry<'_>, wanted: &str) {
        let kind = match value.get_ref() {
            DeValue::String(_) => "text in quotes",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.wrong(value.span().start, format!("this is {kind}; here belongs {wanted}"));
    }

    /// Complains of each key that is none of these.
    pub(super) fn known_keys(&mut self, table: &Table<'_>, known: &[&str]) {
        for key in table.entries.keys() {
            let name = key.get_ref();
            if !known.contains(&name.as_ref()) {
                let shown = quoted(name).unwrap_or_else(|| "of this name".to_owned());
                let mend = mend(name, known.iter().copied());
                self.wrong(key.span().start, format!("there is no key {shown} here; {mend}"));
            }
        }
    }

    /// The tables of a key, which are headed so, as `[[app]]`.
    pub(super) fn tables<'t>(
        &mut self,
        table: &Table<'t>,
        key: &str,
        header: &str,
    ) -> Vec<Table<'t>> {
        let Some(value) = table.get(key) else { return Vec::new() };
        if let DeValue::Table(entries) = value.get_ref() {
            let at = value.span().start;
            self.wrong(at, format!("this is one table of several: write `{header}` for each"));
            return vec![Table { at, entries }];
        }
        let wanted = format!("a table headed `{header}`");
        let list = self.list(value, &wanted);
        list.iter().filter_map(|item| self.table(item, &wanted)).collect()
    }

    pub(super) fn table<'t>(&mut self, value: Entry<'t>, wanted: &str) -> Option<Table<'t>> {
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table { at: value.span().start, entries }),
            _ => {
                self.wrong_kind(value, wanted);
                None
            }
        }
    }

    pub(super) fn list<'t>(
        &mut self,
        value: Entry<'t>,
        wanted: &str,
    ) -> &'t [Spanned<DeValue<'t>>] {
        match value.get_ref() {
            DeValue::Array(list) => list,
            _ => {
                self.wrong_kind(value, wanted);
                &[]
            }
        }
    }

    pub(super) fn text<'t>(&mut self, value: Entry<'t>, wanted: &str) -> Option<Spanned<&'t str>> {
        let text = value.get_ref().as_str().map(|text| Spanned::new(value.span(), text));
        if text.is_none() {
            self.wrong_kind(value, wanted);
        }
        text
    }

    /// An address of this machine; what is none is told with these words.
    pub(super) fn local_url(&mut self, value: Entry<'_>, words: &str) -> Option<LocalUrl> {
        let url = self.text(value, "an address such as `\"http://127.0.0.1:3000/hook\"`")?;
        let url = url.get_ref().parse::<LocalUrl>();
        url.map_err(|error| self.wrong(value.span().start, format!("{words}: {error}"))).ok()
    }

    /// The text that a table must have.
    pub(super) fn required<'t>(
        &mut self,
        table: &Table<'t>,
        key: &str,
        wanted: &str,
    ) -> Option<Spanned<&'t str>> {
        match table.get(key) {
            Some(value) => self.text(value, wanted),
            None => {
                self.wrong(table.at, format!("`{key}` is missing; it is {wanted}"));
                None
            }
        }
    }

    pub(super) fn boolean(&mut self, value: Entry<'_>) -> Option<bool> {
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            self.wrong_kind(value, "`true` or `false`");
        }
        boolean
    }

    pub(super) fn integer(
        &mut self,
        value: Entry<'_>,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        let DeValue::Integer(integer) = value.get_ref() else {
            self.wrong_kind(value, &wanted);
            return None;
        };
        let integer = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
        let integer = integer.filter(|integer| range.contains(integer));
        if integer.is_none() {
            self.wrong(value.span().start, format!("this is out of range; here belongs {wanted}"));
        }
        integer
    }

    /// A name of 1 to 100 characters.
    pub(super) fn name<'t>(&mut self, text: &Spanned<&'t str>) -> Option<&'t str> {
        let name = *text.get_ref();
        let count = name.chars().count();
        if count == 0 || count > MAX_NAME || name.chars().any(char::is_control) {
            let words = "a name is one line of 1 to 100 characters";
            self.wrong(text.span().start, words);
            return None;
        }
        Some(name)
    }

    /// A span of time that is not negative.
    pub(super) fn span(&mut self, value: Entry<'_>) -> Option<Span> {
        let wanted = "a span such as `\"2 days\"`";
        let text = self.text(value, wanted)?;
        let mut wrong = |words: &str| {
            self.wrong(text.span().start, format!("{words}; write {wanted}"));
            None
        };
        match text.get_ref().parse::<Span>() {
            Ok(span) if span.is_negative() => wrong("a span is not negative"),
            Ok(span) => Some(span),
            Err(_) => wrong("this is no span of time"),
        }
    }

    pub(super) fn time_zone(&mut self, table: &Table<'_>) -> Option<TimeZone> {
        let text = self.text(table.get("time_zone")?, "a time zone such as `\"Europe/Berlin\"`")?;
        let name = *text.get_ref();
        let zone = TimeZone::get(name).ok();
        if zone.is_none() {
            let shown = quoted(name).unwrap_or_else(|| "of this name".to_owned());
            let known: Vec<_> = jiff::tz::db().available().map(|it| it.to_string()).collect();
            let mut mend = mend(name, known.iter().map(String::as_str));
            if !mend.starts_with("did") {
                "one is called `Europe/Berlin`".clone_into(&mut mend);
            }
            self.wrong(text.span().start, format!("there is no time zone {shown}; {mend}"));
        }
        zone
    }

    /// The trigger of a key.
    pub(super) fn trigger(&mut self, key: &Spanned<&str>) -> Option<&'d TriggerDefinition> {
        let name = *key.get_ref();
        let trigger = self.triggers.iter().find(|trigger| trigger.key() == name);
        if trigger.is_none() {
            let keys = self.triggers.iter().map(TriggerDefinition::key);
            self.wrong(key.span().start, unknown_trigger(name, keys));
        }
        trigger
    }
}
