//! Tiers.

use crate::manifest::vocabulary;

vocabulary! {
    /// What the marketplace grants an integration for its quality; each tier includes those before.
    Tier, "tier" {
        /// Basic functionality.
        Listed = "listed",
        /// Code review and security scan.
        Verified = "verified",
        /// Full audit and SLA commitment.
        Premier = "premier",
    }
}
