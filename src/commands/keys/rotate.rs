//! `keys rotate`.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::cli::{RotateArgs, StoreArg};
use crate::context::Context;
use crate::credential::{Due, Subject, Target, lifetime_text, parse_lifetime};
use crate::error::{Error, Kind, Result};
use crate::stages::rotation::{self, Age, Rotated, Rotating, TakenBack, Wish};
use crate::ui::{Page, Render, Tone};

/// Rotates, goes on, takes back, or only looks.
pub(super) async fn run(context: &Context, args: RotateArgs) -> Result<u8> {
    let limit = Duration::from_secs(args.timeout);
    let (resume, abort) = (args.resume, args.abort);
    let max_age = args.check.then(|| parse_lifetime(&args.max_age).map_err(Error::usage)).transpose()?;
    let wish = wish(context, args)?;
    if let Some(max_age) = max_age {
        return check(context, &wish, max_age).await;
    }
    let name = if wish.signing_secret { Some(rotation::SIGNING_SECRET) } else { wish.name.as_deref() };
    if abort {
        let taken_back = rotation::take_back(context, name).await?;
        return taken_back.map_or_else(|| nothing(context), |taken_back| context.output.outcome(&taken_back));
    }
    if resume {
        return match rotation::resume(context, name).await? {
            Some(rotating) => finish(context, rotating.within(limit)).await,
            None => nothing(context),
        };
    }
    finish(context, rotation::begin(context, wish).await?.within(limit)).await
}

fn wish(context: &Context, args: RotateArgs) -> Result<Wish> {
    let targets = args.targets.iter().map(|text| Target::parse(text).map_err(Error::usage));
    Ok(Wish {
        name: args.name,
        signing_secret: args.webhook,
        grace: parse_lifetime(&args.grace).map_err(Error::usage)?,
        targets: targets.collect::<Result<_>>()?,
        // A default store is no wish to store: a key of CI only passes through.
        store: args.store.map(|store: StoreArg| context.store_kind(Some(store))).transpose()?,
        replace: args.replace,
    })
}

async fn finish(context: &Context, rotating: Rotating<'_>) -> Result<u8> {
    let aside = rotating.uses_stdout();
    let rotated = rotating.run().await?;
    if aside { Ok(context.output.outcome_aside(&rotated)) } else { context.output.outcome(&rotated) }
}

async fn check(context: &Context, wish: &Wish, max_age: u32) -> Result<u8> {
    let age = rotation::age(context, wish, SignedDuration::from_secs(max_age.into())).await?;
    context.output.outcome(&Checked { age, max_age: lifetime_text(max_age) })
}

fn nothing(context: &Context) -> Result<u8> {
    context.output.outcome(&Nothing { unfinished: 0 })
}

/// Whether a rotation is due.
#[derive(Serialize)]
struct Checked {
    #[serde(flatten)]
    age: Age,
    max_age: String,
}

/// No rotation was cut off.
#[derive(Serialize)]
struct Nothing {
    unfinished: u32,
}

impl Render for Checked {
    fn schema(&self) -> &'static str {
        "proveniq.keys-rotate-check/1"
    }

    fn human(&self, page: &mut Page) {
        let age = &self.age;
        let days = age.now.duration_since(age.created_at).as_hours() / 24;
        let name = &age.name;
        match age.due {
            None => page.toned(Tone::Good, format!("{name} need not be rotated: it is {days} days old")),
            Some(Due::Age) => {
                page.toned(Tone::Warn, format!("{name} is due: it is {days} days old, {} at most", self.max_age))
            }
            Some(Due::End) => page.toned(Tone::Warn, format!("{name} is due: it ends {}", moment(age.expires_at))),
        };
    }

    fn verdict(&self) -> Option<Kind> {
        self.age.due.map(|_| Kind::Negative)
    }

    fn hints(&self) -> Vec<String> {
        let flag = if self.age.name == rotation::SIGNING_SECRET { " --webhook" } else { "" };
        self.age.due.iter().map(|_| format!("rotate it with `proveniq keys rotate{flag}`")).collect()
    }
}

impl Render for Rotated {
    fn schema(&self) -> &'static str {
        "proveniq.keys-rotate/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("{} is rotated", self.name));
        if let Some(key) = &self.key {
            page.field("key", format!("{}…", key.prefix));
        }
        match (&self.rotated, self.stored) {
            (Subject::Key { .. }, Some(store)) => page.field("stored in", store.as_str()),
            _ => page,
        };
        for target in &self.targets {
            page.field("handed over", target.to_string());
        }
        page.field("the old one", format!("works until {}", moment(self.old_expires_at)));
    }
}

impl Render for TakenBack {
    fn schema(&self) -> &'static str {
        "proveniq.keys-rotate-abort/1"
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("the rotation of {} is taken back: the old one stays", self.name));
        for target in &self.given {
            page.toned(Tone::Warn, format!("{target} was given the fresh one, which works no more"));
        }
    }

    fn hints(&self) -> Vec<String> {
        self.given
            .first()
            .map(|_| "rotate again, so that each target has one that works".to_owned())
            .into_iter()
            .collect()
    }
}

impl Render for Nothing {
    fn schema(&self) -> &'static str {
        "proveniq.keys-rotate-resume/1"
    }

    fn human(&self, page: &mut Page) {
        page.line("no rotation was cut off here");
    }
}

fn moment(time: Option<Timestamp>) -> String {
    time.map_or_else(|| "now".to_owned(), |time| time.strftime("%Y-%m-%d %H:%M UTC").to_string())
}
