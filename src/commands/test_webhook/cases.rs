//! `test-webhook --list-cases`.

use serde::Serialize;

use crate::adapters::project::Project;
use crate::cli::TestWebhookArgs;
use crate::context::Context;
use crate::error::Result;
use crate::stages::exercise::{self, Exercise};
use crate::ui::{Page, Render, Table, Tone};
use crate::webhook::{AsymmetricKey, Expectation, Scheme, Signer, SigningSecret, Suite};

/// Every case there is.
#[derive(Serialize)]
pub(super) struct CaseList {
    cases: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    id: String,
    suite: Suite,
    title: String,
    expectation: Expectation,
    help: &'static str,
}

/// Lists the cases. Nothing is signed, so no secret is asked for.
pub(super) fn list(context: &Context, args: &TestWebhookArgs, exercise: &Exercise) -> Result<CaseList> {
    let project = match &args.url {
        Some(_) => None,
        None => Project::find_optional(&context.cwd)?,
    };
    let signer = if args.asymmetric {
        Signer::asymmetric(AsymmetricKey::forged(0))
    } else {
        Signer::symmetric(Scheme::from(args.scheme), [SigningSecret::forged(0)])
    };
    let cases = exercise::every_case(project.as_ref(), &signer, exercise);
    let listed = |case: crate::webhook::Case| Listed {
        id: case.id,
        suite: case.suite,
        title: case.title,
        expectation: case.expectation,
        help: case.help,
    };
    Ok(CaseList { cases: cases.into_iter().map(listed).collect() })
}

impl Render for CaseList {
    fn schema(&self) -> &'static str {
        "proveniq.test-webhook.cases/1"
    }

    fn human(&self, page: &mut Page) {
        let mut table = Table::new(&["CASE", "WHAT IT DOES"]);
        for case in &self.cases {
            table.row([(Tone::Plain, case.id.clone()), (Tone::Plain, case.title.clone())]);
        }
        page.block(&table.render());
    }
}
