//! Databases, search and content.

use crate::scan::rule::{Provider, UUID, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Aiven",
        rules: &[token(
            "aiven-password",
            "service password",
            &["AVNS_"],
            "AVNS_[0-9A-Za-z_-]{19,28}",
            &["AVNS_{w19}"],
            &["AVNS_{w8}"],
        )],
    },
    Provider {
        name: "Algolia",
        rules: &[assigned(
            "algolia-key",
            "admin API key",
            &["algolia"],
            "[0-9a-f]{32}",
            &["ALGOLIA_ADMIN_KEY={h32}"],
            &["ALGOLIA_ADMIN_KEY={h20}", "ALGOLIA_APP_ID={A10}"],
        )],
    },
    Provider {
        name: "ClickHouse Cloud",
        rules: &[token(
            "clickhouse-key",
            "API secret key",
            &["4b1d"],
            "4b1d[0-9A-Za-z]{38}",
            &["4b1d{38}"],
            &["4b1d{20}"],
        )
        .entropy(4.2)],
    },
    Provider {
        name: "CockroachDB",
        rules: &[token(
            "cockroach-key",
            "API key",
            &["CCDB1_"],
            "CCDB1_[0-9A-Za-z]{22}_[0-9A-Za-z]{40}",
            &["CCDB1_{22}_{40}"],
            &["CCDB1_{22}"],
        )],
    },
    Provider {
        name: "Confluent",
        rules: &[
            assigned(
                "confluent-secret",
                "API secret",
                &["confluent"],
                "(?:cflt)?[0-9A-Za-z+/]{60,64}",
                &["CONFLUENT_API_SECRET={b64}"],
                &["CONFLUENT_API_SECRET={b20}"],
            ),
            token(
                "confluent-marked-secret",
                "API secret",
                &["cflt"],
                "cflt[0-9A-Za-z+/]{60}",
                &["cflt{b60}"],
                &["cflt{b20}"],
            ),
        ],
    },
    Provider {
        name: "Contentful",
        rules: &[
            token(
                "contentful-token",
                "management token",
                &["CFPAT-"],
                "CFPAT-[0-9A-Za-z_-]{43}",
                &["CFPAT-{w43}"],
                &["CFPAT-{w12}"],
            ),
            assigned(
                "contentful-delivery-token",
                "delivery token",
                &["contentful"],
                "[0-9A-Za-z_-]{43}",
                &["CONTENTFUL_ACCESS_TOKEN={w43}"],
                &["CONTENTFUL_ACCESS_TOKEN={w20}"],
            ),
        ],
    },
    Provider {
        name: "Databricks",
        rules: &[token(
            "databricks-token",
            "access token",
            &["dapi"],
            r"dapi[0-9a-f]{32}(?:-\d)?",
            &["dapi{h32}", "dapi{h32}-2"],
            &["dapi{h20}"],
        )],
    },
    Provider {
        name: "DataStax Astra",
        rules: &[token(
            "astra-token",
            "application token",
            &["AstraCS:"],
            "AstraCS:[0-9A-Za-z]{24}:[0-9a-f]{64}",
            &["AstraCS:{24}:{h64}"],
            &["AstraCS:{24}"],
        )
        .broken()],
    },
    Provider {
        name: "Elastic",
        rules: &[assigned(
            "elastic-key",
            "API key",
            &["elastic"],
            "[0-9A-Za-z+/_-]{56,66}={0,2}",
            &["ELASTIC_API_KEY={b58}=="],
            &["ELASTIC_API_KEY={b20}=="],
        )],
    },
    Provider {
        name: "Fauna",
        rules: &[token(
            "fauna-key",
            "secret",
            &["fnA"],
            "fn(?:AE|AF)[0-9A-Za-z_-]{36,38}",
            &["fnAE{w36}"],
            &["fnAE{w12}"],
        )],
    },
    Provider {
        name: "InfluxDB",
        rules: &[assigned(
            "influx-token",
            "API token",
            &["influx"],
            "[0-9A-Za-z_-]{86}==",
            &["INFLUXDB_TOKEN={w86}=="],
            &["INFLUXDB_TOKEN={w40}=="],
        )],
    },
    Provider {
        name: "MongoDB Atlas",
        rules: &[
            token(
                "mongodb-service-secret",
                "service account secret",
                &["mdb_sa_sk_"],
                "mdb_sa_sk_[0-9A-Za-z_-]{40,48}",
                &["mdb_sa_sk_{w43}"],
                &["mdb_sa_sk_{w12}"],
            ),
            assigned(
                "mongodb-atlas-key",
                "private key",
                &["atlas"],
                UUID,
                &["MONGODB_ATLAS_PRIVATE_KEY={uuid}"],
                &["ATLAS_PROJECT_ID={uuid}"],
            ),
        ],
    },
    Provider {
        name: "Neon",
        rules: &[
            token("neon-key", "API key", &["napi_"], "napi_[0-9a-z]{50,66}", &["napi_{a64}"], &["napi_{a20}"]),
            token(
                "neon-password",
                "database password",
                &["npg_"],
                "npg_[0-9A-Za-z]{12,16}",
                &["npg_{12}"],
                &["npg_{6}"],
            )
            .broken(),
        ],
    },
    Provider {
        name: "PlanetScale",
        rules: &[token(
            "planetscale-secret",
            "password or token",
            &["pscale_tkn_", "pscale_pw_", "pscale_oauth_"],
            "pscale_(?:tkn|pw|oauth)_[0-9A-Za-z=._-]{32,64}",
            &["pscale_pw_{w43}", "pscale_tkn_{w43}"],
            &["pscale_pw_{w12}"],
        )
        .broken()],
    },
    Provider {
        name: "Snowflake",
        rules: &[assigned(
            "snowflake-token",
            "programmatic access token",
            &["snowflake"],
            r"eyJraWQi[0-9A-Za-z_.-]{100,1000}",
            &["SNOWFLAKE_TOKEN=eyJraWQi{w80}.{w80}.{w86}"],
            &["SNOWFLAKE_TOKEN=eyJraWQi{w20}"],
        )],
    },
    Provider {
        name: "Supabase",
        rules: &[
            token(
                "supabase-token",
                "access token",
                &["sbp_"],
                "sbp_(?:v0_|oauth_)?[0-9a-f]{40}",
                &["sbp_{h40}"],
                &["sbp_{h20}"],
            ),
            token(
                "supabase-secret-key",
                "secret key",
                &["sb_secret_"],
                "sb_secret_[0-9A-Za-z_-]{22,40}",
                &["sb_secret_{22}_{8}"],
                &["sb_secret_{8}", "sb_publishable_{22}_{8}"],
            ),
        ],
    },
    Provider {
        name: "Typesense",
        rules: &[assigned(
            "typesense-key",
            "API key",
            &["typesense"],
            "[0-9A-Za-z]{32,48}",
            &["TYPESENSE_API_KEY={32}"],
            &["TYPESENSE_API_KEY={12}"],
        )],
    },
    Provider {
        name: "Upstash",
        rules: &[assigned(
            "upstash-token",
            "REST token",
            &["upstash"],
            "[0-9A-Za-z+/_=-]{38,140}",
            &["UPSTASH_REDIS_REST_TOKEN=A{w60}=="],
            &["UPSTASH_REDIS_REST_TOKEN={w20}"],
        )],
    },
    Provider {
        name: "Xata",
        rules: &[token("xata-key", "API key", &["xau_"], "xau_[0-9A-Za-z]{32,40}", &["xau_{33}"], &["xau_{12}"])],
    },
];
