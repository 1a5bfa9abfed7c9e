//! The real program: exit codes, streams and folders.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("the program starts")
}

/// The exit code of an export to `folder`.
fn export(folder: &Path, arguments: &[&str]) -> Option<i32> {
    let mut command = program();
    command.arg("export-schemas").arg("--out").arg(folder).args(arguments);
    command.output().expect("the program starts").status.code()
}

fn temporary() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn what_was_asked_for_is_no_error() {
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["export-schemas", "--help"],
        &["rules", "--help"],
        &["check", "--help"],
        &["mark-published", "--help"],
        &["validate", "--help"],
        &["import", "--help"],
        &["import-webhook", "--help"],
        &["emulator", "--help"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!output.stdout.is_empty(), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn wrong_arguments_could_not_run() {
    for arguments in [
        &[][..],
        &["nonsense"],
        &["export-schemas", "--nonsense"],
        &["export-schemas", "--stdout", "--check"],
        &["rules", "--nonsense"],
        &["check", "--baseline-file", "pasted.json"],
        &["check", "--baseline-file", "a.json", "--key", "a", "--baseline-git", "HEAD"],
        &["mark-published"],
        &["mark-published", "--all", "invoice_due"],
        &["validate", "payloads.jsonl"],
        &["validate", "--key", "invoice_due"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(101), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(text(&output.stderr).contains("cargo xtask"), "{arguments:?}");
    }
}

#[test]
fn the_exit_codes_tell_differences_from_failures() {
    let folder = temporary();
    let schemas = folder.path().join("schemas");
    assert_eq!(export(&schemas, &["--check"]), Some(100));
    assert!(!schemas.exists());
    assert_eq!(export(&schemas, &[]), Some(0));
    assert_eq!(export(&schemas, &["--check"]), Some(0));
    fs::write(schemas.join("README.md"), "edited").expect("a file");
    assert_eq!(export(&schemas, &["--check"]), Some(100));
    assert_eq!(export(&schemas, &["--package", "nothing"]), Some(101));
    fs::write(schemas.join("_triggers.json"), "broken").expect("a file");
    assert_eq!(export(&schemas, &["--check"]), Some(101));
}

#[test]
fn an_error_goes_to_standard_error_with_its_mend() {
    let output = run(&["export-schemas", "--stdout", "--only", "apointment_scheduled"]);
    assert_eq!(output.status.code(), Some(101));
    assert!(output.stdout.is_empty());
    assert_eq!(
        text(&output.stderr),
        "error: no trigger has the key `apointment_scheduled`; did you mean \
         `appointment_scheduled`?\n"
    );
}

#[test]
fn check_tells_what_it_found_from_what_it_could_not_do() {
    let folder = temporary();
    let out = folder.path().to_str().expect("UTF-8");
    let code = |arguments: &[&str]| run(arguments).status.code();
    assert_eq!(code(&["mark-published", "--all", "--out", out]), Some(0));
    assert_eq!(code(&["check", "--baseline", out]), Some(0));
    let file = folder.path().join("invoice_due.json");
    let record = fs::read_to_string(&file).expect("a record");
    fs::write(&file, record.replace("\"email\"", "\"address\"")).expect("a file");
    assert_eq!(code(&["check", "--baseline", out]), Some(100));
    assert_eq!(code(&["mark-published", "--all", "--out", out]), Some(100));
    fs::write(&file, "broken").expect("a file");
    let broken = run(&["check", "--baseline", out]);
    assert_eq!((broken.status.code(), text(&broken.stdout)), (Some(101), ""));
    assert!(text(&broken.stderr).starts_with("error: "), "{}", text(&broken.stderr));
}

#[test]
fn a_shallow_clone_without_the_revision_could_not_be_checked() {
    let folder = temporary();
    let git = |place: &Path, arguments: &[&str]| {
        let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
        let mut command = Command::new("git");
        command.arg("-C").arg(place).args(identity).args(["-c", "commit.gpgsign=false"]);
        assert!(command.args(arguments).status().expect("git starts").success(), "{arguments:?}");
    };
    let origin = workspace();
    git(origin.path(), &["init", "--quiet"]);
    for message in ["First", "Second"] {
        git(origin.path(), &["add", "--all"]);
        git(origin.path(), &["commit", "--quiet", "--allow-empty", "--message", message]);
    }
    let url = format!("file://{}", origin.path().display());
    git(folder.path(), &["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let mut check = program();
    check.args(["check", "--baseline-git", "HEAD^"]);
    check.env("CARGO_MANIFEST_DIR", folder.path().join("clone/xtask"));
    let output = check.output().expect("the program starts");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(101), ""));
    let told = text(&output.stderr);
    assert!(told.starts_with("error: this clone is shallow and does not have "), "{told}");
    assert!(told.contains("`git fetch --unshallow`"), "{told}");
}

#[test]
fn payloads_may_come_through_a_pipe() {
    for (payload, code, words) in [
        (
            r#"{"invoiceId":1}"#,
            100,
            "(standard input):1: /invoiceId: 1 is not of type \"string\"\n",
        ),
        ("", 100, "(standard input):1: there is no payload\n"),
    ] {
        let mut command = program();
        command.args(["validate", "--key", "invoice_due", "-"]);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = piped.spawn().expect("the program starts");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(payload.as_bytes()).expect("it reads");
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code));
        assert!(text(&output.stdout).contains(words), "{}", text(&output.stdout));
    }
}

#[test]
fn rules_are_listed_and_explained() {
    let list = run(&["rules"]);
    assert_eq!(list.status.code(), Some(0));
    let lines: Vec<_> = text(&list.stdout).lines().collect();
    assert!(lines.contains(&"T024  the items of an array are objects"), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("  advice: a scheduled trigger ")), "{lines:#?}");
    assert!(lines.iter().all(|line| line.chars().count() <= 100), "{lines:#?}");

    let explained = run(&["rules", "t024", "T030"]);
    assert_eq!(explained.status.code(), Some(0));
    let explained = text(&explained.stdout);
    assert!(explained.starts_with("T024  the items of an array are objects\n\nlevel   error\n"));
    assert!(explained.contains("\nweight  certain: "), "{explained}");
    assert!(explained.contains("\nbad:\n\n    #[derive(Serialize, Trigger)]\n"), "{explained}");
    assert!(explained.contains("\n\n\nT030  a scheduled event happens"), "{explained}");
}

#[test]
fn the_page_of_rules_is_what_the_table_and_the_compiler_give() {
    let printed = run(&["rules-page"]);
    assert_eq!(printed.status.code(), Some(0), "{}", text(&printed.stderr));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    assert!(
        text(&printed.stdout) == fs::read_to_string(file).expect("a page"),
        "docs/rules.md is out of date; `cargo xtask rules-page > docs/rules.md` mends it"
    );
}

#[test]
fn a_rule_that_does_not_exist_could_not_be_explained() {
    let output = run(&["rules", "T024", "T999"]);
    assert_eq!(output.status.code(), Some(101));
    assert!(output.stdout.is_empty());
    assert_eq!(
        text(&output.stderr),
        "error: no rule has the id `T999`; `cargo xtask rules` lists all\n"
    );
}

#[test]
fn an_error_says_what_caused_it() {
    let folder = temporary();
    fs::write(folder.path().join("schemas"), "a file").expect("a file");
    let output = program()
        .args(["export-schemas", "--out", "schemas"])
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(101));
    let message = text(&output.stderr);
    let file = Path::new("schemas").join("_triggers.json");
    assert!(
        message.starts_with(&format!("error: could not read {}: ", file.display()))
            || message.starts_with("error: could not write schemas: "),
        "{message}"
    );
}

#[test]
fn each_app_of_this_workspace_is_exported_alone() {
    let documents = |options: &[&str]| {
        let output = run(&[&["export-schemas", "--stdout"], options].concat());
        assert_eq!(output.status.code(), Some(0), "{options:?}");
        text(&output.stdout).matches("\"$schema\"").count()
    };
    let alone =
        ["appointments", "classes", "events", "invoices"].map(|app| documents(&["--package", app]));
    assert!(!alone.contains(&0), "{alone:?}");
    assert_eq!(alone.iter().sum::<usize>(), documents(&[]));
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = program()
        .args(["export-schemas", "--stdout"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).starts_with("printed "), "{}", text(&output.stderr));
}

#[test]
fn a_reader_that_went_away_does_not_hide_differences() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let folder = temporary();
    let status = program()
        .args(["export-schemas", "--check", "--out"])
        .arg(folder.path())
        .stdout(writer)
        .status()
        .expect("the program starts");
    assert_eq!(status.code(), Some(100));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = temporary();
    let out = format!("--out={}", folder.path().display());
    // Much output fails while it is written, one line only when the buffer is flushed.
    for arguments in [
        &["export-schemas", "--stdout"][..],
        &["export-schemas", &out],
        &["rules"],
        &["check"],
        &["check", "--format", "json"],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").expect("the full device");
        let output = program()
            .args(arguments)
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(101), "{arguments:?}");
        let message = text(&output.stderr);
        assert!(message.contains("error: could not write the output: "), "{arguments:?}");
    }
}

/// A workspace with a package `xtask`.
fn workspace() -> TempDir {
    let root = temporary();
    let source = root.path().join("xtask/src");
    fs::create_dir_all(&source).expect("a folder");
    fs::write(root.path().join("Cargo.toml"), "[workspace]\nmembers = [\"xtask\"]\n")
        .expect("a file");
    fs::write(root.path().join("xtask/Cargo.toml"), "[package]\nname = \"xtask\"\n")
        .expect("a file");
    fs::write(source.join("lib.rs"), "").expect("a file");
    root
}

#[test]
fn the_default_folder_is_that_of_the_program_s_workspace() {
    let root = workspace();
    let elsewhere = temporary();
    let output = program()
        .arg("export-schemas")
        .env("CARGO_MANIFEST_DIR", root.path().join("xtask"))
        .current_dir(elsewhere.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(root.path().join("schemas/_triggers.json").exists());
}

#[test]
fn without_cargo_run_the_current_folder_tells_the_workspace() {
    let root = workspace();
    let output = program()
        .arg("export-schemas")
        .env_remove("CARGO_MANIFEST_DIR")
        .current_dir(root.path().join("xtask/src"))
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(root.path().join("schemas/_triggers.json").exists());
}

#[test]
fn without_a_workspace_a_folder_must_be_named() {
    let elsewhere = temporary();
    let output = program()
        .arg("export-schemas")
        .env_remove("CARGO_MANIFEST_DIR")
        .current_dir(elsewhere.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(101));
    assert!(text(&output.stderr).contains("name a folder with `--out`"));
}

/// A server that is ended with the test.
struct Server(std::process::Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already, or does now.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What each request says of its connection.
const HOST: &str = "host: 127.0.0.1\r\nconnection: close\r\n";

#[test]
fn the_emulator_tells_its_address_first_and_then_what_it_assumes() {
    let folder = temporary();
    let config = folder.path().join("emulator.toml");
    fs::write(&config, "assume = { bearer-is-refused = false }").expect("a file");
    let config = config.to_str().expect("UTF-8");
    let arguments = ["emulator", "--at", "2026-03-02T09:00:00Z", "--config", config];
    let child = program().args(arguments).stdout(Stdio::piped()).spawn();
    let mut server = Server(child.expect("the program starts"));
    let lines = BufReader::new(server.0.stdout.take().expect("a pipe")).lines();
    let lines: Vec<_> = lines.take(16).map(|line| line.expect("UTF-8")).collect();
    let address: serde_json::Value = serde_json::from_str(&lines[0]).expect("JSON");
    let address = address["address"].as_str().and_then(|it| it.strip_prefix("http://"));
    let address = address.expect("an address");
    assert_eq!(lines[10], "  bearer-is-refused: a token behind `Bearer` is taken");

    let mut stream = TcpStream::connect(address).expect("it listens");
    let head = format!("GET /_emulator/clock HTTP/1.1\r\n{HOST}\r\n");
    stream.write_all(head.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.contains(r#""now":"2026-03-02T09:00:00Z""#), "{answer}");

    // The port is taken.
    let port = address.rsplit(':').next().expect("a port");
    let output = run(&["emulator", "--port", port]);
    assert_eq!(output.status.code(), Some(101));
    assert!(text(&output.stderr).contains(&format!("cannot listen on 127.0.0.1:{port}")));
}

/// Nobody may read what it tells after its address.
#[test]
fn the_emulator_serves_whoever_reads_its_output() {
    let child = program().arg("emulator").stdout(Stdio::piped()).spawn();
    let mut server = Server(child.expect("the program starts"));
    let mut first = String::new();
    let mut output = BufReader::new(server.0.stdout.take().expect("a pipe"));
    output.read_line(&mut first).expect("a line");
    let address: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    let address = address["address"].as_str().and_then(|it| it.strip_prefix("http://"));
    let address = address.expect("an address").to_owned();
    // A pipe has room for 64 KiB, and each of these is told in some hundred bytes.
    for number in 0..2000 {
        let mut stream = TcpStream::connect(&address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time limit");
        let head = "POST /automations/v1/events/report HTTP/1.1";
        let request = format!("{head}\r\n{HOST}content-length: 2\r\n\r\n{{}}");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap_or_else(|error| panic!("{number}: {error}"));
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    }
}

#[test]
fn the_emulator_says_what_its_options_take() {
    for (arguments, words) in
        [(["--port", "65536"], "65536 is not in 0..=65535"), (["--at", "soon"], "'--at <TIME>'")]
    {
        let output = program().arg("emulator").args(arguments).output();
        let output = output.expect("the program starts");
        assert_eq!(output.status.code(), Some(101), "{arguments:?}");
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
}

#[test]
fn the_emulator_names_the_file_that_it_cannot_use() {
    let folder = temporary();
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("a file");
        file
    };
    // The automation's trigger is one that is linked into the program.
    let config = "automation = [{ name = \"A\", trigger = \"invoice_deu\" }]";
    for (option, file, words) in [
        ("--schemas", folder.path().join("none"), "cannot read"),
        ("--schemas", file("some.json", "{}"), "missing field `triggers`"),
        (
            "--config",
            file("emulator.toml", config),
            "emulator.toml:1:39: no trigger has the key `invoice_deu`; did you mean `invoice_due`?\n",
        ),
    ] {
        let output = program().args(["emulator", option]).arg(&file).output();
        let output = output.expect("the program starts");
        assert_eq!(output.status.code(), Some(101), "{option}");
        let told = text(&output.stderr);
        assert!(told.contains(words), "{told}");
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(told.contains(name), "{told}");
    }
}
