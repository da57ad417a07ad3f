//! Maps, chains, weather and other things to ask for.

use crate::scan::rule::{Provider, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Alchemy",
        rules: &[assigned(
            "alchemy-key",
            "API key",
            &["alchemy"],
            "[0-9A-Za-z_-]{32}",
            &["ALCHEMY_API_KEY={w32}"],
            &["ALCHEMY_API_KEY={w12}"],
        )],
    },
    Provider {
        name: "Infura",
        rules: &[assigned(
            "infura-key",
            "API key secret",
            &["infura"],
            "[0-9a-f]{32}|[0-9A-Za-z+/]{40,48}",
            &["INFURA_API_SECRET={h32}"],
            &["INFURA_API_SECRET={h12}"],
        )],
    },
    Provider {
        name: "MaxMind",
        rules: &[token(
            "maxmind-key",
            "license key",
            &["_mmk"],
            "[0-9A-Za-z]{6}_[0-9A-Za-z]{29}_mmk",
            &["{6}_{29}_mmk"],
            &["{6}_{12}_mmk"],
        )
        .around(36)],
    },
    Provider {
        name: "OpenWeather",
        rules: &[assigned(
            "openweather-key",
            "API key",
            &["openweather", "owm_"],
            "[0-9a-f]{32}",
            &["OPENWEATHER_API_KEY={h32}"],
            &["OPENWEATHER_API_KEY={h12}"],
        )],
    },
    Provider {
        name: "RapidAPI",
        rules: &[assigned(
            "rapidapi-key",
            "key",
            &["rapidapi", "rapid_api"],
            "[0-9a-z]{10}msh[0-9a-z]{15}p1[0-9a-z]{4}jsn[0-9a-z]{12}|[0-9A-Za-z_-]{50}",
            &["X-RapidAPI-Key: {a10}msh{a15}p1{a4}jsn{a12}"],
            &["X-RapidAPI-Key: {a10}"],
        )],
    },
    Provider {
        name: "Shodan",
        rules: &[assigned(
            "shodan-key",
            "API key",
            &["shodan"],
            "[0-9A-Za-z]{32}",
            &["SHODAN_API_KEY={32}"],
            &["SHODAN_API_KEY={12}"],
        )],
    },
    Provider {
        name: "VirusTotal",
        rules: &[assigned(
            "virustotal-key",
            "API key",
            &["virustotal", "vt_api", "x-apikey"],
            "[0-9a-f]{64}",
            &["VIRUSTOTAL_API_KEY={h64}"],
            &["VIRUSTOTAL_API_KEY={h20}"],
        )],
    },
    Provider {
        name: "Mapbox",
        rules: &[token(
            "mapbox-token",
            "secret token",
            &["sk.eyJ"],
            r"sk\.eyJ[0-9A-Za-z_-]{50,120}\.[0-9A-Za-z_-]{22}",
            &["sk.eyJ{w80}.{w22}"],
            &["sk.eyJ{w20}.{w22}", "pk.eyJ{w80}.{w22}"],
        )
        .broken()],
    },
];
