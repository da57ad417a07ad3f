//! What keys are called.

/// Checks what a key is to be called: 1 to 64 characters, none of them a control character. Spaces around it are dropped.
pub fn key_name(name: &str) -> Result<String, &'static str> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 64 || name.chars().any(char::is_control) {
        return Err("a key's name must have 1 to 64 characters, none of them a control character");
    }
    Ok(name.to_owned())
}
