//! Logs, metrics, errors, flags and analytics.

use crate::scan::rule::{Provider, UUID, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Airbrake",
        rules: &[assigned(
            "airbrake-key",
            "project key",
            &["airbrake"],
            "[0-9a-f]{32}",
            &["AIRBRAKE_PROJECT_KEY={h32}"],
            &["AIRBRAKE_PROJECT_KEY={h12}"],
        )],
    },
    Provider {
        name: "Amplitude",
        rules: &[assigned(
            "amplitude-secret",
            "secret key",
            &["amplitude"],
            "[0-9a-f]{32}",
            &["AMPLITUDE_SECRET_KEY={h32}"],
            &["AMPLITUDE_SECRET_KEY={h12}"],
        )],
    },
    Provider {
        name: "Axiom",
        rules: &[token(
            "axiom-token",
            "API token",
            &["xaat-", "xapt-"],
            "xa[ap]t-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            &["xaat-{uuid}"],
            &["xaat-{h8}"],
        )],
    },
    Provider {
        name: "Bugsnag",
        rules: &[assigned(
            "bugsnag-key",
            "API key",
            &["bugsnag"],
            "[0-9a-f]{32}",
            &["BUGSNAG_API_KEY={h32}"],
            &["BUGSNAG_API_KEY={h12}"],
        )],
    },
    Provider {
        name: "Checkly",
        rules: &[token(
            "checkly-key",
            "API key",
            &["cu_"],
            "cu_[0-9a-f]{32}",
            &["cu_{h32}"],
            &["cu_{h12}", "ncu_{h32}"],
        )],
    },
    Provider {
        name: "Datadog",
        rules: &[
            assigned(
                "datadog-api-key",
                "API key",
                &["datadog", "dd_api_key", "dd-api-key"],
                "[0-9a-f]{32}",
                &["DATADOG_API_KEY={h32}", "DD_API_KEY={h32}"],
                &["DATADOG_API_KEY={h20}"],
            ),
            assigned(
                "datadog-app-key",
                "application key",
                &["datadog", "dd_app_key", "dd_application_key", "dd-application-key"],
                "[0-9a-f]{40}",
                &["DD_APP_KEY={h40}"],
                &["DD_APP_KEY={h20}"],
            ),
        ],
    },
    Provider {
        name: "Dynatrace",
        rules: &[token(
            "dynatrace-token",
            "token",
            &["dt0c01.", "dt0s01.", "dt0s02.", "dt0s08.", "dt0s16."],
            r"dt0[cs]\d{2}\.[0-9A-Z]{8,24}\.[0-9A-Z]{64}",
            &["dt0c01.{A24}.{A64}"],
            &["dt0c01.{A24}"],
        )
        .broken()],
    },
    Provider {
        name: "Grafana",
        rules: &[
            token(
                "grafana-service-token",
                "service account token",
                &["glsa_"],
                "glsa_[0-9A-Za-z]{32}_[0-9a-fA-F]{8}",
                &["glsa_{32}_{h8}"],
                &["glsa_{32}"],
            ),
            token(
                "grafana-cloud-token",
                "cloud token",
                &["glc_"],
                "glc_[0-9A-Za-z+/]{32,400}={0,3}",
                &["glc_eyJ{b120}=="],
                &["glc_{b12}"],
            ),
            token(
                "grafana-key",
                "API key",
                &["eyJrIjoi"],
                "eyJrIjoi[0-9A-Za-z+/]{60,400}={0,3}",
                &["eyJrIjoi{b80}=="],
                &["eyJrIjoi{b12}"],
            ),
        ],
    },
    Provider {
        name: "Highlight",
        rules: &[assigned(
            "highlight-key",
            "API key",
            &["highlight_api"],
            "[0-9a-z]{20,40}",
            &["HIGHLIGHT_API_KEY={a32}"],
            &["HIGHLIGHT_API_KEY={a10}"],
        )],
    },
    Provider {
        name: "Honeycomb",
        rules: &[
            token(
                "honeycomb-key",
                "ingest key",
                &["hcaik_", "hcxik_", "hcbik_", "hcamk_", "hcxlk_"],
                "hc[abx](?:ik|mk|lk)_[0-9a-z]{58}",
                &["hcaik_{a58}"],
                &["hcaik_{a20}"],
            ),
            assigned(
                "honeycomb-key-old",
                "API key",
                &["honeycomb"],
                "[0-9A-Za-z]{22}|[0-9a-f]{32}",
                &["HONEYCOMB_API_KEY={22}", "HONEYCOMB_API_KEY={h32}"],
                &["HONEYCOMB_API_KEY={10}"],
            ),
        ],
    },
    Provider {
        name: "LaunchDarkly",
        rules: &[token(
            "launchdarkly-key",
            "SDK key or API token",
            &["sdk-", "api-"],
            "(?:sdk|api)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            &["sdk-{uuid}", "api-{uuid}"],
            &["sdk-{h8}"],
        )],
    },
    Provider {
        name: "Loggly",
        rules: &[assigned(
            "loggly-token",
            "customer token",
            &["loggly"],
            UUID,
            &["LOGGLY_TOKEN={uuid}"],
            &["LOGGLY_TOKEN={h12}"],
        )],
    },
    Provider {
        name: "Logz.io",
        rules: &[assigned(
            "logzio-token",
            "shipping token",
            &["logzio", "logz_io"],
            "[0-9A-Za-z]{32}",
            &["LOGZIO_TOKEN={32}"],
            &["LOGZIO_TOKEN={12}"],
        )],
    },
    Provider {
        name: "Mixpanel",
        rules: &[assigned(
            "mixpanel-secret",
            "API secret",
            &["mixpanel"],
            "[0-9a-f]{32}",
            &["MIXPANEL_API_SECRET={h32}"],
            &["MIXPANEL_API_SECRET={h12}"],
        )],
    },
    Provider {
        name: "New Relic",
        rules: &[
            token("newrelic-key", "user key", &["NRAK-"], "NRAK-[0-9A-Z]{27}", &["NRAK-{A27}"], &["NRAK-{A12}"]),
            token(
                "newrelic-insert-key",
                "insert or query key",
                &["NRII-", "NRIQ-", "NRRA-"],
                "NR(?:I[IQ]-[0-9A-Za-z_-]{32}|RA-[0-9a-f]{42})",
                &["NRII-{w32}", "NRRA-{h42}"],
                &["NRII-{w12}"],
            ),
            token("newrelic-license-key", "license key", &["NRAL"], "[0-9a-f]{36}NRAL", &["{h36}NRAL"], &["{h20}NRAL"])
                .around(36),
        ],
    },
    Provider {
        name: "Opsgenie",
        rules: &[assigned(
            "opsgenie-key",
            "API key",
            &["opsgenie"],
            UUID,
            &["OPSGENIE_API_KEY={uuid}"],
            &["OPSGENIE_API_KEY={h12}"],
        )],
    },
    Provider {
        name: "PagerDuty",
        rules: &[assigned(
            "pagerduty-key",
            "API key",
            &["pagerduty", "pd_api"],
            r"(?:u\+|y_)?[0-9A-Za-z_+-]{18,20}|[0-9a-f]{32}",
            &["PAGERDUTY_TOKEN=u+{18}", "PAGERDUTY_API_KEY={w20}"],
            &["PAGERDUTY_TOKEN={10}"],
        )],
    },
    Provider {
        name: "PostHog",
        rules: &[token(
            "posthog-key",
            "personal API key",
            &["phx_"],
            "phx_[0-9A-Za-z]{43,48}",
            &["phx_{43}"],
            &["phx_{12}", "phc_{43}"],
        )],
    },
    Provider {
        name: "Raygun",
        rules: &[assigned(
            "raygun-key",
            "API key",
            &["raygun"],
            "[0-9A-Za-z+/]{22,24}={0,2}",
            &["RAYGUN_API_KEY={22}=="],
            &["RAYGUN_API_KEY={8}"],
        )],
    },
    Provider {
        name: "Rollbar",
        rules: &[assigned(
            "rollbar-token",
            "access token",
            &["rollbar"],
            "[0-9a-f]{32}",
            &["ROLLBAR_ACCESS_TOKEN={h32}"],
            &["ROLLBAR_ACCESS_TOKEN={h12}"],
        )],
    },
    Provider {
        name: "Segment",
        rules: &[
            token("segment-token", "public API token", &["sgp_"], "sgp_[0-9A-Za-z]{64}", &["sgp_{64}"], &["sgp_{20}"]),
            assigned(
                "segment-key",
                "write key",
                &["segment_write", "segment_key"],
                "[0-9A-Za-z]{32}",
                &["SEGMENT_WRITE_KEY={32}"],
                &["SEGMENT_WRITE_KEY={12}"],
            ),
        ],
    },
    Provider {
        name: "Sentry",
        rules: &[
            token(
                "sentry-token",
                "token",
                &["sntrys_", "sntryu_", "sntryi_"],
                "sntry(?:s_[0-9A-Za-z+/=_-]{64,400}|[ui]_[0-9a-f]{64})",
                &["sntryu_{h64}", "sntrys_eyJ{b120}=_{b43}"],
                &["sntryu_{h20}"],
            )
            .broken(),
            assigned(
                "sentry-token-old",
                "auth token",
                &["sentry"],
                "[0-9a-f]{64}",
                &["SENTRY_AUTH_TOKEN={h64}"],
                &["SENTRY_AUTH_TOKEN={h20}"],
            ),
        ],
    },
    Provider {
        name: "Splunk",
        rules: &[assigned(
            "splunk-token",
            "event collector token",
            &["splunk", "hec_token"],
            UUID,
            &["SPLUNK_HEC_TOKEN={uuid}"],
            &["SPLUNK_HEC_TOKEN={h12}"],
        )],
    },
    Provider {
        name: "Statsig",
        rules: &[token(
            "statsig-key",
            "server secret",
            &["secret-"],
            "secret-[0-9A-Za-z]{43}",
            &["secret-{43}"],
            &["secret-{20}"],
        )],
    },
    Provider {
        name: "Sumo Logic",
        rules: &[assigned(
            "sumologic-key",
            "access key",
            &["sumo"],
            "[0-9A-Za-z]{64}",
            &["SUMOLOGIC_ACCESS_KEY={64}"],
            &["SUMOLOGIC_ACCESS_ID=su{12}"],
        )],
    },
];
