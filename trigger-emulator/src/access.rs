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

/// The longest id of an app that is taken where none is listed, in bytes: each token remembers it.
const LONGEST_ID: usize = 200;

/// Why an app may have no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AccessError {
    /// What it says is not told: it may be a secret in the wrong place.
    #[error("no app is listed with this client_id")]
    App,
    #[error("a client_id has {LONGEST_ID} bytes at most")]
    LongId,
    #[error("the client_secret is not that of the app `{0}`")]
    Secret(String),
    #[error("the app `{app}` is not listed with the instance_id `{site}`")]
    Instance { app: String, site: Uuid },
}

/// Whether an app may have a token where none is listed.
pub(crate) fn check_length(app: &str) -> Result<(), AccessError> {
    if app.len() > LONGEST_ID { Err(AccessError::LongId) } else { Ok(()) }
}

/// Whether an app of the list may have a token for this site.
pub(crate) fn check(
    apps: &[AppAccess],
    app: &str,
    secret: &str,
    site: Uuid,
) -> Result<(), AccessError> {
    let its: Vec<_> = apps.iter().filter(|it| it.id == app).collect();
    if its.is_empty() {
        return Err(AccessError::App);
    }
    let its: Vec<_> = its.into_iter().filter(|it| it.secret == secret).collect();
    if its.is_empty() {
        return Err(AccessError::Secret(app.to_owned()));
    }
    has_instance(&its, app, site)
}

/// Whether an app of the list is on this site.
pub(crate) fn check_instance(apps: &[AppAccess], app: &str, site: Uuid) -> Result<(), AccessError> {
    let its: Vec<_> = apps.iter().filter(|it| it.id == app).collect();
    if its.is_empty() {
        return Err(AccessError::App);
    }
    has_instance(&its, app, site)
}

fn has_instance(its: &[&AppAccess], app: &str, site: Uuid) -> Result<(), AccessError> {
    if its.iter().any(|it| it.instances.contains(&site)) {
        return Ok(());
    }
    Err(AccessError::Instance { app: app.to_owned(), site })
}

impl std::fmt::Debug for AppAccess {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, instances, triggers, .. } = self;
        let mut app = formatter.debug_struct("AppAccess");
        app.field("id", id).field("instances", instances).field("triggers", triggers);
        app.finish_non_exhaustive()
    }
}
