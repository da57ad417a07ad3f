//! `listen explain`: request, secret, hypotheses, diagnosis.

use jiff::Timestamp;
use serde::Serialize;

use crate::adapters::capture_store::CaptureStore;
use crate::adapters::input;
use crate::cli::ExplainArgs;
use crate::context::Context;
use crate::error::{Error, Explain as _, Kind, Result};
use crate::stages::signing_secret;
use crate::ui::{Page, Render, Tone};
use crate::webhook::exchange::CapturedRequest;
use crate::webhook::explain::{Explanation, Question, Verdict, explain, read_message};

/// Largest file that is read, in bytes.
const LARGEST: usize = 64 << 20;

/// Why a signature does not verify, or that it does.
#[derive(Serialize)]
pub(super) struct Explained {
    subject: String,
    /// Where the secret was found; never the secret.
    secret_from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    received_at: Option<Timestamp>,
    #[serde(flatten)]
    explanation: Explanation,
    /// What the bytes tell beside the signature.
    notes: Vec<&'static str>,
}

/// Explains an exchange of a capture, or a request of a file.
pub(super) async fn run(context: &Context, args: ExplainArgs) -> Result<Explained> {
    let (request, told) = request(context, &args).await?;
    let asked = args.received_at.as_deref().map(|text| {
        text.parse::<Timestamp>()
            .or_usage(|| format!("{text:?} is no time"))
            .map_err(|error| error.hint("write it as in 2026-01-31T12:00:00Z"))
    });
    let received_at = asked.transpose()?.or(told);
    let found = signing_secret::find(context, args.secret_env.as_deref()).await?;
    let question = Question {
        request: &request,
        secrets: &found.secrets,
        received_at: received_at.map(Timestamp::as_second),
        window: args.window,
    };
    let explanation = explain(&question);
    let notes = notes(&request, &explanation);
    Ok(Explained { subject: args.subject, secret_from: found.source, received_at, explanation, notes })
}

async fn request(context: &Context, args: &ExplainArgs) -> Result<(CapturedRequest, Option<Timestamp>)> {
    if let Some(file) = &args.capture {
        let capture = CaptureStore::open(&context.cwd.join(file)).await?;
        let exchange = capture.find(&args.subject).await?;
        capture.close().await?;
        return Ok((exchange.arrival.request, Some(exchange.arrival.received_at)));
    }
    let bytes = input::read(&context.cwd, &args.subject, LARGEST).map_err(|error| {
        let number = args.subject.parse::<u64>().is_ok() || args.subject.starts_with("msg_");
        if number { error.hint("name the file that holds this exchange with --capture FILE") } else { error }
    })?;
    read_message(&bytes).map_err(|why| {
        Error::usage(format!("{} holds no request: {why}", args.subject))
            .hint("give an exchange as `listen` writes it, or a raw HTTP request: headers, an empty line, the body")
    })
}

fn notes(request: &CapturedRequest, explanation: &Explanation) -> Vec<&'static str> {
    let lossy = request.body.windows(3).any(|three| three == "\u{fffd}".as_bytes());
    let unexplained = explanation.verdict == Verdict::Unexplained;
    let header = request.header("webhook-signature").unwrap_or_default();
    let asymmetric = !header.is_empty() && header.split(' ').all(|one| one.starts_with("v1a,"));
    let notes = [
        (asymmetric, "the only signatures are v1a: they verify with a public key, not with a secret"),
        (unexplained && lossy, "the body holds U+FFFD: bytes that were no UTF-8 were replaced and are lost"),
        (
            unexplained && !asymmetric,
            "no hypothesis reproduces the signature: most likely it was made with another secret, which cannot be proved",
        ),
        (explanation.cut_short, "the body is so large that not every hypothesis was tried"),
    ];
    notes.into_iter().filter(|(holds, _)| *holds).map(|(_, note)| note).collect()
}

impl Render for Explained {
    fn schema(&self) -> &'static str {
        "proveniq.listen-explain/1"
    }

    fn human(&self, page: &mut Page) {
        let explanation = &self.explanation;
        match explanation.verdict {
            Verdict::Verifies => page.toned(Tone::Good, "the signature verifies"),
            Verdict::Proved => page.toned(Tone::Bad, "the delivery does not verify, and it is proved why"),
            Verdict::Incomplete => page.toned(Tone::Bad, "the signature cannot be verified"),
            Verdict::Unexplained => {
                page.toned(Tone::Bad, "the signature does not verify, and no hypothesis reproduces it")
            }
        };
        for diagnosis in &explanation.diagnoses {
            page.line(format!("{}: {}", diagnosis.id, diagnosis.what));
            page.line(format!("  to mend: {}", diagnosis.mend));
        }
        page.lines("", &self.notes);
        if let Some(proof) = &explanation.proof {
            page.gap().field("computed", &proof.signature);
            page.field("with", format!("{} over {}", proof.algorithm, proof.content));
        }
        page.field("secret", format!("from {}", self.secret_from));
        let window =
            explanation.searched_seconds.map(|seconds| format!(", timestamps within {seconds} s")).unwrap_or_default();
        page.field("tried", format!("{} signatures{window}", explanation.computed));
    }

    fn verdict(&self) -> Option<Kind> {
        (self.explanation.verdict != Verdict::Verifies).then_some(Kind::Negative)
    }
}
