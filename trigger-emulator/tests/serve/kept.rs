//! States and histories that outlive the program.

use super::*;

#[cfg(unix)]
#[test]
fn a_state_outlives_the_process() {
    let folder = folder(&[("schemas/invoice_due.json", DUE), ("emulator.toml", CONFIG)]);
    let arguments = ["--config", "emulator.toml", "--state", "state.json"];
    let server = Server::start(folder.path(), &arguments);
    let token = server.token("an-app").expect("a token");
    let due = json!({ "dueAt": "2026-03-30T22:00:00Z" });
    assert_eq!(server.report(&token, "invoice_due", &due), "200");
    let state = server.state();
    assert_eq!(server.end(), Some(0));

    let server = Server::start(folder.path(), &arguments);
    server.wait_for("state.json: goes on from there");
    assert_eq!(server.state(), state);
    assert_eq!(server.end(), Some(0));

    // What the file says holds, whatever held when the state was written.
    fs::write(folder.path().join("emulator.toml"), "").expect("a file");
    let server = Server::start(folder.path(), &arguments);
    server.wait_for("CANCELLED (AUTOMATION_DELETED) \"Reminder\" for invoice_due");
}

#[cfg(unix)]
#[test]
fn a_history_is_recorded_and_done_again() {
    let folder = folder(&[("schemas/invoice_due.json", DUE), ("emulator.toml", CONFIG)]);
    let due = json!({ "dueAt": "2026-03-30T22:00:00Z" });
    let record = ["--config", "emulator.toml", "--record", "history.jsonl"];
    let report = || {
        let server = Server::start(folder.path(), &record);
        let token = server.token("an-app").expect("a token");
        assert_eq!(server.report(&token, "invoice_due", &due), "200");
        server.call("POST", "/_emulator/clock", "", &json!({ "next": true }));
        let state = server.state();
        assert_eq!(server.end(), Some(0));
        state
    };
    let first = report();
    let server = Server::start(folder.path(), &["--replay", "history.jsonl"]);
    server.wait_for("history.jsonl: did ");
    assert_eq!(server.state(), first);
    drop(server);
    // What is added is a history of its own.
    let second = report();
    assert_eq!(second, first);
    let text = fs::read_to_string(folder.path().join("history.jsonl")).expect("a file");
    assert_eq!(text.lines().filter(|it| it.contains("\"load\":")).count(), 2);
    let server = Server::start(folder.path(), &["--replay", "history.jsonl"]);
    assert_eq!(server.state(), second);
}

#[test]
fn a_file_that_is_no_state_is_told_and_kept() {
    let folder = folder(&[("schemas/invoice_due.json", DUE), ("notes.txt", "Dear diary,\n")]);
    for option in ["--state", "--replay"] {
        let output = program(folder.path()).args([option, "notes.txt"]).output();
        let output = output.expect("the program starts");
        let words = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(101), "{words}");
        assert!(
            words.starts_with(
                "error: notes.txt cannot be used: line 1, column 1: no emulator wrote"
            ),
            "{words}"
        );
        assert!(output.stdout.is_empty());
    }
    let text = fs::read_to_string(folder.path().join("notes.txt")).expect("a file");
    assert_eq!(text, "Dear diary,\n");
}

#[cfg(unix)]
#[test]
fn a_line_that_was_not_written_to_its_end_is_left_out() {
    let folder = folder(&[("schemas/invoice_due.json", DUE)]);
    let file = folder.path().join("history.jsonl");
    let record = || {
        let server = Server::start(folder.path(), &["--record", "history.jsonl"]);
        let token = server.token("an-app").expect("a token");
        let due = json!({ "dueAt": "2026-03-30T22:00:00Z" });
        assert_eq!(server.report(&token, "invoice_due", &due), "200");
        let state = server.state();
        assert_eq!(server.end(), Some(0));
        state
    };
    let state = record();
    let whole = fs::read_to_string(&file).expect("a file");
    let torn = "history.jsonl: its last line was not written to its end, and is left out";
    // The last one ends within a letter.
    for rest in
        [&b"{\"at\":\"2026-03-02T09:00:00Z\",\"did\":{\"report\":{"[..], b"{", b"{\"at\":\"\xc3"]
    {
        fs::write(&file, [whole.as_bytes(), rest].concat()).expect("a file");
        let server = Server::start(folder.path(), &["--replay", "history.jsonl"]);
        assert_eq!(server.line(), torn);
        assert_eq!(server.state(), state);
    }
    assert_eq!(record(), state);
    let again = fs::read_to_string(&file).expect("a file");
    assert!(again.starts_with(&whole), "{again}");
    assert!(again.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{again}");
    // Only its line break is missing.
    fs::write(&file, whole.trim_end()).expect("a file");
    let server = Server::start(folder.path(), &["--replay", "history.jsonl"]);
    server.wait_for("did ");
    assert_eq!(server.state(), state);
    drop(server);
    assert_eq!(record(), state);
    let again = fs::read_to_string(&file).expect("a file");
    assert!(again.starts_with(&whole) && again.lines().count() == 2 * whole.lines().count());
}

#[test]
fn what_is_no_history_is_not_written_to() {
    let folder = folder(&[("schemas/invoice_due.json", DUE)]);
    for text in ["Dear diary,\n", "Dear diary,", "[1, 2\n", "{}\n{"] {
        fs::write(folder.path().join("notes.txt"), text).expect("a file");
        let words = refusal(folder.path(), &["--record", "notes.txt"]);
        assert!(words.starts_with("error: notes.txt cannot be used: line 1, column "), "{words}");
        assert_eq!(fs::read_to_string(folder.path().join("notes.txt")).expect("a file"), text);
    }
}

#[test]
fn what_could_not_be_written_at_the_end_is_refused_at_the_start() {
    let files = [("schemas/invoice_due.json", DUE), ("history.jsonl", "")];
    let folder = folder(&files);
    for (arguments, words) in [
        (&["--state", "none/state.json"][..], "cannot write none/state.json: "),
        (&["--state", "schemas"], "cannot read schemas: it is no file"),
        (&["--record", "schemas"], "cannot write schemas: it is no file"),
        (&["--record", "none/history.jsonl"], "cannot write none/history.jsonl: "),
        (
            &["--replay", "history.jsonl", "--record", "./history.jsonl"],
            "history.jsonl cannot be for --replay and --record at once; name two files",
        ),
        (
            &["--state", "new.json", "--record", "new.json"],
            "new.json cannot be for --state and --record at once; name two files",
        ),
    ] {
        let told = refusal(folder.path(), arguments);
        assert!(told.starts_with(&format!("error: {words}")), "{told}");
    }
    let names = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(names, 2, "what was refused leaves no file");
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_a_pipe() {
    let folder = folder(&[("schemas/invoice_due.json", DUE)]);
    for pipe in ["pipe", "schemas/class_full.json"] {
        let made = Command::new("mkfifo").arg(folder.path().join(pipe)).status();
        assert!(made.expect("`mkfifo` is there").success());
        for option in ["--config", "--state", "--replay", "--record", "--schemas"] {
            let words = refusal(folder.path(), &[option, pipe]);
            assert!(words.contains(&format!("{pipe}: it is no file")), "{words}");
        }
    }
    let words = refusal(folder.path(), &[]);
    assert!(words.contains("schemas/class_full.json: it is no file"), "{words}");
}

#[cfg(unix)]
#[test]
fn what_is_written_is_for_nobody_else_and_stays_where_it_is() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = folder(&[("schemas/invoice_due.json", DUE)]);
    let mode = |name| {
        let about = fs::metadata(folder.path().join(name)).expect("a file");
        about.permissions().mode() & 0o777
    };
    let arguments = ["--state", "state.json", "--record", "history.jsonl"];
    assert_eq!(Server::start(folder.path(), &arguments).end(), Some(0));
    assert_eq!([mode("state.json"), mode("history.jsonl")], [0o600, 0o600]);

    fs::create_dir(folder.path().join("kept")).expect("a folder");
    fs::rename(folder.path().join("state.json"), folder.path().join("kept/it.json"))
        .expect("a file");
    symlink("kept/it.json", folder.path().join("state.json")).expect("a link");
    let readable = fs::Permissions::from_mode(0o640);
    fs::set_permissions(folder.path().join("state.json"), readable).expect("a file");
    let server = Server::start(folder.path(), &["--state", "state.json"]);
    assert_eq!(server.line(), "state.json: goes on from there, at 2026-03-02T09:00:00Z");
    server.call("POST", "/_emulator/clock", "", &json!({ "advance": "1h" }));
    assert_eq!(server.end(), Some(0));
    let link = fs::symlink_metadata(folder.path().join("state.json")).expect("a link");
    assert!(link.is_symlink());
    assert_eq!(mode("kept/it.json"), 0o640);
    let server = Server::start(folder.path(), &["--state", "state.json"]);
    assert_eq!(server.line(), "state.json: goes on from there, at 2026-03-02T10:00:00Z");
}
