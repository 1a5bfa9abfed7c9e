//! Classes: participants enroll in the classes of a studio.
//!
//! The app keeps a [`Class`] and an [`Enrollment`] for each [`Participant`] of it, and tells Wix
//! Automations what happens to them:
//!
//! | what happens | events |
//! | --- | --- |
//! | a participant enrolls | [`ParticipantEnrolledInClass`] at once, [`ClassStarting`] at the class's start |
//! | a participant leaves | [`ParticipantLeftClass`], which cancels those two of the enrollment |
//! | a class is canceled | [`ClassCanceled`] once for each enrollment, which cancels those two of it |
//!
//! A participant takes several classes, and a class has several participants: neither's id names
//! what an event is about. Events are canceled by the enrollment's id, which is unique to each
//! combination; with the class's id, one participant who leaves would end everybody's reminders.
//!
//! It shows events that borrow from the records they are made of, an entity id that is not in the
//! payload, a struct that all triggers share by `flatten`, a contact and a member, and hidden
//! properties.
//!
//! ```
//! use classes::{Class, ClassId, ClassStarting, ContactId, Enrollment, EnrollmentId, Level};
//! use classes::Participant;
//! use trigger_core::{Trigger, payload};
//! use uuid::Uuid;
//!
//! let class = Class {
//!     id: ClassId(Uuid::from_u128(1)),
//!     name: "Pottery".to_owned(),
//!     instructor: "Bernard Leach".to_owned(),
//!     level: Level::Beginner,
//!     room: None,
//!     starts_at: "2026-03-02T18:00:00Z".parse()?,
//!     seats: 8,
//!     seats_taken: 5,
//! };
//! let participant = Participant {
//!     contact_id: ContactId(Uuid::from_u128(2)),
//!     member_id: None,
//!     name: "Ada Lovelace".to_owned(),
//!     email: None,
//! };
//! let enrollment = Enrollment { id: EnrollmentId(Uuid::from_u128(3)), class: &class, participant };
//! let starting = ClassStarting::from(&enrollment);
//! assert_eq!(starting.entity_id(), Uuid::from_u128(3));
//! assert!(!payload::to_vec(&starting)?.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod class;
mod triggers;

pub use class::{
    Class, ClassId, ContactId, Enrollment, EnrollmentId, Level, MemberId, Participant,
};
pub use triggers::{
    ClassCanceled, ClassDetails, ClassStarting, ParticipantDetails, ParticipantEnrolledInClass,
    ParticipantLeftClass,
};
