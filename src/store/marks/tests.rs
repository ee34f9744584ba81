//! What is held of the latest articles, on a real file.

use super::*;
use crate::store::open::open_writer;

const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);
const DAY: Duration = Duration::from_hours(24);

fn file() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let connection = open_writer(folder.path()).unwrap();
    (folder, connection)
}

fn insert(marks: &Marks, file: &Connection, (seq, at): (i64, Timestamp), all: &[u64]) {
    let all: Vec<u64> = all.iter().map(|mark| mark << 32).collect();
    let marked = Marked { seq, at, bands: &all, keys: &all, facts: &[] };
    marks.of(file).unwrap().insert(file, marked).unwrap();
}

fn nearest(marks: &Marks, file: &Connection, bands: &[u64]) -> Vec<i64> {
    let bands: Vec<u64> = bands.iter().map(|band| band << 32).collect();
    marks.of(file).unwrap().nearest(file, &bands).unwrap()
}

fn sharing(marks: &Marks, file: &Connection, keys: &[u64], at: Timestamp) -> Vec<i64> {
    let keys: Vec<u64> = keys.iter().map(|key| key << 32).collect();
    marks.of(file).unwrap().sharing(&keys, at)
}

fn rows(file: &Connection) -> i64 {
    file.query_row("SELECT count(*) FROM article_marks", [], |row| row.get(0)).unwrap()
}

#[test]
fn earlier_articles_are_found_by_a_quarter_of_their_bands() {
    let ((_folder, file), marks) = (file(), Marks::default());
    let high = 0xFFFF_FFF0;
    insert(&marks, &file, (1, NOW), &[4, 5, high]);
    for (bands, found) in [(&[4][..], 1), (&[5], 1), (&[high], 1)] {
        assert_eq!(nearest(&marks, &file, bands).len(), found, "{bands:?} of the latest");
    }
    insert(&marks, &file, (1 + LATEST, NOW), &[8]);
    for (bands, found) in [(&[4][..], &[1][..]), (&[5], &[]), (&[high], &[1]), (&[8, 4], &[1 + LATEST, 1])] {
        assert_eq!(nearest(&marks, &file, bands), found, "{bands:?} of earlier ones");
    }
}

#[test]
fn names_and_numbers_are_compared_for_some_days_and_then_forgotten() {
    let ((_folder, file), marks) = (file(), Marks::default());
    insert(&marks, &file, (1, NOW), &[4, 5]);
    insert(&marks, &file, (2, NOW.plus(DAY * 3)), &[4, 6]);
    for (days, found) in [(0, &[2, 1][..]), (5, &[2, 1]), (6, &[2]), (9, &[])] {
        assert_eq!(sharing(&marks, &file, &[4], NOW.plus(DAY * days)), found, "after {days} days");
    }
    insert(&marks, &file, (9_000, NOW.plus(DAY * 9)), &[7]);
    assert_eq!(rows(&file), 1);
    assert!(sharing(&marks, &file, &[4, 5, 6], NOW).is_empty());
    assert_eq!(sharing(&marks, &file, &[7], NOW.plus(DAY * 9)), [9_000]);
}

#[test]
fn a_common_key_counts_only_with_another() {
    let ((_folder, file), marks) = (file(), Marks::default());
    for seq in 1..=20 {
        insert(&marks, &file, (seq, NOW), &[1, 2, 100 + seq as u64 / 2]);
    }
    for (keys, found) in [(&[1][..], 0), (&[1, 3], 0), (&[1, 2], 20), (&[105], 2)] {
        assert_eq!(sharing(&marks, &file, keys, NOW).len(), found, "{keys:?}");
    }
    assert_eq!(
        sharing(&marks, &file, &[1, 2, 105], NOW)[..3],
        [11, 10, 20],
        "the rarest first, then the latest"
    );
}

#[test]
fn what_others_wrote_is_known_and_what_was_taken_back_is_not() {
    let ((folder, file), own, others) = (file(), Marks::default(), Marks::default());
    let elsewhere = open_writer(folder.path()).unwrap();
    insert(&own, &file, (3, NOW), &[4]);
    insert(&others, &elsewhere, (5, NOW), &[4]);
    assert_eq!(nearest(&own, &file, &[4]), [5, 3]);
    let again = Marked { seq: 2, at: NOW, bands: &[4 << 32], keys: &[6 << 32], facts: &[] };
    others.of(&elsewhere).unwrap().insert_again(&elsewhere, again).unwrap();
    assert_eq!(nearest(&own, &file, &[4]), [5, 3, 2], "an earlier one that was looked at again");
    assert_eq!(sharing(&own, &file, &[6], NOW), [2]);
    file.execute_batch("BEGIN").unwrap();
    insert(&own, &file, (6, NOW), &[4]);
    file.execute_batch("ROLLBACK").unwrap();
    own.forget();
    assert_eq!(nearest(&own, &file, &[4]), [5, 3, 2]);
}

#[test]
fn a_restart_keeps_the_turns_of_the_slices() {
    let (_folder, file) = file();
    insert(&Marks::default(), &file, (63, NOW), &[4]);
    insert(&Marks::default(), &file, (64, NOW), &[5]);
    let moved: i64 = file.query_row("SELECT count(*) FROM earlier_band", [], |row| row.get(0)).unwrap();
    assert_eq!(moved, 1);
}

#[test]
fn names_of_articles_that_were_forgotten_otherwise_are_held_no_longer() {
    let ((_folder, file), marks) = (file(), Marks::default());
    insert(&marks, &file, (1, NOW), &[4]);
    file.execute("DELETE FROM article_marks", []).unwrap();
    insert(&marks, &file, (9_000, NOW.plus(DAY * 9)), &[7]);
    assert_eq!(marks.of(&file).unwrap().keys.len(), 1);
}
