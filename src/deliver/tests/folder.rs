//! Mails as files.

use tempfile::TempDir;

use super::{channels, folder, id_of, later, mail, noon};
use crate::deliver::Attempt;

#[tokio::test]
async fn a_mail_is_one_file_however_often_it_is_written() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("data/mail");
    let channels = channels(folder(&path), Vec::new());
    let (first, second) = (mail(), mail());
    for outgoing in [&first, &first, &second] {
        assert_eq!(channels.send(outgoing.clone(), noon()).await, Attempt::Sent);
    }
    let mut names: Vec<String> = std::fs::read_dir(&path)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut wanted = [first, second].map(|outgoing| format!("20261121T120000Z-{}.eml", id_of(&outgoing)));
    wanted.sort();
    assert_eq!(names, wanted);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_tried_again() {
    let dir = TempDir::new().unwrap();
    let blocked = dir.path().join("file");
    std::fs::write(&blocked, "in the way").unwrap();
    let (why, _) = later(channels(folder(blocked.join("mail")), Vec::new()).send(mail(), noon()).await);
    assert!(why.contains("could not be written to") && why.contains("file/mail"), "{why}");
}
