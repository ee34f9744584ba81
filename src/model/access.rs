//! What a site is shown so that it lets us in.

use std::fmt;

use url::Url;

/// Headers for one origin alone, secrets among them; their values are never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Access {
    headers: Vec<(String, String)>,
}

impl Access {
    /// These headers, names and values fit to be sent.
    pub fn new(headers: Vec<(String, String)>) -> Self {
        Self { headers }
    }

    /// The headers for a request to `url`: all where it is of the same origin as `home`, else none.
    pub fn to(&self, url: &Url, home: &Url) -> &[(String, String)] {
        if url.origin() == home.origin() { &self.headers } else { &[] }
    }
}

impl fmt::Display for Access {
    /// The names, as a list in JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.headers.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        write!(f, "[{}]", names.join(", "))
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.headers.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_for_one_origin_and_not_for_the_log() {
        let access = Access::new(vec![("cookie".to_owned(), "hunter2".to_owned())]);
        let home: Url = "https://bao.example/rss".parse().unwrap();
        for (url, shown) in [
            ("https://bao.example/tin/1", 1),
            ("https://BAO.example:443/", 1),
            ("http://bao.example/tin/1", 0),
            ("https://www.bao.example/tin/1", 0),
            ("https://bao.example:8443/", 0),
        ] {
            assert_eq!(access.to(&url.parse().unwrap(), &home).len(), shown, "{url}");
        }
        assert_eq!(format!("{access:?} {access}"), "[\"cookie\"] [\"cookie\"]");
    }
}
