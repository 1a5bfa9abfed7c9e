//! What an emulator is set up with, from a file.
//!
//! A file is judged in two stages: whether it is TOML, and what it says. Whatever is wrong in the
//! second is told in one go, where it stands. No message quotes what could be a secret.

mod app;
mod apply;
mod automation;
mod error;
mod reader;
mod switches;

use std::collections::HashMap;
use std::fmt;

use jiff::tz::TimeZone;
use toml::de::DeTable;
use uuid::Uuid;

use crate::access::AppAccess;
use crate::assumption::Assumption;
use crate::engine::Automation;
use crate::file::MAX_BYTES;
use crate::local::LocalUrl;
use crate::trigger::TriggerDefinition;
pub(crate) use apply::{Base, SetUp};
pub use error::{ConfigError, Mistake};
use reader::{Reader, Table};

/// What an emulator is set up with: apps, automations, time zones, what is assumed of Wix.
///
/// What it does not say is as the [`Builder`](crate::Builder) has it.
///
/// ```
/// use serde_json::json;
/// use trigger_emulator::{Config, Emulator, TriggerDefinition};
///
/// let text = r#"
/// ## Where a site's days begin, unless an instance says otherwise.
/// time_zone = "Europe/Berlin"
///
/// [[app]]                      # without any, every id and secret is taken
/// id = "my-app"
/// secret = "not-a-secret"
/// triggers = ["invoice_due"]   # all, if left out
///
/// [[app.instance]]
/// id = "00000000-0000-4000-8000-00000000b001"
/// time_zone = "America/New_York"
///
/// [[automation]]               # a trigger without any has one that acts at once, or at the date
/// name = "Reminder"
/// trigger = "invoice_due"
/// when = { status = ["SENT", "VIEWED"], "customer.name" = "Ada" }   # a value or a list
/// before = "2 days"            # only for scheduled triggers
/// active = true                # default
/// steps = [                    # default: one action, called as the automation
///   { action = "Email" },
///   { delay = "1 day" },
///   { action = "Tell the app", post = "http://127.0.0.1:3000/hook" },
/// ]
///
/// [assume]                     # names of assumptions; all hold unless said
/// formats-are-enforced = false
///
/// [webhooks]
/// to = "http://127.0.0.1:3000/webhook"   # where webhooks go, unless a call says otherwise
///
/// [limits]
/// calls_per_minute = 200       # 0: no limit
/// history = 100_000            # lines of history that are remembered
/// "#;
/// let schema = json!({
///     "type": "object",
///     "properties": { "status": {}, "customer": {}, "dueAt": { "futureDate": true } },
/// });
/// let triggers = vec![TriggerDefinition::new("invoice_due", "Invoice due", &schema)?];
/// let config = Config::parse(text, &triggers)?;
/// # let _ =
/// Emulator::builder().triggers(triggers).config(config);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Config {
    time_zone: Option<TimeZone>,
    apps: Vec<AppAccess>,
    /// Of the instances that have one of their own.
    zones: HashMap<Uuid, TimeZone>,
    automations: Vec<Automation>,
    assumptions: Vec<(Assumption, bool)>,
    calls_per_minute: Option<u32>,
    history: Option<usize>,
    webhooks_to: Option<LocalUrl>,
}

/// The keys of the file itself.
const KEYS: [&str; 6] = ["time_zone", "app", "automation", "webhooks", "assume", "limits"];

impl Config {
    /// Reads TOML as [above](Self), for an emulator that has these triggers.
    ///
    /// # Errors
    ///
    /// [`ConfigError`], which tells each mistake with its line and column.
    ///
    /// ```
    /// use trigger_emulator::Config;
    ///
    /// let error = Config::parse("time_zome = \"UTC\"", &[]).unwrap_err();
    /// assert!(error.to_string().starts_with("line 1, column 1: there is no key `time_zome` here"));
    /// ```
    pub fn parse(text: &str, triggers: &[TriggerDefinition]) -> Result<Self, ConfigError> {
        if text.len() as u64 > MAX_BYTES {
            let words = "a configuration has at most 1 MB; this is some other file";
            return Err(ConfigError::new(text, vec![(0, words.to_owned())]));
        }
        let document = DeTable::parse(text).map_err(|error| ConfigError::syntax(text, &error))?;
        let mut reader = Reader::new(triggers);
        let config = Self::read(&mut reader, &Table::root(document.get_ref()));
        match reader.into_mistakes() {
            mistakes if mistakes.is_empty() => Ok(config),
            mistakes => Err(ConfigError::new(text, mistakes)),
        }
    }

    fn read(reader: &mut Reader<'_>, table: &Table<'_>) -> Self {
        reader.known_keys(table, &KEYS);
        let time_zone = reader.time_zone(table);
        let (apps, zones) = app::read(reader, table);
        let automations = automation::read(reader, table);
        let assumptions = switches::assumptions(reader, table);
        let (calls_per_minute, history) = switches::limits(reader, table);
        let webhooks_to = switches::webhooks_to(reader, table);
        Self {
            time_zone,
            apps,
            zones,
            automations,
            assumptions,
            calls_per_minute,
            history,
            webhooks_to,
        }
    }
}

/// Counts alone: what is written in the wrong place may be a secret.
impl fmt::Debug for Config {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut config = formatter.debug_struct("Config");
        config.field("apps", &self.apps.len()).field("automations", &self.automations.len());
        config.field("assumptions", &self.assumptions);
        config.field("calls_per_minute", &self.calls_per_minute);
        config.field("history", &self.history).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
