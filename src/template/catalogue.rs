//! The templates that are built in.

use std::borrow::Cow;

use rust_embed::RustEmbed;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::toml_reader::{self, Table};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Embedded;

/// What a template says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateInfo {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Integration type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Programming language.
    pub language: String,
    /// What must be installed.
    pub requires: Vec<String>,
    /// What to type next.
    pub next: Vec<String>,
}

/// A template with its files.
#[derive(Debug, Clone)]
pub struct Template {
    /// What it says of itself.
    pub info: TemplateInfo,
    /// Source files: path below `files/`, and bytes. Sorted by path.
    pub files: Vec<(String, Cow<'static, [u8]>)>,
}

/// All templates, by name.
pub fn catalogue() -> Result<Vec<Template>> {
    let mut names: Vec<String> =
        Embedded::iter().filter_map(|path| Some(path.strip_suffix("/template.toml")?.to_owned())).collect();
    names.sort();
    names.iter().map(|name| load(name)).collect()
}

/// The template of that name.
pub fn find(name: &str) -> Result<Template> {
    let templates = catalogue()?;
    let names: Vec<_> = templates.iter().map(|template| template.info.name.clone()).collect();
    templates.into_iter().find(|template| template.info.name == name).ok_or_else(|| {
        let error = Error::usage(format!("there is no template {name:?}"));
        match toml_reader::nearest(name, names.iter().map(String::as_str)) {
            Some(near) => error.hint(format!("did you mean {near}?")),
            None => error.hint(format!("known: {}", names.join(", "))),
        }
    })
}

fn load(name: &str) -> Result<Template> {
    let path = format!("{name}/template.toml");
    let text = Embedded::get(&path).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
    let info = toml_reader::read(&path, &text, info)
        .map_err(|problems| Error::bug(format!("the template {name} is broken")).with_diagnostics(problems))?;
    let prefix = format!("{name}/files/");
    let mut files: Vec<_> = Embedded::iter()
        .filter_map(|path| Some((path.strip_prefix(&prefix)?.to_owned(), Embedded::get(&path)?.data)))
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(Template { info, files })
}

fn info(table: &Table<'_>) -> Option<TemplateInfo> {
    let text = |text: &str| Ok(text.to_owned());
    Some(TemplateInfo {
        name: table.required("name", text)?,
        title: table.required("title", text)?,
        summary: table.required("summary", text)?,
        kind: table.required("type", text)?,
        language: table.required("language", text)?,
        requires: table.list("requires", text),
        next: table.list("next", text),
    })
}
