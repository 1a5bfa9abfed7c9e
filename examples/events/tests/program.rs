//! The program, as its user starts and stops it.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};
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

/// The program, once it listens, and what it tells.
fn listening() -> (Child, BufReader<ChildStderr>) {
    let mut program = program();
    program.envs([("WIX_APP_ID", "an-app"), ("WIX_APP_SECRET", "not-a-secret")]);
    program.env("WIX_PUBLIC_KEY", KEY).env("PORT", "0").stdout(Stdio::piped());
    let mut running = program.spawn().expect("starts");
    let mut told = BufReader::new(running.stderr.take().expect("is piped"));
    let mut line = String::new();
    told.read_line(&mut line).expect("a line");
    assert!(line.starts_with("listens on http://127.0.0.1:"), "{line}");
    (running, told)
}

fn terminate(running: &Child) {
    let id = running.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill starts").success());
}

/// What a program still says, which ends when it does, and its code.
fn until_it_ends(
    mut running: Child,
    mut output: impl Read + Send + 'static,
) -> (String, Option<i32>) {
    let (said_all, all) = mpsc::channel();
    thread::spawn(move || {
        let mut rest = String::new();
        drop(output.read_to_string(&mut rest).map(|_| said_all.send(rest)));
    });
    let Ok(rest) = all.recv_timeout(FOR_EVER) else {
        running.kill().expect("is killed");
        panic!("it does not end");
    };
    (rest, running.wait().expect("ends").code())
}

#[test]
fn it_tells_where_it_listens_and_ends_when_it_is_terminated() {
    let (running, told) = listening();
    terminate(&running);
    let (rest, code) = until_it_ends(running, told);
    assert!(rest.starts_with("stops: "), "{rest}");
    assert_eq!(code, Some(0));
}

#[test]
fn it_ends_in_order_when_nobody_reads_what_it_tells() {
    let (mut running, told) = listening();
    drop(told);
    let output = running.stdout.take().expect("is piped");
    terminate(&running);
    assert_eq!(until_it_ends(running, output), (String::new(), Some(0)));
}
