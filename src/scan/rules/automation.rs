//! Builds, deployments, and secrets on their way there.

use crate::scan::rule::{Provider, UUID, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "1Password",
        rules: &[
            token(
                "onepassword-service-token",
                "service account token",
                &["ops_eyJ"],
                "ops_eyJ[0-9A-Za-z+/_=-]{200,3000}",
                &["ops_eyJ{b400}"],
                &["ops_eyJ{30}"],
            )
            .broken(),
            token(
                "onepassword-secret-key",
                "secret key",
                &["A3-"],
                "A3-[0-9A-Z]{6}-(?:[0-9A-Z]{11}|[0-9A-Z]{6}-[0-9A-Z]{5})-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}",
                &["A3-{A6}-{A11}-{A5}-{A5}-{A5}", "A3-{A6}-{A6}-{A5}-{A5}-{A5}-{A5}"],
                &["A3-{A6}-{A5}"],
            ),
        ],
    },
    Provider {
        name: "Akeyless",
        rules: &[assigned(
            "akeyless-key",
            "access key",
            &["akeyless"],
            "[0-9A-Za-z+/]{43}=",
            &["AKEYLESS_ACCESS_KEY={43}="],
            &["AKEYLESS_ACCESS_KEY={20}="],
        )],
    },
    Provider {
        name: "Bitrise",
        rules: &[assigned(
            "bitrise-token",
            "personal access token",
            &["bitrise"],
            "[0-9A-Za-z_-]{86}",
            &["BITRISE_TOKEN={w86}"],
            &["BITRISE_TOKEN={w40}"],
        )],
    },
    Provider {
        name: "Buildkite",
        rules: &[token(
            "buildkite-token",
            "access token",
            &["bkua_", "bkat_", "bkct_"],
            "bk(?:ua|at|ct)_[0-9a-zA-Z_]{32,60}",
            &["bkua_{h40}"],
            &["bkua_{h20}"],
        )],
    },
    Provider {
        name: "CircleCI",
        rules: &[
            token(
                "circleci-token",
                "access token",
                &["CCIPAT_", "CCIPRJ_"],
                "CCIP(?:AT|RJ)_[0-9A-Za-z]{22}_[0-9a-f]{40}",
                &["CCIPAT_{22}_{h40}"],
                &["CCIPAT_{22}"],
            ),
            assigned(
                "circleci-token-hex",
                "access token",
                &["circle_token", "circleci", "circle_ci"],
                "[0-9a-f]{40}",
                &["CIRCLECI_TOKEN={h40}"],
                &["CIRCLECI_TOKEN={h32}"],
            ),
        ],
    },
    Provider {
        name: "Doppler",
        rules: &[token(
            "doppler-token",
            "token",
            &["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."],
            r"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[0-9A-Za-z]{40,44}",
            &["dp.pt.{43}", "dp.st.prd.{43}"],
            &["dp.pt.{20}"],
        )
        .broken()],
    },
    Provider {
        name: "Drone CI",
        rules: &[assigned(
            "drone-token",
            "access token",
            &["drone_token", "droneci", "drone_ci", "drone_server_token"],
            "[0-9A-Za-z]{32}",
            &["DRONE_TOKEN={32}"],
            &["DRONE_TOKEN={20}"],
        )],
    },
    Provider {
        name: "Expo",
        rules: &[assigned(
            "expo-token",
            "access token",
            &["expo_token", "expo_access_token"],
            "[0-9A-Za-z_-]{40}",
            &["EXPO_TOKEN={w40}"],
            &["EXPO_TOKEN={w20}"],
        )],
    },
    Provider {
        name: "Fly.io",
        rules: &[
            token(
                "fly-macaroon",
                "access token",
                &["fm1r_", "fm1a_", "fm2_"],
                "(?:fm1[ar]_|fm2_)[0-9A-Za-z+/]{100,3000}={0,3}",
                &["fm2_{b300}"],
                &["fm2_{30}"],
            ),
            token("fly-token", "access token", &["fo1_"], "fo1_[0-9A-Za-z_-]{43}", &["fo1_{w43}"], &["fo1_{w20}"]),
        ],
    },
    Provider {
        name: "Harness",
        rules: &[token(
            "harness-token",
            "access token",
            &["pat.", "sat."],
            r"[ps]at\.[0-9A-Za-z_-]{22}\.[0-9a-zA-Z]{24}\.[0-9a-zA-Z]{20}",
            &["pat.{22}.{h24}.{20}"],
            &["pat.{22}.{h24}"],
        )
        .broken()],
    },
    Provider {
        name: "HashiCorp Terraform",
        rules: &[token(
            "terraform-cloud-token",
            "HCP Terraform token",
            &[".atlasv1."],
            r"[0-9A-Za-z]{14}\.atlasv1\.[0-9A-Za-z_=-]{60,70}",
            &["{14}.atlasv1.{67}"],
            &["{14}.atlasv1.{20}"],
        )
        .around(14)],
    },
    Provider {
        name: "HashiCorp Vault",
        rules: &[
            token(
                "vault-token",
                "token",
                &["hvs.", "hvb.", "hvr."],
                r"hv[sbr]\.[0-9A-Za-z_-]{24,300}",
                &["hvs.{w92}", "hvb.{w140}", "hvs.{24}"],
                &["hvs.{w12}"],
            )
            .broken(),
            assigned(
                "vault-token-old",
                "token",
                &["vault_token", "vault-token"],
                r"s\.[0-9A-Za-z]{24}",
                &["VAULT_TOKEN=s.{24}"],
                &["VAULT_TOKEN=s.{12}"],
            ),
        ],
    },
    Provider {
        name: "Heroku",
        rules: &[
            token(
                "heroku-token",
                "API token",
                &["HRKU-"],
                "HRKU-[0-9A-Za-z_-]{36,64}",
                &["HRKU-AA{w58}", "HRKU-{uuid}"],
                &["HRKU-{12}"],
            ),
            assigned("heroku-key", "API key", &["heroku"], UUID, &["HEROKU_API_KEY={uuid}"], &["HEROKU_APP_ID={uuid}"]),
        ],
    },
    Provider {
        name: "Infisical",
        rules: &[token(
            "infisical-token",
            "service token",
            &[
                "st.0", "st.1", "st.2", "st.3", "st.4", "st.5", "st.6", "st.7", "st.8", "st.9", "st.a", "st.b", "st.c",
                "st.d", "st.e", "st.f",
            ],
            r"st\.[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{32}",
            &["st.{h24}.{h32}.{h32}"],
            &["st.{h24}.{h32}", "st.{h12}"],
        )
        .broken()],
    },
    Provider {
        name: "Jenkins",
        rules: &[assigned(
            "jenkins-token",
            "API token",
            &["jenkins"],
            "11[0-9a-f]{32}",
            &["JENKINS_API_TOKEN=11{h32}"],
            &["JENKINS_API_TOKEN=11{h20}"],
        )],
    },
    Provider {
        name: "LocalStack",
        rules: &[token(
            "localstack-token",
            "auth token",
            &["ls-"],
            "ls-[0-9A-Za-z]{8}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{10,14}",
            &["ls-{8}-{4}-{4}-{4}-{12}"],
            &["ls-{8}-{4}"],
        )],
    },
    Provider {
        name: "Netlify",
        rules: &[
            token(
                "netlify-token",
                "access token",
                &["nfp_", "nfc_", "nfo_", "nfu_"],
                "nf[pcou]_[0-9A-Za-z_]{36}",
                &["nfp_{36}"],
                &["nfp_{20}"],
            ),
            assigned(
                "netlify-token-old",
                "access token",
                &["netlify"],
                "[0-9A-Za-z_-]{43,46}",
                &["NETLIFY_AUTH_TOKEN={w43}"],
                &["NETLIFY_AUTH_TOKEN={w20}"],
            ),
        ],
    },
    Provider {
        name: "ngrok",
        rules: &[assigned(
            "ngrok-token",
            "auth token",
            &["ngrok"],
            "[0-9][0-9A-Za-z]{24,28}_[0-9A-Za-z]{20,24}",
            &["NGROK_AUTHTOKEN=2{26}_{21}"],
            &["NGROK_AUTHTOKEN=2{26}"],
        )],
    },
    Provider {
        name: "Octopus Deploy",
        rules: &[token(
            "octopus-key",
            "API key",
            &["API-"],
            "API-[0-9A-Z]{25,32}",
            &["API-{A26}"],
            &["API-{A12}", "REST-API-{L8}"],
        )],
    },
    Provider {
        name: "Prefect",
        rules: &[token(
            "prefect-key",
            "API key",
            &["pnu_", "pnb_"],
            "pn[ub]_[0-9A-Za-z]{36}",
            &["pnu_{36}"],
            &["pnu_{20}"],
        )],
    },
    Provider {
        name: "Pulumi",
        rules: &[token("pulumi-token", "access token", &["pul-"], "pul-[0-9a-f]{40}", &["pul-{h40}"], &["pul-{h20}"])],
    },
    Provider {
        name: "Railway",
        rules: &[assigned(
            "railway-token",
            "token",
            &["railway"],
            UUID,
            &["RAILWAY_TOKEN={uuid}"],
            &["RAILWAY_PROJECT_ID={uuid}"],
        )],
    },
    Provider {
        name: "Render",
        rules: &[token("render-key", "API key", &["rnd_"], "rnd_[0-9A-Za-z]{28,34}", &["rnd_{28}"], &["rnd_{12}"])],
    },
    Provider {
        name: "TeamCity",
        rules: &[token(
            "teamcity-token",
            "access token",
            &["eyJ0eXAiOiAiVENWMiJ9."],
            r"eyJ0eXAiOiAiVENWMiJ9\.[0-9A-Za-z_-]{36,60}\.[0-9A-Za-z_-]{48,60}",
            &["eyJ0eXAiOiAiVENWMiJ9.{w39}.{w48}"],
            &["eyJ0eXAiOiAiVENWMiJ9.{w20}"],
        )],
    },
    Provider {
        name: "Travis CI",
        rules: &[assigned(
            "travis-token",
            "access token",
            &["travis"],
            "[0-9A-Za-z_-]{22}",
            &["TRAVIS_TOKEN={w22}"],
            &["TRAVIS_TOKEN={w12}"],
        )],
    },
    Provider {
        name: "Vercel",
        rules: &[
            token(
                "vercel-token",
                "access token",
                &["vcp_", "vci_", "vca_", "vcr_", "vck_"],
                "vc[piark]_[0-9A-Za-z]{24,60}",
                &["vcp_{56}"],
                &["vcp_{12}"],
            ),
            assigned(
                "vercel-token-old",
                "access token",
                &["vercel", "zeit"],
                "[0-9A-Za-z]{24}",
                &["VERCEL_TOKEN={24}"],
                &["VERCEL_TOKEN={20}", "VERCEL_PROJECT_ID={24}"],
            ),
        ],
    },
    Provider {
        name: "Zuplo",
        rules: &[token(
            "zuplo-key",
            "API key",
            &["zpka_"],
            "zpka_[0-9a-z]{32}_[0-9a-f]{8}",
            &["zpka_{a32}_{h8}"],
            &["zpka_{a32}"],
        )],
    },
];
