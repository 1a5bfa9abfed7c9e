//! All triggers of the program, found without a list.
//!
//! Every struct that derives [`Trigger`](macro@crate::Trigger) registers itself in the binary
//! that it is linked into. A crate is linked only if something of it is named: a program that
//! merely lists an app among its dependencies writes `use app as _;`.

use linkme::distributed_slice;

use crate::schema::TriggerSpec;

/// The slice that the derive adds to.
#[doc(hidden)]
#[distributed_slice]
pub static TRIGGERS: [fn() -> &'static TriggerSpec];

/// The triggers linked into this program, by key, then package, file and line.
///
/// ```standalone_crate
/// use serde::Serialize;
/// use trigger_core::{Trigger, registry};
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "class_starting")]
/// struct ClassStarting {
///     seats: u32,
/// }
///
/// let keys: Vec<&str> = registry::linked().iter().map(|trigger| trigger.key()).collect();
/// assert_eq!(keys, ["class_starting"]);
/// ```
#[must_use]
pub fn linked() -> Vec<&'static TriggerSpec> {
    let mut triggers: Vec<_> = TRIGGERS.iter().map(|trigger| trigger()).collect();
    triggers.sort_by_key(|trigger| {
        (trigger.key(), trigger.package(), trigger.file(), trigger.line(), trigger.rust_type())
    });
    triggers
}

/// The triggers linked into this program, of `package` only where one is named, each key once.
///
/// # Errors
///
/// [`RegistryError::Empty`] if there are none, [`RegistryError::UnknownPackage`] if none is of that
/// package, [`RegistryError::DuplicateKey`] if two of them share a key.
///
/// ```standalone_crate
/// use trigger_core::registry::{self, RegistryError};
///
/// // This program links no trigger.
/// assert!(matches!(registry::distinct(None), Err(RegistryError::Empty)));
/// ```
pub fn distinct(package: Option<&str>) -> Result<Vec<&'static TriggerSpec>, RegistryError> {
    select(linked(), package)
}

fn select(
    linked: Vec<&'static TriggerSpec>,
    package: Option<&str>,
) -> Result<Vec<&'static TriggerSpec>, RegistryError> {
    if linked.is_empty() {
        return Err(RegistryError::Empty);
    }
    let packages = packages(&linked);
    let mut triggers = linked;
    if let Some(package) = package {
        triggers.retain(|trigger| trigger.package() == package);
        if triggers.is_empty() {
            return Err(RegistryError::UnknownPackage { package: package.to_owned(), packages });
        }
    }
    match triggers.windows(2).find(|pair| pair[0].key() == pair[1].key()) {
        Some(pair) => Err(RegistryError::DuplicateKey { first: pair[0], second: pair[1] }),
        None => Ok(triggers),
    }
}

fn packages(triggers: &[&'static TriggerSpec]) -> Vec<&'static str> {
    let mut packages: Vec<_> = triggers.iter().map(|trigger| trigger.package()).collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

/// Why the triggers of a program are of no use as they are.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// No trigger is linked into the program.
    #[error(
        "no trigger is linked into this program\n\
         An app's crate is linked only if something of it is named: write `use app as _;` in the \
         program's main.rs, with the app's crate name. An app that is only a binary cannot be \
         linked: move its triggers to a `lib.rs`."
    )]
    Empty,

    /// Triggers are linked, but none of this package.
    #[error(
        "no trigger of package `{package}` is linked into this program, only of {}\n\
         If the package is an app of yours, link it: list it among the program's dependencies \
         and write `use {} as _;` in its main.rs.",
        .packages.join(", "), .package.replace('-', "_")
    )]
    UnknownPackage {
        /// The package that was asked for.
        package: String,
        /// The packages that have triggers.
        packages: Vec<&'static str>,
    },

    /// Two structs have the same trigger key.
    #[error(
        "two triggers have the key `{}`:\n  {} at {}:{}\n  {} at {}:{}\n\
         A key names one trigger of an app. Change one of them; if they belong to two apps, \
         export one app at a time with `--package`.",
        .first.key(), .first.rust_type(), .first.file(), .first.line(),
        .second.rust_type(), .second.file(), .second.line()
    )]
    DuplicateKey {
        /// The one that stands first, by package, file and line.
        first: &'static TriggerSpec,
        /// The other one.
        second: &'static TriggerSpec,
    },
}
