//! The forms of a page, as far as a person would only press their button.

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it is sent; empty for the page's own address.
    pub action: String,
    /// Whether it is posted.
    pub posts: bool,
    /// Names and values that stand in it.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The first form of a page.
    pub(super) fn first(html: &str) -> Option<Self> {
        let (_, rest) = html.split_once("<form")?;
        let form = rest.split("</form>").next()?;
        let tag = form.split('>').next()?;
        let inputs = form.split("<input").skip(1).filter_map(|tag| tag.split('>').next());
        let field = |tag: &str| {
            let kind = attribute(tag, "type").unwrap_or_else(|| "text".to_owned());
            let sent = !matches!(kind.as_str(), "submit" | "button" | "checkbox" | "radio" | "file");
            Some((attribute(tag, "name").filter(|_| sent)?, attribute(tag, "value").unwrap_or_default()))
        };
        Some(Form {
            action: attribute(tag, "action").unwrap_or_default(),
            posts: attribute(tag, "method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
            fields: inputs.filter_map(field).collect(),
        })
    }
}

/// The value of an attribute of a tag, in either kind of quotes.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = ["\"", "'"].iter().find_map(|quote| {
        let (before, rest) = tag.split_once(&format!("{name}={quote}"))?;
        let begins = before.is_empty() || before.ends_with(char::is_whitespace);
        begins.then(|| rest.split(*quote).next()).flatten()
    })?;
    let plain = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    Some(plain.replace("&#x27;", "'").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_its_fields_and_where_it_goes() {
        let html = "<p>x</p><form method='post' action=\"/a?b=c&amp;d\"><input type=hidden name=\"code\" \
                    value=\"&quot;x&quot;\"><input type=\"submit\" name=\"go\" value=\"1\"></form>";
        let form = Form::first(html).expect("form");
        assert_eq!(form.action, "/a?b=c&d");
        assert!(form.posts);
        assert_eq!(form.fields, [("code".to_owned(), "\"x\"".to_owned())]);
        assert_eq!(Form::first("<p>none</p>"), None);
    }
}
