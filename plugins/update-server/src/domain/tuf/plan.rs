//! The next state of a repository: every document and every view, all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use plugin_api::hex;
use sha2::{Digest as _, Sha256};

use super::canonical::Unrepresentable;
use super::catalogue::Catalogue;
use super::document::{Document, Draft};
use super::key::Keyring;
use super::lifetime;
use super::role::{
    Body, DelegatedRole, Delegations, MetaFile, Role, Root, Snapshot, Targets, Timestamp, hashes,
};
use super::series::{Kept, kept};
use super::view::{self, View};

/// The state of a repository that clients see now.
#[derive(Debug, Clone, Default)]
pub struct InUse {
    /// The documents that views use, by role, rising by version.
    pub documents: BTreeMap<String, Vec<Kept>>,
    /// The highest version a role ever had.
    pub highest: BTreeMap<String, i64>,
    /// In order.
    pub views: Vec<View>,
}

/// What is known when the next state is planned.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// What there is to sign.
    pub catalogue: &'a Catalogue,
    /// What clients see.
    pub in_use: &'a InUse,
    /// The secrets that are at hand.
    pub keyring: &'a Keyring,
    /// Documents that wait for signatures, with those they have.
    pub waiting: &'a [Document],
    /// Ends of the views there must be, besides the one without.
    pub untils: &'a BTreeSet<i64>,
    /// Unix milliseconds.
    pub now: i64,
}

/// The next state, or what it lacks.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// New documents; none while some are missing.
    pub documents: Vec<Document>,
    /// Every view, in order; none while documents are missing.
    pub views: Vec<View>,
    /// Documents that must be signed elsewhere first.
    pub missing: Vec<Document>,
}

type Files = BTreeMap<String, MetaFile>;

/// Plans the state that says what the catalogue says, under the keys of `root`.
pub fn plan(situation: Situation<'_>, root: &Root) -> Result<Plan, Unrepresentable> {
    let Situation { catalogue, in_use, .. } = situation;
    let mut writer = Writer { situation, root, documents: Vec::new(), missing: Vec::new() };
    let wanted = view::all(catalogue, situation.untils);
    let mut files: Vec<Files> = vec![Files::new(); wanted.len()];

    // A role that was listed once stays listed: clients refuse a snapshot that lacks it.
    let is_channel = |role: &&String| !Role::ALL.into_iter().any(|top| top.name() == role.as_str());
    let channels: BTreeSet<&String> =
        catalogue.channels.iter().chain(in_use.highest.keys().filter(is_channel)).collect();
    for channel in &channels {
        let class = |(until, mask): &(i64, i64)| {
            let mask = mask & catalogue.rollouts_within(*until, Some(channel));
            (catalogue.last_of(channel, *until), mask)
        };
        let classes: BTreeSet<(i64, i64)> = wanted.iter().map(class).collect();
        let says = |(until, mask): &(i64, i64)| catalogue.targets(channel, *until, *mask);
        let bodies: Vec<Targets> = classes.iter().map(says).collect();
        let issued: BTreeMap<_, _> =
            classes.iter().copied().zip(writer.series(channel, &bodies)?).collect();
        for (files, view) in files.iter_mut().zip(&wanted) {
            files.extend(issued.get(&class(view)).map(|file| (json(channel), file.clone())));
        }
    }
    let delegating = delegating(root, &channels);
    let top = writer.series(Role::Targets.name(), &[delegating])?;
    for files in &mut files {
        files.extend(top.first().map(|file| (json(Role::Targets.name()), file.clone())));
    }
    writer.finish(&wanted, &files)
}

/// Plans the state that clients see now with a new timestamp, and a new snapshot if it ends soon:
/// while what comes next waits for signatures.
pub fn refresh(situation: Situation<'_>, root: &Root) -> Result<Plan, Unrepresentable> {
    let in_use = situation.in_use;
    let writer = Writer { situation, root, documents: Vec::new(), missing: Vec::new() };
    let wanted: Vec<_> = in_use.views.iter().map(|view| (view.until, view.rollouts)).collect();
    let files_of = |view: &View| {
        let file = |(role, version): (&String, &i64)| {
            let file = in_use.documents.get(role)?.iter().find(|kept| kept.version == *version)?;
            Some((json(role), file.meta()))
        };
        view.roles.iter().filter_map(file).collect::<Files>()
    };
    let files: Vec<Files> = in_use.views.iter().map(files_of).collect();
    writer.finish(&wanted, &files)
}

/// The name of the file of a role, without its version.
pub fn json(role: &str) -> String {
    format!("{role}.json")
}

/// The targets of the top level: each channel speaks for its own files, and nobody else does.
fn delegating(root: &Root, channels: &BTreeSet<&String>) -> Targets {
    let signers = root.keys_of(Role::Targets);
    let used = root.keys.iter().filter(|(id, _)| signers.keyids.contains(id));
    let keys = used.map(|(id, key)| (id.clone(), key.clone())).collect();
    let role = |channel: &&String| DelegatedRole {
        name: (*channel).clone(),
        keys: signers.clone(),
        terminating: true,
        // One `*` for each segment: in tough's patterns it crosses `/`, elsewhere it does not.
        paths: vec![format!("{channel}/*/*")],
    };
    let roles = channels.iter().map(role).collect();
    Targets { targets: BTreeMap::new(), delegations: Some(Delegations { keys, roles }) }
}

struct Writer<'a> {
    situation: Situation<'a>,
    root: &'a Root,
    documents: Vec<Document>,
    missing: Vec<Document>,
}

impl Writer<'_> {
    /// Issues the documents of a role, one for each body, in the order of the views; equal neighbours
    /// share one, and those that may be are kept.
    fn series<B: Body>(
        &mut self,
        role: &str,
        bodies: &[B],
    ) -> Result<Vec<MetaFile>, Unrepresentable> {
        let signers = self.root.keys_of(Role::signing(role));
        let drafts: Vec<Draft> =
            bodies.iter().map(|body| Draft::new(body, &signers)).collect::<Result<_, _>>()?;
        let mut distinct = drafts.iter().collect::<Vec<_>>();
        distinct.dedup_by(|a, b| a.content == b.content);
        let contents: Vec<&str> = distinct.iter().map(|draft| draft.content.as_str()).collect();

        let in_use = self.situation.in_use;
        let in_use = in_use.documents.get(role).map(Vec::as_slice).unwrap_or_default();
        let keep = kept(in_use, &contents, self.not_before(role));
        let mut files: Vec<MetaFile> = keep.iter().map(Kept::meta).collect();
        for draft in distinct.into_iter().skip(keep.len()) {
            files.push(self.issue(role, draft)?);
        }
        let mut files = files.into_iter();
        let mut issued: Vec<MetaFile> = Vec::with_capacity(drafts.len());
        let mut before: Option<&str> = None;
        for draft in &drafts {
            let file = match issued.last().filter(|_| before == Some(&draft.content)) {
                Some(same) => Some(same.clone()),
                None => files.next(),
            };
            before = Some(&draft.content);
            issued.extend(file);
        }
        Ok(issued)
    }

    fn not_before(&self, role: &str) -> i64 {
        self.situation.now + lifetime::renewal(Role::signing(role))
    }

    /// Writes a new document with the next version of its role.
    fn issue(&mut self, role: &str, draft: &Draft) -> Result<MetaFile, Unrepresentable> {
        let of_role = |document: &&Document| document.role == role;
        let highest = self.situation.in_use.highest.get(role).copied().unwrap_or_default();
        let version = self.documents.iter().rfind(of_role).map_or(highest, |last| last.version) + 1;
        let waits = self.situation.waiting.iter().filter(of_role).find(|document| {
            document.version == version
                && document.content == draft.content
                && document.expires_at >= self.not_before(role)
        });
        let signing = Role::signing(role);
        let mut document = match waits {
            Some(document) => document.clone(),
            None => draft.dated(role, version, lifetime::end(signing, self.situation.now))?,
        };
        let signers = self.root.keys_of(signing);
        document.sign(&signers, self.situation.keyring);
        if !document.is_signed(&signers, &self.root.keys) {
            self.missing.push(document.clone());
        }
        let file = Kept::of(&document).meta();
        self.documents.push(document);
        Ok(file)
    }

    /// Adds the snapshot and the timestamp of every view.
    fn finish(mut self, wanted: &[(i64, i64)], files: &[Files]) -> Result<Plan, Unrepresentable> {
        if !self.missing.is_empty() {
            return Ok(Plan { missing: self.missing, ..Plan::default() });
        }
        let bodies: Vec<Snapshot> =
            files.iter().map(|meta| Snapshot { meta: meta.clone() }).collect();
        let snapshots = self.series(Role::Snapshot.name(), &bodies)?;
        let mut views = Vec::with_capacity(wanted.len());
        for ((view, files), snapshot) in wanted.iter().zip(files).zip(snapshots) {
            let meta = BTreeMap::from([(json(Role::Snapshot.name()), snapshot.clone())]);
            let signers = self.root.keys_of(Role::Timestamp);
            let draft = Draft::new(&Timestamp { meta }, &signers)?;
            let timestamp = self.issue(Role::Timestamp.name(), &draft)?;
            let role = |(file, meta): (&String, &MetaFile)| {
                Some((file.strip_suffix(".json")?.to_owned(), meta.version))
            };
            views.push(View {
                until: view.0,
                rollouts: view.1,
                timestamp: timestamp.version,
                snapshot: snapshot.version,
                roles: files.iter().filter_map(role).collect(),
            });
        }
        if !self.missing.is_empty() {
            return Ok(Plan { missing: self.missing, ..Plan::default() });
        }
        Ok(Plan { documents: self.documents, views, missing: Vec::new() })
    }
}

impl Kept {
    /// What views know of a document.
    pub fn of(document: &Document) -> Self {
        let bytes = document.bytes();
        Self {
            version: document.version,
            content: document.content.clone(),
            length: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: hex(&Sha256::digest(&bytes)),
            expires_at: document.expires_at,
        }
    }

    /// As other documents name it.
    pub fn meta(&self) -> MetaFile {
        let (length, hashes) = (Some(self.length), hashes(&self.sha256));
        MetaFile { version: self.version, length, hashes }
    }
}

impl InUse {
    /// The state once a plan is carried out.
    #[must_use]
    pub fn after(&self, plan: &Plan) -> Self {
        let mut all = self.documents.clone();
        let mut highest = self.highest.clone();
        for document in &plan.documents {
            all.entry(document.role.clone()).or_default().push(Kept::of(document));
            highest.insert(document.role.clone(), document.version);
        }
        let used = used(&plan.views);
        for (role, documents) in &mut all {
            documents.retain(|kept| used.contains(&(role.clone(), kept.version)));
        }
        Self { documents: all, highest, views: plan.views.clone() }
    }
}

/// The documents these views use: role and version.
pub fn used(views: &[View]) -> BTreeSet<(String, i64)> {
    let of = |view: &View| {
        let own = [(Role::Timestamp, view.timestamp), (Role::Snapshot, view.snapshot)];
        let own = own.map(|(role, version)| (role.name().to_owned(), version));
        own.into_iter().chain(view.roles.clone())
    };
    views.iter().flat_map(of).collect()
}
