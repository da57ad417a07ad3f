//! Models and what is built on them.

use crate::scan::rule::{Provider, assigned, token};

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Anthropic",
        rules: &[token(
            "anthropic-key",
            "API key",
            &["sk-ant-"],
            r"sk-ant-[a-z]+[0-9]*-[0-9A-Za-z_-]{80,120}",
            &["sk-ant-api03-{w93}AA", "sk-ant-admin01-{w93}AA"],
            &["sk-ant-api03-{w40}", "sk-ant-"],
        )],
    },
    Provider {
        name: "AssemblyAI",
        rules: &[assigned(
            "assemblyai-key",
            "API key",
            &["assemblyai", "assembly_ai"],
            "[0-9a-f]{32}",
            &["ASSEMBLYAI_API_KEY={h32}"],
            &["ASSEMBLYAI_API_KEY={h30}"],
        )],
    },
    Provider {
        name: "Apify",
        rules: &[token(
            "apify-token",
            "API token",
            &["apify_api_"],
            "apify_api_[0-9A-Za-z]{36,40}",
            &["apify_api_{36}"],
            &["apify_api_{12}"],
        )],
    },
    Provider {
        name: "Cerebras",
        rules: &[token("cerebras-key", "API key", &["csk-"], "csk-[0-9a-z]{48}", &["csk-{a48}"], &["csk-{a20}"])],
    },
    Provider {
        name: "Cohere",
        rules: &[assigned(
            "cohere-key",
            "API key",
            &["cohere", "co_api_key"],
            "[0-9A-Za-z]{40}",
            &["COHERE_API_KEY=\"{40}\""],
            &["COHERE_API_KEY=\"{39}\""],
        )],
    },
    Provider {
        name: "Deepgram",
        rules: &[assigned(
            "deepgram-key",
            "API key",
            &["deepgram"],
            "[0-9a-f]{40}",
            &["DEEPGRAM_API_KEY={h40}"],
            &["DEEPGRAM_API_KEY={h32}"],
        )],
    },
    Provider {
        name: "DeepSeek",
        rules: &[token(
            "deepseek-key",
            "API key",
            &["sk-"],
            "sk-[0-9a-f]{32}",
            &["sk-{h32}"],
            &["sk-{h31}", "risk-{h32}"],
        )],
    },
    Provider {
        name: "ElevenLabs",
        rules: &[token("elevenlabs-key", "API key", &["sk_"], "sk_[0-9a-f]{48}", &["sk_{h48}"], &["sk_{h40}"])],
    },
    Provider {
        name: "Firecrawl",
        rules: &[token("firecrawl-key", "API key", &["fc-"], "fc-[0-9a-f]{32}", &["fc-{h32}"], &["fc-{h24}"])],
    },
    Provider {
        name: "Fireworks AI",
        rules: &[token("fireworks-key", "API key", &["fw_"], "fw_[0-9A-Za-z]{22,24}", &["fw_{24}"], &["fw_{10}"])],
    },
    Provider {
        name: "Friendli",
        rules: &[token(
            "friendli-token",
            "personal access token",
            &["flp_"],
            "flp_[0-9A-Za-z]{46}",
            &["flp_{46}"],
            &["flp_{20}"],
        )],
    },
    Provider {
        name: "Groq",
        rules: &[token("groq-key", "API key", &["gsk_"], "gsk_[0-9A-Za-z]{52}", &["gsk_{52}"], &["gsk_{40}"])],
    },
    Provider {
        name: "Helicone",
        rules: &[token(
            "helicone-key",
            "API key",
            &["sk-helicone-"],
            "sk-helicone-[a-z0-9-]{30,60}",
            &["sk-helicone-{a7}-{a7}-{a7}-{a7}"],
            &["sk-helicone-x"],
        )],
    },
    Provider {
        name: "Hugging Face",
        rules: &[
            token(
                "huggingface-token",
                "access token",
                &["hf_"],
                "hf_[0-9A-Za-z]{34,37}",
                &["hf_{l34}"],
                &["hf_{l20}", "shelf_{l34}"],
            ),
            token(
                "huggingface-organization-token",
                "organization token",
                &["api_org_"],
                "api_org_[0-9A-Za-z]{34}",
                &["api_org_{l34}"],
                &["api_org_{l20}"],
            ),
        ],
    },
    Provider {
        name: "Jina AI",
        rules: &[token(
            "jina-key",
            "API key",
            &["jina_"],
            "jina_[0-9A-Za-z_-]{60,64}",
            &["jina_{h32}{w28}"],
            &["jina_{20}"],
        )],
    },
    Provider {
        name: "Langfuse",
        rules: &[token(
            "langfuse-key",
            "secret key",
            &["sk-lf-"],
            "sk-lf-[0-9a-f]{8}-[0-9a-f-]{27}",
            &["sk-lf-{uuid}"],
            &["sk-lf-{h8}", "pk-lf-{uuid}"],
        )],
    },
    Provider {
        name: "LangSmith",
        rules: &[token(
            "langsmith-key",
            "API key",
            &["lsv2_pt_", "lsv2_sk_"],
            "lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}",
            &["lsv2_pt_{h32}_{h10}"],
            &["lsv2_pt_{h32}"],
        )],
    },
    Provider {
        name: "Mistral AI",
        rules: &[assigned(
            "mistral-key",
            "API key",
            &["mistral"],
            "[0-9A-Za-z]{32}",
            &["MISTRAL_API_KEY={32}"],
            &["MISTRAL_API_KEY={20}", "MISTRAL_MODEL={32}"],
        )],
    },
    Provider {
        name: "Modal",
        rules: &[token(
            "modal-secret",
            "token secret",
            &["as-"],
            "as-[0-9A-Za-z]{22}",
            &["as-{22}"],
            &["as-{12}", "has-{22}"],
        )],
    },
    Provider {
        name: "NVIDIA",
        rules: &[token(
            "nvidia-key",
            "API key",
            &["nvapi-"],
            "nvapi-[0-9A-Za-z_-]{60,70}",
            &["nvapi-{w64}"],
            &["nvapi-{20}"],
        )],
    },
    Provider {
        name: "OpenAI",
        rules: &[
            token(
                "openai-key",
                "API key",
                &["T3BlbkFJ"],
                "sk-[0-9A-Za-z]{20}T3BlbkFJ[0-9A-Za-z]{20}",
                &["sk-{20}T3BlbkFJ{20}"],
                &["sk-{20}T3BlbkFJ", "T3BlbkFJ{20}"],
            )
            .around(23),
            token(
                "openai-project-key",
                "API key",
                &["sk-proj-", "sk-svcacct-", "sk-admin-"],
                "sk-(?:proj|svcacct|admin)-[0-9A-Za-z_-]{40,180}",
                &["sk-proj-{w48}", "sk-admin-{w60}"],
                &["sk-proj-{w20}"],
            ),
        ],
    },
    Provider {
        name: "OpenRouter",
        rules: &[token(
            "openrouter-key",
            "API key",
            &["sk-or-v1-"],
            "sk-or-v1-[0-9a-f]{64}",
            &["sk-or-v1-{h64}"],
            &["sk-or-v1-{h32}"],
        )],
    },
    Provider {
        name: "Perplexity",
        rules: &[token(
            "perplexity-key",
            "API key",
            &["pplx-"],
            "pplx-[0-9A-Za-z]{48,56}",
            &["pplx-{48}"],
            &["pplx-{20}"],
        )],
    },
    Provider {
        name: "Pinecone",
        rules: &[token(
            "pinecone-key",
            "API key",
            &["pcsk_"],
            "pcsk_[0-9A-Za-z]{5,6}_[0-9A-Za-z]{60,66}",
            &["pcsk_{5}_{63}"],
            &["pcsk_{5}_{20}"],
        )],
    },
    Provider {
        name: "Replicate",
        rules: &[token("replicate-token", "API token", &["r8_"], "r8_[0-9A-Za-z]{37,40}", &["r8_{37}"], &["r8_{20}"])],
    },
    Provider {
        name: "RunPod",
        rules: &[token("runpod-key", "API key", &["rpa_"], "rpa_[0-9A-Za-z]{40,46}", &["rpa_{A42}"], &["rpa_{A12}"])],
    },
    Provider {
        name: "SerpApi",
        rules: &[assigned(
            "serpapi-key",
            "API key",
            &["serpapi", "serp_api"],
            "[0-9a-f]{64}",
            &["SERPAPI_KEY={h64}"],
            &["SERPAPI_KEY={h40}"],
        )],
    },
    Provider {
        name: "Tavily",
        rules: &[token(
            "tavily-key",
            "API key",
            &["tvly-"],
            "tvly-(?:dev-|prod-)?[0-9A-Za-z]{32}",
            &["tvly-{32}", "tvly-dev-{32}"],
            &["tvly-{12}"],
        )],
    },
    Provider {
        name: "Together AI",
        rules: &[
            token(
                "together-key",
                "API key",
                &["tgp_v1_"],
                "tgp_v1_[0-9A-Za-z_-]{43}",
                &["tgp_v1_{w43}"],
                &["tgp_v1_{20}"],
            ),
            assigned(
                "together-key-hex",
                "API key",
                &["together"],
                "[0-9a-f]{64}",
                &["TOGETHER_API_KEY={h64}"],
                &["TOGETHER_API_KEY={h32}"],
            ),
        ],
    },
    Provider {
        name: "Voyage AI",
        rules: &[token(
            "voyage-key",
            "API key",
            &["pa-"],
            "pa-[0-9A-Za-z_-]{43}",
            &["pa-{w43}"],
            &["pa-{20}", "spa-{w43}"],
        )],
    },
    Provider {
        name: "Weights & Biases",
        rules: &[assigned(
            "wandb-key",
            "API key",
            &["wandb"],
            "[0-9a-f]{40}",
            &["WANDB_API_KEY={h40}"],
            &["WANDB_API_KEY={h32}"],
        )],
    },
    Provider {
        name: "xAI",
        rules: &[token("xai-key", "API key", &["xai-"], "xai-[0-9A-Za-z]{70,90}", &["xai-{80}"], &["xai-{30}"])],
    },
];
