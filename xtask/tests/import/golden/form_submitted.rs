use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "form_submitted",
    // contact = submitter_id, // if it is the id of a contact of the site
    // entity_id = form_id, // if events are canceled by it
)]
pub struct FormSubmitted {
    #[trigger(example = "8c5d4d52-5c0c-4bb2-9a4a-1e1f4a3a9b01")]
    pub form_id: Uuid,
    #[trigger(example = "Contact us")]
    pub form_name: String,
    #[trigger(example = "f2b6c1f4-0a51-4c39-8d3b-6d6c9b1f2e77")]
    pub submitter_id: Uuid,
}
