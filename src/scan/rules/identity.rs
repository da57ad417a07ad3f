//! Sign-in, keys and trust.

use crate::scan::checksum;
use crate::scan::rule::{Provider, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "age",
        rules: &[token(
            "age-secret-key",
            "secret key",
            &["AGE-SECRET-KEY-1"],
            "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
            &["AGE-SECRET-KEY-1{z58}"],
            &["AGE-SECRET-KEY-1QPZRY9X8"],
        )],
    },
    Provider {
        name: "Auth0",
        rules: &[assigned(
            "auth0-secret",
            "client secret",
            &["auth0"],
            "[0-9A-Za-z_-]{64}",
            &["AUTH0_CLIENT_SECRET={w64}"],
            &["AUTH0_CLIENT_SECRET={w32}", "AUTH0_CLIENT_ID={32}"],
        )],
    },
    Provider {
        name: "Authress",
        rules: &[token(
            "authress-key",
            "service client key",
            &["sc_", "ext_", "scauth_", "authress_"],
            r"(?:sc|ext|scauth|authress)_[0-9a-z]{5,30}\.[0-9a-z]{4,6}\.acc[_-][0-9a-z-]{10,32}\.[\w+/=-]{30,120}",
            &["sc_{a12}.{a5}.acc-{a12}.{b60}"],
            &["sc_{a12}.{a5}"],
        )
        .broken()],
    },
    Provider {
        name: "Duo",
        rules: &[assigned(
            "duo-secret",
            "secret key",
            &["duo_"],
            "[0-9A-Za-z]{40}",
            &["DUO_SECRET_KEY={40}"],
            &["DUO_SECRET_KEY={20}"],
        )],
    },
    Provider {
        name: "FusionAuth",
        rules: &[assigned(
            "fusionauth-key",
            "API key",
            &["fusionauth"],
            "[0-9A-Za-z_-]{43,70}",
            &["FUSIONAUTH_API_KEY={w64}"],
            &["FUSIONAUTH_API_KEY={w20}"],
        )],
    },
    Provider {
        name: "JumpCloud",
        rules: &[assigned(
            "jumpcloud-key",
            "API key",
            &["jumpcloud"],
            "(?:jca_)?[0-9A-Za-z]{36,40}",
            &["JUMPCLOUD_API_KEY={40}"],
            &["JUMPCLOUD_API_KEY={20}"],
        )],
    },
    Provider {
        name: "Okta",
        rules: &[assigned(
            "okta-token",
            "API token",
            &["okta"],
            "00[0-9A-Za-z_-]{40}",
            &["OKTA_API_TOKEN=00{w40}"],
            &["OKTA_API_TOKEN=00{w20}", "OKTA_CLIENT_ID=0oa{17}"],
        )],
    },
    Provider {
        name: "OpenShift",
        rules: &[token(
            "openshift-token",
            "user token",
            &["sha256~"],
            "sha256~[0-9A-Za-z_-]{43}",
            &["sha256~{w43}"],
            &["sha256~{w20}"],
        )
        .broken()],
    },
    Provider {
        name: "Proveniq",
        rules: &[
            token(
                "proveniq-key",
                "key or token",
                &["pvq_"],
                "pvq_(?:live|test|access|refresh|client)_[0-9A-Za-z]{38}",
                &["pvq_live_{32}{pvq}", "pvq_access_{32}{pvq}"],
                &["pvq_live_{38}", "pvq_live_{20}{pvq}"],
            )
            .checked(checksum::proveniq),
            token(
                "proveniq-signing-key",
                "signing key",
                &["pvq_signing_"],
                "pvq_signing_[0-9A-Fa-f]{64}",
                &["pvq_signing_{h64}"],
                &["pvq_signing_{h60}", "pvq_signing_{l64}"],
            ),
        ],
    },
    Provider {
        name: "Standard Webhooks",
        rules: &[
            token(
                "webhook-secret",
                "signing secret",
                &["whsec_"],
                "whsec_[0-9A-Za-z+/]{32,88}={0,2}",
                &["whsec_{b32}", "whsec_{b43}="],
                &["whsec_{b12}"],
            ),
            token(
                "webhook-signing-key",
                "signing key",
                &["whsk_"],
                "whsk_[0-9A-Za-z+/]{86}==",
                &["whsk_{b86}=="],
                &["whsk_{b40}=="],
            ),
        ],
    },
    Provider {
        name: "Stytch",
        rules: &[token(
            "stytch-secret",
            "secret",
            &["secret-live-", "secret-test-"],
            "secret-(?:live|test)-[0-9A-Za-z_-]{36}=?",
            &["secret-live-{w36}"],
            &["secret-live-{w12}"],
        )],
    },
];
