//! Mail, chat, telephony and support.

use crate::scan::checksum;
use crate::scan::rule::{Provider, UUID, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Ably",
        rules: &[assigned(
            "ably-key",
            "API key",
            &["ably"],
            r"[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{6}:[0-9A-Za-z_-]{43}",
            &["ABLY_API_KEY={6}.{6}:{w43}"],
            &["ABLY_API_KEY={6}.{6}"],
        )],
    },
    Provider {
        name: "Brevo",
        rules: &[token(
            "brevo-key",
            "API key",
            &["xkeysib-", "xsmtpsib-"],
            "x(?:key|smtp)sib-[0-9a-f]{64}-[0-9A-Za-z]{16}",
            &["xkeysib-{h64}-{16}"],
            &["xkeysib-{h64}"],
        )],
    },
    Provider {
        name: "Customer.io",
        rules: &[assigned(
            "customerio-key",
            "API key",
            &["customerio", "customer_io"],
            "[0-9a-f]{20,32}",
            &["CUSTOMERIO_API_KEY={h32}"],
            &["CUSTOMERIO_API_KEY={h12}"],
        )],
    },
    Provider {
        name: "Discord",
        rules: &[
            token(
                "discord-token",
                "bot token",
                &["login(\"", "login('", ".run(\"", ".run('", "Bot M", "Bot N", "Bot O"],
                r#"(?:login\(["']|\.run\(["']|Bot )([MNO][0-9A-Za-z_-]{23,27}\.[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{27,40})"#,
                &["client.login('{id:18}.{w6}.{w38}')", "Authorization: Bot {id:18}.{6}.{w38}"],
                &["client.login('{id:18}.{w6}.{w12}')", "client.login('M{w24}.{w6}.{w38}')"],
            ).broken()
            .checked(checksum::discord),
            assigned(
                "discord-token-setting",
                "bot token",
                &["discord", "bot_token"],
                r"[MNO][0-9A-Za-z_-]{23,27}\.[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{27,40}",
                &["DISCORD_BOT_TOKEN={id:18}.{w6}.{w38}"],
                &["DISCORD_TOKEN=M{w24}.{w6}.{w12}"],
            )
            .checked(checksum::discord),
            token(
                "discord-webhook",
                "webhook address",
                &["/api/webhooks/"],
                r"discord(?:app)?\.com/api/webhooks/\d{17,20}/[0-9A-Za-z_-]{60,72}",
                &["https://discord.com/api/webhooks/{d18}/{w68}"],
                &["https://discord.com/api/webhooks/{d18}"],
            )
            .around(16),
            assigned(
                "discord-secret",
                "client secret",
                &["discord"],
                "[0-9A-Za-z_-]{32}",
                &["DISCORD_CLIENT_SECRET={w32}"],
                &["DISCORD_CLIENT_SECRET={w20}"],
            ),
        ],
    },
    Provider {
        name: "Firebase",
        rules: &[token(
            "firebase-server-key",
            "server key",
            &["AAAA"],
            "AAAA[0-9A-Za-z_-]{7}:APA91b[0-9A-Za-z_-]{134}",
            &["AAAA{w7}:APA91b{w134}"],
            &["AAAA{w7}:{w20}"],
        ).broken()],
    },
    Provider {
        name: "Freshdesk",
        rules: &[assigned(
            "freshdesk-key",
            "API key",
            &["freshdesk", "freshservice"],
            "[0-9A-Za-z]{20}",
            &["FRESHDESK_API_KEY={20}"],
            &["FRESHDESK_API_KEY={12}"],
        )],
    },
    Provider {
        name: "Front",
        rules: &[assigned(
            "front-token",
            "API token",
            &["frontapp", "front_api"],
            r"eyJ[0-9A-Za-z_-]{17,}\.[0-9A-Za-z_-]{40,}\.[0-9A-Za-z_-]{43}",
            &["FRONT_API_TOKEN=eyJ{w40}.{w90}.{w43}"],
            &["FRONT_API_TOKEN=eyJ{w40}"],
        )],
    },
    Provider {
        name: "HubSpot",
        rules: &[
            token(
                "hubspot-token",
                "private app token",
                &["pat-na", "pat-eu", "pat-ap"],
                r"pat-(?:na|eu|ap)\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                &["pat-na1-{uuid}"],
                &["pat-na1-{h8}"],
            ),
            assigned(
                "hubspot-key",
                "API key",
                &["hubspot", "hapikey"],
                UUID,
                &["HUBSPOT_API_KEY={uuid}", "hapikey={uuid}"],
                &["HUBSPOT_APP_ID={uuid}"],
            ),
        ],
    },
    Provider {
        name: "Intercom",
        rules: &[token(
            "intercom-token",
            "access token",
            &["dG9rO"],
            "dG9rO[0-9A-Za-z+/=_-]{54,56}",
            &["dG9rO{b54}="],
            &["dG9rO{b12}"],
        ).broken()],
    },
    Provider {
        name: "Klaviyo",
        rules: &[token(
            "klaviyo-key",
            "private key",
            &["pk_"],
            "pk_(?:[0-9A-Za-z]{6}_)?[0-9a-f]{34}",
            &["pk_{h34}"],
            &["pk_{h20}"],
        )],
    },
    Provider {
        name: "LINE",
        rules: &[assigned(
            "line-token",
            "channel access token",
            &["line_channel", "line_access", "linebot"],
            "[0-9A-Za-z+/]{160,180}=?",
            &["LINE_CHANNEL_ACCESS_TOKEN={b171}="],
            &["LINE_CHANNEL_ACCESS_TOKEN={b40}="],
        )],
    },
    Provider {
        name: "Mailchimp",
        rules: &[
            token(
                "mailchimp-key",
                "API key",
                &["-us1", "-us2", "-us3", "-us4", "-us5", "-us6", "-us7", "-us8", "-us9"],
                r"[0-9a-f]{32}-us\d{1,2}",
                &["{h32}-us12"],
                &["{h20}-us12"],
            )
            .around(32),
            token(
                "mandrill-key",
                "transactional key",
                &["md-"],
                "md-[0-9A-Za-z_-]{22}",
                &["md-{w22}"],
                &["md-{w10}", "cmd-{w22}"],
            ),
        ],
    },
    Provider {
        name: "Mailgun",
        rules: &[
            token(
                "mailgun-key",
                "API key",
                &["key-"],
                "key-[0-9a-f]{32}",
                &["key-{h32}"],
                &["key-{h20}", "monkey-{h32}"],
            ),
            assigned(
                "mailgun-key-new",
                "API key",
                &["mailgun"],
                "[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}",
                &["MAILGUN_API_KEY={h32}-{h8}-{h8}"],
                &["MAILGUN_API_KEY={h32}-{h8}"],
            ),
        ],
    },
    Provider {
        name: "Mailjet",
        rules: &[assigned(
            "mailjet-key",
            "API secret",
            &["mailjet", "mj_apikey"],
            "[0-9a-f]{32}",
            &["MAILJET_API_SECRET={h32}"],
            &["MAILJET_API_SECRET={h20}"],
        )],
    },
    Provider {
        name: "MessageBird",
        rules: &[assigned(
            "messagebird-key",
            "access key",
            &["messagebird", "message_bird"],
            "[0-9A-Za-z]{25}",
            &["MESSAGEBIRD_ACCESS_KEY={25}"],
            &["MESSAGEBIRD_ACCESS_KEY={12}"],
        )],
    },
    Provider {
        name: "Microsoft Teams",
        rules: &[token(
            "teams-webhook",
            "webhook address",
            &[".webhook.office.com"],
            r"[\w-]{1,40}\.webhook\.office\.com/webhookb2/[0-9a-f@-]{73}/IncomingWebhook/\w{32}/[\w-]{36}",
            &["https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{h32}/{uuid}"],
            &["https://acme.webhook.office.com/webhookb2/{uuid}"],
        )
        .around(40)],
    },
    Provider {
        name: "OneSignal",
        rules: &[token(
            "onesignal-key",
            "API key",
            &["os_v2_app_", "os_v2_org_"],
            "os_v2_(?:app|org)_[a-z2-7]{100,110}",
            &["os_v2_app_{l103}"],
            &["os_v2_app_{l20}"],
        )],
    },
    Provider {
        name: "Plivo",
        rules: &[assigned(
            "plivo-token",
            "auth token",
            &["plivo"],
            "[0-9A-Za-z]{40}",
            &["PLIVO_AUTH_TOKEN={40}"],
            &["PLIVO_AUTH_TOKEN={20}"],
        )],
    },
    Provider {
        name: "Postmark",
        rules: &[assigned(
            "postmark-token",
            "server token",
            &["postmark"],
            UUID,
            &["POSTMARK_SERVER_TOKEN={uuid}"],
            &["POSTMARK_SERVER_TOKEN={h20}"],
        )],
    },
    Provider {
        name: "Pusher",
        rules: &[assigned(
            "pusher-secret",
            "app secret",
            &["pusher"],
            "[0-9a-f]{20}",
            &["PUSHER_APP_SECRET={h20}"],
            &["PUSHER_APP_SECRET={h12}"],
        )],
    },
    Provider {
        name: "Resend",
        rules: &[token(
            "resend-key",
            "API key",
            &["re_"],
            "re_[0-9A-Za-z]{8}_[0-9A-Za-z]{24}",
            &["re_{8}_{24}"],
            &["re_{8}_{8}"],
        )],
    },
    Provider {
        name: "SendGrid",
        rules: &[token(
            "sendgrid-key",
            "API key",
            &["SG."],
            r"SG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}",
            &["SG.{w22}.{w43}"],
            &["SG.{w22}.{w20}"],
        ).broken()],
    },
    Provider {
        name: "Slack",
        rules: &[
            token(
                "slack-token",
                "token",
                &["xoxb-", "xoxp-", "xoxa-", "xoxe", "xoxr-", "xoxs-", "xoxc-", "xoxd-", "xoxo-"],
                r"xox[abcdeoprs](?:\.xox[bp])?-(?:\d+-)*[0-9A-Za-z%+/-]{20,250}",
                &["xoxb-{d12}-{d12}-{24}", "xoxp-{d12}-{d12}-{d12}-{h32}", "xoxe.xoxp-1-{b140}"],
                &["xoxb-{d5}", "xoxb-"],
            ).broken(),
            token(
                "slack-app-token",
                "app token",
                &["xapp-"],
                r"xapp-\d-[0-9A-Z]+-\d+-[0-9a-f]{32,80}",
                &["xapp-1-A{A10}-{d13}-{h64}"],
                &["xapp-1-A{A10}"],
            ),
            token(
                "slack-webhook",
                "webhook address",
                &["hooks.slack.com"],
                r"hooks\.slack\.com/(?:services/T\w{8,12}/B\w{8,12}/\w{20,26}|[wt]\w{7,8}s/\w{8,12}/[\w/]{20,80})",
                &["https://hooks.slack.com/services/T{A10}/B{A10}/{24}"],
                &["https://hooks.slack.com/services/T{A10}"],
            ).broken(),
        ],
    },
    Provider {
        name: "Telegram",
        rules: &[token(
            "telegram-token",
            "bot token",
            &["0:AA", "1:AA", "2:AA", "3:AA", "4:AA", "5:AA", "6:AA", "7:AA", "8:AA", "9:AA"],
            r"\d{8,10}:AA[0-9A-Za-z_-]{33}",
            &["{d10}:AA{w33}"],
            &["{d10}:AA{w12}"],
        )
        .around(10)],
    },
    Provider {
        name: "Twilio",
        rules: &[
            token("twilio-key", "API key", TWILIO, "SK[0-9a-f]{32}", &["SK{h32}"], &["SK{h20}"]),
            assigned(
                "twilio-token",
                "auth token",
                &["twilio"],
                "[0-9a-f]{32}",
                &["TWILIO_AUTH_TOKEN={h32}"],
                &["TWILIO_ACCOUNT_SID=AC{h32}"],
            ),
        ],
    },
    Provider {
        name: "Vonage",
        rules: &[assigned(
            "vonage-secret",
            "API secret",
            &["nexmo", "vonage"],
            "[0-9A-Za-z]{16}",
            &["VONAGE_API_SECRET={16}"],
            &["VONAGE_API_KEY={h8}"],
        )],
    },
    Provider {
        name: "Zendesk",
        rules: &[assigned(
            "zendesk-token",
            "API token",
            &["zendesk"],
            "[0-9A-Za-z]{40}",
            &["ZENDESK_API_TOKEN={40}"],
            &["ZENDESK_API_TOKEN={20}"],
        )],
    },
    Provider {
        name: "Zoom",
        rules: &[assigned(
            "zoom-secret",
            "client secret",
            &["zoom_", "zoomus"],
            "[0-9A-Za-z]{32}",
            &["ZOOM_CLIENT_SECRET={32}"],
            &["ZOOM_CLIENT_SECRET={20}"],
        )],
    },
];

/// Two letters are too common to be looked for.
const TWILIO: &[&str] =
    &["SK0", "SK1", "SK2", "SK3", "SK4", "SK5", "SK6", "SK7", "SK8", "SK9", "SKa", "SKb", "SKc", "SKd", "SKe", "SKf"];
