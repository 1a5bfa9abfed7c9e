//! The rules of edits of a published trigger.
//!
//! They are part of the one table: ids from `T100` on. Tests hold the examples to what the
//! comparison of schemas says of them, and `docs/rules.md` to this table.

// All examples stand between the same marks, whether they hold a quote or not.
#![expect(clippy::needless_raw_string_hashes)]

use super::{Change, Kind, Level, Order, Rule, Weight};

macro_rules! changes {
    ($($name:ident: $id:literal, $level:ident {
        words: $words:literal,
        source: $weight:ident, $source:literal,
        senders: $senders:literal,
        automations: $automations:literal,
        instead: $instead:literal,
        order: $order:ident, $why:literal,
        before: $before:literal,
        after: $after:literal,
    })*) => {
        impl Rule {
            $(
                #[doc = concat!($id, ": ", $words, ".")]
                pub const $name: Self = Self {
                    id: $id,
                    words: $words,
                    level: Level::$level,
                    source: $source,
                    weight: Weight::$weight,
                    kind: Kind::Change(Change {
                        senders: $senders,
                        automations: $automations,
                        instead: $instead,
                        order: Order::$order,
                        why: $why,
                        before: $before,
                        after: $after,
                    }),
                };
            )*
        }

        /// All rules of edits, in the order of their ids.
        pub(super) const CHANGES: &[Rule] = &[$(Rule::$name),*];
    };
}

changes! {
    KEY_CHANGED: "T100", Forbidden {
        words: "a published trigger keeps its key",
        source: Certain, "Wix's pages on adding a trigger: the key cannot change once the trigger is published",
        senders: "report the old key, which the new binary does not know any more",
        automations: "wait for events of the old key, and none comes",
        instead: "give the struct its old key again; if the key must change, publish a new trigger beside the old one and report both until no automation uses the old one",
        order: DashboardFirst, "to Wix it is another trigger, which stands in the dashboard before its first event is reported",
        before: r#"{
  "key": "invoice_due",
  "name": "Invoice due",
  "schema": {
    "type": "object",
    "properties": {
      "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
    }
  }
}"#,
        after: r#"{
  "key": "invoice_is_due",
  "name": "Invoice due",
  "schema": {
    "type": "object",
    "properties": {
      "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
    }
  }
}"#,
    }
    TRIGGER_REMOVED: "T101", Breaking {
        words: "a published trigger stays",
        source: Inferred, "Wix's article on reporting events: automations wait for the events of a trigger, and nothing tells them that none will come",
        senders: "may report it still until they are replaced",
        automations: "wait for events that do not come any more",
        instead: "keep the struct and go on reporting it; or tell the sites, wait, and remove its file from the folder of what is published",
        order: BinaryFirst, "an event of a trigger that the dashboard has no more is refused",
        before: r#"{
  "key": "invoice_due",
  "name": "Invoice due",
  "schema": {
    "type": "object",
    "properties": {
      "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
    }
  }
}"#,
        after: r#"null"#,
    }
    NAME_CHANGED: "T102", Harmless {
        words: "a trigger's name may change",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "notice nothing",
        automations: "stay as they are; their owners read the new name",
        instead: "nothing: the edit is fine",
        order: Either, "the name is in the dashboard only",
        before: r#"{
  "key": "invoice_due",
  "name": "Invoice due",
  "schema": {
    "type": "object",
    "properties": {
      "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
    }
  }
}"#,
        after: r#"{
  "key": "invoice_due",
  "name": "Invoice is due",
  "schema": {
    "type": "object",
    "properties": {
      "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
    }
  }
}"#,
    }
    DESCRIPTION_CHANGED: "T103", Harmless {
        words: "a trigger's description may change",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "notice nothing",
        automations: "stay as they are; their owners read the new description",
        instead: "nothing: the edit is fine",
        order: Either, "the description is in the dashboard only",
        before: r#"{
  "key": "invoice_due",
  "name": "Invoice due",
  "description": "An invoice is due.",
  "schema": {
    "type": "object",
    "properties": {
      "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
    }
  }
}"#,
        after: r#"{
  "key": "invoice_due",
  "name": "Invoice due",
  "description": "An invoice will be due.",
  "schema": {
    "type": "object",
    "properties": {
      "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
    }
  }
}"#,
    }
    TRIGGER_SCHEDULED: "T104", Forbidden {
        words: "a published real-time trigger stays real-time",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "report events in the belief that they are acted on at once",
        automations: "were made to act at once, and would wait for the date",
        instead: "leave `scheduled_at` out, or make a new trigger with a key of its own",
        order: DashboardFirst, "Wix may refuse the edit, and a binary that went ahead would have to go back",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "dueAt": {
      "type": "string",
      "title": "Due at",
      "format": "date-time",
      "examples": ["2026-01-15T09:30:00Z"]
    }
  },
  "required": ["dueAt"]
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "dueAt": {
      "type": "string",
      "title": "Due at",
      "format": "date-time",
      "futureDate": true,
      "examples": ["2026-01-15T09:30:00Z"]
    }
  },
  "required": ["dueAt"]
}"#,
    }
    TRIGGER_REAL_TIME: "T105", Forbidden {
        words: "a published scheduled trigger stays scheduled",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "report events long before their date",
        automations: "were made to act around the date, and would act at once",
        instead: "keep `scheduled_at`, or make a new trigger with a key of its own",
        order: DashboardFirst, "Wix may refuse the edit, and a binary that went ahead would have to go back",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "dueAt": {
      "type": "string",
      "title": "Due at",
      "format": "date-time",
      "futureDate": true,
      "examples": ["2026-01-15T09:30:00Z"]
    }
  },
  "required": ["dueAt"]
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "dueAt": {
      "type": "string",
      "title": "Due at",
      "format": "date-time",
      "examples": ["2026-01-15T09:30:00Z"]
    }
  },
  "required": ["dueAt"]
}"#,
    }
    DATE_MOVED: "T106", Forbidden {
        words: "a scheduled trigger's events stay at the same date",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "send the date that they sent, which is another one to the dashboard",
        automations: "act around another date than they were made for",
        instead: "keep `scheduled_at` on its field, or make a new trigger with a key of its own",
        order: DashboardFirst, "Wix may refuse the edit, and a binary that went ahead would have to go back",
        before: r#"{
  "type": "object",
  "properties": {
    "dueAt": {
      "type": "string",
      "title": "Due at",
      "format": "date-time",
      "futureDate": true,
      "examples": ["2026-01-15T09:30:00Z"]
    },
    "remindAt": {
      "type": "string",
      "title": "Remind at",
      "format": "date-time",
      "examples": ["2026-01-15T09:30:00Z"]
    }
  },
  "required": ["dueAt", "remindAt"]
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "dueAt": {
      "type": "string",
      "title": "Due at",
      "format": "date-time",
      "examples": ["2026-01-15T09:30:00Z"]
    },
    "remindAt": {
      "type": "string",
      "title": "Remind at",
      "format": "date-time",
      "futureDate": true,
      "examples": ["2026-01-15T09:30:00Z"]
    }
  },
  "required": ["dueAt", "remindAt"]
}"#,
    }
    ROOT_CHANGED: "T107", Harmless {
        words: "what a schema says of itself at its root may change",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it",
        senders: "notice nothing",
        automations: "read the properties, and nothing of the root",
        instead: "nothing: the edit is fine",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "title": "Invoice due",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
    }
    ENTITY_ID_MOVED: "T108", Breaking {
        words: "a trigger's events keep their external entity id",
        source: Inferred, "Wix's reference of canceling: events are canceled by their trigger key and external entity id; only the binary knows which field that is",
        senders: "report and cancel by the id that they used",
        automations: "of events that were reported by the old id go on: no cancel by the new one reaches them",
        instead: "keep `entity_id` on its field; or cancel by both ids until the events that were reported by the old one are over",
        order: Either, "the dashboard does not know the id",
        before: r#"{
  "formatVersion": 1,
  "key": "invoice_due",
  "name": "Invoice due",
  "entityId": "invoiceId",
  "schema": {
    "type": "object",
    "properties": {
      "invoiceId": { "type": "string", "title": "Invoice ID", "examples": ["2a4c"] },
      "orderId": { "type": "string", "title": "Order ID", "examples": ["7d1f"] }
    }
  }
}"#,
        after: r#"{
  "formatVersion": 1,
  "key": "invoice_due",
  "name": "Invoice due",
  "entityId": "orderId",
  "schema": {
    "type": "object",
    "properties": {
      "invoiceId": { "type": "string", "title": "Invoice ID", "examples": ["2a4c"] },
      "orderId": { "type": "string", "title": "Order ID", "examples": ["7d1f"] }
    }
  }
}"#,
    }
    PROPERTY_REMOVED: "T110", Forbidden {
        words: "a published property stays",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "may go on sending it: unknown keys of a payload are always allowed",
        automations: "find nothing where they read the property, filter by it or compare it",
        instead: "keep the property and stop sending it: an `Option` may be `None` from now on; any other field goes on sending a value, or becomes an `Option` first (see T117). Or make a new trigger with a key of its own",
        order: DashboardFirst, "Wix may refuse the edit, and a binary that went ahead would have to go back",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "note": { "type": "string", "title": "Note", "examples": ["Paid late"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
    }
    PROPERTY_RENAMED: "T111", Forbidden {
        words: "a published property keeps its key",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "send the old key, which nothing reads any more",
        automations: "find nothing where they read the old key",
        instead: "give the field its old name in the payload with `#[serde(rename = \"…\")]`; its title may change. Or add the new property beside the old one, as an `Option`, and send both",
        order: DashboardFirst, "Wix may refuse the edit, and a binary that went ahead would have to go back",
        before: r#"{
  "type": "object",
  "properties": {
    "customerName": { "type": "string", "title": "Name", "examples": ["Ada"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "customer": { "type": "string", "title": "Name", "examples": ["Ada"] }
  }
}"#,
    }
    PROPERTY_ADDED: "T112", Harmless {
        words: "a property that is not required may be added",
        source: Strong, "Wix's list of what may change after publishing; it is about properties, and members are taken to be alike",
        senders: "leave it out, and may",
        automations: "do not read it yet",
        instead: "nothing: the edit is fine",
        order: Either, "a binary that is early sends a key that Wix does not know yet, which is allowed; automations can use it once the dashboard has it",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "note": { "type": "string", "title": "Note", "examples": ["Paid late"] }
  }
}"#,
    }
    PROPERTY_ADDED_REQUIRED: "T113", Breaking {
        words: "a property that is added is not required at once",
        source: Inferred, "Wix's article on the payload schema: without a required property no automation is activated; Wix's list of what may change allows only properties that are not required",
        senders: "leave it out, and from then on their events activate no automation, without an error that anybody reads",
        automations: "are not activated by senders that are not replaced yet, nor by events that were scheduled before",
        instead: "make its field an `Option`; once every sender sends it, it may become required",
        order: BinaryFirst, "every sender must send it before the dashboard asks for it",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  },
  "required": ["number"]
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "note": { "type": "string", "title": "Note", "examples": ["Paid late"] }
  },
  "required": ["number", "note"]
}"#,
    }
    PROPERTY_RETYPED: "T114", Forbidden {
        words: "a published property keeps its type",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "send values of the old type, which the schema may refuse",
        automations: "compare and print values of another type than they were made for",
        instead: "keep the type, and add a property of another key for the new one, as an `Option`",
        order: DashboardFirst, "Wix may refuse the edit, and a binary that went ahead would have to go back",
        before: r#"{
  "type": "object",
  "properties": {
    "amount": { "type": "number", "title": "Amount", "examples": [120.5] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "amount": { "type": "string", "title": "Amount", "examples": ["120.50"] }
  }
}"#,
    }
    PROPERTY_REFORMATTED: "T115", Forbidden {
        words: "a published property keeps its format",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "send strings of the old format, which the schema may refuse",
        automations: "offer other conditions, because the automation builder goes by the format",
        instead: "keep the format, and add a property of another key for the new one, as an `Option`",
        order: DashboardFirst, "Wix may refuse the edit, and a binary that went ahead would have to go back",
        before: r#"{
  "type": "object",
  "properties": {
    "address": { "type": "string", "title": "Address", "examples": ["ada@example.com"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "address": {
      "type": "string",
      "title": "Address",
      "format": "email",
      "examples": ["ada@example.com"]
    }
  }
}"#,
    }
    PROPERTY_MADE_REQUIRED: "T116", Breaking {
        words: "a property does not become required while senders leave it out",
        source: Inferred, "Wix's list of what may change after publishing allows it; Wix's article on the payload schema: without a required property no automation is activated",
        senders: "those that leave it out silently stop activating automations",
        automations: "are not activated by events that leave it out",
        instead: "keep it optional; or see that every sender sends it, in all events, those that are scheduled already included",
        order: BinaryFirst, "every sender must send it before the dashboard asks for it",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "note": { "type": "string", "title": "Note", "examples": ["Paid late"] }
  },
  "required": ["number"]
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "note": { "type": "string", "title": "Note", "examples": ["Paid late"] }
  },
  "required": ["number", "note"]
}"#,
    }
    PROPERTY_MADE_OPTIONAL: "T117", Breaking {
        words: "a required property goes on being sent",
        source: Inferred, "Wix's list of what may change after publishing allows it; that automations count on a required property follows",
        senders: "go on sending it, and are taken as before",
        automations: "read it as always there, and find nothing in events that leave it out",
        instead: "keep it required and send a value that says that there is none; or be sure that automations can do without it",
        order: DashboardFirst, "as long as the dashboard asks for it, an event without it activates no automation",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "note": { "type": "string", "title": "Note", "examples": ["Paid late"] }
  },
  "required": ["number", "note"]
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] },
    "note": { "type": "string", "title": "Note", "examples": ["Paid late"] }
  },
  "required": ["number"]
}"#,
    }
    CHOICE_VALUE_REMOVED: "T118", Breaking {
        words: "a choice keeps its values",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it",
        senders: "those that send the value send what the schema does not have, which may be refused",
        automations: "those that compare with the value never match again",
        instead: "keep the value and stop sending it",
        order: BinaryFirst, "no sender may send the value once the dashboard does not have it",
        before: r#"{
  "type": "object",
  "properties": {
    "status": {
      "type": "string",
      "title": "Status",
      "enum": ["SENT", "PAID"],
      "examples": ["SENT"]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "status": { "type": "string", "title": "Status", "enum": ["SENT"], "examples": ["SENT"] }
  }
}"#,
    }
    CHOICE_VALUE_ADDED: "T119", Harmless {
        words: "a choice may get more values",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it",
        senders: "do not send it, and need not",
        automations: "have no branch for it yet, and take the one for everything else",
        instead: "nothing: the edit is fine",
        order: DashboardFirst, "a value that the dashboard does not have may be refused",
        before: r#"{
  "type": "object",
  "properties": {
    "status": { "type": "string", "title": "Status", "enum": ["SENT"], "examples": ["SENT"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "status": {
      "type": "string",
      "title": "Status",
      "enum": ["SENT", "PAID"],
      "examples": ["SENT"]
    }
  }
}"#,
    }
    CHOICE_INTRODUCED: "T120", Breaking {
        words: "a property that takes any value does not become a choice",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it",
        senders: "may send values that are not among the choices, which may be refused",
        automations: "those that compare with another value never match again, and the automation builder offers other conditions",
        instead: "keep the property free, and add a choice of another key",
        order: BinaryFirst, "no sender may send another value once the dashboard has the choice",
        before: r#"{
  "type": "object",
  "properties": {
    "status": { "type": "string", "title": "Status", "examples": ["SENT"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "status": {
      "type": "string",
      "title": "Status",
      "enum": ["SENT", "PAID"],
      "examples": ["SENT"]
    }
  }
}"#,
    }
    CHOICE_DROPPED: "T121", Breaking {
        words: "a choice stays a choice",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it",
        senders: "notice nothing: they send what they sent",
        automations: "those that distinguish all values meet ones they do not know, and the automation builder offers other conditions",
        instead: "keep the choice, and add a free property of another key",
        order: DashboardFirst, "a value that the dashboard does not have may be refused",
        before: r#"{
  "type": "object",
  "properties": {
    "status": {
      "type": "string",
      "title": "Status",
      "enum": ["SENT", "PAID"],
      "examples": ["SENT"]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "status": { "type": "string", "title": "Status", "examples": ["SENT"] }
  }
}"#,
    }
    CHOICE_TEXT: "T122", Harmless {
        words: "the title of a choice's value may change",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it",
        senders: "notice nothing",
        automations: "compare with the value, not with its title",
        instead: "nothing: the edit is fine",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "status": {
      "type": "string",
      "title": "Status",
      "oneOf": [{ "const": "SENT", "title": "Sent" }],
      "examples": ["SENT"]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "status": {
      "type": "string",
      "title": "Status",
      "oneOf": [{ "const": "SENT", "title": "Sent out" }],
      "examples": ["SENT"]
    }
  }
}"#,
    }
    TITLE_CHANGED: "T123", Harmless {
        words: "a property's title may change",
        source: Strong, "Wix's list of what may change after publishing; it is about properties, and members are taken to be alike",
        senders: "notice nothing",
        automations: "stay as they are; their owners read the new title",
        instead: "nothing: the edit is fine",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Invoice number", "examples": ["INV-0042"] }
  }
}"#,
    }
    EXPLANATION_CHANGED: "T124", Harmless {
        words: "a property's description may change",
        source: Strong, "Wix's list of what may change after publishing; it is about properties, and members are taken to be alike",
        senders: "notice nothing",
        automations: "stay as they are; their owners read the new description",
        instead: "nothing: the edit is fine",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": {
      "type": "string",
      "title": "Number",
      "description": "As printed.",
      "examples": ["INV-0042"]
    }
  }
}"#,
    }
    EXAMPLES_CHANGED: "T125", Harmless {
        words: "examples may change",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it",
        senders: "notice nothing",
        automations: "show the new placeholders when they are tested",
        instead: "nothing: the edit is fine",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0043"] }
  }
}"#,
    }
    DEFAULT_CHANGED: "T126", Breaking {
        words: "a default stays",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it; Wix's older documents: a default is what automations read where the property is not sent",
        senders: "notice nothing: they send what they sent",
        automations: "read another value, or none, in events that leave the property out",
        instead: "keep the default, and send the value that is meant",
        order: BinaryFirst, "once every sender sends the value, nothing reads the default",
        before: r#"{
  "type": "object",
  "properties": {
    "status": { "type": "string", "title": "Status", "default": "SENT", "examples": ["SENT"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "status": { "type": "string", "title": "Status", "default": "PAID", "examples": ["SENT"] }
  }
}"#,
    }
    DEFAULT_ADDED: "T127", Harmless {
        words: "a default may be added",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it; Wix's older documents: a default is what automations read where the property is not sent",
        senders: "notice nothing: they send what they sent",
        automations: "read the default in events that leave the property out, where there was nothing",
        instead: "nothing: the edit is fine",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "status": { "type": "string", "title": "Status", "examples": ["SENT"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "status": { "type": "string", "title": "Status", "default": "SENT", "examples": ["SENT"] }
  }
}"#,
    }
    HIDDEN_CHANGED: "T128", Harmless {
        words: "a property may be hidden, or shown again",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it; Wix's older documents: a hidden property is still in the payload",
        senders: "notice nothing",
        automations: "those that read it go on reading it; new ones are not offered a hidden one",
        instead: "nothing: the edit is fine",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": {
      "type": "string",
      "title": "Number",
      "hidden": true,
      "examples": ["INV-0042"]
    }
  }
}"#,
    }
    IDENTITY_CHANGED: "T130", Forbidden {
        words: "a property keeps its identity",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "send the id that they sent",
        automations: "find no contact or member, or another one, to write to",
        instead: "keep the identity where it is; another one may be added on a property of another key, as an `Option`. One that is to move to another property needs a new trigger with a key of its own",
        order: DashboardFirst, "Wix may refuse the edit, and a binary that went ahead would have to go back",
        before: r#"{
  "type": "object",
  "properties": {
    "personId": {
      "type": "string",
      "title": "Person ID",
      "format": "uuid",
      "identityType": "contact",
      "examples": ["2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "personId": {
      "type": "string",
      "title": "Person ID",
      "format": "uuid",
      "identityType": "member",
      "examples": ["2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"]
    }
  }
}"#,
    }
    IDENTITY_ADDED: "T131", Harmless {
        words: "a property may get an identity that no other property has",
        source: Strong, "Wix's list of what may change after publishing",
        senders: "notice nothing: they send what they sent",
        automations: "can read more about the person than before",
        instead: "nothing: the edit is fine",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "personId": {
      "type": "string",
      "title": "Person ID",
      "format": "uuid",
      "examples": ["2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "personId": {
      "type": "string",
      "title": "Person ID",
      "format": "uuid",
      "identityType": "contact",
      "examples": ["2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"]
    }
  }
}"#,
    }
    NAMESPACE_CHANGED: "T132", Breaking {
        words: "an identity keeps its namespace",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it; Wix's older documents: the namespace names the object that Wix adds",
        senders: "notice nothing: they send what they sent",
        automations: "read the person's data under the old name, where nothing is any more",
        instead: "keep the namespace",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "personId": {
      "type": "string",
      "title": "Person ID",
      "format": "uuid",
      "identityType": "contact",
      "namespace": "customer",
      "examples": ["2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "personId": {
      "type": "string",
      "title": "Person ID",
      "format": "uuid",
      "identityType": "contact",
      "namespace": "client",
      "examples": ["2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"]
    }
  }
}"#,
    }
    CUSTOM_TYPE_CHANGED: "T133", Breaking {
        words: "a ready-made shape stays what it is",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it",
        senders: "notice nothing: they send what they sent",
        automations: "use the value as the shape that it was, and may not be able to any more",
        instead: "keep the type of the field, and add a property of another key for the new one",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "image": {
      "type": "string",
      "title": "Image",
      "format": "uri",
      "wixCustomType": "IMAGE_URL",
      "examples": ["https://example.com/a.png"]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "image": {
      "type": "string",
      "title": "Image",
      "format": "uri",
      "examples": ["https://example.com/a.png"]
    }
  }
}"#,
    }
    KEYWORD_CHANGED: "T134", Harmless {
        words: "a keyword that is not Wix's may change",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it; nor does its article on the payload schema",
        senders: "notice nothing",
        automations: "are not known to read it",
        instead: "nothing: the edit is fine",
        order: Either, "the binary sends the same payloads before and after",
        before: r#"{
  "type": "object",
  "properties": {
    "number": {
      "type": "string",
      "title": "Number",
      "minLength": 1,
      "examples": ["INV-0042"]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "number": { "type": "string", "title": "Number", "examples": ["INV-0042"] }
  }
}"#,
    }
    MEMBER_REMOVED: "T140", Breaking {
        words: "a published member stays",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it for members of objects",
        senders: "may go on sending it: unknown keys of a payload are always allowed",
        automations: "find nothing where they read the member",
        instead: "keep the member and stop sending it: an `Option` may be `None` from now on; any other field goes on sending a value, or becomes an `Option` first (see T117)",
        order: DashboardFirst, "as long as the dashboard asks for it, an event without it activates no automation",
        before: r#"{
  "type": "object",
  "properties": {
    "lines": {
      "type": "array",
      "title": "Lines",
      "items": {
        "type": "object",
        "properties": {
          "text": { "type": "string", "title": "Text" },
          "unit": { "type": "string", "title": "Unit" }
        }
      },
      "examples": [[{ "text": "Lesson" }]]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "lines": {
      "type": "array",
      "title": "Lines",
      "items": {
        "type": "object",
        "properties": {
          "text": { "type": "string", "title": "Text" }
        }
      },
      "examples": [[{ "text": "Lesson" }]]
    }
  }
}"#,
    }
    MEMBER_RENAMED: "T141", Breaking {
        words: "a published member keeps its key",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it for members of objects",
        senders: "send the old key, which nothing reads any more",
        automations: "find nothing where they read the old key",
        instead: "give the field its old name in the payload with `#[serde(rename = \"…\")]`; its title may change. Or add the new member beside the old one and send both",
        order: Neither, "as long as one of the keys is required, what the old binary or the new one sends lacks it",
        before: r#"{
  "type": "object",
  "properties": {
    "lines": {
      "type": "array",
      "title": "Lines",
      "items": {
        "type": "object",
        "properties": {
          "text": { "type": "string", "title": "Text" },
          "unit": { "type": "string", "title": "Unit" }
        }
      },
      "examples": [[{ "text": "Lesson" }]]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "lines": {
      "type": "array",
      "title": "Lines",
      "items": {
        "type": "object",
        "properties": {
          "text": { "type": "string", "title": "Text" },
          "units": { "type": "string", "title": "Unit" }
        }
      },
      "examples": [[{ "text": "Lesson" }]]
    }
  }
}"#,
    }
    MEMBER_RETYPED: "T142", Breaking {
        words: "a published member keeps its type",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it for members of objects",
        senders: "send values of the old type, which the schema may refuse",
        automations: "compare and print values of another type than they were made for",
        instead: "keep the type, and add a member of another key for the new one",
        order: Neither, "what one of them sends, the other's schema may refuse",
        before: r#"{
  "type": "object",
  "properties": {
    "lines": {
      "type": "array",
      "title": "Lines",
      "items": {
        "type": "object",
        "properties": {
          "text": { "type": "string", "title": "Text" },
          "count": { "type": "integer", "title": "Count" }
        }
      },
      "examples": [[{ "text": "Lesson" }]]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "lines": {
      "type": "array",
      "title": "Lines",
      "items": {
        "type": "object",
        "properties": {
          "text": { "type": "string", "title": "Text" },
          "count": { "type": "string", "title": "Count" }
        }
      },
      "examples": [[{ "text": "Lesson" }]]
    }
  }
}"#,
    }
    MEMBER_REFORMATTED: "T143", Breaking {
        words: "a published member keeps its format",
        source: Guess, "Wix's list of what may change after publishing, which does not mention it for members of objects",
        senders: "send strings of the old format, which the schema may refuse",
        automations: "offer other conditions, because the automation builder goes by the format",
        instead: "keep the format, and add a member of another key for the new one",
        order: Neither, "what one of them sends, the other's schema may refuse",
        before: r#"{
  "type": "object",
  "properties": {
    "lines": {
      "type": "array",
      "title": "Lines",
      "items": {
        "type": "object",
        "properties": {
          "text": { "type": "string", "title": "Text" },
          "price": { "type": "string", "title": "Price" }
        }
      },
      "examples": [[{ "text": "Lesson" }]]
    }
  }
}"#,
        after: r#"{
  "type": "object",
  "properties": {
    "lines": {
      "type": "array",
      "title": "Lines",
      "items": {
        "type": "object",
        "properties": {
          "text": { "type": "string", "title": "Text" },
          "price": { "type": "string", "title": "Price", "format": "number" }
        }
      },
      "examples": [[{ "text": "Lesson" }]]
    }
  }
}"#,
    }
}
