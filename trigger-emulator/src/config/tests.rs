//! What a file may say, and what is told of what it may not.

use std::sync::LazyLock;

use jiff::ToSpan;
use serde_json::json;

use super::*;
use crate::engine::{Status, Step};

const MARKER: &str = "zq7Xw-9Kpt4_Vb3m";

const WHOLE: &str = r#"time_zone = "Europe/Berlin"

[[app]]
id = "my-app"
secret = "zq7Xw-9Kpt4_Vb3m"
triggers = ["invoice_due"]

[[app.instance]]
id = "00000000-0000-4000-8000-00000000b001"
time_zone = "America/New_York"

[[app]]
id = "other"
secret = 'zq7Xw-9Kpt4_Vb3m' # not zq7Xw-9Kpt4_Vb3m's
instance = [{ id = "00000000-0000-4000-8000-00000000b001" }]

[[automation]]
name = "Reminder"
trigger = "invoice_due"
when = { status = ["SENT", 7], "customer.name" = "Ada", customer.vip = true }
before = "2 days"
steps = [
  { action = "Email" },
  { delay = "1 day" },
  { action = "Tell the app", post = "http://127.0.0.1:3000/hook" },
]

[[automation]]
name = "Thank"
trigger = "invoice_paid"
active = false

[assume]
formats-are-enforced = false

[webhooks]
to = "http://localhost:3000/webhook"

[limits]
calls_per_minute = 0
history = 100_000
"#;

static TRIGGERS: LazyLock<Vec<TriggerDefinition>> = LazyLock::new(|| {
    let due =
        json!({ "properties": { "status": {}, "customer": {}, "dueAt": { "futureDate": true } } });
    let due = TriggerDefinition::new("invoice_due", "Invoice due", &due);
    let paid = TriggerDefinition::new("invoice_paid", "Invoice paid", &json!({}));
    vec![due.expect("a schema"), paid.expect("a schema")]
});

/// Each mistake of a text, on a line of its own.
fn told(text: &str) -> String {
    Config::parse(text, &TRIGGERS).expect_err(text).to_string()
}

#[test]
fn all_that_a_file_says_is_read() {
    let config = Config::parse(WHOLE, &TRIGGERS).expect("a configuration");
    let zone = |name: &str| TimeZone::get(name).expect("a zone");
    assert_eq!(config.time_zone, Some(zone("Europe/Berlin")));
    let site = Uuid::from_u128(0x4000_8000_0000_0000_b001);
    assert_eq!(config.zones[&site], zone("America/New_York"));
    let [first, other] = &config.apps[..] else { panic!("{:?}", config.apps) };
    assert_eq!((&*first.id, &*first.secret, &first.instances[..]), ("my-app", MARKER, &[site][..]));
    assert_eq!(first.triggers.as_deref(), Some(&["invoice_due".to_owned()][..]));
    assert_eq!((&*other.id, &other.triggers), ("other", &None));
    let [reminder, thank] = &config.automations[..] else { panic!("{:?}", config.automations) };
    let filters = reminder.filters.iter().map(|it| (it.path.join("."), json!(it.values)));
    let filters: Vec<_> = filters.collect();
    let expected = [
        ("customer.vip", json!([true])),
        ("customer.name", json!(["Ada"])),
        ("status", json!(["SENT", 7])),
    ];
    assert_eq!(filters, expected.map(|(path, values)| (path.to_owned(), values)));
    assert_eq!(reminder.before.fieldwise(), 2.days());
    assert_eq!(reminder.steps.len(), 3);
    assert!(matches!(&reminder.steps[1], Step::Delay(span) if span.fieldwise() == 1.day()));
    let Step::Action(action) = &reminder.steps[2] else { panic!("{:?}", reminder.steps) };
    let post = action.post.as_ref().map(ToString::to_string);
    assert_eq!(post.as_deref(), Some("http://127.0.0.1:3000/hook"));
    assert_eq!((thank.status, thank.has_untold_action), (Status::Ended, true));
    assert_eq!(config.assumptions, [(Assumption::FormatsAreEnforced, false)]);
    assert_eq!((config.calls_per_minute, config.history), (Some(0), Some(100_000)));
    let to = config.webhooks_to.map(String::from);
    assert_eq!(to.as_deref(), Some("http://localhost:3000/webhook"));
}

#[test]
fn webhooks_go_to_this_machine_alone() {
    for (text, words) in [
        (
            "[webhooks]\nto = 'http://example.com/'",
            "line 2, column 6: no webhook can be delivered to this: it is not on this machine, and \
             nothing leaves it; write a host that is `localhost`, `127.0.0.1` or `[::1]`",
        ),
        (
            "webhooks = 'http://localhost/'",
            "line 1, column 12: this is text in quotes; here belongs a table headed `[webhooks]`",
        ),
        (
            "[webhooks]\nto = 3000\nurl = ''",
            "line 2, column 6: this is a number; here belongs an address such as \
             `\"http://127.0.0.1:3000/hook\"`\nline 3, column 1: there is no key `url` here; these are \
             known: `to`",
        ),
    ] {
        assert_eq!(told(text), words);
    }
}

#[test]
fn a_file_may_say_nothing() {
    let config = Config::parse("# nothing yet\n", &[]).expect("a configuration");
    assert!(config.apps.is_empty() && config.automations.is_empty());
}

#[test]
fn each_mistake_is_told_where_it_stands_with_its_mend() {
    insta::assert_snapshot!(told(include_str!("tests/mistakes.toml")));
}

#[test]
fn a_table_that_may_stand_more_than_once_has_two_brackets() {
    for (text, words) in [
        (
            "[app]\nid = 'a'\n[app.instance]\nid = 'b001'",
            "line 1, column 1: `secret` is missing; it is the app's secret, in quotes\n\
             line 1, column 1: this is one table of several: write `[[app]]` for each\n\
             line 3, column 1: this is one table of several: write `[[app.instance]]` for each\n\
             line 4, column 6: this is no GUID; ",
        ),
        (
            "[automation]\nname = 'A'\ntrigger = 'invoice_due'",
            "line 1, column 1: this is one table of several: write `[[automation]]` for each",
        ),
        (
            "[automation]\nname = 'A'\n\n[automation]\nname = 'B'",
            "line 4, column 2: this is no TOML: duplicate key; a table that may stand more than \
             once has two brackets: write `[[automation]]` for each",
        ),
        (
            "[[app]]\n[app.instance]\n[ app.instance ]",
            "line 3, column 7: this is no TOML: duplicate key; a table that may stand more than \
             once has two brackets: write `[[app.instance]]` for each",
        ),
    ] {
        let told = told(text);
        assert!(told.starts_with(words), "{told}");
    }
}

#[test]
fn a_condition_is_one_that_some_event_has() {
    let schema = json!({ "properties": {
        "status": { "type": "string", "enum": ["SENT", "VIEWED"] },
        "plan": { "oneOf": [{ "const": "BASIC" }, { "const": 7 }] },
        "cents": { "type": "integer" },
        "note": { "type": ["string", "null"] },
        "customer": { "type": "object", "properties": { "vip": { "type": "boolean" } } },
        "lines": { "type": "array" },
    }});
    let trigger = TriggerDefinition::new("invoice_sent", "Invoice sent", &schema);
    let triggers = [trigger.expect("a schema")];
    let parse = |when: &str| {
        let text = format!("[[automation]]\nname = 'A'\ntrigger = 'invoice_sent'\nwhen = {when}");
        Config::parse(&text, &triggers).map(|_| ()).map_err(|error| error.to_string())
    };
    let fitting =
        "{ status = 'SENT', plan = [7.0, 'BASIC'], cents = 5.0, customer.vip = true, note = '' }";
    assert_eq!(parse(fitting), Ok(()));
    for (when, words) in [
        (
            "{ status = ['SENT', 'SEND'] }",
            "line 4, column 28: `status` of `invoice_sent` is one of a list, and never this value; did you mean `SENT`?",
        ),
        (
            "{ plan = 80 }",
            "line 4, column 17: `plan` of `invoice_sent` is one of a list, and never this value; these are known: `7`, `BASIC`",
        ),
        (
            "{ cents = '5' }",
            "line 4, column 18: `cents` of `invoice_sent` (`integer`) never has this value; write a whole number",
        ),
        (
            "{ cents = 5.5 }",
            "line 4, column 18: `cents` of `invoice_sent` (`integer`) never has this value; write a whole number",
        ),
        (
            "{ note = 5 }",
            "line 4, column 17: `note` of `invoice_sent` (`string` or `null`) never has this value; write a text, or nothing",
        ),
        (
            "{ customer.vpi = true }",
            "line 4, column 19: `customer` of `invoice_sent` has no property `vpi`; did you mean `vip`?",
        ),
        (
            "{ custom = { a.b = nan } }",
            "line 4, column 10: the payload of `invoice_sent` has no property `custom`; did you mean `customer`?\nline 4, column 27: a property is compared",
        ),
        (
            "{ 'lines.total' = 5 }",
            "line 4, column 10: `lines` of `invoice_sent` (`array`) has no properties; name `lines` itself",
        ),
    ] {
        let told = parse(when).expect_err(when);
        assert!(told.starts_with(words), "{told}");
    }
}

#[test]
fn what_is_no_toml_is_told_where_it_breaks() {
    for (text, words) in [
        ("a = 1\nb = = 2", "line 2, column 5: this is no TOML: "),
        ("a = 1\na = 2", "line 2, column 1: this is no TOML: duplicate key"),
        ("name = \"é\" x", "line 1, column 12: this is no TOML: "),
        ("[limits", "line 1, column 8: this is no TOML: "),
        ("a = \"b", "line 1, column 7: this is no TOML: "),
    ] {
        let told = told(text);
        assert!(told.starts_with(words), "{told}");
    }
}

#[test]
fn a_file_has_an_end() {
    let told = told(&"# a line\n".repeat(200_000));
    assert_eq!(told, "line 1, column 1: a configuration has at most 1 MB; this is some other file");
}

/// As many mistakes as lines cost no more than lines.
#[test]
fn many_mistakes_are_told_at_once() {
    let lines: Vec<_> = (0..50_000).map(|number| format!("no{number} = 1")).collect();
    let text = lines.join("\n");
    assert_eq!(told(&text).lines().count(), 50_000);
}

/// Nothing of the secret is in what is told of a text.
fn assert_silent(text: &str) {
    let told = match Config::parse(text, &TRIGGERS) {
        Ok(config) => format!("{config:?} {:?}", config.apps),
        Err(error) => format!("{error} {error:?}"),
    };
    for start in 0..MARKER.len() - 3 {
        let piece = &MARKER[start..start + 4];
        assert!(!told.contains(piece), "{piece} is told: {told}\n of\n{text}");
    }
}

/// How many characters are taken away, and what is put in their place.
const BREAKS: [(usize, &str); 9] = [
    (1, ""),
    (9, ""),
    (0, "\""),
    (0, "\"\"\""),
    (0, "\"\na = "),
    (0, "\n"),
    (1, "="),
    (1, "'"),
    (2, "#"),
];

#[test]
fn no_message_has_any_of_a_secret() {
    // A quote that is left open may end here: the time zone has a secret in it then.
    let text = format!("{WHOLE}name = \"\"\" # \"\"\"\n");
    for at in 0..text.len() {
        for (removed, piece) in BREAKS {
            let rest = text.get(at + removed..).unwrap_or_default();
            assert_silent(&format!("{}{piece}{rest}", &text[..at]));
        }
    }
}

#[test]
fn a_secret_of_another_kind_is_not_told() {
    for secret in ["12345678", "[\"zq7Xw-9Kpt4_Vb3m\"]", "{ zq7Xw-9Kpt4_Vb3m = 1 }", "\"\\nzq7X\""]
    {
        let text = format!("[[app]]\nid = \"a\"\nsecret = {secret}\n");
        assert!(!told(&text).contains("1234"), "{text}");
        assert_silent(&text);
    }
}
