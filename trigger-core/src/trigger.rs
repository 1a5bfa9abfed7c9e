use uuid::Uuid;

use crate::__private::known::Known;
use crate::__private::{DerivesSerialize, EntityIdField};
use crate::schema::{
    BuildSpec, Document, HasCancels, HasDate, Literal, TriggerOutline, TriggerSpec, TypeSpec,
};

/// A trigger: what the site's automations can start from, and the payload of its events.
///
/// Derive it with [`derive(Trigger)`](macro@crate::Trigger) next to serde's `Serialize`; the
/// macro's page is the reference of the attributes.
///
/// ```
/// use serde::Serialize;
/// use trigger_core::Trigger;
///
/// /// A seat of a class was taken.
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "participant_enrolled_in_class")]
/// struct ParticipantEnrolledInClass {
///     #[trigger(example = "Pottery")]
///     class_name: String,
/// }
///
/// println!("{}", ParticipantEnrolledInClass::payload_document());
/// ```
///
/// Every trigger derives `Serialize`, which [`payload::to_vec`](crate::payload::to_vec) leans on. A
/// function that calls serde itself asks for it: `T: Trigger + Serialize`.
#[diagnostic::on_unimplemented(
    message = "[T005] `{Self}` is not a trigger",
    label = "this type does not derive `trigger_core::Trigger`",
    note = "a `Property` stands inside a trigger's payload; only a struct that derives `Trigger` has a key and can be reported"
)]
pub trait Trigger: DerivesSerialize {
    /// What the derive writes of the trigger.
    #[doc(hidden)]
    const OUTLINE: TriggerOutline;

    /// The types that the derive knows by their names.
    #[doc(hidden)]
    type Known: Known;

    /// The types of all other properties.
    #[doc(hidden)]
    const ASKED: &'static [&'static TypeSpec] = &[];

    /// The examples and defaults that are no strings.
    #[doc(hidden)]
    const VALUES: &'static [Literal] = &[];

    /// The triggers whose events end when this one is reported.
    #[doc(hidden)]
    const CANCELS: &'static [fn() -> &'static TriggerSpec] = &[];

    /// How many properties the outline has, and whether one is the date-time of the event.
    #[doc(hidden)]
    type Kind: BuildSpec<Self>;

    /// The type of the field that events are canceled by, in an `EntityIdField`, or `NoEntityId`.
    #[doc(hidden)]
    type EntityIdField;

    /// The value of the field that events are canceled by.
    #[doc(hidden)]
    fn entity_id_field(&self) -> Option<Uuid> {
        None
    }

    /// The trigger's whole description, constant data.
    const SPEC: &'static TriggerSpec = <Self::Kind as BuildSpec<Self>>::SPEC;

    /// The payload schema, to be pasted into the app dashboard, in the order of the fields.
    #[must_use]
    fn payload_document() -> Document {
        Self::SPEC.payload_document()
    }

    /// The payload schema as a [`schemars::Schema`], for whatever takes one. The order of its
    /// keys is `serde_json`'s affair; [`payload_document`](Self::payload_document) keeps that of
    /// the fields.
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "class_full", name = "Class full")]
    /// # struct ClassFull { seats: u32 }
    /// let schema = ClassFull::payload_schema();
    /// assert_eq!(schema.get("type").and_then(|value| value.as_str()), Some("object"));
    /// ```
    #[must_use]
    fn payload_schema() -> schemars::Schema {
        Self::payload_document().to_schema()
    }

    /// Reports the event to a Wix site, whose automations it activates; sent where it is awaited.
    ///
    /// See [`report`](crate::report).
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use uuid::Uuid;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
    /// # struct InvoiceDue { invoice_id: Uuid }
    /// use trigger_core::report::{Instance, ReportError};
    ///
    /// async fn send(site: &Instance, event: InvoiceDue) -> Result<(), ReportError> {
    ///     event.report(site).await?;
    ///     Ok(())
    /// }
    /// ```
    #[cfg(feature = "client")]
    fn report(&self, instance: &crate::report::Instance) -> crate::report::Report<'_, Self>
    where
        Self: Sized + Sync,
    {
        crate::report::Report::new(self, instance)
    }

    /// Reports the event in the place of all others of its entity, which are canceled first: Wix has
    /// no way to change an event.
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use uuid::Uuid;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
    /// # struct InvoiceDue { invoice_id: Uuid }
    /// use trigger_core::report::{Instance, RescheduleError};
    ///
    /// async fn put_off(site: &Instance, event: InvoiceDue) -> Result<(), RescheduleError> {
    ///     event.reschedule(site).await?;
    ///     Ok(())
    /// }
    /// ```
    #[cfg(feature = "client")]
    fn reschedule(&self, instance: &crate::report::Instance) -> crate::report::Reschedule<'_, Self>
    where
        Self: Cancelable + Sized + Sync,
    {
        crate::report::Reschedule { event: self, instance: instance.clone() }
    }

    /// Reports any number of events to a Wix site, up to 100 in a call; sent where it is awaited.
    ///
    /// The events are owned or borrowed, as a `Vec`, a slice or an iterator has them. The answer
    /// has an outcome for each, in the order given: see [`ReportAll`](crate::report::ReportAll).
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use uuid::Uuid;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
    /// # struct InvoiceDue { invoice_id: Uuid }
    /// use trigger_core::report::Instance;
    ///
    /// async fn send(site: &Instance, events: &[InvoiceDue]) -> usize {
    ///     InvoiceDue::report_all(site, events).await.failed().count()
    /// }
    /// ```
    #[cfg(feature = "client")]
    fn report_all<I>(
        instance: &crate::report::Instance,
        events: I,
    ) -> crate::report::ReportAll<Self, I::Item>
    where
        Self: Sized,
        I: IntoIterator<Item: std::borrow::Borrow<Self>>,
    {
        crate::report::ReportAll::new(instance, events)
    }

    /// Cancels all events of this trigger that were reported to the site with this id: what their
    /// automations have not done yet is not done. Sent where it is awaited.
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use uuid::Uuid;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
    /// # struct InvoiceDue { invoice_id: Uuid }
    /// use trigger_core::report::{CallError, Instance};
    ///
    /// async fn take_back(site: &Instance, invoice_id: Uuid) -> Result<(), CallError> {
    ///     InvoiceDue::cancel(site, invoice_id).await
    /// }
    /// ```
    #[cfg(feature = "client")]
    fn cancel<I>(instance: &crate::report::Instance, id: I) -> crate::report::Cancel
    where
        Self: Cancelable<EntityId = I>,
        I: crate::Property,
    {
        let entity = crate::Property::uuid(&id).unwrap_or_default();
        crate::report::Cancel { trigger_key: Self::SPEC.key(), instance: instance.clone(), entity }
    }

    /// Cancels the events of any number of ids, up to 100 in a call; sent where it is awaited.
    ///
    /// The ids are owned or borrowed. The answer has an outcome for each, in the order given: see
    /// [`CancelAll`](crate::report::CancelAll).
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use uuid::Uuid;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
    /// # struct InvoiceDue { invoice_id: Uuid }
    /// use trigger_core::report::Instance;
    ///
    /// async fn take_back(site: &Instance, invoices: &[Uuid]) -> usize {
    ///     InvoiceDue::cancel_all(site, invoices).await.failed().count()
    /// }
    /// ```
    #[cfg(feature = "client")]
    fn cancel_all<I, E>(instance: &crate::report::Instance, ids: I) -> crate::report::CancelAll
    where
        Self: Cancelable<EntityId = E>,
        E: crate::Property,
        I: IntoIterator<Item: std::borrow::Borrow<E>>,
    {
        let uuid = |id: I::Item| {
            crate::Property::uuid(std::borrow::Borrow::borrow(&id)).unwrap_or_default()
        };
        crate::report::CancelAll {
            trigger_key: Self::SPEC.key(),
            instance: instance.clone(),
            entities: ids.into_iter().map(uuid).collect(),
        }
    }

    /// The `externalEntityId` that this event is reported with, and canceled by.
    ///
    /// ```
    /// use serde::Serialize;
    /// use trigger_core::Trigger;
    /// use uuid::Uuid;
    ///
    /// #[derive(Serialize, Trigger)]
    /// #[trigger(key = "appointment_scheduled", entity_id = appointment_id)]
    /// struct AppointmentScheduled {
    ///     appointment_id: Uuid,
    /// }
    ///
    /// let event = AppointmentScheduled { appointment_id: Uuid::nil() };
    /// assert_eq!(event.entity_id(), Uuid::nil());
    /// ```
    fn entity_id(&self) -> Uuid
    where
        Self: Cancelable,
    {
        // The derive asks whether the type of the field is a UUID.
        self.entity_id_field().unwrap_or_default()
    }
}

/// A trigger whose events happen at a date-time of their payload: one with `scheduled_at`.
///
/// Automations act before, at or after that time.
#[diagnostic::on_unimplemented(
    message = "[T030] `{Self}` is not a scheduled trigger",
    label = "this trigger has no `scheduled_at`",
    note = "name its date-time with `#[trigger(scheduled_at = field)]`"
)]
pub trait Scheduled: Trigger {}

#[diagnostic::do_not_recommend]
impl<T: Trigger<Kind: HasDate> + ?Sized> Scheduled for T {}

/// A trigger whose events can be canceled: one with `entity_id`.
///
/// Wix cancels all events that share the trigger key and the external entity id.
///
/// ```
/// use serde::Serialize;
/// use trigger_core::{Cancelable, Trigger};
/// use uuid::Uuid;
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "appointment_scheduled", entity_id = appointment_id)]
/// struct AppointmentScheduled {
///     appointment_id: Uuid,
/// }
///
/// fn entity<T: Cancelable>(event: &T) -> String {
///     format!("{} {}", T::SPEC.key(), event.entity_id())
/// }
///
/// let event = AppointmentScheduled { appointment_id: Uuid::nil() };
/// assert!(entity(&event).starts_with("appointment_scheduled 00000000-"));
/// ```
#[diagnostic::on_unimplemented(
    message = "[T033] the events of `{Self}` cannot be canceled",
    label = "this trigger has no `entity_id`",
    note = "name its UUID with `#[trigger(entity_id = field)]`"
)]
pub trait Cancelable: Trigger {
    /// The Rust type of the id: `Uuid`, or a newtype of it.
    type EntityId;
}

#[diagnostic::do_not_recommend]
impl<T, I> Cancelable for T
where
    T: Trigger<EntityIdField = EntityIdField<I>> + ?Sized,
{
    type EntityId = I;
}

/// A trigger whose report ends the events of others: one with `cancels(…)`.
///
/// ```
/// use serde::Serialize;
/// use trigger_core::{CancelsOthers, Trigger};
/// use uuid::Uuid;
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "appointment_scheduled", entity_id = appointment_id)]
/// struct AppointmentScheduled {
///     appointment_id: Uuid,
/// }
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(
///     key = "appointment_canceled",
///     entity_id = appointment_id,
///     cancels(AppointmentScheduled)
/// )]
/// struct AppointmentCanceled {
///     appointment_id: Uuid,
/// }
///
/// fn ended<T: CancelsOthers>() -> Vec<&'static str> {
///     T::SPEC.cancels().map(|trigger| trigger.key()).collect()
/// }
///
/// assert_eq!(ended::<AppointmentCanceled>(), ["appointment_scheduled"]);
/// ```
#[diagnostic::on_unimplemented(
    message = "[T033] the report of `{Self}` cancels no other trigger's events",
    label = "this trigger has no `cancels(…)`",
    note = "name the triggers with `#[trigger(cancels(OtherTrigger))]`"
)]
pub trait CancelsOthers: Trigger {}

#[diagnostic::do_not_recommend]
impl<T: Trigger<Kind: HasCancels> + ?Sized> CancelsOthers for T {}
