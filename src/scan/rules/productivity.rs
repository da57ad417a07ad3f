//! Documents, tasks, design, maps and other tools.

use crate::scan::rule::{Provider, UUID, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Adobe",
        rules: &[token(
            "adobe-secret",
            "client secret",
            &["p8e-"],
            "p8e-[0-9A-Za-z_-]{32}",
            &["p8e-{w32}"],
            &["p8e-{w12}"],
        )],
    },
    Provider {
        name: "Airtable",
        rules: &[
            token(
                "airtable-token",
                "personal access token",
                &["pat"],
                r"pat[0-9A-Za-z]{14}\.[0-9a-f]{64}",
                &["pat{14}.{h64}"],
                &["pat{14}.{h20}", "pattern{14}"],
            )
            .broken(),
            assigned(
                "airtable-key",
                "API key",
                &["airtable"],
                "key[0-9A-Za-z]{14}",
                &["AIRTABLE_API_KEY=key{14}"],
                &["AIRTABLE_BASE_ID=app{14}"],
            ),
        ],
    },
    Provider {
        name: "Asana",
        rules: &[
            token(
                "asana-token",
                "personal access token",
                &["1/1", "2/1"],
                r"(?:1/\d{13,19}:[0-9a-f]{32}|2/\d{13,19}/\d{13,19}:[0-9a-f]{32})",
                &["1/1{d15}:{h32}", "2/1{d15}/1{d15}:{h32}"],
                &["1/1{d15}:{h12}"],
            )
            .broken(),
            assigned(
                "asana-secret",
                "client secret",
                &["asana"],
                "[0-9a-f]{32}",
                &["ASANA_CLIENT_SECRET={h32}"],
                &["ASANA_CLIENT_ID={d16}"],
            ),
        ],
    },
    Provider {
        name: "Box",
        rules: &[assigned(
            "box-secret",
            "client secret",
            &["box_client", "boxapp"],
            "[0-9A-Za-z]{32}",
            &["BOX_CLIENT_SECRET={32}"],
            &["BOX_CLIENT_SECRET={12}"],
        )],
    },
    Provider {
        name: "Canva",
        rules: &[token(
            "canva-secret",
            "client secret",
            &["cnvca"],
            "cnvca[0-9A-Za-z_-]{40,56}",
            &["cnvca{w50}"],
            &["cnvca{w12}"],
        )],
    },
    Provider {
        name: "ClickUp",
        rules: &[token(
            "clickup-token",
            "personal token",
            &["pk_"],
            r"pk_\d{6,9}_[0-9A-Z]{32}",
            &["pk_{d8}_{A32}"],
            &["pk_{d8}_{A12}"],
        )],
    },
    Provider {
        name: "Cloudinary",
        rules: &[token(
            "cloudinary-url",
            "address with API secret",
            &["cloudinary://"],
            r"cloudinary://\d{10,16}:[0-9A-Za-z_-]{25,30}@[0-9a-z-]+",
            &["cloudinary://{d15}:{w27}@acme"],
            &["cloudinary://{d15}:{w8}@acme"],
        )
        .broken()],
    },
    Provider {
        name: "Defined Networking",
        rules: &[token(
            "defined-networking-token",
            "API token",
            &["dnkey-"],
            "dnkey-[0-9a-z=_-]{26}-[0-9a-z=_-]{52}",
            &["dnkey-{a26}-{a52}"],
            &["dnkey-{a26}"],
        )
        .broken()],
    },
    Provider {
        name: "Dropbox",
        rules: &[
            token(
                "dropbox-token",
                "access token",
                &["sl.B", "sl.u", "sl.A"],
                r"sl\.(?:u\.)?[0-9A-Za-z_-]{130,1300}",
                &["sl.B{w136}", "sl.u.A{w200}"],
                &["sl.B{w40}"],
            )
            .broken(),
            assigned(
                "dropbox-secret",
                "app secret",
                &["dropbox"],
                "[0-9a-z]{15}",
                &["DROPBOX_APP_SECRET={a15}"],
                &["DROPBOX_APP_SECRET={a8}"],
            ),
        ],
    },
    Provider {
        name: "Figma",
        rules: &[token(
            "figma-token",
            "access token",
            &["figd_", "figdr_", "figu_", "figur_", "figo_", "figor_"],
            "fig(?:d|dr|u|ur|o|or)_[0-9A-Za-z_-]{38,42}",
            &["figd_{w40}"],
            &["figd_{w12}"],
        )],
    },
    Provider {
        name: "Frame.io",
        rules: &[token(
            "frameio-token",
            "API token",
            &["fio-u-"],
            "fio-u-[0-9A-Za-z_=-]{64}",
            &["fio-u-{w64}"],
            &["fio-u-{w12}"],
        )
        .broken()],
    },
    Provider {
        name: "Linear",
        rules: &[token(
            "linear-key",
            "API key",
            &["lin_api_", "lin_oauth_"],
            "lin_(?:api_[0-9A-Za-z]{40}|oauth_[0-9a-f]{64})",
            &["lin_api_{40}", "lin_oauth_{h64}"],
            &["lin_api_{12}"],
        )],
    },
    Provider {
        name: "Lokalise",
        rules: &[assigned(
            "lokalise-token",
            "API token",
            &["lokalise"],
            "[0-9a-f]{40}",
            &["LOKALISE_API_TOKEN={h40}"],
            &["LOKALISE_API_TOKEN={h20}"],
        )],
    },
    Provider {
        name: "Notion",
        rules: &[
            token(
                "notion-token",
                "token",
                &["ntn_"],
                "ntn_[0-9]{11}[0-9A-Za-z]{35}",
                &["ntn_{d11}{35}"],
                &["ntn_{d11}{12}"],
            ),
            token(
                "notion-token-old",
                "integration token",
                &["secret_"],
                "secret_[0-9A-Za-z]{43}",
                &["secret_{43}"],
                &["secret_{20}", "client_secret_{43}"],
            ),
        ],
    },
    Provider {
        name: "Postman",
        rules: &[token(
            "postman-key",
            "API key",
            &["PMAK-"],
            "PMAK-[0-9a-f]{24}-[0-9a-f]{34}",
            &["PMAK-{h24}-{h34}"],
            &["PMAK-{h24}"],
        )],
    },
    Provider {
        name: "ReadMe",
        rules: &[token("readme-key", "API key", &["rdme_"], "rdme_[0-9a-z]{70}", &["rdme_{a70}"], &["rdme_{a20}"])],
    },
    Provider {
        name: "Shortcut",
        rules: &[assigned(
            "shortcut-token",
            "API token",
            &["shortcut_api", "clubhouse_api"],
            UUID,
            &["SHORTCUT_API_TOKEN={uuid}"],
            &["SHORTCUT_API_TOKEN={h12}"],
        )],
    },
    Provider {
        name: "Smartsheet",
        rules: &[assigned(
            "smartsheet-token",
            "access token",
            &["smartsheet"],
            "[0-9A-Za-z]{37}|[0-9a-z]{26}",
            &["SMARTSHEET_ACCESS_TOKEN={37}"],
            &["SMARTSHEET_ACCESS_TOKEN={12}"],
        )],
    },
    Provider {
        name: "Todoist",
        rules: &[assigned(
            "todoist-token",
            "API token",
            &["todoist"],
            "[0-9a-f]{40}",
            &["TODOIST_API_TOKEN={h40}"],
            &["TODOIST_API_TOKEN={h20}"],
        )],
    },
    Provider {
        name: "Trello",
        rules: &[
            token(
                "trello-token",
                "API token",
                &["ATTA"],
                "ATTA[0-9a-f]{64}[0-9A-F]{8}",
                &["ATTA{h64}{H8}"],
                &["ATTA{h20}"],
            ),
            assigned(
                "trello-secret",
                "secret",
                &["trello"],
                "[0-9a-f]{64}",
                &["TRELLO_API_TOKEN={h64}"],
                &["TRELLO_BOARD_ID={h24}"],
            ),
        ],
    },
    Provider {
        name: "Typeform",
        rules: &[token(
            "typeform-token",
            "access token",
            &["tfp_"],
            "tfp_[0-9A-Za-z_.=-]{44,60}",
            &["tfp_{44}_{14}"],
            &["tfp_{12}"],
        )
        .broken()],
    },
    Provider {
        name: "WakaTime",
        rules: &[token(
            "wakatime-key",
            "API key",
            &["waka_"],
            "waka_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            &["waka_{uuid}"],
            &["waka_{h8}"],
        )],
    },
    Provider {
        name: "Webflow",
        rules: &[assigned(
            "webflow-token",
            "API token",
            &["webflow"],
            "[0-9a-f]{64}",
            &["WEBFLOW_API_TOKEN={h64}"],
            &["WEBFLOW_API_TOKEN={h20}"],
        )],
    },
    Provider {
        name: "Zapier",
        rules: &[token(
            "zapier-webhook",
            "webhook address",
            &["hooks.zapier.com/hooks/catch/"],
            r"hooks\.zapier\.com/hooks/catch/\d{5,10}/[0-9a-z]{6,10}",
            &["https://hooks.zapier.com/hooks/catch/{d7}/{a7}"],
            &["https://hooks.zapier.com/hooks/catch/{d7}"],
        )
        .broken()
        .warns()],
    },
];
