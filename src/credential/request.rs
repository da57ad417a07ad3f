//! Names of requests: what an `Idempotency-Key` holds.

/// A fresh name that nobody else gives to a request.
pub fn request_name() -> Result<String, getrandom::Error> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)?;
    Ok(format!("req-{}", crate::package::hex(&random)))
}
