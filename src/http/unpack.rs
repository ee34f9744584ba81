//! Content codings of gzip and deflate, in as many layers as an answer names; brotli and zstd are reqwest's, which knows one layer,
//! one spelling and one member of a gzip file only.

use flate2::{Crc, Decompress, FlushDecompress, Status};
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use super::error::Fault;

/// What requests say that they understand.
pub(super) const ACCEPTED: &str = "gzip, br, zstd, deflate";

/// Nobody packs anything more often than this.
const MOST_LAYERS: usize = 2;
/// Members of a gzip file; those of the tools that cut on purpose hold 64 KiB each.
const MOST_MEMBERS: usize = 1_000;
/// A longer head of a gzip member is nobody's.
const LONGEST_HEAD: usize = 512;
/// So much is unpacked at a time.
const PIECE: usize = 16 * 1024;
const MAGIC: [u8; 2] = [0x1F, 0x8B];

/// Whoever takes unpacked bytes may have enough of them.
pub(super) type Sink<'a> = dyn FnMut(&[u8]) -> Result<(), Fault> + 'a;

/// Unpacks a body as it comes, outermost layer first; without layers, it is passed on as it is.
pub(super) struct Unpacker {
    layers: Vec<Layer>,
}

impl Unpacker {
    /// By what the head of an answer says. What is no coding at all ("utf-8", "none") is passed over, and one that is not
    /// understood is named. No layer gives more than about `limit` bytes: what is nothing in the end is work on its way.
    pub(super) fn of(headers: &HeaderMap, limit: u64) -> Result<Self, Fault> {
        let values = headers.get_all(CONTENT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let mut layers = Vec::new();
        for coding in
            values.flat_map(|value| value.split(',')).map(|coding| coding.trim().to_ascii_lowercase())
        {
            match coding.as_str() {
                "gzip" | "x-gzip" => layers.push(Layer::new(Coding::Gzip, limit)),
                "deflate" => layers.push(Layer::new(Coding::Deflate, limit)),
                "br" | "zstd" | "compress" | "x-compress" | "bzip2" | "lzma" | "xz" | "dcb" | "dcz" => {
                    return Err(Fault::Protocol(format!(
                        "its body is packed in a way that is not known ({coding})"
                    )));
                }
                _ => {}
            }
        }
        if layers.len() > MOST_LAYERS {
            return Err(Fault::Protocol(format!("its body is packed more than {MOST_LAYERS} times")));
        }
        // The coding that was applied last stands last.
        layers.reverse();
        Ok(Self { layers })
    }

    /// Unpacks the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Fault> {
        pass(&mut self.layers, bytes, sink)
    }

    /// Says whether the body ended where it should; what was too short to tell is passed on.
    pub(super) fn end(mut self, sink: &mut Sink<'_>) -> Result<(), Fault> {
        let mut layers = self.layers.as_mut_slice();
        while let Some((first, rest)) = layers.split_first_mut() {
            if let Some(held) = first.end()? {
                pass(rest, &held, sink)?;
            }
            layers = rest;
        }
        Ok(())
    }
}

fn pass(layers: &mut [Layer], bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Fault> {
    match layers.split_first_mut() {
        Some((first, rest)) => {
            let (limit, mut given) = (first.limit, first.given);
            let passed = first.push(bytes, &mut |piece| {
                // First passed on: whoever cuts what is too long wants its beginning.
                pass(rest, piece, sink)?;
                given = given.saturating_add(piece.len() as u64);
                if given > limit { Err(Fault::TooLarge { limit }) } else { Ok(()) }
            });
            first.given = given;
            passed
        }
        None => sink(bytes),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Gzip,
    Deflate,
}

struct Layer {
    coding: Coding,
    members: usize,
    /// So many bytes it gave.
    given: u64,
    limit: u64,
    state: State,
}

enum State {
    /// What stands before packed data, as far as it has come.
    Head(Vec<u8>),
    /// Not packed, whatever was said.
    Plain,
    Packed(Box<Decompress>, Crc),
    /// The checksum and length behind a member of a gzip file.
    Tail(Vec<u8>, Crc),
    /// Whatever follows is no part of it.
    Over,
}

impl Layer {
    fn new(coding: Coding, limit: u64) -> Self {
        Self { coding, members: 0, given: 0, limit, state: State::Head(Vec::new()) }
    }

    fn push(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Fault> {
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = match &mut self.state {
                State::Over => return Ok(()),
                State::Plain => return sink(rest),
                State::Head(_) => self.head(rest, sink)?,
                State::Packed(inflate, crc) => {
                    let (after, ended) = unpack(inflate, crc, rest, sink)?;
                    if ended {
                        self.leave_packed();
                    }
                    after
                }
                State::Tail(..) => self.tail(rest)?,
            };
        }
        Ok(())
    }

    /// Takes bytes of a head until it is complete; returns what follows it.
    fn head<'b>(&mut self, bytes: &'b [u8], sink: &mut Sink<'_>) -> Result<&'b [u8], Fault> {
        let State::Head(head) = &mut self.state else { return Ok(bytes) };
        let mut rest = bytes;
        while let Some((byte, after)) = rest.split_first() {
            head.push(*byte);
            rest = after;
            let Some(start) = start(self.coding, head) else { continue };
            let head = std::mem::take(head);
            match start {
                Start::Gzip if self.members >= MOST_MEMBERS => {
                    return Err(damaged(&format!("it has more than {MOST_MEMBERS} members")));
                }
                Start::Gzip => self.state = packed(false),
                Start::Zlib => {
                    self.state = packed(true);
                    self.push(&head, sink)?;
                }
                Start::Raw => {
                    self.state = packed(false);
                    self.push(&head, sink)?;
                }
                Start::Plain if self.members > 0 => self.state = State::Over,
                Start::Plain => {
                    self.state = State::Plain;
                    sink(&head)?;
                }
            }
            return Ok(rest);
        }
        Ok(rest)
    }

    fn leave_packed(&mut self) {
        self.members += 1;
        let before = std::mem::replace(&mut self.state, State::Over);
        if let State::Packed(_, crc) = before
            && self.coding == Coding::Gzip
        {
            self.state = State::Tail(Vec::new(), crc);
        }
    }

    /// Takes the eight bytes behind a member; another member may follow.
    fn tail<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8], Fault> {
        let State::Tail(tail, crc) = &mut self.state else { return Ok(bytes) };
        let (taken, rest) = bytes.split_at_checked(8 - tail.len()).unwrap_or((bytes, &[]));
        tail.extend_from_slice(taken);
        if let Some(sum) = tail.first_chunk::<4>().filter(|_| tail.len() == 8) {
            if u32::from_le_bytes(*sum) != crc.sum() {
                return Err(damaged("its checksum is wrong"));
            }
            self.state = State::Head(Vec::new());
        }
        Ok(rest)
    }

    /// What was held back because it was too short to tell, or that the body breaks off.
    fn end(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        match &mut self.state {
            State::Plain | State::Over => Ok(None),
            State::Head(_) if self.members > 0 => Ok(None),
            State::Head(head) if head.starts_with(&MAGIC) => Err(damaged("it breaks off")),
            State::Head(head) => Ok(Some(std::mem::take(head))),
            State::Packed(..) | State::Tail(..) => Err(damaged("it breaks off")),
        }
    }
}

fn packed(zlib: bool) -> State {
    State::Packed(Box::new(Decompress::new(zlib)), Crc::new())
}

fn damaged(why: &str) -> Fault {
    Fault::Protocol(format!("its body is packed and damaged: {why}"))
}

/// What the beginning of a layer tells.
#[derive(Debug, Clone, Copy)]
enum Start {
    Gzip,
    Zlib,
    /// Deflate without a head, which some servers mean by "deflate".
    Raw,
    Plain,
}

/// What begins here, once the last byte of a head has come: for gzip the whole head, else the first two bytes.
fn start(coding: Coding, head: &[u8]) -> Option<Start> {
    let [first, second, ..] = head else { return None };
    if [*first, *second] == MAGIC {
        return match gzip_head(head) {
            Some(length) if length <= head.len() => Some(Start::Gzip),
            _ if head.len() > LONGEST_HEAD => Some(Start::Plain),
            _ => None,
        };
    }
    let is_zlib = first & 0x0F == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31);
    Some(match coding {
        Coding::Gzip => Start::Plain,
        Coding::Deflate if is_zlib => Start::Zlib,
        Coding::Deflate if matches!(first, b'<' | b'{' | b'\r' | b'\n' | b' ' | 0xEF) => Start::Plain,
        Coding::Deflate => Start::Raw,
    })
}

/// The length of a gzip head (RFC 1952, 2.3); `None` while that cannot be told.
fn gzip_head(head: &[u8]) -> Option<usize> {
    let flags = *head.get(3)?;
    let mut length = 10;
    if flags & 0x04 != 0 {
        let extra = head.get(length..length + 2)?.first_chunk::<2>()?;
        length += 2 + usize::from(u16::from_le_bytes(*extra));
    }
    // A name and a comment, each ended by a zero byte.
    for flag in [0x08, 0x10] {
        if flags & flag != 0 {
            length += head.get(length..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    Some(if flags & 0x02 != 0 { length + 2 } else { length })
}

/// Unpacks what it can; returns what is left, and whether the packed data ended before it.
fn unpack<'b>(
    inflate: &mut Decompress,
    crc: &mut Crc,
    bytes: &'b [u8],
    sink: &mut Sink<'_>,
) -> Result<(&'b [u8], bool), Fault> {
    let mut piece = vec![0; PIECE];
    let mut rest = bytes;
    loop {
        let (taken, given) = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(rest, &mut piece, FlushDecompress::None);
        let status = status.map_err(|error| damaged(&error.to_string()))?;
        let taken = usize::try_from(inflate.total_in() - taken).unwrap_or(usize::MAX);
        let given = usize::try_from(inflate.total_out() - given).unwrap_or(usize::MAX);
        let unpacked = piece.get(..given).unwrap_or_default();
        rest = rest.get(taken..).unwrap_or_default();
        crc.update(unpacked);
        sink(unpacked)?;
        match status {
            Status::StreamEnd => return Ok((rest, true)),
            _ if rest.is_empty() && given < PIECE => return Ok((rest, false)),
            _ if taken == 0 && given == 0 => return Err(damaged("it does not go on")),
            _ => {}
        }
    }
}
