//! The program, as its user starts and stops it.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

const KEY: &str = include_str!("../../../trigger-core/tests/webhook/keys/signer.public.pem");

/// Nothing in here takes as long, but for a program that would never end.
const FOR_EVER: Duration = Duration::from_mins(1);

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_events"));
    program.env_clear().stderr(Stdio::piped());
    program
}

#[test]
fn a_variable_that_is_missing_is_named_with_its_mend() {
    let output = program().output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    let expected = "error: `WIX_APP_ID` is not set: it is the app's id, on its page in Wix's app \
                    dashboard\n";
    assert_eq!(told, expected);
}

#[test]
fn it_tells_where_it_listens_and_ends_when_it_is_terminated() {
    let mut program = program();
    program.envs([("WIX_APP_ID", "an-app"), ("WIX_APP_SECRET", "not-a-secret")]);
    let mut running = program.env("WIX_PUBLIC_KEY", KEY).env("PORT", "0").spawn().expect("starts");
    let mut told = BufReader::new(running.stderr.take().expect("is piped"));
    let mut line = String::new();
    told.read_line(&mut line).expect("a line");
    assert!(line.starts_with("listens on http://127.0.0.1:"), "{line}");
    let id = running.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill starts").success());
    // Its lines end when it does.
    let (told_all, all) = mpsc::channel();
    thread::spawn(move || {
        let mut rest = String::new();
        drop(told.read_to_string(&mut rest).map(|_| told_all.send(rest)));
    });
    let Ok(rest) = all.recv_timeout(FOR_EVER) else {
        running.kill().expect("is killed");
        panic!("it does not end");
    };
    assert!(rest.starts_with("stops: "), "{rest}");
    assert_eq!(running.wait().expect("ends").code(), Some(0));
}
