//! Which apps may do what.

use uuid::Uuid;

/// An app that the emulator knows. Where none is listed, any id, secret and instance is taken.
#[derive(Clone)]
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

impl std::fmt::Debug for AppAccess {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, instances, triggers, .. } = self;
        let mut app = formatter.debug_struct("AppAccess");
        app.field("id", id).field("instances", instances).field("triggers", triggers);
        app.finish_non_exhaustive()
    }
}
