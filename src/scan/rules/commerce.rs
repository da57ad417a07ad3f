//! Shops and their logistics.

use crate::scan::rule::{Provider, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "BigCommerce",
        rules: &[assigned(
            "bigcommerce-token",
            "access token",
            &["bigcommerce"],
            "[0-9a-z]{31,32}",
            &["BIGCOMMERCE_ACCESS_TOKEN={a31}"],
            &["BIGCOMMERCE_ACCESS_TOKEN={a20}"],
        )],
    },
    Provider {
        name: "Duffel",
        rules: &[token(
            "duffel-token",
            "access token",
            &["duffel_live_", "duffel_test_"],
            "duffel_(?:live|test)_[0-9A-Za-z_-]{43}",
            &["duffel_live_{w43}"],
            &["duffel_live_{w12}"],
        )],
    },
    Provider {
        name: "EasyPost",
        rules: &[token(
            "easypost-key",
            "API key",
            &["EZAK", "EZTK"],
            "EZ[AT]K[0-9A-Za-z]{54}",
            &["EZAK{54}"],
            &["EZAK{20}"],
        )],
    },
    Provider {
        name: "Etsy",
        rules: &[assigned(
            "etsy-key",
            "API key",
            &["etsy"],
            "[0-9a-z]{24}",
            &["ETSY_API_KEY={a24}"],
            &["ETSY_API_KEY={a12}"],
        )],
    },
    Provider {
        name: "Lob",
        rules: &[assigned(
            "lob-key",
            "API key",
            &["lob_"],
            "(?:live|test)_[0-9a-f]{35}",
            &["LOB_API_KEY=live_{h35}"],
            &["LOB_API_KEY=live_{h20}"],
        )],
    },
    Provider {
        name: "Shippo",
        rules: &[token(
            "shippo-token",
            "API token",
            &["shippo_live_", "shippo_test_"],
            "shippo_(?:live|test)_[0-9a-f]{40}",
            &["shippo_live_{h40}"],
            &["shippo_live_{h20}"],
        )],
    },
    Provider {
        name: "Shopify",
        rules: &[token(
            "shopify-token",
            "token",
            &["shpat_", "shpca_", "shppa_", "shpss_"],
            "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
            &["shpat_{h32}", "shpss_{h32}"],
            &["shpat_{h20}"],
        )],
    },
    Provider {
        name: "WooCommerce",
        rules: &[token(
            "woocommerce-key",
            "REST API key",
            &["cs_", "ck_"],
            "c[sk]_[0-9a-f]{40}",
            &["cs_{h40}"],
            &["cs_{h20}", "docs_{h40}"],
        )],
    },
];
