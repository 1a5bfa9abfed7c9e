//! Which apps may do what.

use serde::Deserialize;
use uuid::Uuid;

/// An app that the emulator knows. Where none is listed, any id, secret and instance is taken.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppAccess {
    /// The app's id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// The sites that have the app, by instance id.
    pub instances: Vec<Uuid>,
    /// The keys of the app's triggers; all, if there is no such list.
    pub triggers: Option<Vec<String>>,
}

/// Why a text lists no apps.
#[derive(Debug, thiserror::Error)]
#[error("line {line}, column {column}: a list of apps is JSON such as {EXAMPLE}")]
pub struct AccessError {
    // What serde says would show what stands there, which may be a secret.
    line: usize,
    column: usize,
}

const EXAMPLE: &str = r#"[{"id":"an app's id","secret":"its secret","instances":["00000000-0000-4000-8000-00000000b001"],"triggers":["invoice_due"]}]"#;

impl AppAccess {
    /// Reads a list of apps.
    ///
    /// # Errors
    ///
    /// [`AccessError`] if the text is no such JSON.
    ///
    /// ```
    /// use trigger_emulator::AppAccess;
    ///
    /// let apps = AppAccess::list(r#"[{"id":"app","secret":"not-a-secret","instances":[]}]"#)?;
    /// assert_eq!(apps[0].id, "app");
    /// # Ok::<(), trigger_emulator::AccessError>(())
    /// ```
    pub fn list(text: &str) -> Result<Vec<Self>, AccessError> {
        serde_json::from_str(text)
            .map_err(|error| AccessError { line: error.line(), column: error.column() })
    }
}

impl std::fmt::Debug for AppAccess {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, instances, triggers, .. } = self;
        let mut app = formatter.debug_struct("AppAccess");
        app.field("id", id).field("instances", instances).field("triggers", triggers);
        app.finish_non_exhaustive()
    }
}
