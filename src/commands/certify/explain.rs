//! `certify --explain`: what a check proves, what it looks at and how to mend what it finds.

use serde::Serialize;

use crate::certification::{Area, Check, Kind, RuleSet, SUPPRESSIONS_FILE, Tier, explain};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::toml_reader::nearest;
use crate::ui::{Page, Render, Table, Tone};

#[derive(Serialize)]
struct Explained {
    rule_set: &'static str,
    checks: Vec<About>,
}

#[derive(Serialize)]
struct About {
    id: &'static str,
    area: Area,
    tier: Tier,
    kind: Kind,
    proves: &'static str,
    looks_at: &'static str,
    example: &'static str,
    mend: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppression: Option<String>,
}

/// Explains one check, or lists all.
pub(super) fn run(context: &Context, id: Option<&str>) -> Result<u8> {
    let rules = RuleSet::current();
    let checks = match id {
        None => rules.checks.iter().map(|check| about(check)).collect(),
        Some(id) => vec![about(rules.check(id).ok_or_else(|| unknown(rules, id))?)],
    };
    context.output.outcome(&Explained { rule_set: rules.version, checks })
}

fn unknown(rules: &RuleSet, id: &str) -> Error {
    let near = nearest(&id.to_uppercase(), rules.checks.iter().map(|check| check.id));
    let error = Error::usage(format!("there is no check {id:?}"));
    let error = near.into_iter().fold(error, |error, near| error.hint(format!("did you mean {near}?")));
    error.hint("`proveniq certify --explain` lists all")
}

fn about(check: &'static Check) -> About {
    let suppression = || {
        format!(
            "[[suppression]]\nrule = {:?}\nfingerprint = \"0123456789abcdef\" # of the finding, from the report\n\
             reason = \"why this does not count, in a sentence\"\nexpires = 2027-01-31 # where it is to end by itself\n",
            check.id
        )
    };
    let said = explain(check.id);
    About {
        id: check.id,
        area: check.area,
        tier: check.tier,
        kind: check.kind,
        proves: check.proves,
        looks_at: said.map_or(check.proves, |said| said.looks_at),
        example: said.map_or("", |said| said.example),
        mend: check.mend,
        suppression: (check.kind != Kind::Dynamic).then(suppression),
    }
}

impl Render for Explained {
    fn schema(&self) -> &'static str {
        "proveniq.certify-explain/1"
    }

    fn human(&self, page: &mut Page) {
        match self.checks.as_slice() {
            [one] => one.human(page),
            all => {
                page.toned(Tone::Strong, format!("rules {}", self.rule_set));
                let mut table = Table::new(&["CHECK", "TIER", "WHAT IT PROVES"]).wrapping();
                for about in all {
                    table.row([
                        (Tone::Strong, about.id.to_owned()),
                        (Tone::Plain, about.tier.to_string()),
                        (Tone::Plain, about.proves.to_owned()),
                    ]);
                }
                page.block(&table.render());
            }
        }
    }
}

impl About {
    fn human(&self, page: &mut Page) {
        page.wrapped(&format!("{}: ", self.id), Tone::Strong, self.proves).gap();
        page.field("area", self.area.to_string()).field("needed for", format!("{} and above", self.tier));
        page.field("kind", self.kind.to_string()).gap();
        page.wrapped("", Tone::Plain, self.looks_at).gap();
        page.line("For example:").gap();
        page.lines("  ", self.example.lines());
        page.gap();
        page.wrapped("to mend: ", Tone::Plain, self.mend).gap();
        match &self.suppression {
            Some(example) => {
                page.line(format!("A finding that does not count goes into {SUPPRESSIONS_FILE}:")).gap();
                page.lines("  ", example.lines());
            }
            None => {
                page.line("What the running integration does cannot be suppressed.");
            }
        }
    }
}
