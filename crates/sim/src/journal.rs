//! The state file: every packet that changes the server, in the order in which the packets ran.
//!
//! A packet is appended before it runs, and has reached the disk before it is answered. After a restart the packets run again,
//! at the same [`Moment`], and so create the same state. When there are many of them, a start replaces them by a
//! snapshot of the state, so that neither the file nor the duration of a start grows forever.
//!
//! A record is its length, a checksum of the length, a checksum of the content, and the content. The
//! process can end at any moment, so the last record may be incomplete. Nobody received an answer to it,
//! so it is dropped. Everything else that does not match its checksum is reported as an error.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use fs4::TryLockError;

use crate::authentication::{Caller, Credentials};
use crate::environment::Moment;

/// The beginning of every state file. The number is the version of the format.
const MAGIC: &[u8] = b"plesk-sim state 1\n";

/// The length of the numbers before the content of a record.
const HEADER: usize = 12;

/// One entry of a state file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Record {
    /// The first record: a new server, with the objects that the seed describes.
    Server { moment: Moment, seed: String },
    /// The first record of a file that was compacted: the whole state, as JSON.
    Snapshot { state: String },
    /// The administrator has these credentials from now on.
    Credentials(Credentials),
    /// A packet, who sent it, and the positions of its operations that did not run.
    Packet { moment: Moment, caller: Caller, skipped: Vec<usize>, body: Vec<u8> },
}

impl Record {
    fn encode(&self) -> Vec<u8> {
        match self {
            Self::Server { moment, seed } => format!("server {} {}\n{seed}", moment.seconds, moment.seed).into_bytes(),
            Self::Snapshot { state } => format!("snapshot\n{state}").into_bytes(),
            Self::Credentials(Credentials { login, password, secret_key }) => {
                format!("credentials\n{login}\n{password}\n{secret_key}").into_bytes()
            }
            Self::Packet { moment, caller, skipped, body } => {
                let skipped: String = skipped.iter().map(|position| format!(" {position}")).collect();
                let Caller { account, address } = caller;
                let head = format!("packet {} {} {account} {address}{skipped}\n", moment.seconds, moment.seed);
                let mut content = head.into_bytes();
                content.extend(body);
                content
            }
        }
    }

    fn decode(content: &[u8]) -> Option<Self> {
        let end = content.iter().position(|byte| *byte == b'\n')?;
        let (head, rest) = (std::str::from_utf8(&content[..end]).ok()?, &content[end + 1..]);
        let text = || String::from_utf8(rest.to_vec()).ok();
        let mut words = head.split(' ');
        let kind = words.next()?;
        if kind == "credentials" {
            let text = text()?;
            let mut lines = text.split('\n').map(str::to_owned);
            let (login, password, secret_key) = (lines.next()?, lines.next()?, lines.next()?);
            return Some(Self::Credentials(Credentials { login, password, secret_key }));
        }
        if kind == "snapshot" {
            return Some(Self::Snapshot { state: text()? });
        }
        let moment = Moment { seconds: words.next()?.parse().ok()?, seed: words.next()?.parse().ok()? };
        match kind {
            "server" => Some(Self::Server { moment, seed: text()? }),
            "packet" => {
                let caller = Caller { account: words.next()?.parse().ok()?, address: words.next()?.parse().ok()? };
                let skipped = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
                Some(Self::Packet { moment, caller, skipped, body: rest.to_vec() })
            }
            _ => None,
        }
    }
}

/// An open state file. It is locked until this is dropped.
///
/// Packets are appended one after the other, and several of them reach the disk together: while one thread waits
/// for the disk, the others append and then wait for the next turn.
pub(crate) struct Journal {
    path: PathBuf,
    /// A second handle of the file, so that a thread can wait for the disk while others append.
    disk: File,
    inner: Mutex<Inner>,
    /// Reported after each turn of the disk.
    turn_ended: Condvar,
}

struct Inner {
    file: File,
    /// The length of the complete records.
    length: u64,
    /// The length that has reached the disk.
    synced: u64,
    /// `true` while a thread waits for the disk.
    syncing: bool,
    /// Why nothing more is written, if a write could not be undone or the disk failed.
    broken: Option<String>,
}

impl Journal {
    /// Opens a state file, or creates it. Returns its records; a new file has none.
    ///
    /// # Errors
    /// If the file cannot be opened, if another process uses it, or if it is damaged.
    pub(crate) fn open(path: &Path) -> io::Result<(Self, Vec<Record>)> {
        let in_file = |error: io::Error| describe(path, &error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // The file contains passwords.
            options.mode(0o600);
        }
        let mut file = options.open(path).map_err(in_file)?;
        fs4::FileExt::try_lock(&file).map_err(|error| match error {
            TryLockError::WouldBlock => describe(path, &"another process uses the file"),
            TryLockError::Error(error) => describe(path, &error),
        })?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(in_file)?;
        let (records, complete) = parse(&content)
            .map_err(|problem| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {problem}", path.display())))?;
        let mut length = complete as u64;
        if complete != content.len() || complete == 0 {
            reset(&mut file, path, &mut length).map_err(in_file)?;
        }
        let disk = file.try_clone().map_err(in_file)?;
        let inner = Inner { file, length, synced: length, syncing: false, broken: None };
        Ok((Self { path: path.to_owned(), disk, inner: Mutex::new(inner), turn_ended: Condvar::new() }, records))
    }

    /// Replaces the file by one with these records. A crash leaves either the old file or the new one.
    ///
    /// # Errors
    /// If the new file cannot be written or take the place of the old one, which then stays as it is.
    pub(crate) fn replace(self, records: &[Record]) -> io::Result<Self> {
        let mut path = self.path.clone().into_os_string();
        path.push(".new");
        let path = PathBuf::from(path);
        // A crash may have left an incomplete one.
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(describe(&path, &error)),
            _ => {}
        }
        let (mut new, _) = Self::open(&path)?;
        new.append(records)?;
        new.sync(new.length())?;
        std::fs::rename(&path, &self.path).map_err(|error| describe(&self.path, &error))?;
        sync_directory(&self.path).map_err(|error| describe(&self.path, &error))?;
        // The lock of the old file ends only now, so that no other process comes between.
        new.path = self.path;
        Ok(new)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends records. They reach the disk at the next turn.
    ///
    /// # Errors
    /// If they could not be written. The file then has none of them.
    pub(crate) fn append(&self, records: &[Record]) -> io::Result<()> {
        let mut bytes = Vec::new();
        for record in records {
            let content = record.encode();
            let length = u32::try_from(content.len()).map_err(|_| describe(&self.path, &"the packet is too large"))?;
            let length = length.to_le_bytes();
            bytes.extend(length);
            bytes.extend(crc32fast::hash(&length).to_le_bytes());
            bytes.extend(crc32fast::hash(&content).to_le_bytes());
            bytes.extend(content);
        }
        let inner = &mut *self.inner();
        if let Some(reason) = &inner.broken {
            return Err(describe(
                &self.path,
                &format!("an earlier write failed, so nothing more is written: {reason}"),
            ));
        }
        if let Err(error) = inner.file.write_all(&bytes) {
            let start = inner.length;
            let undone = inner.file.set_len(start).and_then(|()| inner.file.seek(SeekFrom::Start(start)));
            inner.broken = undone.err().map(|error| error.to_string());
            return Err(describe(&self.path, &error));
        }
        inner.length += bytes.len() as u64;
        Ok(())
    }

    /// Returns the length of the file: what was appended until now.
    pub(crate) fn length(&self) -> u64 {
        self.inner().length
    }

    /// Waits until this length of the file has reached the disk.
    ///
    /// # Errors
    /// If the disk fails. It is unknown then what it has, so nothing more is written.
    pub(crate) fn sync(&self, length: u64) -> io::Result<()> {
        let mut inner = self.inner();
        while inner.synced < length {
            if let Some(reason) = &inner.broken {
                return Err(describe(&self.path, reason));
            }
            if inner.syncing {
                inner = self.turn_ended.wait(inner).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            inner.syncing = true;
            let appended = inner.length;
            drop(inner);
            let result = self.disk.sync_data();
            inner = self.inner();
            inner.syncing = false;
            match result {
                Ok(()) => inner.synced = appended,
                Err(error) => inner.broken = Some(error.to_string()),
            }
            self.turn_ended.notify_all();
        }
        Ok(())
    }
}

/// Removes what follows the complete records, and makes sure that the file has its beginning.
fn reset(file: &mut File, path: &Path, length: &mut u64) -> io::Result<()> {
    file.set_len(*length)?;
    file.seek(SeekFrom::Start(*length))?;
    if *length == 0 {
        file.write_all(MAGIC)?;
        *length = MAGIC.len() as u64;
        sync_directory(path)?;
    }
    file.sync_all()
}

/// Makes sure that the name of a new file has reached the disk.
fn sync_directory(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(directory) = path.parent() {
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}

fn describe(path: &Path, problem: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {problem}", path.display()))
}

/// Returns the records of a file, and the length of what is complete.
fn parse(content: &[u8]) -> Result<(Vec<Record>, usize), String> {
    if !content.starts_with(MAGIC) {
        let is_torn = MAGIC.starts_with(without_zeros(content));
        return if is_torn { Ok((Vec::new(), 0)) } else { Err("the file is not a state file of plesk-sim".to_owned()) };
    }
    let mut records = Vec::new();
    let mut at = MAGIC.len();
    while at < content.len() {
        let rest = &content[at..];
        let damaged = |part: &str| format!("the file is damaged: {part} of the record at byte {at} is not what it was");
        // What a crash kept from the disk is missing or reads as zeros.
        let (Some(length), Some(length_sum), Some(sum)) = (number(rest, 0), number(rest, 4), number(rest, 8)) else {
            break;
        };
        if crc32fast::hash(&length.to_le_bytes()) != length_sum {
            if without_zeros(rest).len() < HEADER {
                break;
            }
            return Err(damaged("the length"));
        }
        let Some(body) = rest.get(HEADER..).and_then(|rest| rest.get(..length as usize)) else { break };
        if crc32fast::hash(body) != sum {
            // No record contains a zero byte, because no XML does.
            if rest.len() == HEADER + body.len() && body.contains(&0) {
                break;
            }
            return Err(damaged("the content"));
        }
        records.push(Record::decode(body).ok_or_else(|| damaged("the kind"))?);
        at += HEADER + body.len();
    }
    Ok((records, at))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    &bytes[..end]
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;

    fn packet(body: &str) -> Record {
        let caller = Caller { account: 7, address: Ipv6Addr::LOCALHOST.into() };
        Record::Packet { moment: Moment { seconds: 1, seed: 2 }, caller, skipped: vec![0, 3], body: body.into() }
    }

    fn records() -> Vec<Record> {
        let credentials =
            Credentials { login: "admin".to_owned(), password: "a b".to_owned(), secret_key: "key".to_owned() };
        let server =
            Record::Server { moment: Moment { seconds: 1, seed: u64::MAX }, seed: "a = 1\nb = 2\n".to_owned() };
        vec![server, Record::Credentials(credentials), packet("<packet>\n1\n</packet>"), packet("<packet/>")]
    }

    /// Writes the records to a new file. Returns its bytes and the length before the last record.
    fn written() -> (Vec<u8>, usize) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state");
        let (journal, old) = Journal::open(&path).expect("a new file");
        assert!(old.is_empty());
        let records = records();
        let (last, first) = records.split_last().expect("records");
        journal.append(first).expect("written");
        let before = journal.length() as usize;
        journal.append(std::slice::from_ref(last)).expect("written");
        (std::fs::read(&path).expect("the file"), before)
    }

    #[test]
    fn file_cut_anywhere_in_last_record_loses_only_that() {
        let (bytes, before) = written();
        assert!(parse(&bytes).expect("intact") == (records(), bytes.len()));
        for cut in before..bytes.len() {
            assert!(parse(&bytes[..cut]).expect("torn") == (records()[..3].to_vec(), before), "{cut}");
            let mut zeros = bytes.clone();
            zeros[cut..].fill(0);
            assert!(parse(&zeros).expect("torn") == (records()[..3].to_vec(), before), "{cut}");
        }
        for cut in 0..MAGIC.len() {
            assert!(parse(&bytes[..cut]).expect("torn") == (Vec::new(), 0), "{cut}");
        }
    }

    #[test]
    fn sync_waits_for_what_other_threads_appended_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state");
        let (journal, _) = Journal::open(&path).expect("a new file");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        journal.append(&[packet("<packet/>")]).expect("written");
                        let length = journal.length();
                        journal.sync(length).expect("synced");
                        assert!(journal.inner().synced >= length);
                    }
                });
            }
        });
        drop(journal);
        let (_, records) = Journal::open(&path).expect("the file");
        assert!(records.len() == 160 && records.iter().all(|record| *record == packet("<packet/>")));
    }

    #[test]
    fn any_changed_byte_is_an_error() {
        let (bytes, _) = written();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x21;
            assert!(parse(&changed).is_err(), "{at}");
        }
    }

    #[test]
    fn replace_leaves_a_locked_file_with_the_new_records() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state");
        // What a crash left.
        std::fs::write(folder.path().join("state.new"), "incomplete").expect("written");
        let (journal, _) = Journal::open(&path).expect("a new file");
        journal.append(&records()).expect("written");
        let snapshot = Record::Snapshot { state: "{\n}".to_owned() };
        let journal = journal.replace(std::slice::from_ref(&snapshot)).expect("replaced");
        assert!(Journal::open(&path).is_err(), "locked");
        journal.append(&[packet("<packet/>")]).expect("written");
        journal.sync(journal.length()).expect("synced");
        drop(journal);
        let (_, records) = Journal::open(&path).expect("the file");
        assert!(records == [snapshot, packet("<packet/>")]);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn open_rejects_locked_and_foreign_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state");
        let first = Journal::open(&path).expect("a new file");
        let error = Journal::open(&path).err().expect("locked").to_string();
        assert!(error.contains("another process uses the file") && error.contains("state"), "{error}");
        drop(first);
        Journal::open(&path).expect("unlocked");

        std::fs::write(&path, "something else").expect("written");
        let error = Journal::open(&path).err().expect("foreign").to_string();
        assert!(error.contains("not a state file"), "{error}");
        assert_eq!(std::fs::read(&path).expect("the file"), b"something else");
    }
}
