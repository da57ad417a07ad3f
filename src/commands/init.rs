//! `init`: answers, template, project.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::adapters::git;
use crate::cli::{CategoryArg, InitArgs};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::manifest::{Category, IntegrationName, validate_email, validate_summary, validate_title};
use crate::stages::scaffold;
use crate::template::{self, Answers, Template, title_of};
use crate::ui::{Page, Prompter, Render, Tone};

/// A project that was made.
#[derive(Serialize)]
pub(super) struct Initialised {
    name: String,
    template: String,
    #[serde(serialize_with = "crate::ui::path_text")]
    path: PathBuf,
    git: bool,
    files: Vec<String>,
    next: Vec<String>,
    #[serde(skip)]
    made_up_email: Option<String>,
}

/// Makes a project from a template.
pub(super) fn run(context: &Context, args: InitArgs) -> Result<Initialised> {
    let asked = ask(context, args)?;
    let scaffold = scaffold::write(&asked.template, &asked.answers, &asked.target, asked.with_git)?;
    let shown = asked.target.strip_prefix(&context.cwd).unwrap_or(&asked.target).to_owned();
    let enter = (!shown.as_os_str().is_empty()).then(|| format!("cd {}", shell_word(&shown)));
    Ok(Initialised {
        name: asked.answers.name.to_string(),
        template: asked.template.info.name,
        path: scaffold.root,
        git: scaffold.repository,
        files: scaffold.files,
        next: enter.into_iter().chain(["proveniq test-webhook".to_owned(), "proveniq certify".to_owned()]).collect(),
        made_up_email: asked.made_up_email.then_some(asked.answers.support_email),
    })
}

struct Asked {
    template: Template,
    answers: Answers,
    target: PathBuf,
    with_git: bool,
    made_up_email: bool,
}

/// Takes answers from flags, then from the person, then from defaults. Without a person every missing flag is named.
fn ask(context: &Context, args: InitArgs) -> Result<Asked> {
    // Whoever says yes to everything is asked nothing.
    let prompter = context.prompter().filter(|_| !context.says_yes());
    let prompter = prompter.as_ref();
    refuse_missing_flags(&args, prompter.is_some(), context.says_yes())?;
    if let Some(path) = &args.path {
        scaffold::refuse_occupied(&context.cwd.join(path))?;
    }
    let template = ask_template(args.template.as_deref(), prompter)?;
    let name = ask_name(args.name.as_deref(), args.path.as_deref(), prompter)?;
    let category = ask_category(args.category, prompter)?;
    let title = match (args.title, prompter) {
        (Some(title), _) => checked("--title", &title, validate_title)?,
        (None, Some(prompter)) => {
            prompter.text("Title", Some(&title_of(name.name())), |text| validate_title(text).map(drop))?
        }
        (None, None) => title_of(name.name()),
    };
    let default = format!("{title} for {}", category.as_str().replace('-', " "));
    let summary = match (args.summary, prompter) {
        (Some(summary), _) => checked("--summary", &summary, validate_summary)?,
        (None, Some(prompter)) => prompter.text("Summary", Some(&default), |text| validate_summary(text).map(drop))?,
        (None, None) => default,
    };
    let target = args.path.map_or_else(|| context.cwd.join(name.name()), |path| normalised(&context.cwd.join(path)));
    scaffold::refuse_occupied(&target)?;
    let (support_email, made_up_email) = ask_email(args.support_email, context, &name, prompter)?;
    let year = context.clock.now().to_zoned(jiff::tz::TimeZone::UTC).year();
    let answers = Answers { name, title, summary, category, support_email, year };
    Ok(Asked { template, answers, target, with_git: !args.no_git, made_up_email })
}

fn refuse_missing_flags(args: &InitArgs, can_ask: bool, says_yes: bool) -> Result<()> {
    let needed = [
        ("--template", args.template.is_none()),
        ("--name", args.name.is_none()),
        ("--category", args.category.is_none()),
    ];
    let missing: Vec<_> = needed.iter().filter(|(_, missing)| *missing).map(|(flag, _)| *flag).collect();
    if can_ask || missing.is_empty() {
        return Ok(());
    }
    let why = if says_yes { "since --yes asks nothing" } else { "without a terminal to ask on" };
    Err(Error::usage(format!("missing {why}: {}", missing.join(", ")))
        .hint("templates are listed by `proveniq template list`, categories by `proveniq init --help`"))
}

fn ask_template(flag: Option<&str>, prompter: Option<&Prompter>) -> Result<Template> {
    if let Some(name) = flag {
        return template::find(name);
    }
    let templates = template::catalogue()?;
    let lines: Vec<_> =
        templates.iter().map(|template| format!("{:<20} {}", template.info.name, template.info.title)).collect();
    let chosen = prompter.map_or(Ok(0), |prompter| prompter.choose("Template", &lines, 0))?;
    templates.into_iter().nth(chosen).ok_or_else(|| Error::bug("there is no template"))
}

fn ask_name(flag: Option<&str>, path: Option<&Path>, prompter: Option<&Prompter>) -> Result<IntegrationName> {
    let text = match (flag, prompter) {
        (Some(name), _) => name.to_owned(),
        (None, Some(prompter)) => {
            let folder = path.and_then(Path::file_name).and_then(|name| name.to_str());
            let question = folder.map_or("Name (publisher/name)".to_owned(), |name| format!("Name (publisher/{name})"));
            prompter.text(&question, None, |text| IntegrationName::parse(text).map(drop))?
        }
        (None, None) => return Err(Error::bug("a name was not asked for")),
    };
    checked("--name", &text, IntegrationName::parse)
}

fn ask_category(flag: Option<CategoryArg>, prompter: Option<&Prompter>) -> Result<Category> {
    if let Some(category) = flag {
        return Ok(category.into());
    }
    let names: Vec<_> = Category::ALL.iter().map(ToString::to_string).collect();
    let chosen = prompter.map_or(Ok(0), |prompter| prompter.choose("Category", &names, 0))?;
    Category::ALL.get(chosen).copied().ok_or_else(|| Error::bug("there is no category"))
}

/// The support address, and whether it was made up for lack of a better one.
fn ask_email(
    flag: Option<String>,
    context: &Context,
    name: &IntegrationName,
    prompter: Option<&Prompter>,
) -> Result<(String, bool)> {
    if let Some(email) = flag {
        return Ok((checked("--support-email", &email, validate_email)?, false));
    }
    // An address that nobody reads is no contact.
    let read = |email: &String| validate_email(email).is_ok() && !email.contains("noreply");
    let known = git::setting(&context.cwd, "user.email").filter(read);
    if let Some(prompter) = prompter {
        let email = prompter.text("Support email", known.as_deref(), |text| validate_email(text).map(drop))?;
        return Ok((email, false));
    }
    // The domain .test is reserved (RFC 2606 section 2): a message sent there reaches nobody by accident.
    let made_up = known.is_none();
    Ok((known.unwrap_or_else(|| format!("support@{}.test", name.publisher())), made_up))
}

fn checked<T>(flag: &str, text: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<T> {
    parse(text.trim()).map_err(|why| Error::usage(format!("{flag}: {why}")))
}

/// Drops `.` and a trailing slash, so that `init .` means the folder itself.
fn normalised(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect()
}

fn shell_word(path: &Path) -> String {
    let text = path.to_string_lossy();
    shlex::try_quote(&text).map_or_else(|_| text.clone().into_owned(), Cow::into_owned)
}

impl From<CategoryArg> for Category {
    fn from(category: CategoryArg) -> Self {
        match category {
            CategoryArg::PolicyAdmin => Category::PolicyAdmin,
            CategoryArg::ClaimsManagement => Category::ClaimsManagement,
            CategoryArg::DocumentManagement => Category::DocumentManagement,
            CategoryArg::AnalyticsBi => Category::AnalyticsBi,
            CategoryArg::Communication => Category::Communication,
            CategoryArg::Compliance => Category::Compliance,
        }
    }
}

impl Render for Initialised {
    fn schema(&self) -> &'static str {
        "proveniq.init/1"
    }

    fn human(&self, page: &mut Page) {
        page.toned(Tone::Strong, format!("{} from {} in {}", self.name, self.template, self.path.display()));
        page.lines("  ", &self.files);
        page.gap().line("Next:");
        page.lines("  ", &self.next);
    }

    fn hints(&self) -> Vec<String> {
        let hint =
            |email: &String| format!("support.email is {email}, which reaches nobody: set yours in proveniq.toml");
        self.made_up_email.iter().map(hint).collect()
    }
}
