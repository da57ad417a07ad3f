//! `template list` and `template show`.

use serde::Serialize;

use crate::cli::TemplateCommand;
use crate::context::Context;
use crate::error::Result;
use crate::stages::scaffold;
use crate::template::{self, TemplateInfo};
use crate::ui::{Page, Render, Table, Tone};

#[derive(Serialize)]
struct TemplateList {
    templates: Vec<TemplateInfo>,
}

#[derive(Serialize)]
struct TemplateDetails {
    #[serde(flatten)]
    info: TemplateInfo,
    files: Vec<String>,
}

/// Runs one of the commands.
pub(super) fn run(context: &Context, command: TemplateCommand) -> Result<u8> {
    match command {
        TemplateCommand::List => {
            let templates = template::catalogue()?.into_iter().map(|template| template.info).collect();
            context.output.outcome(&TemplateList { templates })
        }
        TemplateCommand::Show { name } => {
            let template = template::find(&name)?;
            let files = scaffold::paths(&template);
            context.output.outcome(&TemplateDetails { info: template.info, files })
        }
    }
}

impl Render for TemplateList {
    fn schema(&self) -> &'static str {
        "proveniq.template-list/1"
    }

    fn human(&self, page: &mut Page) {
        let mut table = Table::new(&["NAME", "TYPE", "WHAT IT IS"]);
        for info in &self.templates {
            table.row([
                (Tone::Strong, info.name.clone()),
                (Tone::Plain, info.kind.clone()),
                (Tone::Plain, info.summary.clone()),
            ]);
        }
        page.block(&table.render());
    }

    fn hints(&self) -> Vec<String> {
        vec!["start with `proveniq init --template NAME`".into()]
    }
}

impl Render for TemplateDetails {
    fn schema(&self) -> &'static str {
        "proveniq.template/1"
    }

    fn human(&self, page: &mut Page) {
        let info = &self.info;
        page.toned(Tone::Strong, format!("{}: {}", info.name, info.title)).line(&info.summary).gap();
        page.field("type", &info.kind).field("language", &info.language).field("needs", info.requires.join(", "));
        page.field("then", info.next.join(" && ")).gap();
        page.lines("  ", &self.files);
    }
}
