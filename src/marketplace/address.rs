//! Where a request came from: the other end of the connection, or what proxies that are trusted say of it.

use std::net::IpAddr;

use axum::http::HeaderMap;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of who asks. Proxies append the address that they see, so that the entries are read from the end, and the
/// first one that is no proxy of ours counts: whatever stands before it anybody may have written.
pub(super) fn of(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpAddr]) -> Option<IpAddr> {
    let mut address = peer?.to_canonical();
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    let mut entries = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',')).map(str::trim);
    while trusted.contains(&address) {
        // What is no address ends what can be known.
        match entries.next().and_then(parsed) {
            Some(before) => address = before,
            None => break,
        }
    }
    Some(address)
}

/// An address, with or without a port.
fn parsed(text: &str) -> Option<IpAddr> {
    let plain = text.parse().ok().or_else(|| text.parse().ok().map(|socket: std::net::SocketAddr| socket.ip()));
    plain.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().expect("value"));
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|text| text.parse().expect("address")).collect();
        of(peer.parse().ok(), &headers, &trusted).expect("address").to_string()
    }

    #[test]
    fn only_proxies_of_ours_are_believed() {
        let proxy = ["127.0.0.1", "192.0.2.9"];
        assert_eq!(address("203.0.113.5", &["198.51.100.1"], &proxy), "203.0.113.5");
        assert_eq!(address("127.0.0.1", &["198.51.100.1"], &[]), "127.0.0.1");
        assert_eq!(address("127.0.0.1", &["198.51.100.1"], &proxy), "198.51.100.1");
        assert_eq!(address("127.0.0.1", &["6.6.6.6, 198.51.100.1"], &proxy), "198.51.100.1");
        assert_eq!(address("127.0.0.1", &["6.6.6.6", "198.51.100.1, 192.0.2.9"], &proxy), "198.51.100.1");
        assert_eq!(address("127.0.0.1", &["[2001:db8::1]:443"], &proxy), "2001:db8::1");
        assert_eq!(address("127.0.0.1", &["6.6.6.6, unknown"], &proxy), "127.0.0.1");
        assert_eq!(address("::ffff:127.0.0.1", &["198.51.100.1"], &proxy), "198.51.100.1");
    }
}
