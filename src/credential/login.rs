//! A person's sign-in as it is stored: one secret text, since its parts are of no use without each other.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::{Bearer, Token, TokenKind};

/// Share of an access token's life after which it is renewed, in hundredths.
const RENEWED_AFTER: i64 = 80;

/// A credential that a person signed in for.
#[derive(Clone)]
pub struct Login {
    bearer: Bearer,
    refresh: Option<Token>,
    obtained_at: Timestamp,
    /// Life of the bearer, where it ends.
    lifetime: Option<SignedDuration>,
}

#[derive(Serialize, Deserialize)]
struct Document {
    bearer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh: Option<String>,
    obtained_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lifetime_seconds: Option<i64>,
}

/// Longest life of an access token that is believed, in seconds: ten years.
const LONGEST: i64 = 315_360_000;

fn believed(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds.clamp(0, LONGEST))
}

impl Login {
    /// Tokens that were issued at `now`, for `seconds`.
    pub fn issued(access: Token, refresh: Option<Token>, seconds: i64, now: Timestamp) -> Self {
        let lifetime = Some(believed(seconds));
        Login { bearer: Bearer::Access(access), refresh, obtained_at: now, lifetime }
    }

    /// A credential that came from elsewhere and cannot be renewed.
    pub fn given(bearer: Bearer, now: Timestamp) -> Self {
        Login { bearer, refresh: None, obtained_at: now, lifetime: None }
    }

    /// What requests are sent with.
    pub fn bearer(&self) -> &Bearer {
        &self.bearer
    }

    /// What the next tokens are asked for with.
    pub fn refresh(&self) -> Option<&Token> {
        self.refresh.as_ref()
    }

    /// Tells whether it is time for other tokens. A clock that went back counts too: how old they are is unknown then.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let Some(lifetime) = self.lifetime.filter(|_| self.refresh.is_some()) else { return false };
        let age = now.duration_since(self.obtained_at);
        age.is_negative() || age >= lifetime * i32::try_from(RENEWED_AFTER).unwrap_or(80) / 100
    }

    /// The text to store.
    pub fn to_secret(&self) -> SecretString {
        let document = Document {
            bearer: self.bearer.expose().to_owned(),
            refresh: self.refresh.as_ref().map(|token| token.expose().to_owned()),
            obtained_at: self.obtained_at,
            lifetime_seconds: self.lifetime.map(|lifetime| lifetime.as_secs()),
        };
        serde_json::to_string(&document).unwrap_or_default().into()
    }

    /// Reads what was stored; the error never repeats it.
    pub fn parse(text: &SecretString) -> Result<Self, &'static str> {
        let document: Document =
            serde_json::from_str(text.expose_secret()).map_err(|_| "it is not what `proveniq login` writes")?;
        Ok(Login {
            bearer: Bearer::parse(&document.bearer)?,
            refresh: document.refresh.map(|text| Token::parse(TokenKind::Refresh, &text)).transpose()?,
            obtained_at: document.obtained_at,
            lifetime: document.lifetime_seconds.map(believed),
        })
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Login({}…)", self.bearer.prefix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(seconds: i64, now: Timestamp) -> Login {
        let token = |kind| Token::generate(kind).expect("randomness");
        Login::issued(token(TokenKind::Access), Some(token(TokenKind::Refresh)), seconds, now)
    }

    #[test]
    fn a_login_is_renewed_before_it_ends_and_where_the_clock_is_off() {
        let now = Timestamp::from_second(1_000_000).expect("time");
        let later = |seconds| now + SignedDuration::from_secs(seconds);
        let login = login(1_000, now);
        assert!(!login.is_due(now) && !login.is_due(later(799)));
        assert!(login.is_due(later(800)) && login.is_due(later(5_000)));
        assert!(login.is_due(later(-1)), "the clock went back");
        let given = Login::given(login.bearer().clone(), now);
        assert!(!given.is_due(later(1_000_000)), "there is nothing to renew it with");
    }

    #[test]
    fn a_lifetime_that_nobody_can_mean_breaks_nothing() {
        let now = Timestamp::from_second(1_000_000).expect("time");
        for seconds in [i64::MIN, -1, 0, i64::MAX] {
            let login = login(seconds, now);
            let stored = login.to_secret().expose_secret().replace("315360000", "9223372036854775807");
            let read = Login::parse(&stored.into()).expect("login");
            assert_eq!((login.is_due(now), read.is_due(now)), (seconds <= 0, seconds <= 0));
        }
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let now = Timestamp::from_second(1_000_000).expect("time");
        let before = login(60, now);
        let after = Login::parse(&before.to_secret()).expect("login");
        assert_eq!(after.to_secret().expose_secret(), before.to_secret().expose_secret());
        assert!(Login::parse(&"{}".to_owned().into()).is_err());
        assert!(!format!("{before:?}").contains(&before.bearer().expose()[15..]));
    }
}
