//! The real program, and the files that it is set up with.

mod kept;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

const SITE: &str = "00000000-0000-4000-8000-00000000b001";
const REPORT: &str = "/automations/v1/events/report";

/// How long one waits for a line.
const PATIENCE: Duration = Duration::from_secs(30);

const DUE: &str = r#"{ "properties": { "dueAt": { "type": "string", "format": "date-time", "futureDate": true } } }"#;

const CONFIG: &str = r#"[[automation]]
name = "Reminder"
trigger = "invoice_due"
before = "1 day"
"#;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("schemas")).expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_trigger-emulator"));
    program.current_dir(folder).args(["--at", "2026-03-02T09:00:00Z"]);
    program
}

/// A server that is ended with the test.
struct Server {
    child: Child,
    lines: Receiver<String>,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already, or does now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let child = program(folder).args(arguments).stdout(Stdio::piped()).spawn();
        let mut child = child.expect("the program starts");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in output.lines() {
                // The test has ended, perhaps.
                let _ = sender.send(line.expect("UTF-8"));
            }
        });
        let mut server = Self { child, lines, address: String::new() };
        let first: Value = serde_json::from_str(&server.line()).expect("JSON");
        let address = first["address"].as_str().and_then(|it| it.strip_prefix("http://"));
        address.expect("an address").clone_into(&mut server.address);
        server
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("a line in time")
    }

    /// The next line that has these words.
    fn wait_for(&self, words: &str) -> String {
        loop {
            let line = self.line();
            if line.contains(words) {
                return line;
            }
        }
    }

    /// The status and the body of an answer.
    fn call(&self, method: &str, path: &str, token: &str, body: &Value) -> (String, Value) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let body = body.to_string();
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.0\r\nhost: localhost\r\nauthorization: {token}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        stream.write_all((head + &body).as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).expect("a status");
        (status.to_owned(), serde_json::from_str(body).unwrap_or_default())
    }

    fn token(&self, app: &str) -> Option<String> {
        let body = json!({
            "grant_type": "client_credentials", "client_id": app, "client_secret": "not-a-secret",
            "instance_id": SITE,
        });
        let (_, body) = self.call("POST", "/oauth2/token", "", &body);
        body["access_token"].as_str().map(str::to_owned)
    }

    /// The status of the answer to a report.
    fn report(&self, token: &str, trigger: &str, payload: &Value) -> String {
        let body = json!({ "triggerKey": trigger, "payload": payload });
        self.call("POST", REPORT, token, &body).0
    }

    /// The automations of the activations, and their states.
    fn activations(&self) -> Vec<(String, String)> {
        let (_, body) = self.call("GET", "/_emulator/activations", "", &Value::Null);
        let list = body.as_array().expect("a list");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        list.iter().map(|it| (text(&it["automation"]), text(&it["state"]))).collect()
    }
}

/// What the program says before it ends, which it does by itself.
fn refusal(folder: &Path, arguments: &[&str]) -> String {
    let mut child = program(folder);
    let mut child = child
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let (sender, words) = mpsc::channel();
    let mut errors = child.stderr.take().expect("a pipe");
    std::thread::spawn(move || {
        let mut text = String::new();
        errors.read_to_string(&mut text).expect("UTF-8");
        sender.send(text).expect("somebody waits");
    });
    let words = words.recv_timeout(PATIENCE);
    // It has ended, or never will.
    let _ = child.kill();
    let code = child.wait().expect("it ends").code();
    let words = words.unwrap_or_else(|_| panic!("it does not end: {arguments:?}"));
    assert_eq!(code, Some(101), "{words}");
    words
}

/// Waits longer than it takes to look at the files thrice.
fn pass() {
    std::thread::sleep(Duration::from_millis(1700));
}

fn pair(automation: &str, state: &str) -> (String, String) {
    (automation.to_owned(), state.to_owned())
}

#[test]
fn files_are_read_again_and_what_happened_stays() {
    let schemas = [("schemas/invoice_due.json", DUE), ("schemas/invoice_paid.json", "{}")];
    let folder = folder(&[&schemas[..], &[("emulator.toml", CONFIG)]].concat());
    let file = folder.path().join("emulator.toml");
    let server = Server::start(folder.path(), &["--config", "emulator.toml"]);
    let token = server.token("my-app").expect("a token");
    let due = json!({ "dueAt": "2026-03-30T22:00:00Z" });
    assert_eq!(server.report(&token, "invoice_due", &due), "200");
    assert_eq!(server.activations(), [pair("Reminder", "SCHEDULED")]);

    fs::write(
        &file,
        format!("{CONFIG}\n[[automation]]\nname = \"Thank\"\ntrigger = \"invoice_pad\"\n"),
    )
    .expect("a file");
    server.wait_for("this configuration cannot be used");
    let told =
        "  emulator.toml:8:11: no trigger has the key `invoice_pad`; did you mean `invoice_paid`?";
    assert_eq!(server.line(), told);
    assert_eq!(server.line(), "nothing of it is used; what was read before is still in force");

    let thank = "\n[[automation]]\nname = \"Thank\"\ntrigger = \"invoice_paid\"\n";
    fs::write(&file, CONFIG.to_owned() + thank).expect("a file");
    assert_eq!(server.line(), "emulator.toml: read again: 1 automation added");
    assert_eq!(server.report(&token, "invoice_paid", &json!({})), "200");
    let expected = [pair("Reminder", "SCHEDULED"), pair("Thank", "ENDED")];
    assert_eq!(server.activations(), expected);

    fs::remove_file(&file).expect("a file");
    let told = "emulator.toml: it is gone; what it said is still in force";
    assert_eq!(server.wait_for("gone"), told);
    assert_eq!(server.activations(), expected);
    fs::write(folder.path().join("schemas/class_full.json"), "{}").expect("a file");
    server.wait_for("schemas: read again: 3 triggers");
    assert_eq!(server.report(&token, "class_full", &json!({})), "200");
    fs::write(&file, "").expect("a file");
    server.wait_for("emulator.toml: read again: 2 automations ended");
    assert_eq!(server.activations()[0], pair("Reminder", "CANCELLED"));
}

#[test]
fn a_mistake_is_told_once_and_a_file_that_is_back_changes_nothing() {
    let folder = folder(&[("schemas/invoice_due.json", DUE), ("emulator.toml", CONFIG)]);
    let file = folder.path().join("emulator.toml");
    let server = Server::start(folder.path(), &["--config", "emulator.toml"]);
    fs::write(&file, "nonsense").expect("a file");
    server.wait_for("nothing of it is used");
    pass();
    assert!(server.lines.try_recv().is_err());
    fs::write(&file, CONFIG).expect("a file");
    assert_eq!(server.line(), "the files are again as what is in force");
}

#[test]
fn the_file_says_who_may_call() {
    let config = format!(
        "[[app]]\nid = \"my-app\"\nsecret = \"not-a-secret\"\n[[app.instance]]\nid = \"{SITE}\"\n"
    );
    let folder = folder(&[("schemas/invoice_due.json", DUE), ("emulator.toml", &config)]);
    let server = Server::start(folder.path(), &["--config", "emulator.toml"]);
    assert!(server.token("my-app").is_some());
    assert_eq!(server.token("other-app"), None);

    let token = server.token("my-app").expect("a token");
    let due = json!({ "dueAt": "2026-03-30T22:00:00Z" });
    assert_eq!(server.report(&token, "invoice_due", &due), "200");
    let file = folder.path().join("emulator.toml");
    fs::write(&file, "").expect("a file");
    server.wait_for("emulator.toml: no app is listed any more");
    server.wait_for("nothing of it is used");
    assert_eq!(server.token("other-app"), None);
    // Its token is good yet, and it has no triggers.
    fs::write(&file, config.replace("my-app", "other-app")).expect("a file");
    server.wait_for("read again");
    assert!(server.token("other-app").is_some());
    assert_eq!(server.report(&token, "invoice_due", &due), "403");
}

#[test]
fn no_call_is_one_too_many_while_the_clock_stands() {
    let folder = folder(&[("schemas/invoice_due.json", DUE)]);
    let server = Server::start(folder.path(), &[]);
    let token = server.token("my-app").expect("a token");
    let due = json!({ "dueAt": "2036-03-30T22:00:00Z" });
    let reports = |count: usize| -> Vec<_> {
        (0..count).map(|_| server.report(&token, "invoice_due", &due)).collect()
    };
    let clock = |turn: Value| server.call("POST", "/_emulator/clock", "", &turn);
    clock(json!({ "run": true }));
    assert_eq!(reports(201)[199..], ["200", "429"]);
    clock(json!({ "freeze": true }));
    assert_eq!(reports(1), ["200"]);
}

#[test]
fn what_it_cannot_use_is_told_and_ends_it() {
    let config = "[[app]]\nid = \"a\"\nsecret = 5\n[limit]\n";
    let folder = folder(&[("schemas/invoice_due.json", DUE), ("emulator.toml", config)]);
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    let mut told = String::new();
    for arguments in [
        &["--config", "emulator.toml"][..],
        &["--config", "none.toml"],
        &["--config", "schemas"],
        &["--schemas", "none"],
        &["--schemas", "empty"],
        &["--schemas", "emulator.toml"],
    ] {
        let output = program(folder.path()).args(arguments).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(101), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let words = String::from_utf8(output.stderr).expect("UTF-8");
        told = format!("{told}$ trigger-emulator {}\n{words}\n", arguments.join(" "));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn an_option_that_cannot_be_read_is_told_with_what_can() {
    let folder = folder(&[("schemas/invoice_due.json", DUE)]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    for (arguments, words) in [
        (&["--port", "99999"], "99999 is not in 0..=65535"),
        (&["--port", &port], "in use (os error"),
        (&["--port", &port], "; choose another one, or 0 for one that is free"),
        (&["--allow-host", "http://emulator"], "write the name alone, such as emulator"),
        (&["--allow-host", "me@emulator"], "write the name alone, such as emulator"),
    ] {
        let told = refusal(folder.path(), arguments);
        assert!(told.contains(words), "{told}");
    }
    let program = || Command::new(env!("CARGO_BIN_EXE_trigger-emulator"));
    for time in ["2026-03-02T09:00:00", "now"] {
        let output = program().args(["--at", time]).output().expect("it starts");
        let told = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(101), "{told}");
        assert!(told.contains("; write it with its zone, as in 2026-03-02T09:00:00Z"), "{told}");
    }
}

#[test]
fn help_tells_all_options() {
    let output = Command::new(env!("CARGO_BIN_EXE_trigger-emulator")).arg("--help").output();
    let output = output.expect("the program starts");
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!(String::from_utf8(output.stdout).expect("UTF-8"));
    let output = Command::new(env!("CARGO_BIN_EXE_trigger-emulator")).arg("--nonsense").output();
    assert_eq!(output.expect("the program starts").status.code(), Some(101));
}

impl Server {
    /// Asks it to end, and waits until it has: its exit code.
    #[cfg(unix)]
    fn end(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().expect("`kill` is there");
        assert!(sent.success());
        self.child.wait().expect("it ends").code()
    }

    fn state(&self) -> Value {
        self.call("GET", "/_emulator/state", "", &Value::Null).1
    }
}

#[test]
fn the_configuration_of_the_docs_is_one() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/emulator.md");
    let docs = fs::read_to_string(docs).expect("the docs");
    let (_, rest) = docs.split_once("\n```toml\n").expect("a configuration");
    let (config, _) = rest.split_once("```").expect("its end");
    let schema = r#"{ "properties": {
        "dueAt": { "type": "string", "format": "date-time", "futureDate": true },
        "status": { "type": "string" }
    } }"#;
    let folder = folder(&[("schemas/invoice_due.json", schema), ("emulator.toml", config)]);
    let server = Server::start(folder.path(), &["--config", "emulator.toml"]);
    server.wait_for("formats-are-enforced: a payload whose strings break their `format` is taken");
    // It is not active, and no default one takes its place.
    let token = server.token("my-app").expect("a token");
    let due = json!({ "dueAt": "2026-03-30T22:00:00Z", "status": "SENT" });
    assert_eq!(server.report(&token, "invoice_due", &due), "200");
    assert_eq!(server.call("GET", "/_emulator/activations", "", &Value::Null).1, json!([]));
}
