//! Computing, storage and networks.

use crate::scan::rule::{Provider, UUID, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Alibaba Cloud",
        rules: &[
            token(
                "alibaba-access-key",
                "access key id",
                &["LTAI"],
                "LTAI[0-9A-Za-z]{16,22}",
                &["LTAI{20}"],
                &["LTAI{8}"],
            ),
            assigned(
                "alibaba-secret-key",
                "access key secret",
                &["alibaba", "aliyun", "alicloud"],
                "[0-9A-Za-z]{30}",
                &["ALIBABA_CLOUD_ACCESS_KEY_SECRET={30}"],
                &["ALIBABA_CLOUD_ACCESS_KEY_SECRET={16}"],
            ),
        ],
    },
    Provider {
        name: "AWS",
        rules: &[
            token(
                "aws-access-key",
                "access key id",
                &["AKIA"],
                "AKIA[2-7A-Z]{16}",
                &["AKIA{q16}"],
                &["AKIA{q12}", "AKIAIOSFODNN7EXAMPLE"],
            ),
            token(
                "aws-session-key",
                "temporary access key id",
                &["ASIA", "ABIA", "ACCA"],
                "(?:ASIA|ABIA|ACCA)[2-7A-Z]{16}",
                &["ASIA{q16}"],
                &["ASIA{q12}"],
            ),
            assigned(
                "aws-secret-key",
                "secret access key",
                &["aws_", "aws-", "awss", "awsa", "secret_access_key", "secretkey", "secret_key", "secretaccesskey"],
                "[0-9A-Za-z+/]{40}",
                &["aws_secret_access_key = {b40}", "\"SecretAccessKey\": \"{b40}\"", "AWS_SECRET_KEY={b40}"],
                &["aws_secret_access_key = {b30}", "aws_commit_key = {h40}"],
            )
            .entropy(4.0),
            assigned(
                "aws-session-token",
                "session token",
                &["aws_session_token", "sessiontoken"],
                "[0-9A-Za-z+/]{200,1200}={0,2}",
                &["AWS_SESSION_TOKEN={b360}=="],
                &["AWS_SESSION_TOKEN={b40}"],
            ),
            token(
                "aws-bedrock-key",
                "Bedrock API key",
                &["ABSKQmVkcm9ja0FQSUtleS"],
                "ABSKQmVkcm9ja0FQSUtleS[0-9A-Za-z+/]{60,140}={0,2}",
                &["ABSKQmVkcm9ja0FQSUtleS{b100}="],
                &["ABSKQmVkcm9ja0FQSUtleS{b20}"],
            ),
            token(
                "aws-mws-token",
                "MWS auth token",
                &["amzn.mws."],
                r"amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                &["amzn.mws.{uuid}"],
                &["amzn.mws.{h8}"],
            )
            .broken(),
        ],
    },
    Provider {
        name: "Backblaze",
        rules: &[token(
            "backblaze-key",
            "application key",
            &["K001", "K002", "K003", "K004", "K005"],
            "K00[1-5][0-9A-Za-z+/]{27}",
            &["K005{b27}"],
            &["K005{b12}"],
        )
        .entropy(4.0)],
    },
    Provider {
        name: "Civo",
        rules: &[assigned(
            "civo-token",
            "API token",
            &["civo_"],
            "[0-9A-Za-z]{50}",
            &["CIVO_TOKEN={50}"],
            &["CIVO_TOKEN={20}"],
        )],
    },
    Provider {
        name: "DigitalOcean",
        rules: &[
            token(
                "digitalocean-token",
                "token",
                &["dop_v1_", "doo_v1_", "dor_v1_"],
                "do[opr]_v1_[0-9a-f]{64}",
                &["dop_v1_{h64}"],
                &["dop_v1_{h32}"],
            ),
            assigned(
                "digitalocean-spaces-secret",
                "Spaces secret",
                &["spaces_secret", "digitalocean"],
                "[0-9A-Za-z+/]{43}",
                &["SPACES_SECRET_KEY={43}"],
                &["SPACES_SECRET_KEY={20}"],
            ),
        ],
    },
    Provider {
        name: "Exoscale",
        rules: &[token("exoscale-key", "API key", &["EXO"], "EXO[0-9a-f]{24,26}", &["EXO{h24}"], &["EXO{h10}"])],
    },
    Provider {
        name: "Google Cloud",
        rules: &[
            token("google-api-key", "API key", &["AIza"], "AIza[0-9A-Za-z_-]{35}", &["AIza{w35}"], &["AIza{w20}"]),
            token(
                "google-oauth-secret",
                "OAuth client secret",
                &["GOCSPX-"],
                "GOCSPX-[0-9A-Za-z_-]{28}",
                &["GOCSPX-{w28}"],
                &["GOCSPX-{w12}"],
            ),
            token(
                "google-oauth-token",
                "OAuth access token",
                &["ya29."],
                r"ya29\.(?:[a-z]\.)?[0-9A-Za-z_-]{30,500}",
                &["ya29.a0{w160}", "ya29.{w60}"],
                &["ya29.{w12}"],
            )
            .broken(),
            token(
                "google-refresh-token",
                "OAuth refresh token",
                &["1//0"],
                "1//0[0-9A-Za-z_-]{40,110}",
                &["1//0{w99}"],
                &["1//0{w12}"],
            ),
            token(
                "google-gemini-key",
                "Gemini key",
                &["AQ.A"],
                r"AQ\.A[0-9A-Za-z_-]{49,60}",
                &["AQ.Ab8{w48}"],
                &["AQ.A{w10}"],
            )
            .broken(),
        ],
    },
    Provider {
        name: "Hetzner",
        rules: &[assigned(
            "hetzner-token",
            "API token",
            &["hcloud", "hetzner"],
            "[0-9A-Za-z]{64}",
            &["HCLOUD_TOKEN={64}"],
            &["HCLOUD_TOKEN={32}"],
        )],
    },
    Provider {
        name: "IBM Cloud",
        rules: &[assigned(
            "ibm-key",
            "API key",
            &["ibmcloud", "ibm_cloud", "ic_api_key", "ibm_api", "watson"],
            "[0-9A-Za-z_-]{44}",
            &["IBMCLOUD_API_KEY={w44}"],
            &["IBMCLOUD_API_KEY={w20}"],
        )],
    },
    Provider {
        name: "Linode",
        rules: &[assigned(
            "linode-token",
            "access token",
            &["linode"],
            "[0-9a-f]{64}",
            &["LINODE_TOKEN={h64}"],
            &["LINODE_TOKEN={h32}"],
        )],
    },
    Provider {
        name: "Microsoft Azure",
        rules: &[
            token(
                "azure-storage-key",
                "storage account key",
                &["AccountKey="],
                "AccountKey=[0-9A-Za-z+/]{86}==",
                &["DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={b86}=="],
                &["AccountKey={b40}=="],
            )
            .broken(),
            assigned(
                "azure-storage-key-alone",
                "storage account key",
                &["azure", "storage", "account_key", "accountkey", "primary_key", "cosmos"],
                "[0-9A-Za-z+/]{86}==",
                &["AZURE_STORAGE_KEY={b86}=="],
                &["AZURE_STORAGE_KEY={b40}=="],
            ),
            token(
                "azure-shared-access-key",
                "shared access key",
                &["SharedAccessKey="],
                "SharedAccessKey=[0-9A-Za-z+/]{43}=",
                &["Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=all;SharedAccessKey={b43}="],
                &["SharedAccessKey={b20}="],
            )
            .broken(),
            token(
                "azure-client-secret",
                "client secret",
                &["7Q~", "8Q~"],
                r"[0-9A-Za-z_~.]{3}[78]Q~[0-9A-Za-z_~.-]{31,34}",
                &["{3}8Q~{34}"],
                &["{3}8Q~{12}"],
            )
            .around(3),
            token(
                "azure-api-key",
                "API key",
                &["JQQJ99"],
                "[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{26}",
                &["{52}JQQJ99{26}"],
                &["{20}JQQJ99{26}"],
            )
            .around(52),
            token(
                "azure-sas-signature",
                "shared access signature",
                &["&sig=", "?sig="],
                "[&?]sig=[0-9A-Za-z%+/]{43,60}(?:%3[Dd]|=)",
                &["https://acme.blob.core.windows.net/x?sv=2022-11-02&sp=r&sig={43}%3D"],
                &["https://acme.blob.core.windows.net/x?sig={12}"],
            )
            .broken(),
            assigned(
                "azure-cognitive-key",
                "Cognitive Services key",
                &["azure", "ocp-apim-subscription", "ocp_apim_subscription"],
                "[0-9a-f]{32}",
                &["AZURE_OPENAI_API_KEY={h32}", "Ocp-Apim-Subscription-Key: {h32}"],
                &["AZURE_OPENAI_API_KEY={h20}"],
            ),
        ],
    },
    Provider {
        name: "OVH",
        rules: &[assigned(
            "ovh-secret",
            "application secret",
            &["ovh_", "ovh-"],
            "[0-9A-Za-z]{32}",
            &["OVH_APPLICATION_SECRET={32}"],
            &["OVH_APPLICATION_SECRET={20}"],
        )],
    },
    Provider {
        name: "Scaleway",
        rules: &[assigned(
            "scaleway-key",
            "secret key",
            &["scw_", "scaleway"],
            UUID,
            &["SCW_SECRET_KEY={uuid}"],
            &["SCW_DEFAULT_PROJECT_ID={uuid}"],
        )],
    },
    Provider {
        name: "Tencent Cloud",
        rules: &[
            token("tencent-secret-id", "secret id", &["AKID"], "AKID[0-9A-Za-z]{32}", &["AKID{32}"], &["AKID{20}"]),
            assigned(
                "tencent-secret-key",
                "secret key",
                &["tencent", "qcloud"],
                "[0-9A-Za-z]{32}",
                &["TENCENTCLOUD_SECRET_KEY={32}"],
                &["TENCENTCLOUD_SECRET_KEY={16}"],
            ),
        ],
    },
    Provider {
        name: "Vultr",
        rules: &[assigned(
            "vultr-key",
            "API key",
            &["vultr"],
            "[0-9A-Z]{36}",
            &["VULTR_API_KEY={A36}"],
            &["VULTR_API_KEY={A20}"],
        )],
    },
    Provider {
        name: "Yandex Cloud",
        rules: &[
            token("yandex-key", "API key", &["AQVN"], "AQVN[0-9A-Za-z_-]{35,38}", &["AQVN{w36}"], &["AQVN{w12}"]),
            token(
                "yandex-oauth-token",
                "OAuth token",
                &["y0_A", "y1_A", "y2_A", "y3_A"],
                "y[0-3]_A[0-9A-Za-z_-]{40,62}",
                &["y0_A{w55}"],
                &["y0_A{w12}"],
            ),
            token(
                "yandex-iam-token",
                "IAM token",
                &["t1.9eu"],
                r"t1\.9eu[0-9A-Za-z_-]{20,400}\.[0-9A-Za-z_-]{86}={0,2}",
                &["t1.9eu{w150}.{w86}"],
                &["t1.9eu{w20}"],
            )
            .broken(),
            token(
                "yandex-static-key",
                "static access key",
                &["YCAJE", "YCMNB"],
                "YC(?:AJE[0-9A-Za-z_-]{20}|[0-9A-Za-z_-]{38})",
                &["YCAJE{w20}"],
                &["YCAJE{w8}"],
            ),
        ],
    },
];
