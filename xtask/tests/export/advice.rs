//! What Wix advises and does not demand.

use serde::Serialize;
use trigger_core::Trigger;
use trigger_core::schema::TriggerSpec;
use uuid::Uuid;

use super::{Export, Folder};

/// The same struct twice, with the attributes and with `allow` beside them.
macro_rules! both {
    ($id:ident, $($attribute:tt)*) => {{
        const ADVISED: &TriggerSpec = {
            #[derive(Serialize, Trigger)]
            #[trigger(key = "advised", $($attribute)*)]
            struct Advised {
                at: jiff::Timestamp,
                id: Uuid,
                contact: Uuid,
            }
            Advised::SPEC
        };
        const ALLOWED: &TriggerSpec = {
            #[derive(Serialize, Trigger)]
            #[trigger(key = "advised", allow($id), $($attribute)*)]
            struct Advised {
                at: jiff::Timestamp,
                id: Uuid,
                contact: Uuid,
            }
            Advised::SPEC
        };
        [ADVISED, ALLOWED]
    }};
}

/// The notes of an export of the trigger, after its place and key.
fn notes(trigger: &'static TriggerSpec, arguments: &[&str]) -> String {
    let export: Export = Folder::with(&[trigger]).export(arguments, &[trigger]);
    let place = format!("advice: {}:{}: advised: ", trigger.file(), trigger.line());
    let notes = export.notes.replace(&place, "");
    export.success();
    notes
}

#[track_caller]
fn judge([advised, allowed]: [&'static TriggerSpec; 2], expected: &str) {
    assert_eq!(notes(advised, &[]), expected);
    assert_eq!(notes(advised, &["--check"]), expected);
    assert_eq!(notes(allowed, &[]), "");
}

#[test]
fn a_scheduled_trigger_without_an_entity_id() {
    judge(
        both!(T070, scheduled_at = at),
        "[T070] nothing cancels a scheduled event that will not happen after all; name the id of \
         what happens: `entity_id = field`, or keep it so: `#[trigger(allow(T070))]`\n",
    );
    let [canceled, _] = both!(T070, scheduled_at = at, entity_id = id);
    assert_eq!(notes(canceled, &[]), "");
}

#[test]
fn an_entity_id_that_many_events_share() {
    judge(
        both!(T071, contact = contact, entity_id = contact),
        "[T071] `entity_id` names the contact, whom many events are about, and a cancel would \
         stop all of them; name the id of the one thing that happens, or keep it so: \
         `#[trigger(allow(T071))]`\n",
    );
    judge(
        both!(T071, member = contact, entity_id = contact),
        "[T071] `entity_id` names the member, whom many events are about, and a cancel would \
         stop all of them; name the id of the one thing that happens, or keep it so: \
         `#[trigger(allow(T071))]`\n",
    );
    let [visitor, _] = both!(T071, visitor = contact, entity_id = contact);
    assert_eq!(notes(visitor, &[]), "");
}

#[test]
fn a_name_that_wix_advises_against() {
    judge(
        both!(T072, name = "Invoices due"),
        "[T072] the name `Invoices due` seems to be plural; write one such as `Invoice due`, or \
         keep it so: `#[trigger(allow(T072))]`\n",
    );
}
