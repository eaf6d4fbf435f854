//! What the ids in the paths of routes may name.

/// What an id in the path of a route names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A node of the tree.
    Organisation,
    /// Somebody of it.
    User,
    /// An API token of that user.
    UserToken,
    /// A session of somebody; one's own only.
    Session,
    /// An API token; one's own only.
    Token,
    /// An invitation.
    Invitation,
    /// A mail that was sent.
    Mail,
    /// A row of the audit log.
    Audit,
    /// A background job.
    Job,
    /// A role.
    Role,
    /// A customer.
    Customer,
    /// A customer who waits to be validated.
    Waiting,
    /// How another system calls a customer.
    Reference,
    /// A contact of the customer.
    Contact,
    /// A site of the customer.
    Site,
    /// A note of the customer.
    Note,
    /// A transaction of the customer.
    Transaction,
    /// A licence of the customer.
    Licence,
    /// A run that does something with many licences.
    Bulk,
    /// A licence somebody asked others to issue.
    Request,
    /// An import of licences.
    LicenceImport,
    /// A key of the system used before.
    LegacyKey,
    /// What looks suspicious about a licence.
    Suspicion,
    /// The request of a machine without a network.
    Offline,
    /// A floating seat; whoever has the key of its licence may keep it.
    Seat,
    /// An import.
    Import,
    /// A rule of assignment.
    Rule,
    /// A code of a reseller.
    Code,
    /// An installation of a program at the customer.
    Installation,
    /// A report of an installation, as it came.
    Report,
    /// A note on an installation.
    InstallationNote,
    /// What somebody decided about installations.
    Decision,
    /// A run that gives installations licences.
    InventoryRun,
    /// Nobody's: what the vendor shows to everybody who may see it at all.
    Product,
    /// Nobody's: a module of the installation.
    Module,
    /// The vendor's: a version of a product.
    ProductVersion,
    /// The vendor's: a module of a product.
    ProductModule,
    /// The vendor's: a bundle of a product.
    Bundle,
    /// The vendor's: a typed parameter of a product.
    Parameter,
    /// The vendor's: a price list.
    PriceList,
    /// The vendor's: a policy.
    Policy,
    /// The vendor's: a version of a policy.
    PolicyVersion,
    /// The vendor's: a run that applies a policy.
    PolicyRun,
    /// The vendor's: a rule on who may issue what.
    Right,
    /// The vendor's: a quick button.
    Quick,
    /// The vendor's: a key that signs.
    Key,
    /// The vendor's: a company as installations name it.
    Company,
    /// The vendor's: software as it names itself.
    Software,
    /// The vendor's: a rule on versions of software.
    VersionRule,
    /// The vendor's: a report above a quota.
    Quarantined,
    /// Where the programs of a licence find updates.
    Address,
    /// A file somebody is sending; his own only.
    Upload,
    /// The vendor's: a product as the update server knows it, by its code.
    UpdateProduct,
    /// The vendor's: a channel of such a product.
    Channel,
    /// The vendor's: a release.
    Release,
    /// The vendor's: a file of a release.
    ReleaseFile,
    /// The vendor's: a rollout.
    Rollout,
    /// The vendor's: a bundle of releases from another installation.
    UpdateBundle,
    /// Whoever shows it is who it was given to: the secret of an address.
    Secret,
    /// Nobody's: what can be done with many objects at once.
    Act,
    /// Nobody's: a file of the program.
    File,
}

/// An id that names nothing of this kind.
pub fn missing(kind: Kind) -> &'static str {
    match kind {
        Kind::Reference => "no-such-reference",
        Kind::Code => "nosuchcode",
        Kind::Module => "no-such-module",
        Kind::File => "no-such-file",
        Kind::Key => "no-such-key",
        Kind::Act => "no-such-act",
        Kind::UpdateProduct => "NO-SUCH-PRODUCT",
        Kind::Channel => "no-such-channel",
        Kind::Secret => "no-such-secret",
        _ => "00000000-0000-7000-8000-00000000ffff",
    }
}
