//! The ways of a browser through an authorization: the honest one, and those of an attacker.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use url::Url;

use super::scene::{LIFETIME, Scene};
use crate::adapters::user_agent::{Page, UserAgent};
use crate::certification::{Act, AuthorizationRequest, Heard, Party, Step, Transcript};
use crate::error::Result;
use crate::event::EventType;

/// Pages that are gone through at most until the browser is where it was to go.
const MOST_PAGES: usize = 10;
/// Time without a message after which a step is over, and the longest that it is waited for.
const QUIET: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(8);
/// Time in which a token is asked for: work may be done behind the answer.
const TOKEN: Duration = Duration::from_secs(3);
/// How much longer than its life a token is left alone.
const OVER: Duration = Duration::from_millis(200);

/// What is played, and what was seen of it.
pub(super) struct Journey {
    scene: Scene,
    start: Url,
    authorization: Url,
    steps: Vec<Step>,
    obstacle: Option<String>,
}

/// An authorization up to the address that the marketplace sends the browser back to.
#[derive(Default)]
struct Visit {
    asked: Option<AuthorizationRequest>,
    back: Option<Url>,
}

impl Visit {
    fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = self.back.as_ref()?.query_pairs();
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }
}

impl Journey {
    /// Begins at a path of the integration.
    pub(super) fn new(scene: Scene, start: &str) -> Result<Self> {
        let start = scene.address(start)?;
        let mut authorization = scene.marketplace.clone();
        authorization.set_path("/oauth/authorize");
        Ok(Journey { scene, start, authorization, steps: Vec::new(), obstacle: None })
    }

    /// Goes all ways, as far as they can be gone.
    pub(super) async fn play(&mut self, events: &[EventType], seed: u64) -> Result<()> {
        let landing = self.consent().await?;
        for act in [Act::WrongState, Act::NoState, Act::ForeignState, Act::Denial] {
            if self.is_over() {
                return Ok(());
            }
            self.forge(act).await?;
        }
        for round in 0..2 {
            if self.is_over() || (round > 0 && !self.refreshed()) {
                return Ok(());
            }
            let seed = seed.wrapping_add(900 + 20 * round);
            self.use_token(landing.as_ref(), events, seed).await;
        }
        Ok(())
    }

    /// Ends the scene and tells what was seen.
    pub(super) async fn end(self) -> Result<Transcript> {
        let overflowed = self.scene.record.overflowed();
        let too_much = || "the integration sent more than can be looked through".to_owned();
        let obstacle = self.obstacle.or_else(|| overflowed.then(too_much));
        let (client_id, client_secret) = self.scene.end().await?;
        Ok(Transcript { client_id, client_secret, steps: self.steps, obstacle })
    }

    fn is_over(&self) -> bool {
        let led_nowhere = self.steps.first().is_some_and(|step| step.code.is_none());
        self.obstacle.is_some() || led_nowhere || self.steps.iter().any(|step| step.ended.is_some())
    }

    /// The honest way; gives the browser and the page that it ends at.
    async fn consent(&mut self) -> Result<Option<(UserAgent, Url)>> {
        let mut browser = self.scene.browser()?;
        let visit = self.authorize(&mut browser, "allow").await;
        self.look_at(&visit);
        let Some(back) = visit.back.clone().filter(|_| self.obstacle.is_none()) else {
            self.note(Act::Consent, visit, false).await;
            return Ok(None);
        };
        let page = self.come_back(&mut browser, &back).await;
        self.scene.record.wait_for(TOKEN, |heard| heard.iter().any(|heard| asks_for_token(heard, ""))).await;
        let landed = page.filter(|page| page.url.path() != back.path()).map(|page| page.url);
        self.note(Act::Consent, visit, true).await;
        Ok(landed.map(|url| (browser, url)))
    }

    /// Tells what keeps the browser from coming back, where that is so.
    fn look_at(&mut self, visit: &Visit) {
        let refused = visit.parameter("error");
        self.obstacle = match (&visit.asked, &visit.back) {
            (Some(_), Some(back)) if !is_on_loopback(back) => Some(format!(
                "the redirect URI leads to {}, which is not on this machine: use one on 127.0.0.1 and the port in PORT \
                 where PROVENIQ_API_URL is on 127.0.0.1",
                back.host_str().unwrap_or_default()
            )),
            (Some(_), Some(_)) => {
                refused.map(|error| format!("the marketplace refused the authorization request: {error}"))
            }
            (Some(_), None) => Some("the marketplace did not send the browser back".to_owned()),
            (None, _) => None,
        };
    }

    /// A way on which no token may be asked for.
    async fn forge(&mut self, act: Act) -> Result<()> {
        let (mut browser, mut other) = (self.scene.browser()?, self.scene.browser()?);
        let visit = match act {
            Act::ForeignState => {
                // The victim's browser has begun an authorization of its own.
                self.begin(&mut browser).await;
                self.authorize(&mut other, "allow").await
            }
            Act::Denial => self.authorize(&mut browser, "deny").await,
            _ => self.authorize(&mut browser, "allow").await,
        };
        let back = visit.back.clone().filter(is_on_loopback).map(|back| match act {
            Act::WrongState => with_state(back, Some(&reversed(&visit.parameter("state").unwrap_or_default()))),
            Act::NoState => with_state(back, None),
            _ => back,
        });
        let came_back = match &back {
            Some(back) => self.come_back(&mut browser, back).await.is_some(),
            None => false,
        };
        self.note(act, visit, came_back).await;
        Ok(())
    }

    /// Lets the access token expire, then gives the integration reasons to use it.
    async fn use_token(&mut self, landing: Option<&(UserAgent, Url)>, events: &[EventType], seed: u64) {
        tokio::time::sleep(LIFETIME + OVER).await;
        if let Some((browser, url)) = landing {
            browser.look_again(url).await;
        }
        for (step, kind) in (0..).zip(events) {
            self.scene.deliver(*kind, seed.wrapping_add(step)).await;
        }
        self.scene
            .record
            .wait_for(TOKEN, |heard| heard.iter().any(|heard| asks_for_token(heard, "refresh_token")))
            .await;
        self.note(Act::Use, Visit::default(), false).await;
    }

    fn refreshed(&self) -> bool {
        let heard = self.steps.iter().flat_map(|step| &step.heard);
        heard.into_iter().any(|heard| asks_for_token(heard, "refresh_token"))
    }

    /// From `start_path` to the decision.
    async fn authorize(&self, browser: &mut UserAgent, decision: &str) -> Visit {
        let Some(url) = self.begin(browser).await else { return Visit::default() };
        let asked = Some(AuthorizationRequest::of(&url));
        Visit { asked, back: self.decide(browser, &url, decision).await }
    }

    /// Opens `start_path` and goes on until the browser is sent to the marketplace.
    async fn begin(&self, browser: &mut UserAgent) -> Option<Url> {
        let is_there =
            |url: &Url| url.origin() == self.authorization.origin() && url.path() == self.authorization.path();
        let mut page = browser.open(&self.start).await?;
        for _ in 0..MOST_PAGES {
            let next = page.location.clone().or_else(|| page.link_to(&self.authorization));
            page = match next {
                Some(url) if is_there(&url) => return Some(url),
                Some(url) if is_on_loopback(&url) => browser.open(&url).await?,
                Some(_) => return None,
                None => {
                    let form = page.form()?;
                    browser.submit(&page, &form, &[]).await?
                }
            };
        }
        None
    }

    /// Signs in and decides; gives the address that the browser is sent back to.
    async fn decide(&self, browser: &mut UserAgent, url: &Url, decision: &str) -> Option<Url> {
        let mut page = browser.open(url).await?;
        for _ in 0..MOST_PAGES {
            page = match (page.location.clone(), page.form()) {
                (Some(next), _) if next.origin() != self.authorization.origin() => return Some(next),
                (Some(next), _) => browser.open(&next).await?,
                (None, Some(form)) if form.action == "/oauth/sign-in" => {
                    browser.submit(&page, &form, &[("code", self.scene.sign_in_code.expose_secret())]).await?
                }
                (None, Some(form)) if page.status == 200 => {
                    browser.submit(&page, &form, &[("decision", decision)]).await?
                }
                _ => return None,
            };
        }
        None
    }

    /// Opens the callback, follows the integration, and sends on a form that carries what came back.
    async fn come_back(&self, browser: &mut UserAgent, back: &Url) -> Option<Page> {
        let mut page = browser.open(back).await?;
        for _ in 0..MOST_PAGES {
            let carries = |name: &str| ["code", "state", "error"].contains(&name);
            let form = page.form().filter(|form| form.posts && form.fields.iter().any(|(name, _)| carries(name)));
            page = match (page.location.clone(), form) {
                (Some(next), _) if next.origin() == self.start.origin() => browser.open(&next).await?,
                (None, Some(form)) => browser.submit(&page, &form, &[]).await?,
                _ => return Some(page),
            };
        }
        Some(page)
    }

    /// Waits until all is quiet and keeps what was heard.
    async fn note(&mut self, act: Act, visit: Visit, came_back: bool) {
        self.scene.record.settle(QUIET, LONGEST).await;
        let code = visit.parameter("code");
        let heard = self.scene.record.take();
        let ended = self.scene.ended().await;
        self.steps.push(Step { act, asked: visit.asked, code, came_back, heard, ended });
    }
}

/// Whether a token was asked for with a grant; an empty one is any.
fn asks_for_token(heard: &Heard, grant: &str) -> bool {
    let form = || url::form_urlencoded::parse(&heard.request.body);
    heard.party == Party::Marketplace
        && heard.request.path.starts_with("/oauth/token")
        && (grant.is_empty() || form().any(|(name, value)| name == "grant_type" && value == grant))
}

fn is_on_loopback(url: &Url) -> bool {
    crate::adapters::http::is_loopback(url)
}

/// The same address with another `state`, or none.
fn with_state(url: Url, state: Option<&str>) -> Url {
    let others = url
        .query_pairs()
        .filter(|(name, _)| name != "state")
        .map(|(name, value)| (name.into_owned(), value.into_owned()));
    let others: Vec<_> = others.chain(state.map(|state| ("state".to_owned(), state.to_owned()))).collect();
    let mut url = url;
    url.query_pairs_mut().clear().extend_pairs(others);
    url
}

/// Another text of the same length and alphabet, as far as there is one.
fn reversed(state: &str) -> String {
    let turned: String = state.chars().rev().collect();
    if turned == state { format!("x{turned}") } else { turned }
}
