//! Code hosting and review.

use crate::scan::checksum;
use crate::scan::rule::{Provider, UUID, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Atlassian",
        rules: &[
            token(
                "atlassian-token",
                "API token",
                &["ATATT3"],
                "ATATT3[0-9A-Za-z_-]{150,250}=[0-9A-F]{8}",
                &["ATATT3xFfGF0{w176}={H8}"],
                &["ATATT3{w20}"],
            ),
            token(
                "atlassian-service-token",
                "API key",
                &["ATCTT3"],
                "ATCTT3[0-9A-Za-z_-]{150,250}=[0-9A-F]{8}",
                &["ATCTT3xFfGN0{w180}={H8}"],
                &["ATCTT3{w20}"],
            ),
            assigned(
                "jira-token",
                "API token",
                &["jira", "confluence", "atlassian"],
                "[0-9A-Za-z]{24}",
                &["JIRA_API_TOKEN={24}"],
                &["JIRA_API_TOKEN={12}"],
            ),
        ],
    },
    Provider {
        name: "Azure DevOps",
        rules: &[
            token(
                "azure-devops-token",
                "personal access token",
                &["AZDO"],
                "[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}",
                &["{76}AZDO{4}"],
                &["{20}AZDO{4}"],
            )
            .around(76),
            assigned(
                "azure-devops-token-old",
                "personal access token",
                &["azure_devops", "ado_", "vsts", "system_accesstoken"],
                "[0-9a-z]{52}",
                &["AZURE_DEVOPS_PAT={a52}"],
                &["AZURE_DEVOPS_PAT={a20}"],
            ),
        ],
    },
    Provider {
        name: "Bitbucket",
        rules: &[
            token(
                "bitbucket-token",
                "app password or token",
                &["ATBB", "ATCTT"],
                "ATBB[0-9A-Za-z]{24}[0-9A-F]{8}",
                &["ATBB{24}{H8}"],
                &["ATBB{12}"],
            ),
            assigned(
                "bitbucket-secret",
                "client secret",
                &["bitbucket"],
                "[0-9A-Za-z_=-]{32,64}",
                &["BITBUCKET_CLIENT_SECRET={32}"],
                &["BITBUCKET_CLIENT_SECRET={12}"],
            ),
        ],
    },
    Provider {
        name: "Codecov",
        rules: &[assigned(
            "codecov-token",
            "upload token",
            &["codecov"],
            UUID,
            &["CODECOV_TOKEN={uuid}"],
            &["CODECOV_TOKEN={h12}"],
        )],
    },
    Provider {
        name: "Coveralls",
        rules: &[assigned(
            "coveralls-token",
            "repository token",
            &["coveralls"],
            "[0-9A-Za-z]{32,37}",
            &["COVERALLS_REPO_TOKEN={33}"],
            &["COVERALLS_REPO_TOKEN={12}"],
        )],
    },
    Provider {
        name: "Gitea",
        rules: &[assigned(
            "gitea-token",
            "access token",
            &["gitea", "forgejo", "codeberg"],
            "[0-9a-f]{40}",
            &["GITEA_TOKEN={h40}"],
            &["GITEA_TOKEN={h20}"],
        )],
    },
    Provider {
        name: "GitHub",
        rules: &[
            token(
                "github-token",
                "token",
                &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
                "gh[pousr]_[0-9A-Za-z]{36}",
                &["ghp_{30}{crc}", "gho_{30}{crc}", "ghs_{30}{crc}"],
                &["ghp_{36}", "ghp_{20}"],
            )
            .checked(checksum::github),
            token(
                "github-refresh-token",
                "refresh token",
                &["ghr_"],
                "ghr_[0-9A-Za-z]{76}",
                &["ghr_{70}{crc}"],
                &["ghr_{76}"],
            )
            .checked(checksum::github),
            token(
                "github-fine-grained",
                "fine-grained token",
                &["github_pat_"],
                "github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}",
                &["github_pat_{22}_{59}"],
                &["github_pat_{22}"],
            ),
            assigned(
                "github-secret",
                "client secret",
                &["github_client", "github_oauth", "github_secret", "gh_client"],
                "[0-9a-f]{40}",
                &["GITHUB_CLIENT_SECRET={h40}"],
                &["GITHUB_CLIENT_ID=Iv1.{h16}"],
            ),
        ],
    },
    Provider {
        name: "GitLab",
        rules: &[
            token(
                "gitlab-token",
                "token",
                &[
                    "glpat-", "gldt-", "glrt-", "glrtr-", "glptt-", "glft-", "glcbt-", "glsoat-", "glimt-", "glagent-",
                    "gloas-", "glffct-", "glwt-",
                ],
                r"gl[a-z]{2,5}-[\w-]{20,300}(?:(?:\.[0-9a-z]{2})?\.[0-9a-z]{9})?",
                &["glpat-{w20}", "glrt-{w20}", "glptt-{h40}", "gloas-{h64}"],
                &["glpat-{w8}"],
            ),
            token(
                "gitlab-runner-token",
                "runner registration token",
                &["GR1348941"],
                "GR1348941[0-9A-Za-z_-]{20}",
                &["GR1348941{w20}"],
                &["GR1348941{w8}"],
            ),
        ],
    },
    Provider {
        name: "Phabricator",
        rules: &[token(
            "phabricator-token",
            "Conduit token",
            &["cli-", "api-"],
            "(?:cli|api)-[0-9a-z]{28}",
            &["cli-{a28}", "api-{a28}"],
            &["cli-{a12}"],
        )
        .entropy(3.5)],
    },
    Provider {
        name: "Snyk",
        rules: &[
            assigned("snyk-token", "API token", &["snyk"], UUID, &["SNYK_TOKEN={uuid}"], &["SNYK_ORG_ID={uuid}"]),
            token(
                "snyk-service-token",
                "service account token",
                &["snyk_"],
                r"snyk_(?:uat|sat)\.[0-9a-f]{8}\.[0-9A-Za-z._-]{40,400}",
                &["snyk_uat.{h8}.{w90}"],
                &["snyk_uat.{h8}"],
            )
            .broken(),
        ],
    },
    Provider {
        name: "SonarQube",
        rules: &[
            token(
                "sonarqube-token",
                "token",
                &["sqp_", "squ_", "sqa_"],
                "sq[pua]_[0-9a-f]{40}",
                &["squ_{h40}"],
                &["squ_{h20}"],
            ),
            assigned(
                "sonarqube-token-old",
                "token",
                &["sonar"],
                "[0-9a-f]{40}",
                &["SONAR_TOKEN={h40}"],
                &["SONAR_TOKEN={h20}"],
            ),
        ],
    },
    Provider {
        name: "Sourcegraph",
        rules: &[token(
            "sourcegraph-token",
            "access token",
            &["sgp_", "slk_", "sgd_"],
            "(?:sgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}|slk_[0-9a-f]{64}|sgd_[0-9a-f]{64})",
            &["sgp_{h16}_{h40}", "sgp_{h40}"],
            &["sgp_{h20}"],
        )],
    },
];
