use std::io::Write;
use std::path::PathBuf;

use super::super::command::read;
use super::webhook_to_rust;
use crate::exit::Outcome;
use crate::import::{ImportError, Input};

/// Writes the types of a webhook's body to the standard output.
///
/// The page is Wix's reference page of the webhook, as it stands under its address with `.md`
/// behind it, with its line breaks and indentation. Its REST part is read, and the rest of it is
/// passed over. Types that have the same name and are not the same take the name of the struct
/// that they stand in before theirs. A value, field or null that the page does not tell of is no
/// error when the types are deserialized.
#[derive(Clone, Debug, clap::Args)]
pub struct ImportWebhook {
    /// The file with the page; `-` is the standard input
    #[arg(value_name = "PAGE")]
    page: PathBuf,
}

impl ImportWebhook {
    /// Imports the page. `output` stands for the standard output.
    ///
    /// # Errors
    ///
    /// As [`webhook_to_rust`]; and if the file cannot be read or the stream fails.
    pub fn run(&self, output: &mut dyn Write) -> Result<Outcome, ImportError> {
        let (name, bytes) = read(&self.page)?;
        let source = webhook_to_rust(&Input { name: &name, bytes: &bytes })?;
        output.write_all(source.as_bytes()).map_err(ImportError::Output)?;
        Ok(Outcome::Success)
    }
}
