//! What the app is told where the environment is not enough.

use std::env::VarError;
use std::fs;

use events::Variables;

const KEY: &str = include_str!("../../../trigger-core/tests/webhook/keys/signer.public.pem");
const SECRET: &str = "the-apps-own-secret";

const ENOUGH: [(&str, &str); 3] =
    [("WIX_APP_ID", "an-app"), ("WIX_APP_SECRET", SECRET), ("WIX_PUBLIC_KEY", KEY)];

fn read(variables: &[(&str, &str)]) -> Result<Variables, String> {
    let read = Variables::read(|name| {
        // The last one of a name counts.
        let found = variables.iter().rev().find(|(other, _)| *other == name);
        found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
    });
    read.map_err(|error| error.to_string())
}

fn with(name: &'static str, value: &'static str) -> Result<Variables, String> {
    read(&[&ENOUGH[..], &[(name, value)]].concat())
}

#[test]
fn three_variables_are_enough_and_the_secret_is_not_shown() {
    let variables = read(&ENOUGH).expect("settings");
    assert_eq!(variables.port, 3000);
    let shown = format!("{variables:?}");
    assert!(shown.contains("an-app") && !shown.contains(SECRET), "{shown}");
    assert_eq!(with("PORT", "8081").expect("settings").port, 8081);
    let shown = format!("{:?}", with("WIX_API", "http://127.0.0.1:8080"));
    assert!(shown.contains("http://127.0.0.1:8080"), "{shown}");
}

#[test]
fn each_mistake_names_its_variable_and_the_mend() {
    for (name, value, words) in [
        ("WIX_APP_ID", "", "`WIX_APP_ID` is not set: it is the app's id, on its page"),
        ("WIX_APP_SECRET", " ", "`WIX_APP_SECRET` is not set: it is the app's secret"),
        ("WIX_PUBLIC_KEY", "", "`WIX_PUBLIC_KEY` is not set: it is the public key of the app's"),
        ("WIX_PUBLIC_KEY", "a key", "copy it from the app's webhooks page"),
        ("WIX_PUBLIC_KEY_FILE", "key.pem", "are both set: take one of them away"),
        ("WIX_API", "http://example.com", "is not https"),
        ("PORT", "http", "`PORT` is no number from 0 to 65535: \"http\"; without it"),
        ("PORT", "65536", "`PORT` is no number"),
    ] {
        let error = with(name, value).expect_err(name);
        assert!(error.contains(words) && !error.contains(SECRET), "{name}: {error}");
        assert!(error.matches("webhooks page").count() <= 1, "said twice: {error}");
    }
}

#[test]
fn the_key_may_be_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let read_file = |content: Option<&str>| {
        let file = folder.path().join("key.pem");
        if let Some(content) = content {
            fs::write(&file, content).expect("is written");
        }
        let file = file.display().to_string();
        read(&[ENOUGH[0], ENOUGH[1], ("WIX_PUBLIC_KEY_FILE", file.as_str())])
    };
    let error = read_file(None).expect_err("no file");
    assert!(error.contains("`WIX_PUBLIC_KEY_FILE`") && error.contains("key.pem"), "{error}");
    assert!(read_file(Some(KEY)).is_ok());
    let error = read_file(Some("no key")).expect_err("no key");
    assert!(error.starts_with("`WIX_PUBLIC_KEY_FILE`: "), "{error}");
    // No more of a file is read than a key may have.
    let far = format!("{}{KEY}", " ".repeat(64 << 10));
    assert!(read_file(Some(&far)).is_err());
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_told() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let error = Variables::read(|_| Err(VarError::NotUnicode(OsString::from_vec(vec![255]))));
    let error = error.expect_err("no text").to_string();
    assert!(error.starts_with("`WIX_APP_ID` is no UTF-8"), "{error}");
}
