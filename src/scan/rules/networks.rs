//! Delivery networks, names and tunnels.

use crate::scan::rule::{Provider, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Akamai",
        rules: &[
            token(
                "akamai-token",
                "EdgeGrid token",
                &["akab-"],
                "akab-[0-9a-z]{16}-[0-9a-z]{16}",
                &["akab-{a16}-{a16}"],
                &["akab-{a16}"],
            ),
            assigned(
                "akamai-secret",
                "EdgeGrid secret",
                &["akamai", "edgegrid", "client_secret"],
                "[0-9A-Za-z+/]{43}=",
                &["akamai_client_secret = {43}="],
                &["akamai_client_secret = {20}="],
            ),
        ],
    },
    Provider {
        name: "Cloudflare",
        rules: &[
            assigned(
                "cloudflare-key",
                "global API key",
                &["cloudflare", "cf_api_key"],
                "[0-9a-f]{37}",
                &["CLOUDFLARE_API_KEY={h37}"],
                &["CLOUDFLARE_API_KEY={h36}"],
            ),
            assigned(
                "cloudflare-token",
                "API token",
                &["cloudflare", "cf_api_token", "cf_token"],
                "[0-9A-Za-z_-]{40}",
                &["CLOUDFLARE_API_TOKEN={w40}"],
                &["CLOUDFLARE_ACCOUNT_ID={h32}"],
            ),
            token(
                "cloudflare-origin-key",
                "origin CA key",
                &["v1.0-"],
                r"v1\.0-[0-9a-f]{24}-[0-9a-f]{146}",
                &["v1.0-{h24}-{h146}"],
                &["v1.0-{h24}"],
            )
            .broken(),
            token(
                "cloudflare-scannable-token",
                "API token",
                &["cfk_", "cfut_", "cfat_"],
                "cf(?:k|ut|at)_[0-9A-Za-z]{40,52}",
                &["cfut_{48}"],
                &["cfut_{12}"],
            ),
        ],
    },
    Provider {
        name: "DNSimple",
        rules: &[token(
            "dnsimple-token",
            "access token",
            &["dnsimple_"],
            "dnsimple_[ua]_[0-9A-Za-z]{32}",
            &["dnsimple_a_{32}"],
            &["dnsimple_a_{12}"],
        )],
    },
    Provider {
        name: "Fastly",
        rules: &[assigned(
            "fastly-token",
            "API token",
            &["fastly"],
            "[0-9A-Za-z_-]{32}",
            &["FASTLY_API_TOKEN={w32}"],
            &["FASTLY_API_TOKEN={w20}", "FASTLY_SERVICE_ID={22}"],
        )],
    },
    Provider {
        name: "Tailscale",
        rules: &[token(
            "tailscale-key",
            "key",
            &["tskey-"],
            "tskey-(?:api|auth|client|scim|webhook)-[0-9A-Za-z]{8,24}-[0-9A-Za-z]{16,64}",
            &["tskey-auth-k{11}CNTRL-{32}", "tskey-api-{16}-{32}"],
            &["tskey-auth-{12}"],
        )],
    },
];
