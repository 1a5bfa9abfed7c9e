//! What the app keeps.

use jiff::Timestamp;
use serde::Serialize;
use trigger_core::Property;
use uuid::Uuid;

use crate::triggers::{ClassCanceled, ParticipantLeftClass};

/// The id of an enrollment, unique to each combination of a participant and a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
pub struct EnrollmentId(pub Uuid);

/// The id of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
pub struct ClassId(pub Uuid);

/// The id of a contact of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
pub struct ContactId(pub Uuid);

/// The id of a member of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
pub struct MemberId(pub Uuid);

/// A class, held once.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its id.
    pub id: ClassId,
    /// The name on the site.
    pub name: String,
    /// Who gives it.
    pub instructor: String,
    /// Whom it is for.
    pub level: Level,
    /// Where it is held, once that is known.
    pub room: Option<String>,
    /// When it starts.
    pub starts_at: Timestamp,
    /// How many participants it has room for.
    pub seats: u32,
    /// How many participants are enrolled.
    pub seats_taken: u32,
}

/// Whom a class is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// People who are new to it.
    Beginner,
    /// People who took a beginners' class.
    Intermediate,
    /// People with years of experience.
    Advanced,
    /// Everybody.
    AllLevels,
}

/// Who takes a class.
#[derive(Clone, Debug)]
pub struct Participant {
    /// The site's contact for the participant.
    pub contact_id: ContactId,
    /// The participant's membership of the site.
    pub member_id: Option<MemberId>,
    /// The name as the participant wrote it.
    pub name: String,
    /// The email address, where the participant gave one.
    pub email: Option<String>,
}

/// A participant's enrollment in a class.
#[derive(Clone, Debug)]
pub struct Enrollment<'a> {
    /// Its id.
    pub id: EnrollmentId,
    /// The class.
    pub class: &'a Class,
    /// Who takes it.
    pub participant: Participant,
}

impl Enrollment<'_> {
    /// The event of the participant's leaving.
    #[must_use]
    pub fn left<'e>(&'e self, reason: Option<&'e str>) -> ParticipantLeftClass<'e> {
        ParticipantLeftClass {
            enrollment_id: self.id,
            contact_id: self.participant.contact_id,
            member_id: self.participant.member_id,
            participant: (&self.participant).into(),
            starts_at: self.class.starts_at,
            class: self.class.into(),
            reason,
        }
    }
}

impl Class {
    /// How much of the class is taken, from 0 to 1.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        f64::from(self.seats_taken) / f64::from(self.seats)
    }

    /// The events of the class's cancellation: one for each enrollment in it, so that an
    /// automation can write to each participant, and so that each enrollment's events end.
    pub fn canceled<'e>(
        &self,
        enrollments: &'e [Enrollment<'e>],
        reason: Option<&'e str>,
    ) -> impl Iterator<Item = ClassCanceled<'e>> {
        let of_class = enrollments.iter().filter(|enrollment| enrollment.class.id == self.id);
        of_class.map(move |enrollment| ClassCanceled {
            enrollment_id: enrollment.id,
            contact_id: enrollment.participant.contact_id,
            member_id: enrollment.participant.member_id,
            participant: (&enrollment.participant).into(),
            starts_at: enrollment.class.starts_at,
            class: enrollment.class.into(),
            reason,
        })
    }
}
