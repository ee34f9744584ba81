//! Connections for reading, which never wait for the writer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::open::open_reader;
use super::{OpenError, Store, StoreError};

/// Readers at once; more would only wait for the same two or four cores.
const MOST: usize = 4;

#[derive(Debug, Clone)]
pub(super) struct Readers {
    data_dir: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn open(data_dir: &Path) -> Result<Self, OpenError> {
        let first = open_reader(data_dir)?;
        Ok(Self {
            data_dir: data_dir.to_owned(),
            idle: Arc::new(Mutex::new(vec![first])),
            permits: Arc::new(Semaphore::new(MOST)),
        })
    }

    /// The data folder.
    pub(super) fn folder(&self) -> &Path {
        &self.data_dir
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => open_reader(&self.data_dir).map_err(|error| StoreError::Sqlite(error.to_string())),
        }
    }

    fn put_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}

impl Store {
    /// Answers a question on a thread where blocking is fine.
    pub(super) async fn read<T, F>(&self, question: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let _permit = self.readers.permits.acquire().await.map_err(|_closed| StoreError::Closed)?;
        let readers = self.readers.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let connection = readers.take()?;
            let answer = question(&connection).map_err(StoreError::from);
            readers.put_back(connection);
            answer
        });
        asked.await.map_err(|error| StoreError::Sqlite(error.to_string()))?
    }
}
