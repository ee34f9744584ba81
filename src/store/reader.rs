//! Connections for reading, which never wait for the writer. Each has a thread of its own: what is asked is mostly answered in less
//! time than a thread of the runtime takes to be woken.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::open::open_reader;
use super::{OpenError, Store, StoreError};

/// Readers at once, so that a long search or two delay no poll; more would only wait for the same two or four cores.
const MOST: usize = 3;

type Question = Box<dyn FnOnce(Result<&Connection, StoreError>) + Send>;

/// The way to the readers' threads, which end with the last clone of this.
#[derive(Debug, Clone)]
pub(super) struct Readers {
    data_dir: PathBuf,
    questions: mpsc::Sender<Question>,
}

impl Readers {
    pub(super) fn open(data_dir: &Path) -> Result<Self, OpenError> {
        let (questions, waiting) = mpsc::channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let mut first = Some(open_reader(data_dir)?);
        for _ in 0..MOST {
            let (waiting, folder, connection) = (waiting.clone(), data_dir.to_owned(), first.take());
            thread::spawn(move || answer_all(&waiting, &folder, connection));
        }
        Ok(Self { data_dir: data_dir.to_owned(), questions })
    }

    /// The data folder.
    pub(super) fn folder(&self) -> &Path {
        &self.data_dir
    }
}

/// Answers what is asked; a connection is opened when it is first needed.
fn answer_all(waiting: &Mutex<mpsc::Receiver<Question>>, folder: &Path, mut connection: Option<Connection>) {
    loop {
        let asked = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(question) = asked else { return };
        if connection.is_none() {
            match open_reader(folder) {
                Ok(opened) => connection = Some(opened),
                Err(error) => {
                    question(Err(StoreError::Sqlite(error.to_string())));
                    continue;
                }
            }
        }
        if let Some(connection) = &connection {
            question(Ok(connection));
        }
    }
}

impl Store {
    /// Answers a question on a thread where blocking is fine.
    pub(super) async fn read<T, F>(&self, question: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let asked: Question = Box::new(move |connection| {
            let ask = |connection: &Connection| {
                catch_unwind(AssertUnwindSafe(|| question(connection))).map_or_else(
                    |_panic| {
                        Err(StoreError::Sqlite(
                            "a question failed unexpectedly; please report this".to_owned(),
                        ))
                    },
                    |answer| answer.map_err(StoreError::from),
                )
            };
            // Who stopped waiting needs no answer.
            drop(tell.send(connection.and_then(ask)));
        });
        self.readers.questions.send(asked).map_err(|_closed| StoreError::Closed)?;
        told.await.map_err(|_closed| StoreError::Closed)?
    }
}
