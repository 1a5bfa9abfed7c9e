//! Names of the standard library that mean something else here.

#![allow(dead_code, non_camel_case_types, unused_imports, unused_macros)]

/// Everything that a careless macro would name.
mod hostile {
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod alloc {}
    pub(super) mod trigger_core {}
    pub(super) mod linkme {}
    pub(super) mod uuid {}

    #[derive(Debug)]
    pub(super) struct Option;
    #[derive(Debug)]
    pub(super) struct Vec;
    #[derive(Debug)]
    pub(super) struct Result;
    #[derive(Debug)]
    pub(super) struct String;
    #[derive(Debug)]
    pub(super) struct Box;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Ok;
    pub(super) struct Err;
    pub(super) struct Uuid;
    pub(super) struct Spec;
    pub(super) struct TypeSpec;
    pub(super) struct TriggerSpec;
    #[allow(clippy::upper_case_acronyms)]
    pub(super) struct TRIGGER;
    pub(super) struct Format;
    pub(super) struct Literal;
    pub(super) type str = ();
    pub(super) type u8 = ();

    pub(super) trait Default {}
    pub(super) trait Clone {}
    pub(super) trait From {}
    pub(super) trait Into {}
    pub(super) trait Deref {}

    macro_rules! nothing {
        ($($tokens:tt)*) => {
            compile_error!("a macro of another place")
        };
    }
    pub(super) use nothing as concat;
    pub(super) use nothing as env;
    pub(super) use nothing as file;
    pub(super) use nothing as module_path;
    pub(super) use nothing as assert;
    pub(super) use nothing as panic;
}

pub(super) mod shadowing {
    use super::hostile::*;

    /// The text.
    #[derive(::serde::Serialize, ::trigger_core::Property)]
    pub(crate) struct Line {
        #[trigger(example = "a", default = "b")]
        pub(crate) text: ::std::string::String,
        #[trigger(format = "email", example = "ada@example.com")]
        pub(crate) email: ::core::option::Option<::std::string::String>,
    }

    #[derive(::serde::Serialize, ::trigger_core::Property)]
    pub(crate) enum Choice {
        Some,
        None,
        Ok,
        Err,
    }

    #[derive(::serde::Serialize, ::trigger_core::Property)]
    pub(crate) struct Id(pub(crate) ::uuid::Uuid);

    #[derive(::serde::Serialize, ::trigger_core::Trigger)]
    #[trigger(
        key = "shadowing",
        scheduled_at = at,
        contact = contact_id,
        entity_id = id,
        cancels(Shadowing)
    )]
    pub(crate) struct Shadowing {
        pub(crate) id: Id,
        pub(crate) at: ::jiff::Timestamp,
        pub(crate) contact_id: ::core::option::Option<::uuid::Uuid>,
        #[trigger(examples = [[{"text": "a"}]])]
        pub(crate) lines: ::std::vec::Vec<Line>,
        #[serde(flatten)]
        pub(crate) line: ::core::option::Option<Line>,
        #[trigger(example = "Some")]
        pub(crate) choice: Choice,
        #[trigger(default = 2.5)]
        pub(crate) number: f64,
    }
}

#[test]
fn shadowed_names_change_nothing() {
    use shadowing::{Choice, Id, Line, Shadowing};

    let event = Shadowing {
        id: Id(uuid::Uuid::nil()),
        at: jiff::Timestamp::UNIX_EPOCH,
        contact_id: None,
        lines: vec![Line { text: "c".to_owned(), email: None }],
        line: None,
        choice: Choice::None,
        number: 1.5,
    };
    assert_eq!(
        super::written(&event),
        concat!(
            r#"{"id":"00000000-0000-0000-0000-000000000000","at":"1970-01-01T00:00:00Z","#,
            r#""lines":[{"text":"c"}],"choice":"None","number":1.5}"#,
        )
    );
}
