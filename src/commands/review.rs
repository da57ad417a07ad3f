//! `review`: what awaits a reviewer, what it rests on, and the decision.

mod decide;
mod list;
mod show;

use crate::cli::ReviewCommand;
use crate::context::Context;
use crate::error::Result;
use crate::stages::session::{self, Purpose};
use crate::wire::Decision;

/// Runs one of the commands, as the person before a key: reviewers are people.
pub(super) async fn run(context: &Context, command: ReviewCommand) -> Result<u8> {
    let client = session::open(context, Purpose::Keys)?.client;
    let output = &context.output;
    match command {
        ReviewCommand::List { limit } => output.outcome(&list::run(&client, limit, context.clock.now()).await?),
        ReviewCommand::Show { name } => output.outcome(&show::run(context, &client, &name).await?),
        ReviewCommand::Approve { name, digest } => {
            let decided = decide::run(context, &client, &name, Decision::Approve, Vec::new(), digest);
            output.outcome(&decided.await?)
        }
        ReviewCommand::Reject { name, reasons, digest } => {
            let decided = decide::run(context, &client, &name, Decision::Reject, reasons, digest);
            output.outcome(&decided.await?)
        }
    }
}
