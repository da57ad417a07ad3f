//! Payments, banks and markets.

use crate::scan::rule::{Provider, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Adyen",
        rules: &[token(
            "adyen-key",
            "API key",
            &["AQE"],
            "AQE[a-z]hmfxL[0-9A-Za-z+/=-]{60,140}",
            &["AQEyhmfxL{b80}"],
            &["AQEyhmfxL{b12}"],
        )
        .broken()],
    },
    Provider {
        name: "Binance",
        rules: &[assigned(
            "binance-secret",
            "API secret",
            &["binance"],
            "[0-9A-Za-z]{64}",
            &["BINANCE_SECRET_KEY={64}"],
            &["BINANCE_SECRET_KEY={20}"],
        )],
    },
    Provider {
        name: "Braintree",
        rules: &[token(
            "braintree-token",
            "access token",
            &["access_token$"],
            r"access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}",
            &["access_token$production${a16}${h32}"],
            &["access_token$production${a16}"],
        )
        .broken()],
    },
    Provider {
        name: "Coinbase",
        rules: &[assigned(
            "coinbase-secret",
            "API secret",
            &["coinbase"],
            "[0-9A-Za-z_-]{32,64}",
            &["COINBASE_API_SECRET={w64}"],
            &["COINBASE_API_SECRET={w12}"],
        )],
    },
    Provider {
        name: "Flutterwave",
        rules: &[token(
            "flutterwave-key",
            "secret key",
            &["FLWSECK-", "FLWSECK_TEST-"],
            "FLWSECK(?:_TEST)?-[0-9A-Za-z]{12,36}(?:-[0-9A-Za-z]{10,14})?-X",
            &["FLWSECK-{h32}-X", "FLWSECK_TEST-{h32}-X"],
            &["FLWSECK-{h8}-X"],
        )],
    },
    Provider {
        name: "GoCardless",
        rules: &[assigned(
            "gocardless-token",
            "access token",
            &["gocardless", "gc_access"],
            "(?:live|sandbox)_[0-9A-Za-z_-]{40}",
            &["GOCARDLESS_TOKEN=live_{w40}"],
            &["GOCARDLESS_TOKEN=live_{w20}"],
        )],
    },
    Provider {
        name: "Klarna",
        rules: &[token(
            "klarna-key",
            "API key",
            &["klarna_live_api_", "klarna_test_api_"],
            "klarna_(?:live|test)_api_[0-9A-Za-z+/_=-]{40,300}",
            &["klarna_live_api_{b80}"],
            &["klarna_live_api_{b12}"],
        )
        .broken()],
    },
    Provider {
        name: "Kraken",
        rules: &[assigned(
            "kraken-secret",
            "private key",
            &["kraken"],
            "[0-9A-Za-z+/]{80,90}={0,2}",
            &["KRAKEN_PRIVATE_KEY={b86}=="],
            &["KRAKEN_PRIVATE_KEY={b20}"],
        )],
    },
    Provider {
        name: "Mercado Pago",
        rules: &[token(
            "mercadopago-token",
            "access token",
            &["APP_USR-"],
            r"APP_USR-\d{12,18}-\d{6}-[0-9a-f]{32}-\d{6,12}",
            &["APP_USR-{d16}-{d6}-{h32}-{d9}"],
            &["APP_USR-{d16}"],
        )],
    },
    Provider {
        name: "Midtrans",
        rules: &[token(
            "midtrans-key",
            "server key",
            &["Mid-server-"],
            "Mid-server-[0-9A-Za-z_-]{24}",
            &["Mid-server-{w24}"],
            &["Mid-server-{w8}"],
        )],
    },
    Provider {
        name: "Mollie",
        rules: &[assigned(
            "mollie-key",
            "API key",
            &["mollie"],
            "(?:live|test)_[0-9A-Za-z]{30,34}",
            &["MOLLIE_API_KEY=live_{30}"],
            &["MOLLIE_API_KEY=live_{12}"],
        )],
    },
    Provider {
        name: "Omise",
        rules: &[token(
            "omise-key",
            "secret key",
            &["skey_"],
            "skey_(?:test_)?[0-9a-z]{19}",
            &["skey_{a19}"],
            &["skey_{a8}"],
        )],
    },
    Provider {
        name: "Paddle",
        rules: &[token(
            "paddle-key",
            "API key",
            &["pdl_live_apikey_", "pdl_sdbx_apikey_"],
            "pdl_(?:live|sdbx)_apikey_[0-9a-z]{26}_[0-9A-Za-z]{22}_[0-9A-Za-z]{3}",
            &["pdl_live_apikey_{a26}_{22}_{3}"],
            &["pdl_live_apikey_{a26}"],
        )],
    },
    Provider {
        name: "PayPal",
        rules: &[assigned(
            "paypal-secret",
            "client secret",
            &["paypal"],
            "E[0-9A-Za-z_-]{79}",
            &["PAYPAL_CLIENT_SECRET=E{w79}"],
            &["PAYPAL_CLIENT_SECRET=E{w20}"],
        )],
    },
    Provider {
        name: "Plaid",
        rules: &[
            token(
                "plaid-token",
                "access token",
                &["access-sandbox-", "access-production-", "access-development-"],
                "access-(?:sandbox|development|production)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                &["access-production-{uuid}"],
                &["access-production-{h8}"],
            ),
            assigned(
                "plaid-secret",
                "secret",
                &["plaid"],
                "[0-9a-f]{30}",
                &["PLAID_SECRET={h30}"],
                &["PLAID_CLIENT_ID={h24}"],
            ),
        ],
    },
    Provider {
        name: "Razorpay",
        rules: &[
            token(
                "razorpay-key",
                "key id",
                &["rzp_live_", "rzp_test_"],
                "rzp_(?:live|test)_[0-9A-Za-z]{14}",
                &["rzp_live_{14}"],
                &["rzp_live_{8}"],
            ),
            assigned(
                "razorpay-secret",
                "key secret",
                &["razorpay"],
                "[0-9A-Za-z]{24}",
                &["RAZORPAY_KEY_SECRET={24}"],
                &["RAZORPAY_KEY_SECRET={12}"],
            ),
        ],
    },
    Provider {
        name: "Recurly",
        rules: &[assigned(
            "recurly-key",
            "private key",
            &["recurly"],
            "[0-9a-f]{32}",
            &["RECURLY_API_KEY={h32}"],
            &["RECURLY_API_KEY={h20}"],
        )],
    },
    Provider {
        name: "Square",
        rules: &[
            token(
                "square-token",
                "token",
                &["sq0atp-", "sq0csp-"],
                "sq0(?:atp|csp)-[0-9A-Za-z_-]{22,43}",
                &["sq0atp-{w22}", "sq0csp-{w43}"],
                &["sq0atp-{w8}", "sq0idp-{w22}"],
            ),
            token(
                "square-access-token",
                "access token",
                &["EAAA"],
                "EAAA[0-9A-Za-z_-]{60}",
                &["EAAA{w60}"],
                &["EAAA{w30}"],
            ),
        ],
    },
    Provider {
        name: "Stripe",
        rules: &[
            token(
                "stripe-key",
                "live key",
                &["sk_live_", "rk_live_", "sk_prod_", "rk_prod_"],
                "[sr]k_(?:live|prod)_[0-9A-Za-z]{16,250}",
                &["sk_live_{24}", "rk_live_{99}"],
                &["sk_live_{8}", "pk_live_{24}", "task_live_{24}"],
            ),
            token(
                "stripe-test-key",
                "test key",
                &["sk_test_", "rk_test_"],
                "[sr]k_test_[0-9A-Za-z]{16,250}",
                &["sk_test_{24}", "rk_test_{99}"],
                &["sk_test_{8}", "pk_test_{24}"],
            )
            .warns(),
        ],
    },
    Provider {
        name: "Xendit",
        rules: &[token(
            "xendit-key",
            "secret key",
            &["xnd_production_", "xnd_development_"],
            "xnd_(?:production|development)_[0-9A-Za-z_+/=-]{32,100}",
            &["xnd_production_{60}"],
            &["xnd_production_{12}"],
        )
        .broken()],
    },
];
