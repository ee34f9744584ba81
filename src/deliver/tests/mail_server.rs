//! A mail server on loopback that says what a test tells it to.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a line.
pub(super) enum Reply {
    /// What a friendly server would say.
    Usual,
    /// This.
    Say(&'static str),
    /// Close the connection.
    HangUp,
    /// Nothing, for ever.
    Silence,
}

/// A line of a client.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Which connection, from 1.
    pub(super) connection: usize,
    /// How many mails it has brought before.
    pub(super) mails_before: usize,
    /// The command; `.` is the end of a mail, `hello` stands for the connection itself.
    pub(super) text: String,
}

#[derive(Debug, Default, Clone)]
pub(super) struct Book {
    pub(super) lines: Vec<Line>,
    /// Bodies with their dots still doubled.
    pub(super) mails: Vec<String>,
}

pub(super) struct MailServer {
    pub(super) port: u16,
    book: Arc<Mutex<Book>>,
}

type Script = Arc<dyn Fn(&Line) -> Reply + Send + Sync>;

impl MailServer {
    pub(super) async fn start(script: impl Fn(&Line) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let book: Arc<Mutex<Book>> = Arc::default();
        let (script, pages): (Script, _) = (Arc::new(script), Arc::clone(&book));
        tokio::spawn(async move {
            let mut connection = 0;
            while let Ok((stream, _)) = listener.accept().await {
                connection += 1;
                let talk =
                    Talk { connection, mails: 0, script: Arc::clone(&script), book: Arc::clone(&pages) };
                tokio::spawn(talk.run(stream));
            }
        });
        Self { port, book }
    }

    pub(super) fn book(&self) -> Book {
        self.book.lock().unwrap().clone()
    }

    pub(super) fn connections(&self) -> usize {
        self.book().lines.iter().map(|line| line.connection).max().unwrap_or(0)
    }
}

struct Talk {
    connection: usize,
    mails: usize,
    script: Script,
    book: Arc<Mutex<Book>>,
}

impl Talk {
    async fn run(mut self, stream: TcpStream) {
        let mut stream = BufReader::new(stream);
        let mut line = "hello".to_owned();
        loop {
            if self.answer(&line, &mut stream).await.is_none() {
                return;
            }
            if line == "DATA" && !self.receive(&mut stream).await {
                return;
            }
            line.clear();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            line.truncate(line.trim_end().len());
        }
    }

    async fn answer(&mut self, text: &str, stream: &mut BufReader<TcpStream>) -> Option<()> {
        let line = Line { connection: self.connection, mails_before: self.mails, text: text.to_owned() };
        self.book.lock().unwrap().lines.push(line.clone());
        let says = match (self.script)(&line) {
            Reply::Usual => usual(text),
            Reply::Say(says) => says,
            Reply::HangUp => return None,
            Reply::Silence => std::future::pending().await,
        };
        stream.write_all(format!("{says}\r\n").as_bytes()).await.ok()
    }

    /// A mail up to its dot, and the answer to it.
    async fn receive(&mut self, stream: &mut BufReader<TcpStream>) -> bool {
        let mut mail = String::new();
        while !mail.ends_with("\r\n.\r\n") {
            if stream.read_line(&mut mail).await.unwrap_or(0) == 0 {
                return false;
            }
        }
        let said = self.answer(".", stream).await;
        self.mails += 1;
        mail.truncate(mail.len() - 3);
        self.book.lock().unwrap().mails.push(mail);
        said.is_some()
    }
}

fn usual(text: &str) -> &'static str {
    match text.split(' ').next().unwrap_or_default() {
        "hello" => "220 mail.example.org ready",
        "EHLO" => "250-mail.example.org\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
        "AUTH" => "235 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    }
}
