//! What the README at the top shows: its code stands here word for word, its schema is what the
//! code gives, and its commands print what it says.

// The README's fields have names that say enough.
#![allow(missing_docs)]

use std::fs;
use std::path::Path;
use std::process::Command;

use clap::Parser;
use trigger_tests::markdown::{blocks, commands};
use trigger_xtask::Command as LibraryCommand;

use jiff::Timestamp;
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

/// An invoice that has not been paid is about to be due.
#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "invoice_due",       // written out: it can never change once the app is published
    scheduled_at = due_at,     // makes the trigger scheduled
    contact = contact_id,      // the site's contact that the event is about
    entity_id = invoice_id,    // what its events are canceled by
)]
pub struct InvoiceDue {
    pub invoice_id: Uuid,
    pub contact_id: Uuid,
    pub due_at: Timestamp,
    /// The number printed on the invoice.
    #[trigger(title = "Invoice number", example = "INV-0042")]
    pub number: String,
    pub status: Status,
    #[trigger(format = "email", example = "ada@example.com")]
    pub email: Option<String>,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    Sent,
    Viewed,
}

#[test]
fn an_email_is_left_out_or_fits() {
    use trigger_core::payload;

    let event = InvoiceDue {
        invoice_id: Uuid::from_u128(1),
        contact_id: Uuid::from_u128(2),
        due_at: "2026-03-30T22:00:00Z".parse().unwrap(),
        number: "INV-0042".to_owned(),
        status: Status::Sent,
        email: None,
    };
    let expected = concat!(
        r#"{"invoiceId":"00000000-0000-0000-0000-000000000001","#,
        r#""contactId":"00000000-0000-0000-0000-000000000002","#,
        r#""dueAt":"2026-03-30T22:00:00Z","number":"INV-0042","status":"SENT"}"#,
    );
    assert_eq!(payload::to_vec(&event).unwrap(), expected.as_bytes());

    let event = InvoiceDue { email: Some("ada at example.com".to_owned()), ..event };
    assert_eq!(
        payload::to_vec(&event).unwrap_err().to_string(),
        "property `email`: the value does not fit `format: email`, for example `ada@example.com`",
    );
}

use trigger_core::report::{App, CallError, Instance, ReportError};

/// An app is made once: `App::builder(app_id, app_secret).build()?`. A handle of a site is cheap.
async fn invoice_sent(app: &App, site: Uuid, event: &InvoiceDue) -> Result<(), ReportError> {
    event.report(&app.instance(site)).await?;
    Ok(())
}

async fn invoice_paid(site: &Instance, invoice_id: Uuid) -> Result<(), CallError> {
    InvoiceDue::cancel(site, invoice_id).await
}

#[tokio::test]
async fn a_reminder_goes_out_two_days_before_an_invoice_is_due() {
    use jiff::ToSpan;
    use trigger_emulator::Emulator;

    let now = "2026-03-02T09:00:00Z".parse().unwrap();
    let wix = Emulator::builder().at(now).start().await.unwrap();
    wix.automation::<InvoiceDue>("Reminder").before(2.days());

    let [first, second] = [Uuid::from_u128(1), Uuid::from_u128(2)];
    for invoice_id in [first, second] {
        let event = InvoiceDue {
            invoice_id,
            contact_id: Uuid::from_u128(3),
            due_at: "2026-03-30T22:00:00Z".parse().unwrap(),
            number: "INV-0042".to_owned(),
            status: Status::Sent,
            email: None,
        };
        event.report(&wix.instance()).await.unwrap();
    }
    InvoiceDue::cancel(&wix.instance(), second).await.unwrap();

    wix.clock().advance(4.weeks());
    wix.expect_action("Reminder").for_entity(first).times(1);
    wix.expect_no_action("Reminder", second);
}

/// The second invoice of the test above, by itself.
#[tokio::test]
async fn a_failure_tells_what_the_readme_says() {
    use jiff::ToSpan;

    let now = "2026-03-02T09:00:00Z".parse().unwrap();
    let wix = trigger_emulator::Emulator::builder().at(now).start().await.unwrap();
    wix.automation::<InvoiceDue>("Reminder").before(2.days());
    let event = InvoiceDue {
        invoice_id: Uuid::from_u128(2),
        contact_id: Uuid::from_u128(3),
        due_at: "2026-03-30T22:00:00Z".parse().unwrap(),
        number: String::new(),
        status: Status::Viewed,
        email: None,
    };
    event.report(&wix.instance()).await.unwrap();
    InvoiceDue::cancel(&wix.instance(), event.invoice_id).await.unwrap();
    wix.clock().advance(4.weeks());
    let expected = std::panic::AssertUnwindSafe(|| wix.expect_action("Reminder"));
    let panic = std::panic::catch_unwind(expected).unwrap_err();
    let told = format!("{}\n", panic.downcast_ref::<String>().unwrap());
    assert_eq!(blocks(README, "text").last().unwrap(), &told);
}

const README: &str = include_str!("../../../README.md");
/// Commands below this line are those of the reader's workspace.
const OWN_WORKSPACE: &str = "\n## In your own workspace\n";

/// They are called where there is a site.
#[test]
fn the_futures_are_send() {
    fn sent(_: impl Send) {}
    let app = App::builder("an-app", "not-a-secret").transport(Nowhere).build().unwrap();
    let site = app.instance(Uuid::nil());
    sent(invoice_paid(&site, Uuid::nil()));
    let event = InvoiceDue {
        invoice_id: Uuid::nil(),
        contact_id: Uuid::nil(),
        due_at: Timestamp::UNIX_EPOCH,
        number: String::new(),
        status: Status::Viewed,
        email: None,
    };
    sent(invoice_sent(&app, Uuid::nil(), &event));
}

struct Nowhere;

impl trigger_core::report::Transport for Nowhere {
    fn send(&self, _: trigger_core::report::Request) -> trigger_core::report::Sending<'_> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn the_code_is_the_code_of_this_file() {
    let blocks = blocks(README, "rust");
    assert_eq!(blocks.len(), 4);
    for block in blocks {
        assert!(include_str!("readme.rs").contains(block), "stands only in the README:\n{block}");
    }
}

#[test]
fn the_schema_is_what_the_code_gives() {
    let schema = format!("{}\n", InvoiceDue::payload_document());
    assert_eq!(blocks(README, "json"), [schema]);
}

#[test]
fn the_commands_print_what_the_readme_says() {
    let (here, own) = README.split_once(OWN_WORKSPACE).expect("the README has that section");
    in_this_workspace(here);
    in_a_workspace_of_ones_own(own);
}

/// The real program, in a workspace that holds the schemas already, as a clone does.
fn in_this_workspace(text: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("Cargo.toml"), "[workspace]\n").expect("a file");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(folder.path())
            .env("CARGO_MANIFEST_DIR", folder.path())
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8")
    };
    run(&["export-schemas"]);
    let commands = commands(text);
    assert_eq!(commands.len(), 1, "{commands:?}");
    for (arguments, printed) in commands {
        assert_eq!(run(&arguments), printed, "{arguments:?}");
    }
}

/// The library's commands on the README's trigger, which is the only one linked into this test.
fn in_a_workspace_of_ones_own(text: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let commands = commands(text);
    assert_eq!(commands.len(), 4, "{commands:?}");
    for (arguments, printed) in commands {
        assert_eq!(run_library(&arguments, folder.path()), printed, "{arguments:?}");
    }
}

fn run_library(arguments: &[&str], workspace: &Path) -> String {
    #[derive(Parser)]
    struct Arguments {
        #[command(subcommand)]
        command: LibraryCommand,
    }

    let parse =
        |options: &[&str]| Arguments::parse_from([&["xtask"], arguments, options].concat()).command;
    let schemas = workspace.join("schemas").display().to_string();
    let published = format!("{schemas}/published");
    let command = match arguments[0] {
        "export-schemas" => parse(&["--out", &schemas]),
        "mark-published" => parse(&["--out", &published]),
        _ => parse(&[]),
    };
    let (mut output, mut notes) = (Vec::new(), Vec::new());
    let triggers = trigger_core::registry::linked();
    match command {
        LibraryCommand::ExportSchemas(it) => it.run(&mut output, &mut notes).map(drop).ok(),
        LibraryCommand::MarkPublished(it) => it.run(&mut output, &mut notes).map(drop).ok(),
        LibraryCommand::Check(it) => {
            it.run_on(&triggers, workspace, &mut output, &mut notes).map(drop).ok()
        }
        _ => None,
    }
    .expect("the command can run");
    let printed = String::from_utf8([output, notes].concat()).expect("UTF-8");
    printed.replace(&schemas, "schemas")
}
