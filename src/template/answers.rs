//! What a person answered, and the variables that templates see.

use minijinja::{Value, context};

use super::names::{class_of, module_of};
use super::sdk;
use crate::event::EventType;
use crate::manifest::{Category, IntegrationName};

/// Answers to a template's questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// publisher/name.
    pub name: IntegrationName,
    /// Title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Category.
    pub category: Category,
    /// Support address.
    pub support_email: String,
    /// Year of the licence.
    pub year: i16,
}

impl Answers {
    pub(super) fn variables(&self) -> Value {
        let events = [EventType::LedgerEventCreated, EventType::LedgerProofRequested].map(EventType::as_str);
        context! {
            name => self.name.to_string(),
            publisher => self.name.publisher(),
            slug => self.name.name(),
            class_name => class_of(self.name.name()),
            module_name => module_of(self.name.name()),
            title => self.title.as_str(),
            summary => self.summary.as_str(),
            category => self.category.as_str(),
            support_email => self.support_email.as_str(),
            license => "MIT",
            year => self.year,
            events => events,
            sdk_tarball => sdk::TARBALL,
            proveniq_version => env!("CARGO_PKG_VERSION"),
        }
    }
}
