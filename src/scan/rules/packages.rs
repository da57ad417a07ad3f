//! Registries of packages and images.

use crate::scan::checksum;
use crate::scan::rule::{Provider, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Clojars",
        rules: &[token(
            "clojars-token",
            "deploy token",
            &["CLOJARS_"],
            "CLOJARS_[0-9a-f]{60}",
            &["CLOJARS_{h60}"],
            &["CLOJARS_{h20}"],
        )],
    },
    Provider {
        name: "Cloudsmith",
        rules: &[assigned(
            "cloudsmith-key",
            "API key",
            &["cloudsmith"],
            "[0-9a-f]{40}",
            &["CLOUDSMITH_API_KEY={h40}"],
            &["CLOUDSMITH_API_KEY={h20}"],
        )],
    },
    Provider {
        name: "crates.io",
        rules: &[token("crates-io-token", "API token", &["cio"], "cio[0-9A-Za-z]{32}", &["cio{32}"], &["cio{20}"])],
    },
    Provider {
        name: "Docker Hub",
        rules: &[token(
            "docker-token",
            "access token",
            &["dckr_pat_", "dckr_oat_"],
            "dckr_[po]at_[0-9A-Za-z_-]{27,32}",
            &["dckr_pat_{w27}", "dckr_oat_{w32}"],
            &["dckr_pat_{w12}"],
        )],
    },
    Provider {
        name: "Gemfury",
        rules: &[assigned(
            "gemfury-token",
            "push token",
            &["gemfury", "fury_"],
            "[0-9A-Za-z]{20}|[0-9A-Za-z]{5,8}-[0-9A-Za-z]{20,32}",
            &["GEMFURY_TOKEN={20}"],
            &["GEMFURY_TOKEN={8}"],
        )],
    },
    Provider {
        name: "JFrog",
        rules: &[
            token("jfrog-key", "API key", &["AKCp"], "AKCp[0-9A-Za-z]{69}", &["AKCp{69}"], &["AKCp{20}"]),
            token(
                "jfrog-reference-token",
                "reference token",
                &["cmVmdGtuOj"],
                "cmVmdGtuOj[0-9A-Za-z]{54}",
                &["cmVmdGtuOj{54}"],
                &["cmVmdGtuOj{20}"],
            ),
        ],
    },
    Provider {
        name: "JitPack",
        rules: &[token("jitpack-token", "access token", &["jp_"], "jp_[0-9a-z]{24,30}", &["jp_{a26}"], &["jp_{a10}"])],
    },
    Provider {
        name: "npm",
        rules: &[token(
            "npm-token",
            "access token",
            &["npm_"],
            "npm_[0-9A-Za-z]{36}",
            &["npm_{30}{crc}"],
            &["npm_{36}", "npm_{20}"],
        )
        .checked(checksum::github)],
    },
    Provider {
        name: "NuGet",
        rules: &[token("nuget-key", "API key", &["oy2"], "oy2[a-z0-9]{43}", &["oy2{a43}"], &["oy2{a20}"])],
    },
    Provider {
        name: "Packagist",
        rules: &[token(
            "packagist-token",
            "token",
            &["packagist_"],
            "packagist_[orw][ru][ut]_[0-9a-f]{64,70}",
            &["packagist_out_{h68}"],
            &["packagist_out_{h20}"],
        )],
    },
    Provider {
        name: "PyPI",
        rules: &[token(
            "pypi-token",
            "upload token",
            &["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZ"],
            "pypi-Ag(?:EIcHlwaS5vcmc|ENdGVzdC5weXBpLm9yZ)[0-9A-Za-z_-]{50,400}",
            &["pypi-AgEIcHlwaS5vcmc{w120}", "pypi-AgENdGVzdC5weXBpLm9yZ{w120}"],
            &["pypi-AgEIcHlwaS5vcmc{w12}"],
        )],
    },
    Provider {
        name: "RubyGems",
        rules: &[token(
            "rubygems-key",
            "API key",
            &["rubygems_"],
            "rubygems_[0-9a-f]{48}",
            &["rubygems_{h48}"],
            &["rubygems_{h20}"],
        )],
    },
];
