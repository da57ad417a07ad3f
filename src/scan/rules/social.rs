//! Networks of people and media.

use crate::scan::rule::{Provider, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Facebook",
        rules: &[
            token(
                "facebook-token",
                "access token",
                &["EAAC", "EAAG", "EAAB", "EAAD", "EAAJ", "EAAF", "EAAE", "EAAL", "EAAM"],
                "EAA[A-Z][0-9A-Za-z]{90,400}",
                &["EAAG{180}"],
                &["EAAG{20}"],
            ),
            assigned(
                "facebook-secret",
                "app secret",
                &["facebook", "fb_app", "fb_secret", "fb_client"],
                "[0-9a-f]{32}",
                &["FACEBOOK_APP_SECRET={h32}"],
                &["FACEBOOK_APP_ID={d15}"],
            ),
        ],
    },
    Provider {
        name: "Instagram",
        rules: &[token(
            "instagram-token",
            "access token",
            &["IGQV", "IGAA"],
            "IG(?:QV|AA)[0-9A-Za-z_-]{80,400}",
            &["IGQV{w140}"],
            &["IGQV{w20}"],
        )],
    },
    Provider {
        name: "LinkedIn",
        rules: &[
            token(
                "linkedin-secret",
                "client secret",
                &["WPL_AP1.", "WPL_AP0."],
                r"WPL_AP[01]\.[0-9A-Za-z]{16}(?:\.[0-9A-Za-z+/=]{6,8})?",
                &["WPL_AP1.{16}.{6}=="],
                &["WPL_AP1.{8}"],
            )
            .broken(),
            assigned(
                "linkedin-secret-old",
                "client secret",
                &["linkedin"],
                "[0-9A-Za-z]{16}",
                &["LINKEDIN_CLIENT_SECRET={16}"],
                &["LINKEDIN_CLIENT_ID={a14}"],
            ),
        ],
    },
    Provider {
        name: "Pinterest",
        rules: &[token(
            "pinterest-token",
            "access token",
            &["pina_"],
            "pina_[0-9A-Z]{60,100}",
            &["pina_{A80}"],
            &["pina_{A20}"],
        )],
    },
    Provider {
        name: "Reddit",
        rules: &[assigned(
            "reddit-secret",
            "client secret",
            &["reddit"],
            "[0-9A-Za-z_-]{27,30}",
            &["REDDIT_CLIENT_SECRET={w27}"],
            &["REDDIT_CLIENT_ID={w14}"],
        )],
    },
    Provider {
        name: "Spotify",
        rules: &[assigned(
            "spotify-secret",
            "client secret",
            &["spotify"],
            "[0-9a-f]{32}",
            &["SPOTIFY_CLIENT_SECRET={h32}"],
            &["SPOTIFY_CLIENT_ID={h32}"],
        )],
    },
    Provider {
        name: "Strava",
        rules: &[assigned(
            "strava-secret",
            "client secret",
            &["strava"],
            "[0-9a-f]{40}",
            &["STRAVA_CLIENT_SECRET={h40}"],
            &["STRAVA_CLIENT_ID={d6}"],
        )],
    },
    Provider {
        name: "Twitch",
        rules: &[assigned(
            "twitch-secret",
            "client secret",
            &["twitch"],
            "(?:oauth:)?[0-9a-z]{30}",
            &["TWITCH_CLIENT_SECRET={a30}"],
            &["TWITCH_CLIENT_ID={a30}"],
        )],
    },
    Provider {
        name: "X",
        rules: &[
            token(
                "x-bearer-token",
                "bearer token",
                &["AAAAAAAAAAAAAAAAAAAAA"],
                "A{21,24}[0-9A-Za-z%]{60,120}",
                &["AAAAAAAAAAAAAAAAAAAAA{90}"],
                &["AAAAAAAAAAAAAAAAAAAAA{12}"],
            )
            .entropy(2.5),
            assigned(
                "x-secret",
                "API secret",
                &["twitter"],
                r"[0-9A-Za-z]{50}|[0-9A-Za-z]{45}|\d{6,20}-[0-9A-Za-z]{40}",
                &["TWITTER_API_SECRET={50}", "TWITTER_ACCESS_TOKEN={d10}-{40}"],
                &["TWITTER_API_SECRET={20}"],
            ),
        ],
    },
];
