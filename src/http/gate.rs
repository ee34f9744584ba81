//! Whoever is asked before a redirect is followed.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use url::Url;

type Answer = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// Asks whether a redirect may be followed; a refusal is the end of a sentence about the host that it leads to.
#[derive(Clone)]
pub struct Gate(Arc<dyn Fn(Url) -> Answer + Send + Sync>);

impl Gate {
    /// A gate that asks this function.
    pub fn new<F, A>(ask: F) -> Self
    where
        F: Fn(Url) -> A + Send + Sync + 'static,
        A: Future<Output = Result<(), String>> + Send + 'static,
    {
        Self(Arc::new(move |url| Box::pin(ask(url))))
    }

    pub(super) async fn ask(&self, url: &Url) -> Result<(), String> {
        (self.0)(url.clone()).await
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gate")
    }
}
