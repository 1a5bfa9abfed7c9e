//! The payloads of a music school's invoices.

use invoices::{
    ContactId, Currency, Invoice, InvoiceDue, InvoiceId, InvoicePaid, LineItem, PaymentMethod,
    Status,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use trigger_core::Trigger;
use trigger_core::payload::{self, PayloadProblem};
use trigger_core::schema::{Format, TriggerSpec};
use uuid::{Uuid, uuid};

const INVOICE: Uuid = uuid!("d3d94468-02a4-4259-b55d-0f7b3a5c9e11");

fn lessons() -> Invoice {
    Invoice {
        id: InvoiceId(INVOICE),
        number: "INV-0042".to_owned(),
        contact_id: ContactId(uuid!("0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e")),
        customer_name: "Clara Wieck".to_owned(),
        email: Some("clara.wieck@example.com".to_owned()),
        issued_on: "2026-03-02".parse().expect("a date"),
        due_at: "2026-03-31T00:00:00+02:00".parse().expect("a timestamp"),
        currency: Currency::Eur,
        status: Status::Viewed,
        lines: vec![
            LineItem {
                description: "Piano lesson, 45 minutes".to_owned(),
                quantity: 4,
                unit_price: Decimal::new(32_50, 2),
                tax_percent: None,
            },
            LineItem {
                description: "Sheet music".to_owned(),
                quantity: 1,
                unit_price: Decimal::new(15_46, 2),
                tax_percent: Some(Decimal::new(135, 1)),
            },
        ],
    }
}

fn payload<T: Trigger>(event: &T) -> Value {
    let bytes = payload::to_vec(event).expect("fits the schema");
    serde_json::from_slice(&bytes).expect("is JSON")
}

#[test]
fn a_due_invoice_tells_its_lines_and_its_money_in_strings() {
    let event = InvoiceDue::from(&lessons());
    // The bytes themselves: the exempt line has no `taxPercent`, not even `null`.
    let expected = concat!(
        r#"{"invoiceId":"d3d94468-02a4-4259-b55d-0f7b3a5c9e11","#,
        r#""contactId":"0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e","#,
        r#""number":"INV-0042","customerName":"Clara Wieck","#,
        r#""email":"clara.wieck@example.com","issuedOn":"2026-03-02","#,
        r#""dueAt":"2026-03-30T22:00:00Z","amount":"147.55","currency":"EUR","#,
        r#""status":"VIEWED","lines":["#,
        r#"{"description":"Piano lesson, 45 minutes","quantity":4,"unitPrice":"32.50"},"#,
        r#"{"description":"Sheet music","quantity":1,"unitPrice":"15.46","taxPercent":"13.5"}]}"#,
    );
    let bytes = payload::to_vec(&event).expect("fits the schema");
    assert_eq!(String::from_utf8_lossy(&bytes), expected);
    assert_eq!(InvoiceDue::SPEC.scheduled_at(), Some("dueAt"));
    assert_eq!(event.entity_id(), INVOICE);
}

#[test]
fn an_invoice_sent_by_post_has_no_email_and_its_amount_has_cents() {
    let mut invoice = Invoice { email: None, ..lessons() };
    invoice.lines.truncate(1);
    invoice.lines[0].unit_price = Decimal::from(30);
    let expected = json!({
        "invoiceId": "d3d94468-02a4-4259-b55d-0f7b3a5c9e11",
        "contactId": "0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e",
        "number": "INV-0042",
        "customerName": "Clara Wieck",
        "issuedOn": "2026-03-02",
        "dueAt": "2026-03-30T22:00:00Z",
        "amount": "120.00",
        "currency": "EUR",
        "status": "VIEWED",
        "lines": [
            {"description": "Piano lesson, 45 minutes", "quantity": 4, "unitPrice": "30"},
        ],
    });
    assert_eq!(payload(&InvoiceDue::from(&invoice)), expected);
}

#[test]
fn a_payment_cancels_the_reminders_of_its_invoice() {
    let mut invoice = lessons();
    let paid_at = "2026-03-12T08:15:30.250Z".parse().expect("a timestamp");
    let event = invoice.pay(paid_at, PaymentMethod::BankTransfer);
    let expected = json!({
        "invoiceId": "d3d94468-02a4-4259-b55d-0f7b3a5c9e11",
        "contactId": "0f3f9c1c-8d0f-4b58-8f7a-1d5a7f1c9b3e",
        "number": "INV-0042",
        "customerName": "Clara Wieck",
        "email": "clara.wieck@example.com",
        "paidAt": "2026-03-12T08:15:30.25Z",
        "amount": "147.55",
        "currency": "EUR",
        "method": "BANK_TRANSFER",
    });
    assert_eq!(payload(&event), expected);
    assert_eq!(invoice.status, Status::Paid);
    assert_eq!(event.entity_id(), INVOICE);
    let canceled: Vec<_> = InvoicePaid::SPEC.cancels().map(TriggerSpec::key).collect();
    assert_eq!(canceled, ["invoice_due"]);
}

/// People write two addresses into one field.
#[test]
fn two_addresses_in_one_email_are_refused() {
    let email = "clara@example.com, robert@example.com".to_owned();
    let invoice = Invoice { email: Some(email), ..lessons() };
    let error = payload::to_vec(&InvoiceDue::from(&invoice)).expect_err("is no address");
    assert_eq!(error.property(), "email");
    assert!(matches!(error.problem(), PayloadProblem::Format { format: Format::Email }));
}

#[test]
fn a_quantity_that_would_lose_digits_is_refused_with_its_line() {
    let mut invoice = lessons();
    invoice.lines[1].quantity = (1 << 53) + 1;
    let error = payload::to_vec(&InvoiceDue::from(&invoice)).expect_err("loses digits");
    assert_eq!(error.property(), "lines[1].quantity");
    assert!(matches!(error.problem(), PayloadProblem::IntegerRange));
}
