//! What an expectation of the emulator says where it does not hold: what did happen.

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use trigger_core::Trigger;
use trigger_emulator::Emulator;
use uuid::Uuid;

const INVOICE: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);

/// Triggered in relation to the due time of an invoice.
#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", scheduled_at = due_at, entity_id = invoice_id)]
struct InvoiceDue {
    /// The invoice that is due.
    invoice_id: Uuid,
    /// When the payment is due.
    due_at: Timestamp,
}

/// Triggered when an invoice is paid.
#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_paid", entity_id = invoice_id, cancels(InvoiceDue))]
struct InvoicePaid {
    /// The invoice that was paid.
    invoice_id: Uuid,
}

/// Two invoices are due on the 30th of March, and one is paid after its first reminder.
async fn wix() -> Result<Emulator, Box<dyn Error>> {
    let wix = Emulator::builder().at("2026-03-02T09:00:00Z".parse()?).start().await?;
    wix.automation::<InvoiceDue>("Reminders")
        .before(2.days())
        .action("Email")
        .delay(1.day())
        .action("Text message");
    wix.automation::<InvoicePaid>("Thanks");
    for invoice_id in [INVOICE, OTHER] {
        let due = InvoiceDue { invoice_id, due_at: "2026-03-30T22:00:00Z".parse()? };
        due.report(&wix.instance()).await?;
    }
    wix.clock().set("2026-03-29T09:00:00Z".parse()?);
    InvoicePaid { invoice_id: INVOICE }.report(&wix.instance()).await?;
    Ok(wix)
}

/// What a failed expectation says.
fn message<T>(expectation: impl FnOnce() -> T) -> String {
    match catch_unwind(AssertUnwindSafe(expectation)) {
        Ok(_) => "it holds".to_owned(),
        Err(panic) => *panic.downcast().expect("a message"),
    }
}

#[tokio::test]
async fn a_message_shows_all_that_happened() -> Result<(), Box<dyn Error>> {
    let wix = wix().await?;
    let message = message(|| wix.expect_action("Text message"));
    insta::assert_snapshot!(message, @r#"
    no action `Text message` ran; it is 2026-03-29T09:00:00Z, and this happened:
      2026-03-02T09:00:00Z reported invoice_due of 00000000-0000-0000-0000-000000000001
      2026-03-02T09:00:00Z SCHEDULED "Reminders" for invoice_due of 00000000-0000-0000-0000-000000000001
      2026-03-02T09:00:00Z reported invoice_due of 00000000-0000-0000-0000-000000000002
      2026-03-02T09:00:00Z SCHEDULED "Reminders" for invoice_due of 00000000-0000-0000-0000-000000000002
      2026-03-28T22:00:00Z ran `Email` of "Reminders" for invoice_due of 00000000-0000-0000-0000-000000000001
      2026-03-28T22:00:00Z ran `Email` of "Reminders" for invoice_due of 00000000-0000-0000-0000-000000000002
      2026-03-29T09:00:00Z reported invoice_paid of 00000000-0000-0000-0000-000000000001
      2026-03-29T09:00:00Z ran `Thanks` of "Thanks" for invoice_paid of 00000000-0000-0000-0000-000000000001
      2026-03-29T09:00:00Z CANCELLED (EVENT_CANCELLED) "Reminders" for invoice_due of 00000000-0000-0000-0000-000000000001
      2026-03-29T22:00:00Z (not yet) "Reminders" goes on for invoice_due of 00000000-0000-0000-0000-000000000002
    "#);
    Ok(())
}

#[tokio::test]
async fn each_expectation_says_what_is_not_so_and_what_is() -> Result<(), Box<dyn Error>> {
    let wix = wix().await?;
    let stranger = Uuid::from_u128(3);
    let messages = [
        message(|| wix.expect_action("Text message")),
        message(|| wix.expect_action("E-mail")),
        message(|| wix.expect_no_action("E-mail", INVOICE)),
        message(|| wix.expect_action("Email").for_entity(stranger)),
        message(|| wix.expect_action("Email").times(1)),
        message(|| wix.expect_no_action("Email", INVOICE)),
        message(|| wix.expect_nothing_pending(OTHER)),
        message(|| wix.expect_event::<InvoiceDue>().for_entity(stranger)),
        message(|| wix.expect_event::<InvoiceDue>().times(3)),
    ];
    let history = format!("; {}", wix.history());
    let said = messages.iter().map(|message| {
        message.strip_suffix(history.as_str()).unwrap_or_else(|| panic!("no history: {message}"))
    });
    insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @r"
    no action `Text message` ran
    no automation has an action `E-mail`: there are `Email`, `Text message`, `Thanks`
    no automation has an action `E-mail`: there are `Email`, `Text message`, `Thanks`
    no action `Email` ran for 00000000-0000-0000-0000-000000000003
    the action `Email` ran 2 times, not 1
    the action `Email` ran for 00000000-0000-0000-0000-000000000001
    1 activation waits for 00000000-0000-0000-0000-000000000002
    no such event was reported for 00000000-0000-0000-0000-000000000003
    2 such events were reported, not 3
    ");

    wix.reset();
    let message = message(|| wix.expect_event::<InvoicePaid>());
    insta::assert_snapshot!(message, @"no event of `invoice_paid` was reported; it is 2026-03-29T09:00:00Z, and nothing was reported");
    Ok(())
}

/// A wrong id is no error of Wix's, and the reminder is sent.
#[tokio::test]
async fn a_cancel_of_a_wrong_id_is_seen_in_the_message() -> Result<(), Box<dyn Error>> {
    let wix = Emulator::builder().at("2026-03-02T09:00:00Z".parse()?).start().await?;
    wix.automation::<InvoiceDue>("Reminder");
    let due = InvoiceDue { invoice_id: INVOICE, due_at: "2026-03-30T22:00:00Z".parse()? };
    due.report(&wix.instance()).await?;
    InvoiceDue::cancel(&wix.instance(), OTHER).await?;
    let message = message(|| wix.expect_nothing_pending(INVOICE));
    insta::assert_snapshot!(message, @r#"
    1 activation waits for 00000000-0000-0000-0000-000000000001; it is 2026-03-02T09:00:00Z, and this happened:
      2026-03-02T09:00:00Z reported invoice_due of 00000000-0000-0000-0000-000000000001
      2026-03-02T09:00:00Z SCHEDULED "Reminder" for invoice_due of 00000000-0000-0000-0000-000000000001: starts 2026-03-30T22:00:00Z
      2026-03-02T09:00:00Z canceled invoice_due of 00000000-0000-0000-0000-000000000002: nothing waited
      2026-03-30T22:00:00Z (not yet) "Reminder" goes on for invoice_due of 00000000-0000-0000-0000-000000000001
    "#);
    Ok(())
}

/// The same expectations on what is so.
#[tokio::test]
async fn an_expectation_that_holds_says_nothing() -> Result<(), Box<dyn Error>> {
    let wix = wix().await?;
    wix.expect_action("Email").times(2).for_entity(INVOICE).times(1);
    wix.expect_no_action("Text message", OTHER);
    wix.expect_nothing_pending(INVOICE);
    let paid = wix.expect_event::<InvoicePaid>().for_entity(INVOICE).times(1);
    assert_eq!(paid.payloads()[0]["invoice_id"], INVOICE.to_string());
    wix.clock().run_out();
    wix.expect_action("Text message").times(1).for_entity(OTHER);
    Ok(())
}
