//! What the app is set up with: in Rust, or by the variables of the environment.

use std::env::VarError;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Duration;

use trigger_core::report::{App, BuildError};
use trigger_core::webhook::{KeyError, Webhooks};

/// No public key is near this, in bytes.
const LONGEST_KEY: u64 = 64 << 10;

pub(crate) type Tell = Arc<dyn Fn(&str) + Send + Sync>;

/// What [`serve`](crate::serve) is set up with.
///
/// ```
/// use events::Settings;
/// use std::time::Duration;
/// use trigger_core::report::App;
/// use trigger_core::webhook::Webhooks;
///
/// fn settings(app: App, webhooks: Webhooks) -> Settings {
///     Settings::new(app, webhooks)
///         .room(100)
///         .waits(Duration::from_secs(5), Duration::from_mins(1))
///         .patience(Duration::from_secs(30))
///         .tell(|line| println!("{line}"))
/// }
/// ```
#[must_use]
pub struct Settings {
    pub(crate) app: App,
    pub(crate) webhooks: Webhooks,
    pub(crate) room: usize,
    pub(crate) first_wait: Duration,
    pub(crate) longest_wait: Duration,
    pub(crate) patience: Duration,
    pub(crate) tell: Tell,
}

impl Settings {
    /// What reports, and what verifies deliveries.
    pub fn new(app: App, webhooks: Webhooks) -> Self {
        Self {
            app,
            webhooks,
            room: 1_000,
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_mins(5),
            patience: Duration::from_secs(20),
            tell: Arc::new(|line| {
                // That nobody reads it any more is no reason to stop.
                let _ = writeln!(io::stderr(), "{line}");
            }),
        }
    }

    /// How many events may have work at once; 1000 without this. A delivery for one more is refused,
    /// so that Wix sends it again.
    ///
    /// A site leaves as much room as it takes: one alone has half of it at most, another one then half
    /// of the rest. So a site whose work fails for long, because it has removed the app, say, does not
    /// stop the others; ten of them, each with all that it may have, would fill a room of 1000.
    pub fn room(mut self, events: usize) -> Self {
        self.room = events;
        self
    }

    /// How long to wait before a call that failed is made again, and how long at most: each wait is
    /// twice the one before. A second and five minutes without this. What has failed for two days is
    /// given up.
    pub fn waits(mut self, first: Duration, longest: Duration) -> Self {
        (self.first_wait, self.longest_wait) = (first, longest);
        self
    }

    /// How long it finishes what it has to do when it is asked to stop; 20 seconds without this.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Who is told what happens, a line at a time; standard error without this. No line has a secret
    /// in it, or a word of a delivery's body but for the status and the date of an event. If it
    /// panics, that line is lost, and nothing else.
    pub fn tell(mut self, tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.tell = Arc::new(tell);
        self
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app, webhooks, room, .. } = self;
        let mut settings = formatter.debug_struct("Settings");
        settings.field("app", app).field("webhooks", webhooks).field("room", room);
        settings.finish_non_exhaustive()
    }
}

/// What the environment says.
///
/// | variable | what it is |
/// | --- | --- |
/// | `WIX_APP_ID`, `WIX_APP_SECRET` | what the app's page in Wix's app dashboard has |
/// | `WIX_PUBLIC_KEY` | the public key of the app's webhooks page: its text, |
/// | `WIX_PUBLIC_KEY_FILE` | or a file with it |
/// | `WIX_API` | another address than Wix's, such as `http://127.0.0.1:8080` for the emulator |
/// | `PORT` | the port of 127.0.0.1 to serve on; 3000 without it |
///
/// ```
/// use events::Variables;
/// use std::env::VarError;
///
/// let none = Variables::read(|_| Err(VarError::NotPresent)).unwrap_err();
/// assert!(none.to_string().starts_with("`WIX_APP_ID` is not set"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Variables {
    /// What the app is set up with.
    pub settings: Settings,
    /// The port to serve on.
    pub port: u16,
}

/// Why the environment is not enough to run the app. Each message names the variable and the mend,
/// and none has a secret in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// A variable is missing, or empty.
    #[error("`{name}` is not set: it is {what}")]
    Missing {
        /// The variable.
        name: &'static str,
        /// What it should be.
        what: &'static str,
    },
    /// A variable is no text.
    #[error("`{name}` is no UTF-8: it is {what}")]
    NoText {
        /// The variable.
        name: &'static str,
        /// What it should be.
        what: &'static str,
    },
    /// Two variables say one thing.
    #[error("`WIX_PUBLIC_KEY` and `WIX_PUBLIC_KEY_FILE` are both set: take one of them away")]
    TwoKeys,
    /// The file of the public key cannot be read.
    #[error("`WIX_PUBLIC_KEY_FILE`: {file:?} cannot be read: {source}")]
    KeyFile {
        /// The file.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// The public key is none.
    #[error("`{name}`: {source}")]
    Key {
        /// The variable.
        name: &'static str,
        /// What is wrong with it.
        source: KeyError,
    },
    /// The port is none.
    #[error("`PORT` is no number from 0 to 65535: {port:?}; without it, the port is 3000")]
    Port {
        /// What was given.
        port: String,
    },
    /// The rest does not make an app.
    #[error("`WIX_APP_ID`, `WIX_APP_SECRET` and `WIX_API` make no app: {0}")]
    App(#[from] BuildError),
}

const KEY: &str =
    "the public key of the app's webhooks page; or set `WIX_PUBLIC_KEY_FILE` to a file with it";

impl Variables {
    /// Reads the variables: `Variables::read(std::env::var)`.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] for the first that is missing or wrong.
    pub fn read(
        variable: impl Fn(&'static str) -> Result<String, VarError>,
    ) -> Result<Self, SettingsError> {
        let optional = |name, what| match variable(name) {
            Ok(text) if !text.trim().is_empty() => Ok(Some(text)),
            Ok(_) | Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(SettingsError::NoText { name, what }),
        };
        let required =
            |name, what| optional(name, what)?.ok_or(SettingsError::Missing { name, what });
        let id = required("WIX_APP_ID", "the app's id, on its page in Wix's app dashboard")?;
        let secret = required("WIX_APP_SECRET", "the app's secret, on the same page")?;
        let text = optional("WIX_PUBLIC_KEY", KEY)?;
        let file = optional("WIX_PUBLIC_KEY_FILE", "the path of a file")?;
        let (name, key) = match (text, file) {
            (Some(text), None) => ("WIX_PUBLIC_KEY", text),
            (None, Some(file)) => ("WIX_PUBLIC_KEY_FILE", read_key(file)?),
            (Some(_), Some(_)) => return Err(SettingsError::TwoKeys),
            (None, None) => {
                return Err(SettingsError::Missing { name: "WIX_PUBLIC_KEY", what: KEY });
            }
        };
        let webhooks = Webhooks::new(key).map_err(|source| SettingsError::Key { name, source })?;
        let mut app = App::builder(id.trim(), secret.trim());
        if let Some(api) = optional("WIX_API", "an address such as `http://127.0.0.1:8080`")? {
            app = app.base_url(api.trim());
        }
        let port = match optional("PORT", "a number")? {
            None => 3000,
            Some(port) => port.trim().parse().map_err(|_| SettingsError::Port { port })?,
        };
        Ok(Self { settings: Settings::new(app.build()?, webhooks), port })
    }
}

fn read_key(file: String) -> Result<String, SettingsError> {
    let mut key = String::new();
    let read = File::open(&file).and_then(|open| open.take(LONGEST_KEY).read_to_string(&mut key));
    match read {
        Ok(_) => Ok(key),
        Err(source) => Err(SettingsError::KeyFile { file, source }),
    }
}
