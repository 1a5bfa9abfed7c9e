use serde::{Deserialize, Serialize};

/// Who made the event of a [`Webhook`](crate::Webhook) happen.
///
/// ```
/// use trigger_emulator::{Identity, Webhook};
///
/// let webhook = Webhook::created("wix.contacts.v4.contact_created", &())
///     .identity(Identity::wix_user("its-owner"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Identity(Who);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "identityType",
    rename_all = "SCREAMING_SNAKE_CASE",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
enum Who {
    AnonymousVisitor { anonymous_visitor_id: String },
    Member { member_id: String },
    WixUser { wix_user_id: String },
    App { app_id: String },
}

impl Identity {
    /// A visitor of the site who has not logged in.
    pub fn anonymous_visitor(id: impl Into<String>) -> Self {
        Self(Who::AnonymousVisitor { anonymous_visitor_id: id.into() })
    }

    /// A visitor of the site who has logged in.
    pub fn member(id: impl Into<String>) -> Self {
        Self(Who::Member { member_id: id.into() })
    }

    /// Somebody who works on the site.
    pub fn wix_user(id: impl Into<String>) -> Self {
        Self(Who::WixUser { wix_user_id: id.into() })
    }

    /// An app.
    pub fn app(id: impl Into<String>) -> Self {
        Self(Who::App { app_id: id.into() })
    }

    pub(super) fn id(&self) -> &str {
        match &self.0 {
            Who::AnonymousVisitor { anonymous_visitor_id: id }
            | Who::Member { member_id: id }
            | Who::WixUser { wix_user_id: id }
            | Who::App { app_id: id } => id,
        }
    }
}
