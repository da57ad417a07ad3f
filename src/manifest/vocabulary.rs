//! The marketplace's fixed words.

/// Makes an enum whose variants have fixed names in manifests, on the wire and on the command line.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// All values, in the marketplace's order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The fixed name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Parses the fixed name; the error says what is known.
            pub fn parse(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    format!(concat!("{:?} is no ", $what, "; known: {}"), text, known.join(", "))
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// How an integration attaches to the marketplace.
    IntegrationType, "integration type" {
        /// Event notifications.
        Webhook = "webhook",
        /// Embedded UI components.
        SdkPlugin = "sdk-plugin",
        /// Deep system integration.
        Native = "native",
    }
}

vocabulary! {
    /// What an integration is for.
    Category, "category" {
        /// Guidewire, Duck Creek, Majesco.
        PolicyAdmin = "policy-admin",
        /// ClaimCenter, Snapsheet, Mitchell.
        ClaimsManagement = "claims-management",
        /// DocuSign, Adobe Sign, Box.
        DocumentManagement = "document-management",
        /// Tableau, Power BI, Looker.
        AnalyticsBi = "analytics-bi",
        /// Twilio, SendGrid, Slack.
        Communication = "communication",
        /// ComplyAdvantage, Trulioo, Onfido.
        Compliance = "compliance",
    }
}

vocabulary! {
    /// How an integration is paid for.
    PricingModel, "pricing model" {
        /// Costs nothing.
        Free = "free",
        /// A free part and a paid part.
        Freemium = "freemium",
        /// Paid.
        Paid = "paid",
    }
}
