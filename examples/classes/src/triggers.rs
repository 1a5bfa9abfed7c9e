//! What the app reports: its triggers, and how they are made of an [`Enrollment`].

use jiff::Timestamp;
use serde::Serialize;
use trigger_core::{Property, Trigger};

use crate::class::{
    Class, ClassId, ContactId, Enrollment, EnrollmentId, Level, MemberId, Participant,
};

/// Triggered when a participant enrolls in a class.
#[derive(Clone, Debug, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "participant_enrolled_in_class",
    contact = contact_id,
    member = member_id,
    entity_id = enrollment_id,
)]
pub struct ParticipantEnrolledInClass<'a> {
    /// What the event is canceled by; the people of the site have no use for it.
    #[serde(skip)]
    pub enrollment_id: EnrollmentId,
    /// The participant.
    pub contact_id: ContactId,
    /// The participant's membership of the site.
    pub member_id: Option<MemberId>,
    /// Who enrolled.
    #[serde(flatten)]
    pub participant: ParticipantDetails<'a>,
    /// When the class starts.
    #[trigger(title = "Start time")]
    pub starts_at: Timestamp,
    /// In what.
    #[serde(flatten)]
    pub class: ClassDetails<'a>,
    /// How many participants can still enroll.
    #[trigger(example = 3)]
    pub seats_left: u32,
    /// How much of the class is taken, from 0 to 1.
    #[trigger(example = 0.625)]
    pub occupancy: f64,
}

/// Triggered in relation to the start time of a class, once for each participant.
#[derive(Clone, Debug, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "class_starting",
    scheduled_at = starts_at,
    contact = contact_id,
    member = member_id,
    entity_id = enrollment_id,
)]
pub struct ClassStarting<'a> {
    /// What the event is canceled by.
    #[serde(skip)]
    pub enrollment_id: EnrollmentId,
    /// The participant.
    pub contact_id: ContactId,
    /// The participant's membership of the site.
    pub member_id: Option<MemberId>,
    /// Who takes part.
    #[serde(flatten)]
    pub participant: ParticipantDetails<'a>,
    /// When the class starts.
    #[trigger(title = "Start time")]
    pub starts_at: Timestamp,
    /// In what.
    #[serde(flatten)]
    pub class: ClassDetails<'a>,
}

/// Triggered when a participant leaves a class before it starts.
#[derive(Clone, Debug, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "participant_left_class",
    contact = contact_id,
    member = member_id,
    entity_id = enrollment_id,
    cancels(ParticipantEnrolledInClass<'_>, ClassStarting<'_>),
)]
pub struct ParticipantLeftClass<'a> {
    /// What the event, and those that it cancels, are canceled by.
    #[serde(skip)]
    pub enrollment_id: EnrollmentId,
    /// The participant.
    pub contact_id: ContactId,
    /// The participant's membership of the site.
    pub member_id: Option<MemberId>,
    /// Who left.
    #[serde(flatten)]
    pub participant: ParticipantDetails<'a>,
    /// When the class starts.
    #[trigger(title = "Start time")]
    pub starts_at: Timestamp,
    /// What they left.
    #[serde(flatten)]
    pub class: ClassDetails<'a>,
    /// The reason that the participant gave.
    #[trigger(title = "Reason for leaving", example = "I moved to another town")]
    pub reason: Option<&'a str>,
}

/// Triggered when a class is canceled, once for each participant.
#[derive(Clone, Debug, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "class_canceled",
    contact = contact_id,
    member = member_id,
    entity_id = enrollment_id,
    cancels(ParticipantEnrolledInClass<'_>, ClassStarting<'_>),
)]
pub struct ClassCanceled<'a> {
    /// What the event, and those that it cancels, are canceled by.
    #[serde(skip)]
    pub enrollment_id: EnrollmentId,
    /// The participant.
    pub contact_id: ContactId,
    /// The participant's membership of the site.
    pub member_id: Option<MemberId>,
    /// Who was enrolled.
    #[serde(flatten)]
    pub participant: ParticipantDetails<'a>,
    /// When the class would have started.
    #[trigger(title = "Start time")]
    pub starts_at: Timestamp,
    /// What was canceled.
    #[serde(flatten)]
    pub class: ClassDetails<'a>,
    /// The reason that the studio gave.
    #[trigger(title = "Cancellation reason", example = "The instructor is ill")]
    pub reason: Option<&'a str>,
}

/// What all triggers tell of the participant.
#[derive(Clone, Debug, Serialize, Property)]
#[serde(rename_all = "camelCase")]
pub struct ParticipantDetails<'a> {
    /// The participant's name.
    #[trigger(example = "Ada Lovelace")]
    pub participant_name: &'a str,
    /// The participant's email address.
    #[trigger(format = "email", example = "ada@example.com")]
    pub participant_email: Option<&'a str>,
}

/// What all triggers tell of the class.
#[derive(Clone, Debug, Serialize, Property)]
#[serde(rename_all = "camelCase")]
pub struct ClassDetails<'a> {
    /// The class, for use by developers.
    #[trigger(hidden)]
    pub class_id: ClassId,
    /// The class's name.
    #[trigger(example = "Pottery on the wheel")]
    pub class_name: &'a str,
    /// The instructor of the class.
    #[trigger(title = "Instructor name", example = "Bernard Leach")]
    pub instructor: &'a str,
    /// The level of the class.
    #[trigger(title = "Class level")]
    pub level: Level,
    /// The room that the class is held in.
    #[trigger(example = "Studio 2")]
    pub room: Option<&'a str>,
}

impl<'a> From<&'a Enrollment<'_>> for ParticipantEnrolledInClass<'a> {
    fn from(enrollment: &'a Enrollment<'_>) -> Self {
        let Enrollment { id, class, participant } = enrollment;
        Self {
            enrollment_id: *id,
            contact_id: participant.contact_id,
            member_id: participant.member_id,
            participant: participant.into(),
            starts_at: class.starts_at,
            class: (*class).into(),
            seats_left: class.seats.saturating_sub(class.seats_taken),
            occupancy: class.occupancy(),
        }
    }
}

impl<'a> From<&'a Enrollment<'_>> for ClassStarting<'a> {
    fn from(enrollment: &'a Enrollment<'_>) -> Self {
        let Enrollment { id, class, participant } = enrollment;
        Self {
            enrollment_id: *id,
            contact_id: participant.contact_id,
            member_id: participant.member_id,
            participant: participant.into(),
            starts_at: class.starts_at,
            class: (*class).into(),
        }
    }
}

impl<'a> From<&'a Participant> for ParticipantDetails<'a> {
    fn from(participant: &'a Participant) -> Self {
        Self {
            participant_name: &participant.name,
            participant_email: participant.email.as_deref(),
        }
    }
}

impl<'a> From<&'a Class> for ClassDetails<'a> {
    fn from(class: &'a Class) -> Self {
        Self {
            class_id: class.id,
            class_name: &class.name,
            instructor: &class.instructor,
            level: class.level,
            room: class.room.as_deref(),
        }
    }
}
