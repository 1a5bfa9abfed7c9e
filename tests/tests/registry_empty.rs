//! The registry of a program that lists an app among its dependencies, `strict-app`, and names
//! nothing of it: the app is not linked, and the program is told so.

use trigger_core::registry::{self, RegistryError};

#[test]
fn an_app_that_is_listed_alone_is_not_linked() {
    assert!(registry::linked().is_empty());
    for package in [None, Some("strict-app")] {
        let error = registry::distinct(package).unwrap_err();
        assert!(matches!(error, RegistryError::Empty), "{error:?}");
        let words = error.to_string();
        for help in ["no trigger is linked", "`use app as _;`", "`lib.rs`"] {
            assert!(words.contains(help), "{help} in: {words}");
        }
    }
}
