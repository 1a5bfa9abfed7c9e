//! Triggers to publish, and the same ones after edits.

use serde::Serialize;
use trigger_core::Trigger;
use trigger_core::schema::TriggerSpec;
use uuid::Uuid;

macro_rules! versions {
    ($($(#[$attribute:meta])* $module:ident $key:literal { $($(#[$field:meta])* $name:ident: $ty:ty,)* })*) => {
        $(mod $module {
            use super::*;

            /// A class is full.
            #[derive(Serialize, Trigger)]
            $(#[$attribute])*
            #[trigger(key = $key)]
            pub(super) struct ClassFull {
                $($(#[$field])* $name: $ty,)*
            }
        })*
    };
}

versions! {
    #[trigger(name = "Class full")]
    published "class_full" {
        class_id: Uuid,
        seats: u32,
        #[trigger(example = "Ada")]
        teacher: String,
        #[trigger(example = "Monday")]
        note: Option<String>,
    }
    #[trigger(name = "Class full")]
    without_teacher "class_full" {
        class_id: Uuid,
        seats: u32,
        #[trigger(example = "Monday")]
        note: Option<String>,
    }
    #[trigger(name = "Class booked up")]
    renamed "class_full" {
        class_id: Uuid,
        seats: u32,
        #[trigger(example = "Ada")]
        teacher: String,
        #[trigger(example = "Monday")]
        note: Option<String>,
        waiting: Option<u32>,
    }
    #[trigger(name = "Class full")]
    optional "class_full" {
        class_id: Uuid,
        seats: Option<u32>,
        #[trigger(example = "Ada")]
        teacher: String,
        #[trigger(example = "Monday")]
        note: Option<String>,
    }
    #[trigger(name = "Class full")]
    under_another_key "class_is_full" {
        class_id: Uuid,
        seats: u32,
        #[trigger(example = "Ada")]
        teacher: String,
        #[trigger(example = "Monday")]
        note: Option<String>,
    }
    #[trigger(name = "Lesson moved")]
    unlike "lesson_moved" {
        class_id: Uuid,
    }
}

pub(crate) const PUBLISHED: &[&TriggerSpec] = &[published::ClassFull::SPEC];
pub(crate) const WITHOUT_TEACHER: &[&TriggerSpec] = &[without_teacher::ClassFull::SPEC];
/// A new name and an optional property more.
pub(crate) const HARMLESS: &[&TriggerSpec] = &[renamed::ClassFull::SPEC];
pub(crate) const OPTIONAL: &[&TriggerSpec] = &[optional::ClassFull::SPEC];
pub(crate) const ANOTHER_KEY: &[&TriggerSpec] = &[under_another_key::ClassFull::SPEC];
pub(crate) const UNLIKE: &[&TriggerSpec] = &[unlike::ClassFull::SPEC];
pub(crate) const TWO: &[&TriggerSpec] = &[published::ClassFull::SPEC, unlike::ClassFull::SPEC];
