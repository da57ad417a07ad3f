//! What cases are run on: an endpoint, and where it was started for them, its program with stubs around it.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::Exercise;
use super::replay::Control;
use crate::adapters::clock::Clock;
use crate::adapters::integration::{self, Launch, LedgerAccess, RunningIntegration, Surroundings};
use crate::adapters::project::Project;
use crate::adapters::stub::{self, Answers, Epoch, Stub};
use crate::adapters::webhook_sender::WebhookSender;
use crate::certification::ScopeRequest;
use crate::credential::{Token, TokenKind};
use crate::error::{Error, Explain, Result};
use crate::package::hex;
use crate::stages::stubs::stub_answers;
use crate::webhook::{AsymmetricKey, Attempt, Call, Delivery, Scheme, Secrets, SignedEvent, Signer, SigningSecret};

/// Name of the Proveniq Ledger API among the upstreams.
pub(super) const LEDGER: &str = "ledger";
/// Time for which no call must come before effects are counted.
const QUIET: Duration = Duration::from_millis(300);
/// How often a delivery is sent again to an endpoint that limits rates, and the longest `Retry-After` that is waited for,
/// in seconds.
const MOST_LIMITED: usize = 3;
const LONGEST_LIMIT: u64 = 5;
/// Time in which a process that closed its connections is seen to have ended.
const LAST_BREATH: Duration = Duration::from_secs(1);
/// Longest that calls are waited for before effects are counted.
const LONGEST_WORK: Duration = Duration::from_secs(20);

/// An endpoint under test.
pub(super) struct Bench<'a> {
    exercise: &'a Exercise,
    clock: &'a dyn Clock,
    signer: Signer,
    sender: WebhookSender,
    program: Option<Program<'a>>,
    instance: Option<Instance>,
    remembered: Option<Control>,
}

/// How the integration is started again and again.
pub(super) struct Program<'a> {
    project: &'a Project,
    launch: Launch<'a>,
    secrets: Credentials,
    answers: Vec<(String, Option<String>, Answers)>,
}

/// The endpoint's credentials, and who signs with them.
struct Credentials {
    new: String,
    old: String,
    signer: Signer,
    old_signer: Signer,
}

/// A running integration with its stubs.
pub(super) struct Instance {
    pub(super) stubs: Vec<Stub>,
    running: Option<RunningIntegration>,
    secrets: Secrets,
    surroundings: Surroundings,
}

impl<'a> Bench<'a> {
    /// An endpoint that runs already.
    pub(super) fn endpoint(url: &Url, signer: &Signer, exercise: &'a Exercise, clock: &'a dyn Clock) -> Result<Self> {
        let sender = WebhookSender::new(url.clone(), exercise.timeout)?;
        Ok(Bench { exercise, clock, signer: signer.clone(), sender, program: None, instance: None, remembered: None })
    }

    /// An integration that is started for the cases.
    pub(super) async fn integration(
        program: Program<'a>,
        exercise: &'a Exercise,
        clock: &'a dyn Clock,
    ) -> Result<Self> {
        let instance = program.start(clock).await?;
        let sender = WebhookSender::new(instance.endpoint()?, exercise.timeout)?;
        let signer = program.secrets.signer.clone();
        Ok(Bench {
            exercise,
            clock,
            signer,
            sender,
            program: Some(program),
            instance: Some(instance),
            remembered: None,
        })
    }

    /// The endpoint's URL.
    pub(super) fn url(&self) -> &str {
        self.sender.url().as_str()
    }

    pub(super) fn signer(&self) -> &Signer {
        &self.signer
    }

    pub(super) fn exercise(&self) -> &'a Exercise {
        self.exercise
    }

    pub(super) fn clock(&self) -> &'a dyn Clock {
        self.clock
    }

    pub(super) fn sender(&self) -> &WebhookSender {
        &self.sender
    }

    /// How the integration is started, where it was started for the cases.
    pub(super) fn program(&self) -> Option<&Program<'a>> {
        self.program.as_ref()
    }

    /// The stubs around the integration; none around an endpoint that runs already.
    pub(super) fn stubs(&self) -> &[Stub] {
        self.instance.as_ref().map_or(&[], |instance| &instance.stubs)
    }

    /// The bytes of an event's attempt, signed now.
    pub(super) fn attempt(&self, event: &SignedEvent) -> Attempt {
        event.attempt(self.clock.now().as_second())
    }

    /// Delivers an event. An endpoint that limits rates is left alone for as long as it says, and asked again.
    pub(super) async fn deliver(&self, event: &SignedEvent) -> Delivery {
        let mut delivery = self.sender.deliver(self.attempt(event)).await;
        for _ in 0..MOST_LIMITED {
            let Some(wait) = limited(&delivery) else { break };
            tokio::time::sleep(wait).await;
            delivery = self.sender.deliver(self.attempt(event)).await;
        }
        delivery
    }

    /// Waits until the integration's work is done; returns the calls that it made since `from`.
    pub(super) async fn work_since(&self, from: usize, patience: Duration) -> Vec<Call> {
        stub::wait_for_calls(self.stubs(), patience, |calls| calls.len() > from).await;
        stub::settle(self.stubs(), QUIET, LONGEST_WORK).await;
        stub::all_calls(self.stubs()).split_off(from)
    }

    /// Gives the integration these secrets, and starts it anew where it has others. `false` where it was not started here.
    pub(super) async fn give_secrets(&mut self, secrets: Secrets) -> Result<bool> {
        let (Some(program), Some(instance)) = (&self.program, &mut self.instance) else { return Ok(false) };
        if instance.secrets != secrets {
            instance.secrets = secrets;
            instance.surroundings.secrets = program.secrets.written(secrets);
            return self.restart().await;
        }
        Ok(true)
    }

    /// Starts the integration anew. Its stubs stay. `false` where it was not started here.
    pub(super) async fn restart(&mut self) -> Result<bool> {
        let (Some(program), Some(instance)) = (&self.program, &mut self.instance) else { return Ok(false) };
        instance.stop();
        self.remembered = None;
        instance.running = Some(integration::start(program.project, &program.launch, &instance.surroundings).await?);
        self.sender = WebhookSender::new(instance.endpoint()?, self.exercise.timeout)?;
        Ok(true)
    }

    /// Keeps the first control since the integration was started, to send it again much later.
    pub(super) fn remember(&mut self, control: &Control) {
        self.remembered.get_or_insert_with(|| control.clone());
    }

    /// The first control since the integration was started.
    pub(super) fn remembered(&self) -> Option<&Control> {
        self.remembered.as_ref()
    }

    /// Kills the integration in the middle of what it does.
    pub(super) async fn kill(&mut self) {
        if let Some(running) = self.instance.as_mut().and_then(|instance| instance.running.as_mut()) {
            running.crash().await;
        }
    }

    /// What the integration asked for at the marketplace's token endpoint.
    pub(super) fn scope_requests(&self) -> Vec<ScopeRequest> {
        let ledger = self.stubs().iter().find(|stub| stub.name() == LEDGER);
        ledger.map(Stub::scope_requests).unwrap_or_default()
    }

    /// Starts the integration anew where it has ended by itself; says how it ended. `suspected` waits a moment for the end.
    pub(super) async fn revive(&mut self, suspected: bool) -> Result<Option<String>> {
        let patience = if suspected { LAST_BREATH } else { Duration::ZERO };
        let running = self.instance.as_mut().and_then(|instance| instance.running.as_mut());
        let Some(running) = running else { return Ok(None) };
        let Some(status) = running.ended(patience).await else { return Ok(None) };
        self.restart().await?;
        Ok(Some(status.to_string()))
    }

    /// The end of the integration's output, without secrets.
    pub(super) fn output(&self) -> String {
        let output =
            self.instance.as_ref().and_then(|instance| instance.running.as_ref()).map(RunningIntegration::output);
        let masked = self.signer.mask(&output.unwrap_or_default());
        self.program.as_ref().map_or(masked.clone(), |program| program.secrets.old_signer.mask(&masked))
    }
}

/// Time after which an endpoint that answered 429 wants to be asked again, where that is short.
fn limited(delivery: &Delivery) -> Option<Duration> {
    let answer = delivery.outcome.as_ref().ok().filter(|answer| answer.status == 429)?;
    let named = answer.headers.iter().find(|(name, _)| name == "retry-after");
    let seconds = named.map_or(Some(1), |(_, value)| value.trim().parse().ok())?;
    (seconds <= LONGEST_LIMIT).then(|| Duration::from_secs(seconds))
}

impl<'a> Program<'a> {
    /// Reads what the stubs answer, and makes credentials.
    pub(super) fn new(project: &'a Project, launch: Launch<'a>, exercise: &Exercise) -> Result<Self> {
        let mut answers = vec![(LEDGER.to_owned(), None, Answers::Ledger)];
        for upstream in &project.manifest.upstream {
            answers.push((upstream.name.clone(), Some(upstream.env.clone()), stub_answers(project, upstream)?));
        }
        let secrets = Credentials::generate(exercise.asymmetric).or_bug(|| "the system gives no randomness".into())?;
        Ok(Program { project, launch, secrets, answers })
    }

    pub(super) fn signer(&self) -> &Signer {
        &self.secrets.signer
    }

    pub(super) fn old_signer(&self) -> &Signer {
        &self.secrets.old_signer
    }

    pub(super) fn upstream_names(&self) -> Vec<String> {
        upstream_names(self.project)
    }

    /// Starts the integration with stubs of its own.
    pub(super) async fn start(&self, clock: &dyn Clock) -> Result<Instance> {
        let epoch = Epoch::new(clock.now());
        let (mut stubs, mut upstreams, mut ledger) = (Vec::new(), BTreeMap::new(), None);
        for (name, variable, answers) in &self.answers {
            let stub = Stub::start(name, answers.clone(), epoch).await?;
            match variable {
                Some(variable) => drop(upstreams.insert(variable.clone(), stub.url())),
                None => ledger = Some(ledger_access(stub.url())?),
            }
            stubs.push(stub);
        }
        let surroundings = Surroundings { secrets: self.secrets.written(Secrets::New), ledger, upstreams, port: None };
        let running = integration::start(self.project, &self.launch, &surroundings).await?;
        Ok(Instance { stubs, running: Some(running), secrets: Secrets::New, surroundings })
    }
}

/// Names of what an integration calls, the ledger first.
pub(super) fn upstream_names(project: &Project) -> Vec<String> {
    let declared = project.manifest.upstream.iter().map(|upstream| upstream.name.clone());
    std::iter::once(LEDGER.to_owned()).chain(declared).collect()
}

/// The ledger of a test: its stub takes every client. The credentials have the form of a marketplace's, so that no
/// integration knows a test by them.
fn ledger_access(url: String) -> Result<LedgerAccess> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).or_bug(|| "the system gives no randomness".into())?;
    let secret = Token::generate(TokenKind::ClientSecret).or_bug(|| "the system gives no randomness".into())?;
    Ok(LedgerAccess { url, client: Some((format!("cli_{}", hex(&random)), secret.expose().to_owned().into())) })
}

impl Instance {
    /// The webhook endpoint.
    pub(super) fn endpoint(&self) -> Result<Url> {
        let running = self.running.as_ref().ok_or_else(|| Error::bug("the integration does not run"))?;
        Ok(running.endpoint.clone())
    }

    /// Ends the integration; its stubs stay.
    fn stop(&mut self) {
        self.running = None;
    }
}

impl Credentials {
    fn generate(asymmetric: bool) -> Result<Self, getrandom::Error> {
        if asymmetric {
            let (new, old) = (AsymmetricKey::generate()?, AsymmetricKey::generate()?);
            return Ok(Credentials {
                new: new.public_key().to_string(),
                old: old.public_key().to_string(),
                signer: Signer::asymmetric(new),
                old_signer: Signer::asymmetric(old),
            });
        }
        let (new, old) = (SigningSecret::generate()?, SigningSecret::generate()?);
        Ok(Credentials {
            new: new.expose().to_owned(),
            old: old.expose().to_owned(),
            signer: Signer::symmetric(Scheme::Standard, [new]),
            old_signer: Signer::symmetric(Scheme::Standard, [old]),
        })
    }

    /// The value of `PROVENIQ_WEBHOOK_SECRET`.
    fn written(&self, secrets: Secrets) -> SecretString {
        match secrets {
            Secrets::New => self.new.clone().into(),
            Secrets::Both => format!("{} {}", self.new, self.old).into(),
        }
    }
}
