//! What the README says to an app in JavaScript, with the official SDK.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A server that is ended with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already, or does now.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The block of code that follows these words.
fn block(readme: &str, words: &str) -> String {
    let (_, rest) = readme.split_once(words).unwrap_or_else(|| panic!("{words}"));
    let (_, rest) = rest.split_once("```").expect("a block");
    let (block, _) = rest.split_once("\n```").expect("its end");
    block.split_once('\n').expect("its language").1.to_owned()
}

/// Beside the SDK, where Node finds it.
fn folder(readme: &str) -> TempDir {
    let sdk = repository().join("tests/sdk");
    assert!(sdk.join("node_modules").exists(), "the SDK is missing: run `npm ci` in tests/sdk");
    let folder = tempfile::tempdir_in(sdk).expect("a folder");
    for file in ["emulator.toml", "redirect.mjs", "app.mjs"] {
        let text = block(readme, &format!("\n`{file}`\n"));
        fs::write(folder.path().join(file), text).expect("a file");
    }
    fs::create_dir(folder.path().join("schemas")).expect("a folder");
    let schema = block(readme, "`schemas/invoice_due.json` is then");
    fs::write(folder.path().join("schemas/invoice_due.json"), schema).expect("a file");
    folder
}

/// The command that begins so, without its environment and its program.
fn arguments<'r>(readme: &'r str, command: &str) -> Vec<&'r str> {
    let mut lines = readme.lines().filter_map(|line| line.strip_prefix(command));
    lines.next().unwrap_or_else(|| panic!("{command}")).split_whitespace().collect()
}

#[test]
#[ignore = "needs node and the SDK: .ci/run installs both"]
fn an_app_in_javascript_does_what_the_readme_says() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("the README");
    let folder = folder(&readme);
    let mut serve = arguments(&readme, "$ trigger-emulator ");
    assert_eq!(serve.pop(), Some("8080"));
    // That port may be taken here.
    serve.push("0");
    let mut server = Server(
        Command::new(env!("CARGO_BIN_EXE_trigger-emulator"))
            .args(serve)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts"),
    );
    let mut lines = BufReader::new(server.0.stdout.take().expect("a pipe")).lines();
    let mut line = || lines.next().expect("a line").expect("UTF-8");
    let first = line();
    let address = first.strip_prefix("{\"address\":\"").and_then(|it| it.strip_suffix("\"}"));
    let address = address.expect("an address").to_owned();

    let node = arguments(&readme, "$ WIX_API_SERVER=http://127.0.0.1:8080 node ");
    let output = Command::new("node")
        .args(node)
        .current_dir(folder.path())
        .env("WIX_API_SERVER", &address)
        .output()
        .expect("node starts");
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "reported\n", "{words}");

    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("it listens");
    let head = format!("POST /_emulator/clock HTTP/1.1\r\nhost: {host}\r\nconnection: close");
    let request = format!("{head}\r\ncontent-length: 13\r\n\r\n{{\"next\":true}}");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let ran = "ran `Email` of \"Reminder\" for invoice_due of 2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50";
    assert!(std::iter::from_fn(|| Some(line())).take(100).any(|line| line.ends_with(ran)));
}
